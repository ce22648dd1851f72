//! A home merged into K zones, as tables of small integers.

use super::cost::Rules;
use super::distances::Distances;
use super::parts::Parts;
use crate::atlas::{Legs, MAX_ZONES, edge_bit, least_ahead, members};

/// Most zones, as a length.
pub(super) const K: usize = MAX_ZONES as usize;

/// A home merged into K zones, as tables of small integers.
pub(super) struct Merged {
    pub(super) zones: usize,
    /// What it costs that rooms are cut and merged so, whatever the plan.
    pub(super) rooms: u32,
    pub(super) rules: Rules,
    /// Pairs of zones that touch.
    touch: [[bool; K]; K],
    /// Share of the floor in thousandths of a sixteenth of it.
    pub(super) share: [u32; K],
    /// `wrong[axis][a][b]`: share in thousandths of room pairs that lie in the wrong order if a is to precede
    /// b along an axis of the home.
    pub(super) wrong: [[[u32; K]; K]; 2],
    /// How far zones are from the dock and from one another.
    legs: Legs,
    /// The length of the shortest tour.
    shortest: u32,
}

impl Merged {
    pub(super) fn of(parts: &Parts, sets: &[u32], rules: &Rules, distances: &Distances) -> Self {
        let mut merged = Self::joined(parts, sets, rules);
        merged.lay_out(parts, sets);
        if rules.tour > 0 {
            merged.measure(parts, sets, distances);
        }
        merged
    }

    /// How far the zones are from one another.
    pub(super) fn measure(&mut self, parts: &Parts, sets: &[u32], distances: &Distances) {
        self.legs = distances.legs(parts, sets);
        self.shortest = self.legs.shortest(sets.len()).0;
    }

    /// What doors and tour cost at least on a chain from the dock's zone: of all orders of the zones the cheapest.
    ///
    /// # Complexity
    /// O(2ᴷ · K²).
    pub(super) fn least_along_chains(&self) -> u32 {
        let (count, shortest, tour) = (self.zones, u64::from(self.shortest), u64::from(self.rules.tour));
        if !(1..1 << 28).contains(&shortest) {
            return 0;
        }
        // In parts of the unit times the shortest tour.
        let door = |from: usize, to: usize| {
            let phantom = if self.touch[from][to] { 0 } else { u64::from(self.rules.phantom) * shortest };
            u64::from(self.legs.between[from][to]) * tour + phantom
        };
        let ahead = least_ahead(count, |from, to, rest: u64| door(from, to) + rest);
        let all = (1_usize << count) - 1;
        let least = u64::from(self.legs.first[0]) * tour + ahead[all & !1][0];
        // A tour counts at most twice.
        let cost = (least.saturating_sub(shortest * tour) / shortest).min(2 * tour);
        u32::try_from(cost).unwrap_or(u32::MAX)
    }

    /// All but how the zones lie to one another and how far.
    pub(super) fn joined(parts: &Parts, sets: &[u32], rules: &Rules) -> Self {
        let total = parts.total();
        let mut merged = Self {
            zones: sets.len(),
            rooms: Self::cuts_of(parts, sets.len(), rules) + parts.unasked(sets, rules.unasked_floor),
            rules: *rules,
            touch: [[false; K]; K],
            share: [0; K],
            wrong: [[[0; K]; K]; 2],
            legs: Legs::default(),
            shortest: 0,
        };
        for (a, &set) in sets.iter().enumerate() {
            let area: u64 = members(set).map(|part| parts.list[part].area).sum();
            merged.share[a] = u32::try_from(area * 16_000 / total.max(1)).unwrap_or(u32::MAX);
            let around = members(set).fold(0, |around, part| around | parts.list[part].touches);
            for (b, &other) in sets.iter().enumerate() {
                merged.touch[a][b] = a != b && around & other != 0;
            }
        }
        merged
    }

    /// How the zones lie to one another.
    pub(super) fn lay_out(&mut self, parts: &Parts, sets: &[u32]) {
        for (a, &set) in sets.iter().enumerate() {
            for (b, &other) in sets.iter().enumerate().skip(a + 1) {
                let (before, all) = parts.order(set, other);
                for (wrong, before) in self.wrong.iter_mut().zip(before) {
                    (wrong[a][b], wrong[b][a]) = (thousandths(all - before, all), thousandths(before, all));
                }
            }
        }
    }

    /// What the cuts cost, whatever is merged.
    pub(super) fn cuts_of(parts: &Parts, zones: usize, rules: &Rules) -> u32 {
        let floor = parts.cut_area() * u64::from(rules.cut_floor) / parts.total().max(1);
        let spared = u32::try_from(parts.spared_cuts(zones)).unwrap_or(0);
        spared * rules.spared_cut + u32::try_from(floor).unwrap_or(u32::MAX)
    }

    /// What it costs to visit the zones in the order planned on a plan; no more than two tours.
    pub(super) fn tour(&self, planned: [u8; K], rect_of_zone: [u8; K]) -> u32 {
        let mut zone_of_rect = [0; K];
        for (zone, &rect) in (0..).zip(&rect_of_zone[..self.zones]) {
            zone_of_rect[usize::from(rect)] = zone;
        }
        let order = planned.map(|rect| zone_of_rect[usize::from(rect)]);
        let more = self.legs.length(&order[..self.zones]).saturating_sub(self.shortest);
        let cost = u64::from(more) * u64::from(self.rules.tour) / u64::from(self.shortest.max(1));
        u32::try_from(cost).unwrap_or(u32::MAX).min(2 * self.rules.tour)
    }

    /// What doors cost at least, whatever the plan: all of its doors are there.
    pub(super) fn least_doors(&self) -> u32 {
        let touching = self.touch.iter().flatten().filter(|&&touch| touch).count() / 2;
        let touching = u32::try_from(touching).unwrap_or(0);
        self.rules.doors(self.zones, touching, touching)
    }

    /// What directions cost at least: each pair of zones lies in the order that costs it least.
    pub(super) fn least_apart(&self) -> u32 {
        let [x, y] = &self.wrong;
        let pairs = (0..self.zones).flat_map(|a| (0..a).map(move |b| (a, b)));
        pairs.map(|(a, b)| x[a][b].min(x[b][a]).min(y[a][b]).min(y[b][a])).sum()
    }

    /// The pairs of rectangles whose zones touch.
    pub(super) fn touching(&self, rect_of_zone: [u8; K]) -> u16 {
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

    /// What it costs that a zone has another area than its rectangle: total variation is half the sum of differences,
    /// and shares are in 1/16000.
    pub(super) fn off(&self, zone: usize, units: u8) -> u32 {
        self.share[zone].abs_diff(u32::from(units) * 1000) * (self.rules.proportion / 2) / 16_000
    }
}

/// A part of a whole below 2⁶³; none of nothing.
fn thousandths(part: u64, whole: u64) -> u32 {
    let share = match part.checked_mul(1000) {
        Some(times) => u128::from(times / whole.max(1)),
        None => u128::from(part) * 1000 / u128::from(whole.max(1)),
    };
    u32::try_from(share).unwrap_or(u32::MAX)
}
