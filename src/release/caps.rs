//! What a release can add to anyone's knowledge, at most.
//!
//! Let a channel keep P[r | h] ≤ λ · P[r | h′] for any homes h, h′ and any release r. That alone caps every
//! attack ([`Caps::of_odds`]); the one channel of this crate stays below most of these caps ([`Caps::of_release`]).
//! Of its N plans a home prefers M; two homes differ most where they prefer as few in common as they can, which
//! leaves m = min(M, N − M) plans with p/D under the one and q/D under the other, m the other way round, and the
//! rest alike.
//!
//! * **Advantage** v, true less false positive rate of any test: the total variation between two homes.
//!   Generally (λ − 1)/(λ + 1) (Kairouz, Oh & Viswanath 2015). Here v = m(p − q)/D, which is 1 − γ for M ≤ N/2.
//! * **AUC**. The curve of tests lies below the lines λx, 1 − (1 − x)/λ, and x + v. The area below the three is
//!   ½ + v − v²(λ + 1)/(2(λ − 1)); v at its general cap makes that λ/(λ + 1). Here the curve *is* those lines.
//! * **R²** of any prediction of anything, over any distribution of homes: at most the channel's contraction of
//!   χ² (Asoodeh & Zhang, arXiv 2210.13386), which two homes attain (Ordentlich & Polyanskiy 2022, IEEE Trans.
//!   Inf. Theory 68). For two homes with prior β it is β(1 − β) Σ (P − Q)²/(βP + (1 − β)Q), here greatest at
//!   β = ½: v(λ − 1)/(λ + 1). Generally v is at most (λ − 1)/(λ + 1), so ((λ − 1)/(λ + 1))². Whoever knows Z
//!   as well: the channel is the same for each value of Z, so at most this share of the variance that Z leaves is
//!   explained, R² ≤ R²(Z) + (1 − R²(Z)) · cap ([`Caps::r_squared_given_prior`]).
//! * **Posterior** of a guess of prior π: for each r, Bayes with likelihoods apart by λ at most: λπ/(λπ + 1 − π)
//!   (Kasiviswanathan & Smith 2014).
//! * **Top t of k** homes, all equally likely before: for each r, the t likeliest hold at most tλ/(tλ + k − t) of
//!   the weight of all k (Alvim et al., arXiv 1103.5188, for t = 1).
//!
//! Several floors f are a channel each; together they are one under λ to the power f. Total variation and
//! contraction of independent uses together are at most 1 − (1 − v)ᶠ (coupling) and 1 − (1 − η)ᶠ (Polyanskiy &
//! Wu 2017, arXiv 1508.06025), so for several floors the caps are bounds and not attained.

use crate::noise::Channel;
use crate::odds::Odds;

/// What releases can add to anyone's knowledge of a home, at most.
///
/// ```
/// use homeveil::{Odds, release::Caps};
/// let caps = Caps::of_odds(Odds::new(3, 1)?);
/// assert_eq!((caps.advantage, caps.auc, caps.r_squared, caps.even_guess), (0.5, 0.75, 0.25, 0.75));
/// # Ok::<(), homeveil::OddsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Caps {
    /// λ of all that was released: the factor by which anyone's odds on anything may change. Where several floors
    /// have odds that cannot be stated, the greatest that can, and everything that follows from λ alone is 1: see
    /// [`Caps::of_release`].
    pub odds: Odds,
    /// True positive rate less false positive rate of any test of one home against another.
    pub advantage: f64,
    /// Area under the curve of any such test.
    pub auc: f64,
    /// Share of the variance of anything about the home (its area, its people's income) that a prediction can
    /// explain.
    pub r_squared: f64,
    /// What an even guess, right with probability ½, becomes.
    pub even_guess: f64,
}

impl Caps {
    /// The caps of any releases that together keep the odds bound, however they were drawn.
    #[must_use]
    pub fn of_odds(odds: Odds) -> Self {
        let lambda = odds.value();
        let advantage = (lambda - 1.0) / (lambda + 1.0);
        Self::of(odds, advantage, advantage * advantage)
    }

    staged! {
        /// The caps of one release of so many floors: exact for one floor whose codebook has fewer preferred
        /// plans than plans, bounds for all else. Where λ to the power of
        /// the floors cannot be stated, as under no policy, [`Caps::even_guess`], [`Caps::posterior`] and [`Caps::top`]
        /// are 1.
        #[must_use]
        fn of_release(channel: Channel, floors: u8) -> Self {
            let lambda = channel.odds().value();
            let apart = channel.preferred().min(channel.plans() - channel.preferred());
            #[expect(clippy::cast_precision_loss, reason = "below 2⁴⁶")]
            let share = |weight: u64| weight as f64 / channel.denominator() as f64;
            let p_less_q = u64::from(channel.odds().p() - channel.odds().q());
            let advantage = share(u64::from(apart) * p_less_q);
            let r_squared = advantage * (lambda - 1.0) / (lambda + 1.0);
            if floors == 1 {
                return Self::of(channel.odds(), advantage, r_squared);
            }
            let any = Self::of_power(channel.odds(), floors);
            let together = |one: f64| 1.0 - (0..floors).fold(1.0, |none, _| none * (1.0 - one));
            let (advantage, r_squared) =
                (together(advantage).min(any.advantage), together(r_squared).min(any.r_squared));
            if any.is_unstated() {
                // The area below x + v alone.
                let auc = 0.5 + advantage - advantage * advantage / 2.0;
                return Self { advantage, auc, r_squared, ..any };
            }
            Self::of(any.odds, advantage, r_squared)
        }
    }

    /// The caps of λ to the power of `floors`, 1 each where that cannot be stated.
    pub(crate) fn of_power(odds: Odds, floors: u8) -> Self {
        odds.power(floors).map_or(
            Self { odds: Odds::LOUDEST, advantage: 1.0, auc: 1.0, r_squared: 1.0, even_guess: 1.0 },
            Self::of_odds,
        )
    }

    /// λ cannot be stated, and [`Caps::odds`] are below it. No odds that can make an even guess sure.
    pub(crate) const fn is_unstated(&self) -> bool {
        self.even_guess >= 1.0
    }

    /// The caps under λ for tests that reach this advantage.
    fn of(odds: Odds, advantage: f64, r_squared: f64) -> Self {
        let lambda = odds.value();
        let bend = if advantage > 0.0 {
            advantage * advantage * (lambda + 1.0) / (2.0 * (lambda - 1.0))
        } else {
            0.0
        };
        Self { odds, advantage, auc: 0.5 + advantage - bend, r_squared, even_guess: lambda / (lambda + 1.0) }
    }

    /// A share in percent, to the next tenth above, never below. A figure that is a whole number of tenths but for the
    /// last digits of its computation stays one.
    pub(crate) fn percent_up(share: f64) -> f64 {
        (libm::ceil(1000.0 * share - 1e-9) / 10.0).clamp(0.0, 100.0)
    }

    /// The most that a guess of this probability can become; for one outside 0 to 1 as for the nearer of them.
    ///
    /// ```
    /// use homeveil::{Odds, release::Caps};
    /// let caps = Caps::of_odds(Odds::new(2, 1)?);
    /// assert!((caps.posterior(0.01) - 0.02 / 1.01).abs() < 1e-12);
    /// # Ok::<(), homeveil::OddsError>(())
    /// ```
    #[must_use]
    pub fn posterior(&self, prior: f64) -> f64 {
        let prior = if prior.is_nan() { 1.0 } else { prior.clamp(0.0, 1.0) };
        if self.is_unstated() {
            return if prior > 0.0 { 1.0 } else { 0.0 };
        }
        let weighed = self.odds.value() * prior;
        weighed / (weighed + 1.0 - prior)
    }

    /// The most with which the home is among `t` picked from `k` that were equally likely before; 1 where `t`
    /// is not below `k`.
    #[must_use]
    pub fn top(&self, t: u32, k: u32) -> f64 {
        if t >= k {
            return 1.0;
        }
        if self.is_unstated() {
            return if t > 0 { 1.0 } else { 0.0 };
        }
        let weighed = f64::from(t) * self.odds.value();
        weighed / (weighed + f64::from(k - t))
    }

    /// The most that a prediction can explain whose maker knew something before that explains `known` of it.
    #[must_use]
    pub fn r_squared_given_prior(&self, known: f64) -> f64 {
        let known = if known.is_nan() { 1.0 } else { known.clamp(0.0, 1.0) };
        known + (1.0 - known) * self.r_squared
    }
}
