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

/// The number that so many others of a list come before, if there is one; no two are equal. The list is used up.
///
/// # Complexity
/// O(numbers), and as much again for each 256th of them.
pub(crate) fn select_number(numbers: &mut Vec<u64>, mut before: u32) -> Option<u64> {
    if before as usize >= numbers.len() {
        return None;
    }
    loop {
        let apart = apart(numbers);
        if apart == 0 {
            return numbers.first().copied();
        }
        // The highest eight bits in which they differ.
        let shift = (u64::BITS - apart.leading_zeros()).saturating_sub(8);
        let counts = counted(numbers, shift);
        let wanted = counts.iter().position(|&count| {
            let is_in = before < count;
            before -= if is_in { 0 } else { count };
            is_in
        })?;
        numbers.retain(|&number| byte(number, shift) == wanted);
    }
}

/// The bits in which not all numbers are equal.
fn apart(numbers: &[u64]) -> u64 {
    let first = numbers.first().copied().unwrap_or(0);
    numbers.iter().fold(0, |apart, number| apart | (number ^ first))
}

const fn byte(number: u64, shift: u32) -> usize {
    (number >> shift & 0xff) as usize
}

/// How many numbers have each byte there.
fn counted(numbers: &[u64], shift: u32) -> [u32; 256] {
    let mut counts = [0; 256];
    for &number in numbers {
        counts[byte(number, shift)] += 1;
    }
    counts
}

/// Sorts numbers.
pub(crate) fn sort_numbers(list: &mut [u32]) {
    sort_packed(list, u64::from, low_half);
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

/// Sorts pairs of numbers, by the first one first.
pub(crate) fn sort_number_pairs(list: &mut [(u32, u32)]) {
    let pack = |(a, b)| u64::from(a) << 32 | u64::from(b);
    sort_packed(list, pack, |number| (low_half(number >> 32), low_half(number)));
}

fn low_half(number: u64) -> u32 {
    u32::try_from(number & 0xffff_ffff).unwrap_or(0)
}

/// The four short numbers that a number is made of, the highest first.
pub(crate) fn short(number: u64) -> [u16; 4] {
    [48, 32, 16, 0].map(|shift| u16::try_from(number >> shift & 0xffff).unwrap_or(0))
}

/// Sorts numbers of things by comparing the things; of those that compare as equal the lower number comes first. A
/// merge sort of a few lines, since all sorts by comparing are this one: `core`'s is a dozen times the code.
pub(crate) fn sort(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    let is_before = |a: u32, b: u32| compare(a, b).then(a.cmp(&b)).is_lt();
    let mut merged: Vec<u32> = Vec::with_capacity(numbers.len());
    let mut width = 1;
    while width < numbers.len() {
        merged.clear();
        for pair in numbers.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (&[a, ref after_a @ ..], &[b, ref after_b @ ..]) = (left, right) {
                if is_before(b, a) {
                    merged.push(b);
                    right = after_b;
                } else {
                    merged.push(a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        numbers.copy_from_slice(&merged);
        width *= 2;
    }
}

/// The list in an order; what compares as equal stays as it is.
pub(crate) fn sorted<T: Default>(mut list: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut order: Vec<u32> = (0..narrow(list.len())).collect();
    sort(&mut order, &|a, b| compare(&list[a as usize], &list[b as usize]));
    order.into_iter().map(|number| core::mem::take(&mut list[number as usize])).collect()
}

/// What belongs to some keys, in the order of the keys. A sorted list: a tree of its own for each kind of key and value
/// would be more code, and for some thousand keys it would hardly be quicker.
pub(crate) struct ByKey<K, V>(Vec<(K, V)>);

impl<K: Ord, V> ByKey<K, V> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// What belongs to a key; if the key is new, a value that is made for it.
    ///
    /// # Complexity
    /// O(log keys), and O(keys) to make room for a new one.
    pub(crate) fn or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, value()));
            at
        });
        &mut self.0[at].1
    }

    pub(crate) fn iter(&self) -> core::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    pub(crate) fn into_values(self) -> impl DoubleEndedIterator<Item = V> {
        self.0.into_iter().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ByKey, select_number, sort_number_pairs, sort_pairs, sort_short, sorted};

    proptest! {
        #[test]
        fn lists_are_sorted_as_by_a_stable_sort(list in prop::collection::vec((0..9_u8, 0..9_u8), 0..40)) {
            let mut expected = list.clone();
            expected.sort_by_key(|pair| pair.0);
            prop_assert_eq!(sorted(list, |a, b| a.0.cmp(&b.0)), expected);
        }

        #[test]
        fn short_numbers_and_pairs_are_sorted(list in prop::collection::vec(any::<(u16, u16)>(), 0..200)) {
            let (mut pairs, mut expected) = (list.clone(), list.clone());
            sort_pairs(&mut pairs);
            expected.sort_unstable();
            prop_assert_eq!(pairs, expected);
            let (mut firsts, mut expected): (Vec<u16>, Vec<u16>) = list.iter().map(|pair| (pair.0, pair.0)).unzip();
            sort_short(&mut firsts);
            expected.sort_unstable();
            prop_assert_eq!(firsts, expected);
        }

        #[test]
        fn pairs_of_numbers_are_sorted(list in prop::collection::vec((0..3_u32, any::<u32>()), 0..100)) {
            let pairs = list.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
            let (mut pairs, mut expected): (Vec<_>, Vec<_>) = pairs.map(|pair| (pair, pair)).unzip();
            sort_number_pairs(&mut pairs);
            expected.sort_unstable();
            prop_assert_eq!(pairs, expected);
        }

        #[test]
        fn the_number_that_so_many_come_before_is_selected(
            set in prop::collection::btree_set(prop_oneof![any::<u64>(), 0..500_u64, (1 << 40)..(1 << 40) + 500_u64], 0..300),
            before in 0..310_u32, turn in any::<prop::sample::Index>(),
        ) {
            let mut numbers: Vec<u64> = set.iter().copied().collect();
            let turn = if set.is_empty() { 0 } else { turn.index(set.len()) };
            numbers.rotate_left(turn);
            prop_assert_eq!(select_number(&mut numbers, before), set.into_iter().nth(before as usize));
        }

        #[test]
        fn what_belongs_to_keys_is_found_as_in_a_tree(list in prop::collection::vec((0..20_u8, 0..9_u8), 0..40)) {
            let (mut by_key, mut tree) = (ByKey::new(), std::collections::BTreeMap::new());
            for (key, value) in list {
                prop_assert_eq!(by_key.or_insert_with(key, || value), tree.entry(key).or_insert(value));
            }
            prop_assert_eq!(by_key.len(), tree.len());
            (0..20).for_each(|key| assert_eq!(by_key.get(&key), tree.get(&key)));
            prop_assert!(by_key.iter().map(|(key, value)| (key, value)).eq(&tree));
            prop_assert!(by_key.into_values().eq(tree.into_values()));
        }
    }
}
