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
//! What is asked for in so many words becomes marks at once, whatever else is left to choose (`asked`). Where it lies
//! under marks of what may be meant, which go with the owner's choice, it gets marks of its own; so does what is asked
//! for by a number, an outline or as a dead end wherever it lies, since marks are removed one by one. As long as
//! something is open, or a room is shut (`shut`), a kind is asked for again on each map; what is left of its rooms then
//! joins their marks.

use alloc::vec::Vec;

use super::owners::{Owner, owners};
use crate::grid::components::Components;
use crate::grid::sorted::ByKey;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, by_rank};
use crate::home::{FIRST_ROOM, Home, NO_FLOOR, RoomPiece};
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::registration::CellScale;
use crate::key::known::{KnownMap, MarkId};
use crate::key::refit::asked::in_so_many_words;
use crate::key::zoning::zones;
use crate::redact::{Redaction, redacted_cells};

/// A part of a known room that is smaller is what stood there and is gone, in square metres.
pub(in crate::key::refit) const LEAST_UNSEEN_M2: f64 = 1.0;

/// Why floor is looked at again.
pub(in crate::key::refit) enum Occasion<'a> {
    /// A new map of a known one. Marks up to a number are those of what may be meant.
    Map { known: &'a KnownMap, scale: CellScale, careful: u32 },
    /// An edit: no floor is new, and rooms are no mark's own. What it has freed is to have a zone.
    Edit { freed: BitGrid },
}

impl Occasion<'_> {
    /// An edit has freed a cell.
    pub(in crate::key::refit) fn frees(&self, cell: usize) -> bool {
        matches!(self, Self::Edit { freed } if freed.has(cell))
    }
}

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
    #[expect(
        clippy::too_many_lines,
        reason = "what a cell becomes is decided in one order, from the same few tables"
    )]
    pub(in crate::key::refit) fn of(
        home: &Home,
        claims: &Claims,
        occasion: &Occasion<'_>,
        redaction: &Redaction,
        asked: &Redaction,
    ) -> Self {
        let is_redacted = claims.each(|claim| claim.redacted);
        let is_claimed = claims.each(|claim| claim.zone != 0 || claim.redacted);
        let may_join = claims.each(|claim| claim.zone == 0 && !claim.is_hidden());
        let numbers = claims.numbers();
        let of = |cell: usize, what: &[bool]| what[usize::from(numbers[cell])];
        let rooms = RoomClaims::of(home, |cell| [of(cell, &is_claimed), of(cell, &is_redacted)]);
        let (owners, careful, marks) = match occasion {
            Occasion::Map { known, scale, careful } => {
                (owners(home, claims, known, *scale), *careful, known.marks.as_slice())
            }
            Occasion::Edit { .. } => (Vec::new(), 0, <&[_]>::default()),
        };
        // Under a mark of what may be meant, and of nothing that was asked for.
        let is_careful = |claim: Claim| {
            let mark = usize::from(claim.mark).checked_sub(1).and_then(|mark| marks.get(mark));
            mark.is_some_and(|mark| mark.id.get() <= careful)
        };
        let is_careful = claims.each(is_careful);
        let is_placed = claims.each(Claim::is_hidden);
        let room_of = |cell: usize| {
            let piece = home.piece_index(cell)?;
            let owner = owners.get(piece).copied().flatten();
            Some((home.pieces.get(piece)?, RoomFate::of(rooms.get(piece)?, owner), owner))
        };
        let has_kind = |piece: &RoomPiece| piece.kind.is_some_and(|kind| redaction.kinds.contains(&kind));
        let is_undecided = |piece: &RoomPiece| piece.kind.is_none() && redaction.refuses_unlabelled();
        let cells = home.shape.len();
        let (mut redacted, mut marked, mut unseen) =
            (vec![false; cells], vec![false; cells], vec![false; cells]);
        let mut undecided = false;
        let mut joins = BitGrid::none(home.shape);
        // Cells that go with the owner's choice, in rooms that turn out to be of a kind to redact.
        let mut found_out: Vec<usize> = Vec::new();
        for cell in 0..cells {
            redacted[cell] = of(cell, &is_redacted);
            if !of(cell, &may_join) {
                let may_be_meant = careful > 0 && of(cell, &is_careful);
                if may_be_meant && room_of(cell).is_some_and(|(piece, ..)| has_kind(piece)) {
                    found_out.push(cell);
                }
                continue;
            }
            if occasion.frees(cell) {
                unseen[cell] = true;
                continue;
            }
            let Some((piece, room, owner)) = room_of(cell) else { continue };
            match owner.filter(|_| room == RoomFate::Redacted) {
                Some(owner) if owner.mark.get() <= careful && has_kind(piece) => found_out.push(cell),
                Some(_) => joins.insert(cell),
                None => {}
            }
            if !of(cell, &is_claimed) {
                unseen[cell] = room == RoomFate::Unseen;
                redacted[cell] = match room {
                    RoomFate::Unseen => to_redact(*piece, redaction),
                    RoomFate::Redacted => true,
                    RoomFate::Served => false,
                };
                marked[cell] = unseen[cell] && redacted[cell] && !is_undecided(piece);
                undecided |= unseen[cell] && is_undecided(piece);
            }
        }
        // A room may be hidden in these: all of them count as one that nobody has seen.
        let may_hide = |piece: &RoomPiece, room: RoomFate| match room {
            RoomFate::Unseen => false,
            RoomFate::Redacted => is_undecided(piece),
            RoomFate::Served => to_redact(*piece, redaction),
        };
        if home.pieces.iter().any(|piece| to_redact(*piece, redaction)) {
            for cell in unseen_parts(home, &|cell| {
                !of(cell, &is_claimed) && room_of(cell).is_some_and(|(piece, room, _)| may_hide(piece, room))
            }) {
                (unseen[cell], redacted[cell]) = (true, true);
                let open = room_of(cell).is_some_and(|(piece, ..)| is_undecided(piece));
                marked[cell] = !open;
                undecided |= open;
                joins.take(cell);
            }
        }
        let mut placed = redaction.clone();
        let mut joined: ByKey<MarkId, Vec<usize>> = ByKey::new();
        // Redacted for another reason, or for none, it has no place yet. It joins the mark of its room where a rule
        // says so, and else gets one.
        let mut place = |cell: usize, is_named: bool, may_join: fn(Owner) -> bool| {
            if of(cell, &is_placed) && !of(cell, &is_careful) && !is_named {
                return;
            }
            joins.take(cell);
            match room_of(cell).filter(|_| !is_named) {
                Some((piece, _, Some(owner)))
                    if may_join(owner) && has_kind(piece) && owner.mark.get() > careful =>
                {
                    joined.or_insert_with(owner.mark, Vec::new).push(cell);
                }
                _ => marked[cell] = true,
            }
        };
        if asked.asks_for_something() {
            let mut asked_for = redacted_cells(home, asked);
            let is_open = asked_for.is_err();
            if is_open {
                undecided = true;
                let careful = all_that_may_be_meant(home, asked);
                redacted.iter_mut().zip(careful).for_each(|(cell, careful)| *cell |= careful);
                placed = in_so_many_words(home, redaction);
                placed.kinds.clear();
                asked_for = redacted_cells(home, &in_so_many_words(home, asked));
            }
            let named = named_cells(home, asked);
            for cell in asked_for.into_iter().flat_map(|asked| marked_cells(asked.cells)) {
                let is_named = named.get(cell) == Some(&true);
                place(cell, is_named, if is_open { |owner| owner.owns } else { |_| false });
                redacted[cell] = true;
            }
        }
        for cell in found_out {
            place(cell, false, |_| true);
        }
        // Single cells along walls come and go with every map.
        joins.opened().each(|cell| {
            if let Some((.., Some(owner))) = room_of(cell) {
                joined.or_insert_with(owner.mark, Vec::new).push(cell);
            }
        });
        Self { redacted, marked, unseen, joined, undecided, placed }
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

/// What the claims say of a room's floor that has none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RoomFate {
    /// Nobody has seen the room.
    Unseen,
    /// It follows what is redacted of the room.
    Redacted,
    Served,
}

impl RoomFate {
    const fn of(claims: &RoomClaims, owner: Option<Owner>) -> Self {
        match owner {
            Some(Owner { owns: true, .. }) => Self::Redacted,
            _ if claims.is_unseen() => Self::Unseen,
            _ if claims.is_redacted() => Self::Redacted,
            _ => Self::Served,
        }
    }
}

fn marked_cells(cells: Vec<bool>) -> impl Iterator<Item = usize> {
    cells.into_iter().enumerate().filter_map(|(cell, marked)| marked.then_some(cell))
}

/// The cells that are asked for by a number, an outline or as dead ends.
fn named_cells(home: &Home, asked: &Redaction) -> Vec<bool> {
    let mut named = in_so_many_words(home, asked);
    named.kinds.clear();
    let cells = if named.asks_for_something() { redacted_cells(home, &named).ok() } else { None };
    cells.map_or_else(Vec::new, |named| named.cells)
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

/// Cells of a piece: redacted, claimed by whatever, and all.
pub(in crate::key::refit) struct RoomClaims {
    redacted: u32,
    claimed: u32,
    all: u32,
}

impl RoomClaims {
    /// Those of all pieces, by whether a cell is claimed and redacted.
    pub(in crate::key::refit) fn of(home: &Home, claim: impl Fn(usize) -> [bool; 2]) -> Vec<Self> {
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
    pub(in crate::key::refit) fn is_of(&self, cells: u32) -> bool {
        2 * self.claimed >= self.all.min(cells).max(1)
    }

    /// All of it is redacted.
    pub(in crate::key::refit) const fn is_redacted_whole(&self) -> bool {
        self.redacted == self.all
    }

    /// Most of what is claimed is redacted.
    const fn is_redacted(&self) -> bool {
        2 * self.redacted > self.claimed
    }
}
