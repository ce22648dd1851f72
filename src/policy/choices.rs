//! What a policy chooses, and the checks of it.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::error::PolicyError;
use super::limits::{MAX_FLOORS, MAX_POLICY_AREAS};
use super::opt_in::OptIn;
use super::times::Times;
use crate::atlas::{Codebook, MAX_ZONES, MIN_ZONES};
use crate::home::RoomKind;
use crate::odds::Odds;

/// The choices of a policy, not checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choices {
    pub(super) zones: u8,
    pub(super) odds: Odds,
    pub(super) odds_cap: Odds,
    pub(super) areas: u32,
    pub(super) redacted_kinds: Vec<RoomKind>,
    pub(super) floors: u8,
    pub(super) done_after_s: Times,
    pub(super) opt_ins: Vec<OptIn>,
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

impl Choices {
    /// These choices if they are within the limits, in their one form: a budget that buys nothing is 1, and kinds and
    /// opt-ins are there once each, in order.
    pub(super) fn checked(mut self) -> Result<Self, PolicyError> {
        if !(MIN_ZONES..=MAX_ZONES).contains(&self.zones) {
            return Err(PolicyError::Zones);
        }
        if self.areas > MAX_POLICY_AREAS {
            return Err(PolicyError::Areas);
        }
        if !(1..=MAX_FLOORS).contains(&self.floors) {
            return Err(PolicyError::Floors);
        }
        if !self.done_after_s.are_valid() {
            return Err(PolicyError::DoneAfter);
        }
        if Codebook::is_constant(self.zones, self.odds) {
            self.odds = Odds::SEALED;
        }
        if self.odds.power(self.floors).is_none_or(|odds| odds > self.odds_cap) {
            return Err(PolicyError::Cap);
        }
        let kinds = RoomKind::ALL.into_iter().filter(|kind| self.redacted_kinds.contains(kind));
        self.redacted_kinds = kinds.collect();
        let opt_ins = OptIn::ALL.into_iter().filter(|opt_in| self.opt_ins.contains(opt_in));
        self.opt_ins = opt_ins.collect();
        Ok(self)
    }
}
