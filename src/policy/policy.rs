//! The policy itself, and its builder.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::PolicyError;
use super::limits::{MAX_FLOORS, MAX_POLICY_AREAS};
use super::opt_in::OptIn;
use super::times::Times;
use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES};
use crate::digest::hex;
use crate::home::RoomKind;
use crate::odds::Odds;

/// Number of zones, budget, cap and the rest that a vendor chooses once for all homes.
///
/// The default is right for a vendor who reads nothing: four zones, λ = 1 (one constant release, the same bytes for
/// every home, which a robot drives by as well as by others: [`Codebook`]), bedrooms, nurseries, bathrooms and toilets
/// redacted, sixteen areas, one floor, "done" 10 minutes after a command for a spot, 30 for an area, 45 for a zone and
/// 120 for the whole floor, and nothing more told to the cloud. Whoever raises λ has a cap of λ = 16 over the life of a
/// robot.
///
/// A fleet publishes its policy as JSON. All fields must be there and no others; odds are exact fractions `[p, q]`,
/// kinds are [`RoomKind::name`]s. What is read passes the checks of [`PolicyBuilder::build`]. An older policy has one
/// number in place of the four times, which is that of each of them; 3600, the default of then, reads as the default.
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
    done_after_s: Times,
    opt_ins: Vec<OptIn>,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            zones: 4,
            odds: Odds::SEALED,
            odds_cap: Odds::whole(16),
            areas: 16,
            redacted_kinds: vec![RoomKind::Bedroom, RoomKind::Nursery, RoomKind::Bathroom, RoomKind::Toilet],
            floors: 1,
            done_after_s: Times::default(),
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
        hash.update(self.choices.done_after_s.for_digest());
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
    /// (below λ = 2, and with six zones below 8), the policy is sealed: its odds are 1.
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

    /// Seconds from a command to "done", 1 to [`MAX_DONE_AFTER_S`](super::MAX_DONE_AFTER_S), one time for everything
    /// that may be asked for. It is the same for all homes: longer than cleaning takes, or owners will see their app
    /// ahead of their robot.
    #[must_use]
    pub const fn done_after_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s = Times::all_of(seconds);
        self
    }

    /// Seconds from a command to "done" for each spot, and for going to a place.
    #[must_use]
    pub const fn spot_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s.spot = seconds;
        self
    }

    /// Seconds from a command to "done" for each area or rectangle.
    #[must_use]
    pub const fn area_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s.area = seconds;
        self
    }

    /// Seconds from a command to "done" for each zone.
    #[must_use]
    pub const fn zone_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s.zone = seconds;
        self
    }

    /// Seconds from a command to "done" for a whole floor.
    #[must_use]
    pub const fn all_s(mut self, seconds: u32) -> Self {
        self.choices.done_after_s.all = seconds;
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
        if !choices.done_after_s.are_valid() {
            return Err(PolicyError::DoneAfter);
        }
        if Codebook::is_constant(choices.zones, choices.odds) {
            choices.odds = Odds::SEALED;
        }
        if choices.odds.power(choices.floors).is_none_or(|odds| odds > choices.odds_cap) {
            return Err(PolicyError::Cap);
        }
        // Each once, in order.
        let kinds = RoomKind::ALL.into_iter().filter(|kind| choices.redacted_kinds.contains(kind));
        choices.redacted_kinds = kinds.collect();
        let opt_ins = OptIn::ALL.into_iter().filter(|opt_in| choices.opt_ins.contains(opt_in));
        choices.opt_ins = opt_ins.collect();
        Ok(Policy { choices })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    use super::{OptIn, Policy, RoomKind};
    use crate::Odds;

    /// The default's, one for all, or any.
    fn times() -> impl Strategy<Value = [u32; 4]> {
        let seconds = || prop_oneof![Just(3600), 1..=86_400_u32];
        prop_oneof![
            Just([600, 1800, 2700, 7200]),
            seconds().prop_map(|seconds| [seconds; 4]),
            [seconds(), seconds(), seconds(), seconds()],
        ]
    }

    fn policies() -> impl Strategy<Value = Policy> {
        let kinds = subsequence(&RoomKind::ALL[..], 0..=RoomKind::ALL.len());
        let opt_ins = subsequence(&OptIn::ALL[..], 0..=OptIn::ALL.len());
        let numbers = (2..=6_u8, 1..=200_u32, 1..=20_u32, 0..=64_u32, 1..=3_u8, times());
        (numbers, kinds, opt_ins).prop_map(|((zones, p, q, areas, floors, times), kinds, opt_ins)| {
            let odds = Odds::new(p.max(q), q).unwrap();
            let policy =
                Policy::builder().zones(zones).odds(odds).odds_cap(Odds::whole(1 << 24)).areas(areas);
            let policy = policy.redacted_kinds(kinds).floors(floors);
            let policy = policy.spot_s(times[0]).area_s(times[1]).zone_s(times[2]).all_s(times[3]);
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
        let json = serde_json::to_string(&Policy::builder().odds(Odds::whole(2)).build().unwrap()).unwrap();
        for (from, to, words) in [
            ("\"zones\":4", "\"zones\":7", "a policy must have 2 to 6 zones"),
            ("\"areas\":16", "\"areas\":65", "at most 64 areas"),
            ("\"floors\":1", "\"floors\":0", "1 to 8 floors"),
            ("2700", "0", "after 1 to 86400 seconds"),
            ("{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200}", "86401", "after 1 to 86400 seconds"),
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

    /// The digests that these policies had when there was one time for everything.
    #[test]
    fn a_policy_of_before_there_were_kinds_of_commands_keeps_its_digest() {
        // λ = 2 was the default then.
        let noisy = Policy::builder().odds(Odds::whole(2)).build().unwrap();
        let json = |seconds: u32| {
            let json = serde_json::to_string(&noisy).unwrap();
            let each = "{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200}";
            serde_json::from_str::<Policy>(&json.replace(each, &seconds.to_string())).unwrap()
        };
        assert_eq!(json(3600), noisy);
        for (seconds, digest) in [
            (3600, "bea98fccdf75438e4877f24539618b566e1b47304eb4a08fc9b643ad54669faf"),
            (60, "de1c430fa99811e176d365aa2412828ff9bdd22917c946a3aeefc4f72bf5345e"),
        ] {
            assert_eq!(json(seconds).digest(), digest);
        }
        assert_eq!(json(60), Policy::builder().odds(Odds::whole(2)).done_after_s(60).build().unwrap());
        // No two policies share one.
        let build = |policy: super::PolicyBuilder| policy.build().unwrap().digest();
        let all = [
            build(Policy::builder()),
            build(Policy::builder().done_after_s(3600)),
            build(Policy::builder().done_after_s(60)),
            build(Policy::builder().done_after_s(60).zone_s(61)),
            build(Policy::builder().spot_s(601)),
        ];
        assert!((1..all.len()).all(|n| !all[..n].contains(&all[n])));
    }
}
