//! Removal of sensitive rooms.
//!
//! `redact` takes a [`Home`](crate::home::Home) and a [`Redaction`] and gives the rooms that are left, as labels
//! of cells and a graph of doors. The owner names rooms by kind, by id, by region, or asks for all dead ends. What is
//! redacted must leave no trace:
//!
//! * A *cluster* of redacted rooms (redacted rooms with doors between them) is contracted: the rooms around it are
//!   joined pairwise by doors. So a home in which two rooms meet only through a bedroom looks like one in which they
//!   meet, and a redacted dead end looks like no room at all. Its cells count as wall, for the doors of the others too.
//! * Clutter is filled: whatever a single room encloses belongs to that room. A redacted room inside another is
//!   enclosed likewise.
//! * Rooms that no door connects with the home are left out: no plan could be driven there. Which piece of floor is the
//!   home is decided here, once (`home_rooms`), and everything after follows.
//!
//! Two rooms have a door where the robot's disc fits through, found without clutter and without keep-outs, so that
//! neither furniture nor toys nor the owner's no-go zones make or unmake one. A chair in the only doorway between two
//! rooms does not part them either (`doors`). If the dock's own room is redacted, the largest room around its cluster
//! takes its place, wherever in it the dock stands.
//!
//! Redaction *fails closed*: if rooms are redacted by kind and some room has no kind, the owner has to choose
//! ([`Redaction::keep_unlabelled`], [`Redaction::redact_unlabelled`]).
//!
//! Gaps between rooms are given to rooms after redaction, not before: otherwise a gap next to a redacted room would
//! show that the room was there.

mod clutter;
mod doors;
mod home_rooms;
mod redacted;
mod redaction;
mod remove;
mod room_graph;
mod room_labels;

pub(crate) use home_rooms::TINY;
#[cfg(feature = "stages")]
pub use redacted::Redacted;
#[cfg(not(feature = "stages"))]
pub(crate) use redacted::Redacted;
pub(crate) use redacted::{RedactedCells, RoomSums};
pub use redaction::Redaction;
#[cfg(feature = "stages")]
pub use remove::redact;
pub(crate) use remove::{redact_with_cells, redacted_cells};
#[cfg(test)]
pub(crate) use room_graph::RoomGraph;
