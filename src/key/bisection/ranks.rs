//! Selecting by rank: which cells of a set are the first so many.
//!
//! Ranks are counted by stretches of equal length, about one for [`TOGETHER`] cells. To select, only the ranks
//! of one stretch are looked at. A second selection from the same ranks uses the same counts.

use alloc::vec::Vec;

use crate::grid::narrow;

/// Cells to a stretch, if all ranks between the least and the greatest were equally frequent; a power of two.
const TOGETHER: u32 = 8;

/// Ranks of the cells of a set, in its order.
#[derive(Default)]
pub(in crate::key) struct Ranks {
    pub(super) list: Vec<u32>,
    least: u32,
    /// Bits of a rank that tell cells of one stretch apart.
    bits: u32,
    counts: Vec<u32>,
    stretch: Vec<u32>,
}

impl Ranks {
    /// Replaces the ranks with those of so many cells, which `append` adds to the list.
    pub(in crate::key) fn replace(&mut self, cells: u32, append: impl FnOnce(&mut Vec<u32>)) {
        self.list.clear();
        self.list.reserve_exact(cells as usize);
        append(&mut self.list);
        let (least, most) =
            self.list.iter().fold((u32::MAX, 0), |(least, most), &rank| (least.min(rank), most.max(rank)));
        self.least = least.min(most);
        let wanted = narrow(self.list.len()) / TOGETHER;
        let bits = |n: u32| u32::BITS - n.leading_zeros();
        self.bits = bits(most - self.least).saturating_sub(bits(wanted)).min(u32::BITS - 1);
        self.counts.clear();
        self.counts.resize(((most - self.least) >> self.bits) as usize + 1, 0);
        for rank in &self.list {
            self.counts[((rank - self.least) >> self.bits) as usize] += 1;
        }
    }

    /// The rank of the cell that so many others come before, and how many of those have the same rank. There
    /// are more cells than that.
    pub(in crate::key) fn select(&mut self, mut before: u32) -> (u32, u32) {
        let mut number = 0;
        while let Some(&count) = self.counts.get(number).filter(|count| **count <= before) {
            before -= count;
            number += 1;
        }
        let inside = |rank: &u32| ((rank - self.least) >> self.bits) as usize == number;
        self.stretch.clear();
        self.stretch.extend(self.list.iter().filter(|rank| inside(rank)));
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

    use super::Ranks;

    proptest! {
        #[test]
        fn selects_as_sorting_would(
            list in prop::collection::vec(prop_oneof![any::<u32>(), 0..40_u32, 1_000_000..1_001_000_u32], 1..400),
            at in any::<prop::sample::Index>(),
        ) {
            let before = at.index(list.len());
            let mut sorted = list.clone();
            sorted.sort_unstable();
            let same = sorted[..before].iter().filter(|rank| **rank == sorted[before]).count();
            let mut ranks = Ranks::default();
            ranks.replace(0, |ranks| *ranks = list);
            for _ in 0..2 {
                let (rank, ties) = ranks.select(u32::try_from(before).unwrap());
                prop_assert_eq!((rank, ties as usize), (sorted[before], same));
            }
        }
    }
}
