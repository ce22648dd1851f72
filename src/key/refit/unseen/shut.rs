//! Floor that a known map has and today's map does not show, such as a room behind a shut door.
//!
//! A kind that is asked for means all rooms of that kind, and dead ends are read off the whole home. On a day on which
//! a room is shut nobody can say whether it is meant. So neither counts as placed on such a day: both are asked for
//! again on each map, until one shows all floor that has a zone. A part of a square metre may be a room, as elsewhere;
//! a bed that came to stand on known floor is such a part too.

use super::new_floor::large_parts;
use crate::grid::{BitGrid, Cell, Shape, narrow};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::known::claims::Claims;
use crate::key::known::registration::CellScale;
use crate::redact::Redaction;

impl HouseKey {
    /// Of what has a zone on the known map that today's map is, and is not redacted, today's map does not show a part
    /// of a square metre or more.
    ///
    /// # Complexity
    /// O(cells of the frame).
    pub(in crate::key::refit) fn hides_floor(&self, home: &Home) -> bool {
        let Some((map, transform)) = self.known.today() else { return false };
        let frame = Claims::of(map, self.zones.len());
        let is_floor = frame.each(|claim| claim.zone != 0 && !claim.redacted);
        let shape = Shape { width: frame.width, height: frame.height };
        // Under the middle of a cell of the frame.
        let back = CellScale { old: home.resolution_m, new: map.resolution_m };
        let is_shown = |cell: usize| {
            let (x, y) = shape.place(narrow(cell));
            let (x, y) = transform.apply((back.to_old(x + frame.left), back.to_old(y + frame.low)));
            home.shape.cell(x, y).is_some_and(|cell| home.cells[cell] == Cell::Free)
        };
        let is_hidden = |cell: usize| is_floor[usize::from(frame.numbers()[cell])] && !is_shown(cell);
        !large_parts(&BitGrid::of_rule(shape, is_hidden), map.resolution_m).is_empty()
    }
}

/// What it asks for may be a room that a map does not show.
pub(in crate::key::refit) const fn asks_for_rooms_to_come(redaction: &Redaction) -> bool {
    !redaction.kinds.is_empty() || redaction.dead_ends
}

/// The redaction without what may be a room that a map does not show.
pub(in crate::key::refit) fn without_rooms_to_come(redaction: &Redaction) -> Redaction {
    let mut rest = redaction.clone();
    rest.kinds.clear();
    rest.dead_ends = false;
    rest
}
