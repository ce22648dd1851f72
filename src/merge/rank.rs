//! The search for the best assignment of every plan.

use alloc::vec::Vec;

use super::assignment::Assignment;
use super::cost::WEIGHTS;
use super::matching::Matching;
use super::merged::Merged;
use super::partition::partitions;
use super::parts::Parts;
use super::search::{Search, least_costs};
use crate::atlas::{Codebook, Plan};
use crate::sketch::Sketch;

/// For each plan of a codebook the least cost of seeing the home as it, in thousandths. See the [module](super).
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Odds, Redaction, atlas::Codebook, merge::rank, redact::redact, sketch::Sketch};
/// let home = Home::from_drawing(0.5, Footprint::disc_m(0.1).unwrap(), "
///     #########
///     #Aaabbbb#
///     #aaabbbb#
///     #########", &[]).unwrap().build().unwrap();
/// let sketch = Sketch::of(&redact(&home, &Redaction::none()).unwrap());
/// let codebook = Codebook::of(2, Odds::new(4, 1).unwrap()).unwrap();
/// let ranking = rank(&sketch, &codebook);
/// assert_eq!((ranking.costs().len(), ranking.preferred(2).len()), (5, 2));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Ranking {
    costs: Vec<u32>,
}

impl Ranking {
    /// The costs, in the order of the codebook's plans. For the whole atlas those of the M preferred plans and of others
    /// that cost as little; plans that cost more have the greatest number there is.
    #[cfg(feature = "stages")]
    #[must_use]
    pub fn costs(&self) -> &[u32] {
        &self.costs
    }

    /// The M plans of least cost as indices into the codebook, ascending. Of equal ones those with the lower
    /// index. For the whole atlas M is the codebook's, or less.
    #[must_use]
    pub fn preferred(&self, count: u32) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.costs.len()).collect();
        order.sort_by_key(|&plan| (self.costs[plan], plan));
        order.truncate(count as usize);
        order.sort_unstable();
        order
    }
}

private_debug!(Ranking);

/// Ranks the plans of a codebook for a home. A home with nothing to draw ranks all plans alike, which is a
/// fixed public ranking.
///
/// # Complexity
/// O(mergings · (3ᴷ + plans · K! · K²)) at most, and mostly little more than O(mergings · 3ᴷ) (`search`). Of the whole
/// atlas only the M preferred plans are looked for.
#[must_use]
pub fn rank(sketch: &Sketch, codebook: &Codebook) -> Ranking {
    if sketch.is_empty() && !mutant!(EmptyHomeRanked) {
        return Ranking { costs: vec![0; codebook.count() as usize] };
    }
    let count = if codebook.is_whole_atlas() { codebook.preferred() } else { codebook.count() };
    Ranking { costs: least_costs(sketch, codebook.plans(), count as usize, &WEIGHTS) }
}

/// The best assignment of a plan, in terms of the sketch: its symmetry takes the sketch's directions to the
/// plan's, its parts are the sketch's rooms. Nothing for a home with nothing to draw.
pub(crate) fn assign(sketch: &Sketch, plan: &Plan) -> Option<Assignment> {
    assess(sketch, plan).map(|(assignment, _)| assignment)
}

/// The best assignment of a plan, and what its cost is made of.
pub(crate) fn assess(sketch: &Sketch, plan: &Plan) -> Option<(Assignment, Terms)> {
    if sketch.is_empty() {
        return None;
    }
    let zones = plan.zone_count();
    let plans = core::slice::from_ref(plan);
    let least = *least_costs(sketch, plans, 1, &WEIGHTS).first()?;
    let mut search = Search::of(zones, plans, &WEIGHTS);
    // Of equally good ones the first, in the order in which mergings are visited.
    let mut found = None;
    for parts in Parts::of(sketch, zones).variants(zones) {
        partitions(&parts.touches(), zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) && search.reaches(&parts, sets, least) {
                found = Merged::of(&parts, sets, &WEIGHTS).matched(plan, least).map(|matching| {
                    let assignment = Assignment {
                        symmetry: matching.symmetry,
                        cuts: parts.cuts.clone(),
                        zone_of: parts.zone_of(|part| {
                            let zone = sets.iter().position(|set| set >> part & 1 == 1).unwrap_or(0);
                            matching.rect_of_zone[zone]
                        }),
                    };
                    (assignment, Terms::of(plan, sets, &matching, &parts, least))
                });
            }
            found.is_none()
        });
        if found.is_some() {
            break;
        }
    }
    found
}

/// What an assignment is made of, for measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The whole cost in thousandths.
    pub(crate) cost: u32,
    /// Doors drawn whose zones do not touch.
    pub(crate) phantom: u32,
    /// Zones that touch without a door drawn.
    pub(crate) hidden: u32,
    /// Area of the rooms that are cut, in millionths of all.
    pub(crate) cut_area: u32,
}

impl Terms {
    fn of(plan: &Plan, sets: &[u32], matching: &Matching, parts: &Parts, cost: u32) -> Self {
        let touching = Merged::joined(parts, sets, &WEIGHTS).touching(matching.rect_of_zone);
        let edges = plan.edges();
        Self {
            cost,
            phantom: (edges & !touching).count_ones(),
            hidden: (touching & !edges).count_ones(),
            cut_area: u32::try_from(parts.cut_area() * 1_000_000 / parts.total().max(1)).unwrap_or(u32::MAX),
        }
    }
}
