//! The policy itself.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::choices::Choices;
use super::error::PolicyError;
use super::opt_in::OptIn;
use crate::atlas::Codebook;
use crate::digest::hex;
use crate::home::RoomKind;
use crate::odds::Odds;

/// Number of zones, budget, cap and the rest that a vendor chooses once for all homes.
///
/// The default is right for a vendor who reads nothing: four zones, λ = 1 (one constant release, the same bytes for
/// every home, which a robot drives by as well as by others: [`atlas`](crate::atlas)), bedrooms, nurseries, bathrooms
/// and toilets redacted, sixteen areas, one floor, "done" 10 minutes after a command for a spot, 30 for an area, 45 for
/// a zone and 120 for the whole floor, and nothing more told to the cloud. Whoever raises λ has a cap of λ = 16 over
/// the life of a robot.
///
/// A fleet publishes its policy as JSON. All fields must be there and no others; odds are exact fractions `[p, q]`,
/// kinds are [`RoomKind::name`]s. What is read passes the checks of
/// [`PolicyBuilder::build`](super::PolicyBuilder::build). An older policy has one number in place of the four times,
/// which is that of each of them; 3600, the default of then, reads as the default.
///
/// ```
/// use homeveil::Policy;
/// let json = r#"{"zones":4,"odds":[1,1],"odds_cap":[16,1],"areas":16,
///     "redacted_kinds":["bedroom","nursery","bathroom","toilet"],"floors":1,
///     "done_after_s":{"spot":600,"area":1800,"zone":2700,"all":7200},"opt_ins":[]}"#;
/// let policy: Policy = serde_json::from_str(json)?;
/// assert_eq!(policy, Policy::default());
/// assert_eq!(policy.digest(), Policy::default().digest());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Choices", into = "Choices")]
pub struct Policy {
    pub(super) choices: Choices,
}

impl TryFrom<Choices> for Policy {
    type Error = PolicyError;

    fn try_from(choices: Choices) -> Result<Self, PolicyError> {
        choices.checked().map(|choices| Self { choices })
    }
}

impl From<Policy> for Choices {
    fn from(policy: Policy) -> Self {
        policy.choices
    }
}

impl Policy {
    /// λ = 1: one constant release, the same bytes for every home.
    #[must_use]
    pub fn sealed() -> Self {
        Self { choices: Choices { odds: Odds::SEALED, odds_cap: Odds::SEALED, ..Choices::default() } }
    }

    /// The number K of zones.
    #[must_use]
    pub const fn zones(&self) -> u8 {
        self.choices.zones
    }

    /// The budget λ of one floor, which is that of a release where there is one floor; 1 where the one asked for
    /// buys nothing (see [`PolicyBuilder::odds`](super::PolicyBuilder::odds)).
    #[must_use]
    pub const fn odds(&self) -> Odds {
        self.choices.odds
    }

    /// What one release spends: λ to the power of the number of floors, whatever floors a household has.
    #[must_use]
    pub fn odds_of_release(&self) -> Odds {
        // `build` has checked that the product has terms that can be stated.
        self.choices.odds.power(self.choices.floors).unwrap_or(self.choices.odds_cap)
    }

    /// What all releases of a household together may spend.
    #[must_use]
    pub const fn odds_cap(&self) -> Odds {
        self.choices.odds_cap
    }

    /// The number of areas that each release carries.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        self.choices.areas
    }

    /// Kinds of rooms that are redacted unless the owner says otherwise.
    #[must_use]
    pub fn redacted_kinds(&self) -> &[RoomKind] {
        &self.choices.redacted_kinds
    }

    /// The number of floors of every release. A household with fewer gets the rest drawn blind.
    #[must_use]
    pub const fn floors(&self) -> u8 {
        self.choices.floors
    }

    /// Seconds from a command to "done" for each spot that it names, and for going to a place.
    #[must_use]
    pub const fn spot_s(&self) -> u32 {
        self.choices.done_after_s.spot
    }

    /// Seconds from a command to "done" for each area or rectangle that it names.
    #[must_use]
    pub const fn area_s(&self) -> u32 {
        self.choices.done_after_s.area
    }

    /// Seconds from a command to "done" for each zone that it names.
    #[must_use]
    pub const fn zone_s(&self) -> u32 {
        self.choices.done_after_s.zone
    }

    /// Seconds from a command to "done" for a whole floor.
    #[must_use]
    pub const fn all_s(&self) -> u32 {
        self.choices.done_after_s.all
    }

    /// What else a device may tell the cloud, ascending.
    #[must_use]
    pub fn opt_ins(&self) -> &[OptIn] {
        &self.choices.opt_ins
    }

    staged! {
        /// The codebook that this policy draws from.
        ///
        /// # Panics
        /// Never: the number of zones was checked, and there is a codebook for every λ.
        ///
        /// # Complexity
        /// As [`Codebook::of`](crate::atlas::Codebook::of).
        #[must_use]
        fn codebook(&self) -> Codebook {
            Codebook::of(self.choices.zones, self.choices.odds)
                .expect("a codebook is shipped for λ = 1 and every number of zones a policy may have")
        }
    }

    /// This policy under other odds.
    pub(crate) fn under(&self, odds: Odds) -> Self {
        Self { choices: Choices { odds, ..self.choices.clone() } }
    }

    /// SHA-256 over all of it, as lower-case hexadecimal digits: devices of one fleet with one version of the library
    /// show the same. Odds that bought nothing when a policy was built are hashed as 1; a later version's codebook for
    /// them may hold more plans.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"homeveil policy 1");
        hash.update([self.choices.zones]);
        for odds in [self.choices.odds, self.choices.odds_cap] {
            hash.update(odds.p().to_le_bytes());
            hash.update(odds.q().to_le_bytes());
        }
        hash.update(self.choices.areas.to_le_bytes());
        for kind in &self.choices.redacted_kinds {
            hash.update(kind.name());
            hash.update([0]);
        }
        // What was added later is hashed where it is not the default, so that older policies keep their digest.
        // No kind has an empty name, so nothing above reads like one of these.
        let default = Choices::default();
        if self.choices.floors != default.floors {
            hash.update(b"\0floors\0");
            hash.update([self.choices.floors]);
        }
        hash.update(self.choices.done_after_s.for_digest());
        for &opt_in in &self.choices.opt_ins {
            hash.update(b"\0opt in\0");
            hash.update([opt_in as u8]);
        }
        hex(hash)
    }
}
