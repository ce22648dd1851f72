//! Where a disc fits: the erosion of the free cells by the robot's footprint, and the cells that the disc covers
//! from there.
//!
//! Both work on whole rows: a disc of radius r is a stack of 2r + 1 horizontal spans, so a cell is standable
//! when in each row of the stack the nearest obstacle lies beyond the span. How far that is, up to the widest
//! span, is counted by shifting the row against itself. All of it is comparisons of whole rows of bytes,
//! which compilers turn into vector instructions. That costs O(cells · r), which for the radius of a vacuum
//! robot (3 to 9 cells) beats an exact distance transform, needs two bytes a cell, and is exact in integers.

use alloc::vec::Vec;

use super::shape::Shape;

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

/// For each cell, whether the disc around its centre covers floor cells only; what lies outside the grid is no
/// floor.
///
/// # Complexity
/// O(cells · radius) time, two bytes a cell.
pub(crate) fn standable(floor: impl Fn(usize) -> bool, shape: Shape, disc: &[u8]) -> Vec<bool> {
    let Shape { width, height } = shape;
    let widest = usize::from(disc.first().copied().unwrap_or(0));
    // Distance to the nearest obstacle in the row, counted up to one more than the widest span.
    let mut gap = vec![0_u8; shape.len()];
    let (mut free, mut clear) = (vec![0_u8; width], vec![0_u8; width]);
    for (y, row) in gap.chunks_exact_mut(width.max(1)).enumerate() {
        for (x, free) in free.iter_mut().enumerate() {
            *free = u8::from(floor(y * width + x));
        }
        row.copy_from_slice(&free);
        clear.copy_from_slice(&free);
        for far in 1..=widest.min(width.saturating_sub(1) / 2) {
            let inside = &mut clear[far..width - far];
            let (left, right) = (&free[..width - 2 * far], &free[2 * far..]);
            for ((clear, left), right) in inside.iter_mut().zip(left).zip(right) {
                *clear &= left & right;
            }
            for (gap, clear) in row[far..width - far].iter_mut().zip(inside) {
                *gap += *clear;
            }
        }
    }
    let reach = disc.len().saturating_sub(1);
    let mut stand = vec![false; shape.len()];
    for y in reach..height.saturating_sub(reach) {
        let out = &mut stand[y * width..(y + 1) * width];
        for (s, &g) in out.iter_mut().zip(&gap[y * width..]) {
            *s = g > disc[0];
        }
        for (dy, &half) in disc.iter().enumerate().skip(1) {
            for row in [y - dy, y + dy] {
                for (s, &g) in out.iter_mut().zip(&gap[row * width..]) {
                    *s &= g > half;
                }
            }
        }
    }
    stand
}

/// The cells that the disc covers from any of the places given.
///
/// # Complexity
/// O(cells · radius) time, two bytes a cell.
pub(crate) fn swept(places: &[bool], shape: Shape, disc: &[u8]) -> Vec<bool> {
    let Shape { width, height } = shape;
    let widest = disc.first().copied().unwrap_or(0);
    // How much nearer than the widest span and one the nearest place in the row is.
    let mut near = vec![0_u8; shape.len()];
    let mut met = vec![0_u8; width];
    for (row, places) in near.chunks_exact_mut(width.max(1)).zip(places.chunks_exact(width.max(1))) {
        met.fill(0);
        for far in 0..=usize::from(widest) {
            if far < width {
                for (met, &place) in met[far..].iter_mut().zip(places) {
                    *met |= u8::from(place);
                }
                for (met, &place) in met.iter_mut().zip(&places[far..]) {
                    *met |= u8::from(place);
                }
            }
            for (near, met) in row.iter_mut().zip(&met) {
                *near += met;
            }
        }
    }
    let reach = disc.len().saturating_sub(1);
    let mut sweep = vec![false; shape.len()];
    for (y, out) in sweep.chunks_exact_mut(width.max(1)).enumerate() {
        for row in y.saturating_sub(reach)..(y + reach + 1).min(height) {
            let least = widest - disc[row.abs_diff(y)];
            for (s, &near) in out.iter_mut().zip(&near[row * width..]) {
                *s |= near > least;
            }
        }
    }
    sweep
}

#[cfg(test)]
mod tests {
    use super::{Shape, disc_rows, standable, swept};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn erosion_and_dilation_agree_with_their_definitions(
            width in 1..12_usize,
            cells in prop::collection::vec(prop::bool::weighted(0.9), 12..140),
            radius in 0.0..3.5_f64,
        ) {
            let shape = Shape::of_rows(width, cells.len());
            let height = shape.height;
            let floor = &cells[..shape.len()];
            let disc = disc_rows(radius);
            let near = |a: usize, b: usize| {
                let far = |a: usize, b: usize| f64::from(u8::try_from(a.abs_diff(b)).unwrap());
                let (dx, dy) = (far(a % width, b % width), far(a / width, b / width));
                dx * dx + dy * dy <= radius * radius
            };
            let reach = disc.len() - 1;
            let inside = |c: usize| {
                let (x, y) = (c % width, c / width);
                x >= reach && y >= reach && x + reach < width && y + reach < height
            };
            let stand = standable(|c| floor[c], shape, &disc);
            for (c, &stands) in stand.iter().enumerate() {
                let free = (0..floor.len()).all(|o| floor[o] || !near(c, o)) && inside(c);
                prop_assert_eq!(stands, free);
            }
            let sweep = swept(&stand, shape, &disc);
            for (c, &swept) in sweep.iter().enumerate() {
                prop_assert_eq!(swept, (0..floor.len()).any(|o| stand[o] && near(c, o)));
            }
        }
    }
}
