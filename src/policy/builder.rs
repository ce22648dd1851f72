//! The builder of a policy.

use super::choices::Choices;
use super::error::PolicyError;
use super::opt_in::OptIn;
use super::policy::Policy;
use super::times::Times;
use crate::home::RoomKind;
use crate::odds::Odds;

impl Policy {
    /// A builder that starts from the default.
    #[must_use]
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder { choices: Choices::default() }
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
    /// (below λ = 2), the policy is sealed: its odds are 1.
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

    /// The number of floors of every release, 1 to [`MAX_FLOORS`](super::MAX_FLOORS). Each is a draw of its own: the
    /// odds multiply.
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
        Policy::try_from(self.choices)
    }
}
