//! What lies behind the outline of the floor.

use super::view::View;
use crate::grid::{BitGrid, Shape, narrow};

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

/// Whether what is no floor, so many cells thick by a step from its first cell, is the corner of something.
///
/// Between two edges at a right angle it gets thicker by two cells or more with every row, however they slant. That is
/// seen from the row before to the row after, or, where it begins to get thicker here, over three rows, up to a cell of
/// noise.
fn is_corner(open: &BitGrid, first: usize, thick: usize, step: usize) -> bool {
    let (x, y) = open.shape().place(narrow(first + thick / 2 * step));
    let thick = i64::from(narrow(thick));
    // Much thicker is another wall, which meets this one, and so is what goes on to the border of the map.
    let reach = 2 * thick + 5;
    let thickness = |rows: i64| {
        let is_floor = |steps: i64| {
            let (x, y) = if step == 1 { (x + steps, y + rows) } else { (x + rows, y + steps) };
            open.shape().cell(x, y).is_some_and(|cell| open.has(cell))
        };
        let after = (0..=reach).find(|&steps| is_floor(steps))?;
        let before = (1..=reach).find(|&steps| is_floor(-steps))?;
        Some(if after == 0 { 0 } else { after + before - 1 })
    };
    [1, -1].into_iter().any(|side| {
        let Some(thin) = thickness(-side).filter(|&thin| thin < thick) else { return false };
        let mut last = thick;
        let mut grows = |rows: i64| {
            let fat = thickness(side * rows).unwrap_or(0);
            fat + 1 >= thick + 2 * rows && fat > core::mem::replace(&mut last, fat)
        };
        let fat = thickness(side).unwrap_or(0);
        thin + 2 <= thick && thick + 2 <= fat || (1..=3).all(&mut grows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::OccupancyGrid;

    /// How many edges of the floor around a rectangle, which lies at so many degrees in 128ths of cosine and sine, look
    /// at floor through a wall of up to seven cells. Half its sides are so many cells.
    fn seen_through([cos, sin]: [i32; 2], half: [i32; 2]) -> usize {
        let is_inside = |x: i32, y: i32| {
            let places = [cos * x + sin * y, cos * y - sin * x];
            places.into_iter().zip(half).all(|(place, half)| place.abs() <= 128 * half)
        };
        let row = |y: i32| (-40..40).map(|x| if is_inside(x, y) { '#' } else { '.' }).collect::<String>();
        let drawing = (-40..40).map(row).collect::<Vec<String>>().join("\n");
        let view = View::canonical(&OccupancyGrid::from_drawing(0.05, &drawing).unwrap()).unwrap();
        let is_seen = |&(cell, step): &(usize, usize)| {
            view.free.has(cell)
                && view.occupied.has(cell + step)
                && behind_wall(&view, &view.free, cell + step, step, 7).is_some()
        };
        let width = view.shape.width;
        (0..view.shape.len() - width).flat_map(|cell| [(cell, 1), (cell, width)]).filter(is_seen).count()
    }

    /// A wall of three cells in columns 50 to 52 of row 10, of one in row 9, and solid from row 11 on, up to the right
    /// border. The floor begins in another column on the left.
    #[test]
    fn a_corner_does_not_depend_on_what_lies_at_the_other_border() {
        let is_corner_with = |left: usize| {
            let open = BitGrid::of_rule(Shape::new(60, 20), |cell| {
                let (x, y) = (cell % 60, cell / 60);
                let wall = match y {
                    0..10 => 51..52,
                    10 => 50..53,
                    _ => 50..60,
                };
                (1..19).contains(&y) && (left..58).contains(&x) && !wall.contains(&x)
            });
            is_corner(&open, 10 * 60 + 50, 3, 1)
        };
        for left in 2..12 {
            assert!(!is_corner_with(left), "{left}");
        }
    }

    #[test]
    fn the_corners_of_slanting_furniture_are_no_wall() {
        // By 15, 30, 45 and 60 degrees.
        for turn in [[124, 33], [111, 64], [91, 91], [64, 111]] {
            assert_eq!(seen_through(turn, [12, 12]), 0, "{turn:?}");
            // A wall 0.15 m thick and 2.5 m long.
            assert!(seen_through(turn, [25, 1]) > 25, "{turn:?}");
        }
    }
}
