//! Borders between cells that share an edge.
//!
//! Labels seldom change from one cell to the next. What asks where they do, for every cell and for several steps of a
//! disc, keeps the borders as sets and the labels themselves out of it.

use super::bit_grid::BitGrid;
use super::bit_shifts::Shift;
use super::components::Run;
use super::shape::Shape;

/// Which cells that share an edge are parted.
#[derive(Clone)]
pub(crate) struct Borders {
    /// Cells parted from the one before them in their row.
    pub(crate) in_row: BitGrid,
    /// Cells parted from the one above them.
    pub(crate) above: BitGrid,
}

impl Borders {
    /// No two cells are parted.
    pub(crate) fn none(shape: Shape) -> Self {
        Self { in_row: BitGrid::none(shape), above: BitGrid::none(shape) }
    }

    /// Parts two runs that share an edge, the one to the left or below first.
    pub(crate) fn part(&mut self, first: &Run, second: &Run) {
        let (lower, cells) = (first.span, second.cells(self.in_row.shape().width));
        if lower.y == second.span.y {
            self.in_row.insert(cells.start);
            return;
        }
        let row = cells.end - usize::from(second.span.end) - self.above.shape().width;
        let column = |x: u16| row + usize::from(x);
        let (start, end) = (lower.start.max(second.span.start), lower.end.min(second.span.end));
        self.above.insert_all(column(start)..column(end));
    }

    /// Calls `visit` with each two cells that are parted, the one to the left or below first.
    pub(crate) fn each(&self, mut visit: impl FnMut(usize, usize)) {
        let width = self.above.shape().width;
        let below = core::iter::repeat(1).zip(self.in_row.iter()).map(|(back, cell)| (cell - back, cell));
        below.chain(self.above.iter().map(|cell| (cell, cell + width))).for_each(|(a, b)| visit(a, b));
    }

    /// The cells around which a disc covers cells of a set of the same shape only, and no two that are parted. Each row
    /// of the disc hangs together, and so does its middle column, which meets all of them.
    ///
    /// # Complexity
    /// O(cells · radius / 64) time.
    pub(crate) fn eroded(&self, floor: &BitGrid, disc: &[u8]) -> BitGrid {
        let width = floor.shape().width;
        let mut out = floor.eroded_by(disc, |row| {
            row.keep_with_both_sides();
            row.remove_moved(&self.in_row, Shift::Up(0));
            row.remove_moved(&self.in_row, Shift::Down(1));
        });
        if !self.above.is_empty() {
            for dy in 1..disc.len() {
                out.remove_moved(&self.above, Shift::Up(dy * width));
                out.remove_moved(&self.above, Shift::Down((dy - 1) * width));
            }
        }
        out
    }
}

private_debug!(Borders);

#[cfg(test)]
mod tests {
    use super::{BitGrid, Borders, Shape};
    use crate::grid::components::Components;
    use crate::grid::standable::disc_rows;
    use proptest::prelude::*;

    proptest! {
        /// Against each label eroded by itself, and against a look at all cells that share an edge.
        #[test]
        fn labels_are_eroded_as_if_all_others_were_walls(
            width in 3..20_usize, blocks in prop::collection::vec(0..7_u16, 20), radius in 0.0..2.5_f64,
        ) {
            let shape = Shape::new(width, 16);
            // Blocks of 4 × 4 cells, as single ones leave no place to stand.
            let labels: Vec<u16> =
                (0..shape.len()).map(|cell| blocks[cell % width / 4 + cell / width / 4 * 5]).collect();
            let disc = disc_rows(radius);
            let mut expected = BitGrid::none(shape);
            (1..7).for_each(|own| expected.add(&BitGrid::of(width, &labels, |&label| label == own).eroded(&disc)));
            let mut borders = Borders::none(shape);
            Components::of(&labels, shape).contacts(&mut |a, b| {
                if a.label != 0 && b.label != 0 && a.label != b.label {
                    borders.part(a, b);
                }
            });
            let floor = BitGrid::of(width, &labels, |&label| label != 0);
            prop_assert_eq!(borders.eroded(&floor, &disc).to_flags(), expected.to_flags());
            let (mut parted, mut all) = (Vec::new(), Vec::new());
            borders.each(|a, b| parted.push((a, b)));
            for (a, b) in (0..shape.len()).flat_map(|cell| [(cell, cell + 1), (cell, cell + width)]) {
                let is_inside = if b == a + width { b < shape.len() } else { b % width > 0 };
                if is_inside && labels[a] != 0 && labels[b] != 0 && labels[a] != labels[b] {
                    all.push((a, b));
                }
            }
            parted.sort_unstable();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(parted, all);
        }
    }
}
