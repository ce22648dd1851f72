//! The private key: turns the release into real motion, and the robot's real pose into a place of the release.
//!
//! The release is a drawing of the wrong size and shape, the same for millions of homes. A [`HouseKey`] holds how this
//! home's floor fits into it, and stays on the robot. It is built in six steps:
//!
//! 1. **Reach** (`reach`): the *reachable poses*, where the robot's middle can be when it starts at its dock, and the
//!    *coverage*, the cells that it sweeps from there. Keep-outs are obstacles.
//! 2. **Parts** (`zoning`): rooms are cut in connected halves where the assignment says so.
//! 3. **Zones** (`zoning`): each cell of the *floor of zones* gets the zone of its part or of the nearest one. That is
//!    the floor of the home without the redacted rooms, whether the robot gets there today or not: what stands in a
//!    doorway, or a virtual wall across it, makes a zone *unreachable today* and leaves it its floor.
//! 4. **Charts** (`chart`): each zone's rectangle on the release and its cells in the home are divided together, down
//!    to *patches*: one connected piece of floor for one block of 8 × 8 cells of the release (for several blocks where
//!    there are few cells), of proportional size.
//! 5. **Projection** (`chart`): every cell of the crop, also in walls and redacted rooms, gets the nearest patch along
//!    the floor, and every patch an *anchor pose*, to which its points are lifted.
//! 6. **Doors** (`chart`): each drawn door gets its passage in the home, if there is one. Routes on the release go
//!    through these.
//!
//! After that, a lift of a point is two table look-ups, and a lift of a zone ([`Region`]) is the set of cells of its
//! patches that can be cleaned today, with what is lent to it of zones that the robot does not get to. *Areas* are
//! opaque slots of the release that the key binds to rooms or regions; the owner binds and bars with `owner`. A new map
//! is looked for among those that the key knows (`known`), and the key fitted to it (`refit`). What the zones leave out
//! of the home is told to the owner ([`HouseKey::served`]).
//!
//! Everything that decides an outcome is done in integers, with stated ties; metres are `f64` at the edges alone. The
//! key has no `Serialize`, prints no geometry, and is wiped when dropped; [`HouseKey::to_secret_bytes`] is the one way
//! out, for the robot's own storage (`storage`).
//!
//! Redacted rooms are part of no patch, so no lift leads into one but that of an area which the owner bound to it. The
//! reachable poses do lead through them, where the robot has to drive through: a patch that the robot sweeps only from
//! inside a redacted room is lifted to the nearest reachable pose outside.

mod chart;
mod error;
mod house_key;
mod known;
mod lift;
mod owner;
mod reach;
mod refit;
#[cfg(test)]
pub(crate) mod tests;
mod zoning;

pub use chart::Passage;
pub use error::KeyError;
pub use house_key::HouseKey;
pub use known::{AreaId, MOVED_AFTER_MAPS, Mark, MarkId, MarkKind, Region};
#[cfg(feature = "evaluation")]
pub use lift::ChartQuality;
pub use lift::{Goal, LiftedPath, Task};
pub use owner::{OutOfReach, ServedFloor, ServedRoom};
#[cfg(feature = "evaluation")]
pub(crate) use reach::Reach;
pub use refit::Refit;
#[cfg(feature = "evaluation")]
pub(crate) use zoning::Choice;
