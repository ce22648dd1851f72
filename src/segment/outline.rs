//! What lies behind the outline of the floor.

use super::view::View;
use crate::grid::{BitGrid, Shape};

/// How many edges of a cell of open floor look at a wall, and how many at the unknown: straight on, past unknown cells,
/// for so many cells and not past the end of a row or column.
#[expect(clippy::cast_possible_wrap, reason = "a side is at most 16386")]
pub(super) fn outline(view: &View, open: &BitGrid, cell: usize, depth: usize) -> (u32, u32) {
    let (mut walls, mut gaps) = (0, 0);
    let Shape { width, height: rows } = view.shape;
    let (x, y) = (cell % width, cell / width);
    let stride = width as isize;
    // Steps to the left, right, below and above, and how many cells lie there.
    for (step, there) in [(-1, x), (1, width - 1 - x), (-stride, y), (stride, rows - 1 - y)] {
        let mut next = cell.wrapping_add_signed(step);
        if open.has(next) {
            continue;
        }
        let mut wall = false;
        for _ in 0..depth.min(there) {
            if open.has(next) || wall {
                break;
            }
            wall = view.occupied.has(next);
            next = next.wrapping_add_signed(step);
        }
        walls += u32::from(wall);
        // A doorway is neither.
        gaps += u32::from(!wall && !view.free.has(cell.wrapping_add_signed(step)));
    }
    (walls, gaps)
}

/// The cell of open floor behind a wall that begins at a cell and goes on by a step for at most so many cells.
///
/// The two sides of a wall are parallel. The corner of a slanting piece of furniture is as thin, but gets thicker from
/// one row to the next.
pub(super) fn behind_wall(
    view: &View,
    open: &BitGrid,
    first: usize,
    step: usize,
    thickness: usize,
) -> Option<usize> {
    let mut occupied = false;
    let mut cell = first;
    for _ in 0..thickness {
        occupied |= view.occupied.has(cell);
        cell += step;
        // The frame ends every row; past it another one begins.
        if cell >= view.shape.len() || (step == 1 && cell.is_multiple_of(view.shape.width)) {
            return None;
        }
        if open.has(cell) {
            return (occupied && !is_corner(open, first, (cell - first) / step, step)).then_some(cell);
        }
    }
    None
}

/// Whether what is no floor, so many cells thick by a step from its first cell, is two or more thinner to one side and
/// two or more thicker to the other.
fn is_corner(open: &BitGrid, first: usize, thick: usize, step: usize) -> bool {
    // Across a step to the right is one upwards, and the other way round.
    let shape = open.shape();
    let across = shape.width + 1 - step;
    let middle = first + thick / 2 * step;
    let is_floor = |cell: usize| cell >= shape.len() || open.has(cell);
    // Much thicker is another wall, which meets this one.
    let reach = 2 * thick + 5;
    let thickness = |cell: usize| {
        let after = (0..=reach).find(|n| is_floor(cell + n * step))?;
        let before = (1..=reach).find(|n| is_floor(cell.wrapping_sub(n * step)))?;
        Some(if after == 0 { 0 } else { after + before - 1 })
    };
    let sides = [middle.wrapping_sub(across), middle + across].map(thickness);
    let is_taper = |thin: Option<usize>, fat: Option<usize>| {
        thin.is_some_and(|thin| thin + 2 <= thick) && fat.is_some_and(|fat| fat >= thick + 2)
    };
    is_taper(sides[0], sides[1]) || is_taper(sides[1], sides[0])
}
