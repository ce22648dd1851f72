//! Time of each stage up to the release.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group};
use homeveil::home::Footprint;
use homeveil::redact::{Redaction, redact};
use homeveil::sketch::Sketch;
use homeveil::synth::{HomeRecipe, Style};
use homeveil::{Coins, Odds, Policy, merge};

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

/// Every budget on a large home: codebooks of few plans, and the whole atlas.
fn budgets(criterion: &mut Criterion) {
    let recipe = HomeRecipe::new(Style::Loop).rooms(24..=24).cells_per_decimetre(1);
    let map = recipe.draw(&mut Coins::replayed(0)).expect("replayed coins never fail");
    let home = homes::home(map.into_builder(Footprint::disc_m(0.17).expect("a valid radius")));
    let redacted = redact(&home, &Redaction::none()).expect("nothing is redacted");
    let sketch = Sketch::of(&redacted);
    let mut group = criterion.benchmark_group("budgets");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(2));
    for zones in 4..=6 {
        for lambda in [2, 64, 1 << 20] {
            let odds = Odds::new(lambda, 1).expect("a whole number");
            let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().expect("valid");
            // The plans are listed each time, as for a release.
            group.bench_function(BenchmarkId::new(format!("rank/{zones} zones"), lambda), |b| {
                b.iter(|| merge::rank(black_box(&sketch), &policy.codebook()));
            });
        }
    }
}

criterion_group!(benches, stages, budgets);
