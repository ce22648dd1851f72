//! What stands free in a room is furniture, not wall.
//!
//! A table among its chairs would otherwise be a wall with doorways left and right of it. So holes in the free
//! cells are filled, before rooms are told apart, unless they are large, or long and thin and occupied as
//! pieces of wall are, or doorways end at them. What is thin is told by an erosion, which leaves nothing of a wall
//! however it slants and where it bends; a bend counts as a sixth thicker than the wall. Of a wall with furniture at it
//! the thin parts count, together.

use alloc::vec::Vec;
use core::f64::consts::FRAC_1_SQRT_2;

use super::scale::{
    CLUTTER_M, CLUTTER_M2, DOOR_WALL_M, LEAST_ROOM_M2, Scale, WALL_LENGTH_M, WALL_PART_M, WALL_PARTS_M,
    WALL_THICKNESS_M,
};
use super::view::View;
use crate::grid::components::{Components, Run};
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, DisjointSets, Shape, narrow};

/// The pieces of what is not free.
pub(super) struct Holes {
    components: Components,
    is_clutter: Vec<bool>,
    /// Clutter that may be what two walls between doorways leave, furniture at them included.
    is_crossing: Vec<bool>,
    shape: Shape,
}

/// What is measured of a hole, run by run.
#[derive(Clone, Copy)]
struct Inside {
    /// Number of cells that are occupied.
    occupied: u32,
    /// Somewhere it is thicker than a wall.
    is_thick: bool,
    /// The least of x + y and of x - y over its cells.
    low: [i32; 2],
    /// The most of both.
    high: [i32; 2],
}

impl Inside {
    const fn of_none() -> Self {
        Self { occupied: 0, is_thick: false, low: [i32::MAX; 2], high: [i32::MIN; 2] }
    }

    fn add(&mut self, run: &Run, view: &View, thick: &BitGrid) {
        let cells = run.cells(view.shape.width);
        self.is_thick = self.is_thick || thick.count_in(cells.clone()) > 0;
        self.occupied += view.occupied.count_in(cells);
        let [y, first, last] = [run.span.y, run.span.start, run.span.end - 1].map(i32::from);
        self.low = [self.low[0].min(first + y), self.low[1].min(first - y)];
        self.high = [self.high[0].max(last + y), self.high[1].max(last - y)];
    }

    /// The longer of its two extents at 45° to the grid, in cells.
    fn diagonal(&self) -> f64 {
        let steps = [0, 1].map(|axis| self.high[axis].saturating_sub(self.low[axis]));
        1.0 + f64::from(steps[0].max(steps[1])) * FRAC_1_SQRT_2
    }
}

impl Holes {
    /// Tells the furniture of a map by the size of its pieces.
    ///
    /// # Complexity
    /// O(cells · thickness of a wall / 64 + runs · log runs) time, 24 bytes a run.
    pub(super) fn of(view: &View, scale: Scale) -> Self {
        let components = Components::of_sets(&[&view.free]);
        // Where more than a wall's thickness is not free.
        let mut thick = BitGrid::all(view.shape);
        thick.remove(&view.free);
        let thick = thick.eroded(&disc_rows(scale.cells(WALL_THICKNESS_M / 2.0)));
        let mut inside = vec![Inside::of_none(); components.list.len()];
        for run in components.runs.iter().filter(|run| run.label == 0) {
            inside[run.component as usize].add(run, view, &thick);
        }
        let parts = components.list.iter().zip(components.bounds()).zip(inside);
        let kinds = parts.map(|((part, bounds), inside)| {
            let (area, long) = (f64::from(part.area), f64::from(bounds.longer_side()));
            // Furniture that was walked around has an unknown inside; a line of unknown cells is the robot's own
            // drawing.
            let solid = 5 * u64::from(inside.occupied) > u64::from(part.area);
            // A disc has whole cells; of a straight piece along the grid the area says more exactly how thick it is.
            let thin = !inside.is_thick || area <= long * scale.cells(WALL_THICKNESS_M);
            let wall = solid && thin && long.max(inside.diagonal()) >= scale.cells(WALL_LENGTH_M);
            let hole = part.label == 0 && !part.at_edge && area <= scale.area(CLUTTER_M2);
            let is_clutter = hole && long <= scale.cells(CLUTTER_M) && !wall;
            (is_clutter, is_clutter && solid && 2.0 * long >= scale.cells(DOOR_WALL_M))
        });
        let (is_clutter, is_crossing) = kinds.unzip();
        let mut holes = Self { components, is_clutter, is_crossing, shape: view.shape };
        holes.keep_walls_with_furniture(view, &thick, scale);
        holes
    }

    /// Takes for wall what has thin parts that are together as long as a piece of wall, whatever stands at them.
    fn keep_walls_with_furniture(&mut self, view: &View, thick: &BitGrid, scale: Scale) {
        if !self.is_crossing.contains(&true) {
            return;
        }
        // All but the thin parts.
        let mut rest = self.components.cells_where(self.shape, &|hole| !self.is_crossing[hole as usize]);
        rest.add(&thick.dilated(&disc_rows(scale.cells(WALL_THICKNESS_M / 2.0))));
        let parts = Components::of_sets(&[&rest]);
        let mut inside = vec![Inside::of_none(); parts.list.len()];
        let mut hole_of = vec![0; parts.list.len()];
        for run in parts.runs.iter().filter(|run| run.label == 0) {
            inside[run.component as usize].add(run, view, thick);
            hole_of[run.component as usize] = self.component_of(run);
        }
        let mut lengths = vec![0.0; self.components.list.len()];
        for (((part, bounds), inside), hole) in parts.list.iter().zip(parts.bounds()).zip(inside).zip(hole_of)
        {
            let long = f64::from(bounds.longer_side()).max(inside.diagonal());
            if part.label == 0 && long >= scale.cells(WALL_PART_M) {
                lengths[hole as usize] += long;
            }
        }
        for (hole, length) in lengths.into_iter().enumerate() {
            if length >= scale.cells(WALL_PARTS_M) {
                (self.is_clutter[hole], self.is_crossing[hole]) = (false, false);
            }
        }
    }

    /// The component that holds the cells of a run.
    fn component_of(&self, run: &Run) -> u32 {
        let runs = &self.components.runs;
        let place = |run: &Run| (run.span.y, run.span.start);
        let after = runs.partition_point(|other| place(other) <= place(run));
        runs[after.saturating_sub(1)].component
    }

    /// The free cells, without pieces too small for a room.
    pub(super) fn bare_floor(&self, scale: Scale) -> BitGrid {
        let parts = &self.components.list;
        self.components.cells_where(self.shape, &|component| {
            let part = parts[component as usize];
            part.label != 0 && f64::from(part.area) >= scale.area(LEAST_ROOM_M2)
        })
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

    /// The free cells and the furniture but these pieces, in ascending order, without what is too small for a room,
    /// such as pockets in a piece of furniture.
    pub(super) fn filled_floor(&self, kept: &[usize], scale: Scale) -> BitGrid {
        let is_filled =
            |component: usize| self.is_clutter[component] && kept.binary_search(&component).is_err();
        let parts = &self.components.list;
        let is_floor: Vec<bool> =
            parts.iter().enumerate().map(|(n, part)| part.label != 0 || is_filled(n)).collect();
        let mut sets = DisjointSets::new(narrow(parts.len()));
        self.components.contacts(&mut |a, b| {
            if is_floor[a.component as usize] && is_floor[b.component as usize] {
                sets.union(a.component, b.component);
            }
        });
        let mut areas = vec![0_u32; parts.len()];
        sets.flatten();
        for (part, number) in parts.iter().zip(0..) {
            areas[sets.root(number) as usize] += part.area;
        }
        self.components.cells_where(self.shape, &|component| {
            let whole = areas[sets.root(component) as usize];
            is_floor[component as usize] && f64::from(whole) >= scale.area(LEAST_ROOM_M2)
        })
    }
}
