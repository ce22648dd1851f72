//! The map as the stage works on it: cropped, framed, and turned as all its mirror images are.
//!
//! A watershed has ties, and any rule that breaks a tie by position breaks it otherwise in the mirror image.
//! Instead of a rule for each kind of tie there is one for all: of the eight views of a map one is chosen that does
//! not depend on how the map lies, and everything is decided there. So a map and its mirror image, turned or shifted,
//! have the same rooms to the cell.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::grid::{Cell, CellRect, OccupancyGrid, Shape, Span, Symmetry};

/// A grid's known part seen from one of eight sides, with a frame of unknown cells around it.
#[derive(Debug)]
pub(super) struct View {
    /// The frame included.
    pub(super) shape: Shape,
    /// The cells, row by row.
    pub(super) cells: Vec<Cell>,
    lens: Lens,
    /// Left, low, width and height of the known part in the grid.
    bounds: CellRect,
}

/// From a place in the view to an index of the rows of cells seen: `base + x · step_x + y · step_y`.
#[derive(Clone, Copy, Debug)]
struct Lens {
    /// Of what is seen.
    shape: Shape,
    base: isize,
    step_x: isize,
    step_y: isize,
}

/// Side of the squares of cells that are turned at a time.
const SQUARE: usize = 64;

impl Lens {
    /// A look at so many columns and rows of cells from one side.
    #[expect(clippy::cast_possible_wrap, reason = "a grid has at most 2^24 cells")]
    const fn new(Shape { width, height }: Shape, side: Symmetry) -> Self {
        let stride = width as isize;
        let mut base = 0;
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

    /// Calls `visit` with each place seen and its index, square by square, so that what lies close together in one of
    /// the two is not far apart in the other: a column of a large map takes a line of the processor's cache for each
    /// cell.
    fn each(self, mut visit: impl FnMut([usize; 2], usize)) {
        let Shape { width, height } = self.shape;
        for low in (0..height).step_by(SQUARE) {
            for left in (0..width).step_by(SQUARE) {
                for y in low..height.min(low + SQUARE) {
                    let mut index = self.index(left, y);
                    for x in left..width.min(left + SQUARE) {
                        visit([x, y], index);
                        // Past the last cell of a row the index may leave the cells, and is not used.
                        index = index.wrapping_add_signed(self.step_x);
                    }
                }
            }
        }
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
        let crop = grid.crop(bounds);
        let columns_and_rows = Shape::new(bounds.width as usize, bounds.height as usize);
        let lens = Symmetry::ALL
            .into_iter()
            .map(|side| Lens::new(columns_and_rows, side))
            .filter(|lens| lens.shape.width >= lens.shape.height)
            .reduce(|best, other| if other.compare(best, &crop).is_gt() { other } else { best })?;
        let shape = Shape::new(lens.shape.width + 2, lens.shape.height + 2);
        let mut cells = vec![Cell::Unknown; shape.len()];
        lens.each(|[x, y], index| cells[(y + 1) * shape.width + x + 1] = crop[index]);
        Some(Self { shape, cells, lens, bounds })
    }

    /// Takes what is unknown for wall.
    pub(super) fn close(&mut self) {
        self.cells.iter_mut().filter(|cell| **cell == Cell::Unknown).for_each(|cell| *cell = Cell::Occupied);
    }

    /// Calls `visit` with each run of equal labels but 0, as they lie in the grid, row by row.
    pub(super) fn runs_in_grid(&self, labels: &[u16], mut visit: impl FnMut(Span, u16)) {
        let [left, low, columns, rows] =
            [self.bounds.x, self.bounds.y, self.bounds.width, self.bounds.height].map(|n| n as usize);
        let mut straight = vec![0_u16; columns * rows];
        let width = self.shape.width;
        self.lens.each(|[x, y], index| straight[index] = labels[(y + 1) * width + x + 1]);
        for (label, run) in Span::runs(&straight, columns).filter(|&(label, _)| label != 0) {
            let [y, start, end] = [low + run.y as usize, left + run.start as usize, left + run.end as usize];
            visit(Span::of_row(y, start, end), label);
        }
    }
}
