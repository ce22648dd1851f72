//! A way found, and why there is none.

use core::fmt;

use nalgebra::Point2;
use zeroize::ZeroizeOnDrop;

use super::space::{Ground, SNAP_M};

/// A way as a polyline between middles of cells, in metres of the grid. It may lie in a home: it prints no
/// geometry and is wiped when dropped.
#[derive(Clone, PartialEq, ZeroizeOnDrop)]
pub struct Path {
    points: Vec<[f64; 2]>,
    length_m: f64,
    cost: u32,
}

impl Path {
    pub(super) fn new(
        ground: &Ground,
        corners: impl Iterator<Item = u32>,
        resolution_m: f64,
        cost: u32,
    ) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "columns and rows are below 2^24")]
        let metres = |n: i64| (n as f64 + 0.5) * resolution_m;
        let points: Vec<[f64; 2]> =
            corners.map(|cell| ground.place(cell)).map(|(x, y)| [metres(x), metres(y)]).collect();
        let step = |pair: &[[f64; 2]]| {
            let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
            (dx * dx + dy * dy).sqrt()
        };
        let length_m = points.windows(2).map(step).sum();
        Self { points, length_m, cost }
    }

    /// The corners in order, the first where the way begins and the last where it ends: the middle of a free
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

    /// What the way along cells cost before it was pulled taut: 70 for each straight step, 99 for each
    /// diagonal one. No way along cells costs less.
    #[must_use]
    pub const fn grid_cost(&self) -> u32 {
        self.cost
    }
}

/// Prints no geometry.
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Path").finish_non_exhaustive()
    }
}

/// Why there is no path.
///
/// ```
/// use homeveil::navigate::NavigateError;
/// assert_eq!(NavigateError::NoPath.to_string(), "there is no path from the start to the end");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NavigateError {
    /// The start is no number or farther than [`SNAP_M`] from free space.
    #[error("the start must lie within {SNAP_M} m of where the robot can stand")]
    Start,
    /// The end is no number or farther than [`SNAP_M`] from free space.
    #[error("the end must lie within {SNAP_M} m of where the robot can stand")]
    End,
    /// Start and end lie in pieces of free space that are not connected.
    #[error("there is no path from the start to the end")]
    NoPath,
}
