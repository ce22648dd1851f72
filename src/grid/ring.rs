//! The eight cells around a cell, and what hangs together without it.

/// From a cell to its eight neighbours, around, beginning with an edge.
pub(crate) const RING: [(i64, i64); 8] =
    [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// Whether a set stays connected without a cell, by the cell's eight neighbours (edges at even places): those
/// by an edge that belong to the set must hang together around the cell.
pub(crate) fn stays_whole(ring: [bool; 8]) -> bool {
    // A gap after an edge neighbour ends a stretch; a corner alone begins none.
    let edges = || (0..8).step_by(2).filter(|&i| ring[i]);
    let stretches = edges().filter(|&i| !(ring[(i + 1) % 8] && ring[(i + 2) % 8])).count();
    edges().count() > 0 && stretches <= 1
}
