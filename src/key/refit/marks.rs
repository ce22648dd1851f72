//! The owner's marks, between today's map and the frame of the known map that it is.
//!
//! A mark is a place that is redacted, barred or bound to an area. It is stored in the known map's frame and shown in
//! today's cells, so each deed of the owner goes there and each question back, by the transform that recognized the
//! map. Meanwhile neither a redaction nor a bar ever loses a cell (`claims`). Marks that no grid would hold, or too
//! many of them, are refused, but for redactions: these join the last of their kind. Which zone a cell has is not
//! changed here but by fitting the key again.

use alloc::vec::Vec;

use super::unseen::{RoomClaims, asks_for_rooms_to_come, unseen_parts, without_rooms_to_come};
use crate::grid::sorted::ByKey;
use crate::grid::{BitGrid, Cell, Span, narrow};
use crate::home::{FIRST_ROOM, Home, RoomId};
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::region::Runs;
use crate::key::known::registration::{Agreeing, CellScale};
use crate::key::known::{
    CellRun, Extent, KnownMap, MAX_MARKS, MarkId, MarkKind, MarkedCells, PackedRuns, Recognized,
};
use crate::key::{AreaId, HouseKey, KeyError};
use crate::redact::{Redaction, redacted_cells};

/// Most bars on one map. The rest of [`MAX_MARKS`] is left for areas and for what is redacted.
const MAX_BARS: usize = MAX_MARKS / 2;

impl HouseKey {
    /// Removes a mark of today's map: a redaction, a bar, or what an area is bound to. Floor that was redacted goes
    /// back to its zone, or to the nearest one, however near another redaction is. Floor about which the owner has
    /// still to choose stays redacted. Floor that had no zone, and hangs together with none today, has none from then
    /// on either: a room there counts as one that nobody has seen on the next map. What an area is bound to on other
    /// maps stays. `home` is today's map.
    ///
    /// A room of a redacted kind that was released is redacted again by every new epoch, unless the owner asks for
    /// another redaction. So it is before the owner has chosen what becomes of rooms without a kind, and before a map
    /// has shown the whole home since its kind was first asked for; and so is floor of a square metre or more that
    /// was under furniture in it when it was released.
    ///
    /// # Errors
    /// There is no mark of this number on today's map; `home` is not the map that the key was fitted to last
    /// ([`KeyError::OtherMap`]).
    ///
    /// # Complexity
    /// That of a first key, for redactions; else O(cells · radius).
    pub fn remove_mark(&mut self, id: MarkId, home: &Home) -> Result<(), KeyError> {
        self.check_map(home)?;
        let (map, _) = self.known.today().ok_or(KeyError::UnknownMark)?;
        let at = map.marks.iter().position(|mark| mark.id == id).ok_or(KeyError::UnknownMark)?;
        let freed = map.marks.get(at).filter(|mark| mark.kind == MarkKind::Redacted);
        let unmarked = freed.map_or_else(Vec::new, |freed| self.redacted_without_a_mark(home, Some(freed)));
        let Some(map) = self.known.today_mut() else { return Err(KeyError::UnknownMark) };
        match map.marks.remove(at).kind {
            MarkKind::Redacted => self.fit_again(home, &unmarked),
            MarkKind::Barred => self.find_bars(),
            MarkKind::Area(area) => self.lead_nowhere(area),
        }
        Ok(())
    }

    /// Redacts more of today's map: rooms by kind or number, regions, dead ends. They become marks. The release does
    /// not change. Areas that are bound to what is redacted lead there no longer, until they are bound again. `home` is
    /// today's map.
    ///
    /// Rooms that today's map does not show are not redacted by their kind or as dead ends: ask for these with each
    /// map ([`HouseKey::refit`]) as well. What an outline covers is redacted, floor or not yet.
    ///
    /// # Errors
    /// As for [`anonymize()`](crate::anonymize()); `home` is not the map that the key was fitted to last
    /// ([`KeyError::OtherMap`]); or the marks have no room on the known map. Nothing is redacted then.
    ///
    /// # Complexity
    /// That of a first key.
    pub fn redact(&mut self, home: &Home, redaction: &Redaction) -> Result<(), KeyError> {
        self.check_map(home)?;
        if self.known.today().is_none() {
            return Err(KeyError::Nothing);
        }
        let cells = redacted_cells(home, redaction)?.cells;
        let unmarked = self.redacted_without_a_mark(home, None);
        let before = self.known.clone();
        if let Err(refused) = self.mark_cells(home, &cells) {
            self.known = before;
            return Err(refused);
        }
        self.mark_outlines(home, &redaction.regions);
        let is_shut = asks_for_rooms_to_come(redaction) && self.hides_floor(home);
        let placed = if is_shut { without_rooms_to_come(redaction) } else { redaction.clone() };
        self.known.today_mut().into_iter().for_each(|map| map.requests.place(&placed, &|_| true));
        self.fit_again(home, &unmarked);
        Ok(())
    }

    /// Marks cells of today's map as redacted, a mark for each room.
    ///
    /// # Errors
    /// As for [`HouseKey::add_mark`], for any room. The others are marked.
    pub(in crate::key) fn mark_cells(&mut self, home: &Home, marked: &[bool]) -> Result<(), KeyError> {
        let Some((map, _)) = self.known.today() else { return Err(KeyError::Nothing) };
        let mut frame = map.extent();
        let mut all = Ok(());
        let mut rooms = cells_by_room(home, marked);
        let left = MAX_MARKS.saturating_sub(map.marks.len()).max(1);
        if rooms.len() > left {
            // What finds no place of its own joins the last mark, all of it at once.
            let rest = rooms.split_off(left);
            rooms.last_mut().into_iter().for_each(|last| last.extend(rest.iter().flatten()));
        }
        for cells in rooms {
            let runs = self.runs_in_frame(home.shape, &cells).ok_or(KeyError::TooFar);
            let added = runs.and_then(|runs| self.add_runs(&mut frame, MarkKind::Redacted, runs));
            all = all.and(added.map(drop));
        }
        all
    }

    /// Adds a mark that covers runs of today's cells, given row by row from today's first. Where the list is full, what
    /// is redacted goes to the last mark of its kind: it is never lost.
    ///
    /// # Errors
    /// There is no cell to mark, the place is too far off, or the list is full. Nothing is marked then.
    fn add_mark(&mut self, kind: MarkKind, today: Vec<CellRun>) -> Result<MarkId, KeyError> {
        let (map, _) = self.known.today().ok_or(KeyError::Nothing)?;
        let mut frame = map.extent();
        let runs = self.places_in_frame(kind, today).ok_or(KeyError::TooFar)?;
        self.add_runs(&mut frame, kind, runs)
    }

    /// The same of cells of the frame, on today's known map, whose extent is given and grows with the mark. What has
    /// such a mark of the owner's already gets no other one.
    pub(super) fn add_runs(
        &mut self,
        frame: &mut Extent,
        kind: MarkKind,
        runs: PackedRuns,
    ) -> Result<MarkId, KeyError> {
        if runs.is_empty() {
            return Err(KeyError::Nothing);
        }
        let tentative = self.known.last_tentative.unwrap_or(0);
        let map = self.known.today_mut().ok_or(KeyError::Nothing)?;
        let is_same = |mark: &&MarkedCells| {
            mark.kind == kind && mark.runs == runs && (kind == MarkKind::Barred || mark.id.get() > tentative)
        };
        if let Some(same) = map.marks.iter().find(is_same) {
            return Ok(same.id);
        }
        // One that would stretch the frame past any grid could not be read again.
        let extent = frame.and(runs.extent());
        if !extent.fits() {
            return Err(KeyError::TooFar);
        }
        *frame = extent;
        if map.marks.len() < MAX_MARKS {
            let id = self.known.number();
            let map = self.known.today_mut().ok_or(KeyError::Nothing)?;
            map.marks.push(MarkedCells { id, kind, runs });
            return Ok(id);
        }
        let own_kind = |mark: &MarkedCells| mark.kind == kind && kind == MarkKind::Redacted;
        let last = map.marks.iter().rposition(own_kind).ok_or(KeyError::TooMany)?;
        let id = map.marks[last].id;
        let new = map.widen(last, &runs);
        map.redact_from_areas(&new);
        // Among what may be meant nobody can tell it apart: all of that is the owner's then.
        self.known.last_tentative =
            self.known.last_tentative.map(|tentative| if id.get() > tentative { tentative } else { 0 });
        Ok(id)
    }

    /// Today's cells that join redactions of today's map. Where they find no place they are redacted today alone.
    pub(super) fn widen_marks(&mut self, home: &Home, joined: &ByKey<MarkId, Vec<usize>>) {
        let Some((map, _)) = self.known.today().filter(|_| joined.len() > 0) else { return };
        let (mut frame, mut new) = (map.extent(), Vec::new());
        for &(id, ref cells) in joined.iter() {
            let runs = self.runs_in_frame(home.shape, cells);
            let (Some(runs), Some(map)) = (runs, self.known.today_mut()) else { continue };
            let extent = frame.and(runs.extent());
            let place = map.marks.iter().position(|mark| mark.id == id);
            if let Some(place) = place.filter(|_| extent.fits()) {
                frame = extent;
                new.extend(map.widen(place, &runs));
            }
        }
        let new = CellRun::disjoint(new);
        self.known.today_mut().into_iter().for_each(|map| map.redact_from_areas(&new));
    }

    /// Bars runs of today's cells, given row by row from today's first, if so many bars are allowed.
    pub(in crate::key) fn add_bar(&mut self, today: Vec<CellRun>) -> Result<MarkId, KeyError> {
        let (map, _) = self.known.today().ok_or(KeyError::Nothing)?;
        if map.marks.iter().filter(|mark| mark.kind == MarkKind::Barred).count() >= MAX_BARS {
            return Err(KeyError::TooMany);
        }
        let mut barred = self.drive.barred.clone();
        for run in &today {
            barred.insert_all(run.cells_in(self.shape));
        }
        let id = self.add_mark(MarkKind::Barred, today)?;
        self.drive.bar(self.resolution_m, barred);
        Ok(id)
    }

    /// What an area is bound to, in today's cells, becomes its mark, in place of the one that it had.
    ///
    /// # Errors
    /// As for [`HouseKey::add_mark`]. The area then keeps the mark that it had.
    pub(in crate::key) fn mark_area(&mut self, area: AreaId, spans: &[Span]) -> Result<(), KeyError> {
        let kind = MarkKind::Area(area);
        // A key that knows no map keeps nothing for later ones.
        let Some(map) = self.known.today_mut() else { return Ok(()) };
        let before = map.marks.iter().position(|mark| mark.kind == kind).map(|at| (at, map.marks.remove(at)));
        let added = self.add_mark(kind, CellRun::of_spans(spans));
        if let (Err(_), Some((at, mark)), Some(map)) = (added, before, self.known.today_mut()) {
            map.marks.insert(at, mark);
        }
        added.map(drop)
    }

    /// Bars on today's map what its marks bar.
    pub(super) fn find_bars(&mut self) {
        let Some((map, _)) = self.known.today() else { return };
        let mut bars = map.marks.iter().filter(|mark| mark.kind == MarkKind::Barred);
        let [barred] = self.marked_today(&mut bars, [|claim| claim.barred]);
        self.drive.bar(self.resolution_m, barred);
    }

    /// The cells that are redacted today although no mark covers them: rooms and parts of rooms about which the owner
    /// has still to choose, and what belongs to marks without being of them. With a mark that is to be removed goes
    /// what belongs to it: the rest of its rooms and the gaps around it, but no part without a kind that is large
    /// enough for a room. A room is its own where it covers half of the room or half of it lies there: on a map that
    /// is turned it may have grown into others.
    ///
    /// # Complexity
    /// O(cells).
    pub(super) fn redacted_without_a_mark(&self, home: &Home, freed: Option<&MarkedCells>) -> Vec<bool> {
        let shape = home.shape;
        let mut cells = vec![false; shape.len()];
        let Some((map, _)) = self.known.today().filter(|_| self.shape == shape) else { return cells };
        let redactions = || map.marks.iter().filter(|mark| mark.kind == MarkKind::Redacted);
        let [is_marked] = self.marked_today(&mut redactions(), [|claim| claim.redacted]);
        for (cell, unmarked) in cells.iter_mut().enumerate() {
            *unmarked = self.drive.redacted.has(cell) && !is_marked.has(cell);
        }
        let Some(freed) = freed else { return cells };
        let piece = |cell: usize| home.piece_index(cell);
        // Where it lies, and with what it grows by.
        let [lies, grown] =
            self.marked_today(&mut core::iter::once(freed), [Claim::is_hidden, |claim| claim.redacted]);
        let rooms = RoomClaims::of(home, |cell| [lies.has(cell), self.drive.redacted.has(cell)]);
        let is_touched: Vec<bool> = rooms.iter().map(|room| room.is_of(narrow(lies.count()))).collect();
        let mut queue = grown.cells();
        let mut seen = grown.to_flags();
        shape.flood(&mut queue, |_, to| {
            cells[to] && piece(to).is_none() && !core::mem::replace(&mut seen[to], true)
        });
        let goes = |cell: usize| match piece(cell) {
            Some(piece) => is_touched.get(piece) == Some(&true),
            None => seen[cell],
        };
        let may_be_a_room = |cell: usize| {
            let own = piece(cell).and_then(|piece| home.pieces.get(piece));
            cells[cell] && goes(cell) && own.is_some_and(|own| own.kind.is_none())
        };
        let kept = BitGrid::of_cells(shape, unseen_parts(home, &may_be_a_room).into_iter());
        for (cell, unmarked) in cells.iter_mut().enumerate() {
            *unmarked &= !goes(cell) || kept.has(cell);
        }
        // What it grew by in a room that is redacted as a whole stays with that room.
        let mut others = redactions().filter(|mark| mark.id != freed.id);
        let [others] = self.marked_today(&mut others, [|claim| claim.redacted]);
        let is_whole = |piece: usize| rooms.get(piece).is_some_and(RoomClaims::is_redacted_whole);
        grown.each(|cell| {
            cells[cell] |= !others.has(cell) && !goes(cell) && piece(cell).is_some_and(is_whole);
        });
        cells
    }

    /// The cells of today's map that some of its marks cover, by each of some rules.
    fn marked_today<const N: usize>(
        &self,
        marks: &mut dyn Iterator<Item = &MarkedCells>,
        rules: [fn(Claim) -> bool; N],
    ) -> [BitGrid; N] {
        let Some((map, transform)) = self.known.today() else {
            return rules.map(|_| BitGrid::none(self.shape));
        };
        let scale = CellScale { old: map.resolution_m, new: self.resolution_m };
        let claims = Claims::of_marks(map.extent(), marks).carried(transform, scale, Extent::of(self.shape));
        rules.map(|rule| claims.grid_of(rule))
    }

    /// Fits the key to the map that it is fitted to, after its marks have changed. What is redacted without a mark
    /// stays so.
    pub(super) fn fit_again(&mut self, home: &Home, unmarked: &[bool]) {
        let Some(here) = self.known.here else { return };
        let recognized = Recognized {
            map: here.map,
            transform: here.transform,
            found: Agreeing { count: 1, all: 1 },
            is_part: true,
            // The map's refit has said where the known map lies.
            is_contested: true,
        };
        let (day, strange) = (self.known.day, self.known.strange);
        let (key, _) = self.fitted_with(home, &Redaction::none(), &recognized, Some(unmarked));
        let closed = self.closed;
        *self = key;
        (self.known.day, self.known.strange) = (day.max(1), strange);
        self.known.today_mut().into_iter().for_each(|map| map.seen = day);
        self.closed = closed;
        self.open_again();
    }

    /// `home` is the map that the key was fitted to last, so far as [`KeyError::OtherMap`] tells.
    pub(in crate::key) fn check_map(&self, home: &Home) -> Result<(), KeyError> {
        if self.is_for(home) { Ok(()) } else { Err(KeyError::OtherMap) }
    }

    /// The charted cells of rooms, by number, and the cells of those that are redacted as a whole.
    pub(in crate::key) fn cells_of_rooms(&self, home: &Home, rooms: &[RoomId]) -> Vec<Span> {
        let flag = |cell: usize, of_pieces: &[bool]| {
            home.piece_index(cell).is_some_and(|piece| of_pieces.get(piece) == Some(&true))
        };
        let bound: Vec<bool> = home.pieces.iter().map(|piece| rooms.contains(&piece.id)).collect();
        // A room may be in several pieces: it is redacted as a whole only if all of them are.
        let mut is_open = vec![false; home.pieces.len()];
        for cell in 0..self.shape.len() {
            if let Some(open) = home.piece_index(cell).and_then(|piece| is_open.get_mut(piece)) {
                let is_shown = home.cells[cell] == Cell::Free && !self.drive.redacted.has(cell);
                *open |= is_shown || self.is_charted(cell);
            }
        }
        let pieces = home.pieces.iter().zip(&is_open);
        let mut open: ByKey<RoomId, ()> = ByKey::new();
        for (piece, _) in pieces.filter(|(_, open)| **open) {
            open.or_insert_with(piece.id, || ());
        }
        let is_whole: Vec<bool> = home.pieces.iter().map(|piece| open.get(&piece.id).is_none()).collect();
        self.bindable(|cell| flag(cell, &bound), |cell| flag(cell, &is_whole))
    }

    /// Of some cells those that an area may be bound to: what lies in zones, and what is redacted where `hidden` says
    /// so.
    pub(super) fn bindable(
        &self,
        bound: impl Fn(usize) -> bool,
        hidden: impl Fn(usize) -> bool,
    ) -> Vec<Span> {
        let mut runs = Runs::new(self.shape.width);
        for cell in (0..self.shape.len()).filter(|&cell| bound(cell)) {
            if self.is_charted(cell) || self.drive.redacted.has(cell) && hidden(cell) {
                runs.push(cell);
            }
        }
        runs.list
    }
}

impl KnownMap {
    /// A redaction takes more cells in, and says which of them it did not have.
    fn widen(&mut self, place: usize, more: &PackedRuns) -> Vec<CellRun> {
        let Some(own) = self.marks.get_mut(place) else { return Vec::new() };
        let new = CellRun::without(more.iter(), own.runs.iter());
        own.runs = PackedRuns::of(own.runs.iter().chain(new.iter().copied()).collect());
        new
    }

    /// Areas do not lead into cells that joined an older redaction: they were bound before these were redacted.
    fn redact_from_areas(&mut self, new: &[CellRun]) {
        if new.is_empty() {
            return;
        }
        self.marks.retain_mut(|own| {
            if matches!(own.kind, MarkKind::Area(_)) {
                own.runs = CellRun::without(own.runs.iter(), new.iter().copied()).into_iter().collect();
            }
            !own.runs.is_empty()
        });
    }
}

/// Marked cells of a home, by the room that they belong to, each ascending. Gaps go with the room next to them; cells
/// without a room near come last.
fn cells_by_room(home: &Home, marked: &[bool]) -> Vec<Vec<usize>> {
    if !marked.contains(&true) {
        return Vec::new();
    }
    let shape = home.shape;
    let is_room = |cell: usize| {
        marked[cell] && home.labels[cell] >= FIRST_ROOM && home.piece(home.labels[cell]).is_some()
    };
    let in_rooms = (0..narrow(shape.len())).filter(|&cell| is_room(cell as usize)).collect();
    let source = shape.nearest_along(in_rooms, |cell| marked[cell]);
    let mut rooms: ByKey<Option<RoomId>, Vec<usize>> = ByKey::new();
    let room_of = |cell: u32| home.piece(*home.labels.get(cell as usize)?).map(|piece| piece.id);
    for cell in (0..shape.len()).filter(|&cell| marked[cell]) {
        rooms.or_insert_with(room_of(source[cell]), Vec::new).push(cell);
    }
    rooms.into_values().rev().collect()
}
