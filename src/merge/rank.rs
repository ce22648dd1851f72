//! The search for the best assignment of every plan.

use alloc::vec::Vec;

use super::assignment::Assignment;
use super::cost::Rules;
use super::distances::{Distances, RoomDistances};
use super::matching::Matching;
use super::merged::Merged;
use super::partition::partitions;
use super::parts::Parts;
use super::search::{PlanSearch, least_costs};
use crate::atlas::{Codebook, Plan};
use crate::grid::sorted::sort_number_pairs;
use crate::sketch::Sketch;

/// For each plan of a codebook the least cost of seeing the home as it, in thousandths of a tour times the number of
/// pairs of zones. See the [module](super).
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
/// assert_eq!(ranking.costs().len(), codebook.plans().len());
/// assert_eq!(ranking.preferred(1).len(), 1);
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Ranking {
    costs: Vec<u32>,
}

impl Ranking {
    /// The costs, in the order of the codebook's plans. For the whole atlas those of the M preferred plans and of
    /// others that cost as little; plans that cost more have the greatest number there is.
    #[cfg(feature = "stages")]
    #[must_use]
    pub fn costs(&self) -> &[u32] {
        &self.costs
    }

    /// The M plans of least cost as indices into the codebook, ascending. Of equal ones those with the lower
    /// index. For the whole atlas M is the codebook's, or less.
    #[must_use]
    pub fn preferred(&self, count: u32) -> Vec<usize> {
        let mut order: Vec<(u32, u32)> = self.costs.iter().copied().zip(0..).collect();
        sort_number_pairs(&mut order);
        let mut preferred: Vec<usize> =
            order.into_iter().take(count as usize).map(|(_, plan)| plan as usize).collect();
        preferred.sort_unstable();
        preferred
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
    rank_by(sketch, codebook, Rules::of)
}

/// The same by the rules of the first version, whose draws are repeated where a keeper's state tells no more than the
/// seed.
pub(crate) fn rank_first(sketch: &Sketch, codebook: &Codebook) -> Ranking {
    rank_by(sketch, codebook, |_| Rules::FIRST)
}

fn rank_by(sketch: &Sketch, codebook: &Codebook, rules: impl Fn(usize) -> Rules) -> Ranking {
    if sketch.is_empty() && !mutant!(EmptyHomeRanked) {
        return Ranking { costs: vec![0; codebook.count() as usize] };
    }
    let count = if codebook.is_whole_atlas() { codebook.preferred() } else { codebook.count() };
    let plans = codebook.plans();
    let Some(zones) = plans.first().map(Plan::zone_count) else { return Ranking { costs: Vec::new() } };
    let rules = rules(zones);
    let variants = Parts::of(sketch, zones).variants(zones, rules.cuts);
    Ranking { costs: least_costs(&variants, plans, count as usize, &rules, None) }
}

/// An assignment that is among the best of a plan.
#[derive(Clone)]
pub(crate) struct Found {
    /// In terms of the sketch: its symmetry takes the sketch's directions to the plan's, its parts are the sketch's
    /// rooms.
    pub(crate) assignment: Assignment,
    /// For measuring.
    #[cfg(any(test, feature = "evaluation"))]
    pub(crate) terms: Terms,
    /// What it costs but for the tour, in parts of the unit.
    pub(crate) rest: u32,
    /// A tour.
    pub(crate) unit: u32,
}

private_debug!(Found);

/// The best assignments of a plan, at most so many: one of the least cost, then others that cost at most
/// a fraction `1/near` of a tour more, in the order in which mergings are visited. None for a home with nothing to
/// draw. `measured` gives the distances of the rooms, those between the pairs that it is given at least; tours are as
/// long as these say.
pub(crate) fn assignments(
    sketch: &Sketch,
    plan: &Plan,
    measured: impl FnOnce(&[[usize; 2]]) -> Option<RoomDistances>,
    most: usize,
    near: u32,
) -> Vec<Found> {
    if sketch.is_empty() {
        return Vec::new();
    }
    let zones = plan.zone_count();
    let (plans, rules) = (core::slice::from_ref(plan), Rules::of(zones));
    let parts = Parts::of(sketch, zones);
    let known = measured(&parts.pairs());
    let variants = parts.variants(zones, rules.cuts);
    let Some(&least) = least_costs(&variants, plans, 1, &rules, known.as_ref()).first() else {
        return Vec::new();
    };
    let mut search = PlanSearch::of(zones, plans, &rules);
    let variants = variants.into_iter().map(|parts| {
        let distances = Distances::of(&parts, known.as_ref());
        (parts, distances)
    });
    let variants: Vec<(Parts, Distances)> = variants.collect();
    let mut up_to = |bar: u32, most: usize| {
        let mut found = Vec::new();
        for (parts, distances) in &variants {
            if found.len() >= most || Merged::cuts_of(parts, zones, &rules) > bar {
                continue;
            }
            partitions(&parts.touches(), zones, &mut |sets| {
                if !sets.iter().any(|&set| parts.has_halves(set))
                    && search.reaches(parts, distances, sets, bar)
                {
                    Merged::of(parts, sets, &rules, distances).matchings(plan, bar, &mut |matching| {
                        found.push(Found {
                            assignment: Assignment::of(sets, &matching, parts),
                            #[cfg(any(test, feature = "evaluation"))]
                            terms: Terms::of(plan, sets, &matching, parts, &rules),
                            rest: matching.rest,
                            unit: rules.unit,
                        });
                        found.len() < most
                    });
                }
                found.len() < most
            });
        }
        found
    };
    let mut found = up_to(least, 1);
    if most > 1 {
        // The best itself is among these again, which does no harm.
        found.extend(up_to(least + rules.unit / near.max(1), most - 1));
    }
    found
}

/// The best assignment of a plan, and what its cost is made of, where no distance is known.
#[cfg(test)]
pub(crate) fn assess(sketch: &Sketch, plan: &Plan) -> Option<(Assignment, Terms)> {
    assignments(sketch, plan, |_| None, 1, 1).pop().map(|found| (found.assignment, found.terms))
}

impl Assignment {
    /// That of a merging, matched with a plan.
    fn of(sets: &[u32], matching: &Matching, parts: &Parts) -> Self {
        Self {
            symmetry: matching.symmetry,
            cuts: parts.cuts.clone(),
            zone_of: parts.zone_of(|part| {
                let zone = sets.iter().position(|set| set >> part & 1 == 1).unwrap_or(0);
                matching.rect_of_zone[zone]
            }),
        }
    }
}

/// What an assignment is made of, for measuring.
#[cfg(any(test, feature = "evaluation"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The whole cost in thousandths of a tour.
    pub(crate) cost: u32,
    /// Doors drawn whose zones do not touch.
    pub(crate) phantom: u32,
    /// Zones that touch without a door drawn.
    pub(crate) hidden: u32,
    /// Area of the rooms that are cut, in millionths of all.
    pub(crate) cut_area: u32,
    /// Area that is cleaned and was not asked for, in millionths of all.
    pub(crate) unasked_area: u32,
}

#[cfg(any(test, feature = "evaluation"))]
impl Terms {
    fn of(plan: &Plan, sets: &[u32], matching: &Matching, parts: &Parts, rules: &Rules) -> Self {
        let cost = matching.rest + matching.tour;
        let touching = Merged::joined(parts, sets, rules).touching(matching.rect_of_zone);
        let edges = plan.edges();
        Self {
            cost: cost * 1000 / rules.unit.max(1),
            phantom: (edges & !touching).count_ones(),
            hidden: (touching & !edges).count_ones(),
            cut_area: u32::try_from(parts.cut_area() * 1_000_000 / parts.total().max(1)).unwrap_or(u32::MAX),
            unasked_area: parts.unasked(sets, 1_000_000),
        }
    }
}
