//! A new map under an old key.

pub(super) mod claims;
pub(super) mod closed;
mod extents;
mod fitted;
mod made_anew;
mod marks;
mod new_floor;
pub(super) mod recognize;
mod refit;
pub(super) mod registration;
pub(super) mod scale;

pub use refit::Refit;
