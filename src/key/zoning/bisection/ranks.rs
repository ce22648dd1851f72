//! Selecting by rank: which cells of a set are the first so many.
//!
//! To select one rank of thousands, hardly any has to be put in order: a sample of them, evenly spread, tells about
//! where it lies, and only those in that window are looked at (Floyd & Rivest 1975, Commun. ACM 18(3)). All others are
//! counted, several at once. A further selection nearby uses the same window.

use alloc::vec::Vec;

use crate::grid::sorted::sort_numbers;
use crate::grid::{Span, narrow};
use crate::key::zoning::bisection::spans::SetPart;

/// Ranks in the sample: enough for a window of a tenth of all, and sorted in less time than all are counted.
const SAMPLE: u32 = 64;

/// How far a window reaches to either side in the sample, mostly far enough; then farther, and over all.
const REACHES: [u32; 3] = [3, 12, SAMPLE];

/// Fractions of the golden section, in 2⁻³²: its multiples are evenly spread, and no row of cells is as long.
const GOLDEN: u32 = 0x9e37_79b9;

/// Cells that are looked at together.
const LANES: usize = 8;

/// An order of cells: appends the ranks of a span's cells, which are below [`u32::MAX`]. Cells of lower rank come
/// first; of one rank those that the set has first.
pub(in crate::key) type CellOrder<'a> = &'a dyn Fn(Span, &mut Vec<u32>);

/// Ranks of the cells of a set, in its order.
#[derive(Default)]
pub(in crate::key) struct Ranks {
    list: Vec<u32>,
    /// Some of them, sorted.
    sample: Vec<u32>,
    /// The ranks at both ends of the window, where it was laid.
    ends: Option<(u32, u32)>,
    /// The ranks between them, in any order.
    window: Vec<u32>,
    /// How many are as low as the lower end, or lower.
    below: u32,
}

impl Ranks {
    /// Replaces the ranks with those of a set of so many cells.
    pub(in crate::key) fn replace(&mut self, set: &[Span], cells: u32, ranking: CellOrder<'_>) {
        let Self { list, sample, ends, .. } = self;
        *ends = None;
        list.clear();
        list.reserve_exact(cells as usize);
        for &span in set {
            ranking(span, list);
        }
        let place = |number: u32| (u64::from(number.wrapping_mul(GOLDEN)) * u64::from(cells)) >> u32::BITS;
        let places = (0..SAMPLE).filter_map(|number| usize::try_from(place(number)).ok());
        sample.clear();
        sample.extend(places.filter_map(|place| list.get(place)));
        sort_numbers(sample);
    }

    /// The rank of the cell that so many others come before, and how many of those have the same rank. There
    /// are more cells than that.
    pub(in crate::key) fn select(&mut self, before: u32) -> (u32, u32) {
        let mut found = self.find_in_window(before);
        for reach in REACHES {
            if found.is_some() {
                break;
            }
            self.lay_window(before, reach);
            found = self.find_in_window(before);
        }
        found.unwrap_or((u32::MAX, 0))
    }

    /// Lays the window around the rank of the cell that so many come before, as far as the sample tells.
    fn lay_window(&mut self, before: u32, reach: u32) {
        let Self { list, sample, ends, window, below } = self;
        let at = u64::from(before) * u64::from(SAMPLE) / u64::from(narrow(list.len()).max(1));
        let at = u32::try_from(at).unwrap_or(SAMPLE);
        let rank = |at: u32| sample.get(at as usize).copied();
        let low = at.checked_sub(reach).and_then(rank).unwrap_or(0);
        let high = rank(at + reach).unwrap_or(u32::MAX).max(low.saturating_add(1));
        *ends = Some((low, high));
        window.clear();
        *below = 0;
        let is_inside = |rank: u32| low < rank && rank < high;
        let (eights, rest) = list.as_chunks::<LANES>();
        for ranks in eights {
            *below += ranks.iter().map(|&rank| u32::from(rank <= low)).sum::<u32>();
            if ranks.iter().fold(false, |any, &rank| any | is_inside(rank)) {
                window.extend(ranks.iter().filter(|&&rank| is_inside(rank)));
            }
        }
        *below += narrow(rest.iter().filter(|&&rank| rank <= low).count());
        window.extend(rest.iter().filter(|&&rank| is_inside(rank)));
    }

    /// As [`select`](Self::select), if that rank lies in the window or at an end of it.
    fn find_in_window(&mut self, before: u32) -> Option<(u32, u32)> {
        let Self { list, ends, window, below, .. } = self;
        let (low, high) = (*ends)?;
        let count = |holds: &dyn Fn(u32) -> bool| narrow(list.iter().filter(|&&rank| holds(rank)).count());
        let Some(past) = before.checked_sub(*below) else {
            let ties = before.checked_sub(count(&|rank| rank < low))?;
            return Some((low, ties));
        };
        if (past as usize) < window.len() {
            let (lower, &mut rank, _) = window.select_nth_unstable(past as usize);
            return Some((rank, narrow(lower.iter().filter(|other| **other == rank).count())));
        }
        let ties = past - narrow(window.len());
        (ties < count(&|rank| rank == high)).then_some((high, ties))
    }

    /// Splits the spans of the set into stretches of cells of one side: 0 for so many that come first, 1 for the others.
    pub(super) fn split(&mut self, set: &[Span], before: u32, parts: &mut Vec<SetPart>) {
        let (border, ties) = self.select(before);
        // Up to here cells of the border's own rank are among the first.
        let ties = (ties as usize).checked_sub(1);
        let tied = |ties| self.list.iter().enumerate().filter(|(_, rank)| **rank == border).nth(ties);
        let turn = ties.and_then(tied).map_or(0, |(last, _)| last + 1);
        parts.clear();
        let mut first = 0;
        for &span in set {
            let end = first + span.len() as usize;
            let middle = turn.clamp(first, end);
            let mut start = span.start;
            for (cells, limit) in [(first..middle, border.saturating_add(1)), (middle..end, border)] {
                let mut ranks = &self.list[cells];
                while let Some(&rank) = ranks.first() {
                    let of = u16::from(rank >= limit);
                    let (own, others) = ranks.split_at(same_side(ranks, limit));
                    let end = start + u16::try_from(own.len()).unwrap_or(0);
                    match parts.last_mut() {
                        Some(last) if start > span.start && last.of == of => last.span.end = end,
                        _ => parts.push(SetPart { span: Span { start, end, ..span }, of }),
                    }
                    (ranks, start) = (others, end);
                }
            }
            first = end;
        }
    }
}

/// How many ranks at the start of a list are on the same side of a limit as the first.
fn same_side(ranks: &[u32], limit: u32) -> usize {
    let is_high = ranks.first().is_some_and(|&rank| rank >= limit);
    let differs = |rank: u32| (rank >= limit) != is_high;
    let (eights, _) = ranks.as_chunks::<LANES>();
    let same = |eight: &&[u32; LANES]| !eight.iter().fold(false, |any, &rank| any | differs(rank));
    let sure = LANES * eights.iter().take_while(same).count();
    sure + ranks[sure..].iter().position(|&rank| differs(rank)).unwrap_or(ranks.len() - sure)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ranks, Span};

    proptest! {
        #[test]
        fn selects_and_splits_as_sorting_would(
            list in prop::collection::vec(prop_oneof![0..u32::MAX, 0..40_u32, 1_000_000..1_001_000_u32], 1..400),
            few in prop::collection::vec(prop_oneof![3 => Just(7), 3 => Just(0), 1 => 0..20_u32], 1..400),
            is_few in any::<bool>(),
            at in prop::collection::vec(any::<prop::sample::Index>(), 1..9), split in any::<prop::sample::Index>(),
        ) {
            let list = if is_few { few } else { list };
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
            let mut order: Vec<usize> = (0..list.len()).collect();
            order.sort_by_key(|&cell| list[cell]);
            for before in at.iter().map(|at| at.index(list.len())) {
                let border = list[order[before]];
                let ties = order[..before].iter().filter(|&&cell| list[cell] == border).count();
                let asked = u32::try_from(before).unwrap();
                let (rank, same) = ranks.select(asked);
                prop_assert_eq!((rank, same as usize), (border, ties));
                let mut parts = Vec::new();
                ranks.split(set, asked, &mut parts);
                let sides = parts.iter().flat_map(|part| part.span.columns().map(|_| part.of));
                let sides: Vec<u16> = sides.collect();
                let is_high = |cell: usize| u16::from(!order[..before].contains(&cell));
                let expected: Vec<u16> = (0..list.len()).map(is_high).collect();
                prop_assert_eq!(sides, expected);
                let touch = |pair: &[super::SetPart]| pair[0].of == pair[1].of && pair[0].span.y == pair[1].span.y;
                prop_assert!(!parts.windows(2).any(touch), "stretches are the longest");
            }
        }
    }
}
