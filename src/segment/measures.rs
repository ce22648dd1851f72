//! What makes a chord a doorway.

use super::chord::{Chord, FINE, Ground};
use super::jambs::Reaches;
use super::scale::{DOOR_WALL_M, DOORWAY_M, Scale, WALL_TIMES, WIDENING};
use crate::grid::narrow;

/// What makes a chord a doorway, in parts of a cell.
pub(super) struct Measures {
    pub(super) widest: i64,
    least_wall: i64,
    reaches: Reaches,
}

impl Measures {
    pub(super) fn new(scale: Scale) -> Self {
        let fine = |metres| i64::from(narrow(scale.whole_cells(metres))) * FINE;
        Self { widest: fine(DOORWAY_M), least_wall: fine(DOOR_WALL_M), reaches: Reaches::new(scale) }
    }

    /// Whether a chord is a doorway.
    pub(super) fn is_doorway(&self, ground: Ground<'_>, chord: &Chord) -> bool {
        let is_enough = |wall: i64| wall >= self.least_wall && WALL_TIMES * wall >= chord.width;
        chord.width <= self.widest
            && self.reaches.walls(ground, chord).any(is_enough)
            && WIDENING[1] * chord.width <= WIDENING[0] * self.reaches.widening(ground, chord)
    }
}
