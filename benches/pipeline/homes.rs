//! Inputs shared by the benchmarks.

use std::{env, fs};

use homeveil::formats::read_valetudo;
use homeveil::home::{Footprint, HomeBuilder};
use homeveil::synth::sample_home;

/// A home by name, not yet built, and the number of cells between its known bounds.
pub struct Input {
    pub name: String,
    pub builder: HomeBuilder,
    pub cells: u64,
}

/// The sample home, and the real maps where they are at hand.
pub fn all() -> Vec<Input> {
    let footprint = Footprint::disc_m(0.17).expect("0.17 m is a valid radius");
    let sample = sample_home();
    let cells = u64::from(sample.grid.width()) * u64::from(sample.grid.height());
    let mut inputs = vec![Input { name: "sample".to_owned(), builder: sample.into_builder(footprint), cells }];
    let folder = env::var("HOMEVEIL_MAPS").unwrap_or_else(|_| "../shared/maps".to_owned());
    let Ok(files) = fs::read_dir(format!("{folder}/valetudo")) else {
        eprintln!("no real maps in {folder}: the sample home alone is measured");
        return inputs;
    };
    let mut paths: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let Some(map) = fs::read(path).ok().and_then(|bytes| read_valetudo(&bytes).ok()) else { continue };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let cells = u64::from(map.grid.width()) * u64::from(map.grid.height());
        inputs.push(Input { name, builder: map.into_builder(footprint), cells });
    }
    inputs
}
