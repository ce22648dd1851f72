//! Where the two halves of a room have to lie: its seeds.
//!
//! A part of a room touches other parts at doors and at the seams of earlier cuts. Those that it keeps are the
//! seeds of the lower half, with the dock. Where it touches the one neighbour that goes with the new half, or
//! else the corner of the part towards the new half's zone, are the seeds of the higher half. The seeds of
//! each half are joined along short paths inside the part, so that a half grown from them is connected.
//!
//! Seeds are joined by floods from all of them at once: the Steiner heuristic of Mehlhorn (1988, Inf. Process.
//! Lett. 27). That is within twice the shortest tree, in one pass over the cells.

use alloc::vec::Vec;

use crate::grid::sorted::sort_numbers;
use crate::grid::{DisjointSets, Fixed, NO_CELL, Shape, Span, narrow};
use crate::key::reach::poses::nearest;
use crate::key::zoning::bisection::cells;
use crate::key::zoning::parts::{CellParts, CellTable, NO_PART};

/// Contacts with the neighbour that goes with the new half count as one door if the gap between them is at
/// most this many cells: a door frame or a chair in a doorway, but not the wall between two doors.
const DOOR_GAP: u32 = 8;

/// A cut that is asked for.
pub(super) struct RoomCut {
    /// The part that is cut, and whose name the lower half keeps.
    pub(super) part: u16,
    /// The name of the higher half.
    pub(super) new: u16,
    /// The neighbour that goes with the higher half.
    pub(super) takes: Option<u16>,
    /// Direction to the zone of the higher half; zero if unknown.
    pub(super) towards: (i64, i64),
    /// Place that stays in the lower half.
    pub(super) dock: Option<(Fixed, Fixed)>,
}

/// Tables of the part that is cut, and a queue for floods.
#[derive(Default)]
pub(super) struct FloodTables {
    pub(super) first: CellTable,
    pub(super) second: CellTable,
    pub(super) queue: Vec<u32>,
}

/// The seeds of the lower and of the higher half of a part, each sorted.
pub(super) fn seeds(
    parts: &CellParts,
    cut: &RoomCut,
    set: &[Span],
    tables: &mut FloodTables,
) -> [Vec<u32>; 2] {
    let part = (cut.part, set);
    let (mut keeps, gives) = contacts(parts, cut, set);
    if let Some(dock) = cut.dock {
        keeps.extend(nearest(parts.shape, set.iter().copied(), dock));
    }
    let mut low = join(parts, part, keeps, u32::MAX, tables);
    let mut high = join(parts, part, gives, DOOR_GAP, tables);
    let towards = if cut.towards == (0, 0) { longer_side(set) } else { cut.towards };
    if high.is_empty() {
        parts.measure(part, &low, &mut tables.first, &mut tables.queue);
        high.extend(extreme(parts, set, towards, Some(&tables.first).filter(|_| !low.is_empty())));
    }
    if low.is_empty() {
        parts.measure(part, &high, &mut tables.first, &mut tables.queue);
        low.extend(extreme(parts, set, (-towards.0, -towards.1), Some(&tables.first)));
    }
    [low, high]
}

/// The cells of a part where it touches the parts it keeps, and those where it touches the part that goes.
fn contacts(parts: &CellParts, cut: &RoomCut, set: &[Span]) -> (Vec<u32>, Vec<u32>) {
    let (mut keeps, mut gives) = (Vec::new(), Vec::new());
    for cell in cells(set, parts.shape) {
        let others = || parts.shape.around(cell).into_iter().map(|near| parts.at(near));
        if others().any(|other| Some(other) == cut.takes) {
            gives.push(cell);
        } else if others().any(|other| other != NO_PART && other != cut.part) {
            keeps.push(cell);
        }
    }
    let touches = !gives.is_empty();
    for cluster in parts.portals.chunk_by(|a, b| a.0 == b.0) {
        let part = |&(_, cell): &(u32, u32)| parts.at(cell);
        let others = cluster.iter().any(|portal| part(portal) != cut.part && Some(part(portal)) != cut.takes);
        let goes = cluster.iter().any(|portal| Some(part(portal)) == cut.takes);
        let own = cluster.iter().filter(|portal| part(portal) == cut.part).map(|&(_, cell)| cell);
        if others {
            keeps.extend(own);
        } else if goes && !touches {
            gives.extend(own);
        }
    }
    (keeps, gives)
}

/// Joins seeds along short paths inside the part, over gaps of at most `gap` cells. Of sets that stay apart it
/// gives the one with most seeds (ties: the one of the first seed), or all if the gap is unlimited.
fn join(
    parts: &CellParts,
    (part, set): (u16, &[Span]),
    mut seeds: Vec<u32>,
    gap: u32,
    tables: &mut FloodTables,
) -> Vec<u32> {
    sort_numbers(&mut seeds);
    seeds.dedup();
    if seeds.len() < 2 {
        return seeds;
    }
    let FloodTables { first: far, second: owner, queue } = tables;
    cells(set, parts.shape).for_each(|cell| far[cell as usize] = NO_CELL);
    let mut sets = DisjointSets::new(narrow(seeds.len()));
    for (seed, &cell) in (0..).zip(&seeds) {
        far[cell as usize] = 0;
        owner[cell as usize] = seed;
    }
    let mut paths: Vec<(u32, u32)> = Vec::new();
    queue.clear();
    queue.extend(&seeds);
    parts.shape.flood(queue, |from, to| {
        if parts.of[to] != part || far[from].saturating_mul(2) > gap {
            return false;
        }
        if far[to] == NO_CELL {
            far[to] = far[from] + 1;
            owner[to] = owner[from];
            return true;
        }
        if far[from] + far[to] < gap && sets.union(owner[from], owner[to]) {
            for end in [from, to] {
                let inside = |near: usize| parts.of[near] == part && owner[near] == owner[end];
                descend(parts.shape, far, end, inside, |cell| paths.push((owner[end], cell)));
            }
        }
        false
    });
    let mut count = vec![0_u32; seeds.len()];
    for seed in 0..narrow(seeds.len()) {
        count[sets.find(seed) as usize] += 1;
    }
    let chosen = (0..narrow(count.len())).rev().max_by_key(|&seed| count[seed as usize]).unwrap_or(0);
    let mut taken = |seed: u32| gap == u32::MAX || sets.find(seed) == chosen;
    let mut joined: Vec<u32> =
        (0..).zip(&seeds).filter(|(seed, _)| taken(*seed)).map(|(_, &cell)| cell).collect();
    joined.extend(paths.iter().filter(|(seed, _)| taken(*seed)).map(|&(_, cell)| cell));
    sort_numbers(&mut joined);
    joined.dedup();
    joined
}

/// Calls `visit` with the cells from `cell` down to the seed it was reached from, over cells that are `inside`.
fn descend(
    shape: Shape,
    far: &CellTable,
    cell: usize,
    inside: impl Fn(usize) -> bool,
    mut visit: impl FnMut(u32),
) {
    let mut at = narrow(cell);
    visit(at);
    while far[at as usize] > 0 {
        let below = far[at as usize] - 1;
        let down = |near: &u32| far.get(*near as usize) == Some(below) && inside(*near as usize);
        match shape.around(at).into_iter().find(down) {
            Some(near) => at = near,
            None => return,
        }
        visit(at);
    }
}

/// The cell farthest in a direction and, at equal weight, by the distances in a table, if there is one; of
/// equally far ones the first.
fn extreme(parts: &CellParts, set: &[Span], (dx, dy): (i64, i64), table: Option<&CellTable>) -> Option<u32> {
    cells(set, parts.shape).max_by_key(|&cell| {
        let (x, y) = parts.shape.place(cell);
        let away = table.map(|far| far[cell as usize]).filter(|&far| far != NO_CELL).map_or(0, i64::from);
        (2 * (dx * x + dy * y) + (dx.abs() + dy.abs()) * away, core::cmp::Reverse(cell))
    })
}

/// The direction along the longer side of a set's bounds.
fn longer_side(set: &[Span]) -> (i64, i64) {
    let side = |low: fn(&Span) -> u16, high: fn(&Span) -> u16| {
        set.iter().map(high).max().unwrap_or(0) - set.iter().map(low).min().unwrap_or(0)
    };
    if side(|span| span.start, |span| span.end - 1) >= side(|span| span.y, |span| span.y) {
        (1, 0)
    } else {
        (0, 1)
    }
}
