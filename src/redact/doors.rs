//! The graph of rooms: which two have a passage that the robot fits through.

use super::room_labels::RoomLabels;
use crate::grid::standable::standable;

/// Sorted neighbours of each room.
///
/// Two rooms have a door where the robot's disc can stand on either side of their border, over cells that
/// share an edge.
///
/// # Complexity
/// O(cells · radius).
pub(crate) fn doors(floor: &RoomLabels, rooms: usize, disc: &[u8]) -> Vec<Vec<usize>> {
    let width = floor.shape.width;
    let stand = standable(|cell| floor.labels[cell] != 0, floor.shape, disc);
    let mut doors = vec![Vec::new(); rooms];
    floor.runs.contacts(|a, b| {
        let (Some(one), Some(other)) = (a.label.checked_sub(1), b.label.checked_sub(1)) else { return };
        if one == other {
            return;
        }
        let (first, second) = (a.cells(width), b.cells(width));
        let passes = if a.span.y == b.span.y {
            stand[first.end - 1] && stand[second.start]
        } else {
            let (lower, upper) =
                (first.start - usize::from(a.span.start), second.start - usize::from(b.span.start));
            let mut columns =
                usize::from(a.span.start.max(b.span.start))..usize::from(a.span.end.min(b.span.end));
            columns.any(|x| stand[lower + x] && stand[upper + x])
        };
        if passes {
            join(&mut doors, usize::from(one), usize::from(other));
        }
    });
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
