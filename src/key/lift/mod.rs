//! From the release to the home and back: points, regions, paths, doors, areas, edits, goals; and why
//! a key refuses.

mod area_id;
pub(super) mod areas;
pub(super) mod doors;
pub(super) mod edits;
mod error;
pub(super) mod goals;
mod legs;
mod locate;
#[cfg(feature = "geo")]
mod outline;
mod points;
pub(super) mod region;
mod routes;

pub use area_id::AreaId;
pub use doors::Passage;
pub use error::KeyError;
pub use goals::{Goal, Task};
pub use region::Region;
pub use routes::LiftedPath;
