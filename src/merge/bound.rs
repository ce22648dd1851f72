//! What a merging of rooms costs at least, whatever the plan.
//!
//! The search (`search`) looks at mergings in the order of this bound and stops where it passes the best plans found.
//! So the bound never says more than what any plan costs, and as much as can be said before one is looked at: cuts and
//! merged rooms exactly, areas as if the best order were drawn, and for plans that are all chains also doors and tour.
//! The cheap parts come first, and the rest is left out as soon as the sum passes the bar.

use alloc::vec::Vec;

use super::cost::Rules;
use super::distances::Distances;
use super::merged::{K, Merged};
use super::partition::partitions;
use super::parts::Parts;
use crate::atlas::{MAX_ZONES, Plan, edge_bit};
use crate::grid::Axis;
use crate::grid::sorted::{sort_numbers, sorted};

/// Sets of at most six zones.
const SETS: usize = 1 << K;

/// A merging of rooms into zones.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merging {
    /// What it costs at least.
    pub(super) least: u32,
    /// The parts of each zone, and nothing beyond the last.
    pub(super) sets: [u32; K],
}

/// Lower bounds for some plans.
pub(super) struct LowerBounds {
    zones: usize,
    /// The areas that the plans have, ascending in each.
    areas: Vec<Vec<u8>>,
    /// Whether all plans are chains from the dock's zone, and the tour of each is along the chain.
    chains: bool,
    pub(super) directions: Directions,
}

impl LowerBounds {
    pub(super) fn new(zones: usize, plans: &[Plan]) -> Self {
        let mut areas: Vec<Vec<u8>> = Vec::new();
        for plans in plans.chunk_by(|a, b| core::ptr::eq(a.drawing(), b.drawing())) {
            let units = plans[0].units();
            let most = units.iter().copied().max().unwrap_or(0);
            let own = (0..=most).flat_map(|size| units.iter().copied().filter(move |&own| own == size));
            let own: Vec<u8> = own.collect();
            if !areas.contains(&own) {
                areas.push(own);
            }
        }
        Self {
            zones,
            areas,
            chains: plans.iter().all(is_toured_along_a_chain),
            directions: Directions::new(),
        }
    }

    /// What a merging costs at least; nothing if that is above the bar.
    ///
    /// # Complexity
    /// O(3ᴷ).
    pub(super) fn of(
        &mut self,
        parts: &Parts,
        distances: &Distances,
        sets: &[u32],
        rules: &Rules,
        bar: u32,
    ) -> Option<u32> {
        let mut home = Merged::joined(parts, sets, rules);
        let others = home.rooms + self.least_off(&home);
        let mut least = others + home.least_doors();
        if least > bar {
            return None;
        }
        if self.chains && rules.tour > 0 {
            home.measure(parts, sets, distances);
            least = others + home.least_doors().max(home.least_along_chains());
            if least > bar {
                return None;
            }
        }
        home.lay_out(parts, sets);
        if least + home.least_apart() > bar {
            return None;
        }
        self.directions.measure(&home);
        Some(least + self.directions.least()).filter(|&least| least <= bar)
    }

    /// The mergings that cost at most the bar, with what they cost at least, cheap ones first.
    pub(super) fn mergings(
        &mut self,
        parts: &Parts,
        distances: &Distances,
        rules: &Rules,
        bar: u32,
    ) -> Vec<Merging> {
        let mut mergings = Vec::new();
        if Merged::cuts_of(parts, self.zones, rules) > bar {
            return mergings;
        }
        partitions(&parts.touches(), self.zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) {
                mergings.extend(self.of(parts, distances, sets, rules, bar).map(|least| {
                    let mut own = [0; K];
                    own[..sets.len()].copy_from_slice(sets);
                    Merging { least, sets: own }
                }));
            }
            true
        });
        sorted(mergings, Ord::cmp)
    }

    /// What areas cost at least: the smallest zone has the smallest rectangle, and so on.
    fn least_off(&self, home: &Merged) -> u32 {
        let mut shares = home.share;
        let shares = &mut shares[..home.zones];
        sort_numbers(shares);
        let off = |areas: &Vec<u8>| {
            let pairs = shares.iter().zip(areas);
            let off: u32 = pairs.map(|(&share, &units)| share.abs_diff(u32::from(units) * 1000)).sum();
            // Each zone's cost is rounded down.
            (off * (home.rules.proportion / 2) / 16_000).saturating_sub(u32::from(MAX_ZONES))
        };
        self.areas.iter().map(off).min().unwrap_or(0)
    }
}

/// Whether a plan's tour goes from the dock's zone through one door after another.
fn is_toured_along_a_chain(plan: &Plan) -> bool {
    let order = &plan.order()[..plan.zone_count()];
    let door = |pair: &[u8]| plan.edges() & edge_bit(pair[0].into(), pair[1].into()) != 0;
    order.first().is_some_and(|&first| usize::from(first) == plan.root().index())
        && order.windows(2).all(door)
}

/// What directions cost in a merged home.
///
/// A layout is cuts within cuts, and every pair of zones is kept apart by one of them. So its cost is a sum over the
/// cuts, and the least cost of all layouts of a set of zones follows from those of its parts (dynamic programming over
/// sets).
pub(super) struct Directions {
    /// `apart[a << 6 | b][axis]`: what it costs that each zone of a precedes each of b along an axis.
    apart: Vec<[u32; 2]>,
    /// The least cost of a layout of each set of zones.
    pub(super) least: [u32; SETS],
    all: usize,
}

impl Directions {
    fn new() -> Self {
        Self { apart: vec![[0; 2]; SETS * SETS], least: [0; SETS], all: 0 }
    }

    pub(super) fn measure(&mut self, home: &Merged) {
        let [x, y] = &home.wrong;
        let apart = &mut self.apart;
        let sum = |a: [u32; 2], b: [u32; 2]| [a[0] + b[0], a[1] + b[1]];
        self.all = (1 << home.zones) - 1;
        for set in 1..=self.all {
            // Of two sets the sum over one zone of the one and what was summed up before.
            let (zone, others) = (set.trailing_zeros() as usize, set & (set - 1));
            for to in subsets(self.all & !set) {
                let (last, before) = (to.trailing_zeros() as usize, to & (to - 1));
                apart[set << K | to] = if others == 0 {
                    sum(
                        [x[zone][last], y[zone][last]],
                        if before == 0 { [0; 2] } else { apart[set << K | before] },
                    )
                } else {
                    sum(apart[(1 << zone) << K | to], apart[others << K | to])
                };
            }
        }
        for set in 1..=self.all {
            let cost = |part: usize| {
                let rest = set & !part;
                let [x, y] = apart[part << K | rest];
                x.min(y) + self.least[part] + self.least[rest]
            };
            self.least[set] = subsets(set).filter(|&part| part != set).map(cost).min().unwrap_or(0);
        }
    }

    /// The least cost of a layout of all zones.
    pub(super) const fn least(&self) -> u32 {
        self.least[self.all]
    }

    pub(super) fn apart(&self, axis: Axis, one: usize, other: usize) -> u32 {
        self.apart[one << K | other][usize::from(axis == Axis::Y)]
    }
}

/// The sets within a set but the empty one, ascending.
pub(super) fn subsets(set: usize) -> impl Iterator<Item = usize> {
    let mut last = 0_usize;
    core::iter::from_fn(move || {
        last = last.wrapping_sub(set) & set;
        (last != 0).then_some(last)
    })
}
