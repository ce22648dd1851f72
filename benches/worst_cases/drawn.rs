//! Maps within every limit that no robot makes, at any size.

use std::collections::BTreeSet;

use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home, RoomId};

/// A map: one number a cell.
pub(crate) struct Drawn {
    side: u32,
    labels: Vec<u16>,
}

/// Neither known nor floor.
const UNKNOWN: u16 = u16::MAX;
const WALL: u16 = u16::MAX - 1;
/// Floor of no room.
const BARE: u16 = u16::MAX - 2;

/// Most rooms that a home may have.
const ROOMS: u32 = 1000;

/// The map of the widest robot on the smallest cells: 200 of them from its middle to its rim.
pub(crate) const WIDE: &str = "wide robot, small cells";

/// Draws a square map of so many cells a side.
type Draw = fn(u32) -> Drawn;

/// The map on which all rooms but the first are redacted.
pub(crate) const REDACTED: &str = "redacted: all tiles but one";

/// By name.
pub(crate) const DRAWN: [(&str, Draw); 15] = [
    (REDACTED, |side| Drawn::maze(side, 8, |x, y| tile(side, x, y))),
    ("mazes: one room", |side| Drawn::maze(side, 8, |_, _| 1)),
    ("mazes: a room per tile", |side| Drawn::maze(side, 8, |x, y| tile(side, x, y))),
    ("mazes: of no room", |side| Drawn::maze(side, 8, |_, _| BARE)),
    ("mazes: narrow", |side| Drawn::maze(side, 1, |_, _| 1)),
    ("serpentine: half without room", |side| {
        Drawn::of(side, |x, y| serpentine(side, x, y, |x| if x / 9 % 2 == 0 { 1 } else { BARE }))
    }),
    ("serpentine: a room per run", |side| {
        Drawn::of(side, |x, y| serpentine(side, x, y, |x| narrow(1 + x / 9 % ROOMS)))
    }),
    ("comb", |side| Drawn::of(side, |x, y| if y < 9 || x % 9 != 0 { 1 } else { WALL })),
    ("hub: equal rooms on a hall", hub),
    ("islands: blobs in a ring", islands),
    ("dust: a wall in fifty", |side| Drawn::of(side, |x, y| dust(side, x, y, 2))),
    ("dust: walls on a third", |side| Drawn::of(side, |x, y| dust(side, x, y, 33))),
    ("chequered", |side| Drawn::of(side, |x, y| if (x ^ y) & 1 == 0 { WALL } else { BARE })),
    // Two halls that a wall with one wide gap parts, and pillars.
    (WIDE, |side| {
        Drawn::of(side, |x, y| match (x, y) {
            _ if x == side / 2 && !(side / 4..3 * side / 4).contains(&y) => WALL,
            _ if x % (side / 3) == 9 && y % (side / 3) == 9 => WALL,
            _ => narrow(1 + 2 * x / side),
        })
    }),
    ("dots: rooms by turns", |side| Drawn::of(side, |x, y| narrow(1 + (x ^ y) % 2 + 2 * (x % 2)))),
];

impl Drawn {
    /// Walls around, and inside what a function says.
    fn of(side: u32, label: impl Fn(u32, u32) -> u16) -> Self {
        let inside = |at: u32| (1..side - 1).contains(&at);
        Self::of_all(side, |x, y| if inside(x) && inside(y) { label(x, y) } else { WALL })
    }

    /// Everywhere what a function says.
    fn of_all(side: u32, label: impl Fn(u32, u32) -> u16) -> Self {
        let cells = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        Self { side, labels: cells.map(|(x, y)| label(x, y)).collect() }
    }

    /// A maze whose passages are so many cells wide, by a walk that turns back where it finds nothing new.
    fn maze(side: u32, wide: u32, label: impl Fn(u32, u32) -> u16) -> Self {
        let (pitch, across) = (wide + 1, (side - 1) / (wide + 1));
        // Whether the wall to the right of a chamber, and that above it, is open.
        let mut open = vec![[false; 2]; (across * across) as usize];
        let mut seen = vec![false; open.len()];
        let at = |x: u32, y: u32| (y * across + x) as usize;
        let (mut path, mut turn) = (vec![(0_u32, 0_u32)], 0);
        seen[0] = true;
        while let Some(&(x, y)) = path.last() {
            turn += 1;
            let around = [(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))];
            let free = |&&(x, y): &&(u32, u32)| x < across && y < across && !seen[at(x, y)];
            let fresh: Vec<(u32, u32)> = around.iter().filter(free).copied().collect();
            let Some(&next) = fresh.get(hash(turn, x ^ y << 16) as usize % fresh.len().max(1)) else {
                path.pop();
                continue;
            };
            let lower = at(x.min(next.0), y.min(next.1));
            open[lower][usize::from(next.0 == x)] = true;
            seen[at(next.0, next.1)] = true;
            path.push(next);
        }
        Self::of(side, |x, y| {
            let (chamber_x, chamber_y) = ((x - 1) / pitch, (y - 1) / pitch);
            let (right, above) = ((x - 1) % pitch == wide, (y - 1) % pitch == wide);
            let passes = |side: usize| {
                chamber_x < across && chamber_y < across && open[at(chamber_x, chamber_y)][side]
            };
            let is_wall = chamber_x >= across
                || chamber_y >= across
                || right && above
                || right && !passes(0)
                || above && !passes(1);
            if is_wall { WALL } else { label(x, y) }
        })
    }

    /// The map as a grid without rooms.
    pub(crate) fn grid(&self, resolution_m: f64) -> OccupancyGrid {
        let cells = self.labels.iter().map(|&label| cell(label).unwrap_or(Cell::Free)).collect();
        OccupancyGrid::new(self.side, self.side, resolution_m, cells).expect("a side within the limits")
    }

    /// The numbers of its rooms.
    pub(crate) fn rooms(&self) -> BTreeSet<RoomId> {
        let labels: BTreeSet<u16> =
            self.labels.iter().copied().filter(|&label| cell(label).is_none()).collect();
        labels.into_iter().map(|label| RoomId::new(label.into())).collect()
    }

    /// The home with its rooms, of a robot of this radius.
    pub(crate) fn home(&self, resolution_m: f64, radius_m: f64) -> Home {
        let robot = Footprint::disc_m(radius_m).expect("a valid radius");
        let home = Home::from_labels([self.side; 2], resolution_m, robot, &self.labels, cell, &[]);
        home.and_then(homeveil::home::HomeBuilder::build).expect("rooms within the limits")
    }

    /// Turned by 30° about its middle; what leaves the square is gone.
    pub(crate) fn turned(&self) -> Self {
        let half = f64::from(self.side) / 2.0;
        let (sin, cos) = 30_f64.to_radians().sin_cos();
        Self::of_all(self.side, |x, y| {
            let (x, y) = (f64::from(x) + 0.5 - half, f64::from(y) + 0.5 - half);
            let (x, y) = (cos * x + sin * y + half, cos * y - sin * x + half);
            let inside = |at: f64| (0.0..f64::from(self.side)).contains(&at);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
            let at = || self.labels[y as usize * self.side as usize + x as usize];
            if inside(x) && inside(y) { at() } else { UNKNOWN }
        })
    }
}

/// What a number means, where it is no room.
const fn cell(label: u16) -> Option<Cell> {
    match label {
        UNKNOWN => Some(Cell::Unknown),
        WALL => Some(Cell::Occupied),
        BARE => Some(Cell::Free),
        _ => None,
    }
}

/// 31 tiles a side, a room each.
fn tile(side: u32, x: u32, y: u32) -> u16 {
    let own = |at: u32| at * 31 / side;
    narrow(1 + own(y) * 31 + own(x))
}

/// Rooms on which so many cells of a hundred are walls.
fn dust(side: u32, x: u32, y: u32, percent: u32) -> u16 {
    if hash(x, y) % 100 < percent { WALL } else { tile(side, x, y) }
}

/// Runs of eight cells that end by turns above and below.
fn serpentine(side: u32, x: u32, y: u32, label: impl Fn(u32) -> u16) -> u16 {
    let gap = if (x / 9).is_multiple_of(2) { side - 10..side } else { 0..10 };
    if x.is_multiple_of(9) && !gap.contains(&y) { WALL } else { label(x) }
}

/// Equal rooms along a hall, on both sides.
fn hub(side: u32) -> Drawn {
    let half = side / 2;
    Drawn::of(side, |x, y| {
        let (above, below) = (y > half + 5, y < half - 5);
        let is_door = x % 9 == 4;
        match (above, below) {
            _ if (y == half + 5 || y == half - 5) && !is_door => WALL,
            (true, _) | (_, true) if x % 9 == 0 => WALL,
            (true, _) if x / 9 < ROOMS / 2 - 1 => narrow(2 + 2 * (x / 9)),
            (_, true) if x / 9 < ROOMS / 2 - 1 => narrow(3 + 2 * (x / 9)),
            (true, _) | (_, true) => WALL,
            _ => 1,
        }
    })
}

/// A room of many blobs, each in a ring of another.
fn islands(side: u32) -> Drawn {
    Drawn::of(side, |x, y| match (x % 7, y % 7) {
        (3, 3) => 1,
        (2..=4, 2..=4) => 2,
        _ => 3,
    })
}

/// A number that looks random (the finalizer of `SplitMix64`, Steele et al. 2014).
fn hash(x: u32, y: u32) -> u32 {
    let mut bits = (u64::from(x) << 32 | u64::from(y)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((bits ^ bits >> 31) >> 33).unwrap_or(0)
}

fn narrow(number: u32) -> u16 {
    u16::try_from(number).expect("at most 1000 rooms")
}
