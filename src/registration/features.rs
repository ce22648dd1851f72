//! What of a map is looked for on another.

use crate::grid::BitGrid;

/// Sampled cells of a map: floor, and cells beside floor.
///
/// Six hundred are enough: a wrong place that agrees with the right one on all of them by more than chance
/// shares most of the home's walls with it.
const FLOOR_SAMPLES: usize = 200;
const EDGE_SAMPLES: usize = 400;

/// A map as registration sees it: which cells are floor, and which are beside floor.
#[derive(Debug)]
pub(crate) struct ScanFeatures {
    pub(super) floor: BitGrid,
    /// No floor, but they share an edge with some.
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
    /// A map with floor in these cells.
    pub(crate) fn new(floor: BitGrid) -> Self {
        Self { edge: floor.edges(), floor }
    }

    /// Cells to be found again, spread evenly over all of the map.
    pub(super) fn samples(&self) -> Samples {
        Samples { edges: spread(&self.edge, EDGE_SAMPLES), floor: spread(&self.floor, FLOOR_SAMPLES) }
    }
}

/// At most `most` of the cells, evenly spread. Any few of them that follow one another lie all over the map, so
/// that a place where the map is not is soon found out.
fn spread(marked: &BitGrid, most: usize) -> Vec<(i32, i32)> {
    let places = marked.sample(most);
    // By the bits of their numbers from behind: 0, ½, ¼, ¾, ⅛ … of the way through the map.
    let bits = usize::BITS - places.len().leading_zeros();
    let behind = |n: usize| n.reverse_bits().checked_shr(usize::BITS - bits).unwrap_or(0);
    (0..1_usize << bits).filter_map(|n| places.get(behind(n))).map(|&(x, y)| (side(x), side(y))).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a column or row of a map")]
const fn side(n: usize) -> i32 {
    n as i32
}
