//! Time of all stages from a parsed map: to what the release is drawn from, to the key, and both.

use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group};

use super::homes;

/// Replayed coins, so that every run draws the same plan.
const SEED: u64 = 7;

fn release(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    for input in homes::all() {
        homes::group(criterion, "release", &input).bench_function(
            BenchmarkId::from_parameter(&input.name),
            |b| {
                b.iter_batched(
                    || input.builder.clone(),
                    |builder| homes::preferred(&homes::home(builder), &redaction, &policy),
                    BatchSize::LargeInput,
                );
            },
        );
    }
}

/// The key has no entry of its own: what release and key take more than the release does.
fn key(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    for input in homes::all() {
        let home = input.home();
        homes::group(criterion, "key", &input).bench_function(
            BenchmarkId::from_parameter(&input.name),
            |b| {
                b.iter_custom(|times| {
                    let (mut both, mut release) = (Duration::ZERO, Duration::ZERO);
                    for _ in 0..times {
                        let start = Instant::now();
                        let drawn = homes::release_and_key(&home, &redaction, &policy, SEED);
                        both += start.elapsed();
                        drop(drawn);
                        let start = Instant::now();
                        let drawn = homes::preferred(&home, &redaction, &policy);
                        release += start.elapsed();
                        drop(drawn);
                    }
                    both.saturating_sub(release)
                });
            },
        );
    }
}

fn release_and_key(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    for input in homes::all() {
        let id = BenchmarkId::from_parameter(&input.name);
        homes::group(criterion, "release_and_key", &input).bench_function(id, |b| {
            b.iter_batched(
                || input.builder.clone(),
                |builder| homes::release_and_key(&homes::home(builder), &redaction, &policy, SEED),
                BatchSize::LargeInput,
            );
        });
    }
}

criterion_group!(benches, release, key, release_and_key);
