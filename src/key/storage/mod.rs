//! The key as bytes, for the robot's own storage: what a key writes into its envelope, and the checks when it is read.
//! Envelope and numbers are [`blob`](crate::blob)'s.

pub(super) mod bits;
pub(super) mod bytes;
