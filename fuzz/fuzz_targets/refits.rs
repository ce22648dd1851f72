//! A key in use: refits to any maps, bars, areas and edits of the owner in any order, and storage in between.
#![no_main]

use arbitrary::Arbitrary;
use geo_types::{Line, Rect, coord};
use homeveil::home::{Home, KeepOut, Room, RoomId};
use homeveil::key::AreaId;
use homeveil::{Coins, Grant, HouseKey, Redaction, anonymize};
use homeveil_fuzz::noisy;
use homeveil_fuzz::raw::{Place, RawHome, outline, point};
use libfuzzer_sys::fuzz_target;
use nalgebra::Point2;

#[derive(Arbitrary, Debug)]
struct Input {
    homes: [RawHome; 3],
    redacted: Vec<u8>,
    region: Vec<[Place; 2]>,
    zones: u8,
    seed: u8,
    days: Vec<Day>,
}

#[derive(Arbitrary, Debug)]
enum Day {
    Refit { home: u8, redacted: bool },
    BarArea(Vec<[Place; 2]>),
    BarWall([Place; 4]),
    BarBox { at: [Place; 2], size: [u8; 2] },
    BarRect([u8; 4]),
    Unbar,
    BindRooms { area: u8, rooms: Vec<u8> },
    BindRegion { area: u8, region: Vec<[Place; 2]> },
    Unbind(u8),
    Redact,
    RemoveMark(u8),
    Confirm,
    Store,
}

const MOST_DAYS: usize = 12;

/// The middles of all cells that the key would clean.
fn cleaned(key: &HouseKey) -> Vec<Point2<f64>> {
    let zones = (1..=6).filter_map(|zone| key.lift_zone(homeveil::atlas::ZoneId::new(zone)).ok());
    let areas = (0..key.areas()).filter_map(|area| key.lift_area(AreaId::new(area)).ok());
    zones.chain(areas).flat_map(|region| region.points().collect::<Vec<_>>()).collect()
}

fuzz_target!(|input: Input| {
    let homes: Vec<Home> = input.homes.iter().filter_map(RawHome::build).collect();
    let Some(first) = homes.first() else { return };
    let redaction = |home: &Home| {
        let rooms: Vec<RoomId> = home.rooms().iter().map(Room::id).collect();
        let gone = input.redacted.iter().filter_map(|&n| rooms.get(usize::from(n)).copied());
        let redaction = Redaction::none().keep_unlabelled().rooms(gone.collect::<Vec<_>>());
        redaction.clone().region(outline(&input.region)).unwrap_or(redaction)
    };
    let policy = noisy().zones(2 + input.zones % 5).areas(4).build().expect("a good policy");
    let coins = &mut Coins::replayed(input.seed.into());
    let drawn = anonymize(first, &redaction(first), &policy, Grant::unaccounted(), coins);
    let (_, mut key) = drawn.expect("every home yields a release");
    let mut today = first;
    for day in input.days.iter().take(MOST_DAYS) {
        match day {
            Day::Refit { home, redacted } => {
                today = &homes[usize::from(*home) % homes.len()];
                let redaction = if *redacted { redaction(today) } else { Redaction::none() };
                let (next, refit) = key.refit(today, &redaction);
                assert!((0.0..=1.0).contains(&refit.map_overlap));
                assert!((0.0..=1.0).contains(&refit.zone_agreement));
                assert_eq!(next.areas(), key.areas());
                key = next;
            }
            Day::BarArea(corners) => drop(key.bar(&KeepOut::Area(outline(corners)))),
            Day::BarWall([a, b, c, d]) => {
                let _ = key.bar(&KeepOut::Wall(Line::new(point([*a, *b]), point([*c, *d]))));
            }
            Day::BarBox { at, size } => {
                let low = point(*at);
                let high =
                    coord! { x: low.x + f64::from(size[0]) / 50.0, y: low.y + f64::from(size[1]) / 50.0 };
                let place = Rect::new(low, high);
                if key.bar(&KeepOut::Area(place.to_polygon())).is_ok() {
                    let inside =
                        |at: &Point2<f64>| at.x > low.x && at.x < high.x && at.y > low.y && at.y < high.y;
                    assert!(!cleaned(&key).iter().any(inside), "a barred cell is cleaned");
                }
            }
            Day::BarRect(sides) => {
                let [x, y, width, height] = sides.map(|side| f64::from(side) / 20.0);
                let _ = key.bar_rect(Rect::new((x, y), (x + width, y + height)));
            }
            Day::Unbar => key.unbar(),
            Day::BindRooms { area, rooms } => {
                let present: Vec<RoomId> = today.rooms().iter().map(Room::id).collect();
                let chosen: Vec<RoomId> =
                    rooms.iter().filter_map(|&n| present.get(usize::from(n)).copied()).collect();
                let _ = key.bind_rooms(AreaId::new((*area % 5).into()), today, &chosen);
            }
            Day::BindRegion { area, region } => {
                let _ = key.bind_region(AreaId::new((*area % 5).into()), &outline(region));
            }
            Day::Unbind(area) => key.unbind(AreaId::new((*area % 5).into())),
            Day::Redact => drop(key.redact(today, &redaction(today))),
            Day::RemoveMark(which) => {
                let marks = key.marks();
                if let Some(mark) = marks.get(usize::from(*which) % marks.len().max(1)) {
                    let _ = key.remove_mark(mark.id, today);
                    assert!(key.marks().len() <= marks.len());
                }
            }
            Day::Confirm => key.confirm_map(),
            Day::Store => {
                let bytes = key.to_secret_bytes();
                let back = HouseKey::from_secret_bytes(&bytes).expect("a key's bytes are one");
                assert!(back == key);
                key = back;
            }
        }
        if key.check_open().is_err() {
            assert!(cleaned(&key).is_empty(), "a closed key leads nowhere");
        }
    }
    homeveil_fuzz::ask(&key);
});
