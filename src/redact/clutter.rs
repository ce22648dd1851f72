//! What lies between and inside rooms: gaps given to rooms, clutter filled.

use crate::grid::Shape;
use crate::grid::components::Components;
use crate::home::GAP;

/// Gives gap cells to the nearest room along the floor; at equal distance to the room that was larger, and
/// between rooms of one size to none. `labels` holds 0 where there is no room, [`GAP`] in gaps, and i + 1 for
/// room i; no gap is left afterwards.
///
/// # Complexity
/// O(cells + gap cells · width of the widest gap).
pub(crate) fn fill_gaps(labels: &mut [u16], shape: Shape) {
    let mut frontier: Vec<usize> = (0..labels.len()).filter(|&cell| labels[cell] == GAP).collect();
    if frontier.is_empty() {
        return;
    }
    // Rooms are measured with the clutter in them: what stands in a room must not decide whose a doorway is.
    let mut filled: Vec<u16> = labels.iter().map(|&label| if label == GAP { 0 } else { label }).collect();
    let mut area = vec![0; usize::from(filled.iter().max().copied().unwrap_or(0)) + 1];
    for run in &fill_clutter(&mut filled, shape).runs {
        area[usize::from(run.label)] += run.len();
    }
    let is_room = |label: u16| label != 0 && label != GAP;
    let mut taken: Vec<(usize, u16)> = Vec::new();
    loop {
        for &cell in &frontier {
            // The largest room next to the cell, and whether two different ones are equally large.
            let mut best: Option<(u32, u16)> = None;
            let mut tie = false;
            for label in shape.neighbours(cell).map(|near| labels[near]).filter(|&label| is_room(label)) {
                let size = area[usize::from(label)];
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
    for cell in frontier {
        labels[cell] = 0;
    }
}

/// Fills what one room alone encloses: furniture, specks, whatever stands free in it. `labels` holds 0 where
/// there is no room. Gives the runs of the labels after that; of what was filled those of before, so that
/// runs of one label may touch.
///
/// # Complexity
/// O(cells).
pub(crate) fn fill_clutter(labels: &mut [u16], shape: Shape) -> Components {
    // 0: nothing seen yet; u16::MAX: two rooms, or the world outside.
    const SEVERAL: u16 = u16::MAX;
    let mut components = Components::of(labels, shape);
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
    for run in components.runs.iter_mut().filter(|run| run.label == 0) {
        let room = around[run.component as usize];
        if room != SEVERAL && !mutant!(ClutterKept) {
            run.label = room;
            labels[run.cells(shape.width)].fill(room);
        }
    }
    components
}
