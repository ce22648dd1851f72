//! Odd days leave no trace, and zones go along at any angle.

use geo_types::Line;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{KeepOut, RobotMap, Room};
use homeveil::key::{AreaId, KeyError};
use homeveil::synth::{Change, sample_home};
use homeveil::{HouseKey, Policy};
use nalgebra::Point2;

use super::{floor_of, key_of, redacted, wall};
use crate::maps::{home, keeping, kept, zones};
use crate::props::noisy;
use crate::real_maps;

fn check_odd_days(name: &str, map: &RobotMap, elsewhere: &RobotMap) {
    let today = home(map);
    let secret = map.rooms.last().filter(|_| map.rooms.len() > 1).map(Room::id);
    let redaction = keeping().rooms(secret);
    let mut key = key_of(&today, &redaction);
    for (area, room) in (0..4).zip(&map.rooms) {
        // A room out of reach stays unbound.
        let _ = key.bind_rooms(AreaId::new(area), &today, &[room.id()]);
    }
    key.bar(&wall(map)).unwrap();
    let hidden = redacted(&key);
    for day in [
        vec![Change::Begun(5)],
        vec![Change::Begun(15)],
        vec![Change::Turn { tenths: 372 }],
        vec![Change::Turn { tenths: 2000 }, Change::Nameless],
        vec![Change::Renumber(1)],
        vec![Change::Mirror],
        vec![Change::Furniture { blocks: 6, seed: 3 }],
        vec![],
    ] {
        let odd = day.iter().fold(map.clone(), |map, change| map.changed(*change));
        let odd = if day.is_empty() { elsewhere.clone() } else { odd };
        let (night, _) = key.refit(&home(&odd), &redaction);
        let (back, refit) = night.refit(&today, &redaction);
        assert!(refit.recognized && refit.open.is_ok(), "{name}, {day:?}");
        let (same, left) = kept(&key, &back, |at| at);
        assert!(same >= 0.999 && left >= 0.999, "{name}, {day:?}: {same} of {left}");
        assert!(redacted(&back) == hidden, "{name}, {day:?}: redacted floor has grown or shrunk");
        assert!(key.marks().iter().map(|mark| mark.id).eq(back.marks().iter().map(|mark| mark.id)));
    }
}

#[test]
fn an_odd_day_leaves_no_trace() {
    check_odd_days("sample", &sample_home(), &RobotMap::from_seed(1 << 14));
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn an_odd_day_leaves_no_trace_on_real_maps() {
    for (name, map) in real_maps::labelled().into_iter().chain(real_maps::bare()) {
        check_odd_days(&name, &map, &sample_home());
    }
}

fn check_all_angles(name: &str, map: &RobotMap) {
    let redaction = keeping();
    let key = key_of(&home(map), &redaction);
    for tenths in [70, 150, 300, 450, 600, 1370, 2000] {
        let turn = Change::Turn { tenths };
        let (fitted, refit) = key.refit(&home(&map.changed(turn)), &redaction);
        assert!(refit.recognized, "{name}, {tenths} tenths of a degree");
        let (same, left) = kept(&key, &fitted, map.places_after(turn));
        println!("{name:28} {tenths:4}  found {:.3}  zone {same:.4}  floor {left:.3}", refit.map_overlap);
        // What a narrow place shuts off on turned cells keeps its zone, out of reach.
        assert!(same >= 0.95 && left >= 0.88, "{name}, {tenths} tenths of a degree: {same} of {left}");
    }
    let (_, refit) = key.refit(&home(&map.changed(Change::Mirror)), &redaction);
    assert!(!refit.recognized, "{name}: a mirrored home is another");
}

#[test]
fn zones_go_along_at_any_angle() {
    check_all_angles("sample", &sample_home());
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn zones_go_along_at_any_angle_on_real_maps() {
    for (name, map) in real_maps::labelled().into_iter().chain(real_maps::bare()) {
        check_all_angles(&name, &map);
    }
}

/// The robot's map is made again, turned, and the names are gone: no redacted cell is in any zone.
#[test]
fn redacted_rooms_stay_redacted_under_any_angle_without_names() {
    let map = sample_home();
    let (policy, redaction) = (noisy(), Policy::default().redaction());
    let key = key_of(&home(&map), &redaction);
    let secret = map
        .rooms
        .iter()
        .filter(|room| room.kind().is_some_and(|kind| policy.redacted_kinds().contains(&kind)));
    let hidden = floor_of(&map, secret);
    for tenths in [50, 100, 120, 150, 200, 300, 400, 900, 2227] {
        let turn = Change::Turn { tenths };
        let (fitted, refit) = key.refit(&home(&map.changed(turn).changed(Change::Nameless)), &redaction);
        assert!(refit.recognized && !refit.undecided, "{tenths}");
        let (zones, moved) = (zones(&fitted), map.places_after(turn));
        let cleaned = |at: &&Point2<f64>| {
            let at = moved(**at);
            zones.iter().flatten().any(|region| region.contains(at))
        };
        assert_eq!(hidden.iter().filter(cleaned).count(), 0, "{tenths} tenths of a degree");
    }
}

/// What is redacted may grow by a cell when a map is turned; an area that is not its own must not take that in.
#[test]
fn areas_of_redacted_rooms_lead_there_and_others_do_not_under_any_angle() {
    let map = sample_home();
    let policy = Policy::default();
    let others = AreaId::new(15);
    // All that lies in zones, up to the doorways of what is redacted.
    let everywhere = geo_types::Rect::new((-100.0, -100.0), (100.0, 100.0)).to_polygon();
    let bound = |map: &RobotMap| {
        let home = home(map);
        let mut key = key_of(&home, &policy.redaction());
        for room in &map.rooms {
            key.bind_rooms(AreaId::new(room.id().get()), &home, &[room.id()]).unwrap();
        }
        key.bind_region(others, &everywhere).unwrap();
        key
    };
    let is_hidden = |room: &&Room| room.kind().is_some_and(|kind| policy.redacted_kinds().contains(&kind));
    let hidden: Vec<&Room> = map.rooms.iter().filter(is_hidden).collect();
    assert!(hidden.len() > 1);
    let key = bound(&map);
    for tenths in [50, 333, 2227] {
        let turn = Change::Turn { tenths };
        let (turned, moved) = (map.changed(turn), map.places_after(turn));
        // The key of the turned map with its names: what the robot can clean there of each room.
        let named = bound(&turned);
        let (fitted, refit) = key.refit(&home(&turned.changed(Change::Nameless)), &policy.redaction());
        assert!(refit.recognized && !refit.undecided, "{tenths}");
        let marks = redacted(&fitted);
        let is_redacted = |at: Point2<f64>| marks.iter().any(|region| region.contains(at));
        for area in (0..fitted.areas()).map(AreaId::new) {
            let own = hidden.iter().any(|room| room.id().get() == area.get());
            let region = fitted.lift_area(area).unwrap();
            let fault = region.points().filter(|&at| is_redacted(at) != own).count();
            assert_eq!(fault, 0, "{area:?}, {tenths} tenths of a degree");
            for room in &hidden {
                let floor = floor_of(&map, [*room].into_iter()).into_iter().map(&moved);
                let reached = floor.filter(|&at| region.contains(at)).count();
                let whole = named.lift_area(AreaId::new(room.id().get())).unwrap().points().count();
                let (at_least, at_most) =
                    if room.id().get() == area.get() { (whole * 9 / 10, whole) } else { (0, 0) };
                let is_right = (at_least..=at_most).contains(&reached);
                assert!(is_right, "{area:?} in {:?}, {tenths}: {reached} of {whole} cells", room.id());
            }
        }
    }
}

/// A new map that reaches too far to have a place in the frame of the known one is not recognized: what is to be
/// redacted or barred on it could not be stored.
#[test]
fn a_map_too_far_for_the_frame_is_not_recognized() {
    let map = sample_home();
    let mut key = key_of(&home(&map), &keeping());
    for x in [-150.0, 150.0] {
        key.bar(&KeepOut::Wall(Line::new((x, 0.0), (x + 1.0, 0.0)))).unwrap();
    }
    let (grid, above) = (&map.grid, 4000);
    let mut cells = grid.cells().to_vec();
    cells.resize(cells.len() + (grid.width() * above) as usize, Cell::Unknown);
    *cells.last_mut().unwrap() = Cell::Free;
    let far = OccupancyGrid::new(grid.width(), grid.height() + above, grid.resolution_m(), cells).unwrap();
    let far = RobotMap::new(far, map.rooms.clone(), map.dock, Vec::new());
    let (today, refit) = key.refit(&home(&far), &keeping());
    assert!(!refit.recognized && refit.open == Err(KeyError::UnplacedBars));
    assert!(HouseKey::from_secret_bytes(&today.to_secret_bytes()).unwrap() == today);
    assert!(today.refit(&home(&map), &keeping()).1.recognized);
}
