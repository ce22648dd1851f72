//! The homes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use homeveil::formats::{ParsedMap, read_map_server_file, read_valetudo};
use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, HomeBuilder, KeepOut};
use homeveil::segment::SegmentParams;
use homeveil::synth::SyntheticHome;

/// Radius of a usual robot vacuum.
pub(crate) const RADIUS_M: f64 = 0.17;

/// Seeds of made-up homes: large enough for as many rooms as a style has.
const SEEDS: std::ops::Range<u64> = (1 << 40)..(1 << 40) + 20;

pub(crate) struct Input {
    pub(crate) grid: OccupancyGrid,
    pub(crate) keep_outs: Vec<KeepOut>,
    pub(crate) home: Home,
}

impl Input {
    fn new(grid: OccupancyGrid, keep_outs: Vec<KeepOut>, home: HomeBuilder) -> Result<Self, Box<dyn Error>> {
        Ok(Self { grid, keep_outs, home: home.segmented(&SegmentParams::default()).build()? })
    }

    pub(crate) fn all(folder: Option<&Path>) -> Result<Vec<Self>, Box<dyn Error>> {
        let footprint = Footprint::disc_m(RADIUS_M)?;
        let Some(folder) = folder else {
            return SEEDS
                .map(SyntheticHome::from_seed)
                .map(|home| {
                    Self::new(home.grid.clone(), home.keep_outs.clone(), home.into_builder(footprint))
                })
                .collect();
        };
        let read = |path: PathBuf| -> Result<Self, Box<dyn Error>> {
            let map: ParsedMap = if path.extension().is_some_and(|ending| ending == "json") {
                read_valetudo(&fs::read(&path)?)?
            } else {
                read_map_server_file(&path)?
            };
            Self::new(map.grid.clone(), map.keep_outs.clone(), map.into_builder(footprint))
        };
        files(folder)?.into_iter().map(read).collect()
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
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
