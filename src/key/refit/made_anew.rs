//! The key on a map that was not recognized.

use super::closed::Closed;
use super::refit::Refit;
use crate::atlas::Plan;
use crate::home::Home;
use crate::key::HouseKey;
use crate::measured::Measured;
use crate::redact::Redaction;
use crate::release::Floor;

impl HouseKey {
    /// The key of a home that is given the plan once more, and whether all of the redaction could be placed. Rooms and
    /// regions that were placed before play no part; kinds always do.
    pub(super) fn assigned(&self, home: &Home, redaction: &Redaction) -> Option<(Self, bool)> {
        let mut asked = self.known.requests.new_in(redaction);
        asked.kinds.clone_from(&redaction.kinds);
        let measured = Measured::of(home, &asked);
        let open = measured.is_err();
        let measured = measured.or_else(|_| {
            let by_kind = Redaction::none().kinds(redaction.kinds.iter().copied());
            Measured::of(home, &by_kind.redact_unlabelled())
        });
        let plan = Plan::decode(u8::try_from(self.zones.len()).ok()?, self.plan)?;
        Some((Self::of_floor(home, &measured.ok()?, &Floor::draw(&plan), self.areas()), open))
    }

    /// The key is made from the new map alone; all that is known stays as it is.
    pub(super) fn made_anew(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        let Some((mut key, open)) = self.assigned(home, redaction) else {
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
        if first {
            known.requests.place(redaction);
        }
        key.known = known;
        key.closed = Closed::on(&key.known, home, redaction);
        key.open_again();
        let refit = key.report(false, 0.0, 0.0, open);
        (key, refit)
    }
}
