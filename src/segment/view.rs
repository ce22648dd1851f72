//! The map as the stage works on it: cropped, framed, and turned the one way that all its mirror images share.
//!
//! A watershed has ties, and any rule that breaks a tie by position breaks it otherwise in the mirror image.
//! Instead of a rule for each kind of tie there is one for all: of the eight ways to look at a map one is
//! chosen that does not depend on the way it came, and everything is decided there. So a map and its mirror
//! image, turned or shifted, have the same rooms to the cell.

use core::cmp::Ordering;

use crate::grid::{Cell, CellRect, OccupancyGrid, Symmetry};

/// A grid's known part seen from one of eight sides, with a frame of unknown cells around it.
#[derive(Debug)]
pub(super) struct View {
    /// Cells in a row, the frame included.
    pub(super) width: usize,
    /// The cells, row by row.
    pub(super) cells: Vec<Cell>,
    lens: Lens,
    /// Left, low, width and height of the known part in the grid.
    bounds: CellRect,
}

/// From a place in the view to an index of the rows of cells seen: `base + x · step_x + y · step_y`.
#[derive(Clone, Copy, Debug)]
struct Lens {
    width: usize,
    height: usize,
    base: isize,
    step_x: isize,
    step_y: isize,
}

impl Lens {
    /// A look at so many columns and rows of cells from one side.
    #[expect(clippy::cast_possible_wrap, reason = "a grid has at most 2^24 cells")]
    const fn new(width: usize, height: usize, side: Symmetry) -> Self {
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
            Self { width: height, height: width, base, step_x: along_y, step_y: along_x }
        } else {
            Self { width, height, base, step_x: along_x, step_y: along_y }
        }
    }

    /// The index of the cell seen in column `x` of row `y`.
    #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "inside the rows of cells")]
    const fn index(self, x: usize, y: usize) -> usize {
        (self.base + x as isize * self.step_x + y as isize * self.step_y) as usize
    }

    /// Which of two looks of the same shape at the same cells comes first, row by row.
    fn compare(self, other: Self, cells: &[Cell]) -> Ordering {
        for y in 0..self.height {
            let (mut a, mut b) = (self.index(0, y), other.index(0, y));
            for _ in 0..self.width {
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
        let [left, low, columns, rows] =
            [bounds.x, bounds.y, bounds.width, bounds.height].map(|n| n as usize);
        let crop: Vec<Cell> = grid
            .cells()
            .chunks_exact(grid.width() as usize)
            .skip(low)
            .take(rows)
            .flat_map(|row| &row[left..left + columns])
            .copied()
            .collect();
        let lens = Symmetry::ALL
            .into_iter()
            .map(|side| Lens::new(columns, rows, side))
            .filter(|lens| lens.width >= lens.height)
            .reduce(|best, other| if other.compare(best, &crop).is_gt() { other } else { best })?;
        let width = lens.width + 2;
        let mut cells = vec![Cell::Unknown; width * (lens.height + 2)];
        for (y, row) in cells.chunks_exact_mut(width).skip(1).take(lens.height).enumerate() {
            for (x, cell) in row[1..=lens.width].iter_mut().enumerate() {
                *cell = crop[lens.index(x, y)];
            }
        }
        Some(Self { width, cells, lens, bounds })
    }

    /// Number of rows, the frame included.
    pub(super) const fn height(&self) -> usize {
        self.lens.height + 2
    }

    /// Calls `visit` with column, row, length and label of each run of equal labels but 0, as they lie in the
    /// grid, row by row.
    pub(super) fn runs_in_grid(&self, labels: &[u16], mut visit: impl FnMut(u32, u32, u32, u16)) {
        let CellRect { x: left, y: low, width: columns, height: rows } = self.bounds;
        let mut straight = vec![0_u16; columns as usize * rows as usize];
        for (y, row) in labels.chunks_exact(self.width).skip(1).take(self.lens.height).enumerate() {
            for (x, &label) in row[1..=self.lens.width].iter().enumerate() {
                straight[self.lens.index(x, y)] = label;
            }
        }
        for (y, row) in (low..).zip(straight.chunks_exact(columns as usize)) {
            let mut x = left;
            for run in row.chunk_by(|a, b| a == b) {
                #[expect(clippy::cast_possible_truncation, reason = "a side is at most 16384")]
                let length = run.len() as u32;
                if run[0] != 0 {
                    visit(x, y, length, run[0]);
                }
                x += length;
            }
        }
    }
}
