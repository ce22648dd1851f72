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
use crate::grid::standable::{disc_rows, standable, swept};
use crate::grid::{Cell, Shape};

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
        let mut strips = self.strips(widest);
        if !strips.contains(&true) {
            return;
        }
        let shape = self.shape;
        let floor = filled(shape, |cell| self.cells[cell] == Cell::Free);
        strips.iter_mut().zip(&floor).for_each(|(strip, &floor)| *strip &= !floor);
        let disc = disc_rows(self.radius_m / self.resolution_m);
        let stand = standable(|cell| floor[cell], shape, &disc);
        let over = standable(|cell| floor[cell] || strips[cell], shape, &disc);
        drop(floor);
        // 1: where the robot can stand; 2: where it can stand over a strip alone.
        let labels: Vec<u16> = stand
            .iter()
            .zip(&over)
            .map(|(&stand, &over)| if stand { 1 } else { 2 * u16::from(over) })
            .collect();
        let pieces = Components::of(&labels, shape);
        drop((stand, over, labels));
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
        let mut parting = vec![false; shape.len()];
        for run in pieces.runs.iter().filter(|run| leads[run.component as usize].1) {
            parting[run.cells(shape.width)].fill(true);
        }
        let under = swept(&parting, shape, &disc);
        let closed = (0..shape.len()).filter(|&cell| under[cell] && strips[cell]);
        let closed: Vec<(usize, u16)> = closed.map(|cell| (cell, self.label_across(cell, widest))).collect();
        for (cell, label) in closed {
            self.cells[cell] = Cell::Free;
            self.labels[cell] = label;
        }
    }

    /// The unknown cells in rows or columns of at most so many between free ones.
    fn strips(&self, widest: usize) -> Vec<bool> {
        let Shape { width, height } = self.shape;
        let mut strips = vec![false; self.shape.len()];
        let mut look = |start: usize, step: usize, count: usize| {
            let mut last_free = None;
            for at in 0..count {
                match self.cells[start + at * step] {
                    Cell::Free => {
                        if let Some(free) = last_free.replace(at)
                            && at - free - 1 <= widest
                        {
                            (free + 1..at).for_each(|at| strips[start + at * step] = true);
                        }
                    }
                    Cell::Unknown => {}
                    Cell::Occupied => last_free = None,
                }
            }
        };
        (0..height).for_each(|y| look(y * width, 1, width));
        (0..width).for_each(|x| look(x, width, height));
        strips
    }

    /// The label of a strip's cell: that of the room on both sides of it, or none.
    fn label_across(&self, cell: usize, widest: usize) -> u16 {
        let (x, y) = self.shape.place(crate::grid::narrow(cell));
        let end = |(dx, dy): (i64, i64)| {
            (1..).take(widest).find_map(|step| {
                let near = self.shape.cell(x + step * dx, y + step * dy)?;
                (self.cells[near] == Cell::Free).then_some(self.labels[near])
            })
        };
        let across = [[(1, 0), (-1, 0)], [(0, 1), (0, -1)]].map(|ends| ends.map(end));
        let room = across
            .iter()
            .find_map(|[one, other]| one.filter(|one| *one >= FIRST_ROOM && Some(*one) == *other));
        room.unwrap_or(LOOSE)
    }
}

/// The floor, and what it encloses.
fn filled(shape: Shape, is_floor: impl Fn(usize) -> bool) -> Vec<bool> {
    let labels: Vec<u16> = (0..shape.len()).map(|cell| u16::from(is_floor(cell))).collect();
    let pieces = Components::of(&labels, shape);
    let mut floor = vec![false; shape.len()];
    for run in &pieces.runs {
        let piece = &pieces.list[run.component as usize];
        if piece.label == 1 || !piece.at_edge {
            floor[run.cells(shape.width)].fill(true);
        }
    }
    floor
}
