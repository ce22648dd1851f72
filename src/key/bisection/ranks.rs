//! Selecting by rank: which cells of a set are the first so many.
//!
//! Ranks are counted by stretches of equal length, about one for [`TOGETHER`] cells. To select, only the ranks
//! of one stretch are looked at. A second selection from the same ranks uses the same counts.

use alloc::vec::Vec;

use crate::grid::{Span, narrow};

/// Cells to a stretch, if all ranks between the least and the greatest were equally frequent; a power of two.
const TOGETHER: u32 = 8;

/// An order of cells: appends the ranks of a span's cells. Cells of lower rank come first; of one rank those that
/// the set has first.
pub(in crate::key) type CellOrder<'a> = &'a dyn Fn(Span, &mut Vec<u32>);

/// Ranks of the cells of a set, in its order.
#[derive(Default)]
pub(in crate::key) struct Ranks {
    list: Vec<u32>,
    /// Those of each span: where the bounds tell enough, its cells are not looked at.
    spans: Vec<SpanRanks>,
    least: u32,
    /// Bits of a rank that tell cells of one stretch apart.
    bits: u32,
    counts: Vec<u32>,
    stretch: Vec<u32>,
}

/// The ranks of a span's cells.
pub(super) struct SpanRanks {
    pub(super) least: u32,
    pub(super) most: u32,
    /// Where they end in the list.
    end: u32,
}

impl Ranks {
    /// Replaces the ranks with those of a set of so many cells.
    pub(in crate::key) fn replace(&mut self, set: &[Span], cells: u32, ranking: CellOrder<'_>) {
        let Self { list, spans, counts, .. } = self;
        list.clear();
        list.reserve_exact(cells as usize);
        spans.clear();
        let (mut least, mut most) = (u32::MAX, 0);
        for &span in set {
            let first = list.len();
            ranking(span, list);
            let bounds = |(least, most): (u32, u32), &rank: &u32| (least.min(rank), most.max(rank));
            let own = list[first..].iter().fold((u32::MAX, 0), bounds);
            (least, most) = (least.min(own.0), most.max(own.1));
            spans.push(SpanRanks { least: own.0, most: own.1, end: narrow(list.len()) });
        }
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

    /// The ranks of each span, and their bounds.
    pub(super) fn each(&self) -> impl Iterator<Item = (&SpanRanks, &[u32])> {
        let mut first = 0;
        self.spans.iter().map(move |span| {
            let start = core::mem::replace(&mut first, span.end as usize);
            (span, &self.list[start..span.end as usize])
        })
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
        let is_inside = |rank: u32| rank.wrapping_sub(first) >> self.bits == 0;
        let mut stretch = core::mem::take(&mut self.stretch);
        stretch.clear();
        // Few cells are, and all of a span are ruled out in hardly more time than one.
        for (bounds, ranks) in self.each() {
            let may_be = bounds.most >= first && (bounds.least <= first || is_inside(bounds.least));
            if may_be && ranks.iter().fold(false, |any, &rank| any | is_inside(rank)) {
                stretch.extend(ranks.iter().filter(|rank| is_inside(**rank)));
            }
        }
        self.stretch = stretch;
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
