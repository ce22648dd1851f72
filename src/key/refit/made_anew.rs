//! The key on a map that was not recognized.

use super::asked::has_room;
use super::closed::Closed;
use super::refit::Refit;
use crate::atlas::Plan;
use crate::home::Home;
use crate::key::HouseKey;
use crate::measured::Measured;
use crate::redact::{Redaction, redacted_cells};
use crate::release::Floor;

/// A key made from a new map alone.
pub(super) struct MadeAnew {
    pub(super) key: HouseKey,
    /// What it was asked to redact, but for rooms that the map does not have.
    asked: Redaction,
    /// Something that the redaction asks for could not be judged. All that it may mean on this map is redacted.
    undecided: bool,
    /// It newly names a room that the map does not have: nobody can say which one is meant.
    names_no_room: bool,
}

impl HouseKey {
    /// The key of a home that is given the plan once more. Rooms and regions that were placed before on this known map,
    /// if it is one, play no part; kinds always do.
    pub(super) fn assigned(
        &self,
        map: Option<usize>,
        home: &Home,
        redaction: &Redaction,
    ) -> Option<MadeAnew> {
        let mut asked = self.known.asked(map, home, redaction);
        asked.kinds.clone_from(&redaction.kinds);
        let measured = Measured::of(home, &asked);
        let undecided = measured.is_err();
        let named = asked.rooms.len();
        asked.rooms.retain(|&room| has_room(home, room));
        let names_no_room = asked.rooms.len() < named;
        let measured = measured.or_else(|_| Measured::of(home, &asked.clone().redact_unlabelled()));
        let plan = Plan::decode(u8::try_from(self.zones.len()).ok()?, self.plan)?;
        let key = Self::of_floor(home, &measured.ok()?, &Floor::draw(&plan), self.areas());
        Some(MadeAnew { key, asked, undecided, names_no_room })
    }

    /// The key is made from the new map alone; all that is known stays as it is.
    pub(super) fn made_anew(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        let Some(made) = self.assigned(None, home, redaction) else {
            return (self.clone(), self.report(false, 0.0, 0.0, true));
        };
        let MadeAnew { mut key, asked, undecided, names_no_room } = made;
        if undecided {
            key.mark_what_is_named(home, &asked);
        }
        let mut known = self.known.clone();
        let first = known.maps.is_empty();
        match key.known.maps.pop() {
            Some(mut map) => {
                map.confirmed = first;
                // Marks are numbered on from those that there are.
                map.marks.iter_mut().for_each(|mark| mark.id = known.number());
                known.add(map);
            }
            None => known.is_nowhere(),
        }
        key.known = known;
        key.closed = Closed::on(&key.known, home, redaction);
        key.closed.room = names_no_room;
        key.open_again();
        let refit = key.report(false, 0.0, 0.0, undecided);
        (key, refit)
    }

    /// Of what is redacted on a first map only what was asked for in so many words has marks from now on. The rest is
    /// redacted today, and for the owner to choose.
    fn mark_what_is_named(&mut self, home: &Home, asked: &Redaction) {
        let Ok(named) = redacted_cells(home, &asked.clone().keep_unlabelled()) else { return };
        self.known.today_mut().into_iter().for_each(|map| map.marks.clear());
        let marked = self.mark_cells(home, &named.cells);
        debug_assert!(marked.is_ok(), "a first map has room for its own marks");
    }
}
