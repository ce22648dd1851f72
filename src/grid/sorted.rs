//! Things in an order.
//!
//! A sort of one's own for each type and comparison would be a tenth of the library's code. So what is seldom or
//! shortly sorted is sorted by its numbers, through one function.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::shape::narrow;

/// Sorts numbers of things by comparing the things; those that compare as equal stay as they are.
pub(crate) fn sort(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_by(|&a, &b| compare(a, b));
}

/// The list in an order; what compares as equal stays as it is.
pub(crate) fn sorted<T: Default>(mut list: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut order: Vec<u32> = (0..narrow(list.len())).collect();
    sort(&mut order, &|a, b| compare(&list[a as usize], &list[b as usize]));
    order.into_iter().map(|number| core::mem::take(&mut list[number as usize])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sorted;

    proptest! {
        #[test]
        fn lists_are_sorted_as_by_a_stable_sort(list in prop::collection::vec((0..9_u8, 0..9_u8), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|pair| pair.0);
            prop_assert_eq!(sorted(list, |a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
