//! The key of an owner who has chosen what is redacted, after one that had to do without.
//!
//! A keeper refuses no map: as long as the owner has to choose (a room without a kind might be a bedroom), all that may
//! be meant is redacted, and the key says that this is undecided. Once the owner has chosen, a new key is made for the
//! same plan, as if it were the first, and takes over what the owner barred and bound.

use crate::grid::BitGrid;
use crate::home::Home;
use crate::key::known::{KnownMaps, MarkKind, MarkedCells};
use crate::key::{HouseKey, MarkId};
use crate::redact::Redaction;

impl HouseKey {
    /// The owner has still to choose what is redacted.
    pub(crate) fn is_undecided(&self) -> bool {
        self.known.requests.is_undecided()
    }

    /// This key, of an owner who has still to choose.
    pub(crate) fn undecided(mut self) -> Self {
        self.known.requests.leave_undecided(self.known.next);
        self
    }

    /// This key, which is new for `home`, with the bars and areas of an older one, what its owner redacted in so many
    /// words, and the other maps that it knows.
    /// Nothing where they have no certain place on this map: a bar must not be lost.
    ///
    /// # Complexity
    /// That of a refit.
    pub(crate) fn with_marks_of(mut self, old: &Self, home: &Home) -> Option<Self> {
        if old.known.maps.is_empty() {
            return Some(self);
        }
        let (mut fitted, refit) = old.refit(home, &Redaction::none());
        if !refit.recognized {
            return None;
        }
        // Its marks are numbered on from those that there were.
        let KnownMaps { maps, next, .. } = &mut self.known;
        *next = fitted.known.next;
        for mark in maps.iter_mut().flat_map(|map| &mut map.marks) {
            *next = next.saturating_add(1);
            mark.id = MarkId::new(*next);
        }
        let (here, _) = fitted.known.today()?;
        let careful = old.known.requests.last_undecided(old.known.next);
        let by_owner = |mark: &MarkedCells| mark.kind != MarkKind::Redacted || mark.id.get() > careful;
        let mut redacts = false;
        for mark in here.marks.iter().filter(|mark| by_owner(mark)) {
            let cells = fitted.today_cells(mark)?;
            self.add_mark(mark.kind, &cells).ok()?;
            redacts |= mark.kind == MarkKind::Redacted;
        }
        if redacts {
            let unmarked = self.redacted_without_a_mark(home);
            self.fit_again(home, &unmarked);
        }
        self.find_bars();
        // Where the home has no floor at all, the key has no cells: its areas are marks alone, for the day when it has.
        let bound = fitted.areas.iter().enumerate().filter(|_| self.shape == fitted.shape);
        for (area, spans) in bound.filter(|(_, spans)| !spans.is_empty()) {
            let mut bound = BitGrid::none(self.shape);
            let cells = spans.iter().flat_map(|span| span.cells(self.shape.width));
            cells.for_each(|cell| bound.insert(cell));
            let was_hidden = |cell: usize| fitted.drive.redacted.has(cell);
            let cells = self.bindable(|cell| bound.has(cell), was_hidden);
            self.areas.get_mut(area).into_iter().for_each(|own| own.clone_from(&cells));
        }
        // The new key's only map is seen today, and the others before.
        let (here, today) = (fitted.known.here?.map, fitted.known.day);
        self.known.day = today;
        self.known.maps.iter_mut().for_each(|map| map.seen = today);
        let others = fitted.known.maps.drain(..).enumerate().filter(|(map, _)| *map != here);
        self.known.maps.extend(others.map(|(_, map)| map));
        Some(self)
    }
}
