//! The picture of a home, for its owner alone.

use super::palette::{DOCK, SOLID, UNCHARTED, UNKNOWN, WALL, redacted, zone_color};
use super::pixels::{Picture, PictureError};
use crate::grid::Cell;
use crate::home::Home;
use crate::key::HouseKey;
use crate::redact::{Redaction, redact_with_cells};

/// Half the side of the dock's mark.
const DOCK_CELLS: f64 = 2.6;

impl Picture {
    /// The private map, one pixel for each cell: walls, redacted rooms hatched, other free cells in the colours of
    /// the release's zones, darker where two rooms meet, the dock marked. For the owner alone.
    ///
    /// # Errors
    /// The redaction is refused, or the map is larger than a picture may be.
    ///
    /// # Complexity
    /// O(cells · radius), as redaction.
    ///
    /// ```
    /// use homeveil::formats::Picture;
    /// use homeveil::home::Footprint;
    /// use homeveil::{Coins, Grant, Policy, anonymize};
    ///
    /// let home = homeveil::synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
    /// let policy = Policy::default();
    /// let (_, key) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), &mut Coins::os())?;
    /// let picture = Picture::of_home(&home, &policy.redaction(), &key)?;
    /// assert!(picture.width() > 100);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_home(home: &Home, redaction: &Redaction, key: &HouseKey) -> Result<Self, PictureError> {
        let (kept, hidden) = redact_with_cells(home, redaction)?;
        let width = u32::try_from(home.shape.width).map_err(|_| PictureError::Side)?;
        let height = u32::try_from(home.shape.height).map_err(|_| PictureError::Side)?;
        let (columns, labels) = (home.shape.width, &kept.labels);
        let seam = |cell: usize| {
            let differs = |other: usize| {
                labels
                    .get(other)
                    .is_some_and(|&label| label != 0 && labels[cell] != 0 && label != labels[cell])
            };
            (cell % columns + 1 < columns && differs(cell + 1)) || differs(cell + columns)
        };
        // All eight neighbours are occupied too: not an edge that the robot saw.
        let solid = |cell: usize| {
            let occupied =
                |row: usize| home.cells[row - 1..row + 2].iter().all(|&other| other == Cell::Occupied);
            let inside = |at: usize, side: usize| at > 0 && at + 1 < side;
            inside(cell % columns, columns)
                && inside(cell / columns, home.shape.height)
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
