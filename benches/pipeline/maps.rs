//! Maps without rooms.

use std::path::PathBuf;
use std::{env, fs};

use homeveil::Coins;
use homeveil::formats::read_map_file;
use homeveil::grid::{Cell, CellRect, OccupancyGrid};
use homeveil::home::RobotMap;
use homeveil::synth::{HomeRecipe, Style};

/// A square map of made-up homes side by side, as a sensor saw them.
pub(crate) fn tiled(side: u32) -> OccupancyGrid {
    let mut coins = Coins::replayed(u64::from(side));
    let recipe = HomeRecipe::new(Style::Apartment).rooms(4..=6).area_m2(45..=60);
    // As large as homes can get without overlapping most of the time; what is cut off is cut off.
    let tile = 256;
    let mut cells = vec![Cell::Unknown; (side * side) as usize];
    for (left, low) in (0..side / tile).flat_map(|x| (0..side / tile).map(move |y| (x * tile, y * tile))) {
        let home = recipe.draw(&mut coins).expect("replayed coins do not fail");
        let seen = home.as_sensed(&mut coins).expect("replayed coins do not fail").map.grid;
        let Some(CellRect { x: x0, y: y0, .. }) = seen.known_bounds() else { continue };
        for (x, y) in (0..tile).flat_map(|x| (0..tile).map(move |y| (x, y))) {
            let cell = seen.get(x0 + x, y0 + y).unwrap_or(Cell::Unknown);
            cells[((low + y) * side + left + x) as usize] = cell;
        }
    }
    // The corners are known, so that all of the square counts.
    for corner in [0, side - 1, side * (side - 1), side * side - 1] {
        cells[corner as usize] = Cell::Occupied;
    }
    OccupancyGrid::new(side, side, 0.05, cells).expect("at most 4096 cells a side")
}

/// The files of real maps of a kind, in order: none where `HOMEVEIL_MAPS` names no folder that has them.
pub(crate) fn real_maps(kind: &str) -> Vec<PathBuf> {
    let folder = env::var_os("HOMEVEIL_MAPS").map(|maps| PathBuf::from(maps).join(kind));
    let files = folder.and_then(|folder| fs::read_dir(folder).ok());
    let mut paths: Vec<PathBuf> =
        files.into_iter().flatten().filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    paths
}

/// Bare maps by name: a large made-up home as a sensor saw it, and the real maps of `map_server` at hand.
pub(crate) fn bare() -> Vec<(String, OccupancyGrid)> {
    let mut coins = Coins::replayed(3);
    let recipe = HomeRecipe::new(Style::House).rooms(20..=30).area_m2(300..=400).cells_per_decimetre(5);
    let home = recipe.draw(&mut coins).expect("replayed coins do not fail");
    let seen = home.as_sensed(&mut coins).expect("replayed coins do not fail");
    let mut maps = vec![("made_up".to_owned(), seen.map.grid)];
    for kind in ["neato", "ros"] {
        for path in
            real_maps(kind).iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        {
            let Ok(RobotMap { grid, .. }) = read_map_file(path, None) else { continue };
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            maps.push((format!("{kind}_{name}"), grid));
        }
    }
    maps
}
