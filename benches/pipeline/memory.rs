//! Memory: peak heap above the parsed map, counted by the allocator.

use std::hint::black_box;

use criterion::{Criterion, criterion_group};

use super::HEAP;
use super::homes::{self, Input};

/// Bytes per cell of the known bounds that release and key may take above the parsed map.
const BAR: f64 = 24.0;

fn memory(_: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    println!(
        "{:<32}{:>10}{:>10}{:>18}   peak heap, bytes per cell",
        "map", "cells", "release", "release and key"
    );
    for input in homes::all() {
        let release = peak(&input, |input| {
            let home = homes::home(input);
            homes::preferred(&home, &redaction, &policy)
        });
        // What the key takes depends on the plan drawn: of some draws the worst counts.
        let draws = 0..8;
        let both = draws.map(|seed| {
            peak(&input, |input| {
                let home = homes::home(input);
                homes::release_and_key(&home, &redaction, &policy, seed)
            })
        });
        let both = both.fold(0.0, f64::max);
        let over = if release.max(both) > BAR { "over the bar" } else { "" };
        println!("{:<32}{:>10}{release:>10.1}{both:>18.1}   {over}", input.name, input.cells);
    }
}

/// The most heap that is in use at once above what the parsed map takes, in bytes per cell of the known bounds.
fn peak<T>(input: &Input, run: impl FnOnce(homeveil::home::HomeBuilder) -> T) -> f64 {
    let builder = input.builder.clone();
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    black_box(run(builder));
    let bytes = HEAP.peak_usage().saturating_sub(before);
    f64::from(u32::try_from(bytes).expect("a map takes megabytes")) / f64::from(input.cells)
}

criterion_group!(benches, memory);
