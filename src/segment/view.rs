//! The map as the stage works on it: cropped, framed, and turned as all its mirror images are.
//!
//! A watershed has ties, and any rule that breaks a tie by position breaks it otherwise in the mirror image.
//! Instead of a rule for each kind of tie there is one for all: of the eight views of a map one is chosen that does
//! not depend on how the map lies, and everything is decided there. So a map and its mirror image, turned or shifted,
//! have the same rooms to the cell.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;

use crate::grid::components::Run;
use crate::grid::sorted::short;
use crate::grid::{BitGrid, Cell, CellRect, OccupancyGrid, Shape, Span, Symmetry, narrow};

/// A grid's known part seen from one of eight sides, with a frame of cells around it, unknown until it is closed.
pub(super) struct View {
    /// The frame included.
    pub(super) shape: Shape,
    pub(super) free: BitGrid,
    pub(super) occupied: BitGrid,
    lens: Lens,
    /// Left, low, width and height of the known part in the grid.
    bounds: CellRect,
}

/// From a place in the view to an index of the grid's cells: `base + x · step_x + y · step_y`.
#[derive(Clone, Copy)]
struct Lens {
    /// Of what is seen.
    shape: Shape,
    base: isize,
    step_x: isize,
    step_y: isize,
}

impl Lens {
    /// A look from one side at the cells of a rectangle in rows of so many cells.
    #[expect(clippy::cast_possible_wrap, reason = "a grid has at most 2^28 cells")]
    const fn new(bounds: CellRect, stride: usize, side: Symmetry) -> Self {
        let (width, height) = (bounds.width as usize, bounds.height as usize);
        let stride = stride as isize;
        let mut base = bounds.y as isize * stride + bounds.x as isize;
        // Steps along the cells' own axes, walked backwards where the view is mirrored.
        let (mut along_x, mut along_y) = (1, stride);
        let (flip_x, flip_y) =
            if side.swap { (side.flip_y, side.flip_x) } else { (side.flip_x, side.flip_y) };
        if flip_x {
            base += (width as isize - 1) * along_x;
            along_x = -along_x;
        }
        if flip_y {
            base += (height as isize - 1) * along_y;
            along_y = -along_y;
        }
        if side.swap {
            Self { shape: Shape::new(height, width), base, step_x: along_y, step_y: along_x }
        } else {
            Self { shape: Shape::new(width, height), base, step_x: along_x, step_y: along_y }
        }
    }

    /// The index of the cell seen in column `x` of row `y`.
    #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "inside the rows of cells")]
    const fn index(self, x: usize, y: usize) -> usize {
        (self.base + x as isize * self.step_x + y as isize * self.step_y) as usize
    }

    /// Which of two looks of the same shape at the same cells comes first, row by row.
    fn compare(self, other: Self, cells: &[Cell]) -> Ordering {
        for y in 0..self.shape.height {
            let (mut a, mut b) = (self.index(0, y), other.index(0, y));
            for _ in 0..self.shape.width {
                if cells[a] != cells[b] {
                    return cells[a].cmp(&cells[b]);
                }
                // Past the last cell of a row the index may leave the cells, and is not used.
                a = a.wrapping_add_signed(self.step_x);
                b = b.wrapping_add_signed(other.step_x);
            }
        }
        Ordering::Equal
    }
}

impl View {
    /// The one view that a map shares with its mirror images: at least as wide as high, and of those the one
    /// whose cells, read row by row, come last. Nothing where no cell is known.
    ///
    /// # Complexity
    /// O(cells) time; the eight sides are compared only up to where they differ.
    pub(super) fn canonical(grid: &OccupancyGrid) -> Option<Self> {
        let bounds = grid.known_bounds()?;
        let look = |side| (side, Lens::new(bounds, grid.width() as usize, side));
        let (side, lens) = Symmetry::ALL
            .into_iter()
            .map(look)
            .filter(|(_, lens)| lens.shape.width >= lens.shape.height)
            .reduce(|best, other| if other.1.compare(best.1, grid.cells()).is_gt() { other } else { best })?;
        let seen = |what: Cell| {
            let stride = grid.width() as usize;
            BitGrid::of_rect(grid.cells(), stride, bounds, |&cell| cell == what).seen_from(side, 1)
        };
        Some(Self {
            shape: Shape::new(lens.shape.width + 2, lens.shape.height + 2),
            free: seen(Cell::Free),
            occupied: seen(Cell::Occupied),
            lens: Lens::new(CellRect { x: 0, y: 0, ..bounds }, bounds.width as usize, side),
            bounds,
        })
    }

    /// Takes what is unknown for wall.
    pub(super) fn close(&mut self) {
        self.occupied = BitGrid::all(self.shape);
        self.occupied.remove(&self.free);
    }

    /// Calls `visit` with each run of equal labels but 0 as it lies in the grid, row by row. Given are the runs of the
    /// view, row by row.
    pub(super) fn runs_in_grid<'a>(
        &self,
        runs: impl Iterator<Item = &'a Run>,
        mut visit: impl FnMut(Span, u16),
    ) {
        let [left, low, columns, rows] =
            [self.bounds.x, self.bounds.y, self.bounds.width, self.bounds.height].map(|n| n as usize);
        // The frame is no part of the grid.
        let cells = |run: &Run| {
            let end = |x: u16| self.lens.index(usize::from(x) - 1, usize::from(run.span.y) - 1);
            let (first, last) = (end(run.span.start), end(run.span.end - 1));
            first.min(last)..first.max(last) + 1
        };
        let mut visit = |run: Span, label: u16| {
            let [y, start, end] = [low + run.y as usize, left + run.start as usize, left + run.end as usize];
            visit(Span::of_row(y, start, end), label);
        };
        // A row of the view is a row of the grid: only their order differs.
        if columns > 1 && self.lens.step_x.unsigned_abs() == 1 {
            let packed = |cells: Range<usize>, label: u16| {
                u64::from(narrow(cells.start)) << 32 | u64::from(narrow(cells.len())) << 16 | u64::from(label)
            };
            let mut straight: Vec<u64> = runs.map(|run| packed(cells(run), run.label)).collect();
            straight.sort_unstable();
            for [high, low, len, label] in straight.into_iter().map(short) {
                let first = usize::from(high) << 16 | usize::from(low);
                let (y, x) = (first / columns, first % columns);
                visit(Span::of_row(y, x, x + usize::from(len)), label);
            }
            return;
        }
        let mut straight = vec![0_u16; columns * rows];
        for run in runs {
            straight[cells(run)].iter_mut().step_by(columns).for_each(|cell| *cell = run.label);
        }
        for (label, run) in Span::runs(&straight, columns).filter(|&(label, _)| label != 0) {
            visit(run, label);
        }
    }
}
