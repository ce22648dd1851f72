//! Rooms cut in halves, as an assignment asks for.
//!
//! It takes the rooms of a home and the cuts of an assignment, and gives the part of every cell: a room, or a
//! half of one. The two halves of a part have the same number of cells, and each is connected if the part is.
//!
//! Let D₁ be the seeds of the half that keeps its doors, D₂ those of the half that goes (see `seeds`). A straight
//! line from wall to wall is tried first, across the axis from D₁ to D₂, then across the other: a person would
//! draw the same, and it serves where D₁ and D₂ lie on different sides of it. Otherwise, with d₁ and d₂ the
//! distances along the part and f = d₁ − d₂, the lower half of the cells by f stays and the other half goes.
//! Either way the cells are cut in that order by the engine in `bisection`, which makes both halves connected.
//!
//! *Why by f.* A step of a shortest path to D₁ lowers d₁ by one and changes d₂ by at most one, so f never rises
//! along it: a set {f ≤ θ} that holds D₁ is connected through it. Likewise f never falls along a shortest path
//! to D₂, so {f ≥ θ} is connected through D₂. Strays, which the engine exchanges, come only from cells with
//! f = θ exactly, which are shared out by direction, and from a D₁ so long that some of it lies above θ.
//!
//! At last single cells at the seam change sides, each only where its eight neighbours show that the side it
//! leaves stays in one piece, until the halves are equal. Where a room is one cell wide, too narrow for any
//! robot, this can stop before they are.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::atlas::Zone;
use crate::grid::{Cell, CellRect, Fixed, NO_CELL, RING, Shape, Span, narrow, stays_whole};
use crate::home::Home;
use crate::key::zoning::bisection::{BisectionBuffers, along, area, bisect_once, cells};
use crate::key::zoning::parts::{CellParts, NO_PART};
use crate::key::zoning::seeds::{FloodTables, RoomCut, seeds};
use crate::merge::{Assignment, Halving};
use crate::redact::{Redacted, RedactedCells};

/// A straight cut fits if strays make it miss the half by at most this fraction of the part: so much is evened
/// out at the seam without bending it far.
const STRAIGHT_FITS: u32 = 16;

/// The part of every cell: [`NO_PART`], or its number in the assignment plus one.
///
/// # Complexity
/// O(cells) for each cut.
pub(in crate::key) fn parts(
    home: &Home,
    kept: &Redacted,
    redacted: &RedactedCells,
    assignment: &Assignment,
    zones: &[Zone],
    dock: Option<(Fixed, Fixed)>,
) -> Vec<u16> {
    let of = room_of_cells(home, kept, redacted);
    if assignment.cuts.is_empty() {
        return of;
    }
    cut(CellParts::of(home.shape, of, redacted), kept, assignment, zones, dock)
}

/// The rooms of a home before any is cut.
///
/// # Complexity
/// O(cells).
pub(super) fn uncut(home: &Home, kept: &Redacted, redacted: &RedactedCells) -> CellParts {
    CellParts::of(home.shape, room_of_cells(home, kept, redacted), redacted)
}

/// The number of each cell's room plus one.
fn room_of_cells(home: &Home, kept: &Redacted, redacted: &RedactedCells) -> Vec<u16> {
    kept.labels
        .iter()
        .zip(&home.cells)
        .zip(&redacted.cells)
        .map(|((&label, &cell), &redacted)| if cell == Cell::Free && !redacted { label } else { NO_PART })
        .collect()
}

/// The part of every cell, from the rooms uncut.
///
/// # Complexity
/// O(cells) for each cut.
pub(super) fn cut(
    mut parts: CellParts,
    kept: &Redacted,
    assignment: &Assignment,
    zones: &[Zone],
    dock: Option<(Fixed, Fixed)>,
) -> Vec<u16> {
    let mut tables = FloodTables::default();
    let mut buffers = BisectionBuffers::default();
    let rooms = kept.doors.len();
    for (i, &Halving { part, takes }) in assignment.cuts.iter().enumerate() {
        let new = rooms + i;
        let zone = |part: usize| zones.get(usize::from(*assignment.zone_of.get(part)?)).map(|zone| zone.rect);
        let towards = match (zone(part), zone(new)) {
            (Some(from), Some(to)) => assignment.symmetry.inverse().apply(step(from, to)),
            _ => (0, 0),
        };
        // A part keeps the dock through all its cuts, so of the root room it is always the first part.
        let dock = dock.filter(|_| kept.roots == [part]);
        let cut = RoomCut { part: label(part), new: label(new), takes: takes.map(label), towards, dock };
        bisect_room(&mut parts, &cut, &mut tables, &mut buffers);
    }
    parts.of
}

/// From the centre of one rectangle to that of another, doubled.
fn step(from: CellRect, to: CellRect) -> (i64, i64) {
    let centre = |r: CellRect| (i64::from(2 * r.x + r.width), i64::from(2 * r.y + r.height));
    let ((ax, ay), (bx, by)) = (centre(from), centre(to));
    (bx - ax, by - ay)
}

#[expect(clippy::cast_possible_truncation, reason = "there are at most some thousand rooms and few cuts")]
const fn label(part: usize) -> u16 {
    part as u16 + 1
}

/// Cuts a part, and gives the higher half its new name.
fn bisect_room(
    parts: &mut CellParts,
    cut: &RoomCut,
    tables: &mut FloodTables,
    buffers: &mut BisectionBuffers,
) {
    let set = parts.spans(cut.part);
    let count = area(&set);
    if count < 2 {
        return;
    }
    let width = parts.shape.width;
    for table in [&mut tables.first, &mut tables.second] {
        table.cover(&set, width);
    }
    let [low, high] = seeds(parts, cut, &set, tables);
    let keep = count - count / 2;
    let direction = direction(parts.shape, &low, &high);
    if !bisect_straight(parts, cut, &set, direction, [&low, &high], buffers) {
        let part = (cut.part, &*set);
        parts.measure(part, &low, &mut tables.first, &mut tables.queue);
        parts.measure(part, &high, &mut tables.second, &mut tables.queue);
        bisect_by_distance(parts, cut, &set, direction, tables, buffers);
    }
    // Seeds stay where they belong, unless the halves would stay unequal for it.
    balance(parts, cut, &set, keep, [&low, &high]);
    balance(parts, cut, &set, keep, [&[], &[]]);
}

/// Cuts along a straight line across the axis that the direction follows most, or else across the other. Says
/// whether the seeds stayed where they belong and the halves are about equal; if not, nothing is cut.
fn bisect_straight(
    parts: &mut CellParts,
    cut: &RoomCut,
    set: &[Span],
    (dx, dy): (i64, i64),
    [low, high]: [&[u32]; 2],
    buffers: &mut BisectionBuffers,
) -> bool {
    let axes = if dx.abs() >= dy.abs() { [(dx, 0), (0, dy)] } else { [(0, dy), (dx, 0)] };
    let count = area(set);
    for (dx, dy) in axes.into_iter().filter(|axis| *axis != (0, 0)) {
        let halves = bisect_once(set, &along((dx.signum(), dy.signum())), count - count / 2, buffers);
        parts.name(&halves.high, cut.new);
        let stay = |seeds: &[u32], part: u16| seeds.iter().all(|&cell| parts.at(cell) == part);
        if halves.missed <= count / STRAIGHT_FITS && stay(low, cut.part) && stay(high, cut.new) {
            return true;
        }
        parts.name(set, cut.part);
    }
    false
}

/// Cuts by f, the distance in the first table less that in the second; cells of one f are in order along the
/// direction, then as they are numbered.
fn bisect_by_distance(
    parts: &mut CellParts,
    cut: &RoomCut,
    set: &[Span],
    (dx, dy): (i64, i64),
    tables: &FloodTables,
    buffers: &mut BisectionBuffers,
) {
    /// Rank of the first cell of the level that is cut through: lower levels come before, higher ones after.
    const CUT_THROUGH: u32 = 1 << 31;
    let FloodTables { first, second, .. } = tables;
    let (shape, keep) = (parts.shape, area(set) - area(set) / 2);
    let known = cells(set, parts.shape).flat_map(|cell| [first[cell as usize], second[cell as usize]]);
    // A cell that one of the sets can't reach lies farther from it than all others.
    let beyond = known.filter(|&far| far != NO_CELL).max().unwrap_or(0) + 1;
    let level = |cell: u32| first[cell as usize].min(beyond) + beyond - second[cell as usize].min(beyond);
    let levels =
        |span: Span, ranks: &mut Vec<u32>| ranks.extend(span.cells(shape.width).map(narrow).map(level));
    buffers.ranks.replace(set, area(set), &levels);
    let through = buffers.ranks.select(keep);
    let ahead = |cell: u32| {
        let (x, y) = shape.place(cell);
        dx * x + dy * y
    };
    let least = cells(set, parts.shape).filter(|&cell| level(cell) == through).map(ahead).min().unwrap_or(0);
    let rank = |cell: u32| match level(cell).cmp(&through) {
        core::cmp::Ordering::Less => 0,
        core::cmp::Ordering::Equal => {
            CUT_THROUGH + u32::try_from(ahead(cell) - least).unwrap_or(u32::MAX).min(CUT_THROUGH - 2)
        }
        core::cmp::Ordering::Greater => u32::MAX,
    };
    let ranks =
        |span: Span, ranks: &mut Vec<u32>| ranks.extend(span.cells(shape.width).map(narrow).map(rank));
    let halves = bisect_once(set, &ranks, keep, buffers);
    parts.name(&halves.high, cut.new);
}

/// Moves single cells at the seam until the lower half has `keep` cells. Of the two lists of cells the first
/// stays in the lower half, the second in the higher one.
///
/// # Complexity
/// O(cells + moves · log moves).
fn balance(parts: &mut CellParts, cut: &RoomCut, set: &[Span], keep: u32, [low, high]: [&[u32]; 2]) {
    let own = narrow(cells(set, parts.shape).filter(|&cell| parts.at(cell) == cut.part).count());
    let (giver, taker, seeds) = if own > keep { (cut.part, cut.new, low) } else { (cut.new, cut.part, high) };
    let mut excess = own.abs_diff(keep);
    let mut moves = |parts: &mut CellParts, cell: u32| {
        let moves = excess > 0
            && parts.at(cell) == giver
            && parts.shape.around(cell).iter().any(|&near| parts.at(near) == taker)
            && seeds.binary_search(&cell).is_err()
            && stays_whole(ring(parts, cell, giver));
        if moves {
            parts.of[cell as usize] = taker;
            excess -= 1;
        }
        moves
    };
    // Cells are gone through in their order, round after round. Whether one moves follows from its neighbours, so after
    // the first round only those next to a cell that moved are looked at: in the same round if they come later.
    let mut now: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
    let mut next: Vec<u32> = Vec::new();
    for cell in cells(set, parts.shape) {
        if moves(parts, cell) {
            next.extend(next_to(parts.shape, cell).filter(|&near| near < cell));
        }
    }
    while !next.is_empty() {
        now.extend(next.drain(..).map(Reverse));
        let mut last = None;
        while let Some(Reverse(cell)) = now.pop() {
            if last.replace(cell) != Some(cell) && moves(parts, cell) {
                for near in next_to(parts.shape, cell) {
                    if near < cell { next.push(near) } else { now.push(Reverse(near)) }
                }
            }
        }
    }
}

/// The eight neighbours of a cell, where the grid has them.
fn next_to(shape: Shape, cell: u32) -> impl Iterator<Item = u32> {
    let (x, y) = shape.place(cell);
    RING.into_iter().filter_map(move |(dx, dy)| shape.cell(x + dx, y + dy).map(narrow))
}

/// The eight neighbours of a cell, around, beginning with an edge, and whether each belongs to the part.
fn ring(parts: &CellParts, cell: u32, part: u16) -> [bool; 8] {
    let (x, y) = parts.shape.place(cell);
    RING.map(|(dx, dy)| parts.shape.cell(x + dx, y + dy).is_some_and(|near| parts.of[near] == part))
}

/// From the middle of one set to that of another, in sixteenths of a cell.
fn direction(shape: Shape, from: &[u32], to: &[u32]) -> (i64, i64) {
    let middle = |cells: &[u32]| {
        let count = i64::from(narrow(cells.len())).max(1);
        let sum = cells.iter().map(|&cell| shape.place(cell)).fold((0, 0), |s, p| (s.0 + p.0, s.1 + p.1));
        (16 * sum.0 / count, 16 * sum.1 / count)
    };
    let (from, to) = (middle(from), middle(to));
    (to.0 - from.0, to.1 - from.1)
}

#[cfg(test)]
mod tests {
    use super::{CellParts, RoomCut, balance, ring, stays_whole};
    use crate::grid::{Shape, narrow};
    use crate::key::zoning::bisection::cells;
    use proptest::prelude::*;

    const CUT: RoomCut = RoomCut { part: 1, new: 2, takes: None, towards: (0, 0), dock: None };

    /// The slow, obvious twin: every round looks at every cell.
    fn balance_slowly(parts: &mut CellParts, keep: u32, [low, high]: [&[u32]; 2]) {
        let own = narrow(parts.of.iter().filter(|&&part| part == 1).count());
        let (giver, taker, seeds) = if own > keep { (1, 2, low) } else { (2, 1, high) };
        let mut excess = own.abs_diff(keep);
        let mut moved = true;
        while moved && excess > 0 {
            moved = false;
            for cell in 0..narrow(parts.of.len()) {
                let next = parts.shape.around(cell).iter().any(|&near| parts.at(near) == taker);
                let stays = || seeds.contains(&cell) || !stays_whole(ring(parts, cell, giver));
                if excess > 0 && parts.at(cell) == giver && next && !stays() {
                    parts.of[cell as usize] = taker;
                    excess -= 1;
                    moved = true;
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn halves_are_evened_out_as_by_looking_at_every_cell_in_every_round(
            width in 2..13_usize, of in prop::collection::vec(0..9_u16, 4..150), keep in 0..80_u32,
            seeds in prop::collection::btree_set(0..150_u32, 0..6), through in 0..12_usize,
        ) {
            let shape = Shape::of_rows(width, of.len());
            // Mostly two parts one over the other, so that a seam moves far.
            let part = |(cell, part): (usize, &u16)| match part {
                0 => 0,
                1 => 1,
                2 => 2,
                _ => if cell / width < through { 1 } else { 2 },
            };
            let of: Vec<u16> = of[..shape.len()].iter().enumerate().map(part).collect();
            let mut parts = CellParts { shape, of, portals: Vec::new() };
            let mut slow = CellParts { shape, of: parts.of.clone(), portals: Vec::new() };
            let set: Vec<_> = [1, 2].into_iter().flat_map(|part| parts.spans(part)).collect();
            let mut set = set;
            set.sort_unstable();
            prop_assert!(cells(&set, shape).is_sorted());
            let seeds: Vec<u32> = seeds.into_iter().collect();
            balance(&mut parts, &CUT, &set, keep, [&seeds, &seeds]);
            balance_slowly(&mut slow, keep, [&seeds, &seeds]);
            prop_assert_eq!(parts.of, slow.of);
        }
    }
}
