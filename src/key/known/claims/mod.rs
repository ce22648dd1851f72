//! What a key knows of cells while they are carried from one map to another.
//!
//! Takes a known map with its marks. `claim` is what is known of one cell (its zone, its areas, redacted or barred),
//! `claims` the table of all cells. Registration says where these lie on another map, and the table carries them there:
//! zones and areas by the middle of a cell, redaction and bars so that none is ever lost. Rooms play no part here:
//! those of two days need not be the same.

mod claim;
mod claims;

pub(in crate::key) use claim::Claim;
pub(in crate::key) use claims::Claims;
