//! What of a new map's floor is redacted: what was, and rooms that nobody has seen before.
//!
//! Takes the claims on the new map and the redaction. A cell that was redacted stays so, whatever room it is in now.
//!
//! A room is a mark's own where more of it is redacted than in zones, and half of the mark lies in it or it is redacted
//! by half. Parts of it that nobody has seen are redacted too, and join the mark: a mark covers only what its own day
//! showed. Any other room with less than half of its floor claimed before is new: it is redacted by its kind or, where
//! it has none and kinds are to be redacted, until the owner chooses. In a known room that is not redacted small parts
//! that nobody has seen are floor like the rest: furniture stood there. Large ones, of a room of a redacted kind or of
//! none, might be a room of their own behind a door that was shut, and count as one.
//!
//! What is asked for explicitly becomes marks at once, whatever else is left to choose (`asked`). Where it lies
//! under marks of what may be meant, which go with the owner's choice, it gets marks of its own; so does what is asked
//! for by a number, an outline or as a dead end wherever it lies, since marks are removed one by one. As long as
//! something is open, or a room is shut (`shut`), a kind is asked for again on each map; what is left of its rooms then
//! joins their marks.

use alloc::vec::Vec;

use super::floor_tables::{FloorTables, Occasion, RoomFate};
use super::owners::Owner;
use crate::grid::components::Components;
use crate::grid::sorted::ByKey;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, by_rank};
use crate::home::{Home, NO_FLOOR, RoomPiece};
use crate::key::known::MarkId;
use crate::key::known::claims::Claims;
use crate::key::refit::asked::explicit_part;
use crate::key::zoning::zones;
use crate::redact::{Redaction, redacted_cells};

/// A part of a known room that is smaller is what stood there and is gone, in square metres.
pub(in crate::key::refit) const LEAST_UNSEEN_M2: f64 = 1.0;

/// Redaction on a new map.
pub(in crate::key::refit) struct NewFloor {
    /// Redacted cells, row by row.
    pub(in crate::key::refit) redacted: Vec<bool>,
    /// Those that become marks.
    pub(in crate::key::refit) marked: Vec<bool>,
    /// Cells of rooms that nobody has seen before.
    pub(in crate::key::refit) unseen: Vec<bool>,
    /// Those that join a mark.
    pub(in crate::key::refit) joined: ByKey<MarkId, Vec<usize>>,
    /// Something could not be judged.
    pub(in crate::key::refit) undecided: bool,
    /// What has become marks of what is asked for.
    pub(in crate::key::refit) placed: Redaction,
}

impl NewFloor {
    /// Of a map with these claims of a known map. `asked` is the part of the redaction that has not been placed there
    /// before.
    pub(in crate::key::refit) fn of(
        home: &Home,
        claims: &Claims,
        occasion: &Occasion<'_>,
        redaction: &Redaction,
        asked: &Redaction,
    ) -> Self {
        let tables = FloorTables::of(home, claims, occasion, redaction);
        let none = || vec![false; home.shape.len()];
        let mut floor = Self {
            redacted: none(),
            marked: none(),
            unseen: none(),
            joined: ByKey::new(),
            undecided: false,
            placed: redaction.clone(),
        };
        let mut joins = BitGrid::none(home.shape);
        let found_out = floor.judge(&tables, occasion, &mut joins);
        floor.judge_hidden(&tables, &mut joins);
        if asked.asks_for_something() {
            floor.place_asked(&tables, asked, &mut joins);
        }
        for cell in found_out {
            floor.place(&tables, &mut joins, cell, false, |_| true);
        }
        // Single cells along walls come and go with every map.
        joins.opened().each(|cell| {
            if let Some((.., Some(owner))) = tables.room_of(cell) {
                floor.joined.or_insert_with(owner.mark, Vec::new).push(cell);
            }
        });
        floor
    }

    /// Judges each cell by its claim and its room, and collects those that join the mark of their room. Gives the cells
    /// that go with the owner's choice, in rooms that turn out to be of a kind to redact.
    fn judge(
        &mut self,
        tables: &FloorTables<'_>,
        occasion: &Occasion<'_>,
        joins: &mut BitGrid,
    ) -> Vec<usize> {
        let tentative = tables.tentative;
        let mut found_out: Vec<usize> = Vec::new();
        for cell in 0..self.redacted.len() {
            self.redacted[cell] = tables.says(&tables.is_redacted, cell);
            if !tables.says(&tables.may_join, cell) {
                let may_be_meant = tentative > 0 && tables.says(&tables.is_tentative, cell);
                if may_be_meant && tables.room_of(cell).is_some_and(|(piece, ..)| tables.has_kind(piece)) {
                    found_out.push(cell);
                }
                continue;
            }
            if occasion.frees(cell) {
                self.unseen[cell] = true;
                continue;
            }
            let Some((piece, room, owner)) = tables.room_of(cell) else { continue };
            match owner.filter(|_| room == RoomFate::Redacted) {
                Some(owner) if owner.mark.get() <= tentative && tables.has_kind(piece) => {
                    found_out.push(cell);
                }
                Some(_) => joins.insert(cell),
                None => {}
            }
            if !tables.says(&tables.is_claimed, cell) {
                self.unseen[cell] = room == RoomFate::Unseen;
                self.redacted[cell] = match room {
                    RoomFate::Unseen => to_redact(piece, tables.redaction),
                    RoomFate::Redacted => true,
                    RoomFate::Served => false,
                };
                let is_open = tables.is_undecided(piece);
                self.marked[cell] = self.unseen[cell] && self.redacted[cell] && !is_open;
                self.undecided |= self.unseen[cell] && is_open;
            }
        }
        found_out
    }

    /// Large parts that nobody has seen, of rooms in which one may be hidden that is to be redacted: all of them count
    /// as a room that nobody has seen.
    fn judge_hidden(&mut self, tables: &FloorTables<'_>, joins: &mut BitGrid) {
        if !tables.home.pieces.iter().any(|piece| to_redact(*piece, tables.redaction)) {
            return;
        }
        let may_hide = |piece: RoomPiece, room: RoomFate| match room {
            RoomFate::Unseen => false,
            RoomFate::Redacted => tables.is_undecided(piece),
            RoomFate::Served => to_redact(piece, tables.redaction),
        };
        for cell in unseen_parts(tables.home, &|cell| {
            !tables.says(&tables.is_claimed, cell)
                && tables.room_of(cell).is_some_and(|(piece, room, _)| may_hide(piece, room))
        }) {
            (self.unseen[cell], self.redacted[cell]) = (true, true);
            let is_open = tables.room_of(cell).is_some_and(|(piece, ..)| tables.is_undecided(piece));
            self.marked[cell] = !is_open;
            self.undecided |= is_open;
            joins.take(cell);
        }
    }

    /// Redacts what is asked for, and gives it marks. Where the owner has still to choose, all that may be meant is
    /// redacted, and what is explicit alone has marks.
    fn place_asked(&mut self, tables: &FloorTables<'_>, asked: &Redaction, joins: &mut BitGrid) {
        let home = tables.home;
        let mut asked_for = redacted_cells(home, asked);
        let is_open = asked_for.is_err();
        if is_open {
            self.undecided = true;
            let meant = all_that_may_be_meant(home, asked);
            self.redacted.iter_mut().zip(meant).for_each(|(cell, meant)| *cell |= meant);
            self.placed = explicit_part(home, tables.redaction);
            self.placed.kinds.clear();
            asked_for = redacted_cells(home, &explicit_part(home, asked));
        }
        let named = named_cells(home, asked);
        for cell in asked_for.into_iter().flat_map(|asked| marked_cells(asked.cells)) {
            let is_named = named.get(cell) == Some(&true);
            self.place(tables, joins, cell, is_named, if is_open { |owner| owner.owns } else { |_| false });
            self.redacted[cell] = true;
        }
    }

    /// A cell that is redacted for another reason, or for none, has no place yet. It joins the mark of its room where a
    /// rule says so, and else gets one. What joins the room's own mark already does so.
    fn place(
        &mut self,
        tables: &FloorTables<'_>,
        joins: &mut BitGrid,
        cell: usize,
        is_named: bool,
        may_join: fn(Owner) -> bool,
    ) {
        let is_placed = tables.says(&tables.is_placed, cell);
        if is_placed && !tables.says(&tables.is_tentative, cell) && !is_named {
            return;
        }
        let is_its_rooms = |(piece, _, owner): (RoomPiece, _, Option<Owner>)| {
            owner.is_some_and(|owner| owner.owns && owner.mark.get() > tables.tentative)
                && tables.has_kind(piece)
        };
        if !is_named && joins.has(cell) && tables.room_of(cell).is_some_and(is_its_rooms) {
            return;
        }
        joins.take(cell);
        match tables.room_of(cell).filter(|_| !is_named) {
            Some((piece, _, Some(owner)))
                if may_join(owner) && tables.has_kind(piece) && owner.mark.get() > tables.tentative =>
            {
                self.joined.or_insert_with(owner.mark, Vec::new).push(cell);
            }
            _ => self.marked[cell] = true,
        }
    }

    /// Cells without a claim, outside rooms that nobody has seen, go to what is nearest along the floor. Where that is
    /// redacted they are too, today.
    pub(in crate::key::refit) fn spread(&mut self, shape: Shape, zones: &mut [u8]) {
        let waits = |cell: usize, zones: &[u8], unseen: &[bool]| zones[cell] == zones::UNSET && !unseen[cell];
        let waiting = BitGrid::of_rule(shape, |cell| waits(cell, zones, &self.unseen));
        let is_source = |cell: usize| self.redacted[cell] || zones[cell] < zones::UNSET;
        let mut queue = BitGrid::of_rule(shape, is_source).next_to(&waiting).cells();
        if queue.is_empty() {
            return;
        }
        // Of two equally near, the redacted one: it comes first.
        by_rank(&mut queue, |cell| u32::from(!self.redacted[cell]));
        let source = shape.nearest_along(queue, |cell| waits(cell, zones, &self.unseen));
        for (cell, &source) in source.iter().enumerate().filter(|(_, source)| **source != NO_CELL) {
            if self.redacted[source as usize] && zones[cell] == zones::UNSET {
                self.redacted[cell] = true;
                zones[cell] = zones::OUTSIDE;
            }
        }
    }
}

fn marked_cells(cells: Vec<bool>) -> impl Iterator<Item = usize> {
    cells.into_iter().enumerate().filter_map(|(cell, marked)| marked.then_some(cell))
}

/// The cells that are asked for by a number, an outline or as dead ends.
fn named_cells(home: &Home, asked: &Redaction) -> Vec<bool> {
    let mut named = explicit_part(home, asked);
    named.kinds.clear();
    let cells = if named.asks_for_something() { redacted_cells(home, &named).ok() } else { None };
    cells.map_or_else(Vec::new, |named| named.cells)
}

/// The cells that a redaction may mean where the owner has still to choose, as for a first key: rooms without a kind go
/// too, and where it names a room that the map does not have, the whole floor.
fn all_that_may_be_meant(home: &Home, asked: &Redaction) -> Vec<bool> {
    let meant = redacted_cells(home, &asked.clone().redact_unlabelled());
    let whole_floor = |_| home.labels.iter().map(|&label| label != NO_FLOOR).collect();
    meant.map_or_else(whole_floor, |meant| meant.cells)
}

/// Of some cells those in parts of a square metre or more, strips apart: on a map without rooms, a room that nobody has
/// seen is such a part.
pub(in crate::key::refit) fn unseen_parts(home: &Home, is_new: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let is_floor = |cell: usize| home.cells[cell] == Cell::Free && is_new(cell);
    large_parts(&BitGrid::of_rule(home.shape, is_floor), home.resolution_m)
}

/// The same of cells of any grid, whatever they are.
pub(in crate::key::refit) fn large_parts(cells: &BitGrid, resolution_m: f64) -> Vec<usize> {
    let (shape, broad) = (cells.shape(), cells.opened());
    if broad.is_empty() {
        return Vec::new();
    }
    let parts = Components::of_sets(&[&broad]);
    let mut sizes = vec![0_u32; parts.list.len()];
    let runs = || parts.runs.iter().filter(|run| run.label == 1);
    runs().for_each(|run| sizes[run.component as usize] += run.len());
    let is_large = |cells: u32| f64::from(cells) * resolution_m * resolution_m >= LEAST_UNSEEN_M2;
    let large = runs().filter(|run| is_large(sizes[run.component as usize]));
    large.flat_map(|run| run.cells(shape.width)).collect()
}

/// A room that nobody has seen is redacted: by its kind, or because it has none and the owner did not say to keep it.
fn to_redact(piece: RoomPiece, redaction: &Redaction) -> bool {
    match piece.kind {
        Some(kind) => redaction.kinds.contains(&kind),
        None => !redaction.kinds.is_empty() && !redaction.keeps_unlabelled(),
    }
}
