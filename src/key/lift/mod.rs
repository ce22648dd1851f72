//! From the release to the home and back: points, regions, paths, doors, areas, edits, goals.

pub(super) mod areas;
pub(super) mod edits;
pub(super) mod goal;
#[cfg(feature = "geo")]
mod outline;
pub(super) mod passages;
#[cfg(test)]
mod passages_tests;
pub(super) mod paths;
#[cfg(test)]
mod paths_tests;
pub(super) mod points;
pub(super) mod region;
pub(super) mod resolve;

pub use areas::{AreaId, BindError};
pub use goal::Goal;
pub use passages::Passage;
pub use paths::{DoorCrossing, LiftedPath};
pub use points::LiftError;
pub use region::Region;
pub use resolve::Task;
