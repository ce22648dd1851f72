//! N1 to N4 where parts of a room, or parts of a home, are equally large: nothing about the map may then say which of
//! them comes first.

use homeveil::Redaction;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home, MAX_DOCK_M, RoomId, RoomKind};
use proptest::collection::vec;
use proptest::prelude::*;

use super::same;
use crate::strategies::{Cells, Drawing, Square};

/// What the floor of a part is like: a square, and around it a wall, or furniture and a ring of floor.
#[derive(Clone, Copy, Debug)]
struct Part {
    side: u32,
    is_in_ring: bool,
}

/// One to ten parts, all equally large or not.
fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (5_u32..=12, any::<bool>()).prop_map(|(side, is_in_ring)| Part { side, is_in_ring });
    (prop_oneof![3 => vec(part.clone(), 1..=4), 1 => vec(part, 7..=10)], any::<bool>()).prop_map(
        |(mut parts, alike)| {
            let side = parts[0].side;
            for part in parts.iter_mut().filter(|_| alike) {
                part.side = side;
            }
            parts
        },
    )
}

/// A room in these parts above another room, which the rings touch; with what stands in the rings or without.
///
/// ```text
/// ############
/// #aaaaaa#####
/// #axxxxa#####
/// #axaaxa##aa#
/// #axaaxa##aa#
/// #axxxxa#####
/// #aaaaaa#####
/// #bbbbbbbbbb#
/// ############
/// ```
fn in_parts(parts: &[Part], with_furniture: bool) -> Drawing {
    let pitch = 18;
    let (width, height) = (pitch * u32::try_from(parts.len()).unwrap() + 2, 22);
    let places = Cells { x: 0, y: 0, width, height };
    let square = |x: u32, y: u32| {
        let Some(part) = x.checked_sub(1).and_then(|x| parts.get((x / pitch) as usize)) else {
            return Square::Wall;
        };
        // How far inside the outer square a place is.
        let (x, outer) = ((x - 1) % pitch, part.side + 4);
        match y {
            0 => Square::Wall,
            1..5 => Square::Room(1),
            _ if x >= outer || y - 5 >= outer => Square::Wall,
            _ => match x.min(y - 5).min(outer - 1 - x).min(outer - 1 - (y - 5)) {
                2.. => Square::Room(0),
                0 if part.is_in_ring => Square::Room(0),
                1 if part.is_in_ring && !with_furniture => Square::Room(0),
                1 if part.is_in_ring => Square::Clutter(Cell::Occupied),
                _ => Square::Wall,
            },
        }
    };
    Drawing {
        width,
        height,
        squares: places.iter().map(|(x, y)| square(x, y)).collect(),
        rooms: vec![(4, RoomKind::Living), (7, RoomKind::Kitchen)],
        dock: Some((2, 2)),
        barriers: Vec::new(),
        resolution_m: 0.1,
        radius_m: 0.1,
    }
}

/// Rooms as rectangles, later ones over earlier ones, in walls; room 0 is the dock's. Their numbers are 1, 2, and so
/// on.
fn of_rectangles(width: u32, height: u32, rooms: u8, cells: &[(Square, Cells)]) -> Drawing {
    let square = |x: u32, y: u32| {
        cells.iter().rev().find(|(_, cells)| cells.contains(x, y)).map_or(Square::Wall, |(square, _)| *square)
    };
    Drawing {
        width,
        height,
        squares: Cells { x: 0, y: 0, width, height }.iter().map(|(x, y)| square(x, y)).collect(),
        rooms: (1..).zip([RoomKind::Living; 9]).take(rooms.into()).collect(),
        dock: Some((2, 2)),
        barriers: Vec::new(),
        resolution_m: 0.1,
        radius_m: 0.1,
    }
}

/// That the home with a region redacted is as that with walls there.
fn is_as_walled(drawing: &Drawing, region: &[Cells]) {
    let walled = drawing.repainted(|x, y, square| {
        if region.iter().any(|cells| cells.contains(x, y)) { Square::Wall } else { square }
    });
    let regions = region.iter().map(|cells| cells.polygon(drawing.resolution_m));
    let redaction = regions.fold(Redaction::none(), |all, region| all.region(region).unwrap());
    same((&drawing.home(), &redaction), (&walled.home(), &Redaction::none()), 1).unwrap();
}

laws! {
    many;

    fn n4_turns_change_nothing_with_a_room_in_parts(parts in parts(), symmetry in 1_u8..8, seed: u64) {
        let drawing = in_parts(&parts, true);
        same((&drawing.home(), &Redaction::none()), (&drawing.turned(symmetry).home(), &Redaction::none()), seed)?;
    }

    fn n3_rings_of_clutter_in_a_room_in_parts_change_nothing(parts in parts(), seed: u64) {
        let [with, without] = [true, false].map(|furniture| in_parts(&parts, furniture).home());
        same((&with, &Redaction::none()), (&without, &Redaction::none()), seed)?;
    }
}

exact_laws! {
    /// Parts of a room are equally large, some of them in a ring that belongs to the room.
    fn n4_equally_large_parts_of_a_room_have_no_order(_config) {
        let part = |side, is_in_ring| Part { side, is_in_ring };
        for parts in [
            vec![part(6, true), part(6, false)],
            vec![part(6, true), part(6, false), part(6, true)],
            vec![part(6, false); 12],
        ] {
            let drawing = in_parts(&parts, true);
            for symmetry in 1..8 {
                let turned = drawing.turned(symmetry).home();
                same((&drawing.home(), &Redaction::none()), (&turned, &Redaction::none()), 1).unwrap();
            }
        }
        3 * 7
    }

    /// A redacted room of 4,125 cells, none next to another, lies before a room in two parts.
    fn n2_a_redacted_room_in_very_many_parts_leaves_no_trace(_config) {
        let (width, height) = (150, 116);
        let drawing = |speck: Square| {
            let square = |x: u32, y: u32| match (x, y) {
                (_, 0..55) if (x + y).is_multiple_of(2) => speck,
                (_, 0..56) => Square::Wall,
                (60..100, _) => Square::Room(1),
                _ => Square::Room(0),
            };
            Drawing {
                width,
                height,
                squares: Cells { x: 0, y: 0, width, height }.iter().map(|(x, y)| square(x, y)).collect(),
                rooms: vec![(1, RoomKind::Living), (2, RoomKind::Kitchen), (9, RoomKind::Office)],
                dock: Some((30, 80)),
                barriers: Vec::new(),
                resolution_m: 0.05,
                radius_m: 0.1,
            }
            .home()
        };
        let redaction = Redaction::none().rooms([RoomId::new(9)]);
        same((&drawing(Square::Room(2)), &redaction), (&drawing(Square::Wall), &Redaction::none()), 1).unwrap();
        1
    }

    /// A room in a part of 3 m² and one of half a square metre, which is the room once the region holds the other.
    /// Floor without a room, and a ring of it around more: the region leaves too little, or opens the ring. More parts
    /// than a room may have.
    fn n2_what_a_region_leaves_is_as_if_the_rest_had_never_been(_config) {
        let cells = |x, y, width, height| Cells { x, y, width, height };
        let hall = (Square::Room(0), cells(1, 1, 138, 10));
        let drawing = |rooms, more: &[(Square, Cells)]| of_rectangles(140, 40, rooms, &[&[hall], more].concat());
        let large = cells(1, 11, 20, 15);
        let parts = drawing(2, &[(Square::Room(1), large), (Square::Room(1), cells(30, 11, 7, 7))]);
        is_as_walled(&parts, &[large]);
        let loose = drawing(1, &[(Square::Loose, large)]);
        is_as_walled(&loose, &[cells(1, 11, 16, 15)]);
        is_as_walled(&loose, &[cells(9, 20, 3, 3)]);
        let ring = [(Square::Wall, cells(3, 13, 16, 12)), (Square::Loose, cells(5, 14, 12, 10))];
        let ring = drawing(1, &[&[(Square::Loose, large)], ring.as_slice()].concat());
        is_as_walled(&ring, &[cells(1, 18, 3, 3)]);
        let ten: Vec<(Square, Cells)> =
            (0..10).map(|part| (Square::Room(1), cells(1 + 13 * part, 11, 11, 10 + part))).collect();
        is_as_walled(&drawing(2, &ten), &[ten[9].1, ten[8].1, ten[7].1]);
        5
    }

    /// In a ring of room a furniture stands around more of a, and next to it lies r.
    fn n2_a_redacted_room_in_a_ring_does_not_part_what_the_ring_encloses(_config) {
        let cells = |x, y, width, height| Cells { x, y, width, height };
        let drawing = |r: Square| {
            let clutter = Square::Clutter(Cell::Occupied);
            let amid = [(clutter, cells(4, 4, 30, 16)), (Square::Room(0), cells(6, 6, 12, 12)), (r, cells(20, 6, 12, 12))];
            let rooms = [(Square::Room(0), cells(1, 1, 36, 22)), (Square::Room(1), cells(1, 23, 36, 9))];
            of_rectangles(38, 33, 3, &[rooms.as_slice(), &amid].concat())
        };
        let redaction = Redaction::none().rooms([RoomId::new(3)]);
        let (with, without) = (drawing(Square::Room(2)), drawing(Square::Wall));
        same((&with.home(), &redaction), (&without.home(), &Redaction::none()), 1).unwrap();
        1
    }

    /// Eight of ten parts are kept, whatever the room's number.
    fn n1_no_number_of_a_room_gives_it_more_parts(_config) {
        let part = |side| Part { side, is_in_ring: true };
        let drawing = in_parts(&[12, 11, 12, 10, 12, 12, 11, 12, 10, 12].map(part), false);
        let other = drawing.renumbered(&[u32::MAX, 0]);
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), 1).unwrap();
        1
    }

    /// A dock as far from the floor as it may be, on a grid whose first columns are unknown.
    fn n4_a_dock_as_far_as_it_may_be_is_taken_wherever_the_map_lies(_config) {
        for left in 0..200_u32 {
            let cells = (0..10).flat_map(|_| (0..left + 8).map(|x| if x < left { Cell::Unknown } else { Cell::Free }));
            let grid = OccupancyGrid::new(left + 8, 10, 0.05, cells.collect()).unwrap();
            let robot = Footprint::disc_m(0.1).unwrap();
            let at = (f64::from(left + 8) * 0.05 + MAX_DOCK_M, 0.275);
            assert!(Home::builder(grid, robot).dock([at.0, at.1].into()).build().is_ok(), "{left}");
        }
        200
    }

    /// Rooms of 3, 4 and 5 columns, doors between them, twice: in a row, and around a corner.
    fn n4_pieces_of_floor_with_equal_rooms_have_no_order(_config) {
        let rows = [["###########################ffff"; 5].as_slice(), &["aaabbbbccccc############dddeeee"; 4]].concat();
        let home = |rows: &[&str], named: fn(char) -> char| {
            let drawing: String = rows.join("\n").chars().map(named).collect();
            Home::from_drawing(0.25, Footprint::disc_m(0.1).unwrap(), &drawing, &[]).unwrap().build().unwrap()
        };
        let reversed: Vec<&str> = rows.iter().rev().copied().collect();
        let otherwise = |letter| match letter {
            'a'..='c' => char::from(letter as u8 + 3),
            'd'..='f' => char::from(letter as u8 - 3),
            _ => letter,
        };
        let one = home(&rows, |letter| letter);
        for other in [home(&reversed, |letter| letter), home(&rows, otherwise), home(&reversed, otherwise)] {
            same((&one, &Redaction::none()), (&other, &Redaction::none()), 1).unwrap();
        }
        3
    }

    /// Any of many equal rooms without doors is the home.
    fn n4_one_of_many_equal_rooms_is_the_home(_config) {
        let home = |columns: u32, rows: u32| {
            let (width, height) = (9 * columns, 9 * rows);
            let square = |x: u32, y: u32| match (x % 9, y % 9) {
                (0, _) | (_, 0) => Square::Wall,
                _ => Square::Room(u8::try_from(y / 9 * columns + x / 9).unwrap()),
            };
            Drawing {
                width,
                height,
                squares: Cells { x: 0, y: 0, width, height }.iter().map(|(x, y)| square(x, y)).collect(),
                rooms: (1..).zip([RoomKind::Living; 200]).take((columns * rows) as usize).collect(),
                dock: None,
                barriers: Vec::new(),
                resolution_m: 0.1,
                radius_m: 0.1,
            }
            .home()
        };
        same((&home(1, 1), &Redaction::none()), (&home(20, 10), &Redaction::none()), 1).unwrap();
        1
    }
}
