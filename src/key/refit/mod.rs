//! A newer map under an old key.

pub(super) mod claims;
pub(super) mod refits;
pub(super) mod remembered;

pub use refits::Refit;
