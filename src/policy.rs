//! The policy: what is public and the same for a whole fleet.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES};
use crate::digest::hex;
use crate::home::RoomKind;
use crate::odds::Odds;
use crate::redact::Redaction;

/// Most areas of a release.
pub const MAX_POLICY_AREAS: u32 = 64;

/// Number of zones, budget, cap and the rest that a vendor chooses once for all homes. A policy chosen for
/// one home would itself tell of it.
///
/// The default is right for a vendor who reads nothing: four zones, λ = 2 for a release, λ = 16 over the life
/// of a robot (four epochs), bedrooms, nurseries, bathrooms and toilets withheld, sixteen areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    zones: u8,
    odds: Odds,
    odds_cap: Odds,
    areas: u32,
    withheld_kinds: Vec<RoomKind>,
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

    /// The budget λ of one release.
    #[must_use]
    pub const fn odds(&self) -> Odds {
        self.odds
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

    /// Kinds of rooms that are withheld unless the owner says otherwise.
    #[must_use]
    pub fn withheld_kinds(&self) -> &[RoomKind] {
        &self.withheld_kinds
    }

    /// The redaction of an owner who chose nothing: the policy's kinds.
    #[must_use]
    pub fn redaction(&self) -> Redaction {
        Redaction::none().kinds(self.withheld_kinds.iter().copied())
    }

    /// The codebook that this policy draws from.
    ///
    /// # Panics
    /// Never: the number of zones was checked, and there is a codebook for every λ.
    ///
    /// # Complexity
    /// Microseconds below λ = 2²⁰; from there on as [`Atlas::plans`](crate::atlas::Atlas::plans).
    #[must_use]
    pub fn codebook(&self) -> Codebook {
        Codebook::of(self.zones, self.odds)
            .expect("a codebook is shipped for λ = 1 and every number of zones a policy may have")
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
        for kind in &self.withheld_kinds {
            hash.update(kind.name());
            hash.update([0]);
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
            withheld_kinds: vec![RoomKind::Bedroom, RoomKind::Nursery, RoomKind::Bathroom, RoomKind::Toilet],
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

    /// The budget λ of one release.
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

    /// Kinds of rooms that are withheld unless the owner says otherwise.
    #[must_use]
    pub fn withheld_kinds(mut self, kinds: impl IntoIterator<Item = RoomKind>) -> Self {
        self.policy.withheld_kinds = kinds.into_iter().collect();
        self.policy.withheld_kinds.sort_unstable();
        self.policy.withheld_kinds.dedup();
        self
    }

    /// Checks the choices.
    ///
    /// # Errors
    /// The number of zones or areas is outside the limits, or the cap is below the budget of one release.
    pub fn build(self) -> Result<Policy, PolicyError> {
        if !(MIN_ZONES..=MAX_ZONES).contains(&self.policy.zones) {
            return Err(PolicyError::Zones);
        }
        if self.policy.areas > MAX_POLICY_AREAS {
            return Err(PolicyError::Areas);
        }
        if self.policy.odds_cap < self.policy.odds {
            return Err(PolicyError::Cap);
        }
        Ok(self.policy)
    }
}

/// Why a policy was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// The number of zones is outside the limits.
    Zones,
    /// More than [`MAX_POLICY_AREAS`] areas.
    Areas,
    /// The cap is below the budget of one release.
    Cap,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zones => write!(f, "a policy must have {MIN_ZONES} to {MAX_ZONES} zones"),
            Self::Areas => write!(f, "a policy may have at most {MAX_POLICY_AREAS} areas"),
            Self::Cap => {
                f.write_str("the cap on all releases together must be at least the odds of one release")
            }
        }
    }
}

impl core::error::Error for PolicyError {}
