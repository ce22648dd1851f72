//! Homes from drawings, for examples and tests.

use alloc::vec::Vec;

use nalgebra::Point2;

use super::{Footprint, Home, HomeBuilder, HomeError, Room, RoomId, RoomKind};
use crate::grid::occupancy::rows_of;
use crate::grid::shape::middle_of;
use crate::grid::{OccupancyGrid, Span};

impl Home {
    /// A builder from a drawing, one character a cell: the letters `a` to `z` are the floor of rooms 1 to 26,
    /// a capital letter is its room's floor with the dock on it, `.` is floor without a room, `#` a wall, a
    /// blank unknown. `kinds` gives kinds by letter.
    ///
    /// # Errors
    /// The drawing makes no valid grid.
    ///
    /// ```
    /// use homeveil::home::{Footprint, Home, RoomKind};
    /// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
    ///     ###########
    ///     #aaaa#bbbb#
    ///     #aAaabbbbb#
    ///     #aaaabbbbb#
    ///     #aaaabbbbb#
    ///     ###########
    /// ", &[('b', RoomKind::Bedroom)])?.build()?;
    /// assert_eq!(home.rooms().len(), 2);
    /// # Ok::<(), homeveil::home::HomeError>(())
    /// ```
    pub fn from_drawing(
        resolution_m: f64,
        footprint: Footprint,
        drawing: &str,
        kinds: &[(char, RoomKind)],
    ) -> Result<HomeBuilder, HomeError> {
        let grid = OccupancyGrid::from_drawing(resolution_m, drawing)?;
        let mut rooms: Vec<Room> = Vec::new();
        let mut dock = None;
        for (y, row) in (0_u32..).zip(rows_of(drawing)) {
            for (x, letter) in (0_u32..).zip(row) {
                if !letter.is_ascii_alphabetic() {
                    continue;
                }
                if letter.is_ascii_uppercase() {
                    dock = Some(Point2::new(middle_of(x, resolution_m), middle_of(y, resolution_m)));
                }
                let letter = letter.to_ascii_lowercase();
                let id = RoomId::new(u32::from(letter) - u32::from('a') + 1);
                let run = Span::new(x, y, 1)?;
                if let Some(room) = rooms.iter_mut().find(|room| room.id == id) {
                    room.runs.push(run);
                } else {
                    let kind = kinds.iter().find(|(c, _)| *c == letter).map(|(_, kind)| *kind);
                    rooms.push(Room::new(id, kind, vec![run]));
                }
            }
        }
        let builder = Self::builder(grid, footprint).rooms(rooms);
        Ok(match dock {
            Some(dock) => builder.dock(dock),
            None => builder,
        })
    }
}
