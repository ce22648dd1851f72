//! From the release to the home and back: points, regions, paths, doors, areas, edits, goals.

pub(super) mod areas;
pub(super) mod doors;
pub(super) mod edits;
pub(super) mod goals;
mod legs;
mod locate;
#[cfg(feature = "geo")]
mod outline;
mod points;
pub(super) mod region;
mod routes;

pub use areas::AreaId;
pub use doors::{DoorCrossing, Passage};
pub use goals::{Goal, Task};
pub(super) use points::BORDER_M;
pub use region::Region;
pub use routes::LiftedPath;
