//! The scan-matching features of a map: what is looked for on another map.

use alloc::vec::Vec;

use crate::grid::BitGrid;

/// Sampled cells of a map: free ones, and cells next to free ones.
///
/// Six hundred are enough: a wrong place that agrees with the right one on all of them shares most of the walls.
const FLOOR_SAMPLES: usize = 200;
const EDGE_SAMPLES: usize = 400;

/// A map as registration sees it: which cells are free, and which are next to free ones.
#[derive(Clone)]
pub(crate) struct ScanFeatures {
    pub(super) floor: BitGrid,
    /// Not free, but they share an edge with a free cell.
    pub(super) edge: BitGrid,
}

/// Cells to be found again, as columns and rows.
pub(super) struct Samples {
    pub(super) edges: Vec<(i32, i32)>,
    pub(super) floor: Vec<(i32, i32)>,
}

impl Samples {
    pub(super) const fn len(&self) -> usize {
        self.edges.len() + self.floor.len()
    }
}

impl ScanFeatures {
    /// A map with these free cells.
    pub(crate) fn new(floor: BitGrid) -> Self {
        Self { edge: floor.edges(), floor }
    }

    /// Number of free cells.
    pub(crate) fn cells(&self) -> usize {
        self.floor.count()
    }

    /// Cells to be found again, spread evenly over all of the map.
    pub(super) fn samples(&self) -> Samples {
        Samples { edges: spread(&self.edge, EDGE_SAMPLES), floor: spread(&self.floor, FLOOR_SAMPLES) }
    }
}

/// At most `most` of the cells, evenly spread. Any few in a row lie all over the map, so that a wrong place is soon
/// ruled out.
fn spread(marked: &BitGrid, most: usize) -> Vec<(i32, i32)> {
    let places = marked.sample(most);
    // In van der Corput order: the cell at 0 of all cells, at ½, ¼, ¾, ⅛ …
    let bits = usize::BITS - places.len().leading_zeros();
    let behind = |n: usize| n.reverse_bits().checked_shr(usize::BITS - bits).unwrap_or(0);
    (0..1_usize << bits).filter_map(|n| places.get(behind(n))).map(|&(x, y)| (side(x), side(y))).collect()
}

/// A column, row or side of a map, or the margin of a window.
#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "at most 2¹⁶ cells")]
pub(super) const fn side(n: usize) -> i32 {
    n as i32
}
