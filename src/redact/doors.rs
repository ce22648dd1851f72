//! The graph of rooms: which two have a passage that the robot fits through.

use crate::grid::standable::standable;

/// Sorted neighbours of each room. Labels are 0 for none and i + 1 for room i.
///
/// Two rooms have a door where the robot's disc can stand on either side of their border, over cells that share an edge.
///
/// # Complexity
/// O(cells · radius).
pub(crate) fn doors(labels: &[u16], width: usize, height: usize, rooms: usize, disc: &[u8]) -> Vec<Vec<usize>> {
    let stand = standable(|cell| labels[cell] != 0, width, height, disc);
    let mut doors = vec![Vec::new(); rooms];
    let mut meet = |a: usize, b: usize| {
        if labels[a] != labels[b] && stand[a] && stand[b] {
            join(&mut doors, usize::from(labels[a]) - 1, usize::from(labels[b]) - 1);
        }
    };
    for y in 0..height {
        for cell in y * width..(y + 1) * width - 1 {
            meet(cell, cell + 1);
        }
        if y > 0 {
            for cell in y * width..(y + 1) * width {
                meet(cell - width, cell);
            }
        }
    }
    doors
}

/// Adds a door between two rooms, once.
pub(crate) fn join(doors: &mut [Vec<usize>], a: usize, b: usize) {
    for (from, to) in [(a, b), (b, a)] {
        if let Err(place) = doors[from].binary_search(&to) {
            doors[from].insert(place, to);
        }
    }
}

/// The rooms reached from a start over rooms that `pass` lets through, the start included, in the order met.
pub(crate) fn reached(doors: &[Vec<usize>], start: usize, pass: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut seen = vec![false; doors.len()];
    seen[start] = true;
    let mut order = vec![start];
    let mut next = 0;
    while next < order.len() {
        for &room in &doors[order[next]] {
            if !seen[room] && pass(room) {
                seen[room] = true;
                order.push(room);
            }
        }
        next += 1;
    }
    order
}
