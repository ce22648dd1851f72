//! Counts the cells of a map by what becomes of them under a key: `served` says what the figures mean.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::served::{OutOfReach, ServedFloor, ServedRoom};
use crate::atlas::{MAX_ZONES, ZoneId};
use crate::grid::components::Components;
use crate::grid::{BitGrid, Cell};
use crate::home::{FIRST_ROOM, Home, RoomId, RoomKind};
use crate::key::{HouseKey, KeyError};

impl HouseKey {
    /// What the zones serve of the home, and what they leave out.
    ///
    /// # Errors
    /// `home` is not the map that the key was built from or fitted to ([`KeyError::OtherMap`]).
    ///
    /// # Complexity
    /// O(cells · radius + rooms²).
    pub fn served(&self, home: &Home) -> Result<ServedFloor, KeyError> {
        // A key without cells that no map was shown is for any.
        let is_for_any = self.shape.len() == 0 && self.known.today().is_none();
        if !is_for_any && !self.is_for(home) {
            return Err(KeyError::OtherMap);
        }
        let mut tally = FloorTally::of(self, home);
        (0..home.shape.len())
            .filter(|&cell| home.cells[cell] == Cell::Free)
            .for_each(|cell| tally.count(cell));
        Ok(tally.into_served())
    }
}

/// The cells of a map so far.
struct FloorTally<'a> {
    key: &'a HouseKey,
    home: &'a Home,
    /// What could be cleaned without keep-outs and bars.
    without_keep_outs: Cow<'a, BitGrid>,
    /// The number of the room of each piece.
    room_of: Vec<Option<usize>>,
    rooms: Vec<RoomCells>,
    all: u32,
    redacted: u32,
    in_zones: u32,
    today: u32,
    without_room: u32,
    unnamed: u32,
}

impl<'a> FloorTally<'a> {
    /// Nothing is counted.
    ///
    /// # Complexity
    /// O(rooms²); O(cells · radius) where anything is kept out.
    fn of(key: &'a HouseKey, home: &'a Home) -> Self {
        let mut ids: Vec<(RoomId, Option<RoomKind>)> =
            home.pieces.iter().map(|piece| (piece.id, piece.kind)).collect();
        ids.sort_unstable();
        ids.dedup();
        let room_of =
            home.pieces.iter().map(|piece| ids.iter().position(|&(id, _)| id == piece.id)).collect();
        Self {
            key,
            home,
            without_keep_outs: without_keep_outs(key, home),
            room_of,
            rooms: ids.into_iter().map(|(id, kind)| RoomCells::none(id, kind)).collect(),
            all: 0,
            redacted: 0,
            in_zones: 0,
            today: 0,
            without_room: 0,
            unnamed: 0,
        }
    }

    /// Counts a free cell.
    fn count(&mut self, cell: usize) {
        self.all += 1;
        let piece = self.home.labels[cell].checked_sub(FIRST_ROOM).map(usize::from);
        let room = piece.and_then(|piece| self.room_of.get(piece).copied().flatten());
        let room = room.and_then(|room| self.rooms.get_mut(room));
        if self.key.drive.redacted.has(cell) {
            self.redacted += 1;
            if let Some(room) = room {
                room.redacted += 1;
            }
            return;
        }
        let zone = self.key.zone_at(cell);
        let in_zone = u32::from(zone.is_some());
        let today = u32::from(zone.is_some() && self.key.drive.is_cleanable(cell));
        self.in_zones += in_zone;
        self.today += today;
        let Some(room) = room else {
            self.without_room += 1 - in_zone;
            self.unnamed += in_zone;
            return;
        };
        room.all += 1;
        if let Some(count) = zone.and_then(|zone| room.zones.get_mut(usize::from(zone))) {
            *count += 1;
        }
        room.in_zones += in_zone;
        room.today += today;
        room.without_keep_outs += u32::from(zone.is_some() && self.without_keep_outs.has(cell));
    }

    /// What was counted, in m².
    fn into_served(self) -> ServedFloor {
        let m2 = |cells: u32| self.home.area_m2(cells.into());
        let room = |room: &RoomCells| ServedRoom {
            id: room.id,
            kind: room.kind,
            area_m2: m2(room.all),
            redacted_m2: m2(room.redacted),
            in_zones_m2: m2(room.in_zones),
            today_m2: m2(room.today),
            zones: room.zones(),
            out_of_reach: room.why(self.in_zones, self.key.closed.is_closed()),
        };
        ServedFloor {
            free_m2: m2(self.all),
            redacted_m2: m2(self.redacted),
            in_zones_m2: m2(self.in_zones),
            today_m2: m2(self.today),
            outside_m2: m2(self.all - self.redacted - self.in_zones),
            without_room_m2: m2(self.without_room),
            unnamed_m2: m2(self.unnamed),
            rooms: self.rooms.iter().filter(|room| room.all + room.redacted > 0).map(room).collect(),
        }
    }
}

/// What the robot would sweep from where it gets to, were there no keep-outs and no bars; where these leave it nowhere
/// to stand, from wherever it could.
fn without_keep_outs<'a>(key: &'a HouseKey, home: &Home) -> Cow<'a, BitGrid> {
    let (shape, disc) = (home.shape, home.disc());
    if key.shape != shape {
        return Cow::Owned(BitGrid::none(shape));
    }
    if home.keep_outs.is_empty() {
        return Cow::Borrowed(key.drive.coverage());
    }
    let stand = BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free).eroded(&disc);
    let pieces = Components::of_sets(&[&stand]);
    let mut reached = vec![false; pieces.list.len()];
    for run in pieces.runs.iter().filter(|run| run.label == 1) {
        reached[run.component as usize] |= run.cells(shape.width).any(|cell| key.drive.is_pose(cell));
    }
    let poses = if reached.contains(&true) {
        pieces.cells_where(shape, &|piece| reached[piece as usize])
    } else {
        stand
    };
    Cow::Owned(poses.dilated(&disc))
}

/// Cells of a room.
struct RoomCells {
    id: RoomId,
    kind: Option<RoomKind>,
    all: u32,
    redacted: u32,
    /// In each zone.
    zones: [u32; MAX_ZONES as usize],
    in_zones: u32,
    /// Of those what can be cleaned today.
    today: u32,
    /// Of those what could be cleaned without keep-outs.
    without_keep_outs: u32,
}

impl RoomCells {
    const fn none(id: RoomId, kind: Option<RoomKind>) -> Self {
        let zones = [0; MAX_ZONES as usize];
        Self { id, kind, all: 0, redacted: 0, zones, in_zones: 0, today: 0, without_keep_outs: 0 }
    }

    fn zones(&self) -> Vec<ZoneId> {
        let counts = (1..).zip(self.zones).filter(|&(_, cells)| cells > 0 && 10 * cells >= self.all);
        counts.map(|(number, _)| ZoneId::new(number)).collect()
    }

    /// Why the room is out of reach, if it is; `in_any_zone` counts the cells of all zones.
    const fn why(&self, in_any_zone: u32, is_closed: bool) -> Option<OutOfReach> {
        if 2 * self.today >= self.all {
            None
        } else if in_any_zone == 0 {
            Some(OutOfReach::NoZones)
        } else if 2 * self.in_zones < self.all {
            Some(OutOfReach::Apart)
        } else if is_closed {
            Some(OutOfReach::Closed)
        } else if 2 * self.without_keep_outs >= self.all {
            Some(OutOfReach::KeptOut)
        } else {
            Some(OutOfReach::Blocked)
        }
    }
}
