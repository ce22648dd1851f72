//! Maps from files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use homeveil::formats::{ParsedMap, read_map_server_file, read_valetudo};
use homeveil::home::{Footprint, HomeBuilder};
use homeveil::synth;

use crate::Failure;

/// Radius of a usual robot vacuum.
pub const RADIUS_M: f64 = 0.17;

/// The map of a file, or the sample home.
///
/// # Errors
/// The file cannot be read.
pub fn load(map: Option<&Path>) -> Result<HomeBuilder, Failure> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    Ok(match map {
        Some(path) => read(path)?.into_builder(footprint),
        None => synth::sample_home().into_builder(footprint),
    })
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
