//! Maps from files.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use homeveil::formats::{MapFileError, read_map_file};
use homeveil::grid::Cell;
use homeveil::home::{Footprint, Home, HomeBuilder, HomeError, RobotMap};
use homeveil::synth;
use nalgebra::Point2;

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
                    map.dock = Some(map.to_map_m(dock * map.file_units_a_metre()));
                }
                let has_dock = map.dock.is_some();
                let home = built(map, path, self.dock.is_some())?;
                if !has_dock {
                    eprintln!(
                        "the map has no dock: its largest room stands for the dock's, and the robot is taken to be on its \
                         largest piece of floor (--dock X,Y may suit the home better)"
                    );
                }
                home
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
/// The home is refused, or the map has no free floor; the error names the file.
pub fn built(mut map: RobotMap, path: &Path, given: bool) -> Result<Home, Failure> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let mut home = map.clone().into_builder(footprint).segmented().build();
    if matches!(home, Err(HomeError::Dock)) && !given {
        let file = path.display();
        eprintln!("{file}: the file's charger is not on the map: left out (--dock X,Y gives another)");
        map.dock = None;
        home = map.clone().into_builder(footprint).segmented().build();
    }
    let refused = |why: String| format!("{}: {why}", path.display());
    let home = home.map_err(|error| match error {
        HomeError::Dock => refused(format!("{error}; {}", floor_lies(&map))),
        error => refused(error.to_string()),
    })?;
    if home.floor_m2() > 0.0 {
        Ok(home)
    } else {
        Err(refused(
            "the map has no free floor: is white free, and are negate and the thresholds right?".into(),
        )
        .into())
    }
}

/// Where the free floor lies, for who looks for a place on it.
fn floor_lies(map: &RobotMap) -> String {
    let width = map.grid.width().max(1) as usize;
    let free = map.grid.cells().iter().enumerate().filter(|(_, cell)| **cell == Cell::Free);
    let bounds = free.fold(None, |bounds: Option<[usize; 4]>, (cell, _)| {
        let (x, y) = (cell % width, cell / width);
        let [left, low, right, high] = bounds.unwrap_or([x, y, x, y]);
        Some([left.min(x), low.min(y), right.max(x), high.max(y)])
    });
    let Some([left, low, right, high]) = bounds else { return "the map has no free floor".to_owned() };
    #[expect(clippy::cast_precision_loss, reason = "a map has some thousands of columns")]
    let corners = [(left, low), (right + 1, high + 1)].map(|(x, y)| {
        let at = Point2::new(x as f64, y as f64) * map.grid.resolution_m();
        map.to_file(at) / map.file_units_a_metre()
    });
    format!(
        "the free floor lies between x {:.1} and {:.1} and y {:.1} and {:.1}, in metres",
        corners[0].x.min(corners[1].x),
        corners[0].x.max(corners[1].x),
        corners[0].y.min(corners[1].y),
        corners[0].y.max(corners[1].y)
    )
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
/// A folder cannot be listed; the error names it.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
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
