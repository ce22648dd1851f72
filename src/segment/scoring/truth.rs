//! Rooms as a person would draw them, from rooms as a robot or a recipe names them.

use crate::grid::{Cell, DisjointSets, OccupancyGrid, Span, narrow};
use crate::home::Room;

use super::overlap::{paint, real};

/// Makes one room of rooms that meet over more than `over_m` metres; it has the id and kind of the first of them.
///
/// The length of a border is √(h² + v²), with h and v the number of cell edges of either direction along it:
/// exact for a straight line along the grid or at 45° to it, and within 8 % for others.
///
/// # Complexity
/// O(cells + rooms²) time, 4 bytes a cell.
#[must_use]
pub fn join_wide(grid: &OccupancyGrid, rooms: &[Room], over_m: f64) -> Vec<Room> {
    let width = grid.width() as usize;
    let labels = paint(grid, rooms);
    let side = rooms.len() + 1;
    let mut edges = vec![[0.0_f64; 2]; side * side];
    for (cell, &own) in labels.iter().enumerate() {
        let right = (cell % width + 1 < width).then_some(cell + 1);
        for (direction, next) in [right, Some(cell + width)].into_iter().enumerate() {
            let other = next.and_then(|next| labels.get(next)).copied().unwrap_or(0);
            if own != 0 && other != 0 && own != other {
                edges[own.min(other) as usize * side + own.max(other) as usize][direction] += 1.0;
            }
        }
    }
    let mut joined = DisjointSets::new(narrow(side));
    for a in 1..side {
        for b in a + 1..side {
            let [h, v] = edges[a * side + b];
            if (h * h + v * v).sqrt() * grid.resolution_m() > over_m {
                joined.union(narrow(a), narrow(b));
            }
        }
    }
    let mut runs: Vec<Vec<Span>> = vec![Vec::new(); side];
    for (number, room) in (1..).zip(rooms) {
        runs[joined.find(number) as usize].extend(&room.runs);
    }
    (1..side)
        .filter(|&room| joined.is_root(narrow(room)))
        .map(|room| Room::new(rooms[room - 1].id, rooms[room - 1].kind, core::mem::take(&mut runs[room])))
        .collect()
}

/// The share of a room's outline that has an occupied cell at most `depth_m` metres behind it, of 1; 0 for a
/// room without an outline. Where the floor goes on into another room is no outline.
///
/// # Complexity
/// O(cells + edges of the outline · depth) time, 4 bytes a cell.
#[must_use]
pub fn walled_share(grid: &OccupancyGrid, room: &Room, depth_m: f64) -> f64 {
    let labels = paint(grid, core::slice::from_ref(room));
    let width = grid.width() as usize;
    let (mut walls, mut gaps) = (0, 0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let depth = (depth_m / grid.resolution_m()).round() as usize;
    for cell in (0..labels.len()).filter(|&cell| labels[cell] != 0) {
        let (x, y) = (cell % width, cell / width);
        // Steps to the left, right, below and above, and the cells that lie there.
        let sides = [
            (1, x, true),
            (1, width - 1 - x, false),
            (width, y, true),
            (width, labels.len() / width - 1 - y, false),
        ];
        for (step, room_for, back) in sides {
            let beyond = (1..=depth.min(room_for))
                .map(|steps| grid.cells()[if back { cell - steps * step } else { cell + steps * step }]);
            let mut beyond = beyond.peekable();
            if beyond.peek() == Some(&Cell::Free) {
                continue;
            }
            if beyond.take_while(|&next| next != Cell::Free).any(|next| next == Cell::Occupied) {
                walls += 1;
            } else {
                gaps += 1;
            }
        }
    }
    if walls + gaps == 0 { 0.0 } else { real(walls) / real(walls + gaps) }
}
