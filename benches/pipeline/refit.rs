//! Time of a refit, beside that of a release and key of the same home in the same run.

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group};

use super::homes;

const SEED: u64 = 7;

/// Runs that the ratio is taken over.
const RUNS: u32 = 10;

/// A refit should take no longer than what it saves: release and key. The ratio is printed for each map.
fn refit(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    for input in homes::all() {
        let home = input.home();
        let (_, key) = homes::release_and_key(&home, &redaction, &policy, SEED);
        let timed = |run: &dyn Fn()| -> Duration {
            let start = Instant::now();
            (0..RUNS).for_each(|_| run());
            start.elapsed()
        };
        let fitted = timed(&|| drop(key.refit(&home, &redaction)));
        let drawn = timed(&|| drop(homes::release_and_key(&home, &redaction, &policy, SEED)));
        eprintln!(
            "refit / release and key, {}: {:.2}",
            input.name,
            fitted.as_secs_f64() / drawn.as_secs_f64().max(1e-9)
        );
        let id = BenchmarkId::from_parameter(&input.name);
        homes::group(criterion, "refit", &input)
            .bench_function(id, |b| b.iter(|| key.refit(&home, &redaction)));
    }
}

criterion_group!(benches, refit);
