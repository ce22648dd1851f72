//! The path found, and why there is none.

use nalgebra::Point2;
use zeroize::ZeroizeOnDrop;

use super::space::{MarkedGround, SNAP_M};
use crate::grid::shape::middle_of;

/// A path as a polyline between middles of cells, in metres of the grid. It may lie in a home: it prints no
/// geometry and is wiped when dropped.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::home::Footprint;
/// use homeveil::navigate::{FreeSpace, Navigator};
/// let grid = OccupancyGrid::from_drawing(0.5, ".....")?;
/// let space = FreeSpace::of(&grid, Footprint::disc_m(0.1)?, &[]);
/// let path = Navigator::new().path(&space, [0.25, 0.25].into(), [2.25, 0.25].into())?;
/// assert_eq!((path.length_m(), path.grid_cost(), path.points().len()), (2.0, 4 * 70, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, ZeroizeOnDrop)]
pub struct Path {
    points: Vec<[f64; 2]>,
    length_m: f64,
    cost: u32,
}

impl Path {
    pub(super) fn new(
        ground: &MarkedGround,
        corners: impl Iterator<Item = u32>,
        resolution_m: f64,
        cost: u32,
    ) -> Self {
        let metres = |n: i64| middle_of(u32::try_from(n).unwrap_or(0), resolution_m);
        let points: Vec<[f64; 2]> =
            corners.map(|cell| ground.place(cell)).map(|(x, y)| [metres(x), metres(y)]).collect();
        let step = |pair: &[[f64; 2]]| {
            let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
            libm::sqrt(dx * dx + dy * dy)
        };
        let length_m = points.windows(2).map(step).sum();
        Self { points, length_m, cost }
    }

    /// The corners in order, the first where the path begins and the last where it ends: the middle of a free
    /// cell each.
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = Point2<f64>> + '_ {
        self.points.iter().map(|&at| Point2::from(at))
    }

    /// Its length in metres.
    #[must_use]
    pub const fn length_m(&self) -> f64 {
        self.length_m
    }

    /// What the path along cells cost before it was pulled taut: 70 for each straight step, 99 for each
    /// diagonal one. No path along cells costs less.
    #[must_use]
    pub const fn grid_cost(&self) -> u32 {
        self.cost
    }
}

private_debug!(Path);

/// Why there is no path.
///
/// ```
/// use homeveil::navigate::NavigateError;
/// assert_eq!(NavigateError::NoPath.to_string(), "there is no path from the start to the end");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NavigateError {
    /// The start is not finite or farther than [`SNAP_M`] from free space.
    #[error("the start must lie within {SNAP_M} m of where the robot can stand")]
    Start,
    /// The end is not finite or farther than [`SNAP_M`] from free space.
    #[error("the end must lie within {SNAP_M} m of where the robot can stand")]
    End,
    /// Start and end lie in pieces of free space that are not connected.
    #[error("there is no path from the start to the end")]
    NoPath,
}
