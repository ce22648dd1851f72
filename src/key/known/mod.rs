//! The maps that a key knows, and what is claimed on each.
//!
//! A robot is carried upstairs, begins its map again, or sees half a home because of a shut door. What the owner chose
//! must survive all of that. So a key keeps a small library of *known maps*: the home as drawn, other floors, and the
//! last map that it did not recognize. Each has a frame of its own, the cells of the map on which it was first seen,
//! and in that frame which cells belong to which zone, and the owner's *marks*: what is redacted, barred, or bound to
//! an area. Cells outside today's map keep their claims, so a room that is shut today comes back with its own.
//!
//! Every later map is looked for among the known ones (`recognize`, by `registration` at any angle and shift), and gets
//! its *claims*, what is known of each cell, from one frame in one step (`claims`). Claims are not carried from day to
//! day, so they do not drift, and an odd day leaves no trace. Only a home that has changed so much that its first look
//! is not found any more is recognized by its last look, to a cell at each change. A key leads nowhere where what the
//! owner chose has no certain place on the map of the day (`closed`).
//!
//! Marks are places, not rooms of the day: a room that was redacted by its id stays redacted where it was, whatever
//! numbers later maps have. The owner lists them ([`HouseKey::marks`](crate::HouseKey::marks)) and removes them one by
//! one.

mod area_id;
mod claim_run;
pub(super) mod claims;
mod closed;
mod library;
mod map;
mod mark;
mod packed_runs;
mod recognize;
pub(super) mod region;
pub(super) mod registration;
mod requests;
mod storage;

pub use area_id::AreaId;
pub(super) use claim_run::{CellRun, Extent};
pub(super) use closed::Closed;
pub use library::MOVED_AFTER_MAPS;
pub(super) use library::{KnownMaps, Lost};
pub(super) use map::{KnownMap, Sighted};
pub(super) use mark::{MAX_MARKS, MarkedCells};
pub use mark::{Mark, MarkId, MarkKind};
pub(super) use packed_runs::PackedRuns;
pub(super) use recognize::Recognized;
pub use region::Region;
pub(super) use storage::{Limits, read_frame};
