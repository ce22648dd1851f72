//! Maps of real homes, as robots made them: the folders `valetudo`, `ros` and `neato` of the one that `HOMEVEIL_MAPS`
//! names. They are not part of this repository, so that every test which takes them is
//! ignored but when it is asked for (`tests/README.md`), and then fails where there are none.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use homeveil::formats::{read_map_file, read_valetudo};
use homeveil::home::{Footprint, Home, HomeError, RobotMap, RoomKind};
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::redact::redact;
use homeveil::segment::segment;
use homeveil::{AnonymizeError, Coins, Grant, Policy, Redaction, anonymize};

use crate::props::{drawn, loud, noisy, policy};

fn folder() -> PathBuf {
    env::var_os("HOMEVEIL_MAPS").expect("HOMEVEIL_MAPS names a folder of real maps: tests/README.md").into()
}

/// The files of a source with this ending, sorted.
fn files(source: &str, extension: &str) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(folder().join(source)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|other| other == extension));
    paths.sort();
    paths
}

/// A test that has no maps fails.
fn not_none<T>(maps: Vec<T>) -> Vec<T> {
    let folder = folder();
    assert!(
        !maps.is_empty(),
        "no maps in valetudo, ros or neato of {}, the folder of HOMEVEIL_MAPS",
        folder.display()
    );
    maps
}

/// The Valetudo maps by name.
fn of_valetudo() -> Vec<(String, RobotMap)> {
    let map = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, read_valetudo(&fs::read(path).unwrap()).unwrap())
    };
    files("valetudo", "json").iter().map(map).collect()
}

/// The maps of `map_server` by source and name, which have no rooms.
fn of_map_server() -> Vec<(String, RobotMap)> {
    let map = |source: &str, path: &PathBuf| {
        let name = format!("{source}_{}", path.file_stem().unwrap().to_string_lossy());
        (name, read_map_file(path, None).unwrap())
    };
    let of_source =
        |source| files(source, "yaml").into_iter().map(move |path| map(source, &path)).collect::<Vec<_>>();
    ["ros", "neato"].into_iter().flat_map(of_source).collect()
}

fn maps() -> Vec<(String, RobotMap)> {
    not_none(of_valetudo())
}

/// The homes of all maps, their rooms found where the map has none.
pub(crate) fn homes() -> Vec<Home> {
    let all = of_valetudo().into_iter().chain(of_map_server());
    let home = |(_, map): (String, RobotMap)| {
        map.into_builder(Footprint::disc_m(0.17).unwrap()).segmented().build().unwrap()
    };
    not_none(all.map(home).collect())
}

/// The maps with rooms of their own.
pub(crate) fn labelled() -> Vec<(String, RobotMap)> {
    not_none(of_valetudo().into_iter().filter(|(_, map)| map.rooms.len() > 1).collect())
}

/// The maps in which rooms have to be found, with those that are found: Valetudo's without rooms, and all of
/// `map_server`.
pub(crate) fn bare() -> Vec<(String, RobotMap)> {
    let of_valetudo = of_valetudo().into_iter().filter(|(_, map)| map.rooms.len() <= 1);
    let mut maps: Vec<_> = of_valetudo.chain(of_map_server()).collect();
    for (_, map) in &mut maps {
        map.rooms = segment(&map.grid);
    }
    not_none(maps)
}

/// The home of a map, its rooms found where the map has none.
fn home(map: &RobotMap) -> Home {
    map.clone().into_builder(Footprint::disc_m(0.17).unwrap()).segmented().build().unwrap()
}

fn keeping() -> Redaction {
    Policy::default().redaction().keep_unlabelled()
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn every_map_gives_a_release_that_verifies() {
    for (name, map) in maps() {
        let home = home(&map);
        for policy in [noisy(), loud(), policy(2, 8, 1)] {
            let (release, key) = drawn(&home, &keeping(), &policy, Coins::replayed(9));
            assert!(release.verify_under(&policy).is_ok(), "{name}");
            assert!(
                release.floors()[0].zones().iter().all(|zone| key.lift_zone(zone.id).is_ok()),
                "{name}: a zone without floor"
            );
        }
    }
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn sealed_releases_of_all_maps_are_the_same_bytes() {
    let releases: BTreeSet<String> = maps()
        .iter()
        .map(|(_, map)| {
            drawn(&home(map), &keeping(), &Policy::sealed(), Coins::scripted(Vec::new())).0.to_json()
        })
        .collect();
    assert_eq!(releases.len(), 1);
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn maps_with_rooms_of_no_kind_are_refused_until_the_owner_chooses() {
    let (mut refused, mut taken) = (0, 0);
    for (name, map) in &maps() {
        let home = home(map);
        let redaction = Policy::default().redaction();
        let result = anonymize(&home, &redaction, &noisy(), Grant::unaccounted(), &mut Coins::replayed(9));
        if home.rooms().iter().any(|room| room.kind().is_none()) {
            assert_eq!(result.err(), Some(AnonymizeError::Redact(HomeError::Unlabelled)), "{name}");
            refused += 1;
        } else {
            assert!(result.is_ok(), "{name}");
            taken += 1;
        }
        for choice in [Redaction::keep_unlabelled, Redaction::redact_unlabelled] {
            assert!(redact(&home, &choice(Policy::default().redaction())).is_ok(), "{name}");
        }
    }
    assert!(refused > 0 && taken > 0);
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn no_zone_of_the_labelled_map_reaches_into_bath_or_bedroom() {
    let maps = maps();
    let (_, map) = maps.iter().find(|(name, _)| name == "z10_1056_paths").expect("a map of this name");
    let redacted: Vec<_> = map
        .rooms
        .iter()
        .filter(|room| matches!(room.kind(), Some(RoomKind::Bathroom | RoomKind::Bedroom)))
        .collect();
    assert_eq!(redacted.len(), 2, "Bad and Schlafzimmer");
    // Which cells they have, only the key of a home without redaction tells: it binds them to areas.
    let home = home(map);
    let policy = noisy();
    let (_, mut whole) = drawn(&home, &Redaction::none(), &policy, Coins::replayed(9));
    let ids: Vec<_> = redacted.iter().map(|room| room.id()).collect();
    let area = homeveil::key::AreaId::new(0);
    whole.bind_rooms(area, &home, &ids).unwrap();
    let hidden = whole.lift_area(area).unwrap();
    assert!(hidden.area_m2() > 4.0);
    for policy in [policy, loud()] {
        for seed in 0..4 {
            let (release, mut key) = drawn(&home, &policy.redaction(), &policy, Coins::replayed(seed));
            for zone in release.floors()[0].zones() {
                let region = key.lift_zone(zone.id).unwrap();
                assert!(!region.points().any(|at| hidden.contains(at)));
                let rect = zone.rect;
                for (x, y) in (rect.x..rect.x + rect.width)
                    .flat_map(|x| (rect.y..rect.y + rect.height).map(move |y| (x, y)))
                {
                    let metres =
                        |cell: u32| (f64::from(cell) + 0.5) * release.floors()[0].grid().resolution_m();
                    assert!(
                        !hidden
                            .contains(key.lift_point(nalgebra::Point2::new(metres(x), metres(y))).unwrap())
                    );
                }
            }
            // Once the owner binds the area to them, it leads into them, and still nothing else does.
            key.bind_rooms(area, &home, &ids).unwrap();
            let bound = key.lift_area(area).unwrap();
            assert!(bound.area_m2() > 4.0);
            for zone in release.floors()[0].zones() {
                let region = key.lift_zone(zone.id).unwrap();
                assert!(!region.points().any(|at| hidden.contains(at) || bound.contains(at)));
            }
        }
    }
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn paths_planned_on_the_release_are_driven_without_a_collision() {
    let footprint = Footprint::disc_m(0.17).unwrap();
    for (name, map) in maps().into_iter().step_by(3) {
        let (release, key) = drawn(&home(&map), &keeping(), &noisy(), Coins::replayed(9));
        let real = FreeSpace::of(&map.grid, footprint, &map.keep_outs);
        let plan = FreeSpace::of(release.floors()[0].grid(), footprint, &[]);
        let side = f64::from(release.floors()[0].grid().width()) * release.floors()[0].grid().resolution_m();
        let place = |n: u32| f64::from(n % 1009) / 1009.0 * side;
        let mut navigator = Navigator::new();
        for i in 0..200 {
            let from = key.lift_point([place(i * 367), place(i * 571 + 3)].into()).unwrap();
            let to = nalgebra::Point2::new(place(i * 733 + 5), place(i * 199 + 7));
            let pose = nalgebra::Isometry2::translation(from.x, from.y);
            let path = navigator.path(&plan, key.project(pose).unwrap(), to).unwrap();
            let route: Vec<_> = path.points().collect();
            let lifted = key.lift_path(&mut navigator, pose, &route);
            let points: Vec<_> = lifted.unwrap_or_else(|error| panic!("{name}: {error}")).points().collect();
            for pair in points.windows(2) {
                for step in 0..=400 {
                    let at = pair[0] + (pair[1] - pair[0]) * (f64::from(step) / 400.0);
                    assert!(real.contains(at), "{name}: a collision");
                }
            }
        }
    }
}
