//! What of a new map's floor is redacted: what was, and rooms that nobody has seen before.
//!
//! Takes the claims on the new map and the redaction. A cell that was redacted stays so, whatever room it is in now. A
//! room with less than half of its floor claimed before is new: it is redacted by its kind or, where it has none and
//! kinds are to be redacted, until the owner chooses. Parts of a known room that nobody has seen follow the room, but
//! for large parts of rooms without a kind, which might be a room of their own behind a door that was shut. In doubt a
//! cell is redacted.

use alloc::vec::Vec;

use super::claims::Claims;
use crate::grid::components::Components;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, by_rank, narrow};
use crate::home::{FIRST_ROOM, Home, NO_FLOOR, RoomPiece};
use crate::key::zoning::zones;
use crate::redact::Redaction;
use crate::redact::redacted_cells;

/// A part of a room without a kind that is smaller is what stood there and is gone, in square metres.
const LEAST_UNSEEN_M2: f64 = 1.0;

/// Redaction on a new map.
pub(super) struct NewFloor {
    /// Redacted cells, row by row.
    pub(super) redacted: Vec<bool>,
    /// Those that become marks.
    pub(super) marked: Vec<bool>,
    /// Cells of rooms that nobody has seen before.
    pub(super) unseen: Vec<bool>,
    /// Something could not be judged.
    pub(super) undecided: bool,
    /// All that is newly asked for has become marks.
    pub(super) placed: bool,
}

impl NewFloor {
    /// Of a map with these claims. `asked` is the part of the redaction that has not been placed before.
    pub(super) fn of(home: &Home, claims: &Claims, redaction: &Redaction, asked: &Redaction) -> Self {
        let is_redacted = claims.each(|claim| claim.redacted);
        let is_claimed = claims.each(|claim| claim.zone != 0 || claim.redacted);
        let numbers = claims.numbers();
        let of = |cell: usize, what: &[bool]| what[usize::from(numbers[cell])];
        let rooms = RoomClaims::of(home, |cell| [of(cell, &is_claimed), of(cell, &is_redacted)]);
        let room_of = |cell: usize| {
            let piece = usize::from(home.labels[cell].checked_sub(FIRST_ROOM)?);
            Some((home.pieces.get(piece)?, rooms.get(piece)?))
        };
        let is_undecided = |piece: &RoomPiece| piece.kind.is_none() && redaction.refuses_unlabelled();
        let mut undecided =
            home.pieces.iter().zip(&rooms).any(|(piece, room)| room.is_unseen() && is_undecided(piece));
        let cells = home.shape.len();
        let (mut redacted, mut marked, mut unseen) =
            (vec![false; cells], vec![false; cells], vec![false; cells]);
        for cell in 0..cells {
            redacted[cell] = of(cell, &is_redacted);
            if let Some((piece, room)) = room_of(cell).filter(|_| !of(cell, &is_claimed)) {
                unseen[cell] = room.is_unseen();
                redacted[cell] = if unseen[cell] {
                    to_redact(*piece, redaction)
                } else {
                    room.is_redacted() || piece.kind.is_some_and(|kind| redaction.kinds.contains(&kind))
                };
                marked[cell] = unseen[cell] && redacted[cell] && !is_undecided(piece);
            }
        }
        let may_hide = |piece: &RoomPiece| piece.kind.is_none() && to_redact(*piece, redaction);
        if home.pieces.iter().any(may_hide) {
            for cell in unseen_parts(home, |cell| {
                let new = room_of(cell).filter(|(_, room)| !room.is_unseen() && !of(cell, &is_claimed));
                new.is_some_and(|(piece, _)| may_hide(piece))
            }) {
                (unseen[cell], redacted[cell]) = (true, true);
                undecided |= redaction.refuses_unlabelled();
            }
        }
        let mut placed = true;
        if asked.asks_for_something() {
            let asked_for = redacted_cells(home, asked);
            placed = asked_for.is_ok();
            undecided |= !placed;
            let asked_for =
                asked_for.map_or_else(|_| all_that_may_be_meant(home, asked), |asked| asked.cells);
            for (cell, _) in asked_for.iter().enumerate().filter(|(_, asked)| **asked) {
                marked[cell] |= placed && !redacted[cell];
                redacted[cell] = true;
            }
        }
        Self { redacted, marked, unseen, undecided, placed }
    }

    /// Cells without a claim, outside rooms that nobody has seen, go to what is nearest along the floor. Where that is
    /// redacted they are too, today.
    pub(super) fn spread(&mut self, shape: Shape, zones: &mut [u8]) {
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

/// The cells that a redaction may mean where the owner has still to choose, as for a first key: rooms without a kind go
/// too, and where it names a room that the map does not have, the whole floor.
fn all_that_may_be_meant(home: &Home, asked: &Redaction) -> Vec<bool> {
    let careful = redacted_cells(home, &asked.clone().redact_unlabelled());
    let whole_floor = |_| home.labels.iter().map(|&label| label != NO_FLOOR).collect();
    careful.map_or_else(whole_floor, |careful| careful.cells)
}

/// Of some cells those in parts of a square metre or more, strips apart: on a map without rooms, a room that nobody has
/// seen is such a part.
pub(super) fn unseen_parts(home: &Home, is_new: impl Fn(usize) -> bool) -> Vec<usize> {
    let shape = home.shape;
    let is_floor = |cell: usize| home.cells[cell] == Cell::Free && is_new(cell);
    let new: Vec<usize> = (0..shape.len()).filter(|&cell| is_floor(cell)).collect();
    let labels: Vec<u16> = {
        let broad = BitGrid::of_cells(shape, new.iter().copied()).opened();
        (0..shape.len()).map(|cell| u16::from(broad.has(cell))).collect()
    };
    if new.is_empty() || !labels.contains(&1) {
        return Vec::new();
    }
    let parts = Components::of(&labels, shape);
    let mut sizes = vec![0_u32; parts.list.len()];
    let runs = || parts.runs.iter().filter(|run| run.label == 1);
    runs().for_each(|run| sizes[run.component as usize] += narrow(run.cells(shape.width).len()));
    let is_large = |cells: u32| home.area_m2(cells.into()) >= LEAST_UNSEEN_M2;
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

/// Cells of a piece: redacted, claimed by whatever, and all.
pub(super) struct RoomClaims {
    redacted: u32,
    claimed: u32,
    all: u32,
}

impl RoomClaims {
    /// Those of all pieces, by whether a cell is claimed and redacted.
    pub(super) fn of(home: &Home, claim: impl Fn(usize) -> [bool; 2]) -> Vec<Self> {
        let mut rooms: Vec<Self> =
            home.pieces.iter().map(|_| Self { redacted: 0, claimed: 0, all: 0 }).collect();
        for (cell, label) in home.labels.iter().enumerate() {
            let piece = label.checked_sub(FIRST_ROOM).and_then(|piece| rooms.get_mut(usize::from(piece)));
            if let Some(room) = piece {
                let [claimed, redacted] = claim(cell);
                room.redacted += u32::from(redacted);
                room.claimed += u32::from(claimed);
                room.all += 1;
            }
        }
        rooms
    }

    /// Nobody has seen the room: less than half of it has a claim.
    const fn is_unseen(&self) -> bool {
        2 * self.claimed < self.all
    }

    /// Of something of so many cells that claims it, half lies in the room, or it covers half of the room.
    pub(super) fn is_of(&self, cells: u32) -> bool {
        2 * self.claimed >= self.all.min(cells).max(1)
    }

    /// All of it is redacted.
    pub(super) const fn is_redacted_whole(&self) -> bool {
        self.redacted == self.all
    }

    /// Most of what is claimed is redacted.
    const fn is_redacted(&self) -> bool {
        2 * self.redacted > self.claimed
    }
}
