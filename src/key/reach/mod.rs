//! Where the robot can be on the current map, and which patch is nearest to a place.

pub(super) mod drive;
pub(super) mod locate;
pub(super) mod poses;

#[cfg(feature = "evaluation")]
pub(crate) use poses::Reach;
