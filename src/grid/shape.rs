//! Width and height of a grid, and its cells as a graph.

use alloc::vec::Vec;

use nalgebra::Point2;
use zeroize::Zeroize;

/// No cell of a grid.
pub(crate) const NO_CELL: u32 = u32::MAX;

/// Width and height of a grid in cells, which are numbered row by row from the lower left.
#[derive(Clone, Copy, Default, PartialEq, Eq, Zeroize)]
pub(crate) struct Shape {
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Shape {
    pub(crate) const fn new(width: usize, height: usize) -> Self {
        Self { width, height }
    }

    /// The shape of so many cells, row by row, in rows of this width.
    pub(crate) const fn of_rows(width: usize, cells: usize) -> Self {
        let height = match cells.checked_div(width) {
            Some(rows) => rows,
            None => 0,
        };
        Self { width, height }
    }

    /// Number of cells.
    pub(crate) const fn len(self) -> usize {
        self.width * self.height
    }

    /// The cells of a row.
    pub(crate) const fn row(self, y: usize) -> core::ops::Range<usize> {
        y * self.width..(y + 1) * self.width
    }

    /// The four cells that share an edge with this one, [`NO_CELL`] for those past the border.
    #[inline]
    pub(crate) const fn around(self, cell: u32) -> [u32; 4] {
        let width = narrow(self.width);
        let x = cell % width;
        [
            if x > 0 { cell - 1 } else { NO_CELL },
            if x + 1 < width { cell + 1 } else { NO_CELL },
            if cell >= width { cell - width } else { NO_CELL },
            if cell + width < narrow(self.len()) { cell + width } else { NO_CELL },
        ]
    }

    /// The cells that share an edge with this one.
    pub(crate) fn neighbours(self, cell: usize) -> impl Iterator<Item = usize> {
        self.around(narrow(cell)).into_iter().filter(|&near| near != NO_CELL).map(|near| near as usize)
    }

    /// Column and row of a cell.
    #[inline]
    pub(crate) fn place(self, cell: u32) -> (i64, i64) {
        let width = narrow(self.width);
        (i64::from(cell % width), i64::from(cell / width))
    }

    /// The cell in a column and row, if there is one.
    pub(crate) fn cell(self, x: i64, y: i64) -> Option<usize> {
        let x = usize::try_from(x).ok().filter(|&x| x < self.width)?;
        let y = usize::try_from(y).ok().filter(|&y| y < self.height)?;
        Some(y * self.width + x)
    }

    /// The cell that holds a point, in metres from the lower left corner.
    pub(crate) fn cell_at(self, at: Point2<f64>, resolution_m: f64) -> Option<usize> {
        let index = |metres: f64, side: usize| {
            let cells = libm::floor(metres / resolution_m);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the side"
            )]
            (cells >= 0.0 && cells < f64::from(narrow(side))).then_some(cells as usize)
        };
        Some(index(at.y, self.height)? * self.width + index(at.x, self.width)?)
    }

    /// The middle of a cell, in metres from the lower left corner.
    pub(crate) fn centre(self, cell: usize, resolution_m: f64) -> Point2<f64> {
        let middle = |n: usize| middle_of(narrow(n), resolution_m);
        Point2::new(middle(cell % self.width), middle(cell / self.width))
    }

    /// The wanted cell whose middle is nearest to that of a cell; of equally near ones the first.
    ///
    /// # Complexity
    /// O(cells within that distance).
    pub(crate) fn nearest(self, from: u32, wanted: impl Fn(usize) -> bool) -> Option<u32> {
        let (x, y) = self.place(from);
        let mut best: Option<(i64, u32)> = None;
        let reached = |best: Option<(i64, u32)>, far: i64| best.is_some_and(|(least, _)| least < far);
        for dy in 0..i64::from(narrow(self.height)) {
            if reached(best, dy * dy) {
                break;
            }
            for row in [y - dy, y + dy].into_iter().filter(|&row| self.cell(0, row).is_some()) {
                for dx in 0..i64::from(narrow(self.width)) {
                    let far = dx * dx + dy * dy;
                    if reached(best, far) {
                        break;
                    }
                    for column in [x - dx, x + dx] {
                        if let Some(cell) = self.cell(column, row).filter(|&cell| wanted(cell)) {
                            let found = (far, narrow(cell));
                            best = Some(best.map_or(found, |best| best.min(found)));
                        }
                    }
                }
            }
        }
        best.map(|(_, cell)| cell)
    }

    /// Floods from the cells in `queue`, nearest first: `enter(from, to)` says whether the flood goes on into
    /// `to`, and must not let it in twice. Cells at equal distance follow in the order of the cells that they
    /// were entered from. So if the queue starts in the order of some rank, a cell is entered from the lowest
    /// rank among the equally near. What the flood has gone past goes from the queue, which stays about as long as the
    /// flood's edge.
    pub(crate) fn flood(self, queue: &mut Vec<u32>, mut enter: impl FnMut(usize, usize) -> bool) {
        let mut next = 0;
        while let Some(&cell) = queue.get(next) {
            next += 1;
            if next >= MAX_SPENT && 2 * next >= queue.len() {
                queue.drain(..next);
                next = 0;
            }
            for near in self.around(cell) {
                if near != NO_CELL && enter(cell as usize, near as usize) {
                    queue.push(near);
                }
            }
        }
    }

    /// For each cell the nearest of some, by steps over cells that may be entered; of equally near ones the first in
    /// their order. They are their own nearest, and cells that are not reached have [`NO_CELL`].
    ///
    /// # Complexity
    /// O(cells).
    pub(crate) fn nearest_along(self, mut from: Vec<u32>, may_enter: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut nearest = vec![NO_CELL; self.len()];
        for &cell in &from {
            nearest[cell as usize] = cell;
        }
        self.flood(&mut from, |from, to| {
            let enter = nearest[to] == NO_CELL && may_enter(to);
            if enter {
                nearest[to] = nearest[from];
            }
            enter
        });
        nearest
    }
}

/// So many cells that a flood has gone past stay in its queue: 16 KB, and to move the others up is little work.
const MAX_SPENT: usize = 1 << 12;

/// Sorts cells by their ranks; those of one rank stay as they are. A flood starts with them.
///
/// # Complexity
/// O(cells + ranks): ranks are counted, not compared.
pub(crate) fn by_rank(cells: &mut [u32], rank: impl Fn(usize) -> u32) {
    let mut starts: Vec<u32> = Vec::new();
    for &cell in &*cells {
        let after = rank(cell as usize) as usize + 1;
        if starts.len() <= after {
            starts.resize(after + 1, 0);
        }
        starts[after] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut sorted = vec![0; cells.len()];
    for &cell in &*cells {
        let place = &mut starts[rank(cell as usize) as usize];
        sorted[*place as usize] = cell;
        *place += 1;
    }
    cells.copy_from_slice(&sorted);
}

/// The middle of a column or row, in metres from the border of the first one.
pub(crate) fn middle_of(index: u32, resolution_m: f64) -> f64 {
    (f64::from(index) + 0.5) * resolution_m
}

/// A number of cells as 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "a grid has at most 2^24 cells")]
pub(crate) const fn narrow(n: usize) -> u32 {
    n as u32
}

#[cfg(test)]
mod tests {
    use super::{Shape, by_rank, narrow};
    use proptest::prelude::*;

    /// Large enough for its queue to be cut several times.
    #[test]
    fn a_flood_comes_to_the_nearest_cells_first() {
        let shape = Shape::new(150, 100);
        let seed = |x: usize, y: usize| y * 150 + x;
        let seeds = [seed(20, 30), seed(120, 80)];
        let mut far = vec![u32::MAX; shape.len()];
        for cell in seeds {
            far[cell] = 0;
        }
        let (mut last, mut passed) = (0, vec![false; shape.len()]);
        shape.flood(&mut seeds.map(narrow).to_vec(), |from, to| {
            assert!(far[from] >= last, "nearest first");
            (last, passed[from]) = (far[from], true);
            let enter = far[to] == u32::MAX;
            if enter {
                far[to] = far[from] + 1;
            }
            enter
        });
        assert!(passed.iter().all(|&passed| passed), "from every cell");
        let nearest = shape.nearest_along(seeds.map(narrow).to_vec(), |_| true);
        for (cell, &far) in far.iter().enumerate() {
            let (x, y) = (cell % 150, cell / 150);
            let steps = [x.abs_diff(20) + y.abs_diff(30), x.abs_diff(120) + y.abs_diff(80)];
            assert_eq!(far as usize, steps[0].min(steps[1]), "{x} {y}");
            let own = if steps[0] <= steps[1] { seeds[0] } else { seeds[1] };
            assert_eq!(nearest[cell] as usize, own, "{x} {y}");
        }
    }

    proptest! {
        #[test]
        fn cells_by_rank_are_as_a_stable_sort_has_them(
            cells in prop::collection::vec(0..40_u32, 0..60), ranks in prop::collection::vec(0..9_u16, 40),
            far in prop::bool::ANY,
        ) {
            let rank = |cell: usize| u32::from(if far { u16::MAX - ranks[cell] } else { ranks[cell] });
            let (mut sorted, mut expected) = (cells.clone(), cells);
            by_rank(&mut sorted, rank);
            expected.sort_by_key(|&cell| rank(cell as usize));
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn the_nearest_cell_is_that_of_a_look_at_all(
            width in 1..12_usize, cells in prop::collection::vec(prop::bool::weighted(0.1), 12..140),
            from in 0..140_usize,
        ) {
            let shape = Shape::of_rows(width, cells.len());
            let from = narrow(from % shape.len());
            let (x, y) = shape.place(from);
            let all = (0..narrow(shape.len())).filter(|&cell| cells[cell as usize]);
            let nearest = all.min_by_key(|&cell| {
                let (cx, cy) = shape.place(cell);
                ((cx - x).pow(2) + (cy - y).pow(2), cell)
            });
            prop_assert_eq!(shape.nearest(from, |cell| cells[cell]), nearest);
        }
    }
}
