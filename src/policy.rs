//! The policy: what is public and the same for a whole fleet.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES};
use crate::digest::hex;
use crate::home::RoomKind;
use crate::odds::Odds;
use crate::redact::Redaction;

/// Most areas of a release.
pub const MAX_POLICY_AREAS: u32 = 64;

/// Most floors of a release.
pub const MAX_FLOORS: u8 = 8;

/// Longest time from a command to "done", in seconds: a day.
pub const MAX_DONE_AFTER_S: u32 = 86_400;

/// Something a device may tell the cloud besides the release and "done after a fixed time". Each tells of
/// the home, so each is a choice by name, public, and listed in the [`Disclosure`](crate::keeper::Disclosure).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OptIn {
    /// The zone of the release that the robot is in.
    Zone,
    /// How much of a command is done, in tenths.
    ProgressTenths,
    /// How long a command really took.
    TrueDuration,
    /// That a command failed, and why.
    Failure,
    /// Where on the release the robot is.
    Pose,
}

impl OptIn {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Zone, Self::ProgressTenths, Self::TrueDuration, Self::Failure, Self::Pose];
}

/// Number of zones, budget, cap and the rest that a vendor chooses once for all homes. A policy chosen for
/// one home would itself tell of it.
///
/// The default is right for a vendor who reads nothing: four zones, λ = 2 for a release, λ = 16 over the life
/// of a robot (four epochs), bedrooms, nurseries, bathrooms and toilets redacted, sixteen areas, one floor,
/// "done" an hour after a command, and nothing more told to the cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    zones: u8,
    odds: Odds,
    odds_cap: Odds,
    areas: u32,
    redacted_kinds: Vec<RoomKind>,
    floors: u8,
    done_after_s: u32,
    /// Ascending.
    opt_ins: Vec<OptIn>,
}

impl Policy {
    /// A builder that starts from the default.
    #[must_use]
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder { policy: Self::default() }
    }

    /// λ = 1: one constant release, the same bytes for every home.
    #[must_use]
    pub fn sealed() -> Self {
        Self { odds: Odds::SEALED, odds_cap: Odds::SEALED, ..Self::default() }
    }

    /// The number K of zones.
    #[must_use]
    pub const fn zones(&self) -> u8 {
        self.zones
    }

    /// The budget λ of one floor, which is that of a release where there is one floor; 1 where the one asked for
    /// buys nothing (see [`PolicyBuilder::odds`]).
    #[must_use]
    pub const fn odds(&self) -> Odds {
        self.odds
    }

    /// What one release spends: λ to the power of the number of floors, whatever floors a household has.
    #[must_use]
    pub fn odds_of_release(&self) -> Odds {
        // `build` has checked that the product has terms that can be stated.
        self.odds.power(self.floors).unwrap_or(self.odds_cap)
    }

    /// What all releases of a household together may spend.
    #[must_use]
    pub const fn odds_cap(&self) -> Odds {
        self.odds_cap
    }

    /// The number of areas that each release carries.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        self.areas
    }

    /// Kinds of rooms that are redacted unless the owner says otherwise.
    #[must_use]
    pub fn redacted_kinds(&self) -> &[RoomKind] {
        &self.redacted_kinds
    }

    /// The redaction of an owner who chose nothing: the policy's kinds.
    #[must_use]
    pub fn redaction(&self) -> Redaction {
        Redaction::none().kinds(self.redacted_kinds.iter().copied())
    }

    /// The number of floors of every release. A household with fewer gets the rest drawn blind.
    #[must_use]
    pub const fn floors(&self) -> u8 {
        self.floors
    }

    /// Seconds after which a command is answered "done", however long it took.
    #[must_use]
    pub const fn done_after_s(&self) -> u32 {
        self.done_after_s
    }

    /// What a device may tell the cloud besides, ascending.
    #[must_use]
    pub fn opt_ins(&self) -> &[OptIn] {
        &self.opt_ins
    }

    staged! {
        /// The codebook that this policy draws from.
        ///
        /// # Panics
        /// Never: the number of zones was checked, and there is a codebook for every λ.
        ///
        /// # Complexity
        /// Microseconds below λ = 2²⁰; from there on as [`Atlas::plans`](crate::atlas::Atlas::plans).
        #[must_use]
        fn codebook(&self) -> Codebook {
            Codebook::of(self.zones, self.odds)
                .expect("a codebook is shipped for λ = 1 and every number of zones a policy may have")
        }
    }

    /// SHA-256 over all of it, as lower-case hexadecimal digits: devices of one fleet show the same.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"homeveil policy 1");
        hash.update([self.zones]);
        for odds in [self.odds, self.odds_cap] {
            hash.update(odds.p().to_le_bytes());
            hash.update(odds.q().to_le_bytes());
        }
        hash.update(self.areas.to_le_bytes());
        for kind in &self.redacted_kinds {
            hash.update(kind.name());
            hash.update([0]);
        }
        // What was added later is hashed where it is not the default, so that older policies keep their digest.
        // No kind has an empty name, so nothing above reads like one of these.
        let default = Self::default();
        if self.floors != default.floors {
            hash.update(b"\0floors\0");
            hash.update([self.floors]);
        }
        if self.done_after_s != default.done_after_s {
            hash.update(b"\0done after\0");
            hash.update(self.done_after_s.to_le_bytes());
        }
        for &opt_in in &self.opt_ins {
            hash.update(b"\0opt in\0");
            hash.update([opt_in as u8]);
        }
        hex(hash)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            zones: 4,
            odds: Odds::default(),
            odds_cap: Odds::whole(16),
            areas: 16,
            redacted_kinds: vec![RoomKind::Bedroom, RoomKind::Nursery, RoomKind::Bathroom, RoomKind::Toilet],
            floors: 1,
            done_after_s: 3600,
            opt_ins: Vec::new(),
        }
    }
}

/// Builds a [`Policy`] and checks it.
#[derive(Clone, Debug)]
pub struct PolicyBuilder {
    policy: Policy,
}

impl PolicyBuilder {
    /// The number K of zones, 2 to 6.
    #[must_use]
    pub const fn zones(mut self, zones: u8) -> Self {
        self.policy.zones = zones;
        self
    }

    /// The budget λ of one floor of a release. Where it buys nothing, because the codebook for it is one plan
    /// (below λ = 2, and for some numbers of zones below 4 or 8), the policy is sealed: its odds are 1.
    #[must_use]
    pub const fn odds(mut self, odds: Odds) -> Self {
        self.policy.odds = odds;
        self
    }

    /// What all releases of a household together may spend; at least the budget of one.
    #[must_use]
    pub const fn odds_cap(mut self, cap: Odds) -> Self {
        self.policy.odds_cap = cap;
        self
    }

    /// The number of areas that each release carries.
    #[must_use]
    pub const fn areas(mut self, areas: u32) -> Self {
        self.policy.areas = areas;
        self
    }

    /// Kinds of rooms that are redacted unless the owner says otherwise.
    #[must_use]
    pub fn redacted_kinds(mut self, kinds: impl IntoIterator<Item = RoomKind>) -> Self {
        self.policy.redacted_kinds = kinds.into_iter().collect();
        self.policy.redacted_kinds.sort_unstable();
        self.policy.redacted_kinds.dedup();
        self
    }

    /// The number of floors of every release, 1 to [`MAX_FLOORS`]. Each is a draw of its own: the odds multiply.
    #[must_use]
    pub const fn floors(mut self, floors: u8) -> Self {
        self.policy.floors = floors;
        self
    }

    /// Seconds from a command to "done", 1 to [`MAX_DONE_AFTER_S`]. The same for all commands and all homes:
    /// longer than cleaning takes, or owners will see their app ahead of their robot.
    #[must_use]
    pub const fn done_after_s(mut self, seconds: u32) -> Self {
        self.policy.done_after_s = seconds;
        self
    }

    /// What a device may tell the cloud besides, by name.
    #[must_use]
    pub fn opt_in(mut self, opt_in: OptIn) -> Self {
        self.policy.opt_ins.push(opt_in);
        self.policy.opt_ins.sort_unstable();
        self.policy.opt_ins.dedup();
        self
    }

    /// Checks the choices.
    ///
    /// # Errors
    /// The number of zones, areas, floors or seconds is outside the limits, or the cap is below the budget of
    /// one release.
    pub fn build(mut self) -> Result<Policy, PolicyError> {
        if !(MIN_ZONES..=MAX_ZONES).contains(&self.policy.zones) {
            return Err(PolicyError::Zones);
        }
        if self.policy.areas > MAX_POLICY_AREAS {
            return Err(PolicyError::Areas);
        }
        if !(1..=MAX_FLOORS).contains(&self.policy.floors) {
            return Err(PolicyError::Floors);
        }
        if Codebook::is_constant(self.policy.zones, self.policy.odds) {
            self.policy.odds = Odds::SEALED;
        }
        if !(1..=MAX_DONE_AFTER_S).contains(&self.policy.done_after_s) {
            return Err(PolicyError::DoneAfter);
        }
        if self.policy.odds.power(self.policy.floors).is_none_or(|odds| odds > self.policy.odds_cap) {
            return Err(PolicyError::Cap);
        }
        Ok(self.policy)
    }
}

/// Why a policy was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The number of zones is outside the limits.
    #[error("a policy must have {MIN_ZONES} to {MAX_ZONES} zones")]
    Zones,
    /// More than [`MAX_POLICY_AREAS`] areas.
    #[error("a policy may have at most {MAX_POLICY_AREAS} areas")]
    Areas,
    /// Not 1 to [`MAX_FLOORS`] floors.
    #[error("a policy must have 1 to {MAX_FLOORS} floors")]
    Floors,
    /// Not 1 to [`MAX_DONE_AFTER_S`] seconds from a command to "done".
    #[error("a command must be answered \"done\" after 1 to {MAX_DONE_AFTER_S} seconds")]
    DoneAfter,
    /// The cap is below the budget of one release.
    #[error(
        "the cap on all releases together must be at least the odds of one release, which are those of a floor to the \
         power of the number of floors"
    )]
    Cap,
}
