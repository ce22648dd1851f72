//! Selecting by rank: which cells of a set are the first so many.
//!
//! Ranks are counted by stretches of equal length, about one for [`TOGETHER`] cells. To select, only the ranks
//! of one stretch are looked at. A second selection from the same ranks uses the same counts.

use alloc::vec::Vec;

use crate::grid::{BitGrid, Span, narrow};

/// Cells to a stretch, if all ranks between the least and the greatest were equally frequent; a power of two.
const TOGETHER: u32 = 8;

/// An order of cells: appends the ranks of a span's cells. Cells of lower rank come first; of one rank those that
/// the set has first.
pub(in crate::key) type CellOrder<'a> = &'a dyn Fn(Span, &mut Vec<u32>);

/// Ranks of the cells of a set, in its order.
#[derive(Default)]
pub(in crate::key) struct Ranks {
    list: Vec<u32>,
    least: u32,
    /// Bits of a rank that tell cells of one stretch apart.
    bits: u32,
    counts: Vec<u32>,
    stretch: Vec<u32>,
}

impl Ranks {
    /// Replaces the ranks with those of a set of so many cells.
    pub(in crate::key) fn replace(&mut self, set: &[Span], cells: u32, ranking: CellOrder<'_>) {
        let Self { list, counts, .. } = self;
        list.clear();
        list.reserve_exact(cells as usize);
        set.iter().for_each(|&span| ranking(span, list));
        let bounds = |(least, most): (u32, u32), &rank: &u32| (least.min(rank), most.max(rank));
        let (least, most) = list.iter().fold((u32::MAX, 0), bounds);
        self.least = least.min(most);
        let wanted = narrow(list.len()) / TOGETHER;
        let bits = |n: u32| u32::BITS - n.leading_zeros();
        self.bits = bits(most - self.least).saturating_sub(bits(wanted)).min(u32::BITS - 1);
        counts.clear();
        counts.resize(((most - self.least) >> self.bits) as usize + 1, 0);
        for rank in &*list {
            counts[((rank - self.least) >> self.bits) as usize] += 1;
        }
    }

    /// The numbers of the cells that come after the first so many of all, if there are as many.
    pub(super) fn after(&mut self, before: u32) -> BitGrid {
        let (border, ties) = self.select(before);
        let mut after = self.numbers(|rank| rank >= border);
        if ties > 0 {
            let equal = self.list.iter().enumerate().filter(|(_, rank)| **rank == border);
            equal.take(ties as usize).for_each(|(number, _)| {
                after.take(number);
            });
        }
        after
    }

    /// The numbers of the cells whose ranks fit.
    fn numbers(&self, fits: impl Fn(u32) -> bool) -> BitGrid {
        BitGrid::of(self.list.len(), &self.list, |&rank| fits(rank))
    }

    /// The rank of the cell that so many others come before, and how many of those have the same rank. There
    /// are more cells than that.
    pub(in crate::key) fn select(&mut self, mut before: u32) -> (u32, u32) {
        let mut number = 0;
        while let Some(&count) = self.counts.get(number as usize).filter(|count| **count <= before) {
            before -= count;
            number += 1;
        }
        let first = self.least.wrapping_add(number << self.bits);
        let inside = self.numbers(|rank| rank.wrapping_sub(first) >> self.bits == 0);
        self.stretch.clear();
        inside.each(|number| self.stretch.push(self.list[number]));
        if before as usize >= self.stretch.len() {
            return (u32::MAX, 0);
        }
        let (lower, &mut rank, _) = self.stretch.select_nth_unstable(before as usize);
        (rank, narrow(lower.iter().filter(|other| **other == rank).count()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ranks, Span};

    proptest! {
        #[test]
        fn selects_as_sorting_would(
            list in prop::collection::vec(prop_oneof![any::<u32>(), 0..40_u32, 1_000_000..1_001_000_u32], 1..400),
            at in any::<prop::sample::Index>(), split in any::<prop::sample::Index>(),
        ) {
            let before = at.index(list.len());
            let mut sorted = list.clone();
            sorted.sort_unstable();
            let same = sorted[..before].iter().filter(|rank| **rank == sorted[before]).count();
            let mut ranks = Ranks::default();
            // In spans of two rows, the first of some length.
            let count = u16::try_from(list.len()).unwrap();
            let first = u16::try_from(split.index(list.len())).unwrap();
            let set = [Span { y: 0, start: 0, end: first }, Span { y: 1, start: first, end: count }];
            let set = &set[usize::from(first == 0)..];
            let ranking = |span: Span, ranks: &mut Vec<u32>| {
                ranks.extend_from_slice(&list[usize::from(span.start)..usize::from(span.end)]);
            };
            ranks.replace(set, count.into(), &ranking);
            for _ in 0..2 {
                let (rank, ties) = ranks.select(u32::try_from(before).unwrap());
                prop_assert_eq!((rank, ties as usize), (sorted[before], same));
            }
        }
    }
}
