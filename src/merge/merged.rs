//! A home merged into K zones, as tables of small integers.

use super::cost::Weights;
use super::partition::members;
use super::parts::Parts;
use crate::atlas::{MAX_ZONES, edge_bit};

/// Most zones, as a length.
pub(super) const K: usize = MAX_ZONES as usize;

/// A home merged into K zones, as tables of small integers.
pub(super) struct Merged {
    pub(super) zones: usize,
    /// What the cuts cost.
    pub(super) cuts: u32,
    pub(super) weights: Weights,
    /// Pairs of zones that touch.
    touch: [[bool; K]; K],
    /// Share of the floor in thousandths of a sixteenth of it.
    pub(super) share: [u32; K],
    /// `wrong[axis][a][b]`: share in thousandths of room pairs that lie in the wrong order if a is to precede
    /// b along an axis of the home.
    pub(super) wrong: [[[u32; K]; K]; 2],
}

impl Merged {
    pub(super) fn of(parts: &Parts, sets: &[u32], weights: &Weights) -> Self {
        let mut merged = Self::joined(parts, sets, weights);
        merged.lay_out(parts, sets);
        merged
    }

    /// All but how the zones lie to one another.
    pub(super) fn joined(parts: &Parts, sets: &[u32], weights: &Weights) -> Self {
        let total = parts.total();
        let mut merged = Self {
            zones: sets.len(),
            cuts: Self::cuts_of(parts, sets.len(), weights),
            weights: *weights,
            touch: [[false; K]; K],
            share: [0; K],
            wrong: [[[0; K]; K]; 2],
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

    /// What the cuts cost that enough rooms would have spared.
    pub(super) fn cuts_of(parts: &Parts, zones: usize, weights: &Weights) -> u32 {
        u32::try_from(parts.spared_cuts(zones)).unwrap_or(0) * weights.cut
    }

    /// What doors cost at least, whatever the plan: all of its doors are there.
    pub(super) fn least_doors(&self) -> u32 {
        let touching = self.touch.iter().flatten().filter(|&&touch| touch).count() / 2;
        let touching = u32::try_from(touching).unwrap_or(0);
        self.weights.doors(self.zones, touching, touching)
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
        self.share[zone].abs_diff(u32::from(units) * 1000) * (self.weights.proportion / 2) / 16_000
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
