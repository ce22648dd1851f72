//! The private key: what turns the release into real motion, and the robot's real pose into a place of the
//! release.
//!
//! The release is a drawing of the wrong size and shape, the same for millions of homes. A [`HouseKey`] holds
//! how this home's floor fits into it, and stays on the robot. It is built in six steps:
//!
//! 1. **Reach** (`reach`): C, the cells where the robot's footprint stands clear and that it gets to from its
//!    dock, and S, the cells it sweeps from there. Keep-outs are obstacles.
//! 2. **Parts** (`halves`): rooms are cut in connected halves where the assignment says so.
//! 3. **Zones** (`zones`): each cell of T, which is S without the redacted rooms, gets the zone of its part
//!    or of the nearest one.
//! 4. **Charts** (`chart`): each zone's rectangle on the release and its cells in the home are divided
//!    together, down to *patches*: one connected piece of floor for one block of 8 × 8 cells of the release
//!    (for several where there is hardly any floor), of proportional size.
//! 5. **Projection** (`locate`): every cell of the crop, also in walls and redacted rooms, gets the nearest
//!    patch along the floor.
//!
//! 6. **Ways** (`drive`, `paths`): C and the redacted cells are kept, so that a way on the release becomes one
//!    in the home, through the passages that its doors stand for.
//!
//! What is kept of that is one patch number a cell, one bit that says whether the cell lies in the patch or
//! only near it, and per patch its zone, its rectangle, and the one cell of C that its points are lifted to.
//! A lift of a point is two table look-ups; a region is the set of cells of some patches ([`Region`]).
//! *Areas* are opaque slots of the release that the key binds to rooms or regions.
//!
//! Everything that decides an outcome is done in integers, with stated ties; metres are `f64` at the edges
//! alone. The key has no `Serialize`, prints no geometry, and wipes its tables when dropped;
//! [`HouseKey::to_secret_bytes`] is the one way out, for the robot's own storage.
//!
//! Redacted rooms are part of no patch and no area, so no lift leads into one. C does lead through them where
//! the robot has to drive through: a patch whose floor is swept only from inside a redacted room is lifted to
//! the nearest cell of C outside.

mod bisection;
mod build;
mod chart;
mod house_key;
mod lift;
mod reach;
mod refit;
mod storage;
#[cfg(test)]
mod tests;
mod zoning;

#[cfg(feature = "evaluation")]
pub use chart::ChartQuality;
pub use house_key::HouseKey;
pub use lift::{AreaId, BindError, DoorCrossing, Goal, LiftError, LiftedPath, Passage, Region, Task};
#[cfg(feature = "evaluation")]
pub(crate) use reach::Reach;
pub use refit::Refit;
