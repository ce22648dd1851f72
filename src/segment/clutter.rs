//! What stands free in a room is furniture, not wall.
//!
//! A table among its chairs would otherwise be a wall with doorways left and right of it. So holes in the free
//! cells are filled, before anything is measured, unless they are large, or long and thin and occupied as
//! pieces of wall are.

use super::scale::{Scale, WALL_LENGTH_M, WALL_THICKNESS_M};
use super::view::View;
use crate::grid::Cell;
use crate::grid::components::Components;

/// A hole in the free cells.
#[derive(Clone, Copy, Debug)]
struct Hole {
    area: u32,
    occupied: u32,
    left: u16,
    right: u16,
    low: u16,
    high: u16,
}

/// The free cells with clutter filled: whether a cell is free, or belongs to a hole that is furniture.
///
/// # Complexity
/// O(cells) time, three bytes a cell.
pub(super) fn floor(view: &View, scale: &Scale) -> Vec<bool> {
    let labels: Vec<u16> = view.cells.iter().map(|&cell| u16::from(cell == Cell::Free)).collect();
    let mut floor: Vec<bool> = labels.iter().map(|&label| label != 0).collect();
    let components = Components::of(&labels, view.shape);
    let mut holes: Vec<Option<Hole>> = components
        .list
        .iter()
        .map(|part| {
            (part.label == 0 && !part.at_edge && f64::from(part.area) <= scale.area(scale.params.clutter_m2))
                .then_some(Hole {
                    area: part.area,
                    occupied: 0,
                    left: u16::MAX,
                    right: 0,
                    low: u16::MAX,
                    high: 0,
                })
        })
        .collect();
    for run in &components.runs {
        if let Some(hole) = &mut holes[run.component as usize] {
            hole.left = hole.left.min(run.span.start);
            hole.right = hole.right.max(run.span.end - 1);
            hole.low = hole.low.min(run.span.y);
            hole.high = hole.high.max(run.span.y);
            for &cell in &view.cells[run.cells(view.shape.width)] {
                hole.occupied += u32::from(cell == Cell::Occupied);
            }
        }
    }
    for run in &components.runs {
        if holes[run.component as usize].is_some_and(|hole| hole.is_clutter(scale)) {
            floor[run.cells(view.shape.width)].fill(true);
        }
    }
    floor
}

impl Hole {
    fn is_clutter(self, scale: &Scale) -> bool {
        let long = f64::from((self.right - self.left).max(self.high - self.low)) + 1.0;
        let area = f64::from(self.area);
        // Furniture that was walked around has an unknown inside; a line of unknown cells is the robot's own
        // drawing.
        let solid = 5 * u64::from(self.occupied) > u64::from(self.area);
        let wall =
            solid && long >= scale.cells(WALL_LENGTH_M) && area <= long * scale.cells(WALL_THICKNESS_M);
        long <= scale.cells(scale.params.clutter_m) && !wall
    }
}
