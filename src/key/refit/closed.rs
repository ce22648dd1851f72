//! When a key leads nowhere: something that the owner chose has no certain place on today's map.

use crate::home::Home;
use crate::key::known::{KnownMaps, MarkKind};
use crate::key::{HouseKey, KeyError};
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

    /// On a map that nobody confirmed: bars of a confirmed map have no place, and its redaction has one only if it is
    /// all by kind, and every room of the new map has a kind.
    pub(super) fn on(known: &KnownMaps, home: &Home, redaction: &Redaction) -> Self {
        if known.today().is_none_or(|(map, _)| map.confirmed) {
            return Self::default();
        }
        let marked = |kind: MarkKind| {
            let confirmed = known.maps.iter().filter(|map| map.confirmed);
            confirmed.flat_map(|map| &map.marks).any(|mark| mark.kind == kind)
        };
        let certain =
            known.requests.are_kinds_of(redaction) && home.pieces.iter().all(|piece| piece.kind.is_some());
        Self { bars: marked(MarkKind::Barred), redaction: marked(MarkKind::Redacted) && !certain }
    }
}

impl HouseKey {
    /// Whether the key leads anywhere on today's map. It leads nowhere where the map is not recognized and something
    /// that the owner barred or redacted has no certain place on it ([`HouseKey::refit`]). It opens with a map that is
    /// recognized, when the owner confirms today's ([`HouseKey::confirm_map`]), or when the owner removes all bars
    /// ([`HouseKey::unbar`]) where it is closed for these alone.
    ///
    /// # Errors
    /// [`KeyError::UnplacedBars`] or [`KeyError::UnplacedRedaction`].
    pub const fn check_open(&self) -> Result<(), KeyError> {
        match self.closed {
            Closed { bars: true, .. } => Err(KeyError::UnplacedBars),
            Closed { redaction: true, .. } => Err(KeyError::UnplacedRedaction),
            _ => Ok(()),
        }
    }

    /// Closes the drive, or opens it again.
    pub(in crate::key) fn open_again(&mut self) {
        if self.closed.is_closed() {
            self.drive.close();
        } else {
            self.drive.open_again(self.resolution_m);
        }
    }
}
