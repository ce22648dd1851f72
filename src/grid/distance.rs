//! Exact Euclidean distance transform, in integers and in linear time.
//!
//! For every cell of a set the squared distance to the nearest *site*, a cell that is not in it. First each column is
//! swept up and down, which gives the distance to the nearest site of the same column; then each row takes the lower
//! envelope of the parabolas (x − i)² + g(i)² that its cells stand for (Meijster, Roerdink & Hesselink 2000, "A general
//! algorithm for computing distance transforms in linear time"; Felzenszwalb & Huttenlocher 2012, "Distance
//! transforms of sampled functions"). The columns are swept row by row, so that memory is read in its own
//! order, and an envelope never reaches past a site of its own row, so that sites cost nothing. A cell whose neighbours
//! in the row are not farther from their sites counts in its own place alone: everywhere else their parabolas are as
//! low. So where neighbours are equally far, as along a wall, only the ends of that stretch matter, and of the two
//! cells on both sides of a border between stretches only the one nearer to its site.

use alloc::vec::Vec;

use super::bit_grid::BitGrid;
use super::shape::narrow;

/// For each cell of a set, in their order, the squared distance to the centre of the nearest cell that is not in it.
/// What lies outside the grid is not in the set.
///
/// # Complexity
/// O(cells / 64 + cells of the set) time, four bytes a cell of the set, and no floating point.
pub(crate) fn squared_distances(set: &BitGrid) -> Vec<u32> {
    let shape = set.shape();
    let mut out = Vec::with_capacity(set.count());
    let mut ends = Vec::with_capacity(shape.height);
    let mut column = ColumnDistances { distances: vec![0; shape.width] };
    for y in 0..shape.height {
        column.advance(set, y, |_, distances| out.extend_from_slice(distances));
        ends.push(narrow(out.len()));
    }
    column.distances.fill(0);
    let mut envelope = LowerEnvelope::default();
    for y in (0..shape.height).rev() {
        let mut first = y.checked_sub(1).map_or(0, |below| ends[below] as usize);
        column.advance(set, y, |len, distances| {
            let stretch = &mut out[first..first + len];
            first += len;
            for (g, last) in stretch.iter_mut().zip(distances) {
                *g = (*g).min(*last);
                *last = *g;
            }
            envelope.replace(stretch);
        });
    }
    out
}

/// For each column how far the cell of the last row looked at is from the last cell outside the set; 0 if it is one.
struct ColumnDistances {
    distances: Vec<u32>,
}

impl ColumnDistances {
    /// Goes on to a row, and calls `visit` for each of its runs with how long it is and the distances there.
    fn advance(&mut self, set: &BitGrid, y: usize, mut visit: impl FnMut(usize, &mut [u32])) {
        let row = set.shape().row(y);
        let mut done = 0;
        for run in set.runs_in(row.clone()) {
            let (start, end) = (run.start - row.start, run.end - row.start);
            self.distances[done..start].fill(0);
            let distances = &mut self.distances[start..end];
            for distance in distances.iter_mut() {
                *distance += 1;
            }
            visit(run.len(), distances);
            done = end;
        }
        self.distances[done..].fill(0);
    }
}

/// The lower envelope of the parabolas of one stretch of a row, with a site right before it and right after it.
#[derive(Default)]
struct LowerEnvelope {
    /// From which place on (counted from one before the stretch), whose parabola, and its lowest value.
    pieces: Vec<(u32, u32, u32)>,
}

impl LowerEnvelope {
    /// Replaces distances along the column by squared distances.
    fn replace(&mut self, stretch: &mut [u32]) {
        self.pieces.clear();
        let end = narrow(stretch.len()) + 1;
        self.pieces.push((0, 0, 0));
        let (mut first, mut before) = (1, 0);
        for level in stretch.chunk_by(PartialEq::eq) {
            // The border between two levels: of its two cells the lower one counts.
            let own = level[0];
            if own < before {
                self.push(first, own * own, end);
            } else if first > 1 {
                self.push(first - 1, before * before, end);
            }
            (first, before) = (first + narrow(level.len()), own);
        }
        self.push(end, 0, end);
        let mut last = end;
        for &(from, site, square) in self.pieces.iter().rev() {
            let first = from.max(1);
            for (x, cell) in (first..).zip(&mut stretch[first as usize - 1..last as usize - 1]) {
                let away = x.abs_diff(site);
                *cell = (*cell * *cell).min(away * away + square);
            }
            last = last.min(first);
        }
    }

    fn push(&mut self, u: u32, square: u32, end: u32) {
        while let Some(&(from, site, other)) = self.pieces.last() {
            // A level of one cell that is lower than both its neighbours comes twice.
            if site == u {
                return;
            }
            let (a, b) = (from.abs_diff(site), from.abs_diff(u));
            if a * a + other <= b * b + square {
                // Past this place the newer parabola is the lower one; that the older one is not above at
                // `from` makes the numerator positive.
                // Neighbours, which are most, divide by two.
                let excess = u * u + square - site * site - other;
                let from = 1 + if u - site == 1 { excess / 2 } else { excess / (2 * (u - site)) };
                if from < end {
                    self.pieces.push((from, u, square));
                }
                return;
            }
            self.pieces.pop();
        }
        self.pieces.push((0, u, square));
    }
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "small grids")]
mod tests {
    use super::{BitGrid, squared_distances};
    use proptest::prelude::*;

    /// The definition.
    fn brute(sites: &[bool], width: usize) -> Vec<u32> {
        let height = sites.len() / width;
        (0..sites.len())
            .map(|c| {
                let (x, y) = (c % width, c / width);
                let near = (0..sites.len()).filter(|&s| sites[s]).map(|s| {
                    let (dx, dy) = (x.abs_diff(s % width), y.abs_diff(s / width));
                    (dx * dx + dy * dy) as u32
                });
                let edge = [x + 1, y + 1, width - x, height - y].map(|d| (d * d) as u32);
                near.chain(edge).min().expect("there is an edge")
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_transform_is_the_distance_to_the_nearest_site(
            width in 1..24_usize,
            cells in prop::collection::vec(prop::bool::weighted(0.08), 24..300),
        ) {
            let sites = &cells[..cells.len() / width * width];
            let found = squared_distances(&BitGrid::of(width, sites, |site| !site));
            let expected: Vec<u32> = brute(sites, width).into_iter().filter(|&squared| squared > 0).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
