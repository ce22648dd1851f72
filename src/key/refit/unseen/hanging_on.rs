//! Floor that nobody has claimed, behind a virtual wall or a chair.
//!
//! The robot covers what it gets to today, and floor that has a zone is floor. A room that was never on a map before,
//! and is shut off by a keep-out on the first, is neither: a first key of the same map would give it a zone, so a refit
//! does. What no door joins to the home is left out by both.

use alloc::vec::Vec;

use super::new_floor::{LEAST_UNSEEN_M2, unseen_parts};
use crate::grid::{BitGrid, Cell, Shift, narrow};
use crate::home::{Home, NO_FLOOR};
use crate::redact::{Redaction, redact_with_cells};

/// The floor of some cells that hangs together with a part of a square metre or more of them. What the robot does not
/// get to along walls and under tables, on every map, is less.
///
/// # Complexity
/// O(cells); that of a redaction where there is any.
pub(in crate::key::refit) fn hanging_on(home: &Home, is_new: impl Fn(usize) -> bool) -> BitGrid {
    let shape = home.shape;
    let is_floor = |cell: usize| home.cells[cell] == Cell::Free && home.labels[cell] != NO_FLOOR;
    let mut rest = BitGrid::of_rule(shape, |cell| is_floor(cell) && is_new(cell));
    let mut hanging = BitGrid::none(shape);
    // As on most days.
    if home.area_m2(narrow(rest.count()).into()) < LEAST_UNSEEN_M2 {
        return hanging;
    }
    let mut queue: Vec<u32> = Vec::new();
    let parts = unseen_parts(home, &|cell| rest.has(cell));
    for cell in parts {
        rest.take(cell);
        hanging.insert(cell);
        queue.push(narrow(cell));
    }
    shape.flood(&mut queue, |_, to| {
        let enter = rest.take(to);
        if enter {
            hanging.insert(to);
        }
        enter
    });
    if !hanging.is_empty()
        && let Ok((kept, _)) = redact_with_cells(home, &Redaction::none())
    {
        hanging.keep(&BitGrid::of(shape.width, &kept.labels, |&label| label != NO_FLOOR), Shift::Up(0));
    }
    hanging
}
