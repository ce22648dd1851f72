//! Inputs shared by the benchmarks.

use std::fs;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use homeveil::formats::read_valetudo;
use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, HomeBuilder};
use homeveil::redact::Redaction;
use homeveil::synth::sample_home;
use homeveil::{Coins, Grant, HouseKey, Policy, Release, anonymize, merge, redact, sketch};

use super::maps;

/// A parsed map by name, not yet put in order, and the number of cells between its known bounds.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) builder: HomeBuilder,
    pub(crate) cells: u32,
}

impl Input {
    fn new(name: String, grid: &OccupancyGrid, builder: HomeBuilder) -> Self {
        let cells = grid.known_bounds().map_or(1, |bounds| bounds.area());
        Self { name, builder, cells }
    }

    /// The home, put in order.
    pub(crate) fn home(&self) -> Home {
        home(self.builder.clone())
    }
}

/// A parsed map put in order.
pub(crate) fn home(builder: HomeBuilder) -> Home {
    builder.build().expect("the maps are valid")
}

/// The default policy and its rooms to redact; rooms without kinds stay.
pub(crate) fn choices() -> (Policy, Redaction) {
    let policy = Policy::default();
    let redaction = policy.redaction().keep_unlabelled();
    (policy, redaction)
}

/// All that a draw needs of a home: redaction, sketch and the preferred plans.
pub(crate) fn preferred(home: &Home, redaction: &Redaction, policy: &Policy) -> Vec<usize> {
    let redacted = redact::redact(home, redaction).expect("rooms without kinds are kept");
    let codebook = policy.codebook();
    merge::rank(&sketch::Sketch::of(&redacted), &codebook).preferred(codebook.preferred())
}

/// The release and the key, drawn with replayed coins.
pub(crate) fn release_and_key(
    home: &Home,
    redaction: &Redaction,
    policy: &Policy,
    seed: u64,
) -> (Release, HouseKey) {
    let drawn = anonymize(home, redaction, policy, Grant::unaccounted(), &mut Coins::replayed(seed));
    drawn.expect("rooms without kinds are kept, and replayed coins never fail")
}

/// A group in which a map takes about a second, set to count cells.
pub(crate) fn group<'a>(
    criterion: &'a mut Criterion,
    name: &str,
    input: &Input,
) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements(input.cells.into()));
    group
}

/// The sample home, and the real maps where they are at hand.
pub(crate) fn all() -> Vec<Input> {
    let footprint = Footprint::disc_m(0.17).expect("0.17 m is a valid radius");
    let sample = sample_home();
    let grid = sample.grid.clone();
    let mut inputs = vec![Input::new("sample".to_owned(), &grid, sample.into_builder(footprint))];
    let paths = maps::real_maps("valetudo");
    if paths.is_empty() {
        eprintln!("HOMEVEIL_MAPS names no real maps: the sample home alone is measured");
    }
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let Some(map) = fs::read(path).ok().and_then(|bytes| read_valetudo(&bytes).ok()) else { continue };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let grid = map.grid.clone();
        inputs.push(Input::new(name, &grid, map.into_builder(footprint)));
    }
    inputs
}
