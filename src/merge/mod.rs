//! Room merging.
mod realization;
pub(crate) use realization::{Cut, Realization};
