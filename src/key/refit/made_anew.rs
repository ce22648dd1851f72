//! The key on a map that was not recognized.

use super::asked::{explicit_part, rooms_of};
use super::refit::Refit;
use super::unseen::rooms_where;
use crate::atlas::Plan;
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::known::Closed;
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
    /// The key of a home that is given the plan once more.
    fn planned(&self, home: &Home, measured: &Measured) -> Option<Self> {
        let plan = Plan::decode(u8::try_from(self.zones.len()).ok()?, self.plan)?;
        Some(Self::of_floor(home, measured, &Floor::draw(&plan), self.areas()))
    }

    /// The same where some cells are redacted: rooms count as redacted by more than half.
    pub(super) fn planned_for(&self, home: &Home, redacted: &[bool]) -> Option<Self> {
        let is_gone = rooms_where(home, |cell| redacted[cell], |all, own| 2 * own > all);
        let gone = home.pieces.iter().zip(is_gone).filter(|(_, gone)| *gone);
        let gone = Redaction::none().rooms(gone.map(|(piece, _)| piece.id));
        self.planned(home, &Measured::of(home, &gone).ok()?)
    }

    /// The key of a home on a map that is not known.
    fn assigned(&self, home: &Home, redaction: &Redaction) -> Option<MadeAnew> {
        let mut asked = self.known.asked(None, home, redaction);
        let measured = Measured::of(home, &asked);
        let undecided = measured.is_err();
        let named = asked.rooms.len();
        let here = rooms_of(home);
        asked.rooms.retain(|&room| here.has(room));
        let names_no_room = asked.rooms.len() < named;
        let measured = measured.or_else(|_| Measured::of(home, &asked.clone().redact_unlabelled()));
        let key = self.planned(home, &measured.ok()?)?;
        Some(MadeAnew { key, asked, undecided, names_no_room })
    }

    /// The key is made from the new map alone; all that is known stays as it is.
    pub(super) fn made_anew(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        let Some(made) = self.assigned(home, redaction) else {
            // No plan of the atlas: there is no key of this map, and another map's leads nowhere on it.
            let mut key = self.clone();
            key.known.is_nowhere();
            key.closed.room = true;
            key.open_again();
            let refit = key.report(false, 0.0, 0.0, true);
            return (key, refit);
        };
        let MadeAnew { mut key, asked, undecided, names_no_room } = made;
        if undecided {
            key.mark_what_is_named(home, &asked);
        }
        let mut known = self.known.clone();
        let first = known.maps.is_empty();
        // A new key knows its own map.
        if let Some(mut map) = key.known.maps.pop() {
            map.confirmed = first;
            // Marks are numbered on from those that there are.
            map.marks.iter_mut().for_each(|mark| mark.id = known.number());
            known.add(map);
        }
        key.known = known;
        key.closed = Closed::on(&key.known, home, redaction);
        key.closed.room = names_no_room;
        key.open_again();
        let refit = key.report(false, 0.0, 0.0, undecided);
        (key, refit)
    }

    /// Of what is redacted on a first map only what was asked for explicitly has marks from now on. The rest is
    /// redacted today, and for the owner to choose.
    fn mark_what_is_named(&mut self, home: &Home, asked: &Redaction) {
        let Ok(named) = redacted_cells(home, &explicit_part(home, asked)) else { return };
        self.known.today_mut().into_iter().for_each(|map| map.marks.clear());
        let marked = self.mark_cells(home, &named.cells);
        debug_assert!(marked.is_ok(), "a first map has room for its own marks");
        self.mark_outlines(home, &asked.regions);
    }
}
