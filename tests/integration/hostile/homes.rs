//! Rooms, docks, keep-outs and redactions that make no sense.

use geo_types::{Coord, Line, LineString, Polygon, coord};
use homeveil::grid::{Cell, GridError, OccupancyGrid, Span};
use homeveil::home::{Footprint, Home, HomeBuilder, HomeError, KeepOut, Room, RoomId, RoomKind};
use homeveil::key::{AreaId, Goal, KeyError, Task};
use homeveil::{AnonymizeError, Coins, Grant, Policy, Redaction, anonymize};
use nalgebra::{Isometry2, Point2};

use super::{Input, Row, robot};
use crate::props::noisy;

/// Two rooms of 131 × 53 cells in a grid of 137 × 113, one over the other with a door of 17 cells between.
fn flat() -> HomeBuilder {
    let floor = |x: u32, y: u32| (3..134).contains(&x) && ((3..56).contains(&y) || (57..110).contains(&y));
    let door = |x: u32, y: u32| y == 56 && (61..78).contains(&x);
    let cell = |(x, y)| if floor(x, y) || door(x, y) { Cell::Free } else { Cell::Occupied };
    let cells = (0..113).flat_map(|y| (0..137).map(move |x| (x, y))).map(cell).collect();
    Home::builder(OccupancyGrid::new(137, 113, 0.0739, cells).unwrap(), robot())
}

fn runs(rows: core::ops::Range<u32>) -> Vec<Span> {
    rows.map(|y| Span::new(3, y, 131).unwrap()).collect()
}

fn lower(kind: Option<RoomKind>) -> Room {
    Room::new(RoomId::new(211), kind, runs(3..56))
}

fn upper(kind: Option<RoomKind>) -> Room {
    Room::new(RoomId::new(223), kind, runs(57..110))
}

fn labelled() -> HomeBuilder {
    flat().rooms([lower(Some(RoomKind::Living)), upper(Some(RoomKind::Bedroom))])
}

fn polygon(corners: &[(f64, f64)]) -> Polygon<f64> {
    Polygon::new(corners.iter().map(|&(x, y)| coord! { x: x, y: y }).collect::<LineString<f64>>(), Vec::new())
}

fn area(corners: &[(f64, f64)]) -> KeepOut {
    KeepOut::Area(polygon(corners))
}

fn wall(start: (f64, f64), end: (f64, f64)) -> KeepOut {
    KeepOut::Wall(Line::new(Coord::from(start), Coord::from(end)))
}

/// So many corners, up and down over the whole height; a polygon of them ends where it begins.
fn zigzag(corners: u32) -> Vec<(f64, f64)> {
    (0..corners).map(|n| (f64::from(n) * 0.002_5, f64::from(n % 2) * 8.4)).collect()
}

/// So many corners, up and down over the whole height, and back below.
fn saw(corners: u32) -> Vec<(f64, f64)> {
    let mut saw = zigzag(corners - 2);
    saw.extend([(f64::from(corners) * 0.002_5, -1.0), (0.0, -1.0)]);
    saw
}

/// A building of `count` rooms of 7 × 7 cells, in rows of 40, with doors of five cells between all.
fn many(count: u32) -> HomeBuilder {
    let (columns, rows) = (40, count.div_ceil(40));
    let (width, height) = (8 * columns + 1, 8 * rows + 1);
    let inside = |n: u32| !n.is_multiple_of(8);
    let doorway = |n: u32| (2..=6).contains(&(n % 8));
    let outer = |x, y| x == 0 || y == 0 || x + 1 == width || y + 1 == height;
    let free = |x, y| !outer(x, y) && (inside(x) && (inside(y) || doorway(x)) || inside(y) && doorway(y));
    let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let cells = cells.map(|(x, y)| if free(x, y) { Cell::Free } else { Cell::Occupied }).collect();
    let rooms = (0..count).map(|n| {
        let (x, y) = (8 * (n % columns) + 1, 8 * (n / columns) + 1);
        Room::new(RoomId::new(n), None, (y..y + 7).map(|y| Span::new(x, y, 7).unwrap()).collect())
    });
    let robot = Footprint::disc_m(0.1).unwrap();
    Home::builder(OccupancyGrid::new(width, height, 0.1, cells).unwrap(), robot).rooms(rooms)
}

/// 1000 rooms of 8 squares each, none next to another of its room, with a cell of floor between all squares.
fn many_parts() -> HomeBuilder {
    let (columns, rows) = (100, 80);
    let (width, height) = (3 * columns, 3 * rows);
    let inside = |n: u32| !n.is_multiple_of(3);
    let floor = |x, y| inside(x) && (inside(y) || x % 3 == 1) || inside(y) && y % 3 == 1;
    let free = |x, y| x > 0 && y > 0 && floor(x, y);
    let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let cells = cells.map(|(x, y)| if free(x, y) { Cell::Free } else { Cell::Occupied }).collect();
    let rooms = (0..1000).map(|n| {
        let squares = (0..8).map(|part| n + 1000 * part).map(|square| (square % columns, square / columns));
        let runs = squares.flat_map(|(x, y)| [1, 2].map(|row| Span::new(3 * x + 1, 3 * y + row, 2).unwrap()));
        Room::new(RoomId::new(n), None, runs.collect())
    });
    let robot = Footprint::disc_m(0.1).unwrap();
    Home::builder(OccupancyGrid::new(width, height, 0.5, cells).unwrap(), robot).rooms(rooms)
}

pub(super) fn rows() -> Vec<Row> {
    [rooms(), docks(), keep_outs(), redactions()].into_iter().flatten().collect()
}

fn rooms() -> Vec<Row> {
    let with = |rooms: Vec<Room>| Input::Home(flat().rooms(rooms), Redaction::none());
    let room = |id, x, y, len| Room::new(RoomId::new(id), None, vec![Span::new(x, y, len).unwrap()]);
    vec![
        Row::bad("a room right of the grid", with(vec![room(227, 137, 3, 1)]), HomeError::RoomOutside),
        Row::bad("a room above the grid", with(vec![room(227, 3, 113, 1)]), HomeError::RoomOutside),
        Row::bad("a run that leaves the grid", with(vec![room(227, 131, 3, 7)]), HomeError::RoomOutside),
        Row::bad("rooms that overlap", with(vec![lower(None), room(227, 5, 5, 1)]), HomeError::RoomsOverlap),
        Row::bad(
            "a room with a cell twice",
            with(vec![room(227, 5, 5, 1), room(227, 5, 5, 1)]),
            HomeError::RoomTwice,
        ),
        Row::bad("one id for two", with(vec![lower(None), room(211, 60, 60, 1)]), HomeError::RoomTwice),
        Row::good(
            "rooms of no cell",
            with((0..7).map(|id| Room::new(RoomId::new(id), None, Vec::new())).collect()),
        ),
        Row::good("the last id", with(vec![room(u32::MAX, 71, 31, 1)])),
        Row::good("a room in the wall", with(vec![room(229, 0, 0, 137)])),
        Row::good("a room of one cell", with(vec![room(229, 71, 31, 1)])),
        Row::good("500 rooms", Input::Home(many(500), Redaction::none())),
        Row::good("as many rooms as there may be", Input::Home(many(1000), Redaction::none())),
        Row::good("as many parts of rooms as there may be", Input::Home(many_parts(), Redaction::none())),
        Row::bad("a room too many", Input::Home(many(1001), Redaction::none()), HomeError::Rooms),
        Row::bad(
            "a million rooms",
            with((0..1_000_000).map(|id| room(id, 5, 5, 1)).collect()),
            HomeError::Rooms,
        ),
    ]
}

fn docks() -> Vec<Row> {
    let at = |x: f64, y: f64| {
        let redaction = Policy::default().redaction();
        Input::Home(labelled().dock(Point2::new(x, y)), redaction)
    };
    let mut rows = vec![
        Row::good("no dock", Input::Home(labelled(), Redaction::none())),
        Row::good("dock in a wall", at(0.01, 4.13)),
        Row::good("dock in the doorway", at(69.5 * 0.0739, 56.5 * 0.0739)),
        Row::good("dock in a redacted room", at(5.03, 6.07)),
        Row::good("dock on the edge", at(0.0, 0.0)),
        Row::good("dock just outside", at(-0.6, 4.13)),
        Row::bad("dock outside", at(-31.7, 8.3), HomeError::Dock),
        Row::bad("dock far outside", at(1e9, -1e9), HomeError::Dock),
        Row::bad("dock at the end of numbers", at(f64::MAX, f64::MIN), HomeError::Dock),
        Row::good("dock at nearly zero", at(5e-324, -5e-324)),
    ];
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        rows.push(Row::bad(format!("dock at {bad}"), at(bad, 1.0), HomeError::Position));
        rows.push(Row::bad(format!("dock over {bad}"), at(1.0, bad), HomeError::Position));
    }
    rows
}

fn keep_outs() -> Vec<Row> {
    let with = |keep_outs: Vec<KeepOut>| {
        Input::Home(labelled().dock(Point2::new(2.0, 2.0)).keep_out(keep_outs), Redaction::none())
    };
    let most = f64::MAX;
    let square = |half: f64| area(&[(-half, -half), (half, -half), (half, half), (-half, half)]);
    let comb: Vec<(f64, f64)> = (0..3001).map(|n| (f64::from(n) * 0.003, f64::from(n % 2) * 8.0)).collect();
    vec![
        Row::bad(
            "a corner that is no number",
            with(vec![area(&[(0.0, 0.0), (f64::NAN, 1.0)])]),
            HomeError::Position,
        ),
        Row::bad("a corner at infinity", with(vec![area(&[(f64::INFINITY, 0.0)])]), HomeError::Position),
        Row::bad(
            "a wall to infinity",
            with(vec![wall((0.0, 0.0), (0.0, f64::NEG_INFINITY))]),
            HomeError::Position,
        ),
        Row::good("an area without corners", with(vec![area(&[])])),
        Row::good("an area of a point", with(vec![area(&[(3.1, 3.1)])])),
        Row::good("an area of one point thrice", with(vec![area(&[(3.1, 3.1); 3])])),
        Row::good("an area on a line", with(vec![area(&[(1.0, 1.0), (5.0, 1.0), (3.0, 1.0)])])),
        Row::good(
            "an area that crosses itself",
            with(vec![area(&[(1.0, 1.0), (5.0, 4.0), (5.0, 1.0), (1.0, 4.0)])]),
        ),
        Row::good("a comb of 3001 corners", with(vec![area(&comb)])),
        Row::good("an area over all", with(vec![square(1e6)])),
        Row::good("an area over all numbers", with(vec![square(most)])),
        Row::good("a wall of a point", with(vec![wall((3.1, 3.1), (3.1, 3.1))])),
        Row::good("a wall through all numbers", with(vec![wall((-most, -most), (most, most))])),
        Row::good(
            "all numbers in a turned frame",
            Input::Home(
                labelled()
                    .origin(Isometry2::new([4.0, 2.0].into(), 0.7))
                    .keep_out([square(most), wall((-most, -most), (most, most))]),
                Redaction::none(),
            ),
        ),
        Row::good("as many as there may be", with(vec![square(0.3); 1000])),
        Row::good("as many, each over all", with(vec![square(1e6); 1000])),
        Row::good("as many corners as there may be", with(vec![area(&zigzag(4000))])),
        Row::bad("a corner too many", with(vec![area(&zigzag(4001))]), HomeError::Corners),
        Row::bad(
            "a corner too many, in two outlines and a wall",
            with(vec![area(&zigzag(2000)), area(&zigzag(1999)), wall((0.0, 0.0), (1.0, 1.0))]),
            HomeError::Corners,
        ),
        Row::bad("one too many", with(vec![square(0.3); 1001]), HomeError::KeepOuts),
    ]
}

fn redactions() -> Vec<Row> {
    let with = |redaction: Redaction| Input::Home(labelled().dock(Point2::new(2.0, 2.0)), redaction);
    let bare = |redaction: Redaction| Input::Home(flat().rooms([lower(None), upper(None)]), redaction);
    let kinds = || Policy::default().redaction();
    let region = |corners: &[(f64, f64)]| Redaction::none().region(polygon(corners)).unwrap();
    let most = f64::MAX;
    vec![
        Row::bad("kinds, and rooms without", bare(kinds()), AnonymizeError::Redact(HomeError::Unlabelled)),
        Row::good("rooms without a kind kept", bare(kinds().keep_unlabelled())),
        Row::good("rooms without a kind redacted", bare(kinds().redact_unlabelled())),
        Row::bad(
            "a room that is not there",
            with(Redaction::none().rooms([RoomId::new(233)])),
            AnonymizeError::Redact(HomeError::UnknownRoom),
        ),
        Row::good("as many corners as there may be", with(region(&saw(4000)))),
        Row::good("everything by kind", with(Redaction::none().kinds(RoomKind::ALL))),
        Row::good("everything by id", with(Redaction::none().rooms([211, 223].map(RoomId::new)))),
        Row::good(
            "everything by a region",
            with(region(&[(-9.0, -9.0), (99.0, -9.0), (99.0, 99.0), (-9.0, 99.0)])),
        ),
        Row::good(
            "everything in all numbers",
            with(region(&[(-most, 0.0), (0.0, -most), (most, 0.0), (0.0, most)])),
        ),
        Row::good("everything thrice", with(kinds().dead_ends().rooms([211, 223, 223].map(RoomId::new)))),
        Row::good("dead ends that are all", with(Redaction::none().dead_ends())),
    ]
}

/// Runs that no grid can hold are not built.
#[test]
fn runs_beyond_all_grids_and_of_no_cell_are_refused() {
    for (x, y, len) in [
        (3, 3, u32::MAX),
        (u32::MAX, u32::MAX, 1),
        (u32::MAX, 0, u32::MAX),
        (16_384, 0, 1),
        (1, 0, 16_384),
        (0, 16_384, 1),
        (5, 5, 0),
    ] {
        assert_eq!(Span::new(x, y, len), Err(GridError::Span));
    }
    assert!(Span::new(16_383, 16_383, 1).is_ok() && Span::new(0, 0, 16_384).is_ok());
}

/// Whatever the owner draws it for, an outline without a clear inside is refused; a map may carry it all the same.
#[test]
fn outlines_that_make_no_sense_are_refused_to_the_owner_and_taken_from_a_map() {
    use HomeError::{Corners, CrossesItself, HolesOverlap, NoInside, Position};
    let home = labelled().build().unwrap();
    let policy = noisy();
    let (_, mut key) = crate::props::drawn(&home, &Redaction::none(), &policy, Coins::replayed(2));
    let with_holes = |holes: &[&[(f64, f64)]]| {
        let holes = holes.iter().map(|ring| polygon(ring).exterior().clone()).collect();
        Polygon::new(polygon(&[(1.0, 1.0), (9.0, 1.0), (9.0, 7.0), (1.0, 7.0)]).exterior().clone(), holes)
    };
    let inner = [(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0)];
    let most = f64::MAX;
    for (outline, wrong) in [
        (polygon(&[(f64::NAN, 0.0), (1.0, 1.0), (2.0, 0.0)]), Position),
        (polygon(&[(0.0, f64::INFINITY), (1.0, 1.0), (2.0, 0.0)]), Position),
        (polygon(&saw(4001)), Corners),
        (polygon(&[]), NoInside),
        (polygon(&[(3.1, 3.1); 3]), NoInside),
        (polygon(&[(0.0, 3.0), (9.0, 3.0)]), NoInside),
        (polygon(&[(1.0, 1.0), (5.0, 1.0), (3.0, 1.0)]), NoInside),
        (polygon(&[(1.0, 1.0), (5.0, 4.0), (5.0, 1.0), (1.0, 4.0)]), CrossesItself),
        (polygon(&[(-most, -most), (most, most), (most, -most), (-most, most)]), CrossesItself),
        (polygon(&zigzag(4000)), CrossesItself),
        (with_holes(&[&[(2.0, 2.0), (4.0, 4.0), (4.0, 2.0), (2.0, 4.0)]]), CrossesItself),
        (with_holes(&[&[(2.0, 2.0), (4.0, 2.0), (4.0, 9.0)]]), HolesOverlap),
        (with_holes(&[&[(11.0, 2.0), (12.0, 2.0), (12.0, 3.0)]]), HolesOverlap),
        (with_holes(&[&[(1.0, 2.0), (4.0, 2.0), (1.0, 4.0)]]), HolesOverlap),
        (with_holes(&[&inner, &[(3.0, 3.0), (6.0, 3.0), (6.0, 5.0)]]), HolesOverlap),
        (with_holes(&[&inner, &inner]), HolesOverlap),
        (with_holes(&[&inner, &[(4.0, 2.0), (6.0, 2.0), (4.0, 4.0)]]), HolesOverlap),
    ] {
        let area = KeepOut::Area(outline.clone());
        assert_eq!(area.check(), Err(wrong));
        assert_eq!(Redaction::none().region(outline.clone()).err(), Some(wrong));
        assert_eq!(key.bind_region(AreaId::new(0), &outline), Err(KeyError::Home(wrong)));
        assert_eq!(key.bar(&area), Err(KeyError::Home(wrong)));
        let home = labelled().keep_out([area]).build();
        assert_eq!(home.is_ok(), !matches!(wrong, Position | Corners));
    }
    let touching =
        with_holes(&[&[(1.0, 4.0), (4.0, 2.0), (4.0, 4.0)], &[(4.0, 4.0), (6.0, 4.0), (6.0, 5.0)]]);
    key.bar(&KeepOut::Area(touching)).unwrap();
    let half = Redaction::none().region(polygon(&saw(2000))).unwrap();
    assert_eq!(half.region(polygon(&saw(2001))).err(), Some(Corners));
}

/// What the owner redacts by a region that is larger than differences of numbers can say is redacted.
#[test]
fn enormous_regions_redact_and_enormous_keep_outs_stop() {
    let most = f64::MAX;
    let rhomb = [(-most, 0.0), (0.0, -most), (most, 0.0), (0.0, most)];
    let policy = noisy();
    for (builder, redaction) in [
        (labelled(), Redaction::none().region(polygon(&rhomb)).unwrap()),
        (labelled().keep_out([area(&rhomb)]), Redaction::none()),
    ] {
        let home = builder.build().unwrap();
        let (release, key) = crate::props::drawn(&home, &redaction, &policy, Coins::replayed(2));
        assert!(release.floors()[0].zones().iter().all(|zone| key.lift_zone(zone.id).is_err()));
    }
}

/// Floor that winds through 800 × 800 cells, from end to end and back 64 times.
#[test]
fn a_path_that_takes_too_long_to_find_is_refused_by_name() {
    let side = 800_usize;
    let cell = |x: usize, y: usize| {
        let turn = if (y / 4).is_multiple_of(2) { side - 4..side - 1 } else { 1..4 };
        let is_edge = [0, side - 1].contains(&x) || [0, side - 1].contains(&y);
        if is_edge || y.is_multiple_of(4) && !turn.contains(&x) { '#' } else { 'a' }
    };
    let row = |y: usize| (0..side).map(|x| cell(x, y)).chain(['\n']).collect::<String>();
    let drawing: String = (0..side).map(row).collect();
    let home =
        Home::from_drawing(0.05, Footprint::disc_m(0.05).unwrap(), &drawing, &[]).unwrap().build().unwrap();
    let coins = &mut Coins::replayed(1);
    let (_, key) = anonymize(&home, &Redaction::none(), &noisy(), Grant::unaccounted(), coins).unwrap();
    let ends = [(0.1, 0.1), (39.9, 39.9)].map(|(x, y)| Isometry2::translation(x, y));
    let places = ends.map(|end| key.project(end).unwrap());
    let path = |times: usize| key.resolve(ends[0], &Goal::Path(places.repeat(times)));
    assert!(matches!(path(1), Ok(Task::Drive(_))));
    assert_eq!(path(64).err(), Some(KeyError::TooLong));
}
