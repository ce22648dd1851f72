//! Paths for a footprint on any grid.

use core::fmt;

use nalgebra::Point2;

use super::navigator::Navigator;
use super::path::{NavigateError, Path};
use super::space::{Ground, OPEN, nearest};
use crate::grid::standable::{disc_rows, standable};
use crate::grid::{Cell, Fixed, OccupancyGrid};
use crate::home::keep_out::cover_all;
use crate::home::{Footprint, KeepOut};

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

/// Prints no geometry: the space may be a home's.
impl fmt::Debug for FreeSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FreeSpace").finish_non_exhaustive()
    }
}

impl Navigator {
    /// A short way between two points, in metres of the space's grid.
    ///
    /// A point where the robot cannot stand is taken for the nearest cell where it can, up to
    /// [`SNAP_M`](super::SNAP_M) away. Of all ways along cells it takes a cheapest one, and pulls it taut.
    ///
    /// # Errors
    /// A point is no number or too far from free space, or there is no way between the two.
    ///
    /// # Complexity
    /// O(cells looked at) time, 16 bytes a cell of tables.
    pub fn path(
        &mut self,
        space: &FreeSpace,
        from: Point2<f64>,
        to: Point2<f64>,
    ) -> Result<Path, NavigateError> {
        let start = space.snap(from).ok_or(NavigateError::Start)?;
        let end = space.snap(to).ok_or(NavigateError::End)?;
        let cost = self.search(&space.ground, start, end, 0).map_err(|_| NavigateError::NoPath)?;
        self.pull(&space.ground);
        Ok(Path::new(&space.ground, self.corners.iter().map(|corner| corner.cell), space.resolution_m, cost))
    }
}
