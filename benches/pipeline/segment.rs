//! Time of a map without rooms: segmentation by size, and all from the bare map to release and key.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use homeveil::home::{Footprint, Home};
use homeveil::segment::segment;

use super::homes;
use super::maps::{bare, tiled};

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
