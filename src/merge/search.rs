//! The search for the plans of least cost.
//!
//! A cost is a sum: of cut and merged rooms, areas, directions and doors. So the mergings of a home are taken in the
//! order of a bound that holds for any plan (`bound`), and for each the layouts are built up cut by cut, as long as
//! some plan has a layout that begins so, and as what they cost so far and what the zones still to be laid out cost at
//! least is no more than the M-th best plan found until then. What is left is matched with the drawings of the layout
//! and with their trees. This is branch and bound (Land & Doig 1960, Econometrica 28(3)), and exact: what is passed
//! over costs more than M plans do.
//!
//! Where all plans are chains from the dock's zone, as those of the shipped codebooks are, a merging's bound also holds
//! the doors and the tour of its cheapest chain: with six zones that saves ninety-nine parts in a hundred of the work.
//!
//! So the best few of the whole atlas are found in less time than it takes to rank each of its plans for one merging.
//! For a codebook of few plans M is all of them.

use alloc::vec::Vec;

use super::bound::{LowerBounds, subsets};
use super::catalogue::Catalogue;
use super::cost::Rules;
use super::distances::{Distances, RoomDistances};
use super::merged::{K, Merged};
use super::parts::Parts;
use crate::atlas::{LayoutDigit, Plan};
use crate::grid::Axis;

/// No plan costs as much: of seven units of 15,000 a tour takes at most two, and doors, cuts, merged rooms, areas and
/// directions one each; by the first rules less.
const MOST_COST: u32 = (1 << 17) - 1;

/// The costs of the `count` plans of least cost, and of others that cost as much as the last of these; the greatest
/// number for all others. The plans stand in the order of their numbers.
///
/// The home is given as all sets of parts that zones may be made of. Where distances of rooms are known, tours are as
/// long as these say.
///
/// # Complexity
/// O(mergings · 3ᴷ) for the bounds, and what the bounds leave over.
pub(super) fn least_costs(
    variants: &[Parts],
    plans: &[Plan],
    count: usize,
    rules: &Rules,
    known: Option<&RoomDistances>,
) -> Vec<u32> {
    let Some(zones) = plans.first().map(Plan::zone_count) else { return Vec::new() };
    let mut search = PlanSearch::of(zones, plans, rules);
    let mut best = LeastCosts::of(plans.len(), count, MOST_COST);
    for parts in variants {
        let distances = Distances::of(parts, known);
        for merging in search.bounds.mergings(parts, &distances, rules, best.bar) {
            if !best.takes_any(merging.least) {
                break;
            }
            search.merging(parts, &distances, &merging.sets[..zones], merging.least, &mut best);
        }
    }
    best.into_costs()
}

#[cfg(test)]
std::thread_local! {
    /// Steps of all searches, for tests of how much work they are.
    pub(super) static STEPS: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

/// What a search works with.
pub(super) struct PlanSearch<'a> {
    rules: &'a Rules,
    plans: &'a [Plan],
    catalogue: Catalogue,
    pub(super) bounds: LowerBounds,
}

impl<'a> PlanSearch<'a> {
    pub(super) fn of(zones: usize, plans: &'a [Plan], rules: &'a Rules) -> Self {
        let catalogue = Catalogue::of(plans, rules);
        Self { rules, plans, catalogue, bounds: LowerBounds::new(zones, plans) }
    }

    /// Whether the one plan costs as little in a merging as in the best.
    pub(super) fn reaches(&mut self, parts: &Parts, distances: &Distances, sets: &[u32], least: u32) -> bool {
        let Some(bound) = self.bounds.of(parts, distances, sets, self.rules, least) else { return false };
        let mut best = LeastCosts::of(1, 1, least);
        self.merging(parts, distances, sets, bound, &mut best);
        best.costs[0] <= least
    }

    /// Looks for better plans in a merging that costs at least so much.
    fn merging(
        &mut self,
        parts: &Parts,
        distances: &Distances,
        sets: &[u32],
        bound: u32,
        best: &mut LeastCosts,
    ) {
        let home = Merged::of(parts, sets, self.rules, distances);
        self.bounds.directions.measure(&home);
        let least = self.bounds.directions.least();
        let mut layouts = Layouts {
            home: &home,
            search: self,
            others: bound - least,
            to_do: vec![LayoutStep::Part((1 << sets.len()) - 1, None)],
            zone_of_rect: Vec::with_capacity(sets.len()),
        };
        layouts.extend(Some(0), 0, least, best);
    }
}

/// A part of a layout that is still undecided.
#[derive(Clone, Copy)]
enum LayoutStep {
    /// These zones, laid out, but not by a cut along that axis.
    Part(usize, Option<Axis>),
    /// These zones as the further parts of a cut.
    Rest(usize, Axis),
    /// That a cut has no more parts.
    End,
}

/// All layouts of a merged home's zones that can be among the best plans.
struct Layouts<'a> {
    home: &'a Merged,
    search: &'a PlanSearch<'a>,
    /// What all but the directions costs at least.
    others: u32,
    /// The next step is the last.
    to_do: Vec<LayoutStep>,
    /// The zones of the rectangles placed.
    zone_of_rect: Vec<usize>,
}

impl Layouts<'_> {
    /// Takes the next step in every way. `spent` is what the directions decided cost, `ahead` what the others
    /// cost at least.
    fn extend(&mut self, begun: Option<usize>, spent: u32, ahead: u32, best: &mut LeastCosts) {
        #[cfg(test)]
        STEPS.set(STEPS.get() + 1);
        let Some(begun) = begun.filter(|_| best.takes_any(self.others + spent + ahead)) else { return };
        let Some(step) = self.to_do.pop() else { return self.match_drawings(begun, spent, best) };
        let catalogue = &self.search.catalogue;
        match step {
            LayoutStep::End => self.extend(catalogue.then(begun, LayoutDigit::End), spent, ahead, best),
            LayoutStep::Part(zone, _) if zone.is_power_of_two() => {
                self.zone_of_rect.push(zone.trailing_zeros() as usize);
                self.extend(catalogue.then(begun, LayoutDigit::Rect), spent, ahead, best);
                self.zone_of_rect.pop();
            }
            LayoutStep::Part(set, not) => {
                for axis in [Axis::X, Axis::Y].into_iter().filter(|&axis| Some(axis) != not) {
                    if let Some(begun) = catalogue.then(begun, LayoutDigit::cut(axis)) {
                        self.cut(set, axis, begun, spent, ahead, best);
                    }
                }
            }
            LayoutStep::Rest(set, axis) => {
                self.to_do.extend([LayoutStep::End, LayoutStep::Part(set, Some(axis))]);
                self.extend(Some(begun), spent, ahead, best);
                self.to_do.truncate(self.to_do.len() - 2);
                self.cut(set, axis, begun, spent, ahead, best);
            }
        }
        self.to_do.push(step);
    }

    /// Every set that can be the next part of a cut.
    fn cut(&mut self, set: usize, axis: Axis, begun: usize, spent: u32, ahead: u32, best: &mut LeastCosts) {
        let least = &self.search.bounds.directions.least;
        let (catalogue, first) = (&self.search.catalogue, self.zone_of_rect.len());
        for part in subsets(set).filter(|&part| catalogue.goes_on(begun, first, set, part)) {
            let rest = set & !part;
            let spent = spent + self.search.bounds.directions.apart(axis, part, rest);
            let ahead = ahead - least[set] + least[part] + least[rest];
            self.to_do.extend([LayoutStep::Rest(rest, axis), LayoutStep::Part(part, Some(axis))]);
            self.extend(Some(begun), spent, ahead, best);
            self.to_do.truncate(self.to_do.len() - 2);
        }
    }

    /// Matches a layout with the drawings that look like it, and with their trees.
    fn match_drawings(&self, layout: usize, directions: u32, best: &mut LeastCosts) {
        let (home, rules) = (self.home, &self.home.rules);
        let least = home.rooms + directions + home.least_doors();
        let of_dock = self.zone_of_rect.iter().position(|&zone| zone == 0).unwrap_or(0);
        for view in self.search.catalogue.like(layout) {
            let drawing = &self.search.catalogue.drawings[view.drawing];
            let trees =
                &self.search.catalogue.trees[drawing.trees[usize::from(view.rects[of_dock].1)].clone()];
            if trees.iter().all(|tree| !best.takes(tree.plan, least)) {
                continue;
            }
            let zones = self.zone_of_rect.iter().zip(&view.rects);
            let off: u32 = zones.map(|(&zone, &(units, _))| home.off(zone, units)).sum();
            let base = home.rooms + directions + off;
            if trees.iter().all(|tree| !best.takes(tree.plan, least + off)) {
                continue;
            }
            let mut rect_of_zone = [0; K];
            for (&zone, &(_, rect)) in self.zone_of_rect.iter().zip(&view.rects) {
                rect_of_zone[zone] = rect;
            }
            let touching = home.touching(rect_of_zone);
            // With at most all of its walls as doors, K − 1 of them.
            let joined = (drawing.walls & touching).count_ones();
            if !best.takes_any(base + rules.doors(home.zones, joined, touching.count_ones())) {
                continue;
            }
            for tree in trees {
                let joined = (tree.edges & touching).count_ones();
                let doors = rules.doors(home.zones, joined, touching.count_ones());
                let cost = base + doors + tree.open;
                if rules.tour == 0 {
                    best.offer(tree.plan, cost);
                } else if best.takes(tree.plan, cost) {
                    let order = tree.order.get_or_init(|| self.search.plans[tree.plan].order());
                    best.offer(tree.plan, cost + home.tour(*order, rect_of_zone));
                }
            }
        }
    }
}

/// Costs are counted in ranges of so many, and one by one in the bar's range alone.
const RANGE: u32 = 1 << 9;

/// The least costs found.
struct LeastCosts {
    costs: Vec<u32>,
    /// How many plans have a cost in each range.
    ranges: Vec<u32>,
    /// How many have each cost of the bar's range.
    last_range: [u32; RANGE as usize],
    /// Plans of costs up to the bar.
    within: usize,
    count: usize,
    /// The cost of the M-th best plan; nothing above it matters.
    bar: u32,
}

impl LeastCosts {
    /// Of costs up to the bar.
    fn of(plans: usize, count: usize, bar: u32) -> Self {
        let ranges = vec![0; (bar / RANGE) as usize + 1];
        let last_range = [0; RANGE as usize];
        Self { costs: vec![u32::MAX; plans], ranges, last_range, within: 0, count, bar }
    }

    /// Whether some plan of that cost would be better than what was found. Where all plans have been found up to the
    /// bar, none that costs as much would be: homes of one room have thousands of equal assignments.
    const fn takes_any(&self, cost: u32) -> bool {
        cost < self.bar || cost == self.bar && self.within < self.costs.len()
    }

    /// Whether a plan of that cost would be better than what was found.
    fn takes(&self, plan: usize, cost: u32) -> bool {
        cost <= self.bar && cost < self.costs[plan]
    }

    fn offer(&mut self, plan: usize, cost: u32) {
        if !self.takes(plan, cost) {
            return;
        }
        let before = core::mem::replace(&mut self.costs[plan], cost);
        if before <= self.bar {
            self.ranges[(before / RANGE) as usize] -= 1;
            self.within -= 1;
            if before / RANGE == self.bar / RANGE {
                self.last_range[(before % RANGE) as usize] -= 1;
            }
        }
        self.ranges[(cost / RANGE) as usize] += 1;
        self.within += 1;
        if cost / RANGE == self.bar / RANGE {
            self.last_range[(cost % RANGE) as usize] += 1;
        }
        self.lower_bar();
    }

    /// Lowers the bar as far as enough plans stay within it.
    fn lower_bar(&mut self) {
        loop {
            let at_bar = self.last_range[(self.bar % RANGE) as usize] as usize;
            if self.within - at_bar < self.count {
                return;
            }
            self.within -= at_bar;
            self.bar -= 1;
            let range = self.bar / RANGE;
            if self.bar % RANGE == RANGE - 1 {
                self.last_range.fill(0);
                if self.ranges[range as usize] > 0 {
                    for &cost in self.costs.iter().filter(|&&cost| cost / RANGE == range) {
                        self.last_range[(cost % RANGE) as usize] += 1;
                    }
                }
            }
        }
    }

    /// The costs up to the bar; others were not looked for.
    fn into_costs(self) -> Vec<u32> {
        let bar = self.bar;
        self.costs.into_iter().map(|cost| if cost > bar { u32::MAX } else { cost }).collect()
    }
}
