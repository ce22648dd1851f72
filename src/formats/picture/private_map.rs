//! The picture of a home, for its owner alone.

use super::palette::{DOCK, SOLID, UNCHARTED, UNKNOWN, WALL, redacted, zone_color};
use super::pixels::Picture;
use crate::atlas::ZoneId;
use crate::grid::{Cell, narrow};
use crate::home::Home;
use crate::key::HouseKey;
use crate::redact::{RedactError, Redaction, redact_with_cells};

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
    pub fn of_home(home: &Home, redaction: &Redaction, key: &HouseKey) -> Result<Self, RedactError> {
        let (kept, hidden) = redact_with_cells(home, redaction)?;
        let (shape, labels) = (home.shape, &kept.labels);
        let place = |cell: usize| (narrow(cell % shape.width), narrow(cell / shape.width));
        let differs = |cell: usize, other: usize| {
            labels.get(other).is_some_and(|&label| label != 0 && labels[cell] != 0 && label != labels[cell])
        };
        let seam = |cell: usize| {
            (!(cell + 1).is_multiple_of(shape.width) && differs(cell, cell + 1))
                || differs(cell, cell + shape.width)
        };
        // All eight neighbours are occupied too: not an edge that the robot saw.
        let solid = |cell: usize| {
            let (x, y) = shape.place(narrow(cell));
            let occupied = |at: Option<usize>| at.is_some_and(|at| home.cells[at] == Cell::Occupied);
            (-1..=1).all(|dy| (-1..=1).all(|dx| occupied(shape.cell(x + dx, y + dy))))
        };
        let on_dock = |cell: usize| {
            let (x, y) = place(cell);
            let near =
                |at: u32, dock_m: f64| (f64::from(at) + 0.5 - dock_m / home.resolution_m).abs() < DOCK_CELLS;
            home.dock.is_some_and(|dock| near(x, dock.x) && near(y, dock.y))
        };
        let picture =
            Self::of_labels(narrow(shape.width), narrow(shape.height), 1, |cell| match home.cells[cell] {
                _ if on_dock(cell) => DOCK,
                Cell::Occupied if solid(cell) => SOLID,
                Cell::Occupied => WALL,
                Cell::Unknown => UNKNOWN,
                Cell::Free if hidden.cells[cell] => {
                    let (x, y) = place(cell);
                    redacted(x, y)
                }
                Cell::Free => {
                    let color = key.zone_at(cell).map(ZoneId::of_index).map_or(UNCHARTED, zone_color);
                    if seam(cell) { color.map(|part| part - part / 4) } else { color }
                }
            });
        Ok(picture.expect("a home has no more cells than a picture may have pixels"))
    }
}
