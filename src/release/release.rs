//! The release itself: floors, number of areas, certificate.

use alloc::vec::Vec;

use super::certificate::Certificate;
use super::floor::Floor;
use crate::atlas::{Plan, PlanId};

/// The public map, which reveals hardly anything about the home. It may leave the robot.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (none, policy) = (Redaction::none(), Policy::default());
/// # let (release, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let received = homeveil::Release::from_json(release.to_json().as_bytes())?;
/// assert_eq!(received, release);
/// assert!(!received.verify_under(&policy)?.has_private_coins());   // these coins were replayed
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub(super) floors: Vec<Floor>,
    pub(super) areas: u32,
    pub(super) certificate: Certificate,
}

impl Release {
    pub(crate) const fn new(floors: Vec<Floor>, areas: u32, certificate: Certificate) -> Self {
        Self { floors, areas, certificate }
    }

    /// The release of these plans; `None` where a number belongs to no plan.
    pub(crate) fn of_plans(plans: &[PlanId], areas: u32, certificate: Certificate) -> Option<Self> {
        let floor = |&plan| Plan::decode(certificate.zones, plan).map(|plan| Floor::draw(&plan));
        let floors = plans.iter().map(floor).collect::<Option<_>>()?;
        Some(Self { floors, areas, certificate })
    }

    /// The floors; their number is the policy's, not the home's.
    #[must_use]
    pub fn floors(&self) -> &[Floor] {
        &self.floors
    }

    /// Number of areas a command may name. Which of them mean something, only the key knows.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        self.areas
    }

    /// How the release was drawn, and what that lets it tell.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}
