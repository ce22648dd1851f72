//! From the release to the home and back.
//!
//! The cloud knows the release alone. A lift takes what it asks for in the release's terms and gives what the robot
//! does in the home: of a place a pose, of a zone, rectangle or area the cells to clean (`points`), of a path a path
//! along the poses of the current map (`routes`, searched leg by leg in `legs`), of a goal one of these (`goals`). The
//! other direction is one look-up: `locate` shows a real pose at the middle of its patch. Apps draw
//! the `outline` of what is cleaned.
//!
//! Points are look-ups in tables made with the key, so they take no longer on a large home; a region takes one pass
//! over the cells. Paths are searched on the current map each time, since chairs move; the drawn doors are passed in
//! order only where that is asked for, since a goal is a place. No lift leads into a redacted room but that of an area
//! which the owner bound to it. Nothing is lifted that has no certain place today: a `KeyError` says why. Lifts
//! neither drive nor tell the cloud anything: `keeper::outbox` does.

#[cfg(feature = "evaluation")]
mod chart_quality;
pub(super) mod goals;
mod legs;
mod locate;
#[cfg(feature = "geo")]
mod outline;
mod points;
mod routes;

#[cfg(feature = "evaluation")]
pub use chart_quality::ChartQuality;
pub use goals::{Goal, Task};
pub use routes::LiftedPath;
