//! No error says a number of the home: neither it nor its sources, neither to people nor to developers.

use core::fmt::Write as _;
use std::collections::BTreeSet;

use geo_types::{LineString, Polygon, coord};
use homeveil::formats::{self, Picture};
use homeveil::grid::{self, Cell, OccupancyGrid, Span};
use homeveil::home::{self, Footprint, Home, KeepOut, Room, RoomId};
use homeveil::key::AreaId;
use homeveil::{Coins, Odds, Redaction};
use nalgebra::{Isometry2, Point2};

use crate::props::{drawn, noisy};

/// What errors say in `Display` and `Debug`, sources included.
fn words(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(text, "{error} / {error:?} / {error:#?}").unwrap();
        next = error.source();
    }
    text
}

/// Every number that a text may hold: limits and what is the same for every home.
fn limits() -> BTreeSet<String> {
    let stated = [
        grid::MAX_SIDE.to_string(),
        grid::MAX_CELLS.to_string(),
        grid::MIN_RESOLUTION_M.to_string(),
        grid::MAX_RESOLUTION_M.to_string(),
        (grid::MIN_RESOLUTION_M * 100.0).to_string(),
        (grid::MAX_RESOLUTION_M * 100.0).to_string(),
        home::MAX_ROOMS.to_string(),
        (home::MAX_ROOMS + 24).to_string(),
        home::MAX_KEEP_OUTS.to_string(),
        home::MAX_OUTLINE_CORNERS.to_string(),
        home::MIN_RADIUS_M.to_string(),
        home::MAX_RADIUS_M.to_string(),
        formats::MAX_FILE_BYTES.to_string(),
        formats::MAX_PIXELS.to_string(),
        formats::MAX_CORNERS.to_string(),
        formats::MAX_POSITION_CM.to_string(),
        formats::MAX_YAML_BYTES.to_string(),
        formats::MAX_IMAGE_BYTES.to_string(),
        formats::MAX_IMAGE_PIXELS.to_string(),
        formats::MAX_IMAGE_SIDE.to_string(),
        grid::MAX_ORIGIN_M.to_string(),
        formats::MAX_PICTURE_SIDE.to_string(),
        u16::MAX.to_string(),
        u32::MAX.to_string(),
    ];
    // Sizes of keys and releases; values of a grid; versions and kinds of formats; the frame; least corners; the
    // usual thresholds of map_server; names of packings.
    let same = [
        "65536", "1048576", "0", "1", "100", "2", "5", "8", "255", "192", "0.05", "3", "0.65", "0.196",
        "0.0", "4", "7", "16", "64",
    ];
    stated.into_iter().chain(same.map(str::to_owned)).collect()
}

/// The numbers in a text.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|part| part.trim_matches('.'))
        .filter(|part| !part.is_empty())
}

/// Fails where a text holds a number that is no limit.
fn check(text: &str) {
    let limits = limits();
    for number in numbers(text) {
        assert!(limits.contains(number), "{number} in: {text}");
    }
}

/// Fails where an error says a number that is no limit.
pub(super) fn tell_no_number(error: &(dyn std::error::Error + 'static)) {
    check(&words(error));
}

/// One home whose every number is a prime of three digits that no limit is, and every error that can be had
/// from it.
#[test]
fn no_error_of_a_home_of_primes_says_one() {
    let limits = limits();
    let primes = [137, 113, 211, 223, 227, 739, 587, 991, 997, 971, 967, 953];
    assert!(primes.iter().all(|prime| !limits.contains(&prime.to_string())));
    let robot = Footprint::disc_m(0.17).unwrap();
    let grid = || OccupancyGrid::new(137, 113, 0.0739, vec![Cell::Free; 137 * 113]).unwrap();
    let room = |id, x, y, len| Room::new(RoomId::new(id), None, vec![Span::new(x, y, len).unwrap()]);
    let polygon = |corners: &[(f64, f64)]| {
        Polygon::new(
            corners.iter().map(|&(x, y)| coord! { x: x, y: y }).collect::<LineString<f64>>(),
            Vec::new(),
        )
    };
    let built = |rooms: Vec<Room>| Home::builder(grid(), robot).rooms(rooms).build();
    let home = built(vec![room(211, 7, 7, 101), room(223, 7, 11, 103)]).unwrap();
    let policy = noisy();
    let (_, mut key) = drawn(&home, &Redaction::none(), &policy, Coins::replayed(1));
    let refused = |redaction: Redaction| homeveil::redact::redact(&home, &redaction).err();
    let lost = polygon(&[(991.0, f64::NAN), (997.0, 971.0)]);
    let endless = polygon(&vec![(991.0, 997.0); home::MAX_OUTLINE_CORNERS + 2]);
    let crossed = polygon(&[(991.0, 991.0), (997.0, 997.0), (997.0, 991.0), (991.0, 997.0)]);
    let away = polygon(&[(991.0, 991.0), (997.0, 971.0), (953.0, 967.0)]);
    let other =
        Home::builder(OccupancyGrid::new(113, 137, 0.0739, vec![Cell::Free; 137 * 113]).unwrap(), robot);
    let other = other.build().unwrap();
    let mut errors: Vec<(&str, Option<Box<dyn std::error::Error>>)> = Vec::new();
    macro_rules! add {
        ($($what:literal: $error:expr;)*) => {
            $(errors.push(($what, $error.map(|error| Box::new(error) as Box<dyn std::error::Error>)));)*
        };
    }
    add! {
        "length": OccupancyGrid::new(137, 113, 0.0739, vec![Cell::Free; 997]).err();
        "resolution": OccupancyGrid::new(137, 113, 739.0, vec![Cell::Free; 137 * 113]).err();
        "radius": Footprint::disc_m(997.0).err();
        "outside": built(vec![room(227, 131, 113, 997)]).err();
        "overlap": built(vec![room(227, 7, 7, 97), room(223, 7, 7, 103)]).err();
        "twice": built(vec![room(227, 7, 7, 97), room(227, 7, 11, 103)]).err();
        "dock": Home::builder(grid(), robot).dock(Point2::new(991.0, f64::NAN)).build().err();
        "dock elsewhere": Home::builder(grid(), robot).dock(Point2::new(991.0, 997.0)).build().err();
        "origin": Home::builder(grid(), robot).origin(Isometry2::new([991.0, 997.0].into(), f64::NAN)).build().err();
        "keep-out": Home::builder(grid(), robot).keep_out([KeepOut::Area(lost.clone())]).build().err();
        "unlabelled": refused(policy.redaction());
        "unknown room": refused(Redaction::none().rooms([RoomId::new(997)]));
        "region": Redaction::none().region(lost.clone()).err();
        "region that crosses itself": Redaction::none().region(crossed).err();
        "keep-out's corners": Home::builder(grid(), robot).keep_out([KeepOut::Area(endless.clone())]).build().err();
        "region's corners": Redaction::none().region(endless.clone()).err();
        "bind corners": key.bind_region(AreaId::new(3), &endless).err();
        "bar corners": key.bar(&KeepOut::Area(endless.clone())).err();
        "lift": key.lift_point(Point2::new(997.0, 991.0)).err();
        "area": key.lift_area(AreaId::new(997)).err();
        "bind region": key.bind_region(AreaId::new(3), &lost).err();
        "bind elsewhere": key.bind_region(AreaId::new(3), &away).err();
        "bind too many": key.bind_region(AreaId::new(997), &away).err();
        "bind rooms": key.bind_rooms(AreaId::new(3), &home, &[RoomId::new(997)]).err();
        "bind other": key.bind_rooms(AreaId::new(3), &other, &[RoomId::new(211)]).err();
        "picture": Picture::of_home(&home, &policy.redaction(), &key).err();
        "no file": formats::read_map_file("/nonexistent/997/991.yaml", None).err();
        "odds": Odds::new(953, 997).err();
    }
    for (what, error) in errors {
        let error = error.unwrap_or_else(|| panic!("{what} was not refused"));
        check(&words(error.as_ref()));
    }
    let region = key.lift_area(AreaId::new(3)).unwrap();
    check(&format!("{home:?} {key:?} {region:?} {:?}", policy.redaction()));
}
