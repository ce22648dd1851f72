//! Where a disc fits: the erosion of the free cells by the robot's footprint, and the cells that the disc covers
//! from there.
//!
//! A disc of radius r is a stack of 2r + 1 horizontal spans, so a cell is standable when in each row of the stack a
//! span of floor as long lies there. The floor is a set of bits, and all of it shifts of that set against itself, 64
//! cells at once (`bit_shifts`): O(cells · r / 64), which for the radius of a vacuum robot (3 to 9 cells) beats an
//! exact distance transform, and is exact in integers.

use alloc::vec::Vec;

/// Half-widths of the disc's rows, from the middle row outwards: the offsets (dx, dy) with dx² + dy² ≤ r².
pub(crate) fn disc_rows(radius_cells: f64) -> Vec<u8> {
    let squared = radius_cells * radius_cells;
    let mut rows = Vec::new();
    for dy in 0..=250_u8 {
        let rest = squared - f64::from(dy) * f64::from(dy);
        if rest < 0.0 {
            break;
        }
        rows.push((0..=250_u8).take_while(|&dx| f64::from(dx) * f64::from(dx) <= rest).last().unwrap_or(0));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::disc_rows;
    use crate::grid::{BitGrid, Shape};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn erosion_and_dilation_agree_with_their_definitions(
            width in prop_oneof![1..12_usize, 60..70_usize],
            cells in prop::collection::vec(prop::bool::weighted(0.9), 12..420),
            radius in 0.0..3.5_f64,
        ) {
            let shape = Shape::of_rows(width, cells.len());
            let height = shape.height;
            let floor = &cells[..shape.len()];
            let disc = disc_rows(radius);
            let near = |a: usize, b: usize| {
                let far = |a: usize, b: usize| f64::from(u16::try_from(a.abs_diff(b)).unwrap());
                let (dx, dy) = (far(a % width, b % width), far(a / width, b / width));
                dx * dx + dy * dy <= radius * radius
            };
            let reach = disc.len() - 1;
            let inside = |c: usize| {
                let (x, y) = (c % width, c / width);
                x >= reach && y >= reach && x + reach < width && y + reach < height
            };
            let stand = BitGrid::of(width, floor, |&floor| floor).eroded(&disc);
            for c in 0..floor.len() {
                let free = (0..floor.len()).all(|o| floor[o] || !near(c, o)) && inside(c);
                prop_assert_eq!(stand.has(c), free);
            }
            let sweep = stand.dilated(&disc);
            for c in 0..floor.len() {
                prop_assert_eq!(sweep.has(c), (0..floor.len()).any(|o| stand.has(o) && near(c, o)));
            }
        }
    }
}
