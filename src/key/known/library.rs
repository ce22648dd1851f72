//! The known maps of a key, and which of them today's map is.

use alloc::vec::Vec;

use zeroize::ZeroizeOnDrop;

use super::map::KnownMap;
use super::mark::{MarkId, MarkKind};
use super::requests::Requests;
use crate::key::refit::registration::RigidTransform;

/// Most maps of the home that a key knows: as drawn, and three more floors.
const MOST_CONFIRMED: usize = 4;

/// Most maps that a key knows. There is always a place for one that was not recognized.
pub(in crate::key) const MOST_MAPS: usize = MOST_CONFIRMED + 1;

/// Maps in a row, not recognized, after which the household seems to have moved.
pub const MOVED_AFTER_MAPS: u32 = 3;

/// The maps that a key knows.
#[derive(Clone, Default, PartialEq, ZeroizeOnDrop)]
pub(in crate::key) struct KnownMaps {
    /// The map that the release was drawn for comes first.
    pub(in crate::key) maps: Vec<KnownMap>,
    /// Today's map among them.
    #[zeroize(skip)] // An angle and a shift alone.
    pub(in crate::key) here: Option<Here>,
    /// Number of today's map.
    pub(in crate::key) day: u32,
    /// How many maps in a row were neither the map that the release was drawn for nor one that the owner confirmed.
    pub(in crate::key) strange: u32,
    /// The number of the next mark.
    pub(in crate::key) next: u32,
    pub(in crate::key) requests: Requests,
}

/// Which known map today's map is, and where it lies.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::key) struct Here {
    pub(in crate::key) map: usize,
    /// From the frame, in cells of today's size, to today's map.
    pub(in crate::key) transform: RigidTransform,
}

impl KnownMaps {
    /// A key's first map, which is today's.
    pub(in crate::key) fn first(map: KnownMap) -> Self {
        let mut known = Self::default();
        known.maps.push(map);
        known.is_here(0, RigidTransform::NONE);
        known
    }

    /// Today's map among the known ones.
    pub(in crate::key) fn today(&self) -> Option<(&KnownMap, RigidTransform)> {
        let here = self.here?;
        Some((self.maps.get(here.map)?, here.transform))
    }

    pub(in crate::key) fn today_mut(&mut self) -> Option<&mut KnownMap> {
        self.maps.get_mut(self.here?.map)
    }

    /// Today's map is this one.
    pub(in crate::key) fn is_here(&mut self, map: usize, transform: RigidTransform) {
        self.here = Some(Here { map, transform });
        self.day = self.day.saturating_add(1);
        if let Some(known) = self.maps.get_mut(map) {
            known.seen = self.day;
            self.strange = if known.confirmed { 0 } else { self.strange.saturating_add(1) };
        }
    }

    /// Today's map shows nothing that could be known.
    pub(in crate::key) const fn is_nowhere(&mut self) {
        self.here = None;
        self.day = self.day.saturating_add(1);
        self.strange = self.strange.saturating_add(1);
    }

    /// Takes up a map that is not among the known ones. Where there is no place, it takes that of the one seen longest
    /// ago among those that nobody confirmed, and of these one without bars if there is any: what the owner knows is
    /// never overwritten.
    pub(in crate::key) fn add(&mut self, map: KnownMap) {
        if self.maps.len() >= MOST_MAPS {
            let is_barred = |map: &KnownMap| map.marks.iter().any(|mark| mark.kind == MarkKind::Barred);
            let without = |map: &KnownMap| !map.confirmed && !is_barred(map);
            if self.maps.iter().skip(1).any(without) {
                self.give_up(without);
            } else {
                self.give_up(|map| !map.confirmed);
            }
        }
        self.maps.push(map);
        self.is_here(self.maps.len() - 1, RigidTransform::NONE);
    }

    /// The owner says that today's map belongs to the home. Where there are too many of those, the one seen longest ago
    /// is given up, but never the home as drawn.
    pub(in crate::key) fn confirm(&mut self) {
        if let Some(map) = self.today_mut() {
            map.confirmed = true;
        }
        self.strange = 0;
        if self.maps.iter().filter(|map| map.confirmed).count() > MOST_CONFIRMED {
            let today = self.day;
            self.give_up(|map| map.confirmed && map.seen != today);
        }
    }

    /// Gives up the map seen longest ago among some, but never the first.
    fn give_up(&mut self, among: impl Fn(&KnownMap) -> bool) {
        let maps = self.maps.iter().enumerate().skip(1).filter(|(_, map)| among(map));
        if let Some((at, _)) = maps.min_by_key(|(_, map)| map.seen) {
            self.maps.remove(at);
            if let Some(here) = &mut self.here {
                here.map -= usize::from(here.map > at);
            }
        }
    }

    /// A number for a new mark.
    pub(in crate::key) const fn number(&mut self) -> MarkId {
        self.next = self.next.saturating_add(1);
        MarkId::new(self.next)
    }
}
