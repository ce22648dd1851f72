//! The search for the best assignment of every plan.

use super::assignment::Assignment;
use super::cost::{WEIGHTS, Weights};
use super::partition::{members, partitions};
use super::parts::Parts;
use crate::atlas::{Codebook, MAX_ZONES, Plan, edge_bit};
use crate::grid::{Axis, Symmetry};
use crate::sketch::Sketch;

/// Most zones, as a length.
const K: usize = MAX_ZONES as usize;

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
    /// The costs, in the order of the codebook's plans.
    #[cfg(feature = "stages")]
    #[must_use]
    pub fn costs(&self) -> &[u32] {
        &self.costs
    }

    /// The M plans of least cost as indices into the codebook, ascending. Of equal ones those with the lower
    /// index.
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
/// O(mergings · plans · K! · K²); milliseconds for a shipped codebook, seconds for the whole atlas of
/// six zones.
#[must_use]
pub fn rank(sketch: &Sketch, codebook: &Codebook) -> Ranking {
    if sketch.is_empty() && !mutant!(EmptyHomeRanked) {
        return Ranking { costs: vec![0; codebook.plans().len()] };
    }
    Ranking { costs: costs(sketch, codebook.plans()) }
}

/// The least cost of each plan.
fn costs(sketch: &Sketch, plans: &[Plan]) -> Vec<u32> {
    let mut best = vec![u32::MAX; plans.len()];
    search(sketch, plans, &WEIGHTS, |plan, _| plan, &mut best, &mut |_, _, _| {});
    best
}

/// The best assignment of a plan, in terms of the sketch: its symmetry takes the sketch's directions to the
/// plan's, its parts are the sketch's rooms. Nothing for a home with nothing to draw.
pub(crate) fn assign(sketch: &Sketch, plan: &Plan) -> Option<Assignment> {
    assess(sketch, plan).map(|(assignment, _)| assignment)
}

/// The best assignment of a plan, and what its cost is made of.
pub(crate) fn assess(sketch: &Sketch, plan: &Plan) -> Option<(Assignment, Terms)> {
    let mut found = None;
    if !sketch.is_empty() {
        let plans = core::slice::from_ref(plan);
        search(sketch, plans, &WEIGHTS, |_, _| 0, &mut [u32::MAX], &mut |matching, parts, cost| {
            let zone_of_set = matching.rect_of_zone;
            let zones = matching.sets;
            let terms = Terms::of(plan, matching, parts, cost);
            let assignment = Assignment {
                symmetry: matching.symmetry,
                cuts: parts.cuts.clone(),
                zone_of: parts.zone_of(|part| {
                    let zone = zones.iter().position(|set| set >> part & 1 == 1).unwrap_or(0);
                    zone_of_set[zone]
                }),
            };
            found = Some((assignment, terms));
        });
    }
    found
}

/// An assignment that beat all before it.
struct Matching<'a> {
    symmetry: Symmetry,
    /// The parts of each zone.
    sets: &'a [u32],
    /// The rectangle of each zone.
    rect_of_zone: [u8; K],
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
    fn of(plan: &Plan, matching: &Matching<'_>, parts: &Parts, cost: u32) -> Self {
        let merged = Merged::of(parts, matching.sets, &WEIGHTS);
        let touching = merged.touching(matching.rect_of_zone);
        let edges = plan.edges();
        Self {
            cost,
            phantom: (edges & !touching).count_ones(),
            hidden: (touching & !edges).count_ones(),
            cut_area: u32::try_from(parts.cut_area() * 1_000_000 / parts.total().max(1)).unwrap_or(u32::MAX),
        }
    }
}

/// Finds the least cost of each plan; `improved` gets every better assignment as it is found.
fn search(
    sketch: &Sketch,
    plans: &[Plan],
    weights: &Weights,
    slot: impl Fn(usize, &Plan) -> usize,
    best: &mut [u32],
    improved: &mut dyn FnMut(&Matching<'_>, &Parts, u32),
) {
    let Some(zones) = plans.first().map(Plan::zone_count) else { return };
    // Plans that differ in their trees alone stand together and share everything but the doors.
    let same = |a: &Plan, b: &Plan| a.zones() == b.zones() && a.separations() == b.separations();
    let mut groups: Vec<PlanGroup<'_>> = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let order = plan.unordered_pairs() * weights.order;
        let tree = Tree { slot: slot(index, plan), root: plan.root().index(), edges: plan.edges(), order };
        match groups.last_mut().filter(|group| same(group.plan, plan)) {
            Some(group) => group.trees.push(tree),
            None => groups.push(PlanGroup { plan, trees: vec![tree] }),
        }
    }
    let parts = Parts::of(sketch, zones);
    for parts in parts.variants(zones) {
        partitions(&parts.touches(), zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) {
                let home = Merged::of(&parts, sets, weights);
                for group in &groups {
                    home.matched(group, sets, best, &mut |matching, cost| improved(matching, &parts, cost));
                }
            }
            true
        });
    }
}

/// Plans that share their rectangles.
struct PlanGroup<'a> {
    plan: &'a Plan,
    trees: Vec<Tree>,
}

struct Tree {
    slot: usize,
    root: usize,
    edges: u16,
    /// What it costs that its doors leave orders open, whatever the home is.
    order: u32,
}

/// A home merged into K zones, as tables of small integers.
struct Merged {
    zones: usize,
    /// What the cuts cost that enough rooms would have spared.
    cuts: u32,
    weights: Weights,
    /// Pairs of zones that touch.
    touch: [[bool; K]; K],
    /// Share of the floor in thousandths of a sixteenth of it.
    share: [u32; K],
    /// `wrong[axis][a][b]`: share in thousandths of room pairs that lie in the wrong order if a is to precede
    /// b along an axis of the home.
    wrong: [[[u32; K]; K]; 2],
}

impl Merged {
    fn of(parts: &Parts, sets: &[u32], weights: &Weights) -> Self {
        let total = u128::from(parts.total());
        let mut merged = Self {
            zones: sets.len(),
            cuts: u32::try_from(parts.spared_cuts(sets.len())).unwrap_or(0) * weights.cut,
            weights: *weights,
            touch: [[false; K]; K],
            share: [0; K],
            wrong: [[[0; K]; K]; 2],
        };
        let small = |value: u128| u32::try_from(value).unwrap_or(u32::MAX);
        for (a, &set) in sets.iter().enumerate() {
            let area: u64 = members(set).map(|part| parts.list[part].area).sum();
            merged.share[a] = small(u128::from(area) * 16_000 / total);
            let around = members(set).fold(0, |around, part| around | parts.list[part].touches);
            for (b, &other) in sets.iter().enumerate() {
                merged.touch[a][b] = a != b && around & other != 0;
                for axis in 0..2 {
                    let (before, all) = parts.order(axis, set, other);
                    merged.wrong[axis][a][b] =
                        if all == 0 { 0 } else { small(u128::from(all - before) * 1000 / u128::from(all)) };
                }
            }
        }
        merged
    }

    /// The pairs of rectangles whose zones touch.
    fn touching(&self, rect_of_zone: [u8; K]) -> u16 {
        let mut touching = 0;
        for a in 0..self.zones {
            for b in a + 1..self.zones {
                if self.touch[a][b] {
                    touching |= edge_bit(usize::from(rect_of_zone[a]), usize::from(rect_of_zone[b]));
                }
            }
        }
        touching
    }

    /// Tries every matching of the zones with a group's rectangles.
    fn matched(
        &self,
        group: &PlanGroup<'_>,
        sets: &[u32],
        best: &mut [u32],
        improved: &mut dyn FnMut(&Matching<'_>, u32),
    ) {
        // What no assignment of any tree here needs to reach.
        let bound = |best: &[u32]| group.trees.iter().map(|tree| best[tree.slot]).max().unwrap_or(0);
        let mut state = Match { zone_of_rect: [0; K], used: 0, bound: bound(best) };
        self.extend(group, 0, self.cuts, &mut state, &mut |state, base, symmetry| {
            let mut rect_of_zone = [0; K];
            for (rect, &zone) in (0..).zip(&state.zone_of_rect[..self.zones]) {
                rect_of_zone[zone] = rect;
            }
            let touching = self.touching(rect_of_zone);
            for tree in group.trees.iter().filter(|tree| tree.root == usize::from(rect_of_zone[0])) {
                let phantom = (tree.edges & !touching).count_ones();
                let hidden = (touching & !tree.edges).count_ones();
                let doors = phantom * self.weights.phantom + hidden * self.weights.hidden;
                let cost = base + doors + tree.order;
                if cost < best[tree.slot] {
                    best[tree.slot] = cost;
                    improved(&Matching { symmetry, sets, rect_of_zone }, cost);
                }
            }
            bound(best)
        });
    }

    /// Gives the next rectangle each zone that can still beat the bound.
    fn extend(
        &self,
        group: &PlanGroup<'_>,
        rect: usize,
        cost: u32,
        state: &mut Match,
        complete: &mut dyn FnMut(&Match, u32, Symmetry) -> u32,
    ) {
        if cost >= state.bound {
            return;
        }
        if rect == self.zones {
            let (directions, symmetry) = self.directions(group.plan, &state.zone_of_rect);
            if cost + directions < state.bound {
                state.bound = complete(state, cost + directions, symmetry);
            }
            return;
        }
        let target = u32::from(group.plan.units()[rect]) * 1000;
        for zone in 0..self.zones {
            if state.used >> zone & 1 == 0 {
                state.used |= 1 << zone;
                state.zone_of_rect[rect] = zone;
                // Total variation is half the sum of differences; shares are in 1/16000.
                let off = self.share[zone].abs_diff(target) * (self.weights.proportion / 2) / 16_000;
                self.extend(group, rect + 1, cost + off, state, complete);
                state.used &= !(1 << zone);
            }
        }
    }

    /// The least cost of directions over the eight symmetries, and the symmetry, which takes the sketch's
    /// directions to the plan's.
    fn directions(&self, plan: &Plan, zone_of_rect: &[usize; K]) -> (u32, Symmetry) {
        // along[axis of the plan][axis of the home]: wrong if they run in the same direction, wrong if they run
        // against one another.
        let mut along = [[[0_u32; 2]; 2]; 2];
        let pairs = (0..self.zones).flat_map(|a| (a + 1..self.zones).map(move |b| (a, b)));
        for ((a, b), axis) in pairs.zip(plan.separations()) {
            let (a, b) = (zone_of_rect[a], zone_of_rect[b]);
            let sums = &mut along[usize::from(*axis == Axis::Y)];
            for (home_axis, sum) in sums.iter_mut().enumerate() {
                sum[0] += self.wrong[home_axis][a][b];
                sum[1] += self.wrong[home_axis][b][a];
            }
        }
        Symmetry::ALL
            .into_iter()
            .map(|symmetry| {
                let (x, y) = if symmetry.swap { (1, 0) } else { (0, 1) };
                let wrong =
                    along[0][x][usize::from(symmetry.flip_x)] + along[1][y][usize::from(symmetry.flip_y)];
                (wrong * self.weights.direction / 1000, symmetry)
            })
            .min()
            .unwrap_or_default()
    }
}

/// A matching begun.
struct Match {
    zone_of_rect: [usize; K],
    used: u8,
    bound: u32,
}
