//! Files and releases for the tests of readers and writers.

use std::path::PathBuf;

use crate::atlas::{Atlas, MAX_ZONES, MIN_ZONES};
use crate::release::Floor;

/// A YAML file with the greys and thresholds of `map_saver`.
pub(super) const YAML: &str = "image: home.pgm
resolution: 0.05
origin: [-3.5, 2.25, 0]
negate: 0
occupied_thresh: 0.65
free_thresh: 0.196
";

/// A few floors of each number of zones, from the first plan of the atlas to the last.
pub(super) fn floors() -> Vec<Floor> {
    (MIN_ZONES..=MAX_ZONES).flat_map(floors_of).collect()
}

/// A few floors with this many zones.
pub(super) fn floors_of(zones: u8) -> Vec<Floor> {
    let atlas = Atlas::of(zones).unwrap();
    let plans = atlas.plans();
    let step = (plans.len() / 6).max(1);
    plans.iter().step_by(step).map(|id| Floor::draw(&atlas.plan(*id).unwrap())).collect()
}

/// The files of a source with this ending in the folder of real maps, sorted. The tests that take them are ignored but
/// when they are asked for (`tests/README.md`), and then fail where there are none.
pub(crate) fn real_maps(source: &str, extension: &str) -> Vec<PathBuf> {
    let folder = std::env::var_os("HOMEVEIL_MAPS").expect("HOMEVEIL_MAPS names a folder of real maps");
    let folder = PathBuf::from(folder).join(source);
    let files = std::fs::read_dir(&folder);
    let files = files.unwrap_or_else(|error| panic!("{}: {error} (HOMEVEIL_MAPS)", folder.display()));
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|other| other == extension));
    paths.sort();
    paths
}
