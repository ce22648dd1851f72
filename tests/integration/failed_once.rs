//! Files that once failed, made after complaints and maps found in public. They are no part of this repository: the
//! folder `shared/cases` next to the clone, or the one that `HOMEVEIL_FAILED` names. What they showed is also drawn in
//! `served`, `known_maps` and `hostile`, which need no files.

use std::env;
use std::path::{Path, PathBuf};

use homeveil::atlas::ZoneId;
use homeveil::formats::{MapFileError, read_map_file};
use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::key::{OutOfReach, Passage, ServedFloor};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, Release, anonymize};

fn file(name: &str) -> PathBuf {
    let folder = env::var_os("HOMEVEIL_FAILED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases"), PathBuf::from);
    folder.join(name)
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
