//! What redaction hands on: the rooms that are left, and for the key what was redacted.

use alloc::vec::Vec;
use core::ops::Range;

use super::room_graph::RoomGraph;
use crate::grid::{BitGrid, Shape, Span};

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
    /// Of each kept room.
    pub(crate) sums: Vec<RoomSums>,
    /// The kept rooms, with the doors between them: direct ones, and through redacted rooms.
    pub(crate) doors: RoomGraph,
    /// The room of the dock, ascending: several where the home's geometry leaves it open, none where no room
    /// is left.
    pub(crate) roots: Vec<usize>,
    /// Where the rooms of each group that may be the home end. One group has all, unless several are alike in floor,
    /// rooms and doors.
    pub(crate) ends: Vec<usize>,
}

/// The cells of a room, as far as a sketch depends on them.
#[derive(Clone, Copy, Default)]
pub(crate) struct RoomSums {
    pub(crate) area: u64,
    /// The sums of the cells' columns and of their rows.
    pub(crate) places: [u64; 2],
}

impl RoomSums {
    /// Adds the cells of a run.
    pub(super) fn add(&mut self, run: Span) {
        let [from, to] = [run.columns().start, run.columns().end].map(u64::from);
        self.area += to - from;
        self.places[0] += (from + to - 1) * (to - from) / 2;
        self.places[1] += u64::from(run.y()) * (to - from);
    }
}

impl Redacted {
    /// The rooms of each group that may be the home.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = core::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// The same with the rooms of one group alone.
    ///
    /// # Complexity
    /// O(cells) where there are others.
    pub(crate) fn of_group(mut self, group: &Range<usize>) -> Self {
        if group.len() == self.doors.len() {
            return self;
        }
        let new = |room: usize| group.contains(&room).then(|| room - group.start);
        let numbers: Vec<Option<u16>> =
            (0..self.doors.len()).map(|room| new(room).and_then(|room| u16::try_from(room).ok())).collect();
        for label in &mut self.labels {
            let room = label.checked_sub(1).and_then(|room| numbers[usize::from(room)]);
            *label = room.map_or(0, |room| room + 1);
        }
        self.sums = self.sums.get(group.clone()).unwrap_or_default().to_vec();
        self.doors = self.doors.renumbered(&numbers);
        self.roots = self.roots.iter().filter_map(|&root| new(root)).collect();
        self.ends = vec![group.len()];
        self
    }
}

/// What the redaction redacts, for the key to keep the robot out of.
#[derive(Clone)]
pub(crate) struct RedactedCells {
    /// Cells of the home (row by row) that belong to a redacted room.
    pub(crate) cells: Vec<bool>,
}

impl RedactedCells {
    /// The same cells as a set, in rows of this width.
    pub(crate) fn to_set(&self, width: usize) -> BitGrid {
        BitGrid::of(width, &self.cells, |&redacted| redacted)
    }
}

private_debug!(Redacted, RedactedCells, RoomSums);
