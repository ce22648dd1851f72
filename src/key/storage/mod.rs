//! The key as bytes, for the robot's own storage.
//!
//! `bytes` has the layout, writes a key into its [envelope](crate::blob) and reads it back; `bits` writes sets of cells
//! and small numbers. One key has one encoding, padded to a size class, so that its length says little of the home.
//! Whatever is read is checked before it is used: bytes from a worn flash are an error and never a key that leads
//! somewhere else. What can be found again from the rest, the coverage for instance, is not stored. The bytes are not
//! encrypted: that is the storage's task.

pub(super) mod bits;
pub(super) mod bytes;
