//! Rectangles of cells.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A rectangle of cells.
///
/// ```
/// use homeveil::grid::CellRect;
/// let rect = CellRect { x: 2, y: 1, width: 3, height: 2 };
/// assert!(rect.contains(4, 2) && !rect.contains(5, 2));
/// assert_eq!(rect.area(), 6);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub struct CellRect {
    /// First column.
    pub x: u32,
    /// First row, from below.
    pub y: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl CellRect {
    /// Whether the cell in column `x` of row `y` lies in the rectangle.
    #[must_use]
    pub const fn contains(&self, x: u32, y: u32) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// Number of cells.
    #[must_use]
    pub const fn area(&self) -> u32 {
        self.width * self.height
    }
}

/// An axis of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Axis {
    /// Left to right.
    X,
    /// Bottom to top.
    Y,
}

impl Axis {
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }
}

private_debug!(CellRect);
