//! The cells of a set in the order of their ranks.
//!
//! A piece of a zone is cut a hundred times, so its cells are put in order once. Then the first so many of a part need
//! no search, and when the part is cut its cells are shared out among the two sides, which leaves each in order.

use alloc::vec::Vec;

use crate::grid::{BitGrid, Shape, Span, by_rank, narrow};
use crate::key::zoning::bisection::spans::{area, cells};

/// Bits of a rank that cells are put in order by at a time.
const DIGIT: u32 = 11;

/// The cells of a set by their ranks, which are given in its order; of one rank those that the set has first.
///
/// # Complexity
/// O(cells) for each eleven bits of the ranks' range.
pub(in crate::key) fn in_order(set: &[Span], shape: Shape, mut ranks: Vec<u32>) -> Vec<u32> {
    debug_assert_eq!(ranks.len(), area(set) as usize, "a rank for each cell");
    let least = ranks.iter().copied().min().unwrap_or(0);
    let mut most = 0;
    for rank in &mut ranks {
        *rank -= least;
        most |= *rank;
    }
    let mut order: Vec<u32> = (0..narrow(ranks.len())).collect();
    // Cells of one digit stay in the order of the lower ones.
    for shift in (0..u32::BITS - most.leading_zeros()).step_by(DIGIT as usize) {
        by_rank(&mut order, |number| ranks[number] >> shift & ((1 << DIGIT) - 1));
    }
    // No longer needed: the cells take its place.
    ranks.clear();
    ranks.extend(cells(set, shape));
    for number in &mut order {
        *number = ranks[*number as usize];
    }
    order
}

/// Puts those of a part's cells, given in order, that do not belong to the first so many into a set that has none of
/// them yet, and changes it from one call to the next.
pub(super) fn marker(order: &[u32]) -> impl FnMut(u32, &mut BitGrid) {
    let mut last = order.len();
    move |aim, high| {
        let aim = aim as usize;
        order.get(aim..last).into_iter().flatten().for_each(|&cell| high.insert(cell as usize));
        order.get(last..aim).into_iter().flatten().for_each(|&cell| {
            high.take(cell as usize);
        });
        last = aim;
    }
}

/// Puts the cells of the lower side before those of the higher one; each side stays in order.
pub(in crate::key) fn share_out(order: &mut [u32], high: &BitGrid, spare: &mut Vec<u32>) {
    spare.clear();
    spare.resize(order.len(), 0);
    let (mut low, mut others) = (0, 0);
    for at in 0..order.len() {
        let cell = order[at];
        // Both are written, and one is kept: which of them is hard to foresee.
        let is_high = usize::from(high.has(cell as usize));
        order[low] = cell;
        spare[others] = cell;
        low += 1 - is_high;
        others += is_high;
    }
    order[low..].copy_from_slice(&spare[..others]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, Shape, in_order, marker, share_out};
    use crate::key::zoning::bisection::spans_of;

    proptest! {
        #[test]
        fn cells_are_put_in_order_and_shared_out_as_sorting_would(
            drawn in prop::collection::vec(0..3_u8, 1..300), width in 1..30_usize,
            ranks in prop::collection::vec(prop_oneof![any::<u32>(), 0..9_u32, 4_000..9_000_u32], 300),
            aims in prop::collection::vec(any::<prop::sample::Index>(), 1..5), high in any::<u64>(),
        ) {
            let shape = Shape::of_rows(width, drawn.len());
            let set = spans_of(&drawn[..shape.len()], width, 1);
            let own: Vec<u32> = super::cells(&set, shape).collect();
            let mut expected = own.clone();
            expected.sort_by_key(|&cell| ranks[cell as usize]);
            let mut order = in_order(&set, shape, own.iter().map(|&cell| ranks[cell as usize]).collect());
            prop_assert_eq!(&order, &expected);
            let mut marked = BitGrid::none(shape);
            let mut mark = marker(&order);
            for aim in aims.iter().map(|aim| aim.index(own.len() + 1)) {
                mark(u32::try_from(aim).unwrap(), &mut marked);
                let mut later = expected[aim..].to_vec();
                later.sort_unstable();
                prop_assert_eq!(marked.cells(), later);
            }
            drop(mark);
            let sides = BitGrid::of_rule(shape, |cell| high >> (cell % 64) & 1 == 1);
            share_out(&mut order, &sides, &mut Vec::new());
            expected.sort_by_key(|&cell| sides.has(cell as usize));
            prop_assert_eq!(order, expected);
        }
    }
}
