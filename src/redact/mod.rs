//! Removal of sensitive rooms.
//!
//! [`redact`] takes rooms out of a [`Home`] by kind, by id, by region, or because they are dead ends, and gives a
//! [`Redacted`] that no longer holds them. What is taken out must leave no trace:
//!
//! * A *cluster* of redacted rooms (redacted rooms with doors between them) is contracted: the rooms around
//!   it are joined pairwise by doors. So a home in which two rooms meet only through a bedroom looks like one
//!   in which they meet, and a redacted dead end looks like no room at all: its floor counts as wall, for the
//!   doors of the others as well.
//! * Clutter goes: whatever a single room encloses is that room's floor. A redacted room inside another is
//!   enclosed likewise.
//! * Rooms that no door connects with the dock's are left out: no plan could be driven there.
//!
//! A door is a passage the robot's disc fits through, found on the floor without clutter, so that neither
//! furniture nor toys nor the owner's keep-outs make or unmake one. If the dock's own room is redacted, its
//! place goes to the room that the dock's cluster hangs from: the first one met from the dock along the
//! floor.
//!
//! Redaction *fails closed*: where rooms are to go by kind and some room has no kind, the owner has to choose
//! ([`Unlabelled`]).
//!
//! Doors and sizes are read on labelled floor only; gaps of unlabelled floor are given to rooms anew once it
//! is known which rooms are left, since a gap beside a redacted room would otherwise tell of it.

mod clutter;
mod doors;
mod redacted;
mod redaction;
mod remove;
mod room_labels;

#[cfg(feature = "stages")]
pub use redacted::Redacted;
#[cfg(not(feature = "stages"))]
pub(crate) use redacted::Redacted;
pub(crate) use redacted::RedactedCells;
pub use redaction::{RedactError, Redaction, Unlabelled};
#[cfg(feature = "stages")]
pub use remove::redact;
pub(crate) use remove::{redact_with_cells, redacted_cells};
