//! What the label of a cell says.

use super::kind::RoomKind;
use super::room::RoomId;

/// Label of a cell that is not free.
pub(crate) const NO_FLOOR: u16 = 0;
/// Label of free cells without a room.
pub(crate) const LOOSE: u16 = 1;
/// Label of a small piece of free cells without a room.
pub(crate) const GAP: u16 = u16::MAX;
/// Label of the first room's cells.
pub(crate) const FIRST_ROOM: u16 = 2;

/// A connected piece of a room as the stages see it, or the fragments of one.
#[derive(Clone, Copy)]
pub(crate) struct RoomPiece {
    pub(crate) id: RoomId,
    pub(crate) kind: Option<RoomKind>,
    /// Specks of a room that lie apart from it: they go when the room goes, and count for nothing else.
    pub(crate) fragment: bool,
}

private_debug!(RoomPiece);
