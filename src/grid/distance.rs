//! Exact Euclidean distance transform, in integers and in linear time.
//!
//! For every cell the squared distance to the nearest *site*. First each column is swept up and down, which
//! gives the distance to the nearest site of the same column; then each row takes the lower envelope of the
//! parabolas (x − i)² + g(i)² that its cells stand for (Meijster, Roerdink & Hesselink 2000, "A general
//! algorithm for computing distance transforms in linear time"; Felzenszwalb & Huttenlocher 2012, "Distance
//! transforms of sampled functions"). The columns are swept row by row, so that memory is read in its own
//! order, and an envelope never reaches past a site of its own row, so that only stretches without sites cost
//! anything.

use alloc::vec::Vec;

use super::shape::{Shape, narrow};

/// What lies outside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outside {
    /// Sites, as walls are.
    Sites,
    /// Nothing.
    Nothing,
}

/// A distance that no grid can hold: farther than two of its sides together.
pub(crate) const ANY: u32 = 1 << 15;

/// Its square, which a cell gets where there is no site at all.
pub(crate) const FAR: u32 = ANY * ANY;

/// For each of these cells the squared distance to the centre of the nearest site, 0 on a site.
///
/// Distances up to `reach` cells are exact; a longer one may come out longer still, and as [`FAR`] or more
/// where no site is near. What lies out of reach costs little.
///
/// # Complexity
/// O(cells) time, four bytes a cell, and no floating point.
pub(crate) fn squared_distances<T: Copy>(
    cells: &[T],
    is_site: impl Fn(T) -> bool,
    shape: Shape,
    outside: Outside,
    reach: u32,
) -> Vec<u32> {
    let beyond = if outside == Outside::Sites { 0 } else { ANY };
    let width = shape.width;
    let mut out = vec![0_u32; shape.len()];
    let mut before = vec![beyond; width];
    for (row, cells) in out.chunks_exact_mut(width.max(1)).zip(cells.chunks_exact(width.max(1))) {
        for ((g, &cell), last) in row.iter_mut().zip(cells).zip(&mut before) {
            *last = if is_site(cell) { 0 } else { (*last + 1).min(ANY) };
            *g = *last;
        }
    }
    before.fill(beyond);
    let mut envelope = Envelope::default();
    for row in out.chunks_exact_mut(width.max(1)).rev() {
        for (g, last) in row.iter_mut().zip(&mut before) {
            *g = (*g).min(*last + 1);
            *last = *g;
        }
        let mut x = 0;
        while x < width {
            if row[x] == 0 {
                x += 1;
                continue;
            }
            let end = x + row[x..].iter().position(|&g| g == 0).unwrap_or(width - x);
            let closed = [x > 0 || outside == Outside::Sites, end < width || outside == Outside::Sites];
            envelope.replace(&mut row[x..end], closed, reach);
            x = end;
        }
    }
    out
}

/// The lower envelope of the parabolas of one stretch of a row.
#[derive(Debug, Default)]
struct Envelope {
    /// From which place on (counted from one before the stretch), whose parabola, and its lowest value.
    pieces: Vec<(u32, u32, u32)>,
}

impl Envelope {
    /// Replaces distances along the column by squared distances. `closed`: a site lies right before, right
    /// after the stretch.
    fn replace(&mut self, stretch: &mut [u32], closed: [bool; 2], reach: u32) {
        self.pieces.clear();
        let end = narrow(stretch.len()) + 1;
        if closed[0] {
            self.pieces.push((0, 0, 0));
        }
        for (u, &g) in (1..).zip(stretch.iter()) {
            if g <= reach {
                self.push(u, g * g, end);
            }
        }
        if closed[1] {
            self.push(end, 0, end);
        }
        if self.pieces.is_empty() {
            stretch.fill(FAR);
        }
        let mut last = end;
        for &(from, site, square) in self.pieces.iter().rev() {
            for x in from.max(1)..last {
                let away = x.abs_diff(site);
                stretch[x as usize - 1] = away * away + square;
            }
            last = last.min(from.max(1));
        }
    }

    fn push(&mut self, u: u32, square: u32, end: u32) {
        while let Some(&(from, site, other)) = self.pieces.last() {
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
    use super::{ANY, FAR, Outside, Shape, squared_distances};
    use proptest::prelude::*;

    /// The definition.
    fn brute(sites: &[bool], width: usize, outside: Outside) -> Vec<u32> {
        let height = sites.len() / width;
        (0..sites.len())
            .map(|c| {
                let (x, y) = (c % width, c / width);
                let near = (0..sites.len()).filter(|&s| sites[s]).map(|s| {
                    let (dx, dy) = (x.abs_diff(s % width), y.abs_diff(s / width));
                    (dx * dx + dy * dy) as u32
                });
                let edge = [x + 1, y + 1, width - x, height - y].map(|d| (d * d) as u32);
                let edge = edge.into_iter().filter(|_| outside == Outside::Sites);
                near.chain(edge).min().unwrap_or(FAR)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_transform_is_the_distance_to_the_nearest_site(
            width in 1..24_usize,
            cells in prop::collection::vec(prop::bool::weighted(0.08), 24..300),
            walled in any::<bool>(),
            reach in prop_oneof![Just(ANY), 0..9_u32],
        ) {
            let sites = &cells[..cells.len() / width * width];
            let outside = if walled { Outside::Sites } else { Outside::Nothing };
            let found = squared_distances(sites, |site| site, Shape::of_rows(width, sites.len()), outside, reach);
            for (found, exact) in found.into_iter().zip(brute(sites, width, outside)) {
                prop_assert!(found.min(FAR) == exact || (found > exact && exact > reach * reach));
            }
        }
    }
}
