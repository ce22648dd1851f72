//! Files that once failed, made after complaints and maps found in public. They are no part of this repository: they
//! are in the folder that `HOMEVEIL_FAILED` names. What they showed is also drawn in
//! `served`, `known_maps` and `hostile`, which need no files, as do the programs among them, which are here.

use std::env;
use std::path::{Path, PathBuf};

use geo_types::{Line, Polygon};
use homeveil::atlas::ZoneId;
use homeveil::formats::{MapFileError, read_map_file};
use homeveil::home::{Footprint, Home, KeepOut, RobotMap, Room};
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
use homeveil::key::{KeyError, OutOfReach, Passage, Region, ServedFloor};
use homeveil::synth::{Change, sample_home};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, Release, anonymize};

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);
const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

fn file(name: &str) -> PathBuf {
    let folder = env::var_os("HOMEVEIL_FAILED").expect("HOMEVEIL_FAILED names their folder: tests/README.md");
    Path::new(&folder).join(name)
}

fn map(name: &str) -> RobotMap {
    read_map_file(file(name), None).unwrap()
}

fn home(map: RobotMap) -> Home {
    map.into_builder(Footprint::disc_m(0.17).unwrap()).segmented().build().unwrap()
}

fn keeping() -> Redaction {
    Policy::default().redaction().keep_unlabelled()
}

fn drawn(home: &Home) -> (Release, HouseKey, ServedFloor) {
    let (release, key) =
        anonymize(home, &keeping(), &Policy::default(), Grant::unaccounted(), &mut Coins::replayed(7))
            .unwrap();
    release.verify().unwrap();
    let served = key.served(home).unwrap();
    (release, key, served)
}

/// The zones of a release that lead nowhere.
fn unserved(release: &Release, key: &HouseKey) -> Vec<ZoneId> {
    let zones = release.floors()[0].zones().iter().map(|zone| zone.id);
    zones.filter(|&zone| !key.lift_zone(zone).is_ok_and(|region| !region.is_empty())).collect()
}

fn out_of_reach(served: &ServedFloor) -> Vec<OutOfReach> {
    served.rooms().iter().filter_map(homeveil::key::ServedRoom::out_of_reach).collect()
}

#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_an_export_with_plain_pixels_is_read() {
    let (release, key, served) = drawn(&home(map("export_button.json")));
    assert!(unserved(&release, &key).is_empty() && served.share() > 0.97);
}

#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_a_robot_without_a_map_is_refused_by_name() {
    // There is no map that anything could be drawn for, and nothing is charged but a draw.
    assert_eq!(read_map_file(file("default_map.json"), None).err(), Some(MapFileError::DefaultMap));
}

#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_a_strip_of_the_unknown_parts_nothing() {
    for name in ["strip0.json", "strip1.json"] {
        let (release, key, served) = drawn(&home(map(name)));
        assert!(unserved(&release, &key).is_empty(), "{name}");
        assert_eq!(out_of_reach(&served), [], "{name}");
        assert!(served.rooms().len() == 2 && served.share() > 0.99, "{name}");
    }
}

#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_the_flat_is_the_home_and_the_garage_is_told() {
    let (release, key, served) = drawn(&home(map("two_parts.yaml")));
    assert!(unserved(&release, &key).is_empty());
    assert_eq!(out_of_reach(&served), [OutOfReach::Apart]);
    assert_eq!(served.rooms().len(), 5, "the flat's four, and the garage");
    assert!(served.leaves_much_out());
}

#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_the_home_is_found_in_a_white_outside() {
    let (release, key, served) = drawn(&home(map("outside_white.yaml")));
    assert!(unserved(&release, &key).is_empty() && served.leaves_much_out());
}

/// What is behind a chair or a virtual wall, and what it is once that is gone.
#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_what_stands_in_a_doorway_shuts_for_a_day() {
    for name in ["chair_in_door.yaml", "virtual_wall_in_door.json"] {
        let shut = map(name);
        let today = home(shut.clone());
        let (release, key, served) = drawn(&today);
        let behind = unserved(&release, &key);
        assert!(!behind.is_empty() && !out_of_reach(&served).is_empty(), "{name}");
        assert!(served.share() > 0.97, "{name}: the floor behind keeps its zone");
        assert!(key.passages().contains(&Passage::Unreachable), "{name}");
        assert!(!key.passages().contains(&Passage::Phantom), "{name}");
        if !shut.keep_outs.is_empty() {
            let open = home(RobotMap::new(shut.grid, shut.rooms, shut.dock, Vec::new()));
            let (key, refit) = key.refit(&open, &keeping());
            assert!(refit.recognized && unserved(&release, &key).is_empty(), "{name}");
            assert!(refit.zone_agreement > 0.999, "{name}: the floor behind comes back to its own zone");
            let comes_back = behind.iter().all(|zone| key.lift_zone(*zone).unwrap().area_m2() > 1.0);
            assert!(comes_back && out_of_reach(&key.served(&open).unwrap()).is_empty(), "{name}");
        }
    }
}

/// They took minutes. That they do not now is for `benches/worst_cases` to say; here they have an answer that is right.
#[test]
#[ignore = "takes files that once failed: tests/README.md"]
fn failed_once_what_took_minutes_has_an_answer() {
    for name in ["gapsnake1000.valetudo.json", "hub999.valetudo.json", "islands600.valetudo.json"] {
        let home = home(map(name));
        let (release, key, served) = drawn(&home);
        // Floor too narrow for the robot is served by no zone, and the owner is told.
        let is_served = unserved(&release, &key).is_empty() && served.share() > 0.97;
        assert!(is_served || served.leaves_much_out(), "{name}: {}", served.share());
        let (_, refit) = key.refit(&home, &keeping());
        assert!(refit.recognized && (!is_served || refit.zone_agreement > 0.999), "{name}");
    }
}

/// The sample home's household after its first day, and its redaction.
fn household() -> (Keeper<MemoryStore>, Redaction) {
    let policy = Policy::default();
    let redaction = policy.redaction();
    let mut keeper = Keeper::open_with(MemoryStore::default(), policy, Coins::replayed(7)).unwrap();
    let consent = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(31_536_000));
    keeper.consent(consent.purpose(PURPOSE)).unwrap();
    keeper.on_map(&home(sample_home()), &redaction, PURPOSE, NOW).unwrap();
    (keeper, redaction)
}

fn zones(key: &HouseKey) -> Vec<Region> {
    (1..=4).map(|zone| key.lift_zone(ZoneId::new(zone)).unwrap()).collect()
}

/// `tiny_day.rs`: one day of a map of some decimetres, then the old map to the cell.
#[test]
fn failed_once_a_tiny_day_takes_no_floor_from_its_zone() {
    for decimetres in [3, 4, 5, 6, 8, 10, 15, 20] {
        let (mut keeper, redaction) = household();
        let first = zones(keeper.key().unwrap());
        let tiny = sample_home().changed(Change::Begun(decimetres));
        let tiny = RobotMap::new(tiny.grid, Vec::new(), tiny.dock, Vec::new());
        let tiny = tiny.into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
        keeper.on_map(&tiny, &redaction, PURPOSE, NOW).unwrap();
        keeper.on_map(&home(sample_home()), &redaction, PURPOSE, NOW).unwrap();
        assert!(zones(keeper.key().unwrap()) == first, "{decimetres} decimetres");
    }
}

/// `names_lost_turned.rs`: a map made again, turned, its names gone; and numbers moved on by one and back.
#[test]
fn failed_once_names_that_are_lost_and_numbers_that_move_on_release_nothing() {
    let map = sample_home();
    let is_secret =
        |room: &&Room| room.kind().is_some_and(|kind| Policy::default().redacted_kinds().contains(&kind));
    let metres = |cell: u32| (f64::from(cell) + 0.5) * map.grid.resolution_m();
    let runs = map.rooms.iter().filter(is_secret).flat_map(Room::runs);
    let cells = runs.flat_map(|run| run.columns().map(|x| (x, run.y())));
    let secret: Vec<(u32, u32)> =
        cells.filter(|&(x, y)| map.grid.get(x, y) == Some(homeveil::grid::Cell::Free)).collect();
    assert!(secret.len() > 1000);
    for degrees in [5, 10, 12, 15, 20, 30, 40] {
        let (mut keeper, redaction) = household();
        let turn = Change::Turn { tenths: 10 * degrees };
        let turned = map.changed(turn).changed(Change::Nameless);
        keeper.on_map(&home(turned), &redaction, PURPOSE, NOW).unwrap();
        let (zones, moved) = (zones(keeper.key().unwrap()), map.places_after(turn));
        let in_zones = secret.iter().map(|&(x, y)| moved(nalgebra::Point2::new(metres(x), metres(y))));
        let in_zones = in_zones.filter(|&at| zones.iter().any(|zone| zone.contains(at))).count();
        assert_eq!(in_zones, 0, "{degrees} degrees");
    }
    let redaction = Redaction::none().rooms([map.rooms[0].id()]).keep_unlabelled();
    let coins = &mut Coins::replayed(7);
    let drawn =
        anonymize(&home(map.clone()), &redaction, &Policy::default(), Grant::unaccounted(), coins).unwrap();
    let (mut key, first) = (drawn.1.clone(), zones(&drawn.1));
    for by in [1, 2, 3, 0] {
        key = key.refit(&home(map.changed(Change::Renumber(by))), &redaction).0;
        assert!(zones(&key) == first, "numbers moved on by {by}");
    }
}

/// `panic_bar.rs`: a place barred on the key of a home with nothing to draw.
#[test]
fn failed_once_a_bar_where_nothing_is_drawn_has_an_answer() {
    let bare = Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), "####\n####", &[]).unwrap();
    let bare = bare.build().unwrap();
    let (mut keeper, _) = household();
    keeper.new_epoch().unwrap();
    keeper.on_map(&bare, &Redaction::none(), PURPOSE, NOW).unwrap();
    let line = |from, to| KeepOut::Wall(Line::new(from, to));
    let area = Polygon::new(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)].into(), vec![]);
    for place in [
        line((0.05, 0.05), (0.15, 0.05)),
        line((0.0, 0.0), (0.0, 0.0)),
        line((-1.0, 0.0), (1.0, 0.0)),
        KeepOut::Area(area),
    ] {
        let barred = keeper.edit_key(0, |key| key.bar(&place)).unwrap();
        assert!(barred.is_ok() || barred == Err(KeyError::Nothing), "{barred:?}");
    }
}
