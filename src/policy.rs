//! The policy: what a vendor chooses once, in public, for a whole fleet.
//!
//! A [`Policy`] says how many zones a release has, which odds λ it may spend, which kinds of rooms are redacted unless
//! the owner says otherwise, and what a device may tell the cloud. It knows nothing of any home: a policy chosen for
//! one home would itself reveal something about it. [`PolicyBuilder::build`] is the only way to one, also from JSON, so
//! a policy is always valid. Its digest stands in every release, so anyone can check that a fleet shares one policy.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES};
use crate::digest::hex;
use crate::home::RoomKind;
use crate::odds::Odds;

/// Most areas of a release.
pub const MAX_POLICY_AREAS: u32 = 64;

/// Most floors of a release.
pub const MAX_FLOORS: u8 = 8;

/// Longest time from a command to "done", in seconds: a day.
pub const MAX_DONE_AFTER_S: u32 = 86_400;

/// Something a device may tell the cloud besides the release and "done after a fixed time". Each reveals something
/// about the home, so each is a public choice by name, listed in the [`Disclosure`](crate::keeper::Disclosure).
///
/// ```
/// use homeveil::{OptIn, Policy};
/// let policy = Policy::builder().opt_in(OptIn::Failure).build()?;
/// assert_eq!(policy.opt_ins(), [OptIn::Failure]);
/// # Ok::<(), homeveil::PolicyError>(())
/// ```
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

/// Number of zones, budget, cap and the rest that a vendor chooses once for all homes.
///
/// The default is right for a vendor who reads nothing: four zones, λ = 2 for a release, λ = 16 over the life
/// of a robot (four epochs), bedrooms, nurseries, bathrooms and toilets redacted, sixteen areas, one floor,
/// "done" an hour after a command, and nothing more told to the cloud.
///
/// A fleet publishes its policy as JSON. All fields must be there and no others; odds are exact fractions `[p, q]`,
/// kinds are [`RoomKind::name`]s. What is read passes the checks of [`PolicyBuilder::build`].
///
/// ```
/// use homeveil::Policy;
/// let json = r#"{"zones":4,"odds":[2,1],"odds_cap":[16,1],"areas":16,
///     "redacted_kinds":["bedroom","nursery","bathroom","toilet"],"floors":1,"done_after_s":3600,"opt_ins":[]}"#;
/// let policy: Policy = serde_json::from_str(json)?;
/// assert_eq!(policy, Policy::default());
/// assert_eq!(policy.digest(), Policy::default().digest());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Choices", into = "Choices")]
pub struct Policy {
    choices: Choices,
}

/// The choices of a policy, not checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Choices {
    zones: u8,
    odds: Odds,
    odds_cap: Odds,
    areas: u32,
    redacted_kinds: Vec<RoomKind>,
    floors: u8,
    done_after_s: u32,
    opt_ins: Vec<OptIn>,
}

impl Default for Choices {
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

impl TryFrom<Choices> for Policy {
    type Error = PolicyError;

    fn try_from(choices: Choices) -> Result<Self, PolicyError> {
        PolicyBuilder { choices }.build()
    }
}

impl From<Policy> for Choices {
    fn from(policy: Policy) -> Self {
        policy.choices
    }
}

impl Policy {
    /// A builder that starts from the default.
    #[must_use]
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder { choices: Choices::default() }
    }

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
    /// buys nothing (see [`PolicyBuilder::odds`]).
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

    /// Seconds after which a command is answered "done", however long it took.
    #[must_use]
    pub const fn done_after_s(&self) -> u32 {
        self.choices.done_after_s
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
        /// Microseconds below λ = 2²⁰; from there on as [`Atlas::plans`](crate::atlas::Atlas::plans).
        #[must_use]
        fn codebook(&self) -> Codebook {
            Codebook::of(self.choices.zones, self.choices.odds)
                .expect("a codebook is shipped for λ = 1 and every number of zones a policy may have")
        }
    }

    /// SHA-256 over all of it, as lower-case hexadecimal digits: devices of one fleet show the same.
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
        if self.choices.done_after_s != default.done_after_s {
            hash.update(b"\0done after\0");
            hash.update(self.choices.done_after_s.to_le_bytes());
        }
        for &opt_in in &self.choices.opt_ins {
            hash.update(b"\0opt in\0");
            hash.update([opt_in as u8]);
        }
        hex(hash)
    }
}

/// Builds a [`Policy`] and checks it.
///
/// ```
/// use homeveil::{Odds, Policy, PolicyError};
/// let policy = Policy::builder().zones(5).odds(Odds::new(4, 1)?).areas(8).build()?;
/// assert_eq!((policy.zones(), policy.areas()), (5, 8));
/// assert_eq!(Policy::builder().zones(7).build().unwrap_err(), PolicyError::Zones);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PolicyBuilder {
    choices: Choices,
}

impl PolicyBuilder {
    /// The number K of zones, 2 to 6.
    #[must_use]
    pub const fn zones(mut self, zones: u8) -> Self {
        self.choices.zones = zones;
        self
    }

    /// The budget λ of one floor of a release. Where it buys nothing, because the codebook for it is one plan
    /// (below λ = 2, and for some numbers of zones below 4 or 8), the policy is sealed: its odds are 1.
    #[must_use]
    pub const fn odds(mut self, odds: Odds) -> Self {
        self.choices.odds = odds;
        self
    }

    /// What all releases of a household together may spend; at least the budget of one.
    #[must_use]
    pub const fn odds_cap(mut self, cap: Odds) -> Self {
        self.choices.odds_cap = cap;
        self
    }

    /// The number of areas that each release carries.
    #[must_use]
    pub const fn areas(mut self, areas: u32) -> Self {
        self.choices.areas = areas;
        self
    }

    /// Kinds of rooms that are redacted unless the owner says otherwise.
    #[must_use]
    pub fn redacted_kinds(mut self, kinds: impl IntoIterator<Item = RoomKind>) -> Self {
        self.choices.redacted_kinds = kinds.into_iter().collect();
        self
    }

    /// The number of floors of every release, 1 to [`MAX_FLOORS`]. Each is a draw of its own: the odds multiply.
    #[must_use]
    pub const fn floors(mut self, floors: u8) -> Self {
        self.choices.floors = floors;
        self
    }

    /// Seconds from a command to "done", 1 to [`MAX_DONE_AFTER_S`]. The same for all commands and all homes:
    /// longer than cleaning takes, or owners will see their app ahead of their robot.
    #[must_use]
    pub const fn done_after_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s = seconds;
        self
    }

    /// What else a device may tell the cloud, by name.
    #[must_use]
    pub fn opt_in(mut self, opt_in: OptIn) -> Self {
        self.choices.opt_ins.push(opt_in);
        self
    }

    /// Checks the choices.
    ///
    /// # Errors
    /// The number of zones, areas, floors or seconds is outside the limits, or the cap is below the budget of
    /// one release.
    pub fn build(self) -> Result<Policy, PolicyError> {
        let mut choices = self.choices;
        if !(MIN_ZONES..=MAX_ZONES).contains(&choices.zones) {
            return Err(PolicyError::Zones);
        }
        if choices.areas > MAX_POLICY_AREAS {
            return Err(PolicyError::Areas);
        }
        if !(1..=MAX_FLOORS).contains(&choices.floors) {
            return Err(PolicyError::Floors);
        }
        if !(1..=MAX_DONE_AFTER_S).contains(&choices.done_after_s) {
            return Err(PolicyError::DoneAfter);
        }
        if Codebook::is_constant(choices.zones, choices.odds) {
            choices.odds = Odds::SEALED;
        }
        if choices.odds.power(choices.floors).is_none_or(|odds| odds > choices.odds_cap) {
            return Err(PolicyError::Cap);
        }
        choices.redacted_kinds.sort_unstable();
        choices.redacted_kinds.dedup();
        choices.opt_ins.sort_unstable();
        choices.opt_ins.dedup();
        Ok(Policy { choices })
    }
}

/// Why a policy was refused.
///
/// ```
/// assert!(homeveil::PolicyError::Zones.to_string().contains("2 to 6 zones"));
/// ```
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    use super::{OptIn, Policy, RoomKind};
    use crate::Odds;

    fn policies() -> impl Strategy<Value = Policy> {
        let kinds = subsequence(&RoomKind::ALL[..], 0..=RoomKind::ALL.len());
        let opt_ins = subsequence(&OptIn::ALL[..], 0..=OptIn::ALL.len());
        let numbers = (2..=6_u8, 1..=200_u32, 1..=20_u32, 0..=64_u32, 1..=3_u8, 1..=86_400_u32);
        (numbers, kinds, opt_ins).prop_map(|((zones, p, q, areas, floors, seconds), kinds, opt_ins)| {
            let odds = Odds::new(p.max(q), q).unwrap();
            let policy =
                Policy::builder().zones(zones).odds(odds).odds_cap(Odds::whole(1 << 24)).areas(areas);
            let policy = policy.redacted_kinds(kinds).floors(floors).done_after_s(seconds);
            opt_ins.into_iter().fold(policy, super::PolicyBuilder::opt_in).build().unwrap()
        })
    }

    proptest! {
        #[test]
        fn json_brings_the_same_policy_back(policy in policies()) {
            let json = serde_json::to_string(&policy).unwrap();
            let back: Policy = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&back, &policy);
            prop_assert_eq!(back.digest(), policy.digest());
            prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
        }
    }

    #[test]
    fn what_the_builder_refuses_json_refuses_with_the_same_words() {
        let json = serde_json::to_string(&Policy::default()).unwrap();
        for (from, to, words) in [
            ("\"zones\":4", "\"zones\":7", "a policy must have 2 to 6 zones"),
            ("\"areas\":16", "\"areas\":65", "at most 64 areas"),
            ("\"floors\":1", "\"floors\":0", "1 to 8 floors"),
            ("3600", "0", "after 1 to 86400 seconds"),
            ("[16,1]", "[3,2]", "the cap on all releases together"),
            ("[2,1]", "[1,2]", "odds must be a fraction p/q"),
            ("[2,1]", "2.0", "invalid type"),
            ("\"bedroom\"", "\"boudoir\"", "unknown variant `boudoir`"),
            ("\"opt_ins\":[]", "\"opt_ins\":[\"address\"]", "unknown variant `address`"),
            ("\"areas\":16,", "", "missing field `areas`"),
            ("{", "{\"home\":1,", "unknown field `home`"),
        ] {
            assert!(json.contains(from), "{from}");
            let error = serde_json::from_str::<Policy>(&json.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        assert!(RoomKind::ALL.iter().all(|kind| serde_json::to_value(kind).unwrap() == kind.name()));
    }
}
