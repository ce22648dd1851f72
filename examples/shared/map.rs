//! Maps from files.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use homeveil::formats::{MapFileError, read_map_file};
use homeveil::home::{Footprint, Home, HomeBuilder, HomeError, RobotMap};
use homeveil::synth;

use crate::{Failure, Options, described};

/// Radius of a usual robot vacuum.
pub const RADIUS_M: f64 = 0.17;

impl Options {
    /// The home of a map's file, or the sample home, as the options say: its dock, its rooms, found where the map has
    /// none, and their kinds.
    ///
    /// # Errors
    /// The file cannot be read, and the error names it; the home is refused; it has no room that is given a kind.
    pub fn home(&self, map: Option<&Path>) -> Result<Home, Failure> {
        let footprint = Footprint::disc_m(RADIUS_M)?;
        let mut home = match map {
            None => {
                let sample = synth::sample_home().into_builder(footprint);
                self.dock.into_iter().fold(sample, HomeBuilder::dock).segmented().build()?
            }
            Some(path) => {
                let mut map = read(path, self.resolution_m)?;
                if let Some(dock) = self.dock {
                    // Files count in metres or in centimetres.
                    let a_metre = 1.0 / (map.to_map_m(1.0, 0.0).x - map.to_map_m(0.0, 0.0).x);
                    map.dock = Some(map.to_map_m(dock.x * a_metre, dock.y * a_metre));
                }
                if map.dock.is_none() {
                    eprintln!(
                        "the map has no dock: its largest room stands for the dock's (--dock X,Y may suit the home better)"
                    );
                }
                built(map, path, self.dock.is_some())?
            }
        };
        for &(room, kind) in &self.kinds {
            let named = home.clone().with_kind(room, kind);
            home = named.map_err(|error| format!("{error}.\nThe rooms are:\n{}", described(&home)))?;
        }
        Ok(home)
    }
}

/// The home of a map's file, its rooms found where the map has none. A charger that is not on the map is left out, with
/// a word about it, unless the dock was `given`.
///
/// # Errors
/// The home is refused; the error names the file.
pub fn built(mut map: RobotMap, path: &Path, given: bool) -> Result<Home, Failure> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let mut home = map.clone().into_builder(footprint).segmented().build();
    if matches!(home, Err(HomeError::Dock)) && !given {
        let file = path.display();
        eprintln!("{file}: the file's charger is not on the map: left out (--dock X,Y gives another)");
        map.dock = None;
        home = map.into_builder(footprint).segmented().build();
    }
    Ok(home.map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The map of a file of any kind; a picture alone needs its metres a pixel.
///
/// # Errors
/// The file cannot be read; the error names it.
pub fn read(path: &Path, resolution_m: Option<f64>) -> Result<RobotMap, Failure> {
    Ok(read_map_file(path, resolution_m).map_err(|error| {
        let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
        let hint = match error {
            MapFileError::NoResolution => " (--resolution M, often 0.05)",
            _ => "",
        };
        format!("{}: {error}{source}{hint}", path.display())
    })?)
}

/// Every map file below a folder, in order. Links to folders are not followed: they may lead in a circle.
///
/// # Errors
/// A folder cannot be listed.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|end| end == "json" || end == "yaml" || end == "yml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
