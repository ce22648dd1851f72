//! What of a redaction is new on today's map, and what of it leaves nothing to choose.

use crate::home::{Home, RoomId};
use crate::key::known::KnownMaps;
use crate::redact::Redaction;

impl KnownMaps {
    /// The part of a redaction that has not been placed on a known map; all of it on one that is not known. A number
    /// that today's map does not have, and that was placed on another known map, means the room there.
    ///
    /// # Complexity
    /// O(rooms asked for · rooms).
    pub(super) fn asked(&self, map: Option<usize>, home: &Home, redaction: &Redaction) -> Redaction {
        let known = map.and_then(|map| self.maps.get(map));
        let mut asked = known.map_or_else(|| redaction.clone(), |known| known.requests.new_in(redaction));
        let is_placed = |room: RoomId| self.maps.iter().any(|known| known.requests.has_room(room));
        asked.rooms.retain(|&room| has_room(home, room) || !is_placed(room));
        asked
    }
}

/// What a redaction asks for explicitly on a map, whatever else there is to choose: rooms of its kinds, those of
/// its rooms that are there, outlines, dead ends. It is never refused.
pub(super) fn explicit_part(home: &Home, redaction: &Redaction) -> Redaction {
    let mut named = redaction.clone().keep_unlabelled();
    named.rooms.retain(|&room| has_room(home, room));
    named
}

/// A map has a room of this number.
pub(super) fn has_room(home: &Home, room: RoomId) -> bool {
    home.pieces.iter().any(|piece| piece.id == room)
}
