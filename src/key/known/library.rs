//! The known maps of a key, and which of them today's map is.

use alloc::vec::Vec;

use zeroize::ZeroizeOnDrop;

use super::map::KnownMap;
use super::mark::{MarkId, MarkKind};
use crate::key::known::registration::RigidTransform;

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
    /// While the owner has still to choose what is redacted: the last *tentative* mark, of what may be meant and was
    /// not asked for.
    pub(in crate::key) last_tentative: Option<u32>,
    #[zeroize(skip)] // It names no place.
    pub(in crate::key) lost: Lost,
}

/// What the owner put on maps that were given up since. It has no place on any map from then on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::key) struct Lost {
    pub(in crate::key) bars: bool,
    pub(in crate::key) redaction: bool,
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
    /// ago among those that nobody confirmed, and of these one on which the owner chose nothing if there is any: what
    /// the owner knows is not overwritten, and that something was chosen is not forgotten. Where all are confirmed, as
    /// an earlier version may have stored them, one is given up: of more maps no key can be read.
    pub(in crate::key) fn add(&mut self, map: KnownMap) {
        if self.maps.len() >= MOST_MAPS {
            let is_plain = |map: &KnownMap, own: Lost| !map.confirmed && own == Lost::default();
            if !self.give_up(&is_plain) && !self.give_up(&|map, _| !map.confirmed) {
                self.give_up(&|_, _| true);
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
            self.give_up(&|map, _| map.confirmed && map.seen != today);
        }
    }

    /// Gives up the map seen longest ago among some, but never the first, and says whether there was one.
    fn give_up(&mut self, among: &dyn Fn(&KnownMap, Lost) -> bool) -> bool {
        let maps = self.maps.iter().map(|map| (map, Lost::with(map, self.maps.first()))).enumerate().skip(1);
        let least = maps.filter(|(_, (map, own))| among(map, *own)).min_by_key(|(_, (map, _))| map.seen);
        let Some((at, own)) = least.map(|(at, (_, own))| (at, own)) else { return false };
        self.maps.remove(at);
        self.lost.bars |= own.bars;
        self.lost.redaction |= own.redaction;
        if let Some(here) = &mut self.here {
            here.map -= usize::from(here.map > at);
        }
        true
    }

    /// Gives up all maps but today's.
    pub(in crate::key) fn give_up_others(&mut self) {
        if let Some(here) = self.here.as_mut().filter(|here| here.map < self.maps.len()) {
            self.maps.swap(0, here.map);
            here.map = 0;
            while self.give_up(&|_, _| true) {}
        }
    }

    /// A number for a new mark.
    pub(in crate::key) const fn number(&mut self) -> MarkId {
        self.next = self.next.saturating_add(1);
        MarkId::new(self.next)
    }
}

impl Lost {
    /// What is lost with a map: bars, and a redaction that is not all by kinds which were placed on the first map too.
    /// A first map on which nothing is redacted says nothing of it later, whatever was placed there.
    fn with(map: &KnownMap, first: Option<&KnownMap>) -> Self {
        let says_it = |first: &KnownMap| {
            first.has(MarkKind::Redacted) && map.requests.are_kinds_of_map(&first.requests)
        };
        let is_by_kind = first.is_some_and(says_it);
        Self { bars: map.has(MarkKind::Barred), redaction: map.has(MarkKind::Redacted) && !is_by_kind }
    }
}
