//! Where a robot's middle can be.

use core::fmt;

use nalgebra::Point2;
use zeroize::ZeroizeOnDrop;

use crate::grid::standable::{disc_rows, standable};
use crate::grid::{Cell, Fixed, OccupancyGrid};
use crate::home::keep_out::cover_all;
use crate::home::{Footprint, KeepOut};

/// A point this far from free space still counts as its nearest free cell, in metres. Docks stand against
/// walls, poses drift, and a person may have put the robot against a chair.
pub const SNAP_M: f64 = 1.0;

/// The bit of a cell of a [`Ground`] that says it may be driven on; bit `1 + i` says that it is a cell of
/// passage i.
pub(crate) const OPEN: u8 = 1;

/// Cells to drive on, one byte a cell.
///
/// A row has one closed cell more than the grid has columns. A step past either end of a row so comes to a
/// closed cell, and nobody has to ask for columns.
#[derive(Clone, Default, ZeroizeOnDrop)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Ground {
    pub(crate) stride: usize,
    pub(crate) marks: Vec<u8>,
}

impl Ground {
    /// Makes it closed ground of these sides; allocates only if it was never as large.
    pub(crate) fn reset(&mut self, width: usize, height: usize) {
        self.stride = width + 1;
        self.marks.clear();
        self.marks.resize(self.stride * height, 0);
    }

    /// The cell in this column and row.
    pub(crate) const fn cell(&self, x: usize, y: usize) -> usize {
        y * self.stride + x
    }

    /// Column and row of a cell.
    #[expect(clippy::cast_possible_truncation, reason = "a grid has at most 2^24 cells")]
    pub(crate) fn place(&self, cell: u32) -> (i64, i64) {
        let stride = self.stride.max(1) as u32;
        (i64::from(cell % stride), i64::from(cell / stride))
    }

    /// What is marked on a cell; nothing past the grid.
    #[inline]
    pub(crate) fn at(&self, cell: usize) -> u8 {
        self.marks.get(cell).copied().unwrap_or(0)
    }
}

/// The cells of a grid where a robot's footprint stands clear.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::home::Footprint;
/// use homeveil::navigate::{FreeSpace, Navigator};
/// let grid = OccupancyGrid::from_drawing(0.1, "
///     #########
///     #...#...#
///     #...#...#
///     #.......#
///     #########
/// ")?;
/// let space = FreeSpace::of(&grid, Footprint::disc_m(0.05)?, &[]);
/// let path = Navigator::new().path(&space, [0.15, 0.35].into(), [0.75, 0.35].into())?;
/// assert_eq!(path.points().count(), 3, "down to the gap, and up again");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct FreeSpace {
    pub(super) ground: Ground,
    pub(super) resolution_m: f64,
}

impl FreeSpace {
    /// The cells where the footprint stands clear of everything that is not free, of what lies outside the
    /// grid, and of keep-outs (in metres of the grid). A keep-out with a coordinate that is no number leaves
    /// no cell free: what cannot be drawn must not be driven over.
    ///
    /// # Complexity
    /// O(cells · radius + corners of the keep-outs · (width + height)) time, three bytes a cell, of which one
    /// stays.
    #[must_use]
    pub fn of(grid: &OccupancyGrid, footprint: Footprint, keep_outs: &[KeepOut]) -> Self {
        let (width, height) = (grid.width() as usize, grid.height() as usize);
        let drawable = keep_outs.iter().all(KeepOut::is_finite);
        let mut floor: Vec<bool> = grid.cells().iter().map(|&cell| drawable && cell == Cell::Free).collect();
        if drawable {
            cover_all(keep_outs, grid.resolution_m(), width, height, |cell| floor[cell] = false);
        }
        let disc = disc_rows(footprint.radius_m() / grid.resolution_m());
        let stand = standable(|cell| floor[cell], width, height, &disc);
        Self::of_cells(width, grid.resolution_m(), &stand)
    }

    /// The cells of a home's crop for which a table says so.
    pub(crate) fn of_cells(width: usize, resolution_m: f64, open: &[bool]) -> Self {
        let mut ground = Ground::default();
        ground.reset(width, open.len() / width.max(1));
        for (row, open) in ground.marks.chunks_exact_mut(width + 1).zip(open.chunks_exact(width.max(1))) {
            for (mark, &open) in row.iter_mut().zip(open) {
                *mark = u8::from(open) * OPEN;
            }
        }
        Self { ground, resolution_m }
    }

    /// Whether the robot can stand at the middle of the cell that holds this point.
    #[must_use]
    pub fn contains(&self, at: Point2<f64>) -> bool {
        let height = self.ground.marks.len() / self.ground.stride;
        let (x, y) =
            (Fixed::from_cells(at.x / self.resolution_m).0, Fixed::from_cells(at.y / self.resolution_m).0);
        let column =
            |v: i64, side: usize| usize::try_from(v.div_euclid(Fixed::PARTS)).ok().filter(|&v| v < side);
        match (column(x, self.ground.stride - 1), column(y, height)) {
            (Some(x), Some(y)) => {
                at.x.is_finite() && at.y.is_finite() && self.ground.at(self.ground.cell(x, y)) & OPEN != 0
            }
            _ => false,
        }
    }

    /// The free cell nearest to a point.
    pub(super) fn snap(&self, at: Point2<f64>) -> Option<u32> {
        nearest(&self.ground, at, self.resolution_m, |mark| mark & OPEN != 0)
    }
}

/// The cell with its middle nearest to a point (ties: the lowest) among those whose marks are wanted and that
/// lie within [`SNAP_M`] of it. The point is in metres from the lower left corner of the grid.
///
/// # Complexity
/// O(cells within [`SNAP_M`]).
pub(crate) fn nearest(
    ground: &Ground,
    at: Point2<f64>,
    resolution_m: f64,
    wanted: impl Fn(u8) -> bool,
) -> Option<u32> {
    if !(at.x.is_finite() && at.y.is_finite()) || ground.stride == 0 {
        return None;
    }
    let (x, y) = (Fixed::from_cells(at.x / resolution_m).0, Fixed::from_cells(at.y / resolution_m).0);
    let most = Fixed::from_cells(SNAP_M / resolution_m).0;
    let (width, height) = (ground.stride - 1, ground.marks.len() / ground.stride);
    let span = |v: i64, side: usize| {
        let bound = |v: i64| usize::try_from(v.div_euclid(Fixed::PARTS)).unwrap_or(0).min(side);
        bound(v - most)..bound(v + most + Fixed::PARTS)
    };
    let mut best: Option<(i64, usize)> = None;
    for row in span(y, height) {
        for column in span(x, width) {
            let cell = ground.cell(column, row);
            if !wanted(ground.at(cell)) {
                continue;
            }
            let middle = |n: usize| i64::try_from(n).unwrap_or(0) * Fixed::PARTS + Fixed::PARTS / 2;
            let (dx, dy) = (middle(column) - x, middle(row) - y);
            let far = dx * dx + dy * dy;
            if far <= most * most && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, cell));
            }
        }
    }
    best.and_then(|(_, cell)| u32::try_from(cell).ok())
}

/// Prints no geometry: the space may be a home's.
impl fmt::Debug for FreeSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FreeSpace").finish_non_exhaustive()
    }
}
