//! Checking a release that one has received.

use super::certificate::Certificate;
use super::error::ReleaseError;
use super::floor::Floor;
use super::release::Release;
use crate::atlas::{Codebook, Plan};
use crate::noise::{Channel, GrantKind};
use crate::odds::Odds;
use crate::policy::{MAX_FLOORS, MAX_POLICY_AREAS, Policy};

impl Release {
    /// Checks everything that can be checked without the policy: that each floor is a plan of the atlas,
    /// drawn as it must be; that the plan is one of the codebook for its zones and odds; that the
    /// certificate's figures follow from them. Gives the certificate, which now holds: whoever receives a release asks
    /// it for [`has_private_coins`](Certificate::has_private_coins) and [`is_accounted`](Certificate::is_accounted).
    ///
    /// # Errors
    /// The first thing that does not hold.
    ///
    /// # Complexity
    /// O(cells of the frame) for shipped codebooks; from λ = 2²⁰ on the atlas is enumerated, seconds for six
    /// zones.
    pub fn verify(&self) -> Result<&Certificate, ReleaseError> {
        let certificate = &self.certificate;
        let codebook = Codebook::of(certificate.zones, certificate.odds).ok_or(ReleaseError::Zones)?;
        if certificate.codebook_digest != codebook.digest() {
            return Err(ReleaseError::Codebook);
        }
        let floors = certificate.floors;
        if !(1..=MAX_FLOORS).contains(&floors) || self.floors.len() != usize::from(floors) {
            return Err(ReleaseError::Floors);
        }
        for floor in &self.floors {
            let plan = Plan::decode(certificate.zones, floor.plan()).ok_or(ReleaseError::Plan)?;
            if codebook.plans().binary_search_by_key(&plan.id(), Plan::id).is_err() {
                return Err(ReleaseError::NotInCodebook);
            }
            if *floor != Floor::draw(&plan) && !mutant!(DrawingNotCompared) {
                return Err(ReleaseError::Drawing);
            }
        }
        let plans = u32::try_from(codebook.plans().len()).map_err(|_| ReleaseError::Codebook)?;
        let channel = Channel::new(plans, codebook.preferred(), certificate.odds)
            .map_err(|_| ReleaseError::Codebook)?;
        let odds = certificate.odds.power(floors).ok_or(ReleaseError::Figures)?;
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
            return Err(ReleaseError::Figures);
        }
        let is_digest = |text: &str| {
            text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        if self.areas > MAX_POLICY_AREAS
            || !is_digest(&certificate.policy_digest)
            || !is_version(&certificate.crate_version)
        {
            return Err(ReleaseError::Terms);
        }
        Ok(certificate)
    }

    /// Checks the release as [`Release::verify`] does, and that it was drawn under this policy.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify_under(&self, policy: &Policy) -> Result<&Certificate, ReleaseError> {
        let certificate = self.verify()?;
        let same = self.certificate.policy_digest == policy.digest()
            && self.certificate.zones == policy.zones()
            && are_written_alike(self.certificate.odds, policy.odds())
            && self.certificate.floors == policy.floors()
            && self.certificate.odds_spent <= policy.odds_cap()
            && self.areas == policy.areas();
        if same { Ok(certificate) } else { Err(ReleaseError::Policy) }
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
