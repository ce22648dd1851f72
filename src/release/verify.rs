//! Checking a release that one has received.

use alloc::vec::Vec;

use super::certificate::Certificate;
use super::error::ReleaseError;
use super::floor::Floor;
use super::release::Release;
use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES, Plan};
use crate::noise::{Channel, GrantKind};
use crate::odds::Odds;
use crate::policy::{MAX_FLOORS, MAX_POLICY_AREAS, Policy};

impl Release {
    /// Checks everything that can be checked without the policy: that each floor is a plan of the atlas,
    /// drawn as it must be; that the plan is one of a codebook shipped for its zones and odds, today's or an earlier
    /// one; that the certificate's figures follow from them. Gives the certificate, which now holds: whoever receives a
    /// release asks it for [`has_private_coins`](Certificate::has_private_coins) and
    /// [`is_accounted`](Certificate::is_accounted).
    ///
    /// # Errors
    /// The first thing that does not hold.
    ///
    /// # Complexity
    /// O(cells of the frame), whatever the budget.
    pub fn verify(&self) -> Result<&Certificate, ReleaseError> {
        let certificate = &self.certificate;
        if !(MIN_ZONES..=MAX_ZONES).contains(&certificate.zones) {
            return Err(ReleaseError::Zones);
        }
        let (zones, odds, digest) = (certificate.zones, certificate.odds, &certificate.codebook_digest);
        let codebook = Codebook::with_digest(zones, odds, digest).ok_or(ReleaseError::Codebook)?;
        let floors = certificate.floors;
        if !(1..=MAX_FLOORS).contains(&floors) || self.floors.len() != usize::from(floors) {
            return Err(ReleaseError::Floors);
        }
        for floor in &self.floors {
            let plan = Plan::decode(certificate.zones, floor.plan_id()).ok_or(ReleaseError::Plan)?;
            if !codebook.holds(&plan) {
                return Err(ReleaseError::NotInCodebook);
            }
            if *floor != Floor::draw(&plan) && !mutant!(DrawingNotCompared) {
                return Err(ReleaseError::Drawing);
            }
        }
        let plans = codebook.count();
        let channel = Channel::new(plans, codebook.preferred(), certificate.odds)
            .map_err(|_| ReleaseError::Codebook)?;
        let odds = certificate.odds.power(floors).ok_or(ReleaseError::Figures)?;
        let figures = certificate.plans == plans
            // Odds of 1 are written 1/1 under every policy.
            && (certificate.odds > Odds::SEALED || are_written_alike(certificate.odds, Odds::SEALED))
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

    /// Checks that the release was drawn under this policy, and all that [`Release::verify`] checks. A household whose
    /// ledger could not pay for the draw has the sealed plan: odds of 1 where the policy's and those spent before are
    /// together over the cap. A state of version 1 or 2 is sealed for the rest of its epoch whatever its ledger could
    /// pay, and its release does not pass here before a new epoch: it looks like that of a device that seals when it
    /// likes. So does, for the same reason, a release of two or three zones at 2 ≤ λ < 4, or of six at 2 ≤ λ < 8, that
    /// was drawn when the codebook for them was still one plan: the policy was sealed then, and is not today.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify_under(&self, policy: &Policy) -> Result<&Certificate, ReleaseError> {
        let Certificate { odds, odds_spent, .. } = self.certificate;
        let asked = odds_spent.times(policy.odds_of_release());
        let is_paid = are_written_alike(odds, policy.odds()) && odds_spent <= policy.odds_cap();
        let is_sealed = are_written_alike(odds, Odds::SEALED)
            && self.certificate.grant == GrantKind::Keeper
            && asked.is_none_or(|asked| asked > policy.odds_cap());
        let same = self.certificate.policy_digest == policy.digest()
            && self.certificate.zones == policy.zones()
            && self.certificate.floors == policy.floors()
            && self.areas == policy.areas()
            && (is_paid || is_sealed);
        if same { self.verify() } else { Err(ReleaseError::Policy) }
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
