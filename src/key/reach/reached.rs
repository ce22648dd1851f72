//! Which zones the robot gets to today.
//!
//! A zone keeps its floor when a chair or a virtual wall shuts it off. The robot then still sweeps a little of it, over
//! a threshold say, from the zone next to it. Cleaning that and calling it the zone would leave the rest out in
//! silence. So a zone is *unreachable today* if the robot covers less than a tenth of it. What it does cover of such a
//! zone is *lent* to the nearest zone that it gets to, and cleaned with that.

use alloc::vec::Vec;
use core::ops::Range;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::grid::{BitGrid, NO_CELL, Shape, by_rank, narrow};

/// A zone cannot be reached today if the robot covers less than one in so many of its cells.
const LEAST_SHARE: u32 = 10;

/// Of so many cells the robot covers enough to get there.
pub(in crate::key) const fn is_enough(covered: u32, all: u32) -> bool {
    covered > 0 && covered.saturating_mul(LEAST_SHARE) >= all
}

/// The zones that the robot gets to on the current map.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct Reached {
    zones: Vec<bool>,
    /// Cells of unreachable zones that the robot covers, ascending, each with the zone that it is lent to.
    lent: Vec<[u32; 2]>,
}

impl Reached {
    /// Of no zones.
    pub(in crate::key) const fn none() -> Self {
        Self { zones: Vec::new(), lent: Vec::new() }
    }

    /// `may_be` tells the zones that may be reached at all; `covered` holds the cells that the robot covers, `zone_of`
    /// gives the zone of a cell; `runs` are runs of cells with the zone of those among them that are charted.
    ///
    /// # Complexity
    /// O(cells).
    pub(in crate::key) fn of(
        shape: Shape,
        may_be: &[bool],
        charted: &BitGrid,
        covered: &BitGrid,
        runs: impl Iterator<Item = (u8, Range<usize>)>,
        zone_of: impl Fn(usize) -> Option<u8>,
    ) -> Self {
        let mut counts = vec![[0_u32; 2]; may_be.len()];
        let both = charted.and(covered);
        for (zone, cells) in runs {
            if let Some(count) = counts.get_mut(usize::from(zone)) {
                count[0] += charted.count_in(cells.clone());
                count[1] += both.count_in(cells);
            }
        }
        let zones_where = |is_reached: &dyn Fn(&[u32; 2]) -> bool| -> Vec<bool> {
            may_be.iter().zip(&counts).map(|(&may_be, count)| may_be && is_reached(count)).collect()
        };
        let mut reached = zones_where(&|&[all, own]| is_enough(own, all));
        if !reached.contains(&true) {
            // A robot shut in: what it covers is all there is.
            reached = zones_where(&|&[_, own]| own > 0);
        }
        let mut all = Self { zones: reached, lent: Vec::new() };
        let is_cut_off = |(reached, count): (&bool, &[u32; 2])| !reached && count[1] > 0;
        if all.zones.iter().zip(&counts).any(is_cut_off) {
            all.lend(shape, covered, zone_of);
        }
        all
    }

    /// Lends what is covered of unreachable zones to the nearest zone along the coverage.
    fn lend(&mut self, shape: Shape, covered: &BitGrid, zone_of: impl Fn(usize) -> Option<u8>) {
        let zone =
            |cell: usize| zone_of(cell).filter(|&zone| self.zones.get(usize::from(zone)) == Some(&true));
        let mut to_zone = vec![NO_CELL; shape.len()];
        let mut queue: Vec<u32> = Vec::new();
        covered.each(|cell| {
            if let Some(zone) = zone(cell) {
                to_zone[cell] = zone.into();
                queue.push(narrow(cell));
            }
        });
        by_rank(&mut queue, |cell| zone(cell).unwrap_or_default().into());
        shape.flood(&mut queue, |from, to| {
            let enter = to_zone[to] == NO_CELL && covered.has(to);
            if enter {
                to_zone[to] = to_zone[from];
            }
            enter
        });
        let mut lent = Vec::new();
        covered.each(|cell| {
            if to_zone[cell] != NO_CELL && zone_of(cell).is_some() && zone(cell).is_none() {
                lent.push([narrow(cell), to_zone[cell]]);
            }
        });
        to_zone.zeroize();
        self.lent = lent;
    }

    /// Whether the robot gets to each zone today.
    pub(in crate::key) fn zones(&self) -> &[bool] {
        &self.zones
    }

    /// The robot gets to a zone today.
    pub(in crate::key) fn has(&self, zone: u8) -> bool {
        self.zones.get(usize::from(zone)) == Some(&true)
    }

    /// The zone that a cell is lent to, if it is lent.
    pub(in crate::key) fn lent_to(&self, cell: usize) -> Option<u8> {
        let at = self.lent.binary_search_by_key(&narrow(cell), |&[cell, _]| cell).ok()?;
        u8::try_from(self.lent[at][1]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{BitGrid, Reached, Shape};

    /// Zones as digits, `a` and `b` for covered cells of zone 0 and 1.
    fn reached(row: &str) -> (Vec<bool>, Vec<Option<u8>>) {
        let squares: Vec<char> = row.chars().collect();
        let zone = |cell: usize| match squares[cell] {
            '0' | 'a' => Some(0),
            '1' | 'b' => Some(1),
            _ => None,
        };
        let width = squares.len();
        let charted = BitGrid::of(width, &squares, |&square| square != '.');
        let covered = BitGrid::of(width, &squares, |&square| square.is_alphabetic());
        let runs = (0..width).filter_map(|cell| Some((zone(cell)?, cell..cell + 1)));
        let reached = Reached::of(Shape::new(width, 1), &[true; 2], &charted, &covered, runs, zone);
        (
            (0..2).map(|zone| reached.has(zone)).collect(),
            (0..width).map(|cell| reached.lent_to(cell)).collect(),
        )
    }

    #[test]
    fn a_zone_with_less_than_a_tenth_covered_is_unreachable_and_lends_that() {
        let (zones, lent) = reached("aaaab1111111111");
        assert_eq!(zones, [true, false]);
        assert_eq!(lent[4], Some(0));
        assert_eq!(lent.iter().flatten().count(), 1);
        let (zones, lent) = reached("aaaab111111111");
        assert_eq!(zones, [true, true], "a tenth");
        assert!(lent.iter().all(Option::is_none));
        assert_eq!(reached("a00000000000000.").0, [true, false], "a robot shut in");
        assert_eq!(reached("0000").0, [false, false]);
    }
}
