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
        let width = chord.width;
        let least_wall = self.least_wall.max((width + WALL_TIMES - 1) / WALL_TIMES);
        let least_floor = (WIDENING[1] * width + WIDENING[0] - 1) / WIDENING[0];
        width <= self.widest
            && self.reaches.has_wall(ground, chord, least_wall)
            && self.reaches.widens(ground, chord, least_floor)
    }
}
