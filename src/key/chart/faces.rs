//! The faces that a piece of floor leaves in the plane: what is around it, and its furniture.

use crate::grid::{Shape, Span, narrow};

/// The faces of a connected piece, the one around it first: of each the cells along its boundary, with the
/// floor to the left, one for each edge of a cell. Of cells beside the piece, `floor` says that they are none.
///
/// # Complexity
/// O(cells + edges · log cells).
pub(in crate::key) fn faces(shape: Shape, set: &[Span], floor: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
    let beside = |cell: usize, (dx, dy): (i64, i64)| {
        let (x, y) = shape.place(narrow(cell));
        shape.cell(x + dx, y + dy).filter(|&cell| floor(cell))
    };
    let mut faces = Vec::new();
    // Every boundary passes below some cell on its way to the right.
    let cells = set.iter().flat_map(|span| span.cells(shape.width));
    let starts: Vec<usize> = cells.filter(|&cell| beside(cell, (0, -1)).is_none()).collect();
    let mut passed = vec![false; starts.len()];
    for at in 0..starts.len() {
        if !passed[at] {
            faces.push(boundary(shape, starts[at], beside, |cell| {
                if let Ok(at) = starts.binary_search(&cell) {
                    passed[at] = true;
                }
            }));
        }
    }
    faces
}

/// The cells along a boundary from the edge below a cell on. Tells of each cell below which it passes.
fn boundary(
    shape: Shape,
    start: usize,
    beside: impl Fn(usize, (i64, i64)) -> Option<usize>,
    mut passes: impl FnMut(usize),
) -> Vec<u32> {
    const WAYS: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
    let (mut at, mut way) = (start, 0);
    let mut boundary = Vec::new();
    loop {
        boundary.push(narrow(at));
        if way == 0 {
            passes(at);
        }
        let right = (way + 3) % 4;
        match beside(at, WAYS[way]).map(|next| (next, beside(next, WAYS[right]))) {
            None => way = (way + 1) % 4,
            Some((next, None)) => at = next,
            Some((_, Some(corner))) => (at, way) = (corner, right),
        }
        // Each edge of a cell comes once; the bound is never reached.
        if (at, way) == (start, 0) || boundary.len() >= 4 * shape.len() {
            return boundary;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, Span, faces};

    #[test]
    fn a_ring_and_a_pair_of_corners_that_touch() {
        // Two holes of one cell that touch at a corner are one face; a third is another.
        let rows = [".......", ".#...#.", "..#....", "......."];
        let shape = Shape { width: 7, height: 4 };
        let floor = |cell: usize| rows[cell / 7].as_bytes()[cell % 7] == b'.';
        let mut set: Vec<Span> = Vec::new();
        for cell in (0..28).filter(|&cell| floor(cell)) {
            let [x, y] = [cell % 7, cell / 7].map(|n| u16::try_from(n).unwrap());
            match set.last_mut() {
                Some(last) if last.y == y && last.end == x => last.end += 1,
                _ => set.push(Span { y, start: x, end: x + 1 }),
            }
        }
        let edges: Vec<usize> = faces(shape, &set, floor).iter().map(Vec::len).collect();
        assert_eq!(edges, [2 * (7 + 4), 8, 4]);
    }
}
