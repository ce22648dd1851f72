//! A new map under an old key.

pub(super) mod claims;
pub(super) mod rebuild;
mod recognize;
mod registration;
pub(super) mod remembered;
mod scale;

pub use rebuild::Refit;
