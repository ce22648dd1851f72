//! Removal of sensitive rooms.
//!
//! [`redact`] takes rooms out of a [`Home`] by kind, by id, by region, or because they are dead ends, and gives a
//! [`Redacted`] that no longer holds them. What is taken out must leave no trace:
//!
//! * A *cluster* of withheld rooms (withheld rooms with doors between them) is contracted: the rooms around it are joined pairwise by doors. So
//!   a home in which two rooms meet only through a bedroom looks like one in which they meet, and a withheld dead end looks like no
//!   room at all: its floor counts as wall, for the doors of the others as well.
//! * Clutter goes: whatever a single room encloses is that room's floor. A withheld room inside another is enclosed likewise.
//! * Rooms that no door connects with the dock's are left out: no plan could be driven there.
//!
//! A door is a passage the robot's disc fits through, found on the floor without clutter, so that neither furniture nor toys nor the
//! owner's keep-outs make or unmake one. If the dock's own room is withheld, its place goes to the room that the dock's cluster hangs from:
//! the first one met from the dock along the floor.
//!
//! Redaction *fails closed*: where rooms are to go by kind and some room has no kind, the owner has to choose ([`Unlabelled`]).
//!
//! Doors and sizes are read on labelled floor only; gaps of unlabelled floor are given to rooms anew once it is known which rooms are left,
//! since a gap beside a withheld room would otherwise tell of it.

mod clutter;
mod doors;
mod redacted;
mod redaction;

pub use redacted::Redacted;
pub(crate) use redacted::Withheld;
pub use redaction::{RedactError, Redaction, Unlabelled};

use crate::grid::neighbours;
use crate::grid::raster::fill_polygon;
use crate::home::builder::Floor;
use crate::home::keep_out::{finite, shift};
use crate::home::{FIRST_ROOM, Home, NO_FLOOR, Piece, RoomId};
use clutter::{fill_clutter, fill_gaps};
use doors::{doors, join, reached};

/// Takes the rooms out.
///
/// # Errors
/// Rooms are to go by kind and a room has none ([`RedactError::Unlabelled`]); a room to withhold is not in the map; a region's corner is not
/// a finite number.
///
/// # Complexity
/// O(cells · radius) time, about 12 bytes a cell.
pub fn redact(home: &Home, redaction: &Redaction) -> Result<Redacted, RedactError> {
    withhold(home, redaction).map(|(redacted, _)| redacted)
}

/// Takes the rooms out and tells, for the key, where they were.
pub(crate) fn withhold(home: &Home, redaction: &Redaction) -> Result<(Redacted, Withheld), RedactError> {
    check(home, redaction)?;
    let (width, height) = (home.width, home.height);
    let (floor, in_region) = cut_regions(home, redaction);
    let rooms = floor.pieces.len();
    let disc = home.disc();

    let whole = room_labels(&floor, |_| true);
    let links = doors(&whole, width, height, rooms, &disc);
    let dock = dock_room(home, &whole, rooms);
    let withheld: Vec<bool> = (0..rooms)
        .map(|room| {
            let piece = floor.pieces[room];
            let docks = dock.is_some_and(|dock| floor.pieces[dock].id == piece.id);
            let dead_end = redaction.dead_ends && links[room].len() == 1 && !docks;
            in_region[room]
                || dead_end
                || redaction.rooms.contains(&piece.id)
                || match piece.kind {
                    Some(kind) => redaction.kinds.contains(&kind),
                    None => redaction.unlabelled == Unlabelled::Withhold && !redaction.kinds.is_empty(),
                }
        })
        .collect();
    // A piece that is a dead end goes with all pieces and fragments of its room.
    let gone: Vec<RoomId> = (0..rooms).filter(|&r| withheld[r] && !in_region[r]).map(|r| floor.pieces[r].id).collect();
    let withheld: Vec<bool> =
        (0..rooms).map(|r| withheld[r] || gone.contains(&floor.pieces[r].id)).collect();
    let kept = |room: usize| !withheld[room] && !floor.pieces[room].fragment;

    let mut labels = room_labels(&floor, kept);
    let mut graph = doors(&labels, width, height, rooms, &disc);
    contract(&links, &withheld, kept, &mut graph);

    let mut area = vec![0_u32; rooms];
    for room in labels.iter().filter_map(|label| label.checked_sub(1)) {
        area[usize::from(room)] += 1;
    }
    let root = dock
        .and_then(|room| if kept(room) { Some(room) } else { hangs_from(home, &whole, &withheld, &area) })
        .or_else(|| (0..rooms).filter(|&room| kept(room)).max_by_key(|&room| (area[room], core::cmp::Reverse(room))));

    let mut numbers = vec![None; rooms];
    if let Some(root) = root {
        let mut reach = reached(&graph, root, |_| true);
        reach.sort_unstable();
        for (number, room) in reach.into_iter().enumerate() {
            numbers[room] = Some(number);
        }
    }
    for label in &mut labels {
        let number = label.checked_sub(1).and_then(|room| numbers[usize::from(room)]);
        #[expect(clippy::cast_possible_truncation, reason = "no more rooms than labels, which are u16")]
        {
            *label = number.map_or(0, |number| number as u16 + 1);
        }
    }
    let doors = (0..rooms)
        .filter(|&room| numbers[room].is_some())
        .map(|room| graph[room].iter().filter_map(|&other| numbers[other]).collect())
        .collect();
    let cells = (0..whole.len())
        .map(|cell| {
            let piece = floor.labels[cell].checked_sub(FIRST_ROOM).map(usize::from).filter(|piece| *piece < rooms);
            let room = piece.or_else(|| whole[cell].checked_sub(1).map(usize::from));
            home.labels[cell] != NO_FLOOR && room.is_some_and(|room| withheld[room])
        })
        .collect();
    let redacted = Redacted { width, height, labels, doors, root: root.and_then(|room| numbers[room]) };
    Ok((redacted, Withheld { cells }))
}

fn check(home: &Home, redaction: &Redaction) -> Result<(), RedactError> {
    if !redaction.rooms.iter().all(|id| home.pieces.iter().any(|piece| piece.id == *id)) {
        return Err(RedactError::UnknownRoom);
    }
    if !redaction.regions.iter().all(finite) {
        return Err(RedactError::Region);
    }
    let unknown = |piece: &Piece| piece.kind.is_none() && !redaction.rooms.contains(&piece.id);
    if !redaction.kinds.is_empty()
        && redaction.unlabelled == Unlabelled::Refuse
        && home.pieces.iter().any(unknown)
    {
        return Err(RedactError::Unlabelled);
    }
    Ok(())
}

/// The floor with the regions cut out as pieces of their own, and for each piece whether it is one of them.
fn cut_regions(home: &Home, redaction: &Redaction) -> (Floor, Vec<bool>) {
    let mut floor = Floor {
        width: home.width,
        height: home.height,
        labels: home.labels.clone(),
        pieces: home.pieces.clone(),
        least_cells: crate::home::LEAST_ROOM_M2 / (home.resolution_m * home.resolution_m),
    };
    let mut inside = vec![false; floor.pieces.len()];
    if redaction.regions.is_empty() {
        return (floor, inside);
    }
    let region = floor.add(Piece { id: RoomId::new(u32::MAX), kind: None, fragment: false });
    for polygon in &redaction.regions {
        let mut polygon = polygon.clone();
        shift(&mut polygon, home.corner_m[0], home.corner_m[1]);
        fill_polygon(&polygon, home.resolution_m, home.width, home.height, |cell| {
            if floor.labels[cell] != NO_FLOOR {
                floor.labels[cell] = region;
            }
        });
    }
    let mask: Vec<bool> = floor.labels.iter().map(|&label| label == region).collect();
    floor.split_labels();
    inside = vec![false; floor.pieces.len()];
    inside[usize::from(region - FIRST_ROOM)] = true;
    for (&label, &masked) in floor.labels.iter().zip(&mask) {
        if masked && label >= FIRST_ROOM {
            inside[usize::from(label - FIRST_ROOM)] = true;
        }
    }
    (floor, inside)
}

/// The floor of the rooms that stay, i + 1 for room i, with gaps given to rooms and clutter filled.
fn room_labels(floor: &Floor, stays: impl Fn(usize) -> bool) -> Vec<u16> {
    let room = |label: u16| {
        let room = usize::from(label.checked_sub(FIRST_ROOM)?);
        (room < floor.pieces.len() && !floor.pieces[room].fragment && stays(room)).then_some(room)
    };
    let mut labels = floor.labels.clone();
    fill_gaps(&mut labels, floor.width, floor.height, room);
    for label in &mut labels {
        *label = if room(*label).is_some() { *label - FIRST_ROOM + 1 } else { 0 };
    }
    fill_clutter(&mut labels, floor.width);
    labels
}

/// Joins the rooms around each cluster of withheld rooms pairwise.
fn contract(links: &[Vec<usize>], withheld: &[bool], kept: impl Fn(usize) -> bool, graph: &mut [Vec<usize>]) {
    let mut done = vec![false; links.len()];
    for start in (0..links.len()).filter(|&room| withheld[room]) {
        if done[start] {
            continue;
        }
        let cluster = reached(links, start, |room| withheld[room]);
        let mut around: Vec<usize> = Vec::new();
        for &room in &cluster {
            done[room] = true;
            around.extend(links[room].iter().copied().filter(|&other| kept(other)));
        }
        around.sort_unstable();
        around.dedup();
        for (i, &a) in around.iter().enumerate() {
            for &b in &around[i + 1..] {
                join(graph, a, b);
            }
        }
    }
}

/// The cell of the dock, clamped to a wide margin about the grid, as column and row.
#[expect(clippy::cast_possible_truncation, reason = "clamped before the cast")]
fn dock_cell(home: &Home) -> Option<(i64, i64)> {
    let cell = |metres: f64| (metres / home.resolution_m).floor().clamp(-1e6, 1e6) as i64;
    home.dock.map(|dock| (cell(dock.x), cell(dock.y)))
}

/// The labelled cell nearest to the dock; among equally near ones that of the largest room.
fn nearest_to_dock(home: &Home, labels: &[u16], rooms: usize) -> Option<usize> {
    let (x, y) = dock_cell(home)?;
    let (width, height) = (i64::try_from(home.width).ok()?, i64::try_from(home.height).ok()?);
    if (0..width).contains(&x) && (0..height).contains(&y) {
        let cell = usize::try_from(y * width + x).ok()?;
        if labels[cell] != 0 {
            return Some(cell);
        }
    }
    let mut area = vec![0_u32; rooms + 1];
    for &label in labels {
        area[usize::from(label)] += 1;
    }
    let mut best = None;
    for (row, cells) in (0_i64..).zip(labels.chunks_exact(home.width)) {
        for (column, &label) in (0_i64..).zip(cells) {
            if label != 0 {
                let far = (column - x).pow(2) + (row - y).pow(2);
                let rank = (far, core::cmp::Reverse(area[usize::from(label)]), row * width + column);
                if best.is_none_or(|least| rank < least) {
                    best = Some(rank);
                }
            }
        }
    }
    usize::try_from(best?.2).ok()
}

/// The room of the dock, withheld or not.
fn dock_room(home: &Home, whole: &[u16], rooms: usize) -> Option<usize> {
    nearest_to_dock(home, whole, rooms).map(|cell| usize::from(whole[cell]) - 1)
}

/// The kept room met first from the dock through withheld rooms; the largest of those met at one distance.
fn hangs_from(home: &Home, whole: &[u16], withheld: &[bool], area: &[u32]) -> Option<usize> {
    let start = nearest_to_dock(home, whole, withheld.len())?;
    let mut seen = vec![false; whole.len()];
    seen[start] = true;
    let mut level = vec![start];
    while !level.is_empty() {
        let mut next = Vec::new();
        let mut met: Option<usize> = None;
        for cell in level {
            for near in neighbours(cell, home.width, home.height) {
                let Some(room) = whole[near].checked_sub(1).map(usize::from) else { continue };
                if seen[near] {
                    continue;
                }
                seen[near] = true;
                if withheld[room] {
                    next.push(near);
                } else if met.is_none_or(|other| (area[room], other) > (area[other], room)) {
                    met = Some(room);
                }
            }
        }
        if met.is_some() {
            return met;
        }
        level = next;
    }
    None
}
