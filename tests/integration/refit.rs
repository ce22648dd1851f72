//! The key follows maps that are made anew: real ones where they are at hand, and made-up ones.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of cells of homes"
)]

use homeveil::atlas::ZoneId;
use homeveil::formats::ParsedMap;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{CellRun, Footprint, Home, Room, RoomId};
use homeveil::key::{AreaId, Region};
use homeveil::redact::Unlabelled;
use homeveil::synth::{Change, RobotMap, SyntheticHome, sample_home};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, anonymize};
use nalgebra::Point2;
use proptest::prelude::*;

fn home(map: &RobotMap) -> Home {
    map.clone().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap()
}

fn keeping() -> Redaction {
    Policy::default().redaction().unlabelled(Unlabelled::Keep)
}

/// A map's key under the default policy, with its first rooms bound to areas.
fn key_of(map: &RobotMap) -> HouseKey {
    let home = home(map);
    let grant = Grant::unaccounted();
    let (_, mut key) =
        anonymize(&home, &keeping(), &Policy::default(), grant, &mut Coins::replayed(3)).unwrap();
    for (area, room) in (0..key.areas()).zip(&map.rooms) {
        // A withheld room, or one out of reach, stays unbound.
        let _ = key.bind_rooms(AreaId::new(area), &home, &[room.id()]);
    }
    key
}

/// Where a place of a map comes to lie after changes.
pub(crate) fn moved(map: &RobotMap, at: Point2<f64>, changes: &[Change]) -> Point2<f64> {
    let resolution = map.grid.resolution_m();
    let mut high = f64::from(map.grid.height()) * resolution;
    let mut wide = f64::from(map.grid.width()) * resolution;
    changes.iter().fold(at, |at, change| match *change {
        Change::Shift { left, below } => {
            let (dx, dy) = (f64::from(left) * resolution, f64::from(below) * resolution);
            (wide, high) = (wide + dx, high + dy);
            Point2::new(at.x + dx, at.y + dy)
        }
        Change::QuarterTurn => {
            let turned = Point2::new(high - at.y, at.x);
            (wide, high) = (high, wide);
            turned
        }
        _ => at,
    })
}

fn zone_areas(key: &HouseKey) -> Vec<Region> {
    key.passages().iter().flat_map(|(zones, _)| *zones).max().map_or_else(Vec::new, |last| {
        (1..=last.get()).filter_map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect()
    })
}

/// A key fitted to a changed map against the truth.
struct Outcome {
    /// Share of the floor, clean before and after, that kept its zone.
    kept: f64,
    /// The least share of a bound area's cells, clean before and after, that it kept.
    bound: f64,
    /// Share of the floor clean before that is clean after.
    left: f64,
}

fn outcome(map: &RobotMap, changes: &[Change]) -> Outcome {
    let key = key_of(map);
    let after = changes.iter().fold(map.clone(), |map, change| map.changed(*change));
    let (fitted, refit) = key.refit(&home(&after), &keeping());
    assert!((0.0..=1.0).contains(&refit.found) && (0.0..=1.0).contains(&refit.kept));
    let again = HouseKey::from_secret_bytes(&fitted.to_secret_bytes()).unwrap();
    assert!(again == fitted, "what is remembered is part of the key's bytes");
    let zones =
        |key: &HouseKey| -> Vec<_> { (1..=4).map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect() };
    let (old, new) = (zones(&key), zones(&fitted));
    let (mut total, mut clean, mut same) = (0_u32, 0_u32, 0_u32);
    for (zone, region) in old.iter().enumerate() {
        for at in region.iter().flat_map(Region::points) {
            let at = moved(map, at, changes);
            total += 1;
            let now = new.iter().position(|region| region.as_ref().is_some_and(|region| region.contains(at)));
            clean += u32::from(now.is_some());
            same += u32::from(now == Some(zone));
        }
    }
    let mut bound = 1.0_f64;
    for area in (0..key.areas()).map(AreaId::new) {
        let (before, now) = (key.lift_area(area).unwrap(), fitted.lift_area(area).unwrap());
        let cells = before.points().map(|at| moved(map, at, changes));
        let cells: Vec<_> =
            cells.filter(|at| new.iter().flatten().any(|region| region.contains(*at))).collect();
        if !cells.is_empty() {
            let kept = cells.iter().filter(|at| now.contains(**at)).count();
            bound = bound.min(kept as f64 / cells.len() as f64);
        }
    }
    Outcome {
        kept: f64::from(same) / f64::from(clean.max(1)),
        bound,
        left: f64::from(clean) / f64::from(total.max(1)),
    }
}

/// A room that can be shut with little but its own floor lost, another pair to merge, and one to split.
fn rooms(map: &RobotMap) -> (Option<RoomId>, Option<(RoomId, RoomId)>, Option<RoomId>) {
    let area = |room: &Room| room.runs().iter().map(|run| run.len).sum::<u32>();
    let floor = |map: &RobotMap| {
        let key = key_of(map);
        zone_areas(&key).iter().map(Region::len).sum::<usize>()
    };
    let whole = floor(map);
    let cell_m2 = map.grid.resolution_m().powi(2);
    let leaf = map.rooms.iter().find(|room| {
        let lost = whole.saturating_sub(floor(&map.changed(Change::Shut(room.id()))));
        let most = area(room) as usize + (1.0 / cell_m2) as usize;
        f64::from(area(room)) * cell_m2 > 2.0 && lost <= most && lost > 0 && most * 3 < whole
    });
    let largest = map.rooms.iter().max_by_key(|room| area(room));
    let touching = |a: &Room, b: &Room| {
        a.runs().iter().any(|one| {
            b.runs().iter().any(|other| {
                one.y.abs_diff(other.y) <= 1
                    && one.x < other.x + other.len + 2
                    && other.x < one.x + one.len + 2
            })
        })
    };
    let pair = map.rooms.iter().enumerate().find_map(|(i, a)| {
        let b = map.rooms[i + 1..].iter().find(|b| touching(a, b))?;
        Some((a.id(), b.id()))
    });
    (leaf.map(Room::id), pair, largest.map(Room::id))
}

fn cases(map: &RobotMap) -> Vec<(&'static str, Vec<Change>)> {
    let (leaf, pair, largest) = rooms(map);
    let shift = Change::Shift { left: 37, below: 11 };
    let furniture = Change::Furniture { blocks: 6, seed: 5 };
    let mut cases = vec![
        ("shift", vec![shift]),
        ("quarter turn", vec![Change::QuarterTurn]),
        ("six blocks", vec![furniture]),
    ];
    cases.extend(leaf.map(|room| ("shut room", vec![Change::Shut(room)])));
    cases.extend(leaf.map(|room| ("unseen room", vec![Change::Unseen(room)])));
    cases.extend(pair.map(|(a, b)| ("merge", vec![Change::Merge(a, b)])));
    cases.extend(largest.map(|room| ("split", vec![Change::Split(room)])));
    let mut all = Vec::new();
    all.extend(leaf.map(Change::Unseen));
    all.extend(largest.map(Change::Split));
    all.extend(pair.map(|(a, b)| Change::Merge(a, b)));
    // Furniture comes after doors are shut: it leaves the ways that are left.
    all.extend([furniture, shift, Change::QuarterTurn]);
    cases.push(("all at once", all));
    cases
}

fn check(name: &str, map: &RobotMap) {
    for (what, changes) in cases(map) {
        let Outcome { kept, bound, left } = outcome(map, &changes);
        println!("{name:28} {what:14} zone {kept:.4}  areas {bound:.4}  floor {left:.3}");
        assert!(kept >= 0.97, "{name}, {what}: {kept} of the floor keeps its zone");
        assert!(bound >= 0.90, "{name}, {what}: an area keeps {bound} of its cells");
        assert!(left >= 0.5, "{name}, {what}: {left} of the floor is left");
    }
}

#[test]
fn zones_and_areas_go_along_on_real_maps() {
    let maps: Vec<(String, ParsedMap)> = crate::real_maps::maps();
    for (name, map) in maps.into_iter().filter(|(_, map)| map.rooms.len() > 1) {
        check(&name, &RobotMap::from(map));
    }
}

#[test]
fn zones_and_areas_go_along_on_the_sample_home() {
    check("sample", &RobotMap::from(sample_home()));
}

/// A map begun with the robot turned by a few degrees.
fn rotated(map: &RobotMap, degrees: f64) -> (RobotMap, impl Fn(Point2<f64>) -> Point2<f64>) {
    let (grid, resolution) = (&map.grid, map.grid.resolution_m());
    let side = grid.width() + grid.height();
    let about = Point2::new(f64::from(grid.width()), f64::from(grid.height())) * (resolution / 2.0);
    let to = Point2::new(f64::from(side), f64::from(side)) * (resolution / 2.0);
    let turn = nalgebra::Rotation2::new(degrees.to_radians());
    let label_of = |x: u32, y: u32| {
        map.rooms.iter().position(|room| {
            room.runs().iter().any(|run| run.y == y && (run.x..run.x + run.len).contains(&x))
        })
    };
    let mut rooms = vec![Vec::new(); map.rooms.len()];
    let mut cells = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let at = Point2::new(f64::from(x) + 0.5, f64::from(y) + 0.5) * resolution;
            let from = (about + turn.inverse() * (at - to)) / resolution;
            let inside = from.x >= 0.0 && from.y >= 0.0;
            let cell = (from.x as u32, from.y as u32);
            let value = grid.get(cell.0, cell.1).filter(|_| inside).unwrap_or(Cell::Unknown);
            cells.push(value);
            if let Some(room) = label_of(cell.0, cell.1).filter(|_| value == Cell::Free) {
                rooms[room].push(CellRun { x, y, len: 1 });
            }
        }
    }
    let grid = OccupancyGrid::new(side, side, resolution, cells).unwrap();
    let rooms = map.rooms.iter().zip(rooms).map(|(room, runs)| Room::new(room.id(), room.kind(), runs));
    let forward = move |at: Point2<f64>| to + turn * (at - about);
    (RobotMap::new(grid, rooms.collect(), map.dock.map(forward), Vec::new()), forward)
}

#[test]
fn zones_go_along_with_a_small_angle() {
    let sample = sample_home();
    let map = RobotMap::new(sample.grid, sample.rooms, Some(sample.dock), Vec::new());
    let key = key_of(&map);
    for degrees in [-7.0, 2.3, 5.0] {
        let (turned, forward) = rotated(&map, degrees);
        let (fitted, refit) = key.refit(&home(&turned), &keeping());
        let (mut clean, mut same) = (0_u32, 0_u32);
        let zones = |key: &HouseKey| (1..=4).map(|zone| key.lift_zone(ZoneId::new(zone)).unwrap()).collect();
        let (old, new): (Vec<Region>, Vec<Region>) = (zones(&key), zones(&fitted));
        for (zone, region) in old.iter().enumerate() {
            for at in region.points().map(&forward) {
                let now = new.iter().position(|region| region.contains(at));
                clean += u32::from(now.is_some());
                same += u32::from(now == Some(zone));
            }
        }
        let kept = f64::from(same) / f64::from(clean);
        println!("{degrees}°: found {:.3}, zone {kept:.4}", refit.found);
        assert!(kept >= 0.97, "{degrees}°: {kept} of the floor keeps its zone, found {}", refit.found);
    }
}

/// A room that was shut while the map was remade comes back with its zone and its area.
#[test]
fn a_shut_room_comes_back() {
    let map = RobotMap::from(sample_home());
    let key = key_of(&map);
    let (leaf, ..) = rooms(&map);
    let leaf = leaf.expect("the sample home has a leaf room");
    let shut = map.changed(Change::Unseen(leaf)).changed(Change::Shift { left: 9, below: 4 });
    let (night, _) = key.refit(&home(&shut), &keeping());
    let (day, refit) = night.refit(&home(&map), &keeping());
    assert!((refit.kept - 1.0).abs() < 1e-9, "{}", refit.kept);
    for zone in (1..=4).map(ZoneId::new) {
        let (before, after) = (key.lift_zone(zone).unwrap(), day.lift_zone(zone).unwrap());
        assert!(before.points().eq(after.points()), "zone {zone}");
    }
    for area in (0..key.areas()).map(AreaId::new) {
        let (before, after) = (key.lift_area(area).unwrap(), day.lift_area(area).unwrap());
        assert!(before.points().eq(after.points()), "area {area}");
    }
}

/// What the owner bars goes along, also over a map on which it lies behind a shut door.
#[test]
fn edits_go_along() {
    let map = RobotMap::from(sample_home());
    let mut key = key_of(&map);
    let rect = geo_types::Rect::new((1.0, 1.0), (2.2, 2.2));
    let free = key.lift_rect(rect).unwrap();
    key.bar_rect(rect).unwrap();
    let changes = [Change::QuarterTurn, Change::Shift { left: 5, below: 20 }];
    let after = changes.iter().fold(map.clone(), |map, change| map.changed(*change));
    let (fitted, _) = key.refit(&home(&after), &keeping());
    let barred: Vec<_> = free.points().map(|at| moved(&map, at, &changes)).collect();
    for zone in (1..=4).map(ZoneId::new) {
        let region = fitted.lift_zone(zone).unwrap();
        assert!(barred.iter().all(|at| !region.contains(*at)), "zone {zone} holds what is barred");
    }
    let (back, _) = fitted.refit(&home(&map), &keeping());
    assert!(
        zone_areas(&back).iter().map(Region::len).sum::<usize>()
            == zone_areas(&key).iter().map(Region::len).sum::<usize>()
    );
    key.unbar();
    assert_eq!(key.lift_rect(rect).unwrap().len(), free.len());
}

/// What was withheld stays withheld, even where the new map has given the room to another.
#[test]
fn withheld_rooms_stay_withheld_when_rooms_are_merged() {
    let map = RobotMap::from(sample_home());
    let secret = &map.rooms[2];
    let redaction = Redaction::none().rooms([secret.id()]);
    let before = home(&map);
    let grant = Grant::unaccounted();
    let (_, key) =
        anonymize(&before, &redaction, &Policy::default(), grant, &mut Coins::replayed(3)).unwrap();
    let merged = map.changed(Change::Merge(map.rooms[0].id(), secret.id()));
    let (fitted, refit) = key.refit(&home(&merged), &redaction);
    assert!(refit.redaction_open, "the room to withhold is not on the new map");
    let resolution = map.grid.resolution_m();
    for region in zone_areas(&fitted) {
        for run in secret.runs() {
            let at = Point2::new(f64::from(run.x) + 0.5, f64::from(run.y) + 0.5) * resolution;
            assert!(!region.contains(at));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any map, however unlike the old one, has an answer, and the answer is a key.
    #[test]
    fn every_map_has_a_refit(first in any::<u32>(), second in any::<u32>()) {
        let (old, new) = (SyntheticHome::from_seed(first.into()), SyntheticHome::from_seed(second.into()));
        let key = key_of(&RobotMap::from(old));
        let (fitted, _) = key.refit(&home(&RobotMap::from(new)), &keeping());
        prop_assert!(HouseKey::from_secret_bytes(&fitted.to_secret_bytes()).unwrap() == fitted);
    }

    /// Fitted to the same map the key stays what it was.
    #[test]
    fn the_same_map_changes_nothing(seed in any::<u32>()) {
        let map = RobotMap::from(SyntheticHome::from_seed(seed.into()));
        let key = key_of(&map);
        let (fitted, refit) = key.refit(&home(&map), &keeping());
        prop_assert!((refit.found - 1.0).abs() < 1e-9);
        for zone in (1..=4).map(ZoneId::new) {
            let points = |key: &HouseKey| key.lift_zone(zone).map(|region| region.points().collect::<Vec<_>>()).ok();
            prop_assert_eq!(points(&key), points(&fitted));
        }
    }
}
