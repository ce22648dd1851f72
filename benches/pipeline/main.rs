//! How long a parsed map takes to become release and key, stage by stage, and how much memory.
//!
//! `cargo bench` runs all of it on the sample home and, where the folder that `HOMEVEIL_MAPS` names
//! has real maps, on those as well. `cargo bench -- release/` runs the releases alone; a
//! table of peak heap in bytes per cell of the known bounds comes first in any case.

mod budgets;
mod charts;
mod homes;
mod maps;
mod memory;
mod navigate;
mod refit;
mod segment;
mod stages;
mod whole;

use criterion::criterion_main;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

criterion_main!(
    memory::benches,
    whole::benches,
    stages::benches,
    budgets::benches,
    segment::benches,
    navigate::benches,
    charts::benches,
    refit::benches
);
