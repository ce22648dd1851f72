//! Shortest paths by steps of small whole lengths.
//!
//! Cells that wait are listed by the length of their path, one list a length, used in turn: as no step is as long as
//! there are lists, two lengths never share one (Dial 1969, Commun. ACM 12(11)). So nothing is sorted, and a search
//! takes time in proportion to the cells and lengths that it passes. Estimates of what is still ahead are of no use
//! here, since all lengths from one cell are asked for; paths from one cell to another are [`navigate`]'s.
//!
//! [`navigate`]: crate::navigate

use alloc::vec::Vec;

use super::shape::narrow;

/// The lists of waiting cells, more than the longest step is long. They are kept from search to search.
pub(crate) struct BucketSearch<const LISTS: usize>([Vec<u32>; LISTS]);

impl<const LISTS: usize> BucketSearch<LISTS> {
    /// No cell waits.
    pub(crate) const fn new() -> Self {
        Self([const { Vec::new() }; LISTS])
    }

    /// Finds the lengths of the shortest paths from a cell to these at least. `far` gets the lengths; before, it holds
    /// for each cell the length that a path to it has to be shorter than. `around` gives the cells that a step from one
    /// leads to, and the lengths of the steps.
    ///
    /// # Complexity
    /// O(cells · steps from one + length of the longest path).
    pub(crate) fn run<Steps: IntoIterator<Item = (usize, u32)>>(
        &mut self,
        far: &mut [u32],
        from: usize,
        goals: &[usize],
        around: impl Fn(usize) -> Steps,
    ) {
        self.0.iter_mut().for_each(Vec::clear);
        far[from] = 0;
        self.0[0].push(narrow(from));
        let (mut length, mut waiting) = (0_u32, 1_usize);
        // A path of the present length is the shortest.
        while waiting > 0 && goals.iter().any(|&goal| far[goal] > length) {
            while let Some(cell) = self.0[length as usize % LISTS].pop() {
                waiting -= 1;
                let cell = cell as usize;
                if far[cell] != length {
                    continue;
                }
                for (near, step) in around(cell) {
                    let next = length + step;
                    if next < far[near] {
                        far[near] = next;
                        self.0[next as usize % LISTS].push(narrow(near));
                        waiting += 1;
                    }
                }
            }
            length += 1;
        }
    }
}
