//! The zone of every cell of the floor of zones, and the pieces that a zone falls into.
//!
//! It takes the parts of rooms with their zones and the floor of zones ([`floor`](super::floor)), and gives the pieces
//! of every zone. A cell takes the zone of its part. Cells without a part, and specks of a zone that furniture splits
//! off, go to the zone nearest along the floor of zones; cells that only a redacted room leads to, to the zone nearest
//! along the coverage. A zone whose rooms hang together through a redacted room alone keeps its pieces.

use alloc::vec::Vec;

use crate::grid::components::{Component, Components};
use crate::grid::{BitGrid, Shape, Span, by_rank};
use crate::key::zoning::parts::NO_PART;

/// Zone of a cell outside the floor of zones.
pub(in crate::key) const OUTSIDE: u8 = u8::MAX;

/// Zone of a cell of the floor that has none yet.
pub(in crate::key) const UNSET: u8 = u8::MAX - 1;

/// A piece of a zone this many times smaller than the zone is a speck: too little to be worth patches of its own.
const SPECK: u32 = 8;

/// A connected piece of a zone.
pub(in crate::key) struct ZonePiece {
    pub(in crate::key) zone: u8,
    pub(in crate::key) set: Vec<Span>,
}

/// The zone of each cell of the floor, by its part; [`UNSET`] where it has none.
pub(in crate::key) fn of_parts(floor: &BitGrid, part: &[u16], zone_of: &[u8], count: usize) -> Vec<u8> {
    let mut zones = vec![OUTSIDE; part.len()];
    floor.each(|cell| {
        let zone = if part[cell] == NO_PART { None } else { zone_of.get(usize::from(part[cell]) - 1) };
        zones[cell] = zone.copied().filter(|&zone| usize::from(zone) < count).unwrap_or(UNSET);
    });
    zones
}

/// The pieces of all zones, by zone, then by first cell, once every cell has one. `halved` names the zones
/// that a room was cut for. The core is shared out as if there were nothing else; then each other cell takes its own
/// zone where that is next to it, else the nearest.
///
/// # Complexity
/// O(cells).
pub(in crate::key) fn settle(
    shape: Shape,
    coverage: &BitGrid,
    core: &BitGrid,
    mut zones: Vec<u8>,
    count: usize,
    halved: &[u8],
) -> Vec<ZonePiece> {
    let own: Vec<u8> = zones.clone();
    let mut rest = BitGrid::of(shape.width, &zones, |&zone| zone != OUTSIDE);
    rest.remove(core);
    rest.each(|cell| zones[cell] = OUTSIDE);
    give_specks(shape, &mut zones, count, halved);
    let mut unset = BitGrid::of(shape.width, &zones, |&zone| zone == UNSET);
    spread(shape, &mut zones, &mut unset, &|_, _| true);
    if !unset.is_empty() {
        // Through redacted rooms, which stay outside.
        let mut through = zones.clone();
        let mut open = BitGrid::of(shape.width, &zones, |&zone| zone >= UNSET).and(coverage);
        spread(shape, &mut through, &mut open, &|_, _| true);
        unset.each(|cell| zones[cell] = through[cell]);
    }
    for same in [true, false] {
        spread(shape, &mut zones, &mut rest, &|from, cell| !same || own[cell] == from);
    }
    let all = components(shape, &zones);
    let piece = |zone| ZonePiece { zone, set: Vec::new() };
    let zone_of = |component: &Component| zone_of_label(component.label).unwrap_or(OUTSIDE);
    let mut pieces: Vec<ZonePiece> = all.list.iter().map(zone_of).map(piece).collect();
    for run in all.runs.iter().filter(|run| run.label != 0) {
        pieces[run.component as usize].set.push(run.span);
    }
    let mut in_order = Vec::new();
    for zone in 0..count {
        in_order.extend(pieces.extract_if(.., |piece| usize::from(piece.zone) == zone));
    }
    in_order
}

/// The components of equal zones, which are labelled by their number and one.
fn components(shape: Shape, zones: &[u8]) -> Components {
    Components::of_runs(shape, |y, add| {
        let mut start = 0;
        for same in zones[shape.row(y)].chunk_by(PartialEq::eq) {
            let end = start + same.len();
            add(start..end, if same[0] >= UNSET { 0 } else { u16::from(same[0]) + 1 });
            start = end;
        }
    })
}

fn zone_of_label(label: u16) -> Option<u8> {
    u8::try_from(label).ok()?.checked_sub(1)
}

/// Unsets the specks of a zone that touch the largest piece of another one, and likewise all smaller pieces of a
/// zone that a room was cut for: a door may lie on the wrong side of the cut.
fn give_specks(shape: Shape, zones: &mut [u8], count: usize, halved: &[u8]) {
    let all = components(shape, zones);
    let mut total = vec![0_u32; count + 1];
    let mut main: Vec<Option<usize>> = vec![None; count + 1];
    for (number, component) in all.list.iter().enumerate() {
        let label = usize::from(component.label);
        total[label] += component.area;
        if main[label].is_none_or(|main: usize| component.area > all.list[main].area) {
            main[label] = Some(number);
        }
    }
    let is_main = |number: usize| main[usize::from(all.list[number].label)] == Some(number);
    let mut touches = vec![false; all.list.len()];
    all.contacts(&mut |a, b| {
        let (a, b) = (a.component as usize, b.component as usize);
        if all.list[a].label != all.list[b].label && all.list[a].label != 0 && all.list[b].label != 0 {
            touches[a] |= is_main(b);
            touches[b] |= is_main(a);
        }
    });
    for run in all.runs.iter().filter(|run| run.label != 0) {
        let number = run.component as usize;
        let small = all.list[number].area.saturating_mul(SPECK) < total[usize::from(run.label)];
        let cut_off = zone_of_label(run.label).is_some_and(|zone| halved.contains(&zone));
        if (small || cut_off) && touches[number] && !is_main(number) {
            zones[run.cells(shape.width)].fill(UNSET);
        }
    }
}

/// Gives cells that are open to the zone nearest along them, the lower of two equally near, and takes them out of the
/// open ones. A cell may be open to some zones alone: `takes` gets the zone that comes, and the cell.
fn spread(shape: Shape, zones: &mut [u8], open: &mut BitGrid, takes: &dyn Fn(u8, usize) -> bool) {
    if open.is_empty() {
        return;
    }
    let mut queue = BitGrid::of(shape.width, zones, |&zone| zone < UNSET).next_to(open).cells();
    let enters = |open: &BitGrid, zone: u8, to: usize| open.has(to) && takes(zone, to);
    queue
        .retain(|&cell| shape.neighbours(cell as usize).any(|near| enters(open, zones[cell as usize], near)));
    by_rank(&mut queue, |cell| zones[cell].into());
    shape.flood(&mut queue, |from, to| {
        let enter = enters(open, zones[from], to);
        if enter {
            open.take(to);
            zones[to] = zones[from];
        }
        enter
    });
}
