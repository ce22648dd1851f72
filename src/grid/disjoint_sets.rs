//! Disjoint sets of numbers (union-find).

use alloc::vec::Vec;

use super::shape::narrow;

/// Disjoint sets of the numbers below some count.
///
/// Each set is a tree of parents, which `find` shortens by path halving (Tarjan & van Leeuwen 1984). Trees are
/// not balanced: with halving alone a find takes O(log n) amortized, and on the runs of homes hardly more than
/// one step. In return the smallest number of a set is its root, so that sets come in the order of their first
/// members whatever the order of the unions.
#[derive(Default)]
pub(crate) struct DisjointSets {
    parents: Vec<u32>,
}

impl DisjointSets {
    /// Every number in a set of its own.
    pub(crate) fn new(count: u32) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// The same again for another count, in the same memory.
    pub(crate) fn reset(&mut self, count: u32) {
        self.parents.clear();
        self.parents.extend(0..count);
    }

    /// One more number, in a set of its own.
    pub(crate) fn add(&mut self) -> u32 {
        let next = narrow(self.parents.len());
        self.parents.push(next);
        next
    }

    /// The root of a number's set.
    #[inline]
    pub(crate) fn find(&mut self, mut n: u32) -> u32 {
        loop {
            let parent = self.parents[n as usize];
            if parent == n {
                return n;
            }
            let above = self.parents[parent as usize];
            self.parents[n as usize] = above;
            n = above;
        }
    }

    /// Whether a number is the root of its set.
    pub(crate) fn is_root(&self, n: u32) -> bool {
        self.parents[n as usize] == n
    }

    /// Unites the sets of two numbers under the smaller root; false if they were one already.
    #[inline]
    pub(crate) fn union(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parents[a.max(b) as usize] = a.min(b);
        a != b
    }

    /// Puts the set of the root `absorbed` under the root `kept`, whichever is smaller.
    pub(crate) fn union_under(&mut self, kept: u32, absorbed: u32) {
        self.parents[absorbed as usize] = kept;
    }

    /// Puts every number directly under its root, for [`root`](Self::root). For sets united by
    /// [`union`](Self::union) alone.
    pub(crate) fn flatten(&mut self) {
        for n in 0..self.parents.len() {
            // A parent comes before its children, so it is directly under the root by now.
            self.parents[n] = self.parents[self.parents[n] as usize];
        }
    }

    /// The root of a number's set, once the sets are flat.
    #[inline]
    pub(crate) fn root(&self, n: u32) -> u32 {
        self.parents[n as usize]
    }

    /// The number of each number's set, sets numbered from 0 in the order of their roots, and how many there
    /// are. For sets united by [`union`](Self::union) alone.
    pub(crate) fn into_numbers(mut self) -> (Vec<u32>, u32) {
        let mut count = 0;
        for n in 0..self.parents.len() {
            let parent = self.parents[n] as usize;
            // A parent comes before its children, so it carries its set's number by now.
            self.parents[n] = if parent == n { count } else { self.parents[parent] };
            count += u32::from(parent == n);
        }
        (self.parents, count)
    }
}

#[cfg(test)]
mod tests {
    use super::DisjointSets;
    use proptest::prelude::*;

    proptest! {
        /// Against the obvious twin: a label a number, relabelled at each union.
        #[test]
        fn sets_are_those_of_relabelling(pairs in prop::collection::vec((0..40_u32, 0..40_u32), 0..60)) {
            let mut sets = DisjointSets::default();
            sets.reset(40);
            let mut labels: Vec<u32> = (0..40).collect();
            for (a, b) in pairs {
                let (x, y) = (labels[a as usize], labels[b as usize]);
                prop_assert_eq!(sets.union(a, b), x != y);
                labels.iter_mut().filter(|label| **label == x.max(y)).for_each(|label| *label = x.min(y));
            }
            for n in 0..40 {
                prop_assert_eq!(sets.find(n), labels[n as usize]);
            }
            let mut roots: Vec<u32> = labels.clone();
            roots.sort_unstable();
            roots.dedup();
            sets.flatten();
            prop_assert!((0..40).all(|n| sets.root(n) == labels[n as usize]));
            let (numbers, count) = sets.into_numbers();
            prop_assert_eq!(count as usize, roots.len());
            for (number, label) in numbers.into_iter().zip(labels) {
                prop_assert_eq!(roots[number as usize], label);
            }
        }
    }
}
