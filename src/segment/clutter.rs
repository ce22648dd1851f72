//! What stands free in a room is furniture, not wall.
//!
//! A table among its chairs would otherwise be a wall with doorways left and right of it. So holes in the free
//! cells are filled, before anything is measured, unless they are large, or long and thin and occupied as
//! pieces of wall are.

use alloc::vec::Vec;

use super::scale::{CLUTTER_M, CLUTTER_M2, Scale, WALL_LENGTH_M, WALL_THICKNESS_M};
use super::view::View;
use crate::grid::components::Components;
use crate::grid::{Cell, narrow};

/// The free cells with clutter filled: whether a cell is free, or belongs to a hole that is furniture.
///
/// # Complexity
/// O(cells) time, three bytes a cell.
pub(super) fn floor(view: &View, scale: Scale) -> Vec<bool> {
    let labels: Vec<u16> = view.cells.iter().map(|&cell| u16::from(cell == Cell::Free)).collect();
    let mut floor: Vec<bool> = labels.iter().map(|&label| label != 0).collect();
    let components = Components::of(&labels, view.shape);
    // How many cells of each hole are occupied.
    let mut occupied = vec![0_u32; components.list.len()];
    for run in components.runs.iter().filter(|run| run.label == 0) {
        let cells = view.cells[run.cells(view.shape.width)].iter();
        occupied[run.component as usize] += narrow(cells.filter(|&&cell| cell == Cell::Occupied).count());
    }
    let parts = components.list.iter().zip(components.bounds()).zip(occupied);
    let is_clutter: Vec<bool> = parts
        .map(|((part, bounds), occupied)| {
            let (area, long) = (f64::from(part.area), f64::from(bounds.longer_side()));
            // Furniture that was walked around has an unknown inside; a line of unknown cells is the robot's own
            // drawing.
            let solid = 5 * u64::from(occupied) > u64::from(part.area);
            let thick = scale.cells(WALL_THICKNESS_M);
            let wall = solid && long >= scale.cells(WALL_LENGTH_M) && area <= long * thick;
            let hole = part.label == 0 && !part.at_edge && area <= scale.area(CLUTTER_M2);
            hole && long <= scale.cells(CLUTTER_M) && !wall
        })
        .collect();
    for run in components.runs.iter().filter(|run| is_clutter[run.component as usize]) {
        floor[run.cells(view.shape.width)].fill(true);
    }
    floor
}
