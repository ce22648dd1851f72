//! A new map under an old key.

mod asked;
pub(super) mod claims;
pub(super) mod closed;
mod decided;
mod extents;
mod fitted;
mod last_chart;
mod made_anew;
mod marks;
mod new_floor;
mod opening;
pub(super) mod recognize;
mod refit;
pub(super) mod registration;
pub(super) mod scale;

pub use refit::Refit;
