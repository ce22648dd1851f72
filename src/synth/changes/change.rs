//! Changes of a map over the weeks: other coordinates, other furniture, shut doors, redrawn rooms.
//!
//! A robot makes its map again now and then, and its owner's app merges and splits rooms. [`RobotMap::changed`] gives a
//! map after a [`Change`]. So tests, examples and anyone's own trials can ask how a key copes with it.

use geo_types::Coord;
use nalgebra::Point2;

use crate::grid::{Cell, MAX_SIDE, OccupancyGrid, Shape, Span, narrow};
use crate::home::{Footprint, RobotMap, Room, RoomId};
use crate::key::Reach;
use crate::noise::Coins;
use crate::segment::scoring::paint;

/// Radius of the robot that gets past new furniture, in metres.
const RADIUS_M: f64 = 0.17;

/// Sides of a block of furniture, in centimetres.
const BLOCK_CM: [u32; 2] = [40, 90];

/// Places tried for a block before it is left out.
const TRIES: u32 = 30;

/// Something that happens to a map.
///
/// ```
/// use homeveil::synth::{Change, sample_home};
///
/// let map = sample_home();
/// let merged = map.changed(Change::Merge(map.rooms[0].id(), map.rooms[1].id()));
/// assert_eq!(merged.rooms.len(), map.rooms.len() - 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The canvas begins some cells further to the left and further down.
    Shift {
        /// Cells added on the left.
        left: u32,
        /// Cells added below.
        below: u32,
    },
    /// The robot was turned when it began the map: a quarter turn to the left.
    QuarterTurn,
    /// New blocks of furniture, 0.4 to 0.9 m a side, where a robot still gets past them.
    Furniture {
        /// How many; fewer if there is no room for them.
        blocks: u32,
        /// Which ones.
        seed: u64,
    },
    /// All doors of a room are shut; the map still shows the room.
    Shut(RoomId),
    /// All doors of a room were shut while the map was made: its cells are unknown.
    Unseen(RoomId),
    /// The second room is given to the first.
    Merge(RoomId, RoomId),
    /// A room is divided in two, across the longer side of its bounds; the new half gets the lowest free number.
    Split(RoomId),
    /// The robot was turned by any angle when it began the map.
    Turn {
        /// Tenths of a degree to the left.
        tenths: u16,
    },
    /// The map is mirrored. No robot does that: what is mirrored is another home.
    Mirror,
    /// The names of all rooms are lost.
    Nameless,
    /// Every room gets the number of the one so many places after it; the kinds stay with their rooms.
    Renumber(u16),
    /// The robot has hardly begun: the map shows what lies within so many decimetres of the dock.
    Begun(u16),
}

impl RobotMap {
    /// The map after a change. An impossible one (a room that does not exist, a canvas over the limits) changes
    /// nothing. A shift or a turn leaves the frame of the map's file behind.
    ///
    /// # Complexity
    /// O(cells), for furniture O(blocks · cells).
    #[must_use]
    pub fn changed(&self, change: Change) -> Self {
        let changed = match change {
            Change::Shift { left, below } => self.shifted(left, below),
            Change::QuarterTurn => self.turned(),
            Change::Furniture { blocks, seed } => self.furnished(blocks, seed),
            Change::Shut(room) => self.closed(room, false),
            Change::Unseen(room) => self.closed(room, true),
            Change::Turn { .. } | Change::Mirror => self.turned_freely(change),
            Change::Nameless => Some(self.nameless()),
            Change::Renumber(by) => self.renumbered(by.into()),
            Change::Begun(decimetres) => self.begun(decimetres.into()),
            Change::Merge(into, from) => self.merged(into, from),
            Change::Split(room) => self.split(room),
        };
        changed.unwrap_or_else(|| self.clone())
    }

    /// The map on a canvas of other sides, each of whose cells is one of this map's or unknown. Places go where the
    /// change takes them.
    pub(super) fn redrawn(
        &self,
        change: Change,
        (width, height): (u32, u32),
        under: impl Fn(u32, u32) -> Option<usize>,
    ) -> Option<Self> {
        let (under, old) = (&under, paint(&self.grid, &self.rooms));
        let cells: Vec<Option<usize>> =
            (0..height).flat_map(|y| (0..width).map(move |x| under(x, y))).collect();
        let state = |cell: &Option<usize>| cell.map_or(Cell::Unknown, |cell| self.grid.cells()[cell]);
        let states = cells.iter().map(state).collect();
        let grid = OccupancyGrid::new(width, height, self.grid.resolution_m(), states).ok()?;
        let labels: Vec<u32> = cells.iter().map(|cell| cell.map_or(0, |cell| old[cell])).collect();
        let mut runs: Vec<Vec<Span>> = vec![Vec::new(); self.rooms.len() + 1];
        for (label, run) in Span::runs(&labels, width as usize) {
            runs[label as usize].push(run);
        }
        let rooms = self.rooms.iter().zip(runs.into_iter().skip(1));
        let rooms = rooms.map(|(room, runs)| Room::new(room.id(), room.kind(), runs)).collect();
        let windows = self.windows_over(cells);
        Some(Self { windows, ..self.with_places(change, grid, rooms) })
    }

    /// A map of other cells and rooms, with this one's dock and keep-outs where the change takes them.
    fn with_places(&self, change: Change, grid: OccupancyGrid, rooms: Vec<Room>) -> Self {
        let place = self.places_after(change);
        let corner = |at: Coord| {
            let at = place(Point2::new(at.x, at.y));
            Coord { x: at.x, y: at.y }
        };
        let keep_outs = self.keep_outs.iter().map(|keep_out| keep_out.moved(corner)).collect();
        Self::new(grid, rooms, self.dock.map(&place), keep_outs)
    }

    /// The rooms, so many cells farther right and up.
    pub(in crate::synth) fn rooms_moved(&self, right: u32, up: u32) -> Vec<Room> {
        let moved = |run: &Span| Span::new(run.x() + right, run.y() + up, run.len()).ok();
        let of = |room: &Room| Room::new(room.id, room.kind, room.runs.iter().filter_map(moved).collect());
        self.rooms.iter().map(of).collect()
    }

    fn shifted(&self, left: u32, below: u32) -> Option<Self> {
        let (width, height) = (self.grid.width(), self.grid.height());
        let (wide, high) = (width.checked_add(left)?, height.checked_add(below)?);
        // Before anything of that size is made.
        if wide > MAX_SIDE || high > MAX_SIDE {
            return None;
        }
        let mut cells = vec![Cell::Unknown; wide as usize * below as usize];
        for row in self.grid.cells().chunks_exact(width as usize) {
            cells.extend(core::iter::repeat_n(Cell::Unknown, left as usize));
            cells.extend_from_slice(row);
        }
        let grid = OccupancyGrid::new(wide, high, self.grid.resolution_m(), cells).ok()?;
        let windows = self.windows.iter().map(|&at| {
            let (x, y) = (at % width as usize, at / width as usize);
            (y + below as usize) * wide as usize + x + left as usize
        });
        let map = self.with_places(Change::Shift { left, below }, grid, self.rooms_moved(left, below));
        Some(Self { windows: windows.collect(), ..map })
    }

    /// The windows of a map whose cells lie over these of this one.
    fn windows_over(&self, cells: Vec<Option<usize>>) -> Vec<usize> {
        let mut is_window = vec![false; self.grid.cells().len()];
        for &at in &self.windows {
            if let Some(window) = is_window.get_mut(at) {
                *window = true;
            }
        }
        let over = |&(_, under): &(usize, Option<usize>)| under.is_some_and(|under| is_window[under]);
        (0..).zip(cells).filter(over).map(|(at, _)| at).collect()
    }

    fn turned(&self) -> Option<Self> {
        let (width, height) = (self.grid.width(), self.grid.height());
        // The cell (x, y) goes to (height − 1 − y, x).
        let under = |x: u32, y: u32| Some((height - 1 - x) as usize * width as usize + y as usize);
        self.redrawn(Change::QuarterTurn, (height, width), under)
    }

    fn furnished(&self, blocks: u32, seed: u64) -> Option<Self> {
        let mut coins = Coins::replayed(seed);
        let (width, height) = (self.grid.width() as usize, self.grid.height() as usize);
        let resolution = self.grid.resolution_m();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a block of some cells")]
        let to_cells = |cm: u32| ((f64::from(cm) / 100.0 / resolution).round() as usize).max(1);
        let below =
            |coins: &mut Coins, n: usize| coins.below(n as u64).ok().and_then(|n| usize::try_from(n).ok());
        let mut map = self.clone();
        let mut count = map.reached()?;
        for _ in 0..blocks {
            for _ in 0..TRIES {
                let cells = map.grid.cells();
                let free: Vec<usize> = (0..cells.len()).filter(|&cell| cells[cell] == Cell::Free).collect();
                let at = *free.get(below(&mut coins, free.len().max(1))?)?;
                let spread = (BLOCK_CM[1] - BLOCK_CM[0]) as usize + 1;
                let mut length = || Some(to_cells(BLOCK_CM[0] + narrow(below(&mut coins, spread)?)));
                let (across, up) = (length()?, length()?);
                let (x, y) = (at % width, at / width);
                if x + across > width || y + up > height {
                    continue;
                }
                let block = || (y..y + up).flat_map(move |row| row * width + x..row * width + x + across);
                if !block().all(|cell| cells[cell] == Cell::Free) || self.is_near_dock(x, y, across, up) {
                    continue;
                }
                let mut fuller = cells.to_vec();
                block().for_each(|cell| fuller[cell] = Cell::Occupied);
                let grid = OccupancyGrid::new(narrow(width), narrow(height), resolution, fuller).ok()?;
                let fuller = Self { grid, ..map.clone() };
                // A block takes the cells around it, and no more: nothing behind it is cut off.
                let margin = 2 * to_cells(20);
                let left = fuller.reached()?;
                if count <= left + (across + margin) * (up + margin) {
                    (map, count) = (fuller, left);
                    break;
                }
            }
        }
        Some(map)
    }

    /// Number of poses that a robot reaches from its dock.
    fn reached(&self) -> Option<usize> {
        let home = self.clone().into_builder(Footprint::disc_m(RADIUS_M).ok()?).build().ok()?;
        Some(Reach::of(&home, &|_| true, &|_| false).poses.count())
    }

    /// A block comes within 0.7 m of the dock.
    fn is_near_dock(&self, x: usize, y: usize, across: usize, up: usize) -> bool {
        let resolution = self.grid.resolution_m();
        let metres = |cells: usize| f64::from(narrow(cells)) * resolution;
        let gap = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
        self.dock.is_some_and(|dock| {
            gap(dock.x, metres(x), metres(x + across)) < 0.7 && gap(dock.y, metres(y), metres(y + up)) < 0.7
        })
    }

    /// A wall in every doorway of a room, and unknown cells behind it if it was not seen.
    fn closed(&self, room: RoomId, unseen: bool) -> Option<Self> {
        let label = narrow(self.rooms.iter().position(|other| other.id() == room)?) + 1;
        let labels = paint(&self.grid, &self.rooms);
        let (width, height) = (self.grid.width() as usize, self.grid.height() as usize);
        let mut cells = self.grid.cells().to_vec();
        for cell in (0..cells.len()).filter(|&cell| labels[cell] == label) {
            let is_door = self.grid.cells()[cell] == Cell::Free
                && Shape::new(width, height)
                    .neighbours(cell)
                    .any(|near| labels[near] != label && self.grid.cells()[near] == Cell::Free);
            if is_door {
                cells[cell] = Cell::Occupied;
            } else if unseen {
                cells[cell] = Cell::Unknown;
            }
        }
        let grid = OccupancyGrid::new(narrow(width), narrow(height), self.grid.resolution_m(), cells).ok()?;
        let mut map = Self { grid, ..self.clone() };
        if unseen {
            map.rooms.retain(|other| other.id() != room);
        }
        Some(map)
    }

    fn merged(&self, into: RoomId, from: RoomId) -> Option<Self> {
        let mut map = self.clone();
        let from = map.rooms.iter().position(|room| room.id() == from)?;
        let place = map.rooms.iter().position(|room| room.id() == into).filter(|&place| place != from)?;
        let mut runs = map.rooms[place].runs().to_vec();
        runs.extend_from_slice(map.rooms[from].runs());
        map.rooms[place] = Room::new(into, map.rooms[place].kind(), runs);
        map.rooms.remove(from);
        Some(map)
    }

    fn split(&self, room: RoomId) -> Option<Self> {
        let place = self.rooms.iter().position(|other| other.id() == room)?;
        let old = &self.rooms[place];
        let left = old.runs().iter().map(|run| run.x()).min()?;
        let right = old.runs().iter().map(|run| run.x() + run.len()).max()?;
        let low = old.runs().iter().map(|run| run.y()).min()?;
        let high = old.runs().iter().map(|run| run.y() + 1).max()?;
        let cells = old.runs().iter().flat_map(|run| (run.columns()).map(|x| (x, run.y())));
        let across = right - left >= high - low;
        let (first, second): (Vec<_>, Vec<_>) =
            cells.partition(|&(x, y)| if across { 2 * x < left + right } else { 2 * y < low + high });
        if first.is_empty() || second.is_empty() {
            return None;
        }
        let single = |cells: Vec<(u32, u32)>| {
            cells.into_iter().map(|(x, y)| Span::of_row(y as usize, x as usize, x as usize + 1)).collect()
        };
        let new =
            (0..=u32::MAX).map(RoomId::new).find(|id| self.rooms.iter().all(|room| room.id() != *id))?;
        let mut map = self.clone();
        map.rooms[place] = Room::new(room, old.kind(), single(first));
        map.rooms.push(Room::new(new, old.kind(), single(second)));
        Some(map)
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::grid::Cell;
    use crate::home::{RobotMap, RoomId};
    use crate::synth::sample_home;

    fn free(map: &RobotMap) -> usize {
        map.grid.cells().iter().filter(|&&cell| cell == Cell::Free).count()
    }

    fn cells(map: &RobotMap, room: usize) -> usize {
        map.rooms[room].runs().iter().map(|run| run.len() as usize).sum()
    }

    #[test]
    fn four_quarter_turns_change_nothing() {
        let map = sample_home();
        let turned = (0..4).fold(map.clone(), |map, _| map.changed(Change::QuarterTurn));
        assert_eq!(turned.grid, map.grid);
        assert!((turned.dock.unwrap() - map.dock.unwrap()).norm() < 1e-9);
        for room in 0..map.rooms.len() {
            assert_eq!(cells(&turned, room), cells(&map, room));
        }
    }

    #[test]
    fn a_shift_beyond_all_limits_changes_nothing() {
        let map = sample_home();
        for far in [u32::MAX, u32::MAX - map.grid.width(), u32::MAX - map.grid.height(), 1 << 14] {
            for (left, below) in [(far, far), (far, 0), (0, far)] {
                assert_eq!(map.changed(Change::Shift { left, below }).grid, map.grid);
            }
        }
    }

    #[test]
    fn furniture_takes_floor_and_cuts_nothing_off() {
        for seed in 0..20 {
            let map = RobotMap::from_seed(seed << 20);
            let with = map.changed(Change::Furniture { blocks: 6, seed });
            assert!(free(&with) <= free(&map));
            let taken = u32::try_from(free(&map) - free(&with)).unwrap();
            let cell_m2 = map.grid.resolution_m() * map.grid.resolution_m();
            assert!(f64::from(taken) * cell_m2 <= 6.0 * 0.96 * 0.96);
        }
        let map = sample_home();
        assert!(free(&map.changed(Change::Furniture { blocks: 6, seed: 1 })) < free(&map));
    }

    #[test]
    fn rooms_are_shut_merged_and_split() {
        let map = sample_home();
        let (first, second) = (map.rooms[0].id(), map.rooms[1].id());
        let shut = map.changed(Change::Shut(first));
        assert!(free(&shut) < free(&map) && free(&shut) + 300 > free(&map));
        let unseen = map.changed(Change::Unseen(first));
        assert_eq!(unseen.rooms.len(), map.rooms.len() - 1);
        let merged = map.changed(Change::Merge(first, second));
        assert_eq!(cells(&merged, 0), cells(&map, 0) + cells(&map, 1));
        let split = map.changed(Change::Split(first));
        let halves = (cells(&split, 0), cells(&split, map.rooms.len()));
        assert_eq!(halves.0 + halves.1, cells(&map, 0));
        assert_eq!(map.changed(Change::Split(RoomId::new(9999))).rooms.len(), map.rooms.len());
    }
}
