//! How long the way from a parsed map to release and key takes, stage by stage, and how much memory.
//!
//! `cargo bench` runs all of it on synthetic input and, where the folder named by `HOMEVEIL_MAPS` (or `../shared/maps`) has real maps, on
//! those as well. `cargo bench -- memory` prints peak heap in bytes per cell of the known bounds, counted by the allocator.

mod homes;
mod memory;
mod stages;

use criterion::criterion_main;

criterion_main!(memory::benches, stages::benches);
