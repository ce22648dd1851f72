//! The picture of a home, for its owner alone.

use super::palette::{DOCK, Rgb, SOLID, UNCHARTED, UNKNOWN, WALL, darker, kept_out, redacted, zone_color};
use super::pixels::Picture;
use crate::atlas::{MAX_ZONES, ZoneId};
use crate::grid::{Cell, Shape, narrow};
use crate::home::keep_out::cover_all;
use crate::home::{FIRST_ROOM, Home, HomeError, RoomId};
use crate::key::HouseKey;
use crate::redact::{Redaction, redact_with_cells};

/// Half the side of the dock's mark.
const DOCK_CELLS: f64 = 2.6;

impl Picture {
    /// The private map, one pixel for each cell: walls, redacted rooms hatched, other free cells in the colours of
    /// the release's zones, darker where two rooms meet, no-go areas and virtual walls in thin stripes, the dock
    /// marked. For the owner alone.
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
    pub fn of_home(home: &Home, redaction: &Redaction, key: &HouseKey) -> Result<Self, HomeError> {
        let (kept, hidden) = redact_with_cells(home, redaction)?;
        Ok(Self::of_private(home, |cell, x, y| {
            if hidden.cells[cell] {
                return redacted(x, y);
            }
            let color = key.zone_at(cell).map(ZoneId::of_index).map_or(UNCHARTED, zone_color);
            if is_seam(&kept.labels, home.shape, cell) { darker(color) } else { color }
        }))
    }

    /// The private map before anything is drawn, one pixel for each cell: walls, the rooms in colours that repeat,
    /// darker where two of them meet, the dock marked. For the owner alone, to choose from; see
    /// [`room_labels`](Self::room_labels).
    ///
    /// # Complexity
    /// O(cells + rooms²).
    ///
    /// ```
    /// use homeveil::formats::Picture;
    /// use homeveil::home::Footprint;
    ///
    /// let home = homeveil::synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
    /// let picture = Picture::of_rooms(&home).fit(768).room_labels(&home);
    /// assert!(picture.width() > 100);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_rooms(home: &Home) -> Self {
        let mut ids: Vec<RoomId> = home.pieces.iter().map(|piece| piece.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let colors: Vec<Rgb> = home
            .pieces
            .iter()
            .map(|piece| {
                let at = ids.binary_search(&piece.id).unwrap_or(0) % usize::from(MAX_ZONES);
                u8::try_from(at).map(ZoneId::of_index).map_or(UNCHARTED, zone_color)
            })
            .collect();
        Self::of_private(home, |cell, _, _| {
            let label = home.labels[cell].checked_sub(FIRST_ROOM);
            let color = label.and_then(|piece| colors.get(usize::from(piece))).copied().unwrap_or(UNCHARTED);
            if is_seam(&home.labels, home.shape, cell) { darker(color) } else { color }
        })
    }

    /// Walls, the dock, keep-outs, and free cells in the colours that `free` gives by index, column and row.
    fn of_private(home: &Home, free: impl Fn(usize, u32, u32) -> Rgb) -> Self {
        let shape = home.shape;
        // All eight neighbours are occupied too: not an edge that the robot saw.
        let solid = |cell: usize| {
            let (x, y) = shape.place(narrow(cell));
            let occupied = |at: Option<usize>| at.is_some_and(|at| home.cells[at] == Cell::Occupied);
            (-1..=1).all(|dy| (-1..=1).all(|dx| occupied(shape.cell(x + dx, y + dy))))
        };
        let on_dock = |x: u32, y: u32| {
            let near =
                |at: u32, dock_m: f64| (f64::from(at) + 0.5 - dock_m / home.resolution_m).abs() < DOCK_CELLS;
            home.dock.is_some_and(|dock| near(x, dock.x) && near(y, dock.y))
        };
        let mut barred = vec![false; if home.keep_outs.is_empty() { 0 } else { shape.len() }];
        cover_all(&home.keep_outs, home.resolution_m, shape, |cell| barred[cell] = true);
        let picture = Self::of_labels(narrow(shape.width), narrow(shape.height), 1, |cell| {
            let (x, y) = (narrow(cell % shape.width), narrow(cell / shape.width));
            match home.cells[cell] {
                _ if on_dock(x, y) => DOCK,
                Cell::Occupied if solid(cell) => SOLID,
                Cell::Occupied => WALL,
                Cell::Unknown => UNKNOWN,
                Cell::Free if barred.get(cell) == Some(&true) => kept_out(x, y, free(cell, x, y)),
                Cell::Free => free(cell, x, y),
            }
        });
        picture.expect("a home has no more cells than a picture may have pixels")
    }
}

/// Whether another room lies to the right of a cell or above it.
fn is_seam(labels: &[u16], shape: Shape, cell: usize) -> bool {
    let differs = |other: usize| {
        labels.get(other).is_some_and(|&label| label != 0 && labels[cell] != 0 && label != labels[cell])
    };
    (!(cell + 1).is_multiple_of(shape.width) && differs(cell + 1)) || differs(cell + shape.width)
}

#[cfg(test)]
mod tests {
    use super::Picture;
    use crate::drawings::builder;
    use crate::home::KeepOut;

    #[test]
    fn what_keeps_the_robot_out_is_drawn() {
        let flat = "aaaaaaaa\naAaaaaaa\naaaaaaaa\naaaaaaaa\naaaaaaaa";
        let wall = KeepOut::Wall(geo_types::Line::new((0.75, 0.05), (0.75, 0.45)));
        let home = |keep_outs: Vec<KeepOut>| {
            Picture::of_rooms(&builder(flat, &[]).keep_out(keep_outs).build().unwrap())
        };
        let (bare, barred) = (home(Vec::new()), home(vec![wall]));
        for y in 0..5 {
            assert!(bare.get(7, y) != barred.get(7, y), "row {y}");
            assert_eq!(bare.get(5, y), barred.get(5, y), "row {y}");
        }
    }
}
