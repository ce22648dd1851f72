//! A home as squares, which can be turned, scaled, moved, repainted and renumbered.

use core::fmt;

use geo_types::{Line, Polygon, coord, polygon};
use homeveil::grid::{Cell, OccupancyGrid, Span};
use homeveil::home::{Footprint, Home, KeepOut, Room, RoomId, RoomKind};
use nalgebra::{Isometry2, Point2};

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

    pub(crate) fn iter(self) -> impl Iterator<Item = (u32, u32)> {
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
    /// The same on other cells.
    fn moved(self, moved: impl Fn(Cells) -> Cells) -> Self {
        match self {
            Self::Area(cells) => Self::Area(moved(cells)),
            Self::Wall(cells) => Self::Wall(moved(cells)),
        }
    }

    pub(crate) const fn cells(self) -> Cells {
        match self {
            Self::Area(cells) | Self::Wall(cells) => cells,
        }
    }

    fn keep_out(self, resolution_m: f64, origin: Isometry2<f64>) -> KeepOut {
        let placed = |x: f64, y: f64| {
            let at = origin * Point2::new(x * resolution_m, y * resolution_m);
            coord! { x: at.x, y: at.y }
        };
        match self {
            Self::Area(Cells { x, y, width, height }) => {
                // A quarter of a cell inside, so that the outline touches no other cell.
                let near = |from: u32| f64::from(from) + 0.25;
                let far = |from: u32, side: u32| f64::from(from + side) - 0.25;
                KeepOut::Area(polygon![
                    placed(near(x), near(y)),
                    placed(far(x, width), near(y)),
                    placed(far(x, width), far(y, height)),
                    placed(near(x), far(y, height)),
                ])
            }
            Self::Wall(Cells { x, y, width, height }) => {
                let at = |x: u32, y: u32| placed(f64::from(x) + 0.5, f64::from(y) + 0.5);
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
        self.home_in(Isometry2::identity())
    }

    /// The home in a robot's frame in which the grid has this origin.
    pub(crate) fn home_in(&self, origin: Isometry2<f64>) -> Home {
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
                Room::new(
                    RoomId::new(id),
                    Some(kind),
                    own.map(|(x, y)| Span::new(x, y, 1).unwrap()).collect(),
                )
            })
            .zip(self.cells_of_rooms())
            .filter(|(_, cells)| *cells > 0)
            .map(|(room, _)| room)
            .collect();
        rooms.sort_by_key(Room::id);
        let builder = Home::builder(grid, Footprint::disc_m(self.radius_m).unwrap())
            .rooms(rooms)
            .keep_out(self.barriers.iter().map(|barrier| barrier.keep_out(self.resolution_m, origin)))
            .origin(origin);
        let builder = match self.dock {
            Some((x, y)) => builder.dock(origin * self.middle(x, y)),
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
        Self {
            width,
            height,
            squares,
            dock: self.dock.map(|(x, y)| to(x, y)),
            barriers: self.barriers.iter().map(|barrier| barrier.moved(moved)).collect(),
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
        Self {
            width,
            height,
            squares,
            dock: self.dock.map(|(x, y)| (x + left, y + low)),
            barriers: self.barriers.iter().map(|barrier| barrier.moved(moved)).collect(),
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

    /// With the floor of a room as floor without one.
    pub(crate) fn without_label(&self, room: u8) -> Self {
        self.repainted(|_, _, square| if square == Square::Room(room) { Square::Loose } else { square })
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
