//! Selecting by rank: which cells of a set are the first so many.
//!
//! Ranks are counted by stretches of equal length, [`STRETCHES`] at most, and every cell's is noted in a byte. To
//! select, only the ranks of one stretch are looked at; which cells lie in it, and which in later ones, bytes tell
//! for many at once. A second selection from the same ranks uses the same bytes.

use alloc::vec::Vec;

use crate::grid::{BitGrid, Span, narrow};

/// Most stretches: a byte tells them apart, and of the largest home one holds a thousand cells.
const STRETCHES: usize = 1 << u8::BITS;

/// An order of cells: appends the ranks of a span's cells. Cells of lower rank come first; of one rank those that
/// the set has first.
pub(in crate::key) type CellOrder<'a> = &'a dyn Fn(Span, &mut Vec<u32>);

/// Ranks of the cells of a set, in its order.
#[derive(Default)]
pub(in crate::key) struct Ranks {
    list: Vec<u32>,
    /// The stretch of each cell.
    stretches: Vec<u8>,
    /// How many cells each stretch has.
    counts: Vec<u32>,
}

impl Ranks {
    /// Replaces the ranks with those of a set of so many cells.
    pub(in crate::key) fn replace(&mut self, set: &[Span], cells: u32, ranking: CellOrder<'_>) {
        let Self { list, stretches, counts } = self;
        list.clear();
        list.reserve_exact(cells as usize);
        for &span in set {
            ranking(span, list);
        }
        let least = list.iter().copied().fold(u32::MAX, u32::min);
        let most = list.iter().copied().fold(0, u32::max);
        // Bits of a rank that tell cells of one stretch apart.
        let bits = (u32::BITS - most.saturating_sub(least).leading_zeros()).saturating_sub(u8::BITS);
        stretches.clear();
        stretches.reserve_exact(list.len());
        stretches.extend(list.iter().map(|rank| ((rank - least) >> bits).to_le_bytes()[0]));
        counts.clear();
        counts.resize(STRETCHES, 0);
        for &stretch in &*stretches {
            counts[usize::from(stretch)] += 1;
        }
    }

    /// The numbers of the cells that come after the first so many of all, if there are as many.
    pub(super) fn after(&self, before: u32) -> BitGrid {
        let (stretch, before) = self.stretch_of(before);
        let inside = self.cells_in(|own| own == stretch);
        let (border, mut ties) = self.select_from(&inside, before);
        let mut after = self.cells_in(|own| own > stretch);
        inside.each(|cell| {
            let is_tie = self.list[cell] == border && ties > 0;
            ties -= u32::from(is_tie);
            if self.list[cell] >= border && !is_tie {
                after.insert(cell);
            }
        });
        after
    }

    /// The rank of the cell that so many others come before, and how many of those have the same rank. There
    /// are more cells than that.
    pub(in crate::key) fn select(&self, before: u32) -> (u32, u32) {
        let (stretch, before) = self.stretch_of(before);
        self.select_from(&self.cells_in(|own| own == stretch), before)
    }

    /// The stretch of the cell that so many others come before, and how many of those it has itself.
    fn stretch_of(&self, mut before: u32) -> (u8, u32) {
        for (stretch, &count) in (0..u8::MAX).zip(&self.counts) {
            if before < count {
                return (stretch, before);
            }
            before -= count;
        }
        (u8::MAX, before)
    }

    /// The cells whose stretches fit.
    fn cells_in(&self, fits: impl Fn(u8) -> bool) -> BitGrid {
        BitGrid::of(self.stretches.len(), &self.stretches, |&stretch| fits(stretch))
    }

    /// As [`select`](Self::select), among some cells.
    fn select_from(&self, cells: &BitGrid, before: u32) -> (u32, u32) {
        let mut ranks = Vec::with_capacity(cells.count());
        cells.each(|cell| ranks.push(self.list[cell]));
        if before as usize >= ranks.len() {
            return (u32::MAX, 0);
        }
        let (lower, &mut rank, _) = ranks.select_nth_unstable(before as usize);
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
