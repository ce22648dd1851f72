//! Narrow strips of the unknown between known floor.
//!
//! No ray of a laser grazes a threshold, so a column of unknown cells can lie across a doorway that the robot drives
//! through every day, and part a home in two. Takes the cells of a map and the width up to which such a strip is taken
//! for floor. Gives it to the floor where it *parts* the home: where the robot can stand on both sides, in places half
//! as large as the smallest room at least, and only over the strip from one to the other. Strips elsewhere stay
//! unknown: they are the shadows of furniture.
//!
//! What a room alone encloses counts as floor here as it does later, so furniture neither makes nor closes a strip.

use alloc::vec::Vec;

use super::labels::{FIRST_ROOM, LOOSE};
use super::limits::LEAST_ROOM_M2;
use crate::grid::components::Components;
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Cell, Shape, Shift};

/// A map whose strips are to be closed.
pub(super) struct Strips<'a> {
    pub(super) shape: Shape,
    pub(super) resolution_m: f64,
    pub(super) radius_m: f64,
    pub(super) cells: &'a mut [Cell],
    /// [`LOOSE`] or a room's for free cells.
    pub(super) labels: &'a mut [u16],
}

impl Strips<'_> {
    /// Makes floor of the strips up to a width in metres that part the home.
    ///
    /// # Complexity
    /// O(cells) where there is no strip, O(cells · radius) elsewhere.
    pub(super) fn close(self, widest_m: f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200 cells")]
        let widest = libm::floor(widest_m / self.resolution_m + 1e-6) as usize;
        let shape = self.shape;
        let free = self.cells_that_are(Cell::Free);
        let mut strips = strips(&free, self.cells_that_are(Cell::Unknown), widest);
        if strips.is_empty() {
            return;
        }
        let mut floor = filled(free);
        strips.remove(&floor);
        if strips.is_empty() {
            return;
        }
        let disc = disc_rows(self.radius_m / self.resolution_m);
        let stand = floor.eroded(&disc);
        floor.add(&strips);
        let mut over = floor.eroded(&disc);
        drop(floor);
        over.remove(&stand);
        // 1: where the robot can stand; 2: where it can stand over a strip alone.
        let pieces = Components::of_sets(&[&stand, &over]);
        drop((stand, over));
        let side = (libm::sqrt(LEAST_ROOM_M2) - 2.0 * self.radius_m).max(0.0) / self.resolution_m;
        let least = side * side / 2.0;
        // For each strip the first place it leads to, and whether there is another.
        let mut leads: Vec<(Option<u32>, bool)> = vec![(None, false); pieces.list.len()];
        pieces.contacts(|a, b| {
            for (strip, place) in [(a, b), (b, a)] {
                let large = f64::from(pieces.list[place.component as usize].area) >= least;
                if strip.label == 2 && place.label == 1 && large {
                    let (first, parts) = &mut leads[strip.component as usize];
                    *parts |= *first.get_or_insert(place.component) != place.component;
                }
            }
        });
        if !leads.iter().any(|&(_, parts)| parts) {
            return;
        }
        let mut parting = BitGrid::none(shape);
        for run in pieces.runs.iter().filter(|run| leads[run.component as usize].1) {
            parting.insert_all(run.cells(shape.width));
        }
        drop(pieces);
        strips.keep(&parting.dilated(&disc), Shift::Up(0));
        let mut closed: Vec<(usize, u16)> = Vec::new();
        strips.each(|cell| closed.push((cell, self.label_across(cell, widest))));
        for (cell, label) in closed {
            self.cells[cell] = Cell::Free;
            self.labels[cell] = label;
        }
    }

    fn cells_that_are(&self, what: Cell) -> BitGrid {
        BitGrid::of(self.shape.width, self.cells, |&cell| cell == what)
    }

    /// The label of a strip's cell: that of the one room on both sides of it, or none. Walls end what lies across.
    fn label_across(&self, cell: usize, widest: usize) -> u16 {
        let (x, y) = self.shape.place(crate::grid::narrow(cell));
        let end = |(dx, dy): (i64, i64)| {
            let mut ahead =
                (1..).take(widest).map_while(|step| self.shape.cell(x + step * dx, y + step * dy));
            let known = ahead.find(|&near| self.cells[near] != Cell::Unknown)?;
            (self.cells[known] == Cell::Free).then_some(self.labels[known])
        };
        let across = [[(1, 0), (-1, 0)], [(0, 1), (0, -1)]].map(|ends| ends.map(end));
        let mut rooms = across
            .iter()
            .filter_map(|[one, other]| one.filter(|one| *one >= FIRST_ROOM && Some(*one) == *other));
        match (rooms.next(), rooms.next()) {
            (Some(room), other) if other.is_none_or(|other| other == room) => room,
            _ => LOOSE,
        }
    }
}

/// The unknown cells in rows or columns of at most so many between free ones.
///
/// # Complexity
/// O(cells · widest / 64).
fn strips(free: &BitGrid, mut unknown: BitGrid, widest: usize) -> BitGrid {
    let shape = free.shape();
    let columns = strips_along(free, &unknown, widest, shape.width);
    // None begins or ends at the border of a row.
    unknown.clear_columns_at_edge();
    let mut strips = strips_along(free, &unknown, widest, 1);
    strips.add(&columns);
    strips
}

/// Those in the direction of a step.
fn strips_along(free: &BitGrid, unknown: &BitGrid, widest: usize, step: usize) -> BitGrid {
    // From free cells on, cell by cell through the unknown.
    let (mut last, mut ends) = (free.clone(), BitGrid::none(free.shape()));
    for _ in 0..widest {
        let mut next = unknown.clone();
        next.keep(&last, Shift::Up(step));
        let mut end = next.clone();
        end.keep(free, Shift::Down(step));
        ends.add(&end);
        last = next;
    }
    // And back from where free cells follow.
    let (mut last, mut strips) = (ends.clone(), ends);
    for _ in 1..widest {
        let mut next = unknown.clone();
        next.keep(&last, Shift::Down(step));
        strips.add(&next);
        last = next;
    }
    strips
}

/// The floor, and what it encloses.
fn filled(mut floor: BitGrid) -> BitGrid {
    let pieces = Components::of_sets(&[&floor]);
    for run in &pieces.runs {
        let piece = &pieces.list[run.component as usize];
        if piece.label == 0 && !piece.at_edge {
            floor.insert_all(run.cells(floor.shape().width));
        }
    }
    floor
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, Cell, strips};

    /// The slow, obvious twin: row by row and column by column.
    fn slowly(cells: &[Cell], width: usize, widest: usize) -> Vec<bool> {
        let height = cells.len() / width;
        let mut strips = vec![false; cells.len()];
        let mut look = |line: Vec<usize>| {
            let mut last_free = None;
            for (at, &cell) in line.iter().enumerate() {
                match cells[cell] {
                    Cell::Free => {
                        if let Some(free) = last_free.replace(at)
                            && at - free - 1 <= widest
                        {
                            line[free + 1..at].iter().for_each(|&cell| strips[cell] = true);
                        }
                    }
                    Cell::Unknown => {}
                    Cell::Occupied => last_free = None,
                }
            }
        };
        (0..height).for_each(|y| look((y * width..(y + 1) * width).collect()));
        (0..width).for_each(|x| look((x..cells.len()).step_by(width).collect()));
        strips
    }

    proptest! {
        #[test]
        fn strips_are_found_as_row_by_row_and_column_by_column(
            width in 1..90_usize, values in prop::collection::vec(0..12_u8, 90..900), widest in 0..7_usize,
        ) {
            let cell = |value| [Cell::Free, Cell::Occupied, Cell::Unknown][usize::from(value).saturating_sub(6).min(2)];
            let cells: Vec<Cell> = values.iter().map(|&value| cell(value)).collect();
            let cells = &cells[..cells.len() / width * width];
            let those = |what: Cell| BitGrid::of(width, cells, |&cell| cell == what);
            let found = strips(&those(Cell::Free), those(Cell::Unknown), widest);
            prop_assert_eq!(found.to_flags(), slowly(cells, width, widest));
        }
    }
}
