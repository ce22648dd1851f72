//! Where the robot gets to on the current map.
//!
//! Takes a home, and what the owner bars today. `poses` finds the cells where the robot's middle
//! can be when it starts at its dock, and what it sweeps from there; of pieces of floor alike in all that matters
//! `ties` takes the same one however the map is turned. `drive` holds these sets in the key and takes away what the
//! owner bars. `reached` says which zones the robot gets to today.
//!
//! The footprint is a disc: a pose is a cell, and the sets are found by distances in O(cells · radius), once a map. A
//! robot of another shape is taken for the disc around it. Nothing here plans a path: that is [`navigate`]'s.
//!
//! [`navigate`]: crate::navigate

pub(super) mod drive;
pub(super) mod poses;
pub(super) mod reached;
mod ties;

#[cfg(feature = "evaluation")]
pub(crate) use poses::Reach;
