//! What of a redaction is new on today's map, and what of it leaves nothing to choose.

use crate::home::{Home, RoomIds};
use crate::key::known::KnownMaps;
use crate::redact::Redaction;

impl KnownMaps {
    /// The part of a redaction that has not been placed on a known map; all of it on one that is not known. A number
    /// that today's map does not have, and that was placed on another known map, means the room there.
    ///
    /// # Complexity
    /// O((rooms + rooms asked for) · log rooms).
    pub(super) fn asked(&self, map: Option<usize>, home: &Home, redaction: &Redaction) -> Redaction {
        let known = map.and_then(|map| self.maps.get(map));
        let mut asked = known.map_or_else(|| redaction.clone(), |known| known.requests.new_in(redaction));
        let here = rooms_of(home);
        let is_placed = |room| self.maps.iter().any(|known| known.requests.has_room(room));
        asked.rooms.retain(|&room| here.has(room) || !is_placed(room));
        asked
    }
}

/// What a redaction asks for explicitly on a map, whatever else there is to choose: rooms of its kinds, those of
/// its rooms that are there, outlines, dead ends. It is never refused.
pub(super) fn explicit_part(home: &Home, redaction: &Redaction) -> Redaction {
    let mut named = redaction.clone().keep_unlabelled();
    let here = rooms_of(home);
    named.rooms.retain(|&room| here.has(room));
    named
}

/// The rooms that a map has.
pub(super) fn rooms_of(home: &Home) -> RoomIds {
    RoomIds::of(home.pieces.iter().map(|piece| piece.id))
}
