//! Homes from drawings, for examples and tests.

use nalgebra::Point2;

use super::{Footprint, Home, HomeBuilder, HomeError, Room, RoomId, RoomKind};
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
        let lines: Vec<&str> = drawing.lines().filter(|line| !line.trim().is_empty()).collect();
        let indent = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
        let mut rooms: Vec<Room> = Vec::new();
        let mut dock = None;
        for (y, line) in (0_u32..).zip(lines.iter().rev()) {
            for (x, letter) in (0_u32..).zip(line.trim_end().chars().skip(indent)) {
                if !letter.is_ascii_alphabetic() {
                    continue;
                }
                if letter.is_ascii_uppercase() {
                    let centre = |n: u32| (f64::from(n) + 0.5) * resolution_m;
                    dock = Some(Point2::new(centre(x), centre(y)));
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
