//! Which plans a codebook may hold.
//!
//! Chains from the dock's zone: the plans on which the doors leave one order to visit the zones in. Any home can be
//! seen as a chain, if need be by cutting a room, and what is planned on it is short in the home too. On trees that
//! branch, orders look alike on the release that differ by a fifth to a third in the home. That is a fact about trees,
//! not about anybody's home.
//!
//! No strips: no zone is more than twice as long as wide. The chart of a zone halves its rectangle along the longer
//! side, again and again, and all parts of such a rectangle are again at most twice as long as wide. Rooms are seldom
//! longer either: on a strip that stands for a room as wide as long, what lies together along the strip is apart in the
//! home. Of two and three zones in a square hardly any drawing is like that, so there it is three times.

use std::error::Error;

use homeveil::atlas::{Atlas, Plan, PlanId, ZoneId};

/// Of plans of six zones every so many: a ranking of all of them takes many seconds a home.
const STEP_OF_SIX: usize = 12;

/// How many plans there are to choose among, of two to six zones.
#[cfg(test)]
pub(crate) const COUNTS: [usize; 5] = [5, 78, 322, 292, 56];

/// The plans to choose among (`COUNTS` of them, which a test counts).
pub(crate) fn candidates(zones: u8) -> Result<Vec<PlanId>, Box<dyn Error>> {
    let atlas = Atlas::of(zones).ok_or("two to six zones")?;
    let mut plans = atlas.plans();
    plans.retain(|&id| atlas.plan(id).is_some_and(|plan| is_chain(&plan) && has_no_strip(&plan)));
    Ok(if zones == 6 { plans.into_iter().step_by(STEP_OF_SIX).collect() } else { plans })
}

/// Whether no zone is a strip.
pub(crate) fn has_no_strip(plan: &Plan) -> bool {
    let zones = plan.zones();
    let most = if zones.len() <= 3 { 3 } else { 2 };
    zones.iter().all(|zone| {
        let (width, height) = (zone.rect.width, zone.rect.height);
        width.max(height) <= most * width.min(height)
    })
}

/// Whether no zone has more than two doors, and the dock's zone has one.
pub(crate) fn is_chain(plan: &Plan) -> bool {
    let doors = plan.doors();
    let doors_of = |zone: ZoneId| doors.iter().filter(|door| door.zones.contains(&zone)).count();
    plan.zones().iter().all(|zone| doors_of(zone.id) <= 2) && doors_of(plan.root()) == 1
}
