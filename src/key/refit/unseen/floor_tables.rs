//! What claims and rooms say of the cells of a new map, as tables, before any cell is judged.

use alloc::vec::Vec;

use super::owners::{Owner, owners};
use crate::grid::BitGrid;
use crate::home::{FIRST_ROOM, Home, RoomPiece};
use crate::key::known::KnownMap;
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::registration::CellScale;
use crate::redact::Redaction;

/// Why floor is looked at again.
pub(in crate::key::refit) enum Occasion<'a> {
    /// A new map of a known one. Marks up to a number are those of what may be meant.
    Map { known: &'a KnownMap, scale: CellScale, tentative: u32 },
    /// An edit: no floor is new, and rooms are no mark's own. What it has freed is to have a zone.
    Edit { freed: BitGrid },
}

impl Occasion<'_> {
    /// An edit has freed a cell.
    pub(in crate::key::refit) fn frees(&self, cell: usize) -> bool {
        matches!(self, Self::Edit { freed } if freed.has(cell))
    }
}

/// What claims and rooms say of the cells of a map, before any is judged.
pub(super) struct FloorTables<'a> {
    pub(super) home: &'a Home,
    pub(super) redaction: &'a Redaction,
    /// For each cell the number of its claim; the tables below have an entry for each number.
    pub(super) numbers: &'a [u16],
    pub(super) is_redacted: Vec<bool>,
    pub(super) is_claimed: Vec<bool>,
    pub(super) may_join: Vec<bool>,
    /// Under a mark of what may be meant, and of nothing that was asked for.
    pub(super) is_tentative: Vec<bool>,
    pub(super) is_placed: Vec<bool>,
    pub(super) rooms: Vec<RoomClaims>,
    pub(super) owners: Vec<Option<Owner>>,
    /// The last mark of what may be meant; 0 for none.
    pub(super) tentative: u32,
}

impl<'a> FloorTables<'a> {
    pub(super) fn of(
        home: &'a Home,
        claims: &'a Claims,
        occasion: &Occasion<'_>,
        redaction: &'a Redaction,
    ) -> Self {
        let is_redacted = claims.each(|claim| claim.redacted);
        let is_claimed = claims.each(|claim| claim.zone != 0 || claim.redacted);
        let numbers = claims.numbers();
        let of = |cell: usize, what: &[bool]| what[usize::from(numbers[cell])];
        let rooms = RoomClaims::of(home, |cell| [of(cell, &is_claimed), of(cell, &is_redacted)]);
        let (owners, tentative, marks) = match occasion {
            Occasion::Map { known, scale, tentative } => {
                (owners(home, claims, known, *scale), *tentative, known.marks.as_slice())
            }
            Occasion::Edit { .. } => (Vec::new(), 0, <&[_]>::default()),
        };
        let is_tentative = |claim: Claim| {
            let mark = usize::from(claim.mark).checked_sub(1).and_then(|mark| marks.get(mark));
            mark.is_some_and(|mark| mark.id.get() <= tentative)
        };
        Self {
            home,
            redaction,
            numbers,
            is_redacted,
            is_claimed,
            may_join: claims.each(|claim| claim.zone == 0 && !claim.is_hidden()),
            is_tentative: claims.each(is_tentative),
            is_placed: claims.each(Claim::is_hidden),
            rooms,
            owners,
            tentative,
        }
    }

    /// What one of the tables has for a cell.
    pub(super) fn says(&self, of_claims: &[bool], cell: usize) -> bool {
        of_claims[usize::from(self.numbers[cell])]
    }

    /// The room of a cell, what becomes of its floor, and whose it is.
    pub(super) fn room_of(&self, cell: usize) -> Option<(RoomPiece, RoomFate, Option<Owner>)> {
        let piece = self.home.piece_index(cell)?;
        let owner = self.owners.get(piece).copied().flatten();
        Some((*self.home.pieces.get(piece)?, RoomFate::of(self.rooms.get(piece)?, owner), owner))
    }

    pub(super) fn has_kind(&self, piece: RoomPiece) -> bool {
        piece.kind.is_some_and(|kind| self.redaction.kinds.contains(&kind))
    }

    /// The owner has still to choose about the room.
    pub(super) fn is_undecided(&self, piece: RoomPiece) -> bool {
        piece.kind.is_none() && self.redaction.refuses_unlabelled()
    }
}

/// What the claims say of a room's floor that has none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RoomFate {
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
