//! When a key leads nowhere: something that the owner chose has no certain place on today's map.

use crate::home::Home;
use crate::key::known::{KnownMap, KnownMaps, MarkKind};
use crate::redact::Redaction;

/// What has no certain place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::key) struct Closed {
    pub(in crate::key) bars: bool,
    pub(in crate::key) redaction: bool,
    /// A room was asked for by a number that no map has.
    pub(in crate::key) room: bool,
}

impl Closed {
    pub(in crate::key) const fn is_closed(self) -> bool {
        self.bars || self.redaction || self.room
    }

    /// On a map that nobody confirmed: bars of another map have no place, and the redaction of another one has one only
    /// if it is all by kind, and every room of the new map has a kind. Of a redaction on a map that nobody confirmed it
    /// is enough that rooms without a kind are redacted.
    pub(in crate::key) fn on(known: &KnownMaps, home: &Home, redaction: &Redaction) -> Self {
        if known.today().is_none_or(|(map, _)| map.confirmed) {
            return Self::default();
        }
        let here = known.here.map(|here| here.map);
        let others =
            || known.maps.iter().enumerate().filter(|(map, _)| Some(*map) != here).map(|(_, map)| map);
        let is_by_kind = |map: &KnownMap| map.requests.are_kinds_of(redaction);
        let has_kinds = home.pieces.iter().all(|piece| piece.kind.is_some());
        let is_enough = |map: &KnownMap| !map.confirmed && !redaction.keeps_unlabelled();
        let unplaced = |map: &KnownMap| {
            map.has(MarkKind::Redacted) && !(is_by_kind(map) && (has_kinds || is_enough(map)))
        };
        Self {
            bars: known.lost.bars || others().any(|map| map.has(MarkKind::Barred)),
            redaction: known.lost.redaction || others().any(unplaced),
            room: false,
        }
    }
}
