//! Where a disc can stand: the erosion of the floor by the robot's footprint, and what the disc sweeps from there.
//!
//! Both work on whole rows: a disc of radius r is a stack of 2r + 1 horizontal spans, so a cell is standable when in each row of the
//! stack the nearest obstacle lies beyond the span. That costs O(cells · r), which for the radius of a vacuum robot (3 to 9
//! cells) beats an exact distance transform, needs two bytes a cell, and is exact in integers.

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

/// For each cell, whether the disc about its centre covers floor cells only; what lies outside the grid is no floor.
///
/// # Complexity
/// O(cells · radius) time, two bytes a cell.
pub(crate) fn standable(floor: impl Fn(usize) -> bool, width: usize, height: usize, disc: &[u8]) -> Vec<bool> {
    // Distance to the nearest obstacle in the row, capped at 255.
    let mut gap = vec![0_u8; width * height];
    for (y, row) in gap.chunks_exact_mut(width.max(1)).enumerate() {
        let mut run = 0_u8;
        for (x, g) in row.iter_mut().enumerate() {
            run = if floor(y * width + x) { run.saturating_add(1) } else { 0 };
            *g = run;
        }
        run = 0;
        for g in row.iter_mut().rev() {
            run = if *g == 0 { 0 } else { run.saturating_add(1) };
            *g = run.min(*g);
        }
    }
    let reach = disc.len().saturating_sub(1);
    let mut stand = vec![false; width * height];
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
pub(crate) fn swept(places: &[bool], width: usize, height: usize, disc: &[u8]) -> Vec<bool> {
    // Distance to the nearest place in the row, capped at 255.
    let mut gap = vec![255_u8; width * height];
    for (row, places) in gap.chunks_exact_mut(width.max(1)).zip(places.chunks_exact(width.max(1))) {
        let mut far = 255_u8;
        for (g, &place) in row.iter_mut().zip(places) {
            far = if place { 0 } else { far.saturating_add(1) };
            *g = far;
        }
        far = 255;
        for (g, &place) in row.iter_mut().zip(places).rev() {
            far = if place { 0 } else { far.saturating_add(1) };
            *g = far.min(*g);
        }
    }
    let reach = disc.len().saturating_sub(1);
    let mut sweep = vec![false; width * height];
    for (y, out) in sweep.chunks_exact_mut(width.max(1)).enumerate() {
        for row in y.saturating_sub(reach)..(y + reach + 1).min(height) {
            let half = disc[row.abs_diff(y)];
            for (s, &g) in out.iter_mut().zip(&gap[row * width..]) {
                *s |= g <= half;
            }
        }
    }
    sweep
}

#[cfg(test)]
mod tests {
    use super::{disc_rows, standable, swept};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn erosion_and_dilation_agree_with_their_definitions(
            width in 1..12_usize,
            cells in prop::collection::vec(prop::bool::weighted(0.9), 12..140),
            radius in 0.0..3.5_f64,
        ) {
            let height = cells.len() / width;
            let floor = &cells[..width * height];
            let disc = disc_rows(radius);
            let near = |a: usize, b: usize| {
                let (dx, dy) = ((a % width).abs_diff(b % width) as f64, (a / width).abs_diff(b / width) as f64);
                dx * dx + dy * dy <= radius * radius
            };
            let reach = radius.floor() as usize;
            let inside = |c: usize| {
                let (x, y) = (c % width, c / width);
                x >= reach && y >= reach && x + reach < width && y + reach < height
            };
            let stand = standable(|c| floor[c], width, height, &disc);
            for c in 0..floor.len() {
                let free = (0..floor.len()).all(|o| floor[o] || !near(c, o)) && inside(c);
                prop_assert_eq!(stand[c], free);
            }
            let sweep = swept(&stand, width, height, &disc);
            for c in 0..floor.len() {
                prop_assert_eq!(sweep[c], (0..floor.len()).any(|o| stand[o] && near(c, o)));
            }
        }
    }
}
