//! The map in.

use std::error::Error;
use std::fs;
use std::path::Path;

use homeveil::formats::{ParsedMap, read_map_server_file, read_valetudo};
use homeveil::home::{Footprint, HomeBuilder};
use homeveil::synth;

/// The map of a file, or the sample home.
pub(crate) fn load(map: Option<&Path>, footprint: Footprint) -> Result<HomeBuilder, Box<dyn Error>> {
    Ok(match map {
        Some(path) => read(path)?.into_builder(footprint),
        None => synth::sample_home().into_builder(footprint),
    })
}

/// What a file tells: a `map_server` map where its name ends in `.yaml` or `.yml`, else a Valetudo map.
pub(crate) fn read(path: &Path) -> Result<ParsedMap, Box<dyn Error>> {
    let named = |error: &dyn Error| format!("{}: {error}", path.display());
    if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
        return Ok(read_map_server_file(path).map_err(|error| named(&error))?);
    }
    let bytes = fs::read(path).map_err(|error| named(&error))?;
    Ok(read_valetudo(&bytes).map_err(|error| named(&error))?)
}
