//! Stored bytes: one envelope and one codec for all that the robot keeps over a restart or hands over.
//!
//! The key, the keeper's state and floor keys, a household handed over, the outbox's queue and the disclosure log are
//! each a *blob*. Each writes its content with the same [`Writer`] into the same [`Envelope`], and reads it with the
//! same [`Reader`]:
//!
//! | part | bytes |
//! | --- | --- |
//! | magic: the kind of blob | 8 |
//! | version of its content | u32 |
//! | length of the content | u32 |
//! | content | as many as the length says |
//! | zeros up to the size class | |
//! | SHA-256 of all before | 32 |
//!
//! All numbers are little-endian. The whole is a power of two long, and each kind has a least size. So the size of a
//! blob tells no more of the home than its order of magnitude.
//!
//! The checksum guards against damage, not against forgery: whoever can write the robot's storage can write a blob.

mod cells;
mod codec;
mod envelope;
mod error;

pub(crate) use cells::{byte, read_cells, write_cells};
pub(crate) use codec::{Reader, Writer, check, text};
pub(crate) use envelope::Envelope;
#[cfg(test)]
pub(crate) use envelope::sealed_again;
pub use error::BlobError;
