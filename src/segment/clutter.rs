//! What stands free in a room is furniture, not wall.
//!
//! A table among its chairs would otherwise be a wall with doorways left and right of it. So holes in the free
//! cells are filled, before rooms are told apart, unless they are large, or long and thin and occupied as
//! pieces of wall are, or doorways end at them.

use alloc::vec::Vec;

use super::scale::{
    CLUTTER_M, CLUTTER_M2, DOOR_WALL_M, INNER_WALL_M, LEAST_ROOM_M2, Scale, WALL_LENGTH_M, WALL_THICKNESS_M,
};
use super::view::View;
use crate::grid::components::Components;
use crate::grid::{BitGrid, DisjointSets, Shape, narrow};

/// The pieces of what is not free.
pub(super) struct Holes {
    components: Components,
    is_clutter: Vec<bool>,
    /// Clutter that may be what two walls between doorways leave.
    is_crossing: Vec<bool>,
    shape: Shape,
}

impl Holes {
    /// Tells the furniture of a map by the size of its pieces.
    ///
    /// # Complexity
    /// O(cells / 64 + runs · log runs) time, 16 bytes a run.
    pub(super) fn of(view: &View, scale: Scale) -> Self {
        let components = Components::of_sets(&[&view.free]);
        // How many cells of each hole are occupied.
        let mut occupied = vec![0_u32; components.list.len()];
        for run in components.runs.iter().filter(|run| run.label == 0) {
            occupied[run.component as usize] += view.occupied.count_in(run.cells(view.shape.width));
        }
        let parts = components.list.iter().zip(components.bounds()).zip(occupied);
        let kinds = parts.map(|((part, bounds), occupied)| {
            let (area, long) = (f64::from(part.area), f64::from(bounds.longer_side()));
            // Furniture that was walked around has an unknown inside; a line of unknown cells is the robot's own
            // drawing.
            let solid = 5 * u64::from(occupied) > u64::from(part.area);
            let thick = scale.cells(WALL_THICKNESS_M);
            let wall = solid && long >= scale.cells(WALL_LENGTH_M) && area <= long * thick;
            let hole = part.label == 0 && !part.at_edge && area <= scale.area(CLUTTER_M2);
            let is_clutter = hole && long <= scale.cells(CLUTTER_M) && !wall;
            // Two arms of a wall and no more.
            let both = f64::from(bounds.longer_side() + bounds.shorter_side());
            let is_arm =
                solid && 2.0 * long >= scale.cells(DOOR_WALL_M) && area <= both * scale.cells(INNER_WALL_M);
            (is_clutter, is_clutter && is_arm)
        });
        let (is_clutter, is_crossing) = kinds.unzip();
        Self { components, is_clutter, is_crossing, shape: view.shape }
    }

    /// The free cells.
    pub(super) fn bare_floor(&self, scale: Scale) -> BitGrid {
        self.floor(|_| false, scale)
    }

    /// What may be the crossing of two walls: its number and the columns and rows of its outermost cells to the left
    /// and right, below and above.
    pub(super) fn crossings(&self) -> Vec<(usize, [[i64; 2]; 4])> {
        let mut list: Vec<_> = (0..self.is_crossing.len())
            .filter(|&component| self.is_crossing[component])
            .map(|component| (component, None::<[[i64; 2]; 4]>))
            .collect();
        for run in self.components.runs.iter().filter(|run| self.is_crossing[run.component as usize]) {
            let found = list.binary_search_by_key(&(run.component as usize), |&(component, _)| component);
            let [y, first, end] = [run.span.y, run.span.start, run.span.end - 1].map(i64::from);
            if let Some((_, outermost)) = found.ok().and_then(|at| list.get_mut(at)) {
                let [left, right, _, high] =
                    outermost.get_or_insert([[first, y], [end, y], [first, y], [first, y]]);
                if first < left[0] {
                    *left = [first, y];
                }
                if end > right[0] {
                    *right = [end, y];
                }
                *high = [first, y];
            }
        }
        list.into_iter().filter_map(|(component, outermost)| Some((component, outermost?))).collect()
    }

    /// The free cells and the furniture but these pieces, in ascending order.
    pub(super) fn filled_floor(&self, kept: &[usize], scale: Scale) -> BitGrid {
        self.floor(|component| self.is_clutter[component] && kept.binary_search(&component).is_err(), scale)
    }

    /// The free cells and the pieces filled, without what is too small for a room, such as pockets in a piece of
    /// furniture.
    fn floor(&self, is_filled: impl Fn(usize) -> bool, scale: Scale) -> BitGrid {
        let parts = &self.components.list;
        let is_floor: Vec<bool> =
            parts.iter().enumerate().map(|(n, part)| part.label != 0 || is_filled(n)).collect();
        let mut sets = DisjointSets::new(narrow(parts.len()));
        self.components.contacts(|a, b| {
            if is_floor[a.component as usize] && is_floor[b.component as usize] {
                sets.union(a.component, b.component);
            }
        });
        let mut areas = vec![0_u32; parts.len()];
        for (part, number) in parts.iter().zip(0..) {
            areas[sets.find(number) as usize] += part.area;
        }
        let mut floor = BitGrid::none(self.shape);
        for run in self.components.runs.iter().filter(|run| is_floor[run.component as usize]) {
            if f64::from(areas[sets.find(run.component) as usize]) >= scale.area(LEAST_ROOM_M2) {
                floor.insert_all(run.cells(self.shape.width));
            }
        }
        floor
    }
}
