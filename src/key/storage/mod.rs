//! The key as bytes, for the robot's own storage.

pub(super) mod bits;
pub(super) mod bytes;
pub(super) mod codec;

pub use codec::KeyError;
