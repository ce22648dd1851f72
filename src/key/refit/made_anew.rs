//! The key on a map that was not recognized.

use super::closed::Closed;
use super::refit::Refit;
use crate::atlas::Plan;
use crate::home::Home;
use crate::key::HouseKey;
use crate::measured::Measured;
use crate::redact::Redaction;
use crate::release::Floor;

/// A key made from a new map alone.
pub(super) struct MadeAnew {
    pub(super) key: HouseKey,
    /// Something that the redaction asks for could not be judged. All that it may mean on this map is redacted.
    pub(super) undecided: bool,
    /// It newly names a room that the map does not have: nobody can say which one is meant.
    pub(super) names_no_room: bool,
}

impl HouseKey {
    /// The key of a home that is given the plan once more. Rooms and regions that were placed before play no part;
    /// kinds always do.
    pub(super) fn assigned(&self, home: &Home, redaction: &Redaction) -> Option<MadeAnew> {
        let mut asked = self.known.requests.new_in(redaction);
        asked.kinds.clone_from(&redaction.kinds);
        let measured = Measured::of(home, &asked);
        let undecided = measured.is_err();
        let named = asked.rooms.len();
        asked.rooms.retain(|room| home.pieces.iter().any(|piece| piece.id == *room));
        let names_no_room = asked.rooms.len() < named;
        let measured = measured.or_else(|_| Measured::of(home, &asked.redact_unlabelled()));
        let plan = Plan::decode(u8::try_from(self.zones.len()).ok()?, self.plan)?;
        let key = Self::of_floor(home, &measured.ok()?, &Floor::draw(&plan), self.areas());
        Some(MadeAnew { key, undecided, names_no_room })
    }

    /// The key is made from the new map alone; all that is known stays as it is.
    pub(super) fn made_anew(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        let Some(MadeAnew { mut key, undecided, names_no_room }) = self.assigned(home, redaction) else {
            return (self.clone(), self.report(false, 0.0, 0.0, true));
        };
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
        if first && !undecided {
            known.requests.place(redaction);
        }
        key.known = known;
        key.closed = Closed::on(&key.known, home, redaction);
        key.closed.redaction |= names_no_room;
        key.open_again();
        let refit = key.report(false, 0.0, 0.0, undecided);
        (key, refit)
    }
}
