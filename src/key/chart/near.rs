//! The patch nearest to each cell, and the cell that each patch is lifted to.
//!
//! Every cell of the crop gets a patch: its own, or the one nearest along the floor (a cell of a redacted room the
//! patch outside its door), or, for walls and the unknown, the nearest of those.
//!
//! Every patch gets an *anchor pose*. Mostly the chart has found one inside it. A patch that the robot sweeps but
//! cannot stand in gets the nearest reachable pose outside. A patch that it cannot get to today, behind a chair or a
//! virtual wall, gets the nearest pose of its own zone; if the robot reaches none of the zone, it gets no pose.

use alloc::vec::Vec;

use crate::grid::on_cells::CellNumbers;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, by_rank, narrow};
use crate::key::chart::{NO_PATCH, Patch};
use crate::key::reach::poses::Reach;
use crate::redact::RedactedCells;

/// The nearest patch of every cell: along free cells first, then over all others. Of equally near ones the lowest.
pub(in crate::key) fn nearest_patches(shape: Shape, cells: &[Cell], mut near: Vec<u16>) -> Vec<u16> {
    let free = BitGrid::of(shape.width, cells, |&cell| cell == Cell::Free);
    for mut rest in [free, BitGrid::all(shape)] {
        let known = BitGrid::of(shape.width, &near, |&patch| patch != NO_PATCH);
        rest.remove(&known);
        let mut queue = known.next_to(&rest).cells();
        by_rank(&mut queue, |cell| near[cell].into());
        shape.flood(&mut queue, |from, to| {
            let enter = rest.take(to);
            if enter {
                near[to] = near[from];
            }
            enter
        });
    }
    near
}

/// How far the search for an anchor pose goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Along the patch's own zone.
    Zone,
    /// Along the serviced floor.
    Serviced,
    /// Along the coverage, so through redacted rooms too.
    Coverage,
}

/// Finds anchor poses for the patches without one: the reachable pose outside redacted rooms that is nearest along
/// the patch's own zone, so that a lift stays in the zone it was asked for; where the zone leads to none, along the
/// serviced floor; where that does not either, along the coverage. Where nothing leads to one, the nearest of its zone.
pub(in crate::key) fn find_anchors(
    shape: Shape,
    reach: &Reach,
    redacted: &RedactedCells,
    patch_of: &[u16],
    patches: &mut [Patch],
) {
    let mut stands = reach.poses.clone();
    let is_redacted = redacted.to_set(shape.width);
    stands.remove(&is_redacted);
    for within in [Within::Zone, Within::Serviced, Within::Coverage] {
        let mut missing = patches.iter().filter(|patch| patch.anchor == NO_CELL).count();
        if missing == 0 {
            return;
        }
        // What the robot cannot sweep today is passed inside the zone alone: past a keep-out lies another place.
        let mut rest = match within {
            Within::Zone => {
                // A flood that begins in a zone stays in it.
                let lacks = patches.iter().filter(|patch| patch.anchor == NO_CELL);
                let mut zones: Vec<u8> = lacks.map(|patch| patch.zone).collect();
                zones.dedup();
                let asked: Vec<bool> = patches.iter().map(|patch| zones.contains(&patch.zone)).collect();
                BitGrid::of(shape.width, patch_of, |&patch| asked.get(usize::from(patch)) == Some(&true))
            }
            Within::Serviced | Within::Coverage => reach.coverage.clone(),
        };
        rest.remove(&stands);
        if within == Within::Serviced {
            rest.remove(&is_redacted);
        }
        // From within the poses the flood gets nowhere.
        let mut queue = stands.next_to(&rest).cells();
        let numbers = CellNumbers::of(&rest);
        let mut source: Vec<u32> = vec![NO_CELL; rest.count()];
        let mut open = rest.clone();
        shape.flood(&mut queue, |from, to| {
            if missing == 0 || !open.has(to) {
                return false;
            }
            let zone = |cell: usize| patches.get(usize::from(patch_of[cell])).map(|patch| patch.zone);
            if within == Within::Zone && zone(from) != zone(to) {
                return false;
            }
            open.take(to);
            let own = if rest.has(from) { source[numbers.number(&rest, from)] } else { narrow(from) };
            source[numbers.number(&rest, to)] = own;
            if let Some(patch) = patches.get_mut(usize::from(patch_of[to]))
                && patch.anchor == NO_CELL
            {
                patch.anchor = own;
                missing -= 1;
            }
            true
        });
    }
    anchor_in_zone(shape, reach, redacted, patch_of, patches);
}

/// Gives patches that the robot cannot get to the nearest pose of their zone, whatever lies between; of a zone that it
/// only sweeps from outside, the anchor pose of the nearest patch that has one.
fn anchor_in_zone(
    shape: Shape,
    reach: &Reach,
    redacted: &RedactedCells,
    patch_of: &[u16],
    patches: &mut [Patch],
) {
    let mut zones: Vec<u8> =
        patches.iter().filter(|patch| patch.anchor == NO_CELL).map(|patch| patch.zone).collect();
    zones.dedup();
    for zone in zones {
        let own =
            |cell: u32| patches.get(usize::from(patch_of[cell as usize])).filter(|patch| patch.zone == zone);
        let stands = |cell: u32| reach.poses.has(cell as usize) && !redacted.cells[cell as usize];
        let cells = 0..narrow(shape.len());
        let is_stood_in = cells.clone().any(|cell| stands(cell) && own(cell).is_some());
        let mut source: Vec<u32> = cells
            .clone()
            .map(|cell| match own(cell) {
                Some(_) if stands(cell) => cell,
                Some(patch) if !is_stood_in => patch.anchor,
                _ => NO_CELL,
            })
            .collect();
        let mut queue: Vec<u32> = cells.filter(|&cell| source[cell as usize] != NO_CELL).collect();
        let is_missing = |patch: &&Patch| patch.zone == zone && patch.anchor == NO_CELL;
        let mut missing = patches.iter().filter(is_missing).count();
        shape.flood(&mut queue, |from, to| {
            if missing == 0 || source[to] != NO_CELL {
                return false;
            }
            source[to] = source[from];
            if let Some(patch) = patches.get_mut(usize::from(patch_of[to]))
                && patch.zone == zone
                && patch.anchor == NO_CELL
            {
                patch.anchor = source[to];
                missing -= 1;
            }
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{BitGrid, NO_CELL, NO_PATCH, Patch, Reach, RedactedCells, Shape, find_anchors};
    use crate::grid::CellRect;

    /// The anchor pose of the patch `p`. `o`: a reachable pose; `.`: swept; `w`: swept, in a redacted room; `#`:
    /// neither; `q`: another patch of its zone, out of reach; `Q`: a reachable pose in that. Cells are numbered from
    /// the first row on.
    fn anchor_of(rows: &[&str]) -> u32 {
        let shape = Shape { width: rows[0].len(), height: rows.len() };
        let squares: Vec<char> = rows.iter().flat_map(|row| row.chars()).collect();
        let are = |wanted: &str| squares.iter().map(|square| wanted.contains(*square)).collect::<Vec<bool>>();
        let bits = |wanted: &str| BitGrid::of(shape.width, &are(wanted), |&cell| cell);
        let reach = Reach { poses: bits("oQ"), coverage: bits("o.wpQ") };
        let patch = |square: &char| match square {
            'p' => 0,
            'q' | 'Q' => 1,
            _ => NO_PATCH,
        };
        let patch_of: Vec<u16> = squares.iter().map(patch).collect();
        let rect = CellRect { x: 0, y: 0, width: 8, height: 8 };
        let patch = Patch { zone: 0, rect, anchor: NO_CELL };
        let mut patches = [patch.clone(), patch];
        find_anchors(shape, &reach, &RedactedCells { cells: are("w") }, &patch_of, &mut patches);
        patches[0].anchor
    }

    #[test]
    fn a_patch_is_lifted_to_what_is_nearest_along_the_floor_and_not_through_a_wall() {
        assert_eq!(anchor_of(&["o#p...o"]), 6);
        assert_eq!(anchor_of(&["o#pw..o"]), 6, "through a redacted room where nothing else leads out");
        assert_eq!(anchor_of(&["o#pwo#.", "##.####", "##....o"]), 20, "and only there");
        assert_eq!(anchor_of(&["o#p.#.o"]), NO_CELL);
        assert_eq!(anchor_of(&["..#pqq#Q"]), 7, "the nearest of its zone where nothing leads to one");
    }
}
