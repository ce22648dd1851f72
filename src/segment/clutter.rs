//! What stands free in a room is furniture, and no wall.

use super::params::Lengths;
use super::view::View;
use crate::grid::Cell;
use crate::grid::components::Components;

/// A hole in the floor.
#[derive(Clone, Copy, Debug)]
struct Hole {
    /// Leftmost and rightmost column, lowest and uppermost row.
    bounds: [u16; 4],
    occupied: u32,
}

/// The floor with its clutter filled: whether a cell is free, or belongs to a hole in the free floor that is furniture.
///
/// # Complexity
/// O(cells) time, three bytes a cell.
pub(super) fn floor(view: &View, lengths: &Lengths) -> Vec<bool> {
    let labels: Vec<u16> = view.cells.iter().map(|&cell| u16::from(cell == Cell::Free)).collect();
    let mut floor: Vec<bool> = labels.iter().map(|&label| label != 0).collect();
    let components = Components::of(&labels, view.width);
    let fits = |area: u32| f64::from(area) <= lengths.clutter_cells;
    let is_hole = |component: u32| {
        let hole = components.list[component as usize];
        hole.label == 0 && !hole.at_edge && fits(hole.area)
    };
    let mut holes = vec![Hole { bounds: [u16::MAX, 0, u16::MAX, 0], occupied: 0 }; components.list.len()];
    for run in components.runs.iter().filter(|run| is_hole(run.component)) {
        let hole = &mut holes[run.component as usize];
        let [left, right, low, high] = hole.bounds;
        hole.bounds = [left.min(run.start), right.max(run.end - 1), low.min(run.y), high.max(run.y)];
        for &cell in &view.cells[run.cells(view.width)] {
            hole.occupied += u32::from(cell == Cell::Occupied);
        }
    }
    for run in components.runs.iter().filter(|run| is_hole(run.component)) {
        let (hole, area) = (holes[run.component as usize], components.list[run.component as usize].area);
        if is_clutter(hole, area, lengths) {
            floor[run.cells(view.width)].fill(true);
        }
    }
    floor
}

/// A hole of the floor is furniture unless it is too long, or long and thin as walls are, or of unknown cells alone, as the slits
/// between the rays of a laser.
fn is_clutter(hole: Hole, area: u32, lengths: &Lengths) -> bool {
    let [left, right, low, high] = hole.bounds;
    let long = f64::from((right - left).max(high - low)) + 1.0;
    let area = f64::from(area);
    let wall = f64::from(hole.occupied) > 0.2 * area && long >= lengths.wall_long && area <= long * lengths.wall_thick;
    let seen = lengths.seen <= 0.0 || hole.occupied > 0 || area <= lengths.speck_cells;
    long <= lengths.clutter_long && !wall && seen
}
