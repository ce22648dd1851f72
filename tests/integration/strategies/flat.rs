//! A slicing floor plan, and what can be done to it before it is drawn.

use core::fmt;

use homeveil::grid::Cell;
use homeveil::home::RoomKind;

use super::drawing::{Barrier, Cells, Drawing, Square};

/// Metres of a cell of a flat. At a radius of 0.10 to 0.15 m the robot needs 3 cells, and every door has at
/// least 5.
const RESOLUTION_M: f64 = 0.1;

/// A door: cells in the wall between two rooms.
#[derive(Clone, PartialEq)]
pub(crate) struct Opening {
    pub(crate) rooms: [u8; 2],
    pub(crate) cells: Vec<(u32, u32)>,
    /// What its cells are.
    pub(crate) floor: Square,
}

/// Clutter: cells of one room that touch, also over corners, neither a wall nor a door.
#[derive(Clone, PartialEq)]
pub(crate) struct Blob {
    pub(crate) cells: Vec<(u32, u32)>,
    pub(crate) cell: Cell,
}

/// A slicing floor plan, see the [module](self).
#[derive(Clone)]
pub(crate) struct Flat {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rooms: Vec<Cells>,
    pub(crate) ids: Vec<(u32, RoomKind)>,
    pub(crate) doors: Vec<Opening>,
    pub(crate) dock: Option<(u32, u32)>,
    pub(crate) blobs: Vec<Blob>,
    pub(crate) barriers: Vec<Barrier>,
    pub(crate) radius_m: f64,
}

impl Flat {
    pub(crate) fn draw(&self) -> Drawing {
        let mut squares = vec![Square::Wall; (self.width * self.height) as usize];
        let mut paint = |(x, y): (u32, u32), square| squares[(y * self.width + x) as usize] = square;
        for (room, cells) in (0..).zip(&self.rooms) {
            cells.iter().for_each(|at| paint(at, Square::Room(room)));
        }
        for door in &self.doors {
            door.cells.iter().for_each(|&at| paint(at, door.floor));
        }
        for blob in &self.blobs {
            blob.cells.iter().for_each(|&at| paint(at, Square::Clutter(blob.cell)));
        }
        Drawing {
            width: self.width,
            height: self.height,
            squares,
            rooms: self.ids.clone(),
            dock: self.dock,
            barriers: self.barriers.clone(),
            resolution_m: RESOLUTION_M,
            radius_m: self.radius_m,
        }
    }

    /// Without clutter and keep-outs.
    pub(crate) fn bare(&self) -> Self {
        Self { blobs: Vec::new(), barriers: Vec::new(), ..self.clone() }
    }

    /// With all doors part of a room.
    pub(crate) fn tight(&self) -> Self {
        let mut flat = self.clone();
        for door in flat.doors.iter_mut().filter(|door| door.floor == Square::Loose) {
            door.floor = Square::Room(door.rooms[0]);
        }
        flat
    }

    /// With some doors, those whose bits are set, as strips of the unknown; none of a room that is said.
    pub(crate) fn with_strips(&self, bits: u32, but: Option<u8>) -> Self {
        let mut flat = self.clone();
        let doors = (0..).zip(&mut flat.doors).filter(|(number, _)| bits >> (number % 32) & 1 == 1);
        for (_, door) in doors.filter(|(_, door)| but.is_none_or(|room| !door.rooms.contains(&room))) {
            door.floor = Square::Unknown;
        }
        flat
    }

    /// With the dock in a room: in the first one where it is in none.
    pub(crate) fn docked(&self) -> Self {
        let inside = self.dock.filter(|&(x, y)| self.rooms.iter().any(|room| room.contains(x, y)));
        Self { dock: inside.or(Some((1, 1))), ..self.clone() }
    }

    /// Makes a room a dead end: all its doors but one are walled up, and the dock is moved out. Gives the
    /// room, and the one that it hangs from.
    pub(crate) fn with_dead_end(&self, pick: u16) -> (Self, u8, u8) {
        let mut flat = self.clone();
        let door = usize::from(pick) / 2 % flat.doors.len();
        let [one, other] = flat.doors[door].rooms;
        let (end, host) = if pick.is_multiple_of(2) { (one, other) } else { (other, one) };
        let mut number = 0..;
        flat.doors.retain(|opening| number.next() == Some(door) || !opening.rooms.contains(&end));
        let inside = flat.dock.is_some_and(|(x, y)| {
            let near = Cells {
                x: flat.rooms[usize::from(end)].x - 1,
                y: flat.rooms[usize::from(end)].y - 1,
                width: flat.rooms[usize::from(end)].width + 2,
                height: flat.rooms[usize::from(end)].height + 2,
            };
            near.contains(x, y)
        });
        if inside || flat.dock.is_none() {
            let room = flat.rooms[usize::from(host)];
            flat.dock = Some((room.x + room.width / 2, room.y + room.height / 2));
        }
        (flat, end, host)
    }

    /// The drawing with all floor of a room, and what stands on it, made something else.
    pub(crate) fn drawn_without(&self, room: u8, instead: Square) -> Drawing {
        let cells = self.rooms[usize::from(room)];
        self.draw().repainted(|x, y, square| {
            if cells.contains(x, y) || square == Square::Room(room) { instead } else { square }
        })
    }
}

impl fmt::Debug for Flat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draw().fmt(f)
    }
}
