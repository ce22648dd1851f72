//! The map as the stage works on it: cropped, framed, and turned the one way that all its mirror images share.

use crate::grid::{Cell, OccupancyGrid, Symmetry};

/// A grid's known part seen from one of eight sides, with a frame of unknown cells around it.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// Cells in a row, the frame included.
    pub(super) width: usize,
    /// Number of rows, the frame included.
    pub(super) height: usize,
    /// The cells, row by row.
    pub(super) cells: Vec<Cell>,
    lens: Lens,
}

/// Where the grid keeps the cell that is seen at some place: at `base + x · step_x + y · step_y`.
#[derive(Clone, Copy, Debug)]
struct Lens {
    width: usize,
    height: usize,
    base: isize,
    step_x: isize,
    step_y: isize,
}

impl Lens {
    #[expect(clippy::cast_possible_wrap, reason = "a grid has at most 2^24 cells")]
    const fn new(bounds: (u32, u32, u32, u32), stride: usize, side: Symmetry) -> Self {
        let (left, low, width, height) =
            (bounds.0 as isize, bounds.1 as isize, bounds.2 as usize, bounds.3 as usize);
        let stride = stride as isize;
        let mut base = low * stride + left;
        // Steps along the grid's own axes, walked backwards where the view is mirrored.
        let (mut along_x, mut along_y) = (1, stride);
        let (flip_x, flip_y) = if side.swap { (side.flip_y, side.flip_x) } else { (side.flip_x, side.flip_y) };
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

    /// The index in the grid of the cell seen in column `x` of row `y`, without the frame.
    #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "inside the grid")]
    const fn index(self, x: usize, y: usize) -> usize {
        (self.base + x as isize * self.step_x + y as isize * self.step_y) as usize
    }

    fn rows(self, cells: &[Cell]) -> impl Iterator<Item = Cell> {
        (0..self.height).flat_map(move |y| (0..self.width).map(move |x| cells[self.index(x, y)]))
    }
}

impl View {
    /// The one view that a map shares with its mirror images: at least as wide as high, and of those the one whose cells, read row by
    /// row, come last. Nothing where no cell is known.
    ///
    /// # Complexity
    /// O(cells) time; the eight sides are compared only up to where they differ.
    pub(super) fn canonical(grid: &OccupancyGrid) -> Option<Self> {
        let bounds = grid.known_bounds()?;
        let stride = grid.width() as usize;
        let lens = Symmetry::ALL
            .into_iter()
            .map(|side| Lens::new(bounds, stride, side))
            .filter(|lens| lens.width >= lens.height)
            .reduce(|best, other| {
                if other.rows(grid.cells()).gt(best.rows(grid.cells())) { other } else { best }
            })?;
        let (width, height) = (lens.width + 2, lens.height + 2);
        let mut cells = vec![Cell::Unknown; width * height];
        for y in 0..lens.height {
            let row = &mut cells[(y + 1) * width + 1..][..lens.width];
            for (x, cell) in row.iter_mut().enumerate() {
                *cell = grid.cells()[lens.index(x, y)];
            }
        }
        Some(Self { width, height, cells, lens })
    }

    /// The index in the grid of a cell that is not of the frame.
    pub(super) const fn in_grid(&self, cell: usize) -> usize {
        self.lens.index(cell % self.width - 1, cell / self.width - 1)
    }
}
