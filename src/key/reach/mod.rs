//! What the robot reaches on the current map, and which patch is nearest to a cell.

pub(super) mod drive;
pub(super) mod near;
pub(super) mod poses;
pub(super) mod reached;
mod ties;

#[cfg(feature = "evaluation")]
pub(crate) use poses::Reach;
