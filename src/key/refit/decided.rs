//! The key of an owner who has chosen what is redacted, after one that had to do without.
//!
//! A keeper refuses no map: as long as the owner has to choose (a room without a kind might be a bedroom), all that may
//! be meant is redacted, and the key says that this is undecided. Once the owner has chosen, a new key is made for the
//! same plan, as if it were the first, and takes over what the owner barred, bound, and redacted explicitly.

use alloc::vec::Vec;

use super::asked::{explicit_part, rooms_of};
use super::unseen::rooms_where;
use crate::grid::{BitGrid, narrow};
use crate::home::{Home, NO_FLOOR};
use crate::key::known::claims::Claim;
use crate::key::known::registration::RigidTransform;
use crate::key::known::{
    CellRun, Extent, KnownMap, KnownMaps, Lost, MAX_MARKS, MarkId, MarkKind, MarkedCells, PackedRuns,
    Recognized,
};
use crate::key::{AreaId, HouseKey, KeyError};
use crate::redact::{Redaction, redacted_cells};

impl HouseKey {
    /// The owner has still to choose what is redacted.
    pub(crate) const fn is_undecided(&self) -> bool {
        self.known.last_tentative.is_some()
    }

    /// The key knows a map. That of a home with nothing left knows none.
    pub(crate) const fn knows_a_map(&self) -> bool {
        !self.known.maps.is_empty()
    }

    /// This key, which is new for `home`, of an owner who has still to choose. What is asked for explicitly has
    /// marks after those of what may be meant.
    pub(crate) fn undecided(mut self, home: &Home, redaction: &Redaction) -> Self {
        let named = redacted_cells(home, &explicit_part(home, redaction))
            .map_or_else(|_| Vec::new(), |named| named.cells);
        // Its outlines may cover no floor yet.
        let has_own = named.contains(&true) || !redaction.regions.is_empty();
        if self.known.today().is_some() && !named.is_empty() && has_own {
            self.known.today_mut().into_iter().for_each(|map| map.marks.clear());
            let tentative =
                named.iter().enumerate().map(|(cell, named)| !named && self.drive.redacted.has(cell));
            let tentative: Vec<bool> = tentative.collect();
            let marked = self.mark_cells(home, &tentative);
            self.known.last_tentative = Some(self.known.next);
            let marked = marked.and(self.mark_cells(home, &named));
            debug_assert!(marked.is_ok(), "a first map has room for its own marks");
            self.mark_outlines(home, &redaction.regions);
            // In a list that is full nobody can tell them apart: all of them are the owner's.
            if self.known.today().is_some_and(|(map, _)| map.marks.len() >= MAX_MARKS) {
                self.known.last_tentative = Some(0);
            }
        } else {
            self.known.last_tentative = Some(self.known.next);
        }
        self
    }

    /// What an owner who has still to choose asks for on today's map, if it is recognized, one of the owner's, and
    /// shows the home with all that there is to choose about: a new key is made for all of it. On a map that nobody
    /// confirmed nothing is decided, since what was chosen on others has no place there. On a day on which such a room
    /// is shut nothing is either: that it is not there answers nothing, and a key of a part of the home has its zones
    /// in other places. Rooms and regions that were placed before are named as the rooms that lie there today, since
    /// their numbers may be those of others. With it the key on that map, as [`HouseKey::with_marks_of`] takes it.
    ///
    /// # Complexity
    /// That of a refit.
    pub(crate) fn asked_by_owner(&self, home: &Home, redaction: &Redaction) -> Option<(Redaction, Self)> {
        let is_whole = |recognized: &Recognized| !(self.is_undecided() && recognized.is_part);
        let recognized = self.known.recognize(home).filter(is_whole)?;
        let map = self.known.maps.get(recognized.map).filter(|map| map.confirmed)?;
        // A choice on one storey leaves another open; where nothing is open by now, it is made on any.
        if self.open_on(map).next().is_none() && self.is_open_anywhere() {
            return None;
        }
        let (fitted, _) = self.fitted(home, &Redaction::none(), &recognized);
        if !fitted.shows_what_is_open(home) {
            return None;
        }
        let mut asked = fitted.known.asked(Some(recognized.map), home, redaction);
        asked.kinds.clone_from(&redaction.kinds);
        let own = fitted.rooms_of_the_owner(home);
        let own = home.pieces.iter().zip(own).filter(|(_, own)| *own);
        asked.rooms.extend(own.map(|(piece, _)| piece.id));
        Some((asked, fitted))
    }

    /// Whether the owner has still to choose on any map of these rooms, whatever is known of it: a room has no kind,
    /// and nothing that the owner redacted may be that room.
    pub(crate) fn is_undecided_on(&self, home: &Home, redaction: &Redaction) -> bool {
        let tentative = self.known.last_tentative.unwrap_or(0);
        let marks = self.known.maps.iter().flat_map(|map| &map.marks);
        let has_own =
            marks.into_iter().any(|mark| mark.kind == MarkKind::Redacted && mark.id.get() > tentative);
        let here = rooms_of(home);
        let is_there = redaction.rooms.iter().all(|&room| here.has(room));
        is_there && !has_own && redaction.leaves_open(home)
    }

    /// For each piece of today's map, whether the owner redacted its room explicitly: marks cover all of it but
    /// for slivers.
    fn rooms_of_the_owner(&self, home: &Home) -> Vec<bool> {
        let mut owned = BitGrid::none(home.shape);
        for mark in self.owned().filter(|mark| mark.kind == MarkKind::Redacted) {
            for run in self.runs_today(mark, Claim::is_hidden).into_iter().flatten() {
                owned.insert_all(run.cells_in(home.shape));
            }
        }
        rooms_where(home, |cell| owned.has(cell), |all, own| 8 * (all - own) <= all)
    }

    /// Marks of a known map that go with the owner's choice.
    fn open_on<'a>(&self, map: &'a KnownMap) -> impl Iterator<Item = &'a MarkedCells> + use<'a> {
        let tentative = self.known.last_tentative.unwrap_or(0);
        map.marks.iter().filter(move |mark| mark.kind == MarkKind::Redacted && mark.id.get() <= tentative)
    }

    /// Today's map shows all that there is to choose about on it, in rooms: half of each of these marks at least.
    fn shows_what_is_open(&self, home: &Home) -> bool {
        let Some((map, _)) = self.known.today() else { return false };
        self.open_on(map).all(|mark| {
            let (mut all, mut shown) = (0, 0);
            for run in self.runs_today(mark, Claim::is_hidden).unwrap_or_default() {
                all += run.len as usize;
                let cells = run.cells_in(home.shape);
                shown += cells.filter(|&cell| home.piece(home.labels[cell]).is_some()).count();
            }
            all > 0 && 2 * shown >= all
        })
    }

    /// Some known map has a mark that goes with the owner's choice.
    fn is_open_anywhere(&self) -> bool {
        self.known.maps.iter().any(|map| self.open_on(map).next().is_some())
    }

    /// The redaction that a draw for today's map is made under, where an owner who asks for this one redacted parts of
    /// rooms before: with their cells. The key is the older one, fitted to that map.
    pub(crate) fn with_parts_of_rooms(&self, home: &Home, asked: &Redaction) -> Redaction {
        let mut asked = asked.clone();
        let is_named =
            |cell: &usize| home.piece(home.labels[*cell]).is_some_and(|it| asked.rooms.contains(&it.id));
        let mut parts = Vec::new();
        for mark in self.owned().filter(|mark| mark.kind == MarkKind::Redacted) {
            let runs = self.runs_today(mark, Claim::is_hidden).into_iter().flatten();
            let cells = runs.flat_map(|run| run.cells_in(home.shape));
            let cells: Vec<usize> = cells.filter(|&cell| home.labels[cell] != NO_FLOOR).collect();
            let others: Vec<usize> = cells.iter().copied().filter(|cell| !is_named(cell)).collect();
            // What is named as a room may have slivers outside it.
            if 8 * others.len() > cells.len() {
                parts.extend(others);
            }
        }
        asked.cells = parts;
        asked
    }

    /// The owner barred, bound or redacted something that a key of a new epoch does not have if it is made without the
    /// marks of this one: anything but kinds that the redaction asks for.
    pub(crate) fn has_marks_besides(&self, redaction: &Redaction) -> bool {
        let is_by_kind = |map: &KnownMap| map.requests.are_kinds_of(redaction);
        let has =
            |map: &KnownMap| map.marks.iter().any(|mark| mark.kind != MarkKind::Redacted || !is_by_kind(map));
        self.known.lost != Lost::default() || self.known.maps.iter().any(has)
    }

    /// The marks of today's map that the owner made or asked for.
    fn owned(&self) -> impl Iterator<Item = &MarkedCells> {
        let tentative = self.known.last_tentative.unwrap_or(0);
        let marks = self.known.today().into_iter().flat_map(|(map, _)| &map.marks);
        marks.filter(move |mark| mark.kind != MarkKind::Redacted || mark.id.get() > tentative)
    }

    /// This key, which is new for `home`, with the bars and areas of an older one, what its owner redacted explicitly,
    /// and the other maps that it knows. The older one is given as it was `fitted` to the same map.
    /// Nothing where they have no certain place on this map: a bar must not be lost. An area that finds no place is
    /// bound to nothing, and none leads into what the new key redacts unless it led there before.
    ///
    /// # Complexity
    /// O(cells of marks + runs of zones), and that of a first key where something is redacted besides.
    pub(crate) fn with_marks_of(
        mut self,
        mut fitted: Self,
        home: &Home,
        redaction: &Redaction,
    ) -> Option<Self> {
        self.allow_areas(fitted.areas());
        let tentative = self.known.last_tentative;
        // Its marks are numbered on from those that there were, after the areas that lead into nothing redacted: what
        // is redacted only now is so after they were bound. Where not all marks have room, areas go.
        self.known.next = fitted.known.next;
        let mut frame = self.known.today()?.0.extent();
        let own = core::mem::take(&mut self.known.today_mut()?.marks);
        let all_fit = own.len() + fitted.owned().count() <= MAX_MARKS;
        for mark in fitted.owned().filter(|_| all_fit) {
            let is_open =
                matches!(mark.kind, MarkKind::Area(area) if !fitted.leads_into_redacted(mark, area));
            if is_open && let Some(runs) = fitted.runs_today(mark, |claim| claim != Claim::NONE) {
                let _ = self.add_today(&mut frame, mark.kind, runs);
            }
        }
        // A bar has a mark of its own. For what is redacted one is enough: the last takes in what finds no place.
        let bars = fitted.owned().filter(|mark| mark.kind == MarkKind::Barred).count();
        let left = MAX_MARKS.saturating_sub(bars).max(1);
        let last_tentative = self.number_marks(own, left, tentative);
        let (here, _) = fitted.known.today()?;
        // What was placed before has its place, and no number of today plays a part in that.
        if let Some(map) = self.known.today_mut() {
            map.requests = here.requests.clone();
            let rooms = rooms_of(home);
            map.requests.place(redaction, &|room| rooms.has(room));
        }
        if self.take_marks(&fitted, home, &mut frame, all_fit, bars)? {
            let unmarked = self.redacted_without_a_mark(home, None);
            self.fit_again(home, &unmarked);
        }
        self.find_bars();
        self.bind_as(&fitted);
        self.with_other_maps(core::mem::take(&mut fitted.known), last_tentative)
    }

    /// Gives a new key its own marks again, as so many at most, and says which is the last of what may be meant:
    /// while the owner has still to choose, that comes first among them.
    fn number_marks(
        &mut self,
        mut own: Vec<MarkedCells>,
        left: usize,
        tentative: Option<u32>,
    ) -> Option<u32> {
        let mut last_tentative = tentative.map(|_| self.known.next);
        if own.len() > left {
            let mut rest: Vec<CellRun> = Vec::new();
            rest.extend(own.split_off(left).iter().flat_map(|mark| mark.runs.iter()));
            if let Some(last) = own.last_mut() {
                rest.extend(last.runs.iter());
                last.runs = PackedRuns::of(rest);
            }
        }
        for mut mark in own {
            let is_tentative = tentative.is_some_and(|last| mark.id.get() <= last);
            mark.id = self.known.number();
            last_tentative = last_tentative.map(|last| if is_tentative { mark.id.get() } else { last });
            if let Some(map) = self.known.today_mut() {
                map.marks.push(mark);
            }
        }
        last_tentative
    }

    /// Takes over bars, what the owner redacted explicitly, and the areas that lead into it, and says whether
    /// anything is redacted now that was not before. Nothing where a mark has no place. There are so many bars.
    fn take_marks(
        &mut self,
        fitted: &Self,
        home: &Home,
        frame: &mut Extent,
        all_fit: bool,
        mut bars: usize,
    ) -> Option<bool> {
        let named = fitted.rooms_of_the_owner(home);
        let (mut redacts, mut rest) = (false, Vec::new());
        for mark in fitted.owned() {
            if let MarkKind::Area(area) = mark.kind {
                if all_fit && fitted.leads_into_redacted(mark, area) {
                    self.take_area(frame, fitted, mark, area);
                }
                continue;
            }
            let all = fitted.runs_today_by(mark, &[|claim| claim != Claim::NONE, Claim::is_hidden])?;
            let [runs, lies] = <[Vec<CellRun>; 2]>::try_from(all).ok()?;
            if mark.kind == MarkKind::Redacted {
                // What was named as a room has the mark of that room.
                let at =
                    |run: CellRun| (run.x.into()..run.end()).map(move |x| home.shape.cell(x, run.y.into()));
                let is_new = |cell: usize| !self.drive.redacted.has(cell);
                let has_mark = |cell: usize| {
                    let is_named = |piece: usize| named.get(piece) == Some(&true);
                    home.piece_index(cell).is_none_or(is_named) && !is_new(cell)
                };
                redacts |= lies.iter().copied().flat_map(at).any(|cell| cell.is_none_or(is_new));
                if lies.into_iter().flat_map(at).all(|cell| cell.is_some_and(has_mark)) {
                    continue;
                }
                if self.known.today()?.0.marks.len() + bars >= MAX_MARKS {
                    rest.extend(runs);
                    continue;
                }
            }
            bars -= usize::from(mark.kind == MarkKind::Barred);
            self.add_today(frame, mark.kind, runs).ok()?;
        }
        if !rest.is_empty() {
            self.add_today(frame, MarkKind::Redacted, rest).ok()?;
        }
        Some(redacts)
    }

    /// Binds the areas that have marks on today's map to what they are bound to in an older key.
    fn bind_as(&mut self, fitted: &Self) {
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
    }

    /// The new key's only map takes the place of the one that it is among those of an older key, and is seen today.
    fn with_other_maps(mut self, mut known: KnownMaps, last_tentative: Option<u32>) -> Option<Self> {
        let here = known.here.as_mut()?;
        here.transform = RigidTransform::NONE;
        let place = known.maps.get_mut(here.map)?;
        *place = self.known.maps.pop()?;
        place.seen = known.day;
        known.next = self.known.next;
        known.last_tentative = last_tentative.or(known.last_tentative);
        self.known = known;
        if !self.is_open_anywhere() {
            self.known.last_tentative = None;
        }
        Some(self)
    }

    /// The same of a key whose plan is another one: its other maps are given up, since their zones are of that plan.
    pub(crate) fn with_marks_of_earlier(
        self,
        mut fitted: Self,
        home: &Home,
        redaction: &Redaction,
    ) -> Option<Self> {
        fitted.known.give_up_others();
        self.with_marks_of(fitted, home, redaction)
    }

    /// Adds a mark of today's cells to a new key, whose frame they are. Its extent is given and grows with the mark.
    fn add_today(
        &mut self,
        frame: &mut Extent,
        kind: MarkKind,
        runs: Vec<CellRun>,
    ) -> Result<MarkId, KeyError> {
        self.add_runs(frame, kind, PackedRuns::of(runs))
    }

    /// The cells that an area leads to today.
    fn cells_of_area(&self, area: AreaId) -> impl Iterator<Item = usize> {
        let spans = self.areas.get(area.get() as usize).into_iter().flatten();
        spans.flat_map(|span| span.cells(self.shape.width))
    }

    /// An area is bound to something that was redacted when it was bound, whether today's map shows that or not.
    fn leads_into_redacted(&self, mark: &MarkedCells, area: AreaId) -> bool {
        let is_before = |other: &&MarkedCells| other.kind == MarkKind::Redacted && other.id < mark.id;
        self.cells_of_area(area).any(|cell| self.drive.redacted.has(cell))
            || self.owned().filter(is_before).any(|other| other.runs.meet(&mark.runs))
    }

    /// Takes over the mark of an area that leads into something redacted, but for cells that are newly redacted.
    fn take_area(&mut self, frame: &mut Extent, fitted: &Self, mark: &MarkedCells, area: AreaId) {
        let Some(runs) = fitted.runs_today(mark, |claim| claim != Claim::NONE) else { return };
        let mut bound = BitGrid::none(fitted.shape);
        fitted.cells_of_area(area).for_each(|cell| bound.insert(cell));
        let leads = |cell: usize| {
            let redacted = &self.drive.redacted;
            !redacted.has(cell) || fitted.drive.redacted.has(cell) && bound.has(cell)
        };
        let mut left: Vec<CellRun> = Vec::new();
        for run in runs {
            let is_left = |x: i64| fitted.shape.cell(x, run.y.into()).is_none_or(leads);
            for x in (run.x.into()..run.end()).filter(|&x| is_left(x)) {
                CellRun::extend(&mut left, x, run.y.into(), 1, 0);
            }
        }
        // Where nothing of it is left the area is bound to nothing.
        let _ = self.add_today(frame, mark.kind, left);
    }
}
