//! Memory: peak heap above the input, counted by the allocator.

use criterion::{Criterion, criterion_group};

fn memory(_: &mut Criterion) {}

criterion_group!(benches, memory);
