//! Maps from files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use homeveil::formats::{ParsedMap, read_map_server_file, read_valetudo};
use homeveil::home::{Footprint, HomeBuilder};
use homeveil::synth;
use nalgebra::Point2;

use crate::Failure;

/// Radius of a usual robot vacuum.
pub const RADIUS_M: f64 = 0.17;

/// The map of a file, or the sample home, and the dock in metres of the file's frame where it is asked for.
///
/// # Errors
/// The file cannot be read.
pub fn load(map: Option<&Path>, dock: Option<Point2<f64>>) -> Result<HomeBuilder, Failure> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let Some(path) = map else {
        let home = synth::sample_home().into_builder(footprint);
        return Ok(dock.into_iter().fold(home, HomeBuilder::dock));
    };
    let mut map = read(path)?;
    if let Some(dock) = dock {
        // Files count in metres or in centimetres.
        let a_metre = 1.0 / (map.to_map_m(1.0, 0.0).x - map.to_map_m(0.0, 0.0).x);
        map.dock = Some(map.to_map_m(dock.x * a_metre, dock.y * a_metre));
    }
    Ok(map.into_builder(footprint))
}

/// The content of a file: a `map_server` map where its name ends in `.yaml` or `.yml`, else a Valetudo map.
///
/// # Errors
/// The file cannot be read; the error names it.
pub fn read(path: &Path) -> Result<ParsedMap, Failure> {
    let named = |error: Failure| format!("{}: {error}", path.display());
    if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
        return Ok(read_map_server_file(path).map_err(|error| named(error.into()))?);
    }
    let bytes = fs::read(path).map_err(|error| named(error.into()))?;
    Ok(read_valetudo(&bytes).map_err(|error| named(error.into()))?)
}

/// Every map file below a folder, in order.
///
/// # Errors
/// A folder cannot be listed.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|end| end == "json" || end == "yaml" || end == "yml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
