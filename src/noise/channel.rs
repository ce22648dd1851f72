//! The channel's law and its draw.

use thiserror::Error;

use super::coins::{CoinError, Coins};
use super::fraction::Fraction;
use crate::number::gcd;
use crate::odds::Odds;

/// Most plans a channel draws from.
pub const MAX_PLANS: u32 = 1 << 20;

/// A draw from N plans under odds λ, where a home prefers M of them. See the [module](super) for the law.
///
/// ```
/// use homeveil::{Coins, Odds, noise::{Channel, Fraction}};
/// let channel = Channel::new(4, 2, Odds::new(2, 1)?)?;
/// assert_eq!(channel.probability(true), Fraction { numerator: 2, denominator: 6 });
/// assert!(channel.draw(&[0, 3], &mut Coins::replayed(7))? < 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    plans: u32,
    preferred: u32,
    odds: Odds,
}

impl Channel {
    /// A channel over N plans, M preferred.
    ///
    /// # Errors
    /// M is not between 1 and N, or N is over [`MAX_PLANS`].
    pub const fn new(plans: u32, preferred: u32, odds: Odds) -> Result<Self, ChannelError> {
        if preferred == 0 || preferred > plans || plans > MAX_PLANS {
            Err(ChannelError::Plans)
        } else {
            Ok(Self { plans, preferred, odds })
        }
    }

    /// The number N of plans.
    #[must_use]
    pub const fn plans(&self) -> u32 {
        self.plans
    }

    /// The number M of preferred plans.
    #[must_use]
    pub const fn preferred(&self) -> u32 {
        self.preferred
    }

    /// The odds λ.
    #[must_use]
    pub const fn odds(&self) -> Odds {
        self.odds
    }

    /// D = N·q + M·(p − q), the denominator of every probability. Below 2⁴⁶.
    #[must_use]
    pub const fn denominator(&self) -> u64 {
        self.blind_weight() + self.preferred as u64 * (self.odds.p() - self.odds.q()) as u64
    }

    /// The exact probability of one plan; the denominator is D.
    #[cfg(any(feature = "stages", feature = "evaluation"))]
    #[must_use]
    pub const fn probability(&self, preferred: bool) -> Fraction {
        let numerator = if preferred { self.odds.p() as u64 } else { self.odds.q() as u64 };
        Fraction { numerator, denominator: self.denominator() }
    }

    /// γ = N·q/D, the probability that the plan is drawn without looking at the home, in lowest terms.
    #[must_use]
    pub const fn blind(&self) -> Fraction {
        let (blind, whole) = (self.blind_weight(), self.denominator());
        let divisor = gcd(whole, blind);
        Fraction { numerator: blind / divisor, denominator: whole / divisor }
    }

    /// Draws a plan: an index below N. `preferred` holds the M preferred ones in index order. A channel over
    /// one plan uses no coin.
    ///
    /// # Errors
    /// The coins fail, or `preferred` does not hold M indices below N in ascending order.
    #[cfg(feature = "stages")]
    pub fn draw(&self, preferred: &[usize], coins: &mut Coins) -> Result<usize, ChannelError> {
        let fits = preferred.len() == self.preferred as usize
            && preferred.windows(2).all(|pair| pair[0] < pair[1])
            && preferred.iter().all(|&plan| plan < self.plans as usize);
        if !fits {
            return Err(ChannelError::Preferred);
        }
        Ok(self.draw_checked(preferred, coins)?)
    }

    /// As [`Channel::draw`], with preferred plans that are as they must be.
    pub(crate) fn draw_checked(&self, preferred: &[usize], coins: &mut Coins) -> Result<usize, CoinError> {
        if self.plans == 1 && !mutant!(SealedTossesCoin) {
            return Ok(0);
        }
        let r = coins.below(self.denominator())?;
        let (p, q) = (u64::from(self.odds.p()), u64::from(self.odds.q()));
        let index = match r.checked_sub(self.blind_weight()) {
            None => r / q + u64::from(r == 0 && mutant!(BlindWeightMoved)),
            Some(over) => {
                // Here p > q: with p = q the blind weight is all of D.
                #[expect(clippy::cast_possible_truncation, reason = "below M, a u32")]
                let picked = (over / (p - q)) as usize;
                return Ok(preferred[if mutant!(FirstPreferred) { 0 } else { picked }]);
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "below N, a u32")]
        Ok(index as usize)
    }

    const fn blind_weight(&self) -> u64 {
        self.plans as u64 * self.odds.q() as u64
    }
}

/// Why there is no channel, or no plan was drawn.
///
/// ```
/// use homeveil::{Odds, noise::{Channel, ChannelError}};
/// assert_eq!(Channel::new(4, 5, Odds::default()), Err(ChannelError::Plans));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChannelError {
    /// N is over [`MAX_PLANS`], or M not between 1 and N.
    #[error(
        "a channel draws from at most {MAX_PLANS} plans and prefers at least one and at most all of them"
    )]
    Plans,
    /// The preferred plans are not M indices below N in ascending order.
    #[cfg(feature = "stages")]
    #[error("preferred plans must be given once each, ascending, and as many as the channel prefers")]
    Preferred,
    /// The coins failed.
    #[error(transparent)]
    Coins(#[from] CoinError),
}
