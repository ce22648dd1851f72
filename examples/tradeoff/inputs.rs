//! The homes.

use std::path::{Path, PathBuf};

use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, HomeBuilder, KeepOut, RobotMap};
use homeveil_examples::{Failure, RADIUS_M, files, read};

/// Seeds of made-up homes: large enough for as many rooms as a style has.
const SEEDS: std::ops::Range<u64> = (1 << 40)..(1 << 40) + 20;

pub(crate) struct Input {
    pub(crate) grid: OccupancyGrid,
    pub(crate) keep_outs: Vec<KeepOut>,
    pub(crate) home: Home,
}

impl Input {
    fn new(grid: OccupancyGrid, keep_outs: Vec<KeepOut>, home: HomeBuilder) -> Result<Self, Failure> {
        Ok(Self { grid, keep_outs, home: home.segmented().build()? })
    }

    pub(crate) fn all(folder: Option<&Path>) -> Result<Vec<Self>, Failure> {
        let footprint = Footprint::disc_m(RADIUS_M)?;
        let Some(folder) = folder else {
            return SEEDS
                .map(RobotMap::from_seed)
                .map(|home| {
                    Self::new(home.grid.clone(), home.keep_outs.clone(), home.into_builder(footprint))
                })
                .collect();
        };
        let home = |path: PathBuf| -> Result<Self, Failure> {
            let map = read(&path, None)?;
            Self::new(map.grid.clone(), map.keep_outs.clone(), map.into_builder(footprint))
        };
        files(folder)?.into_iter().map(home).collect()
    }
}
