//! When a key leads nowhere: something that the owner chose has no certain place on today's map.

use crate::home::Home;
use crate::key::known::{KnownMap, KnownMaps, MarkKind};
use crate::redact::Redaction;

/// What has no certain place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::key) struct Closed {
    pub(in crate::key) bars: bool,
    pub(in crate::key) redaction: bool,
}

impl Closed {
    pub(in crate::key) const fn is_closed(self) -> bool {
        self.bars || self.redaction
    }

    /// On a map that nobody confirmed: bars of another map have no place, and the redaction of a confirmed one has one
    /// only if it is all by kind, and every room of the new map has a kind.
    pub(super) fn on(known: &KnownMaps, home: &Home, redaction: &Redaction) -> Self {
        if known.today().is_none_or(|(map, _)| map.confirmed) {
            return Self::default();
        }
        let has = |map: &KnownMap, kind: MarkKind| map.marks.iter().any(|mark| mark.kind == kind);
        let here = known.here.map(|here| here.map);
        let mut others = known.maps.iter().enumerate().filter(|(number, _)| Some(*number) != here);
        let bars = others.any(|(_, map)| has(map, MarkKind::Barred));
        let is_redacted = known.maps.iter().any(|map| map.confirmed && has(map, MarkKind::Redacted));
        let certain =
            known.requests.are_kinds_of(redaction) && home.pieces.iter().all(|piece| piece.kind.is_some());
        Self { bars, redaction: is_redacted && !certain }
    }
}
