//! Every number of zones and budget on a large home: codebooks of few plans, and the whole atlas.
//!
//! `cargo bench --bench pipeline -- budgets` also prints how much heap checking a release takes.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group};
use homeveil::home::{Footprint, Home};
use homeveil::redact::{Redaction, redact};
use homeveil::sketch::Sketch;
use homeveil::synth::{HomeRecipe, Style};
use homeveil::{Coins, Grant, Odds, Policy, Release, anonymize_sketches, merge};

use super::{HEAP, homes};

/// From the home to the JSON that leaves the device.
fn release(home: &Home, policy: &Policy) -> String {
    let redacted = redact(home, &Redaction::none()).expect("nothing is redacted");
    let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(1));
    let release = anonymize_sketches(&[Sketch::of(&redacted)], policy, grant, &mut coins);
    release.expect("one floor, and replayed coins never fail").to_json()
}

/// What whoever gets the JSON does.
fn verify(json: &str) {
    let release = Release::from_json(json.as_bytes()).expect("as it was written");
    black_box(release.verify().expect("as it was drawn"));
}

fn budgets(criterion: &mut Criterion) {
    let recipe = HomeRecipe::new(Style::Loop).rooms(24..=24).cells_per_decimetre(1);
    let map = recipe.draw(&mut Coins::replayed(0)).expect("replayed coins never fail");
    let home = homes::home(map.into_builder(Footprint::disc_m(0.17).expect("a valid radius")));
    let redacted = redact(&home, &Redaction::none()).expect("nothing is redacted");
    let sketch = Sketch::of(&redacted);
    let is_asked = std::env::args().any(|filter| filter.starts_with("budgets"));
    let mut group = criterion.benchmark_group("budgets");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for zones in 2..=6 {
        for lambda in [1, 2, 64, 1 << 20] {
            let odds = Odds::new(lambda, 1).expect("a whole number");
            let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().expect("valid");
            let id = |stage: &str| BenchmarkId::new(format!("{stage}/{zones} zones"), lambda);
            // The plans are listed each time, as for a release.
            group.bench_function(id("rank"), |b| {
                b.iter(|| merge::rank(black_box(&sketch), &policy.codebook()));
            });
            group.bench_function(id("release"), |b| b.iter(|| release(black_box(&home), &policy)));
            let json = release(&home, &policy);
            if is_asked {
                let before = HEAP.current_usage();
                HEAP.reset_peak_usage();
                verify(&json);
                let bytes = HEAP.peak_usage().saturating_sub(before);
                println!("verify/{zones} zones/{lambda}: {} bytes of JSON, {bytes} of heap", json.len());
            }
            group.bench_function(id("verify"), |b| b.iter(|| verify(black_box(&json))));
        }
    }
}

criterion_group!(benches, budgets);
