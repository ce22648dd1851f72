//! What redaction hands on: the rooms that are left, and for the key what was redacted.

use alloc::vec::Vec;

use super::room_graph::RoomGraph;
use crate::grid::Shape;

/// The rooms that are left after redaction, and the doors between them.
///
/// It holds neither the redacted rooms' cells nor what clutter stood in the others. Private all the same.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::home::{Footprint, Home, RoomKind};
/// use homeveil::{Redaction, redact::redact, sketch::Sketch};
/// let kinds = [('a', RoomKind::Living), ('b', RoomKind::Bedroom)];
/// let robot = Footprint::disc_m(0.1).unwrap();
/// let home = |drawing| Home::from_drawing(0.25, robot, drawing, &kinds).unwrap().build().unwrap();
/// let redaction = Redaction::none().kinds([RoomKind::Bedroom]);
/// let with = redact(&home("
///     ##############
///     #aaaaa#bbbbbb#
///     #aAaaabbbbbbb#
///     #aaaaa#bbbbbb#
///     ##############"), &redaction).unwrap();
/// let without = redact(&home("
///     #######
///     #aaaaa#
///     #aAaaa#
///     #aaaaa#
///     #######"), &redaction).unwrap();
/// assert!(Sketch::of(&with) == Sketch::of(&without));
/// # }
/// ```
#[derive(Clone)]
pub struct Redacted {
    pub(crate) shape: Shape,
    /// 0: none; i + 1: kept room i, the clutter it encloses included.
    pub(crate) labels: Vec<u16>,
    /// The kept rooms, with the doors between them: direct ones, and through redacted rooms.
    pub(crate) doors: RoomGraph,
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

private_debug!(Redacted, RedactedCells);
