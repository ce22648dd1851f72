//! What redaction hands on: the floor that is left, and for the key what was redacted.

use core::fmt;

/// The floor that is left after redaction, as rooms and the doors between them.
///
/// It holds neither the redacted rooms' cells nor what clutter stood in the others. Private all the same.
#[derive(Clone)]
pub struct Redacted {
    pub(crate) width: usize,
    /// 0: none; i + 1: kept room i, the clutter it encloses included.
    pub(crate) labels: Vec<u16>,
    /// For each kept room, the rooms that a door leads to (directly, or through redacted rooms), ascending.
    pub(crate) doors: Vec<Vec<usize>>,
    /// The room of the dock, ascending: several where the home's geometry leaves it open, none where no room
    /// is left.
    pub(crate) roots: Vec<usize>,
}

/// What the redaction redacts, for the key to keep the robot out of.
#[derive(Clone)]
pub(crate) struct RedactedCells {
    /// Cells of the home (row by row) that belong to a redacted room.
    pub(crate) cells: Vec<bool>,
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redacted").finish_non_exhaustive()
    }
}

impl fmt::Debug for RedactedCells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactedCells").finish_non_exhaustive()
    }
}
