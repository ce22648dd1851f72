//! The graph of rooms: which two have a passage that the robot fits through.

use super::room_graph::RoomGraph;
use super::room_labels::RoomLabels;
use crate::grid::standable::standable;

/// The rooms with the doors between them.
///
/// Two rooms have a door where the robot's disc can stand on either side of their border, over cells that
/// share an edge.
///
/// # Complexity
/// O(cells · radius).
pub(crate) fn doors(floor: &RoomLabels, rooms: usize, disc: &[u8]) -> RoomGraph {
    let width = floor.shape.width;
    let stand = standable(|cell| floor.labels[cell] != 0, floor.shape, disc);
    RoomGraph::of(rooms, |join| {
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
                join(one, other);
            }
        });
    })
}
