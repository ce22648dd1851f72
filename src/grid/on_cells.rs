//! Tables of one entry for each cell of a set.
//!
//! Half of a map or more is no floor. A table over the floor alone takes memory and time for the floor alone: the
//! cells of a set are numbered in order, and the number of any of them is the count of cells before its word, which is
//! known, and of the bits before its own (a rank directory: Jacobson 1989, "Space-efficient static trees and graphs").
//! Who looks at neighbours moves a window of spread-out rows over the table.

use alloc::vec::Vec;
use core::ops::Range;

use super::bit_grid::BitGrid;

/// The numbers of the cells of a set, from 0 in their order.
pub(crate) struct CellNumbers {
    /// How many cells lie before each word of the set.
    before: Vec<u32>,
}

impl CellNumbers {
    /// # Complexity
    /// O(cells / 64) time, half a bit a cell.
    pub(crate) fn of(set: &BitGrid) -> Self {
        let mut count = 0;
        let before = |word: &u64| {
            count += word.count_ones();
            count - word.count_ones()
        };
        Self { before: set.words.iter().map(before).collect() }
    }

    /// The number of a cell of the set.
    #[inline]
    pub(crate) fn number(&self, set: &BitGrid, cell: usize) -> usize {
        let below = set.words[cell / 64] & ((1 << (cell % 64)) - 1);
        (self.before[cell / 64] + below.count_ones()) as usize
    }

    /// The numbers of a run of cells of the set.
    #[inline]
    pub(crate) fn numbers(&self, set: &BitGrid, run: &Range<usize>) -> Range<usize> {
        let first = self.number(set, run.start);
        first..first + run.len()
    }
}

/// A few rows of a table, one after the other, with an entry for cells outside the set too.
pub(crate) struct RowWindow<T, const ROWS: usize> {
    rows: [Vec<T>; ROWS],
    outside: T,
}

impl<T: Copy, const ROWS: usize> RowWindow<T, ROWS> {
    /// Rows of so many cells, all of them outside.
    pub(crate) fn new(width: usize, outside: T) -> Self {
        Self { rows: core::array::from_fn(|_| vec![outside; width]), outside }
    }

    /// Moves up by a row. The row that comes in is `y` of the set: `paint` is given each of its runs, with the place
    /// for its entries.
    pub(crate) fn advance(&mut self, set: &BitGrid, y: usize, mut paint: impl FnMut(Range<usize>, &mut [T])) {
        self.rows.rotate_left(1);
        let Some(last) = self.rows.last_mut() else { return };
        last.fill(self.outside);
        let row = set.shape().row(y);
        for run in set.runs_in(row.clone()) {
            let columns = run.start - row.start..run.end - row.start;
            paint(run, &mut last[columns]);
        }
    }

    /// The rows, the lowest first.
    pub(crate) fn rows(&self) -> [&[T]; ROWS] {
        core::array::from_fn(|row| &self.rows[row][..])
    }
}

impl<T> RowWindow<T, 3> {
    /// The entries around a run of cells of the middle row, below, next to and above each, to the left, itself and to
    /// the right: slices of one length, so that several cells are looked at in one step. The run does not touch the
    /// ends of the row.
    pub(crate) fn around(&self, start: usize, count: usize) -> [[&[T]; 3]; 3] {
        self.rows.each_ref().map(|row| [0, 1, 2].map(|x| &row[start - 1 + x..start - 1 + x + count]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, CellNumbers, RowWindow};

    proptest! {
        #[test]
        fn cells_are_numbered_in_their_order(
            cells in prop::collection::vec(prop::bool::ANY, 1..2000), width in 1..150_usize,
        ) {
            let height = cells.len() / width;
            prop_assume!(height > 0);
            let set = BitGrid::of(width, &cells[..width * height], |&cell| cell);
            let numbers = CellNumbers::of(&set);
            let own: Vec<usize> = (0..width * height).filter(|&cell| cells[cell]).collect();
            for (number, &cell) in own.iter().enumerate() {
                prop_assert_eq!(numbers.number(&set, cell), number);
            }
            // A table of the cells themselves.
            let mut window: RowWindow<usize, 2> = RowWindow::new(width, usize::MAX);
            for y in 0..height {
                window.advance(&set, y, |run, out| out.copy_from_slice(&own[numbers.numbers(&set, &run)]));
                for (below, entries) in [1, 0].into_iter().zip(window.rows()) {
                    let Some(row) = y.checked_sub(below) else { continue };
                    for (x, &entry) in entries.iter().enumerate() {
                        let cell = row * width + x;
                        prop_assert_eq!(entry, if cells[cell] { cell } else { usize::MAX });
                    }
                }
            }
        }
    }
}
