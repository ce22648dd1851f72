//! Which rooms of today's map are a mark's own.
//!
//! That is asked for three reasons, by three shares. Floor that nobody has seen follows the redaction of its room
//! (`owners`): most of what is known of the room is redacted, and half of the room or of the mark. With a mark that is
//! removed goes what belongs to it (`RoomClaims::is_of`): the mark covers half of the room or half of it lies there. A
//! late choice names the rooms that were redacted, by [`rooms_where`]: marks cover seven eighths, so that slivers along
//! walls do not stay behind. An outline over so much of a room then counts as the room.

use alloc::vec::Vec;

use crate::grid::Span;
use crate::grid::sorted::ByKey;
use crate::home::{FIRST_ROOM, Home, RoomId, RoomPiece};
use crate::key::known::claims::Claims;
use crate::key::known::registration::CellScale;
use crate::key::known::{KnownMap, MarkId, MarkKind, MarkedCells};

/// The redaction that covers most of a room.
#[derive(Clone, Copy)]
pub(in crate::key::refit) struct Owner {
    pub(in crate::key::refit) mark: MarkId,
    /// The room is its own: more of it is redacted than in zones, and half of the mark lies in it or it is redacted by
    /// half. On a map that is turned a mark may have grown into others, so it counts where it lies and not what it
    /// grows by.
    pub(in crate::key::refit) owns: bool,
}

/// For each piece of a map, whether a rule holds of the cells of its room: all of them, and those that are in a set.
///
/// # Complexity
/// O(cells + pieces · log rooms).
pub(in crate::key::refit) fn rooms_where(
    home: &Home,
    is_in: impl Fn(usize) -> bool,
    rule: fn(usize, usize) -> bool,
) -> Vec<bool> {
    let mut rooms: ByKey<RoomId, [usize; 2]> = ByKey::new();
    for (label, span) in Span::runs(&home.labels, home.shape.width) {
        if let Some(piece) = home.piece(label) {
            let [all, own] = rooms.or_insert_with(piece.id, Default::default);
            *all += span.len() as usize;
            *own += span.cells(home.shape.width).filter(|&cell| is_in(cell)).count();
        }
    }
    let holds = |piece: &RoomPiece| rooms.get(&piece.id).is_some_and(|&[all, own]| rule(all, own));
    home.pieces.iter().map(holds).collect()
}

/// Cells of a piece of today's map.
struct PieceCells {
    /// In zones alone.
    zoned: u64,
    redacted: u64,
    all: u64,
    /// Under each mark, by its place in the list plus one.
    under: ByKey<u16, u64>,
}

impl PieceCells {
    fn of_all(home: &Home, claims: &Claims) -> Vec<Self> {
        let mut pieces: Vec<Self> =
            home.pieces.iter().map(|_| Self { zoned: 0, redacted: 0, all: 0, under: ByKey::new() }).collect();
        let of_claim = claims.each(|claim| (claim.mark, claim.zone != 0 && !claim.redacted));
        for (label, span) in Span::runs(&home.labels, home.shape.width) {
            let piece = label.checked_sub(FIRST_ROOM).and_then(|piece| pieces.get_mut(usize::from(piece)));
            let Some(own) = piece else { continue };
            own.all += u64::from(span.len());
            for claim in claims.numbers()[span.cells(home.shape.width)].chunk_by(|a, b| a == b) {
                let (cells, (mark, is_zoned)) = (claim.len() as u64, of_claim[usize::from(claim[0])]);
                own.zoned += if is_zoned { cells } else { 0 };
                if mark != 0 {
                    own.redacted += cells;
                    *own.under.or_insert_with(mark, || 0) += cells;
                }
            }
        }
        pieces
    }
}

/// For each piece of today's map the redaction of a known map that covers most of it, if any does; for a fragment, that
/// which its room is the own of.
///
/// # Complexity
/// O(cells + runs of marks + pieces · log pieces).
pub(in crate::key::refit) fn owners(
    home: &Home,
    claims: &Claims,
    map: &KnownMap,
    scale: CellScale,
) -> Vec<Option<Owner>> {
    if !map.has(MarkKind::Redacted) {
        return Vec::new();
    }
    let pieces = PieceCells::of_all(home, claims);
    let cells_of = |mark: &MarkedCells| mark.runs.iter().map(|run| u64::from(run.len)).sum();
    let sizes: Vec<u64> = map.marks.iter().map(|mark| scale.cells_to_new(cells_of(mark))).collect();
    let mut owners = vec![None; pieces.len()];
    for ((own, piece), owner) in pieces.iter().zip(&home.pieces).zip(&mut owners) {
        let mut most = 0;
        for &(mark, cells) in own.under.iter().filter(|_| !piece.fragment) {
            let place = usize::from(mark) - 1;
            let (Some(mark), Some(&all_of_it)) = (map.marks.get(place), sizes.get(place)) else { continue };
            let is_large = 2 * own.redacted >= own.all || 2 * cells >= all_of_it;
            let owns = own.redacted > own.zoned && is_large;
            let before = owner.is_some_and(|owner: Owner| owner.owns);
            if owns && !before || owns == before && cells > most {
                (*owner, most) = (Some(Owner { mark: mark.id, owns }), cells);
            }
        }
    }
    // A fragment is a part of its room: under a mark for what lies around it, it is no room of that mark's.
    let mut of_rooms: ByKey<RoomId, Owner> = ByKey::new();
    for (piece, owner) in home.pieces.iter().zip(&owners) {
        if let Some(owner) = owner.filter(|owner| owner.owns) {
            *of_rooms.or_insert_with(piece.id, || owner) = owner;
        }
    }
    for (piece, owner) in home.pieces.iter().zip(&mut owners).filter(|(piece, _)| piece.fragment) {
        *owner = of_rooms.get(&piece.id).copied();
    }
    owners
}
