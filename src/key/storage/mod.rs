//! The key as bytes, for the robot's own storage.

pub(super) mod bits;
pub(super) mod bytes;
