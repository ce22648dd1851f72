//! Time of the way of a map without rooms: segmentation by size, and all from the bare map to release and key.

use homeveil::grid::CellRect;
use std::hint::black_box;
use std::{env, fs};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use homeveil::Coins;
use homeveil::formats::read_map_file;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::segment::segment;
use homeveil::synth::{HomeRecipe, Style};

use super::homes;

/// A square map of made-up homes side by side, as a sensor saw them.
fn tiled(side: u32) -> OccupancyGrid {
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

fn by_size(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("segment");
    group.sample_size(10);
    for side in [256_u32, 512, 1024, 2048, 4096] {
        let grid = tiled(side);
        group.throughput(Throughput::Elements(u64::from(side) * u64::from(side)));
        group.bench_function(BenchmarkId::from_parameter(side), |b| {
            b.iter(|| segment(black_box(&grid)));
        });
    }
    group.finish();
}

/// Bare maps by name: a large made-up home as a sensor saw it, and the real maps of `map_server` at hand.
pub(crate) fn bare() -> Vec<(String, OccupancyGrid)> {
    let mut coins = Coins::replayed(3);
    let recipe = HomeRecipe::new(Style::House).rooms(20..=30).area_m2(300..=400).cells_per_decimetre(5);
    let home = recipe.draw(&mut coins).expect("replayed coins do not fail");
    let seen = home.as_sensed(&mut coins).expect("replayed coins do not fail");
    let mut maps = vec![("made_up".to_owned(), seen.map.grid)];
    let folder = env::var("HOMEVEIL_MAPS").unwrap_or_else(|_| "../shared/maps".to_owned());
    for kind in ["neato", "ros"] {
        let Ok(files) = fs::read_dir(format!("{folder}/{kind}")) else { continue };
        let mut paths: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
            let Ok(RobotMap { grid, .. }) = read_map_file(path, None) else { continue };
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            maps.push((format!("{kind}_{name}"), grid));
        }
    }
    maps
}

fn whole(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    let footprint = Footprint::disc_m(0.17).expect("0.17 m is a valid radius");
    let mut group = criterion.benchmark_group("unlabelled");
    group.sample_size(10);
    for (name, grid) in bare() {
        let cells = grid.known_bounds().map_or(1, |bounds| bounds.area());
        group.throughput(Throughput::Elements(cells.into()));
        group.bench_function(BenchmarkId::new("segment_release_and_key", &name), |b| {
            b.iter_batched(
                || Home::builder(grid.clone(), footprint),
                |builder| {
                    let home = homes::home(builder.segmented());
                    homes::release_and_key(&home, &redaction, &policy, 7)
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, by_size, whole);
