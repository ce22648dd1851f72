//! Time: the release from the parsed map, release and key, and the stages between.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use homeveil::redact::{Redaction, Unlabelled, redact};
use homeveil::sketch::Sketch;
use homeveil::{Coins, Grant, Policy, anonymize, merge};

use super::homes;

fn stages(criterion: &mut Criterion) {
    let policy = Policy::default();
    let redaction = policy.redaction().unlabelled(Unlabelled::Keep);
    let codebook = policy.codebook();
    for input in homes::all() {
        let mut group = criterion.benchmark_group("map");
        group.sample_size(20).throughput(Throughput::Elements(input.cells));
        let home = input.builder.clone().build().expect("the maps are valid");
        let redacted = redact(&home, &redaction).expect("rooms without kinds are kept");
        let sketch = Sketch::of(&redacted);
        let id = |stage: &str| BenchmarkId::new(stage, &input.name);
        group.bench_function(id("home"), |b| b.iter_with_setup(|| input.builder.clone(), |builder| builder.build()));
        group.bench_function(id("redact"), |b| b.iter(|| redact(black_box(&home), &redaction)));
        group.bench_function(id("sketch"), |b| b.iter(|| Sketch::of(black_box(&redacted))));
        group.bench_function(id("rank"), |b| b.iter(|| merge::rank(black_box(&sketch), &codebook)));
        group.bench_function(id("release"), |b| {
            b.iter_with_setup(
                || input.builder.clone(),
                |builder| {
                    let home = builder.build().expect("the maps are valid");
                    let sketch = Sketch::of(&redact(&home, &redaction).expect("rooms without kinds are kept"));
                    merge::rank(&sketch, &codebook).favoured(codebook.favoured())
                },
            );
        });
        group.bench_function(id("release_and_key"), |b| {
            b.iter_with_setup(
                || input.builder.clone(),
                |builder| {
                    let home = builder.build().expect("the maps are valid");
                    anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(7))
                },
            );
        });
        group.finish();
    }
    let _ = Redaction::none();
}

criterion_group!(benches, stages);
