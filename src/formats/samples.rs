//! Releases for the tests of the writers.

use crate::atlas::{Atlas, MAX_ZONES, MIN_ZONES};
use crate::release::Floor;

/// A few floors of each number of zones, from the first plan of the atlas to the last.
pub(super) fn floors() -> Vec<Floor> {
    (MIN_ZONES..=MAX_ZONES).flat_map(floors_of).collect()
}

/// A few floors with this many zones.
pub(super) fn floors_of(zones: u8) -> Vec<Floor> {
    let atlas = Atlas::of(zones).unwrap();
    let plans = atlas.plans();
    let step = (plans.len() / 6).max(1);
    plans.iter().step_by(step).map(|id| Floor::draw(&atlas.plan(*id).unwrap())).collect()
}
