//! Random homes, valid by construction, that shrink to small drawings.
//!
//! A [`Flat`] is a slicing floor plan: a rectangle of floor cut by walls of one cell into rooms of at least 6
//! × 6 cells, doors of 5 to 7 cells in shared walls, a dock, clutter that stands free in a room, keep-outs.
//! [`Flat::draw`] paints it as a [`Drawing`], which can be turned, scaled, moved and renumbered cell by cell,
//! and which becomes a [`Home`] through the public builder. A failing case prints the drawing.

use core::fmt;
use core::ops::RangeInclusive;

use geo_types::{Coord, Line, Polygon, coord, polygon};
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{CellRun, Footprint, Home, KeepOut, Room, RoomId, RoomKind};
use nalgebra::Point2;
use proptest::collection::vec;
use proptest::prelude::*;

/// Metres of a cell of a flat. At a radius of 0.10 to 0.15 m the robot needs 3 cells, and every door has at
/// least 5.
const RESOLUTION_M: f64 = 0.1;

/// Least side of a room, in cells: a door fits into it, and clutter that touches no wall.
const LEAST_ROOM: u32 = 6;

/// Least width of a door, in cells.
const LEAST_DOOR: u32 = 5;

/// Kinds that the default policy does not withhold.
const OPEN_KINDS: [RoomKind; 6] = [
    RoomKind::Living,
    RoomKind::Kitchen,
    RoomKind::Dining,
    RoomKind::Hallway,
    RoomKind::Office,
    RoomKind::Other,
];

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Cells {
    pub(crate) fn contains(self, x: u32, y: u32) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    fn iter(self) -> impl Iterator<Item = (u32, u32)> {
        (self.y..self.y + self.height).flat_map(move |y| (self.x..self.x + self.width).map(move |x| (x, y)))
    }

    /// As a polygon in metres.
    pub(crate) fn polygon(self, resolution_m: f64) -> Polygon<f64> {
        let [left, low] = [self.x, self.y].map(|side| f64::from(side) * resolution_m);
        let [right, high] =
            [self.x + self.width, self.y + self.height].map(|side| f64::from(side) * resolution_m);
        polygon![(x: left, y: low), (x: right, y: low), (x: right, y: high), (x: left, y: high)]
    }
}

/// One square of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Square {
    Unknown,
    Wall,
    /// Floor without a room, as robots leave it in doorways.
    Loose,
    /// Floor of the room at this index.
    Room(u8),
    /// Something that stands in a room.
    Clutter(Cell),
}

/// Where the robot must not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Barrier {
    /// A no-go area.
    Area(Cells),
    /// A virtual wall through the middles of these cells, one of whose sides is 1.
    Wall(Cells),
}

impl Barrier {
    pub(crate) const fn cells(self) -> Cells {
        match self {
            Self::Area(cells) | Self::Wall(cells) => cells,
        }
    }

    fn keep_out(self, resolution_m: f64) -> KeepOut {
        match self {
            Self::Area(Cells { x, y, width, height }) => {
                // A quarter of a cell inside, so that the outline touches no other cell.
                let near = |from: u32| (f64::from(from) + 0.25) * resolution_m;
                let far = |from: u32, side: u32| (f64::from(from + side) - 0.25) * resolution_m;
                KeepOut::Area(polygon![
                    (x: near(x), y: near(y)),
                    (x: far(x, width), y: near(y)),
                    (x: far(x, width), y: far(y, height)),
                    (x: near(x), y: far(y, height)),
                ])
            }
            Self::Wall(Cells { x, y, width, height }) => {
                let at = |x: u32, y: u32| -> Coord<f64> {
                    coord! { x: (f64::from(x) + 0.5) * resolution_m, y: (f64::from(y) + 0.5) * resolution_m }
                };
                KeepOut::Wall(Line::new(at(x, y), at(x + width - 1, y + height - 1)))
            }
        }
    }
}

/// A home as squares.
#[derive(Clone, PartialEq)]
pub(crate) struct Drawing {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Row by row from the lower left.
    pub(crate) squares: Vec<Square>,
    /// The robot's number and the kind of each room.
    pub(crate) rooms: Vec<(u32, RoomKind)>,
    /// The cell of the dock.
    pub(crate) dock: Option<(u32, u32)>,
    pub(crate) barriers: Vec<Barrier>,
    pub(crate) resolution_m: f64,
    pub(crate) radius_m: f64,
}

impl Drawing {
    pub(crate) fn at(&self, x: u32, y: u32) -> Square {
        self.squares[(y * self.width + x) as usize]
    }

    /// The home, built as a user of the crate would.
    pub(crate) fn home(&self) -> Home {
        let cells = self.squares.iter().map(|square| match square {
            Square::Unknown => Cell::Unknown,
            Square::Wall => Cell::Occupied,
            Square::Loose | Square::Room(_) => Cell::Free,
            Square::Clutter(cell) => *cell,
        });
        let grid = OccupancyGrid::new(self.width, self.height, self.resolution_m, cells.collect()).unwrap();
        // In the order of their ids, so that other ids make another order too.
        let mut rooms: Vec<Room> = (0..)
            .zip(&self.rooms)
            .map(|(room, &(id, kind))| {
                let own = (0..self.height)
                    .flat_map(|y| (0..self.width).map(move |x| (x, y)))
                    .filter(|&(x, y)| self.at(x, y) == Square::Room(room));
                Room::new(RoomId::new(id), Some(kind), own.map(|(x, y)| CellRun { x, y, len: 1 }).collect())
            })
            .zip(self.cells_of_rooms())
            .filter(|(_, cells)| *cells > 0)
            .map(|(room, _)| room)
            .collect();
        rooms.sort_by_key(Room::id);
        let builder = Home::builder(grid, Footprint::disc_m(self.radius_m).unwrap())
            .rooms(rooms)
            .keep_out(self.barriers.iter().map(|barrier| barrier.keep_out(self.resolution_m)));
        let builder = match self.dock {
            Some((x, y)) => builder.dock(self.middle(x, y)),
            None => builder,
        };
        builder.build().unwrap()
    }

    /// Number of cells of each room.
    fn cells_of_rooms(&self) -> Vec<usize> {
        (0..)
            .zip(&self.rooms)
            .map(|(room, _)| self.squares.iter().filter(|&&s| s == Square::Room(room)).count())
            .collect()
    }

    /// The middle of a cell in metres.
    pub(crate) fn middle(&self, x: u32, y: u32) -> Point2<f64> {
        Point2::new((f64::from(x) + 0.5) * self.resolution_m, (f64::from(y) + 0.5) * self.resolution_m)
    }

    /// The cell that holds a point.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie inside")]
    pub(crate) fn cell_of(&self, at: Point2<f64>) -> (u32, u32) {
        let (x, y) = ((at.x / self.resolution_m).floor(), (at.y / self.resolution_m).floor());
        assert!(x >= 0.0 && y >= 0.0 && x < f64::from(self.width) && y < f64::from(self.height));
        (x as u32, y as u32)
    }

    /// Offsets of the cells under the footprint.
    pub(crate) fn disc(&self) -> Vec<(i32, i32)> {
        let squared = (self.radius_m / self.resolution_m).powi(2);
        let near = |dx: i32, dy: i32| f64::from(dx * dx + dy * dy) <= squared;
        (-9..=9).flat_map(|dy| (-9..=9).map(move |dx| (dx, dy))).filter(|&(dx, dy)| near(dx, dy)).collect()
    }

    /// Is floor the robot may be on, clutter and keep-outs minded.
    pub(crate) fn is_open(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return false };
        x < self.width
            && y < self.height
            && matches!(self.at(x, y), Square::Room(_) | Square::Loose)
            && !self.barriers.iter().any(|barrier| barrier.cells().contains(x, y))
    }

    /// Moves every cell; `to` gives the new place of a cell, `turned` whether width and height change places.
    fn moved(&self, turned: bool, to: impl Fn(u32, u32) -> (u32, u32)) -> Self {
        let (width, height) = if turned { (self.height, self.width) } else { (self.width, self.height) };
        let mut squares = vec![Square::Unknown; self.squares.len()];
        for (x, y) in (Cells { x: 0, y: 0, width: self.width, height: self.height }).iter() {
            let (a, b) = to(x, y);
            squares[(b * width + a) as usize] = self.at(x, y);
        }
        let moved = |cells: Cells| {
            let (ax, ay) = to(cells.x, cells.y);
            let (bx, by) = to(cells.x + cells.width - 1, cells.y + cells.height - 1);
            Cells { x: ax.min(bx), y: ay.min(by), width: ax.abs_diff(bx) + 1, height: ay.abs_diff(by) + 1 }
        };
        let barriers = self.barriers.iter().map(|barrier| match barrier {
            Barrier::Area(cells) => Barrier::Area(moved(*cells)),
            Barrier::Wall(cells) => Barrier::Wall(moved(*cells)),
        });
        Self {
            width,
            height,
            squares,
            dock: self.dock.map(|(x, y)| to(x, y)),
            barriers: barriers.collect(),
            ..self.clone()
        }
    }

    /// One of the eight symmetries, numbered from 0: the axes exchanged (4), x mirrored (2), y mirrored (1).
    pub(crate) fn turned(&self, symmetry: u8) -> Self {
        let swapped = if symmetry & 4 == 0 { self.clone() } else { self.moved(true, |x, y| (y, x)) };
        let (last_x, last_y) = (swapped.width - 1, swapped.height - 1);
        swapped.moved(false, |x, y| {
            (if symmetry & 2 == 0 { x } else { last_x - x }, if symmetry & 1 == 0 { y } else { last_y - y })
        })
    }

    /// On a larger canvas, unknown cells around.
    pub(crate) fn shifted(&self, left: u32, low: u32, right: u32, high: u32) -> Self {
        let (width, height) = (self.width + left + right, self.height + low + high);
        let mut squares = vec![Square::Unknown; (width * height) as usize];
        for (x, y) in (Cells { x: 0, y: 0, width: self.width, height: self.height }).iter() {
            squares[((y + low) * width + x + left) as usize] = self.at(x, y);
        }
        let moved = |cells: Cells| Cells { x: cells.x + left, y: cells.y + low, ..cells };
        let barriers = self.barriers.iter().map(|barrier| match barrier {
            Barrier::Area(cells) => Barrier::Area(moved(*cells)),
            Barrier::Wall(cells) => Barrier::Wall(moved(*cells)),
        });
        Self {
            width,
            height,
            squares,
            dock: self.dock.map(|(x, y)| (x + left, y + low)),
            barriers: barriers.collect(),
            ..self.clone()
        }
    }

    /// Every cell as k × k cells of the same size.
    pub(crate) fn enlarged(&self, k: u32) -> Self {
        let (width, height) = (self.width * k, self.height * k);
        let places = Cells { x: 0, y: 0, width, height };
        let grown = |cells: Cells| Cells {
            x: cells.x * k,
            y: cells.y * k,
            width: cells.width * k,
            height: cells.height * k,
        };
        Self {
            width,
            height,
            squares: places.iter().map(|(x, y)| self.at(x / k, y / k)).collect(),
            dock: self.dock.map(|(x, y)| (x * k + k / 2, y * k + k / 2)),
            barriers: self.barriers.iter().map(|barrier| Barrier::Area(grown(barrier.cells()))).collect(),
            ..self.clone()
        }
    }

    /// Every square changed by what stands there.
    pub(crate) fn repainted(&self, paint: impl Fn(u32, u32, Square) -> Square) -> Self {
        let places = Cells { x: 0, y: 0, width: self.width, height: self.height };
        Self { squares: places.iter().map(|(x, y)| paint(x, y, self.at(x, y))).collect(), ..self.clone() }
    }

    /// With other ids, distinct and in another order.
    pub(crate) fn renumbered(&self, keys: &[u32]) -> Self {
        let mut taken: Vec<u32> = Vec::new();
        for key in keys.iter().cycle().take(self.rooms.len()) {
            let mut id = *key;
            while taken.contains(&id) {
                id = id.wrapping_mul(5).wrapping_add(1);
            }
            taken.push(id);
        }
        Self {
            rooms: taken.into_iter().zip(&self.rooms).map(|(id, &(_, kind))| (id, kind)).collect(),
            ..self.clone()
        }
    }
}

/// Draws the home: `a` to `h` rooms, `#` wall, `?` unknown, `.` loose floor, `x` and `o` clutter, a capital
/// letter or `D` the dock.
impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} m a cell, radius {} m, rooms {:?}", self.resolution_m, self.radius_m, self.rooms)?;
        writeln!(f, "dock {:?}, keep-outs {:?}", self.dock, self.barriers)?;
        for y in (0..self.height).rev() {
            for x in 0..self.width {
                let letter = match self.at(x, y) {
                    Square::Unknown => '?',
                    Square::Wall => '#',
                    Square::Loose => '.',
                    Square::Room(room) => char::from(b'a' + room),
                    Square::Clutter(Cell::Unknown) => 'o',
                    Square::Clutter(_) => 'x',
                };
                let dock = self.dock == Some((x, y));
                let shown = if !dock {
                    letter
                } else if letter.is_ascii_lowercase() {
                    letter.to_ascii_uppercase()
                } else {
                    'D'
                };
                write!(f, "{shown}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

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

/// Random flats with this many rooms, or fewer where the cuts leave no space.
pub(crate) fn flats(rooms: RangeInclusive<usize>) -> impl Strategy<Value = Flat> {
    let cuts = rooms.start() - 1..=rooms.end() - 1;
    let shape = (13_u32..=34, LEAST_ROOM..=26, vec((any::<u8>(), any::<bool>(), any::<u8>()), cuts));
    let doors = vec((any::<u8>(), any::<u8>(), 0_u8..8), 24);
    let ids = vec((0_u32..9, 0..OPEN_KINDS.len()), 8);
    let dock = (0_u8..6, any::<u16>(), any::<u16>());
    let clutter = vec((any::<u8>(), blob_choice()), 0..4);
    let barriers = vec((any::<bool>(), any::<u16>(), any::<u16>(), 1_u32..6, 1_u32..6), 0..3);
    (shape, doors, ids, dock, clutter, barriers, 0.1..=0.15_f64).prop_map(
        |((width, height, cuts), doors, ids, dock, clutter, barriers, radius_m)| {
            let rooms = sliced(width, height, &cuts);
            let mut id = 0;
            let ids = ids[..rooms.len()]
                .iter()
                .map(|&(gap, kind)| {
                    id += gap + 1;
                    (id, OPEN_KINDS[kind])
                })
                .collect();
            let mut flat = Flat {
                width: width + 2,
                height: height + 2,
                doors: openings(&rooms, &doors),
                rooms,
                ids,
                dock: None,
                blobs: Vec::new(),
                barriers: Vec::new(),
                radius_m,
            };
            flat.dock = dock_of(&flat, dock);
            flat.blobs = clutter.into_iter().map(|(room, choice)| blob(&flat, room, &choice)).collect();
            for (area, x, y, across, up) in barriers {
                let (x, y) = (u32::from(x) % flat.width, u32::from(y) % flat.height);
                let (width, height) = (across.min(flat.width - x), up.min(flat.height - y));
                flat.barriers.push(if area {
                    Barrier::Area(Cells { x, y, width, height })
                } else if width > height {
                    Barrier::Wall(Cells { x, y, width, height: 1 })
                } else {
                    Barrier::Wall(Cells { x, y, width: 1, height })
                });
            }
            flat
        },
    )
}

/// The rooms of a slicing plan, with walls of one cell around and between them.
fn sliced(width: u32, height: u32, cuts: &[(u8, bool, u8)]) -> Vec<Cells> {
    let mut rooms = vec![Cells { x: 1, y: 1, width, height }];
    for &(pick, across, at) in cuts {
        let room = usize::from(pick) % rooms.len();
        let Cells { x, y, width, height } = rooms[room];
        let fits = |side: u32| side > 2 * LEAST_ROOM;
        // Every third cut is in the middle, so that rooms of one size are common.
        let place = |side: u32| {
            let spare = side - 2 * LEAST_ROOM;
            LEAST_ROOM + if at % 3 == 0 { (spare - 1) / 2 } else { u32::from(at) % spare }
        };
        if fits(width) && (across || !fits(height)) {
            let left = place(width);
            rooms[room].width = left;
            rooms.push(Cells { x: x + left + 1, y, width: width - left - 1, height });
        } else if fits(height) {
            let low = place(height);
            rooms[room].height = low;
            rooms.push(Cells { x, y: y + low + 1, width, height: height - low - 1 });
        }
    }
    rooms
}

/// The cells of the wall between two rooms beside which both lie.
pub(crate) fn shared_wall(a: Cells, b: Cells) -> Vec<(u32, u32)> {
    let overlap = |a: u32, a_len: u32, b: u32, b_len: u32| a.max(b)..(a + a_len).min(b + b_len);
    let ys = || overlap(a.y, a.height, b.y, b.height);
    let xs = || overlap(a.x, a.width, b.x, b.width);
    if a.x + a.width + 1 == b.x {
        ys().map(|y| (b.x - 1, y)).collect()
    } else if b.x + b.width + 1 == a.x {
        ys().map(|y| (a.x - 1, y)).collect()
    } else if a.y + a.height + 1 == b.y {
        xs().map(|x| (x, b.y - 1)).collect()
    } else if b.y + b.height + 1 == a.y {
        xs().map(|x| (x, a.y - 1)).collect()
    } else {
        Vec::new()
    }
}

/// A door in the wall between two rooms, `choice`: its place and width, and what its cells are.
pub(crate) fn opening(rooms: &[Cells], [a, b]: [u8; 2], place: u8, floor: u8) -> Option<Opening> {
    let wall = shared_wall(rooms[usize::from(a)], rooms[usize::from(b)]);
    let most = u32::try_from(wall.len()).unwrap();
    let width = (LEAST_DOOR + u32::from(place) % 3).min(most);
    (width >= LEAST_DOOR).then(|| {
        let from = (u32::from(place) / 3 % (most - width + 1)) as usize;
        let floor = match floor % 4 {
            0 | 1 => Square::Room(a),
            2 => Square::Room(b),
            _ => Square::Loose,
        };
        Opening { rooms: [a, b], cells: wall[from..from + width as usize].to_vec(), floor }
    })
}

/// Doors that connect what can be connected, and some more.
fn openings(rooms: &[Cells], choices: &[(u8, u8, u8)]) -> Vec<Opening> {
    let count = u8::try_from(rooms.len()).unwrap();
    let mut pairs: Vec<([u8; 2], (u8, u8, u8))> = (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| [a, b]))
        .zip(choices.iter().copied().cycle())
        .collect();
    pairs.sort_by_key(|(_, (key, ..))| *key);
    let mut group: Vec<usize> = (0..rooms.len()).collect();
    let mut doors = Vec::new();
    for (pair, (_, place, floor)) in pairs {
        let [a, b] = pair.map(|room| group[usize::from(room)]);
        if a == b && floor < 6 {
            continue;
        }
        if let Some(opening) = opening(rooms, pair, place, floor) {
            doors.push(opening);
            group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        }
    }
    doors
}

/// Nowhere, on any cell at all, or (mostly) on a cell of a room.
fn dock_of(flat: &Flat, (way, x, y): (u8, u16, u16)) -> Option<(u32, u32)> {
    let inside = |cells: Cells| (cells.x + u32::from(x) % cells.width, cells.y + u32::from(y) % cells.height);
    match way {
        4 => None,
        5 => Some(inside(Cells { x: 0, y: 0, width: flat.width, height: flat.height })),
        _ => Some(inside(flat.rooms[usize::from(x) % flat.rooms.len()])),
    }
}

/// Where a blob begins, its steps, and what it is.
pub(crate) type BlobChoice = (u8, u8, Vec<u8>, bool);

/// Choices of blobs of at most 26 cells. A closed ring of as many encloses less than 1 m².
pub(crate) fn blob_choice() -> impl Strategy<Value = BlobChoice> {
    (any::<u8>(), any::<u8>(), vec(0_u8..8, 0..26), any::<bool>())
}

/// The blob of a choice.
pub(crate) fn blob(flat: &Flat, room: u8, (x, y, steps, seen): &BlobChoice) -> Blob {
    let room = flat.rooms[usize::from(room) % flat.rooms.len()];
    let (left, right) = (room.x + 1, room.x + room.width - 2);
    let (low, high) = (room.y + 1, room.y + room.height - 2);
    let mut at = (left + u32::from(*x) % (right - left + 1), low + u32::from(*y) % (high - low + 1));
    let mut cells = vec![at];
    for step in steps {
        let (dx, dy) =
            [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)][usize::from(*step)];
        at = (
            at.0.saturating_add_signed(dx).clamp(left, right),
            at.1.saturating_add_signed(dy).clamp(low, high),
        );
        cells.push(at);
    }
    Blob { cells, cell: if *seen { Cell::Occupied } else { Cell::Unknown } }
}
