//! Homes of some dozen cells: a release of one takes microseconds, so that a million can be drawn.

use homeveil::Coins;
use homeveil::grid::{Cell, OccupancyGrid, Span};
use homeveil::home::{KeepOut, RobotMap, Room, RoomId, RoomKind};
use homeveil::noise::CoinError;
use nalgebra::Point2;

use super::Subject;
use crate::AuditError;

/// Side of a cell, in metres.
const CELL_M: f64 = 0.5;

const SIDES: [usize; 2] = [12, 9];

/// Kinds of rooms; the last is redacted by default.
const KINDS: [RoomKind; 5] =
    [RoomKind::Living, RoomKind::Kitchen, RoomKind::Office, RoomKind::Hallway, RoomKind::Bedroom];

/// A plan of a tiny home, to be changed cell by cell.
#[derive(Clone, Debug)]
pub(crate) struct Tiny {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// The room of each cell, row by row from the lower left; nothing for a cell that is not known.
    pub(crate) room: Vec<Option<usize>>,
    /// Cells that furniture or a wall stands on.
    pub(crate) occupied: Vec<usize>,
    /// Number and kind of each room, in the order of the robot's list.
    pub(crate) rooms: Vec<(u32, RoomKind)>,
    /// The cell of the dock.
    pub(crate) dock: usize,
    pub(crate) keep_outs: Vec<KeepOut>,
}

impl Tiny {
    /// A random one of 2 to 8 rooms, each a place and the cells nearest to it.
    pub(crate) fn random(seed: u64) -> Result<Self, CoinError> {
        let mut coins = Coins::replayed(seed);
        let mut below = |n: usize| coins.below(n as u64).map(|number| usize::try_from(number).unwrap_or(0));
        let [width, height] = SIDES;
        let count = 2 + below(7)?;
        let mut places = Vec::new();
        for _ in 0..count {
            places.push((below(width)?, below(height)?));
        }
        places.sort_unstable();
        places.dedup();
        let nearest = |cell: usize| {
            let (x, y) = (cell % width, cell / width);
            let far = |&(_, &(a, b)): &(usize, &(usize, usize))| x.abs_diff(a) + y.abs_diff(b);
            places.iter().enumerate().min_by_key(far).map(|(room, _)| room)
        };
        let mut rooms = Vec::new();
        for id in (1..).take(places.len()) {
            rooms.push((id, KINDS[below(KINDS.len() - 1)?]));
        }
        let dock = below(width * height)?;
        let room: Vec<Option<usize>> = (0..width * height).map(nearest).collect();
        // One room of many is redacted, never the dock's.
        let gone = below(rooms.len())?;
        if rooms.len() > 3 && room[dock] != Some(gone) {
            rooms[gone].1 = RoomKind::Bedroom;
        }
        Ok(Self { width, height, room, occupied: Vec::new(), rooms, dock, keep_outs: Vec::new() })
    }

    /// Cells next to one, by sides.
    pub(crate) fn around(&self, cell: usize) -> impl Iterator<Item = usize> + use<> {
        let (wide, tall, x, y) = (self.width, self.height, cell % self.width, cell / self.width);
        [
            (x > 0).then(|| cell - 1),
            (x + 1 < wide).then_some(cell + 1),
            (y > 0).then(|| cell - wide),
            (y + 1 < tall).then_some(cell + wide),
        ]
        .into_iter()
        .flatten()
    }

    /// The rooms next to one.
    pub(crate) fn neighbours(&self, room: usize) -> Vec<usize> {
        let cells = (0..self.room.len()).filter(|&cell| self.room[cell] == Some(room));
        let mut found: Vec<usize> = cells
            .flat_map(|cell| self.around(cell))
            .filter_map(|near| self.room[near])
            .filter(|&near| near != room)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The home.
    pub(crate) fn subject(&self) -> Result<Subject, AuditError> {
        let cell = |(cell, room): (usize, &Option<usize>)| match room {
            _ if self.occupied.contains(&cell) => Cell::Occupied,
            Some(_) => Cell::Free,
            None => Cell::Unknown,
        };
        let cells = self.room.iter().enumerate().map(cell).collect();
        let [width, height] = [self.width, self.height].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
        let grid = OccupancyGrid::new(width, height, CELL_M, cells)?;
        let mut rooms = Vec::new();
        for (number, &(id, kind)) in self.rooms.iter().enumerate() {
            let mut runs = Vec::new();
            for (cell, _) in self.room.iter().enumerate().filter(|(_, of)| **of == Some(number)) {
                let [x, y] =
                    [cell % self.width, cell / self.width].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                runs.push(Span::new(x, y, 1)?);
            }
            rooms.push(Room::new(RoomId::new(id), Some(kind), runs));
        }
        let [x, y] = [self.dock % self.width, self.dock / self.width].map(|n| (n as f64 + 0.5) * CELL_M);
        Subject::new(RobotMap::new(grid, rooms, Some(Point2::new(x, y)), self.keep_outs.clone()))
    }
}
