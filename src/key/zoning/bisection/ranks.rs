//! Selecting by rank: which cells of a set are the first so many.
//!
//! Ranks are counted by stretches of equal length, [`STRETCHES`] at most, and every cell's is noted in a byte. To
//! select, only the ranks of one stretch are looked at; which cells lie in it, and which in later ones, bytes tell
//! for many at once. A second selection from the same ranks uses the same bytes.

use alloc::vec::Vec;

use crate::grid::sorted::select_number;
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
    /// The places of the cells of one stretch.
    inside: Vec<u64>,
}

impl Ranks {
    /// Replaces the ranks with those of a set of so many cells.
    pub(in crate::key) fn replace(&mut self, set: &[Span], cells: u32, ranking: CellOrder<'_>) {
        let Self { list, stretches, counts, .. } = self;
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
        let mut count = [0; STRETCHES];
        for &stretch in &*stretches {
            count[usize::from(stretch)] += 1;
        }
        counts.clear();
        counts.extend(count);
    }

    /// The numbers of the cells that come after the first so many of all, if there are as many.
    pub(super) fn after(&mut self, before: u32) -> BitGrid {
        let (stretch, before) = self.stretch_of(before);
        let mut after = BitGrid::of(self.stretches.len(), &self.stretches, |&own| own > stretch);
        let own = self.cells_of(stretch);
        if let Some(border) = self.select_in(&own, before) {
            own.each(|cell| {
                if self.place(cell) >= border {
                    after.insert(cell);
                }
            });
        }
        after
    }

    /// The rank of the cell that so many others come before. There are more cells than that.
    pub(in crate::key) fn select(&mut self, before: u32) -> u32 {
        let (stretch, before) = self.stretch_of(before);
        let own = self.cells_of(stretch);
        self.select_in(&own, before).map_or(u32::MAX, |border| narrow((border >> 32) as usize))
    }

    fn cells_of(&self, stretch: u8) -> BitGrid {
        BitGrid::of(self.stretches.len(), &self.stretches, |&own| own == stretch)
    }

    /// A cell's rank, and its number, which decides between cells of one rank.
    fn place(&self, cell: usize) -> u64 {
        u64::from(self.list[cell]) << 32 | u64::from(narrow(cell))
    }

    /// The place of that of some cells which so many others of them come before, if there is one.
    fn select_in(&mut self, own: &BitGrid, before: u32) -> Option<u64> {
        let mut inside = core::mem::take(&mut self.inside);
        inside.clear();
        inside.reserve_exact(own.count());
        own.each(|cell| inside.push(self.place(cell)));
        let border = select_number(&mut inside, before);
        self.inside = inside;
        border
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
            let mut order: Vec<usize> = (0..list.len()).collect();
            order.sort_by_key(|&cell| list[cell]);
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
                let asked = u32::try_from(before).unwrap();
                prop_assert_eq!(ranks.select(asked), sorted[before]);
                let after = ranks.after(asked);
                for (place, &cell) in order.iter().enumerate() {
                    prop_assert_eq!(after.has(cell), place >= before);
                }
            }
        }
    }
}
