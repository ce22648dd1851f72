//! Which plans a codebook may hold.
//!
//! Paths alone: plans on which no zone has more than two doors. Any home can be seen as any tree of zones, if
//! need be by cutting a room. But the cloud must visit the zones in some order. On a chain from the dock's zone
//! there is one short order, and it is short in the home too; where the dock's zone lies within the path there are
//! two, and the cost of a plan counts that; on trees that branch, orders look alike on the release that differ by
//! a fifth to a third in the home. The figures stand at `homeveil::atlas::Codebook`. That is a fact about trees,
//! not about anybody's home.

use std::error::Error;

use homeveil::atlas::{Atlas, Codebook, Plan, PlanId, ZoneId};
use homeveil::merge::rank;
use homeveil::sketch::Sketch;

/// Paths that are looked at first where there are more than can all be tried; with six zones ranking 600 of
/// them takes seven seconds a home.
const fn spread(zones: u8) -> usize {
    if zones <= 5 { 600 } else { 60 }
}

/// Drawings of which all paths are tried then.
const fn most_drawings(zones: u8) -> usize {
    if zones <= 5 { 60 } else { 6 }
}

/// The plans to choose among: all paths up to four zones; above, a fixed spread of them, and all with the
/// drawings of those of the spread that are best for some home.
pub(crate) fn candidates(zones: u8, sketches: &[Sketch]) -> Result<Vec<PlanId>, Box<dyn Error>> {
    let atlas = Atlas::of(zones).ok_or("two to six zones")?;
    let mut paths = atlas.plans();
    paths.retain(|&id| atlas.plan(id).is_some_and(|plan| is_path(&plan)));
    if zones <= 4 {
        return Ok(paths);
    }
    let step = paths.len() / spread(zones) + 1;
    let spread: Vec<PlanId> = paths.iter().copied().step_by(step).collect();
    let book = Codebook::of_plans(zones, &spread, 1).ok_or("a spread of plans is a codebook")?;
    // A plan's number over this is that of its drawing.
    let trees = u32::from(zones).pow(u32::from(zones));
    let mut drawings: Vec<u32> = Vec::new();
    for sketch in sketches {
        let costs = rank(sketch, &book);
        let best = (0..spread.len()).min_by_key(|&plan| costs.costs()[plan]).unwrap_or(0);
        let drawing = spread[best].get() / trees;
        if drawings.len() < most_drawings(zones) && !drawings.contains(&drawing) {
            drawings.push(drawing);
        }
    }
    paths.retain(|id| spread.binary_search(id).is_ok() || drawings.contains(&(id.get() / trees)));
    Ok(paths)
}

/// Whether no zone has more than two doors, so that all doors make one path.
pub(crate) fn is_path(plan: &Plan) -> bool {
    let doors = plan.doors();
    let doors_of = |zone: ZoneId| doors.iter().filter(|door| door.zones.contains(&zone)).count();
    plan.zones().iter().all(|zone| doors_of(zone.id) <= 2)
}
