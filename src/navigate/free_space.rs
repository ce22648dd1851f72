//! Paths for a footprint on any grid.

use nalgebra::Point2;

use super::navigator::Navigator;
use super::path::{NavigateError, Path};
use super::space::{MarkedGround, OPEN, nearest};
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Cell, Fixed, OccupancyGrid};
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
    pub(super) ground: MarkedGround,
    pub(super) resolution_m: f64,
}

impl FreeSpace {
    /// The cells where the footprint stands clear of everything that is not free, of what lies outside the
    /// grid, and of keep-outs (in metres of the grid). A keep-out with a coordinate that is not finite
    /// leaves no cell free: what cannot be drawn must not be driven over.
    ///
    /// # Complexity
    /// O(cells · radius + corners of the keep-outs · (width + height)) time, some bits a cell; a byte
    /// stays.
    #[must_use]
    pub fn of(grid: &OccupancyGrid, footprint: Footprint, keep_outs: &[KeepOut]) -> Self {
        let shape = grid.shape();
        let drawable = keep_outs.iter().all(KeepOut::is_finite);
        let mut floor = BitGrid::of(shape.width, grid.cells(), |&cell| drawable && cell == Cell::Free);
        if drawable {
            cover_all(keep_outs, grid.resolution_m(), shape, |cell| {
                floor.take(cell);
            });
        }
        let disc = disc_rows(footprint.radius_m() / grid.resolution_m());
        Self::of_cells(grid.resolution_m(), &floor.eroded(&disc))
    }

    /// These cells of a home's crop.
    pub(crate) fn of_cells(resolution_m: f64, open: &BitGrid) -> Self {
        let (mut ground, width) = (MarkedGround::default(), open.shape().width);
        ground.reset(open.shape());
        // A row of the ground has one cell more than one of the crop.
        open.each(|cell| ground.marks[cell + cell / width] = OPEN);
        Self { ground, resolution_m }
    }

    /// Whether the robot can stand at the middle of the cell that holds this point.
    #[must_use]
    pub fn contains(&self, at: Point2<f64>) -> bool {
        let [x, y] = [at.x, at.y].map(|metres| Fixed::from_cells(metres / self.resolution_m).cell());
        let open = |cell| self.ground.at(cell) & OPEN != 0;
        at.x.is_finite() && at.y.is_finite() && self.ground.shape().cell(x, y).is_some_and(open)
    }

    /// The free cell nearest to a point.
    pub(super) fn snap(&self, at: Point2<f64>) -> Option<u32> {
        nearest(&self.ground, at, self.resolution_m, |mark| mark & OPEN != 0)
    }
}

private_debug!(FreeSpace);

impl Navigator {
    /// A short path between two points, in metres of the space's grid.
    ///
    /// A point where the robot cannot stand is taken for the nearest cell where it can, up to
    /// [`SNAP_M`](super::SNAP_M) away. Of all paths along cells it takes a cheapest one and pulls it taut.
    ///
    /// # Errors
    /// A point is not finite or too far from free space, or there is no path between the two.
    ///
    /// # Complexity
    /// O(cells looked at) time, 4 bytes a cell of tables, and 16 for each cell of the path.
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
