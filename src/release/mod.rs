//! The public release.
mod floor;
pub use floor::Floor;
