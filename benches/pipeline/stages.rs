//! Time of each stage up to the release.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group};
use homeveil::merge;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;

use super::homes;

fn stages(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    let codebook = policy.codebook();
    for input in homes::all() {
        let home = input.home();
        let redacted = redact(&home, &redaction).expect("rooms without kinds are kept");
        let sketch = Sketch::of(&redacted);
        let id = || BenchmarkId::from_parameter(&input.name);
        homes::group(criterion, "home", &input).bench_function(id(), |b| {
            b.iter_batched(|| input.builder.clone(), homes::home, BatchSize::LargeInput);
        });
        homes::group(criterion, "redact", &input).bench_function(id(), |b| {
            b.iter(|| redact(black_box(&home), &redaction));
        });
        homes::group(criterion, "sketch", &input).bench_function(id(), |b| {
            b.iter(|| Sketch::of(black_box(&redacted)));
        });
        homes::group(criterion, "rank", &input).bench_function(id(), |b| {
            b.iter(|| merge::rank(black_box(&sketch), &codebook));
        });
    }
}

criterion_group!(benches, stages);
