//! Checking a release that one has received.

use thiserror::Error;

use super::floor::Floor;
use super::release::Release;
use crate::atlas::{Codebook, Plan};
use crate::noise::{Channel, CoinSource, GrantKind};
use crate::odds::Odds;
use crate::policy::{MAX_FLOORS, MAX_POLICY_AREAS, Policy};

/// What a valid release says about its own privacy.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (none, policy) = (Redaction::none(), Policy::default());
/// # let (release, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let verification = release.verify()?;
/// assert!(!verification.private_coins && !verification.accounted);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The coins came from an entropy source. If not, whoever knows the seed can undo the draw: the release
    /// is not private.
    pub private_coins: bool,
    /// A keeper accounts for the draws. If not, the certificate covers this one draw only.
    pub accounted: bool,
}

impl Release {
    /// Checks everything that can be checked without the policy: that each floor is a plan of the atlas,
    /// drawn as it must be; that the plan is one of the codebook for its zones and odds; that the
    /// certificate's figures follow from them.
    ///
    /// # Errors
    /// The first thing that does not hold.
    ///
    /// # Complexity
    /// O(cells of the frame) for shipped codebooks; from λ = 2²⁰ on the atlas is enumerated, seconds for six
    /// zones.
    pub fn verify(&self) -> Result<Verification, VerifyError> {
        let certificate = &self.certificate;
        let codebook = Codebook::of(certificate.zones, certificate.odds).ok_or(VerifyError::Zones)?;
        if certificate.codebook_digest != codebook.digest() {
            return Err(VerifyError::Codebook);
        }
        let floors = certificate.floors;
        if !(1..=MAX_FLOORS).contains(&floors) || self.floors.len() != usize::from(floors) {
            return Err(VerifyError::Floors);
        }
        for floor in &self.floors {
            let plan = Plan::decode(certificate.zones, floor.plan()).ok_or(VerifyError::Plan)?;
            if codebook.plans().binary_search_by_key(&plan.id(), Plan::id).is_err() {
                return Err(VerifyError::NotInCodebook);
            }
            if *floor != Floor::draw(&plan) && !mutant!(DrawingNotCompared) {
                return Err(VerifyError::Drawing);
            }
        }
        let plans = u32::try_from(codebook.plans().len()).map_err(|_| VerifyError::Codebook)?;
        let channel =
            Channel::new(plans, codebook.preferred(), certificate.odds).map_err(|_| VerifyError::Codebook)?;
        let odds = certificate.odds.power(floors).ok_or(VerifyError::Figures)?;
        let figures = certificate.plans == plans
            && certificate.preferred == codebook.preferred()
            && certificate.blind == channel.blind()
            && certificate.epsilon_upper.to_bits() == odds.epsilon_upper().to_bits()
            && match certificate.grant {
                // Nobody keeps a ledger, so nothing but this draw is known to be spent.
                GrantKind::Unaccounted => are_written_alike(certificate.odds_spent, odds),
                GrantKind::Keeper => {
                    certificate.odds_spent >= odds && is_in_lowest_terms(certificate.odds_spent)
                }
            };
        if !figures {
            return Err(VerifyError::Figures);
        }
        let is_digest = |text: &str| {
            text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        if self.areas > MAX_POLICY_AREAS
            || !is_digest(&certificate.policy_digest)
            || !is_version(&certificate.crate_version)
        {
            return Err(VerifyError::Terms);
        }
        Ok(Verification {
            private_coins: certificate.coins != CoinSource::Replayed,
            accounted: certificate.grant == GrantKind::Keeper,
        })
    }

    /// Checks the release as [`Release::verify`] does, and that it was drawn under this policy.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify_under(&self, policy: &Policy) -> Result<Verification, VerifyError> {
        let verification = self.verify()?;
        let same = self.certificate.policy_digest == policy.digest()
            && self.certificate.zones == policy.zones()
            && are_written_alike(self.certificate.odds, policy.odds())
            && self.certificate.floors == policy.floors()
            && self.certificate.odds_spent <= policy.odds_cap()
            && self.areas == policy.areas();
        if same { Ok(verification) } else { Err(VerifyError::Policy) }
    }
}

/// The same fraction in the same terms: 4/2 for 2/1 would be a mark on a release.
fn are_written_alike(one: Odds, other: Odds) -> bool {
    <[u32; 2]>::from(one) == <[u32; 2]>::from(other)
}

/// In lowest terms, as a ledger writes odds.
fn is_in_lowest_terms(odds: Odds) -> bool {
    odds.times(Odds::SEALED).is_some_and(|lowest| are_written_alike(lowest, odds))
}

/// A version, and no channel for anything else: three numbers of few digits.
fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// What does not hold for a release.
///
/// ```
/// assert!(homeveil::release::VerifyError::Drawing.to_string().contains("cell by cell"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// No plans have this number of zones.
    #[error("the certificate's number of zones must be one that plans have")]
    Zones,
    /// The codebook is not the one for these zones and odds.
    #[error("the codebook's digest must be that of the codebook for these zones and odds")]
    Codebook,
    /// Another number of floors than the policy's.
    #[error("a release must have as many floors as its certificate says, 1 to 8")]
    Floors,
    /// The number of a floor's plan is not one of the atlas.
    #[error("a floor's plan must be one of the atlas")]
    Plan,
    /// The plan is not one of the codebook's.
    #[error("a floor's plan must be one of the codebook")]
    NotInCodebook,
    /// Zones, doors, dock or cells are not those of the plan.
    #[error("zones, doors, dock and grid must be those of the plan, cell by cell")]
    Drawing,
    /// The certificate's figures do not follow from its odds.
    #[error("the certificate's figures must follow from its odds")]
    Figures,
    /// Areas, policy digest or version are not what a release has.
    #[error("areas, policy digest or version are not those of a release")]
    Terms,
    /// It was drawn under another policy.
    #[error("the release must have been drawn under the policy given")]
    Policy,
}
