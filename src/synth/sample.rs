//! The sample home: a furnished flat of eight rooms, 84 m² between the walls.
//!
//! ```text
//! +---------+----------+----------------+
//! |  bath   |  kitchen |                |
//! |---+     |          |     living     |
//! |wc |     |                           |
//! +- -+- ---+---  -----+---+            |
//! |        hallway                      |
//! +--------  ---+-  -------+---  -------+
//! |   bedroom   |  nursery |   office   |
//! +-------------+----------+------------+
//! ```
//!
//! It is described in metres, rectangle by rectangle, and painted on a grid of 0.05 m in the order walls, rooms,
//! doors, furniture. Walls are 0.10 m thick, two cells; outside them nothing is known, as on a robot's map. Doors
//! are 0.80 to 0.90 m wide, and the cells of a door through its wall belong to one of its two rooms, so that the
//! rooms touch. Furniture without legs is a block; tables and chairs show their legs alone.

use geo_types::{Coord, Line, polygon};
use nalgebra::Point2;

use super::draw::Canvas;
use crate::grid::{Cell, CellRect};
use crate::home::{KeepOut, RobotMap, RoomKind};

/// Side of a cell, in metres: what nearly all vacuum robots map with.
const RESOLUTION_M: f64 = 0.05;

/// Width and height of the grid, in metres: the flat with a rim of unknown cells.
const SIZE_M: (f64, f64) = (11.1, 9.3);

/// The outer walls' lower left corner, in metres of the grid. The drawing below counts from here.
const CORNER_M: (f64, f64) = (0.3, 0.3);

/// Left, low, right and high edge in metres from the outer walls' lower left corner.
type RectM = (f64, f64, f64, f64);

/// What the outer walls enclose, walls included.
const WALLS: RectM = (0.0, 0.0, 10.5, 8.7);

/// The rooms between the walls; the n-th has the id n + 1. An L is two rectangles.
const ROOMS: [(RoomKind, &[RectM]); 8] = [
    (RoomKind::Hallway, &[(0.1, 3.6, 7.3, 4.9)]),
    (RoomKind::Living, &[(6.3, 5.0, 10.4, 8.6), (7.4, 3.6, 10.4, 5.0)]),
    (RoomKind::Kitchen, &[(3.1, 5.0, 6.2, 8.6)]),
    (RoomKind::Office, &[(7.4, 0.1, 10.4, 3.5)]),
    (RoomKind::Bedroom, &[(0.1, 0.1, 4.1, 3.5)]),
    (RoomKind::Nursery, &[(4.2, 0.1, 7.3, 3.5)]),
    (RoomKind::Bathroom, &[(0.1, 7.0, 3.0, 8.6), (1.3, 5.0, 3.0, 7.0)]),
    (RoomKind::Toilet, &[(0.1, 5.0, 1.2, 6.9)]),
];

/// The doors through the walls, each with the kind of the room that its cells belong to.
const DOORS: [(RoomKind, RectM); 8] = [
    (RoomKind::Hallway, (2.9, 3.5, 3.7, 3.6)),   // bedroom
    (RoomKind::Hallway, (4.6, 3.5, 5.4, 3.6)),   // nursery
    (RoomKind::Hallway, (0.25, 4.9, 1.05, 5.0)), // toilet
    (RoomKind::Hallway, (1.7, 4.9, 2.5, 5.0)),   // bathroom
    (RoomKind::Hallway, (3.9, 4.9, 4.75, 5.0)),  // kitchen
    (RoomKind::Living, (7.3, 3.8, 7.4, 4.7)),    // hallway
    (RoomKind::Living, (6.2, 5.4, 6.3, 6.3)),    // kitchen
    (RoomKind::Living, (8.3, 3.5, 9.1, 3.6)),    // office
];

/// Windows in the outer walls, down to the floor: a laser sees out through them.
const WINDOWS: [RectM; 4] = [
    (9.0, 8.6, 10.2, 8.7),  // living
    (10.4, 1.2, 10.5, 2.4), // office
    (2.3, 0.0, 3.3, 0.1),   // bedroom
    (5.0, 0.0, 6.2, 0.1),   // nursery
];

/// Furniture that stands on the floor as a block.
const BLOCKS: &[RectM] = &[
    // Hallway: wardrobe, shoe rack.
    (0.1, 3.6, 1.5, 4.15),
    (5.6, 4.6, 6.8, 4.9),
    // Living: sofa with its long and short side, television board, bookcase, plant.
    (7.0, 7.7, 9.3, 8.6),
    (9.3, 6.9, 10.2, 8.6),
    (6.3, 6.7, 6.65, 8.4),
    (10.1, 3.9, 10.4, 6.1),
    (7.5, 5.05, 7.8, 5.35),
    // Kitchen: counter along two walls, refrigerator.
    (3.1, 8.0, 6.2, 8.6),
    (3.1, 6.6, 3.7, 8.0),
    (5.6, 7.3, 6.2, 8.0),
    // Office: bookcase, drawer unit, reading chair.
    (7.4, 0.9, 7.75, 3.0),
    (9.9, 0.15, 10.35, 0.75),
    (9.6, 2.6, 10.3, 3.3),
    // Bedroom: double bed from the wall, night stands, wardrobe, chest of drawers.
    (0.1, 0.9, 2.15, 2.5),
    (0.1, 0.4, 0.5, 0.85),
    (0.1, 2.55, 0.5, 3.0),
    (3.5, 0.1, 4.1, 2.3),
    (1.2, 0.1, 2.4, 0.5),
    // Nursery: bed, cupboard, toy box.
    (6.4, 0.1, 7.3, 2.1),
    (4.2, 0.9, 4.6, 2.4),
    (6.7, 2.9, 7.3, 3.5),
    // Bathroom: tub, basin, washing machine.
    (0.1, 7.85, 1.8, 8.6),
    (2.55, 6.6, 3.0, 7.4),
    (2.4, 8.0, 3.0, 8.6),
    // Toilet: bowl, basin.
    (0.45, 6.2, 0.85, 6.9),
    (0.95, 5.5, 1.2, 5.8),
];

/// Tables and chairs, which show their legs alone: outline and thickness of a leg.
const ON_LEGS: &[(RectM, f64)] = &[
    // Living: coffee table.
    ((7.9, 6.6, 8.9, 7.1), 0.05),
    // Kitchen: table and three chairs drawn out from under it.
    ((4.4, 6.4, 5.2, 7.2), 0.05),
    ((4.6, 5.85, 5.05, 6.3), 0.05),
    ((3.85, 6.6, 4.3, 7.05), 0.05),
    ((4.6, 7.3, 5.05, 7.75), 0.05),
    // Office: desk under the window, chair.
    ((8.2, 0.1, 9.8, 0.8), 0.05),
    ((8.8, 0.95, 9.25, 1.4), 0.05),
    // Nursery: low table.
    ((5.1, 1.0, 5.8, 1.6), 0.05),
];

/// Where the robot charges: in the hallway, at the wall to the nursery.
const DOCK: (f64, f64) = (6.4, 3.75);

/// No-go area: the cat's bowls by the kitchen wall.
const BOWLS: RectM = (5.7, 5.0, 6.2, 5.35);

/// Virtual wall, from one point to the other: it keeps the robot off the cables behind the desk.
const CABLES: ((f64, f64), (f64, f64)) = ((8.2, 0.3), (9.9, 0.3));

/// The built-in sample home: a furnished flat with a hallway, living room, kitchen, office, bedroom, nursery,
/// bathroom and toilet (rooms 1 to 8, in this order).
///
/// ```
/// use homeveil::home::{Footprint, RoomKind};
/// let home = homeveil::synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
/// assert_eq!(home.rooms().len(), 8);
/// assert!(home.rooms().iter().any(|room| room.kind() == Some(RoomKind::Nursery)));
/// # Ok::<(), homeveil::home::HomeError>(())
/// ```
#[must_use]
pub fn sample_home() -> RobotMap {
    let mut canvas = Canvas::unknown(cells(SIZE_M.0), cells(SIZE_M.1));
    canvas.fill(in_cells(WALLS), Cell::Occupied, None);
    for (n, (_, rects)) in (0..).zip(&ROOMS) {
        for rect in *rects {
            canvas.fill(in_cells(*rect), Cell::Free, Some(n));
        }
    }
    for (owner, rect) in DOORS {
        let owner = (0..).zip(&ROOMS).find(|(_, (kind, _))| *kind == owner);
        canvas.fill(in_cells(rect), Cell::Free, owner.map(|(n, _)| n));
    }
    for rect in BLOCKS {
        canvas.fill(in_cells(*rect), Cell::Occupied, None);
    }
    for &(rect, leg) in ON_LEGS {
        canvas.legs(in_cells(rect), cells(leg));
    }

    let rooms = canvas.rooms(ROOMS.iter().map(|(kind, _)| *kind));
    let (left, low, right, high) = BOWLS;
    let [(left, low), (right, high), start, end, dock] =
        [(left, low), (right, high), CABLES.0, CABLES.1, DOCK].map(|(x, y)| (x + CORNER_M.0, y + CORNER_M.1));
    let bowls = polygon![(x: left, y: low), (x: right, y: low), (x: right, y: high), (x: left, y: high)];
    let cables = Line { start: Coord::from(start), end: Coord::from(end) };
    let keep_outs = vec![KeepOut::Area(bowls), KeepOut::Wall(cables)];
    let windows = WINDOWS.iter().flat_map(|rect| canvas.indices(in_cells(*rect))).collect();
    let grid = canvas.into_grid(RESOLUTION_M);
    RobotMap { windows, ..RobotMap::new(grid, rooms, Some(Point2::new(dock.0, dock.1)), keep_outs) }
}

/// A rectangle of the drawing in cells of the grid.
fn in_cells((left, low, right, high): RectM) -> CellRect {
    let (x, y) = (cells(left + CORNER_M.0), cells(low + CORNER_M.1));
    CellRect { x, y, width: cells(right + CORNER_M.0) - x, height: cells(high + CORNER_M.1) - y }
}

/// Cells in a length that is a multiple of their side.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the lengths above are short and not negative"
)]
fn cells(length_m: f64) -> u32 {
    libm::round(length_m / RESOLUTION_M) as u32
}

#[cfg(test)]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the lengths above are short and not negative"
)]
mod tests {
    use super::{DOORS, RESOLUTION_M, ROOMS, WALLS, sample_home};
    use crate::grid::Cell;
    use crate::home::{FIRST_ROOM, Footprint, Home, LOOSE, RoomKind};
    use crate::synth::tests::reached;

    fn home() -> Home {
        sample_home().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap()
    }

    #[test]
    fn it_has_the_rooms_it_says_each_in_one_piece() {
        let home = home();
        let kinds: Vec<_> = home.rooms().into_iter().map(|room| (room.id().get(), room.kind())).collect();
        let expected: Vec<_> = (1..).zip(ROOMS).map(|(id, (kind, _))| (id, Some(kind))).collect();
        assert_eq!(kinds, expected);
        assert_eq!(home.pieces.len(), ROOMS.len(), "no room falls into parts");
        assert!(!home.labels.contains(&LOOSE), "no floor is without a room");
    }

    #[test]
    fn it_is_as_large_as_it_says() {
        let floor_m2: f64 = ROOMS
            .iter()
            .flat_map(|(_, rects)| *rects)
            .map(|(left, low, right, high)| (right - left) * (high - low))
            .sum();
        assert!((83.5..84.5).contains(&floor_m2), "{floor_m2}");
        let home = home();
        assert_eq!((home.shape.width, home.shape.height), (210, 174), "cropped to the outer walls");
        assert!((WALLS.2 / RESOLUTION_M - 210.0).abs() < 1e-9);
        let free = home.cells.iter().filter(|&&cell| cell == Cell::Free).count();
        let free_m2 = free as f64 * RESOLUTION_M * RESOLUTION_M;
        assert!((58.0..72.0).contains(&free_m2), "furnished: {free_m2}");
    }

    #[test]
    fn every_room_reaches_every_other() {
        let home = home();
        for ((kind, _), cells) in ROOMS.iter().zip(reached(&home)) {
            let m2 = cells as f64 * RESOLUTION_M * RESOLUTION_M;
            assert!(m2 > if *kind == RoomKind::Toilet { 0.2 } else { 1.0 }, "{kind}: {m2} m²");
        }
    }

    #[test]
    fn doors_are_as_wide_as_doors_and_lead_between_two_rooms() {
        for (owner, (left, low, right, high)) in DOORS {
            let (width, depth) = ((right - left).max(high - low), (right - left).min(high - low));
            assert!((0.8 - 1e-9..=0.9 + 1e-9).contains(&width), "{width}");
            assert!((depth - 0.1).abs() < 1e-9, "through a wall of two cells");
            let touched: Vec<RoomKind> = ROOMS
                .iter()
                .filter(|(_, rects)| {
                    rects.iter().any(|&(l, b, r, t)| {
                        let (x, y) = (f64::midpoint(left, right), f64::midpoint(low, high));
                        let reach = 0.1;
                        (l < x + reach && x - reach < r && b < y && y < t)
                            || (b < y + reach && y - reach < t && l < x && x < r)
                    })
                })
                .map(|(kind, _)| *kind)
                .collect();
            assert_eq!(touched.len(), 2, "{touched:?}");
            assert!(touched.contains(&owner));
        }
    }

    #[test]
    fn the_dock_stands_on_the_hallways_floor() {
        let home = home();
        let dock = home.dock.unwrap();
        let cell = (dock.y / RESOLUTION_M) as usize * home.shape.width + (dock.x / RESOLUTION_M) as usize;
        assert_eq!(home.labels[cell], FIRST_ROOM);
        assert_eq!(home.keep_outs.len(), 2);
    }
}
