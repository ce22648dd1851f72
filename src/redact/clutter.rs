//! What lies between and inside rooms: gaps given to rooms, clutter filled.

use crate::grid::components::Components;
use crate::grid::neighbours;
use crate::home::GAP;

/// Gives gap cells to the nearest room along the floor; at equal distance to the room that was larger, and between rooms of one size
/// to none. `entry` tells which room a label stands for, if it may take cells.
///
/// # Complexity
/// O(gap cells · width of the widest gap).
pub(crate) fn fill_gaps(labels: &mut [u16], width: usize, height: usize, entry: impl Fn(u16) -> Option<usize>) {
    let mut frontier: Vec<usize> = (0..labels.len()).filter(|&cell| labels[cell] == GAP).collect();
    if frontier.is_empty() {
        return;
    }
    let mut area: Vec<u32> = Vec::new();
    for room in labels.iter().filter_map(|&label| entry(label)) {
        if room >= area.len() {
            area.resize(room + 1, 0);
        }
        area[room] += 1;
    }
    let mut taken: Vec<(usize, u16)> = Vec::new();
    loop {
        for &cell in &frontier {
            // The largest room next to the cell, and whether two different ones are equally large.
            let mut best: Option<(u32, u16)> = None;
            let mut tie = false;
            for label in neighbours(cell, width, height).map(|near| labels[near]) {
                let Some(size) = entry(label).map(|room| area[room]) else { continue };
                match best {
                    Some((_, other)) if other == label => {}
                    Some((most, _)) if most == size => tie = true,
                    Some((most, _)) if most > size => {}
                    _ => (best, tie) = (Some((size, label)), false),
                }
            }
            if let (Some((_, label)), false) = (best, tie) {
                taken.push((cell, label));
            }
        }
        if taken.is_empty() {
            break;
        }
        for (cell, label) in taken.drain(..) {
            labels[cell] = label;
        }
        frontier.retain(|&cell| labels[cell] == GAP);
    }
}

/// Fills what one room alone encloses: furniture, specks, whatever stands free in it. `labels` holds 0 where there is no room.
///
/// # Complexity
/// O(cells).
pub(crate) fn fill_clutter(labels: &mut [u16], width: usize) {
    let components = Components::of(labels, width);
    // 0: nothing seen yet; u16::MAX: two rooms, or the world outside.
    const SEVERAL: u16 = u16::MAX;
    let mut around: Vec<u16> = components
        .list
        .iter()
        .map(|component| if component.label != 0 || component.at_edge { SEVERAL } else { 0 })
        .collect();
    components.contacts(|a, b| {
        for (hole, room) in [(a, b), (b, a)] {
            if hole.label == 0 && room.label != 0 {
                let seen = &mut around[hole.component as usize];
                *seen = if *seen == 0 || *seen == room.label { room.label } else { SEVERAL };
            }
        }
    });
    for run in components.runs.iter().filter(|run| run.label == 0) {
        let room = around[run.component as usize];
        if room != SEVERAL {
            labels[run.cells(width)].fill(room);
        }
    }
}
