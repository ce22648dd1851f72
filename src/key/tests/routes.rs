//! Paths in homes drawn by hand.

use nalgebra::Point2;

use crate::atlas::{FRAME, ZoneId};
use crate::drawings::home;
use crate::grid::BitGrid;
use crate::home::RoomId;
use crate::key::tests::cases::{Case, case, pose};
use crate::key::tests::later_maps::again;
use crate::key::{AreaId, Goal, HouseKey, KeyError, LiftedPath, Passage, Task};
use crate::navigate::Navigator;

/// Four rooms, a, b, c, d, in a ring of doors.
pub(super) const RING: &str = "
    #########################
    #aaaaaaa#bbbbbbbbbbbbbbb#
    #aaaaaaa#bbbbbbbbbbbbbbb#
    #aaAaaaabbbbbbbbbbbbbbbb#
    #aaaaaaabbbbbbbbbbbbbbbb#
    #aaaaaaabbbbbbbbbbbbbbbb#
    #aaaaaaa#bbbbbbbbbbbbbbb#
    ##aaaaa############bbb###
    #ddddddd#ccccccccccccccc#
    #dddddddccccccccccccccc##
    #dddddddccccccccccccccc##
    #dddddddccccccccccccccc##
    #ddddddd#ccccccccccccccc#
    #########################
";

/// The middle of a zone on the release.
pub(super) fn middle(case: &Case, zone: usize) -> Point2<f64> {
    let rect = case.floor.zones()[zone].rect;
    let at = |from: u32, side: u32| (f64::from(from) + f64::from(side) / 2.0) * FRAME.resolution;
    Point2::new(at(rect.x, rect.width), at(rect.y, rect.height))
}

/// Rooms in the order of their letters in the zones given.
pub(super) fn drawn(drawing: &str, redacted: &[u32], zones: &[u8]) -> Case {
    let gone: Vec<RoomId> = redacted.iter().copied().map(RoomId::new).collect();
    case(home(drawing), &gone, &[], zones, 0, 0)
}

fn lift(key: &HouseKey, from: [f64; 2], to: Point2<f64>) -> Result<LiftedPath, KeyError> {
    key.lift_path(&mut Navigator::new(), pose(from.into()), &[to])
}

/// The cells under a path, by small steps.
fn under(path: &LiftedPath) -> Vec<(i32, i32)> {
    let points: Vec<Point2<f64>> = path.points().collect();
    let mut cells = Vec::new();
    for pair in points.windows(2) {
        for step in 0..=200 {
            let at = pair[0] + (pair[1] - pair[0]) * (f64::from(step) / 200.0);
            #[expect(clippy::cast_possible_truncation, reason = "small homes")]
            cells.push(((at.x / 0.1) as i32, (at.y / 0.1) as i32));
        }
    }
    cells
}

#[test]
fn a_phantom_door_becomes_a_detour_and_an_open_one_is_passed() {
    // The plan chooses the doors; with all four zones in a ring some are open.
    let case = drawn(RING, &[], &[0, 1, 2, 3]);
    let key = case.key();
    let mut seen = [false; 2];
    for (number, door) in key.doors.iter().enumerate() {
        let [a, b] = door.zones.map(ZoneId::of_index);
        let path = lift_between(&case, &key, a.index(), b.index()).expect("all rooms hang together");
        let phantom = door.passage == Passage::Phantom;
        seen[usize::from(phantom)] = true;
        assert_eq!(path.detours(), if phantom { vec![[a, b]] } else { Vec::new() }, "door {number}");
        assert!(path.length_m() > 0.0 && path.points().len() >= 2);
    }
    assert!(seen[0], "some door is open");
}

fn lift_between(case: &Case, key: &HouseKey, from: usize, to: usize) -> Result<LiftedPath, KeyError> {
    let start = key.lift_point(middle(case, from))?;
    lift(key, [start.x, start.y], middle(case, to))
}

pub(super) const ROW: &str = "
    #########################
    #aaaaaaa#bbbbbbb#ccccccc#
    #aaaaaaa#bbbbbbb#ccccccc#
    #aaAaaaabbbbbbbbccccccc##
    #aaaaaaabbbbbbbbccccccc##
    #aaaaaaabbbbbbbbccccccc##
    #aaaaaaa#bbbbbbb#ccccccc#
    #########################
";

/// Bars cells in place of those barred before.
pub(super) fn overlay(key: &mut HouseKey, barred: impl Fn(usize) -> bool) {
    let mut cells = BitGrid::none(key.shape);
    (0..key.shape.len()).filter(|&cell| barred(cell)).for_each(|cell| cells.insert(cell));
    key.drive.bar(key.resolution_m, cells);
}

/// The zones of a, b, c, d stand in a ring, of whose doors a plan shows at most three.
#[test]
fn a_door_that_is_not_drawn_is_taken_where_that_is_shorter() {
    let case = drawn(RING, &[], &[0, 1, 2, 3]);
    let key = case.key();
    let (mut navigator, mut shorter) = (Navigator::new(), 0);
    for (from, to) in (0..4).flat_map(|from| (0..4).map(move |to| (from, to))) {
        let start = pose(key.lift_point(middle(&case, from)).unwrap());
        let route = [middle(&case, from), middle(&case, to)];
        let free = key.lift_path(&mut navigator, start, &route).unwrap();
        let strict = key.lift_path_by_doors(&mut navigator, start, &route).unwrap();
        assert_eq!(free.points().last(), strict.points().last(), "the goal is the same");
        assert!(free.length_m() <= strict.length_m() + 1e-9, "{from} to {to}");
        assert_eq!(free.detours(), strict.detours(), "{from} to {to}");
        shorter += u32::from(free.length_m() < strict.length_m() - 0.5);
        let (free, strict) = (
            key.lift_route(&mut navigator, start, &route).unwrap(),
            key.lift_route_by_doors(&mut navigator, start, &route).unwrap(),
        );
        assert!(free.length_m() <= strict.length_m() + 1e-9, "{from} to {to}");
    }
    assert!(shorter >= 2, "there and back through the door that is not drawn: {shorter}");
}

#[test]
fn a_door_shut_by_the_overlay_leaves_no_path() {
    let case = drawn(ROW, &[], &[0, 1, 2]);
    let mut key = case.key();
    let end = middle(&case, 2);
    let whole = key.lift_zone(ZoneId::of_index(2)).unwrap().len();
    assert!(lift(&key, [0.35, 0.45], end).is_ok());
    // The door between b and c.
    let width = key.shape.width;
    overlay(&mut key, |cell| cell % width == 15);
    assert_eq!(lift(&key, [0.35, 0.45], end), Err(KeyError::Unreachable { zone: ZoneId::of_index(2) }));
    assert_eq!(
        key.lift_zone(ZoneId::of_index(2)).err(),
        Some(KeyError::Unreachable { zone: ZoneId::of_index(2) })
    );
    assert!(again(&key) == key, "the overlay is part of the key");
    // A cupboard in c that leaves a path around it: c without the cupboard.
    overlay(&mut key, |cell| cell % width == 20 && cell / width > 3);
    let less = key.lift_zone(ZoneId::of_index(2)).unwrap();
    assert!(less.len() < whole);
    let path = lift(&key, [0.35, 0.45], end).unwrap();
    assert!(under(&path).iter().all(|&(x, y)| !(19..=21).contains(&x) || y <= 4));
    overlay(&mut key, |_| false);
    assert_eq!(key.lift_zone(ZoneId::of_index(2)).unwrap().len(), whole);
    assert!(key == case.key());
}

#[test]
fn a_redacted_room_is_driven_through_only_where_the_owner_lets_the_robot() {
    // b is redacted and lies between a and c.
    let case = drawn(ROW, &[2], &[0, 1]);
    let key = case.key();
    let (zone, end) = (ZoneId::of_index(1), middle(&case, 1));
    assert_eq!(lift(&key, [0.35, 0.45], end), Err(KeyError::NoPath { zone }));
    let from = pose(Point2::new(0.35, 0.45));
    let path = key.lift_path(&mut Navigator::through_redacted(), from, &[end]).unwrap();
    assert!(under(&path).iter().any(|&(x, _)| (9..15).contains(&x)));
    assert!(!KeyError::NoPath { zone }.to_string().is_empty());
}

#[test]
fn from_a_redacted_room_the_robot_leaves_and_does_not_come_back() {
    let case = drawn(ROW, &[2], &[0, 1]);
    let key = case.key();
    for (from, zone) in [([1.0, 0.45], 0), ([1.0, 0.45], 1), ([1.4, 0.45], 0), ([1.4, 0.45], 1)] {
        let path = lift(&key, from, middle(&case, zone)).unwrap();
        // Inside first, then outside for good.
        let inside: Vec<bool> = under(&path).iter().map(|&(x, _)| (8..15).contains(&x)).collect();
        assert!(inside[0] && !inside[inside.len() - 1]);
        assert!(inside.windows(2).filter(|pair| pair[0] != pair[1]).count() <= 1);
    }
}

#[test]
fn waypoints_are_visited_in_order_and_off_the_map_is_an_error() {
    let case = drawn(ROW, &[], &[0, 1, 2]);
    let key = case.key();
    let mut navigator = Navigator::new();
    let places = [2, 0, 1].map(|zone| middle(&case, zone));
    let path = key.lift_route_by_doors(&mut navigator, pose(Point2::new(0.35, 0.45)), &places).unwrap();
    let mut corners = path.points();
    for place in places {
        let real = key.lift_point(place).unwrap();
        assert!(corners.any(|at| (at - real).norm() < 1e-9), "in order");
    }
    for (x, y) in [(f64::NAN, 0.0), (-2.0, 0.5), (1e300, f64::NEG_INFINITY)] {
        let lost = lift(&key, [x, y], places[0]);
        assert_eq!(lost.err(), Some(KeyError::Pose));
    }
    let here = key.lift_path(&mut navigator, pose(Point2::new(0.35, 0.45)), &[]).unwrap();
    assert_eq!((here.points().len(), format!("{here:?}").as_str()), (1, "LiftedPath { .. }"));
}

#[test]
fn goals_become_tasks() {
    let case = drawn(ROW, &[], &[0, 1, 2]);
    let mut key = case.key();
    let at = pose(Point2::new(0.35, 0.45));
    let place = middle(&case, 1);
    assert_eq!(key.resolve(at, &Goal::Area(AreaId::new(1))), Ok(Task::Nothing));
    key.bind_rooms(AreaId::new(1), &case.home, &[RoomId::new(2)]).unwrap();
    let room = key.lift_area(AreaId::new(1)).unwrap();
    assert_eq!(key.resolve(at, &Goal::Area(AreaId::new(1))), Ok(Task::Clean(room)));
    let zone = key.lift_zone(ZoneId::of_index(1)).unwrap();
    assert_eq!(key.resolve(at, &Goal::Zone(ZoneId::of_index(1))), Ok(Task::Clean(zone.clone())));
    let Ok(Task::Clean(spot)) = key.resolve(at, &Goal::Spot(place)) else { panic!("a spot is cleaned") };
    assert!(!spot.is_empty() && spot.points().all(|at| zone.contains(at)));
    let Ok(Task::Drive(path)) = key.resolve(at, &Goal::Drive(place)) else { panic!("a path is driven") };
    assert!((path.points().last().unwrap() - key.lift_point(place).unwrap()).norm() < 1e-9);
    assert_eq!(key.resolve(at, &Goal::Path(Vec::new())), Ok(Task::Nothing));
    assert_eq!(key.resolve(at, &Goal::Area(AreaId::new(99))), Err(KeyError::UnknownArea));
}

/// There and back between two zones, thousands of times: as long as the drawn path is, the stack stays small.
#[test]
fn a_path_through_thousands_of_doors_needs_no_stack() {
    const TIMES: usize = 7000;
    let case = drawn(ROW, &[], &[0, 1, 2]);
    let key = case.key();
    let open = key.doors.iter().find(|door| door.passage == Passage::Open).unwrap();
    let route: Vec<_> = (0..TIMES).map(|time| middle(&case, usize::from(open.zones[time % 2]))).collect();
    let start = pose(key.lift_point(route[0]).unwrap());
    let lift = || {
        let path = key.lift_path_by_doors(&mut Navigator::new(), start, &route).unwrap();
        (path.detours().len(), path.points().len())
    };
    let (detours, corners) = std::thread::scope(|scope| {
        let small = std::thread::Builder::new().stack_size(1 << 17);
        small.spawn_scoped(scope, lift).unwrap().join().unwrap()
    });
    assert!(detours == 0 && corners > 1, "{detours} {corners}");
}
