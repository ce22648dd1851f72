//! Things in an order.
//!
//! A sort of one's own for each type and comparison would be a tenth of the library's code. So what is seldom or
//! shortly sorted is sorted by its numbers, through one function.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::shape::narrow;

/// Sorts what stands for a number and is in its order, through the one sort of such numbers.
pub(crate) fn sort_packed<T: Copy>(list: &mut [T], pack: impl Fn(T) -> u64, unpack: impl Fn(u64) -> T) {
    let mut numbers: Vec<u64> = list.iter().map(|&item| pack(item)).collect();
    numbers.sort_unstable();
    list.iter_mut().zip(numbers).for_each(|(item, number)| *item = unpack(number));
}

/// Sorts short numbers.
pub(crate) fn sort_short(list: &mut [u16]) {
    sort_packed(list, u64::from, |number| short(number)[3]);
}

/// Sorts pairs of short numbers, by the first one first.
pub(crate) fn sort_pairs(list: &mut [(u16, u16)]) {
    let pack = |(a, b)| u64::from(a) << 16 | u64::from(b);
    sort_packed(list, pack, |number| {
        let [_, _, a, b] = short(number);
        (a, b)
    });
}

/// The four short numbers that a number is made of, the highest first.
pub(crate) fn short(number: u64) -> [u16; 4] {
    [48, 32, 16, 0].map(|shift| u16::try_from(number >> shift & 0xffff).unwrap_or(0))
}

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

    use super::{sort_pairs, sort_short, sorted};

    proptest! {
        #[test]
        fn lists_are_sorted_as_by_a_stable_sort(list in prop::collection::vec((0..9_u8, 0..9_u8), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|pair| pair.0);
            prop_assert_eq!(sorted(list, |a, b| a.0.cmp(&b.0)), expected);
        }

        #[test]
        fn short_numbers_and_pairs_are_sorted(list in prop::collection::vec(any::<(u16, u16)>(), 0..40)) {
            let (mut pairs, mut expected) = (list.clone(), list.clone());
            sort_pairs(&mut pairs);
            expected.sort_unstable();
            prop_assert_eq!(pairs, expected);
            let (mut firsts, mut expected): (Vec<u16>, Vec<u16>) = list.iter().map(|pair| (pair.0, pair.0)).unzip();
            sort_short(&mut firsts);
            expected.sort_unstable();
            prop_assert_eq!(firsts, expected);
        }
    }
}
