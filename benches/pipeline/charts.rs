//! How smooth the charts are, and the time of a look-up in the key: a place of the release to the home, and a
//! pose to the release.
//!
//! `cargo bench --bench pipeline -- charts` prints the figures of [`HouseKey::chart_quality`] for every map, and
//! the means over the real ones.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
#[cfg(doc)]
use homeveil::HouseKey;
use homeveil::atlas::FRAME;
use homeveil::home::{Footprint, Home};
use homeveil::key::ChartQuality;
use nalgebra::{Isometry2, Point2};

use super::{homes, maps};

/// Replayed coins, so that every run draws the same plan.
const SEED: u64 = 7;

/// Places asked for in turn, a side: neither in the order of memory nor all in one zone.
const SIDE: u32 = 32;

/// Homes that are nobody's.
const MADE_UP: [&str; 2] = ["sample", "made_up"];

/// Draws every home as four coin sequences would have it, and prints how smooth the charts are.
fn print_all() {
    let footprint = Footprint::disc_m(0.17).expect("0.17 m is a valid radius");
    let (policy, redaction) = homes::choices();
    let bare = maps::bare().into_iter().map(|(name, grid)| (name, Home::builder(grid, footprint)));
    let mut real = Vec::new();
    for (name, builder) in homes::all().into_iter().map(|input| (input.name, input.builder)).chain(bare) {
        let home = homes::home(builder.segmented());
        for seed in 0..4 {
            let charts = homes::release_and_key(&home, &redaction, &policy, seed).1.chart_quality();
            eprintln!("charts {name}, coins {seed}: {charts}");
            if !MADE_UP.contains(&name.as_str()) {
                real.push(charts);
            }
        }
    }
    let mean = |figure: fn(&ChartQuality) -> f64| {
        let (sum, count) = real.iter().fold((0.0, 0.0), |(sum, count), one| (sum + figure(one), count + 1.0));
        sum / count
    };
    eprintln!(
        "charts of real maps, means: thirds {:.3}, neighbours {:.3}, directions {:.3}, spot {:.2}",
        mean(|one| one.third_in_one_piece),
        mean(|one| one.neighbours_kept),
        mean(|one| one.directions),
        mean(|one| one.spot_over_cleaning)
    );
}

fn charts(criterion: &mut Criterion) {
    if std::env::args().any(|filter| filter == "charts") {
        print_all();
    }
    let (policy, redaction) = homes::choices();
    for input in homes::all() {
        let home = input.home();
        let (release, key) = homes::release_and_key(&home, &redaction, &policy, SEED);
        let places: Vec<Point2<f64>> = (0..SIDE * SIDE)
            .map(|n| {
                let (x, y) = (n * 13 % SIDE, n / SIDE);
                let metres = |n: u32, side: u32| (f64::from(n) + 0.5) / f64::from(SIDE) * f64::from(side);
                Point2::new(metres(x, FRAME.width), metres(y, FRAME.height)) * FRAME.resolution
            })
            .collect();
        let poses: Vec<Isometry2<f64>> = release.floors()[0]
            .zones()
            .iter()
            .filter_map(|zone| key.lift_zone(zone.id).ok())
            .flat_map(|region| region.points().step_by(97).collect::<Vec<_>>())
            .map(|at| Isometry2::new(at.coords, 0.3))
            .collect();
        let id = || BenchmarkId::from_parameter(&input.name);
        let mut group = criterion.benchmark_group("lift_point");
        group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
        group.throughput(Throughput::Elements(u64::from(SIDE * SIDE)));
        group.bench_function(id(), |b| {
            b.iter(|| {
                for &at in &places {
                    let _ = black_box(key.lift_point(black_box(at)));
                }
            });
        });
        group.finish();
        let mut group = criterion.benchmark_group("project");
        group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
        group.throughput(Throughput::Elements(poses.len() as u64));
        group.bench_function(id(), |b| {
            b.iter(|| {
                for &pose in &poses {
                    let _ = black_box(key.project(black_box(pose)));
                }
            });
        });
        group.finish();
    }
}

criterion_group!(benches, charts);
