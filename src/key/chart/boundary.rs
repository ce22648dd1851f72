//! The boundaries of a piece of a zone, and how a stretch of the outer one is laid on a side of a rectangle.
//!
//! A piece leaves faces in the plane: the one around it, and one for each piece of furniture or group of walls
//! inside it. Each is given as the cells along its boundary.

use alloc::vec::Vec;

use crate::grid::{Shape, Span, narrow};
use crate::key::zoning::bisection::cells;

/// The rectangle's side in coordinates.
pub(super) const ONE: i64 = 1 << 20;

/// Quarters of a side's length that are laid out by arc length, the rest by place. Without any, a wall that
/// juts into the piece has no room on the rectangle; with more, a plain room bends.
const ARC: i64 = 1;

/// The faces of a connected piece, the one around it first: for each the cells along its boundary, with the
/// piece to the left, one for each edge of a cell. `inside` is false for the cells next to the piece.
///
/// # Complexity
/// O(cells + edges · log cells).
pub(super) fn faces(shape: Shape, set: &[Span], inside: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
    let step = |cell: u32, (dx, dy): (i64, i64)| {
        let (x, y) = shape.place(cell);
        shape.cell(x + dx, y + dy).filter(|&cell| inside(cell)).map(narrow)
    };
    let mut faces = Vec::new();
    // Every boundary passes below some cell as it leads to the right.
    let is_lowest = |&cell: &u32| (cell as usize).checked_sub(shape.width).is_none_or(|below| !inside(below));
    let starts: Vec<u32> = cells(set, shape).filter(is_lowest).collect();
    let mut passed = vec![false; starts.len()];
    for at in 0..starts.len() {
        if !passed[at] {
            faces.push(boundary(shape, starts[at], step, |cell| {
                if let Ok(at) = starts.binary_search(&cell) {
                    passed[at] = true;
                }
            }));
        }
    }
    faces
}

/// The cells along a boundary from the edge below a cell on. Calls `passes` with each cell below which it passes.
fn boundary(
    shape: Shape,
    start: u32,
    step: impl Fn(u32, (i64, i64)) -> Option<u32>,
    mut passes: impl FnMut(u32),
) -> Vec<u32> {
    const HEADINGS: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
    let (mut at, mut heading) = (start, 0);
    let mut boundary = Vec::new();
    loop {
        boundary.push(at);
        if heading == 0 {
            passes(at);
        }
        let right = (heading + 3) % 4;
        match step(at, HEADINGS[heading]).map(|next| (next, step(next, HEADINGS[right]))) {
            None => heading = (heading + 1) % 4,
            Some((next, None)) => at = next,
            Some((_, Some(corner))) => (at, heading) = (corner, right),
        }
        // Each edge of a cell is passed once; the bound is never reached.
        if (at, heading) == (start, 0) || boundary.len() >= 4 * shape.len() {
            return boundary;
        }
    }
}

/// Lays a stretch of boundary on a side of the rectangle: for each edge how far along the side it lies, given
/// its place along the side in the home. Every edge gets room, in order.
pub(super) fn laid_out(mut places: Vec<i64>) -> Vec<i64> {
    // What goes back and forth is laid between the farthest place before it and the nearest after it.
    let (Some(&low), Some(&last)) = (places.first(), places.last()) else { return places };
    let high = last.max(low);
    let mut nearest = places.clone();
    for at in (1..nearest.len()).rev() {
        nearest[at - 1] = nearest[at - 1].min(nearest[at]);
    }
    let mut farthest = low;
    let count = i64::from(narrow(places.len()));
    for ((step, place), nearest) in (0..).zip(&mut places).zip(nearest) {
        farthest = farthest.max(*place);
        let own = (farthest + nearest).clamp(2 * low, 2 * high) - 2 * low;
        let (arc, own) = (ONE * (2 * step + 1) / (2 * count), ONE * own / (2 * (high - low)).max(1));
        *place = (ARC * arc + (4 - ARC) * own) / 4;
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ONE, Shape, faces, laid_out};
    use crate::key::zoning::bisection::spans_of;

    #[test]
    fn a_ring_and_a_pair_of_corners_that_touch() {
        // Two holes of one cell that touch at a corner are one face; a third is another.
        let cells = [".......", ".#...#.", "..#....", "......."].concat().into_bytes();
        let set = spans_of(&cells, 7, b'.');
        let edges: Vec<usize> =
            faces(Shape::new(7, 4), &set, |cell| cells[cell] == b'.').iter().map(Vec::len).collect();
        assert_eq!(edges, [2 * (7 + 4), 8, 4]);
    }

    proptest! {
        #[test]
        fn along_a_side_everything_has_room(steps in prop::collection::vec(-2..=3_i64, 1..200)) {
            let walk = steps.iter().scan(0, |at, step| {
                *at += step;
                Some(*at)
            });
            let places = laid_out(walk.collect());
            prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(places[0] >= 0 && places[places.len() - 1] <= ONE);
        }
    }
}
