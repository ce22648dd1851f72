//! The zone of every cell that the robot sweeps, and the pieces that a zone falls into.
//!
//! Coverage is over T, the swept cells less the redacted ones. A cell of T takes the zone of its part. Floor
//! without a part, and specks of a zone that furniture or a keep-out splits off, go to the zone nearest along
//! T; what can only be come to through a redacted room, to the zone nearest on that way. A zone whose rooms
//! hang together through a redacted room alone keeps its pieces.

use crate::grid::components::Components;
use crate::grid::{Shape, Span};
use crate::key::reach::poses::Reach;
use crate::key::zoning::halves::NO_PART;
use crate::redact::RedactedCells;

/// Zone of a cell outside T.
pub(in crate::key) const OUTSIDE: u8 = u8::MAX;

/// Zone of a cell of T that has none yet.
pub(in crate::key) const UNSET: u8 = u8::MAX - 1;

/// A piece of a zone this many times smaller than the zone is a speck.
const SPECK: u32 = 8;

/// A connected piece of a zone.
pub(in crate::key) struct Piece {
    pub(in crate::key) zone: u8,
    pub(in crate::key) set: Vec<Span>,
}

/// The zone of each cell of T, by its part; [`UNSET`] where it has none.
pub(in crate::key) fn of_parts(
    reach: &Reach,
    redacted: &RedactedCells,
    part: &[u16],
    zone_of: &[u8],
    count: usize,
) -> Vec<u8> {
    part.iter()
        .zip(&reach.coverage)
        .zip(&redacted.cells)
        .map(|((&part, &swept), &redacted)| {
            if !swept || redacted {
                return OUTSIDE;
            }
            let zone = if part == NO_PART { None } else { zone_of.get(usize::from(part) - 1) };
            zone.copied().filter(|&zone| usize::from(zone) < count).unwrap_or(UNSET)
        })
        .collect()
}

/// The pieces of all zones, by zone, then by first cell, once every cell has one. `halved` names the zones
/// that a room was cut for.
///
/// # Complexity
/// O(cells).
pub(in crate::key) fn settle(
    shape: Shape,
    sweep: &[bool],
    mut zones: Vec<u8>,
    count: usize,
    halved: &[u8],
) -> Vec<Piece> {
    give_specks(shape, &mut zones, count, halved);
    spread_zones(shape, &mut zones);
    spread_through_redacted(shape, sweep, &mut zones);

    let all = components(shape, &zones);
    let mut place: Vec<Option<usize>> = vec![None; all.list.len()];
    let mut pieces: Vec<Piece> = Vec::new();
    for (place, component) in place.iter_mut().zip(&all.list) {
        if let Some(zone) = zone_of_label(component.label) {
            *place = Some(pieces.len());
            pieces.push(Piece { zone, set: Vec::new() });
        }
    }
    for run in &all.runs {
        if let Some(place) = place[run.component as usize] {
            pieces[place].set.push(Span { y: run.span.y, start: run.span.start, end: run.span.end });
        }
    }
    pieces.sort_by_key(|piece| piece.zone);
    pieces
}

/// The components of equal zones, which are labelled by their number and one.
fn components(shape: Shape, zones: &[u8]) -> Components {
    let labels: Vec<u16> =
        zones.iter().map(|&zone| if zone >= UNSET { 0 } else { u16::from(zone) + 1 }).collect();
    Components::of(&labels, shape.width)
}

fn zone_of_label(label: u16) -> Option<u8> {
    u8::try_from(label).ok()?.checked_sub(1)
}

/// Unsets the specks of a zone that touch the largest piece of another one, and so all stray pieces of a zone
/// that a room was cut for: a door may have come to lie on the wrong side of the cut.
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
    all.contacts(|a, b| {
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

/// Gives the cells without a zone to the zone nearest along T, the lower of two equally near.
fn spread_zones(shape: Shape, zones: &mut [u8]) {
    let mut queue = frontier(shape, zones, |zones, near| zones[near] == UNSET);
    shape.flood(&mut queue, |from, to| {
        let enter = zones[to] == UNSET;
        if enter {
            zones[to] = zones[from];
        }
        enter
    });
}

/// Gives what is left to the zone nearest along S.
fn spread_through_redacted(shape: Shape, sweep: &[bool], zones: &mut [u8]) {
    if !zones.contains(&UNSET) {
        return;
    }
    let mut through = zones.to_vec();
    let mut queue = frontier(shape, zones, |zones, near| zones[near] >= UNSET && sweep[near]);
    shape.flood(&mut queue, |from, to| {
        let enter = through[to] >= UNSET && sweep[to];
        if enter {
            through[to] = through[from];
        }
        enter
    });
    for (zone, &through) in zones.iter_mut().zip(&through) {
        if *zone == UNSET {
            *zone = through;
        }
    }
}

/// The cells with a zone beside one to be entered, by zone, then by number.
fn frontier(shape: Shape, zones: &[u8], open: impl Fn(&[u8], usize) -> bool) -> Vec<u32> {
    let mut cells: Vec<u32> = (0..)
        .zip(zones)
        .filter(|(_, zone)| **zone < UNSET)
        .map(|(cell, _)| cell)
        .filter(|&cell| {
            shape.around(cell).iter().any(|&near| (near as usize) < zones.len() && open(zones, near as usize))
        })
        .collect();
    cells.sort_by_key(|&cell| zones[cell as usize]);
    cells
}
