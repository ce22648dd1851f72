//! The picture of a home for its owner.

use super::palette::{DOCK, SOLID, UNCHARTED, UNKNOWN, WALL, redacted, zone_color};
use super::pixels::{Picture, PictureError};
use crate::grid::Cell;
use crate::home::Home;
use crate::key::HouseKey;
use crate::redact::{RedactError, Redaction, redact_with_cells};

/// Half the side of the dock's mark.
const DOCK_CELLS: f64 = 2.6;

impl Picture {
    /// The private map, one pixel a cell: walls, redacted rooms hatched, the rest of the floor in the colours
    /// of the release's zones, pale where a room meets another, the dock marked. For the owner alone.
    ///
    /// # Errors
    /// The redaction is refused, or the map is larger than a picture may be.
    ///
    /// # Complexity
    /// O(cells · radius), as redaction.
    pub fn of_home(home: &Home, redaction: &Redaction, key: &HouseKey) -> Result<Self, PrivateMapError> {
        let (kept, hidden) = redact_with_cells(home, redaction)?;
        let width = u32::try_from(home.width).map_err(|_| PictureError::Side)?;
        let height = u32::try_from(home.height).map_err(|_| PictureError::Side)?;
        let (columns, labels) = (home.width, &kept.labels);
        let seam = |cell: usize| {
            let differs = |other: usize| {
                labels
                    .get(other)
                    .is_some_and(|&label| label != 0 && labels[cell] != 0 && label != labels[cell])
            };
            (cell % columns + 1 < columns && differs(cell + 1)) || differs(cell + columns)
        };
        // Occupied with all eight neighbours: not an edge that the robot saw.
        let solid = |cell: usize| {
            let occupied =
                |row: usize| home.cells[row - 1..row + 2].iter().all(|&other| other == Cell::Occupied);
            let inside = |at: usize, side: usize| at > 0 && at + 1 < side;
            inside(cell % columns, columns)
                && inside(cell / columns, home.height)
                && [cell - columns, cell, cell + columns].into_iter().all(occupied)
        };
        let dock = home.dock.map(|dock| [dock.x, dock.y].map(|at| at / home.resolution_m));
        let on_dock = |cell: usize| {
            let near = |at: usize, centre: f64| {
                u32::try_from(at).is_ok_and(|at| (f64::from(at) + 0.5 - centre).abs() < DOCK_CELLS)
            };
            dock.is_some_and(|[x, y]| near(cell % columns, x) && near(cell / columns, y))
        };
        let picture = Self::of_labels(width, height, 1, |cell| match home.cells[cell] {
            _ if on_dock(cell) => DOCK,
            Cell::Occupied if solid(cell) => SOLID,
            Cell::Occupied => WALL,
            Cell::Unknown => UNKNOWN,
            Cell::Free if hidden.cells[cell] => {
                let at = |n: usize| u32::try_from(n).unwrap_or(0);
                redacted(at(cell % columns), at(cell / columns))
            }
            Cell::Free => {
                let color = key.zone_of_cell(cell).map_or(UNCHARTED, zone_color);
                if seam(cell) { color.map(|part| part - part / 4) } else { color }
            }
        })?;
        Ok(picture)
    }
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrivateMapError {
    /// The redaction is refused.
    Redact(RedactError),
    /// The map is larger than a picture may be.
    Picture(PictureError),
}

impl core::fmt::Display for PrivateMapError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Redact(error) => error.fmt(f),
            Self::Picture(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for PrivateMapError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(match self {
            Self::Redact(error) => error,
            Self::Picture(error) => error,
        })
    }
}

impl From<RedactError> for PrivateMapError {
    fn from(error: RedactError) -> Self {
        Self::Redact(error)
    }
}

impl From<PictureError> for PrivateMapError {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}
