//! The key of an owner who has chosen what is redacted, after one that had to do without.
//!
//! A keeper refuses no map: as long as the owner has to choose (a room without a kind might be a bedroom), all that may
//! be meant is redacted, and the key says that this is undecided. Once the owner has chosen, a new key is made for the
//! same plan, as if it were the first, and takes over what the owner barred, bound, and redacted in so many words.

use alloc::vec::Vec;

use super::asked::has_room;
use super::claims::{Claim, Claims};
use super::registration::RigidTransform;
use crate::grid::{BitGrid, narrow};
use crate::home::{FIRST_ROOM, Home};
use crate::key::known::{MAX_MARKS, MarkKind, MarkedCells};
use crate::key::{AreaId, HouseKey};
use crate::redact::{Redaction, redacted_cells};

impl HouseKey {
    /// The owner has still to choose what is redacted.
    pub(crate) const fn is_undecided(&self) -> bool {
        self.known.careful.is_some()
    }

    /// The key knows a map. That of a home with nothing left knows none.
    pub(crate) const fn knows_a_map(&self) -> bool {
        !self.known.maps.is_empty()
    }

    /// This key, which is new for `home`, of an owner who has still to choose. What is asked for in so many words has
    /// marks after those of what may be meant.
    pub(crate) fn undecided(mut self, home: &Home, redaction: &Redaction) -> Self {
        let mut named = redaction.clone().keep_unlabelled();
        named.rooms.retain(|&room| has_room(home, room));
        let named = redacted_cells(home, &named).map_or_else(|_| Vec::new(), |named| named.cells);
        if self.known.today().is_some() && named.contains(&true) {
            self.known.today_mut().into_iter().for_each(|map| map.marks.clear());
            let careful =
                named.iter().enumerate().map(|(cell, named)| !named && self.drive.redacted.has(cell));
            let careful: Vec<bool> = careful.collect();
            let marked = self.mark_cells(home, &careful);
            self.known.careful = Some(self.known.next);
            let marked = marked.and(self.mark_cells(home, &named));
            debug_assert!(marked.is_ok(), "a first map has room for its own marks");
            // In a list that is full nobody can tell them apart: all of them are the owner's.
            if self.known.today().is_some_and(|(map, _)| map.marks.len() >= MAX_MARKS) {
                self.known.careful = Some(0);
            }
        } else {
            self.known.careful = Some(self.known.next);
        }
        self
    }

    /// What an owner who has still to choose asks for on today's map, if it is recognized and one of the owner's: on a
    /// map that nobody confirmed nothing is decided, since what was chosen on others has no place there. Rooms and
    /// regions that were placed before are named as the rooms that lie there today, since their numbers may be those of
    /// others. With it the key on that map, as [`HouseKey::with_marks_of`] takes it.
    ///
    /// # Complexity
    /// That of a refit.
    pub(crate) fn asked_by_owner(&self, home: &Home, redaction: &Redaction) -> Option<(Redaction, Self)> {
        let (fitted, refit) = self.refit(home, &Redaction::none());
        let here = fitted.known.here.filter(|_| refit.recognized)?.map;
        fitted.known.maps.get(here).filter(|map| map.confirmed)?;
        let mut asked = fitted.known.asked(Some(here), home, redaction);
        asked.kinds.clone_from(&redaction.kinds);
        let mut owned = BitGrid::none(home.shape);
        for mark in fitted.owned().filter(|mark| mark.kind == MarkKind::Redacted) {
            if let Some(cells) = fitted.today_cells(mark) {
                let is_hidden = cells.each(|claim| claim.hidden);
                for (x, y, len, number) in cells.runs() {
                    for x in (x..).take(len).filter(|_| is_hidden[usize::from(number)]) {
                        home.shape.cell(x, y).into_iter().for_each(|cell| owned.insert(cell));
                    }
                }
            }
        }
        let mut rooms = vec![[0_u32; 2]; home.pieces.len()];
        for (cell, label) in home.labels.iter().enumerate() {
            let piece = label.checked_sub(FIRST_ROOM).and_then(|piece| rooms.get_mut(usize::from(piece)));
            if let Some([all, own]) = piece {
                *all += 1;
                *own += u32::from(owned.has(cell));
            }
        }
        let mostly = home.pieces.iter().zip(&rooms).filter(|(_, [all, own])| 2 * own > *all);
        asked.rooms.extend(mostly.map(|(piece, _)| piece.id));
        Some((asked, fitted))
    }

    /// The marks of today's map that the owner made or asked for.
    fn owned(&self) -> impl Iterator<Item = &MarkedCells> {
        let careful = self.known.careful.unwrap_or(0);
        let marks = self.known.today().map(|(map, _)| &map.marks);
        marks
            .into_iter()
            .flatten()
            .filter(move |mark| mark.kind != MarkKind::Redacted || mark.id.get() > careful)
    }

    /// This key, which is new for `home`, with the bars and areas of an older one, what its owner redacted in so many
    /// words, and the other maps that it knows. The older one is given as it was `fitted` to the same map.
    /// Nothing where they have no certain place on this map: a bar must not be lost. An area that finds no place is
    /// bound to nothing, and none leads into what the new key redacts unless it led there before.
    ///
    /// # Complexity
    /// O(marks · cells that they span), and that of a first key where something is redacted besides.
    pub(crate) fn with_marks_of(
        mut self,
        mut fitted: Self,
        home: &Home,
        redaction: &Redaction,
    ) -> Option<Self> {
        self.allow_areas(fitted.areas());
        // Its marks are numbered on from those that there were, after the areas that lead into nothing redacted: what
        // is redacted only now is so after they were bound. Where not all marks have room, areas go.
        self.known.next = fitted.known.next;
        let own = core::mem::take(&mut self.known.today_mut()?.marks);
        let all_fit = own.len() + fitted.owned().count() <= MAX_MARKS;
        for mark in fitted.owned().filter(|_| all_fit) {
            let is_open = matches!(mark.kind, MarkKind::Area(area) if !fitted.leads_into_redacted(area));
            if is_open {
                let cells = fitted.today_cells(mark);
                let _ = cells.map(|cells| self.add_mark(mark.kind, &cells));
            }
        }
        for mut mark in own {
            mark.id = self.known.number();
            self.known.today_mut()?.marks.push(mark);
        }
        let (here, _) = fitted.known.today()?;
        // What was placed before has its place, and no number of today plays a part in that.
        if let Some(map) = self.known.today_mut() {
            map.requests = here.requests.clone();
            map.requests.place(redaction, |room| has_room(home, room));
        }
        let mut redacts = false;
        for mark in fitted.owned() {
            if let MarkKind::Area(area) = mark.kind {
                if all_fit && fitted.leads_into_redacted(area) {
                    self.take_area(&fitted, mark, area);
                }
                continue;
            }
            let cells = fitted.today_cells(mark)?;
            if mark.kind == MarkKind::Redacted {
                let is_hidden = cells.each(|claim| claim.hidden);
                let is_new = |(x, y): (i64, i64)| {
                    home.shape.cell(x, y).is_none_or(|cell| !self.drive.redacted.has(cell))
                };
                let mut runs = cells.runs().filter(|&(.., number)| is_hidden[usize::from(number)]);
                if !runs.any(|(x, y, len, _)| (x..).take(len).any(|x| is_new((x, y)))) {
                    continue;
                }
                redacts = true;
            }
            self.add_mark(mark.kind, &cells).ok()?;
        }
        if redacts {
            let unmarked = self.redacted_without_a_mark(home, None);
            self.fit_again(home, &unmarked);
        }
        self.find_bars();
        // Where the home has no floor at all, the key has no cells: its areas are marks alone, for the day when it has.
        let bound = fitted.areas.iter().enumerate().filter(|_| self.shape == fitted.shape);
        for (area, _) in bound.filter(|(_, spans)| !spans.is_empty()) {
            let area = AreaId::new(narrow(area));
            if self.known.today().is_none_or(|(map, _)| !map.has(MarkKind::Area(area))) {
                continue;
            }
            let mut bound = BitGrid::none(self.shape);
            fitted.cells_of_area(area).for_each(|cell| bound.insert(cell));
            let was_hidden = |cell: usize| fitted.drive.redacted.has(cell);
            let cells = self.bindable(|cell| bound.has(cell), was_hidden);
            self.areas.get_mut(area.get() as usize).into_iter().for_each(|own| own.clone_from(&cells));
        }
        // The new key's only map takes the place of the one that it is, and is seen today.
        let mut known = core::mem::take(&mut fitted.known);
        let here = known.here.as_mut()?;
        here.transform = RigidTransform::NONE;
        let place = known.maps.get_mut(here.map)?;
        *place = self.known.maps.pop()?;
        place.seen = known.day;
        (known.next, known.careful) = (self.known.next, None);
        self.known = known;
        Some(self)
    }

    /// The cells that an area leads to today.
    fn cells_of_area(&self, area: AreaId) -> impl Iterator<Item = usize> {
        let spans = self.areas.get(area.get() as usize).into_iter().flatten();
        spans.flat_map(|span| span.cells(self.shape.width))
    }

    /// An area is bound to something redacted.
    fn leads_into_redacted(&self, area: AreaId) -> bool {
        self.cells_of_area(area).any(|cell| self.drive.redacted.has(cell))
    }

    /// Takes over the mark of an area that leads into something redacted, but for cells that are newly redacted.
    fn take_area(&mut self, fitted: &Self, mark: &MarkedCells, area: AreaId) {
        let Some(cells) = fitted.today_cells(mark) else { return };
        let mut bound = BitGrid::none(fitted.shape);
        fitted.cells_of_area(area).for_each(|cell| bound.insert(cell));
        let leads = |cell: usize| {
            let redacted = &self.drive.redacted;
            !redacted.has(cell) || fitted.drive.redacted.has(cell) && bound.has(cell)
        };
        let places = cells.runs().flat_map(|(x, y, len, _)| (x..).take(len).map(move |x| (x, y)));
        let places = places.filter(|&(x, y)| fitted.shape.cell(x, y).is_none_or(leads));
        let claim = Claim { areas: 1, ..Claim::NONE };
        let left = Claims::of_cells(cells.extent(), claim, places);
        // Where nothing of it is left the area is bound to nothing.
        let _ = self.add_mark(mark.kind, &left);
    }
}
