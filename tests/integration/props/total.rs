//! Every home yields a release, whatever it is; and no error tells anything of it.

use core::fmt::Display;

use super::noisy;
use geo_types::{LineString, Polygon, coord};
use homeveil::atlas::Codebook;
use homeveil::grid::{Cell, GridError, OccupancyGrid, Span};
use homeveil::home::{Footprint, Home, HomeError, KeepOut, Room, RoomId, RoomKind};
use homeveil::key::AreaId;
use homeveil::{Coins, Grant, HouseKey, Odds, Policy, Redaction, Release, anonymize};
use nalgebra::{Isometry2, Point2};
use proptest::collection::vec;
use proptest::prelude::*;

/// A run of cells: column, row and length as shares.
type Stretch = (f64, f64, f64);

/// Corners in metres.
type Corners = Vec<(f64, f64)>;

/// Kinds and rooms to redact, regions, dead ends or not, rooms without a kind kept or redacted.
type Choice = (Vec<usize>, Vec<u32>, Vec<Corners>, bool, bool);

/// A grid of anything, with rooms, dock and keep-outs anywhere.
#[derive(Clone, Debug)]
struct Chaos {
    width: u32,
    height: u32,
    cells: Vec<u8>,
    resolution_m: f64,
    radius_m: f64,
    /// Runs as shares of the sides, and a kind.
    rooms: Vec<(Vec<Stretch>, Option<usize>)>,
    dock: Option<(f64, f64)>,
    keep_outs: Vec<Corners>,
}

impl Chaos {
    fn home(&self) -> Home {
        let cell = |code: &u8| match code % 8 {
            0 => Cell::Unknown,
            1 | 2 => Cell::Occupied,
            _ => Cell::Free,
        };
        let grid = OccupancyGrid::new(
            self.width,
            self.height,
            self.resolution_m,
            self.cells.iter().map(cell).collect(),
        )
        .unwrap();
        let mut taken = vec![false; self.cells.len()];
        let rooms = (1..).zip(&self.rooms).map(|(id, (runs, kind))| {
            // The cells that no earlier room has.
            let mut own = Vec::new();
            for &(x, y, len) in runs {
                let (x, y) = (share(x, self.width), share(y, self.height));
                for x in x..=x + share(len, self.width - x - 1) {
                    let taken = &mut taken[(y * self.width + x) as usize];
                    if !core::mem::replace(taken, true) {
                        own.push(Span::new(x, y, 1).unwrap());
                    }
                }
            }
            Room::new(RoomId::new(id), kind.map(|kind| RoomKind::ALL[kind]), own)
        });
        let builder = Home::builder(grid, Footprint::disc_m(self.radius_m).unwrap())
            .rooms(rooms.collect::<Vec<_>>())
            .keep_out(self.keep_outs.iter().map(|corners| KeepOut::Area(outline(corners))));
        let docked = self.dock.map(|(x, y)| builder.clone().dock(Point2::new(x, y)).build());
        match docked {
            None | Some(Err(HomeError::Dock)) => builder.build().unwrap(),
            Some(home) => home.unwrap(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a side")]
fn share(part: f64, side: u32) -> u32 {
    (part * f64::from(side)) as u32
}

fn outline(corners: &[(f64, f64)]) -> Polygon<f64> {
    Polygon::new(corners.iter().map(|&(x, y)| coord! { x: x, y: y }).collect::<LineString<f64>>(), Vec::new())
}

fn metres() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -1.0..4.0, 1 => -1e9..1e9, 1 => prop_oneof![Just(0.0), Just(f64::MAX), Just(f64::MIN), Just(1e-300)]]
}

fn chaos() -> impl Strategy<Value = Chaos> {
    let polygons = vec(vec((metres(), metres()), 0..5), 0..3);
    let rooms =
        vec((vec((0.0..1.0, 0.0..1.0, 0.0..1.0), 0..30), proptest::option::of(0..RoomKind::ALL.len())), 0..6);
    let sizes = (
        1_u32..=20,
        1_u32..=20,
        prop_oneof![Just(0.05), Just(0.1), Just(0.5), Just(0.3)],
        prop_oneof![Just(0.02), Just(0.17), Just(1.0)],
    );
    (sizes, rooms, proptest::option::of((metres(), metres())), polygons, 0_u8..=3).prop_flat_map(
        |((width, height, resolution_m, radius_m), rooms, dock, keep_outs, crowd)| {
            // From all sorts of cells to nothing but floor.
            let codes = if crowd == 0 { 7..8 } else { 0..u8::from(crowd == 1) * 200 + 8 };
            vec(codes, (width * height) as usize).prop_map(move |cells| Chaos {
                width,
                height,
                cells,
                resolution_m,
                radius_m,
                rooms: rooms.clone(),
                dock,
                keep_outs: keep_outs.clone(),
            })
        },
    )
}

fn redactions() -> impl Strategy<Value = Choice> {
    let kinds = vec(0..RoomKind::ALL.len(), 0..5);
    (kinds, vec(1_u32..7, 0..3), vec(vec((metres(), metres()), 0..5), 0..3), any::<bool>(), any::<bool>())
}

laws! {
    many;

    fn every_home_yields_a_release_that_verifies(
        chaos in chaos(),
        (kinds, rooms, regions, dead_ends, keep) in redactions(),
        zones in 2_u8..=6,
        (p, q) in (1_u32..1 << 20, 1_u32..1 << 20),
        small: bool,
        seed: u64,
    ) {
        let home = chaos.home();
        let present = home.rooms();
        let rooms = rooms.into_iter().map(RoomId::new).filter(|id| present.iter().any(|room| room.id() == *id));
        let mut redaction = Redaction::none()
            .kinds(kinds.iter().map(|&kind| RoomKind::ALL[kind]))
            .rooms(rooms.collect::<Vec<_>>());
        redaction = if keep { redaction.keep_unlabelled() } else { redaction.redact_unlabelled() };
        if dead_ends {
            redaction = redaction.dead_ends();
        }
        for region in &regions {
            // An outline that crosses itself is refused where it is drawn.
            redaction = redaction.clone().region(outline(region)).unwrap_or(redaction);
        }
        let q = if small { p.min(q).max(p / 64).max(1) } else { p.min(q) };
        let odds = Odds::new(p, q).unwrap();
        // From λ = 2²⁰ on the codebook is the whole atlas, which takes long for many zones: not here.
        prop_assume!(Codebook::of(zones, odds).is_some());
        let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().unwrap();
        let (release, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(seed)).unwrap();
        prop_assert!(!release.verify_under(&policy).unwrap().has_private_coins());
        prop_assert_eq!(release.floors()[0].zones().len(), usize::from(zones));
        let back = Release::from_json(release.to_json().as_bytes()).unwrap();
        prop_assert!(back == release);
        // The key answers, whatever the home is.
        for zone in release.floors()[0].zones() {
            let middle = |from: u32, cells: u32| f64::from(2 * from + cells) * release.floors()[0].grid().resolution_m() / 2.0;
            let at = Point2::new(middle(zone.rect.x, zone.rect.width), middle(zone.rect.y, zone.rect.height));
            prop_assert!(key.lift_zone(zone.id).is_ok() || key.lift_point(at).is_err());
            if let Ok(real) = key.lift_point(at) {
                prop_assert!(key.project(Isometry2::translation(real.x, real.y)).is_ok());
            }
        }
        prop_assert!(HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap() == key);
    }

    /// Whatever is wrong with it, a home is refused in words that hold no number but the stated limits.
    fn errors_print_no_number_of_the_home(
        (width, height) in (0_u32..40_000, 0_u32..40_000),
        metres in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), 7.0..1e6],
        id in 100_u32..,
        (x, y) in (20_u32..3000, 20_u32..3000),
    ) {
        let grid = || OccupancyGrid::new(7, 7, 0.05, vec![Cell::Free; 49]).unwrap();
        let robot = Footprint::disc_m(0.05).unwrap();
        let room = |id, x, y| Room::new(RoomId::new(id), None, vec![Span::new(x, y, 1).unwrap()]);
        let builder = || Home::builder(grid(), robot);
        let region = || outline(&[(f64::NAN, metres), (metres, 0.0), (0.0, 0.0)]);
        let home = builder().rooms([room(id, 1, 1)]).build().unwrap();
        let (_, mut key) = anonymize(&home, &Redaction::none(), &noisy(), Grant::unaccounted(), &mut Coins::replayed(0)).unwrap();
        let refused = |redaction: &Redaction| {
            anonymize(&home, redaction, &noisy(), Grant::unaccounted(), &mut Coins::replayed(0)).unwrap_err().to_string()
        };
        let texts = [
            text(OccupancyGrid::new(width, height, 0.05, vec![Cell::Free])),
            text(OccupancyGrid::new(16_385, height, 0.05, Vec::new())),
            text(OccupancyGrid::new(16_384, 16_384, 0.05, Vec::new())),
            text(OccupancyGrid::new(7, 7, metres, vec![Cell::Free; 49])),
            text(Footprint::disc_m(metres)),
            text(builder().rooms([room(id, x, y)]).build()),
            text(builder().rooms([room(id, 1, 1), room(id, 2, 2)]).build()),
            text(builder().rooms([room(id, 1, 1), room(id - 1, 1, 1)]).build()),
            text(builder().rooms((0..1001).map(|n| room(n, 1, 1)).collect::<Vec<_>>()).build()),
            text(builder().dock(Point2::new(f64::NAN, metres)).build()),
            text(builder().keep_out([KeepOut::Area(region())]).build()),
            text(builder().keep_out(vec![KeepOut::Area(outline(&[])); 10_001]).build()),
            Some(refused(&Policy::default().redaction())),
            Some(refused(&Redaction::none().rooms([RoomId::new(id - 1)]))),
            text(Redaction::none().region(region())),
            text(key.lift_point(Point2::new(-metres, metres))),
            text(key.lift_area(AreaId::new(id))),
            text(key.bind_rooms(AreaId::new(0), &home, &[RoomId::new(id - 1)])),
            text(key.bind_region(AreaId::new(0), &region())),
            text(key.bind_region(AreaId::new(id), &outline(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]))),
            text(HouseKey::from_secret_bytes(&vec![7; width as usize])),
            text(HouseKey::from_secret_bytes(&vec![7; 1 << 16])),
            text(Release::from_json(format!("{{\"areas\": {id}, \"{x}\": {metres}}}").as_bytes())),
            text(homeveil::formats::read_valetudo(format!("{{\"pixelSize\": {id}, \"{x}\": \"{y}\"}}").as_bytes())),
            text(homeveil::formats::read_valetudo(&valetudo(id, x, y))),
        ];
        for (number, text) in texts.into_iter().enumerate() {
            let text = text.ok_or_else(|| TestCaseError::fail(format!("number {number} was not refused")))?;
            for digits in text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| part.contains(|c: char| c.is_ascii_digit())) {
                prop_assert!(LIMITS.contains(&digits.trim_matches('.')), "{digits} in: {text}");
            }
        }
    }
}

/// The numbers that errors may print: limits that are the same for every home, sides of the frame, versions
/// of formats, values a grid may have.
const LIMITS: [&str; 24] = [
    "0", "0.005", "0.02", "0.05", "0.5", "1", "2", "3", "16", "26", "64", "65", "100", "192", "300", "1000",
    "1024", "4000", "4096", "16384", "65535", "65536", "1048576", "16777216",
];

/// What is printed of an error, for the owner and for developers.
fn text<T>(result: Result<T, impl Display + core::fmt::Debug>) -> Option<String> {
    result.err().map(|error| format!("{error} / {error:?}"))
}

/// A map whose pixels are no whole runs.
fn valetudo(id: u32, x: u32, y: u32) -> Vec<u8> {
    let layer =
        serde_json::json!({"type": "segment", "metaData": {"segmentId": id}, "compressedPixels": [x, y]});
    serde_json::json!({"metaData": {"version": 2}, "pixelSize": 5, "layers": [layer], "entities": []})
        .to_string()
        .into_bytes()
}

exact_laws! {
    /// K = 2 to 6 are all good policies, so there is a codebook for each.
    fn every_policy_has_a_codebook(_config) {
        for zones in 2..=6 {
            for p in [1, 2, 4, 8, 16, 64] {
                let book = Codebook::of(zones, Odds::new(p, 1).unwrap());
                assert!(book.is_some_and(|book| !book.plans().is_empty()), "K = {zones}, λ = {p}");
            }
        }
        30
    }

    /// Rooms without a cell, as parsers may give them, and floor that a region takes to the last cell.
    fn a_home_of_which_nothing_is_left_yields_a_release(_config) {
        let robot = Footprint::disc_m(0.1).unwrap();
        let grid = OccupancyGrid::new(8, 8, 0.1, vec![Cell::Free; 64]).unwrap();
        let all = || {
            Room::new(
                RoomId::new(1),
                Some(RoomKind::Bedroom),
                (0..8).map(|y| Span::new(0, y, 8).unwrap()).collect(),
            )
        };
        let none = |id| Room::new(RoomId::new(id), Some(RoomKind::Kitchen), Vec::new());
        let everything = outline(&[(-1.0, -1.0), (9.0, -1.0), (9.0, 9.0), (-1.0, 9.0)]);
        let cases = [
            (vec![all()], Redaction::none().region(everything).unwrap()),
            (vec![all()], Policy::default().redaction()),
            (vec![all(), none(2)], Policy::default().redaction()),
            (vec![none(2), all(), none(3)], Redaction::none().rooms([RoomId::new(1)])),
            // What has no floor needs no kind.
            (vec![all(), Room::new(RoomId::new(2), None, Vec::new())], Policy::default().redaction()),
        ];
        for (rooms, redaction) in cases {
            for dock in [None, Some(Point2::new(0.4, 0.4))] {
                let builder = Home::builder(grid.clone(), robot).rooms(rooms.clone());
                let home = match dock {
                    Some(dock) => builder.dock(dock),
                    None => builder,
                }
                .build()
                .unwrap();
                let (release, key) = anonymize(
                    &home,
                    &redaction,
                    &noisy(),
                    Grant::unaccounted(),
                    &mut Coins::replayed(1),
                )
                .unwrap();
                assert!(release.verify().is_ok());
                assert!(release.floors()[0].zones().iter().all(|zone| key.lift_zone(zone.id).is_err()));
            }
        }
        10
    }

    fn typed_errors_are_what_they_say(_config) {
        assert_eq!(OccupancyGrid::new(0, 1, 0.05, Vec::new()).err(), Some(GridError::Side));
        assert_eq!(Footprint::disc_m(f64::NAN).err(), Some(HomeError::Footprint));
        assert_eq!(HouseKey::from_secret_bytes(&[]).err(), Some(homeveil::BlobError::Length));
        let home = Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), "aaaaaa\naaaaaa\naaaaaa", &[])
            .unwrap()
            .build()
            .unwrap();
        let refused = homeveil::redact::redact(&home, &Policy::default().redaction());
        assert_eq!(refused.err(), Some(HomeError::Unlabelled));
        4
    }
}
