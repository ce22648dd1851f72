//! What a key knows of cells while they are carried from one map to another.
//!
//! `claim` is what is known of one cell, `claims` the table of all. Registration says where the cells lie on another
//! map; a table carries the claims there.

mod claim;
mod claims;

pub(in crate::key) use claim::Claim;
pub(in crate::key) use claims::Claims;
