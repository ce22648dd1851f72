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

/// Who says that a piece is a room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceOrigin {
    /// The robot, or whatever found the rooms.
    Given,
    /// Nobody: it is free cells that nobody gave a room.
    Loose,
    /// The owner, who redacted a region.
    Region,
}

/// A connected piece of a room as the stages see it, or the fragments of one.
#[derive(Clone, Copy)]
pub(crate) struct RoomPiece {
    pub(crate) id: RoomId,
    pub(crate) kind: Option<RoomKind>,
    pub(crate) origin: PieceOrigin,
    /// Specks of a room that lie apart from it: they go when the room goes, and count for nothing else.
    pub(crate) fragment: bool,
}

impl RoomPiece {
    pub(crate) const fn new(id: RoomId, kind: Option<RoomKind>, origin: PieceOrigin) -> Self {
        Self { id, kind, origin, fragment: false }
    }
}

private_debug!(PieceOrigin, RoomPiece);
