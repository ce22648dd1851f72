//! Masks of a map, coarse to fine, which bound whole windows of shifts.

use alloc::vec::Vec;

use super::features::{ScanFeatures, side};
use crate::grid::BitGrid;

/// Windows of shifts begin at 2⁵ cells: 1.6 m at the usual resolution. Larger ones hold free cells and walls
/// wherever they lie, and bound nothing.
pub(super) const LEVELS: usize = 5;

/// Masks of the newer map: at level n the union over windows of 2ⁿ × 2ⁿ cells.
pub(super) struct Pyramid {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) levels: Vec<Level>,
    /// Cells next to free ones.
    pub(super) sharp: BitGrid,
}

/// Masks that begin some cells left of and below the map: at (x, y) they hold what the map holds in the window with
/// that lower left cell.
pub(super) struct Level {
    pub(super) margin: i32,
    /// Cells next to free ones, and their neighbours.
    pub(super) edge: BitGrid,
    pub(super) floor: BitGrid,
}

impl Pyramid {
    pub(super) fn of(map: ScanFeatures) -> Self {
        let ScanFeatures { floor, edge: sharp } = map;
        let (width, height) = (side(floor.shape().width), side(floor.shape().height));
        let mut levels = vec![Level { margin: 0, edge: sharp.grown(), floor }];
        for level in 0..LEVELS {
            let Level { margin, edge, floor } = &levels[level];
            let window = 1 << level;
            levels.push(Level {
                margin: margin + side(window),
                edge: edge.doubled(window),
                floor: floor.doubled(window),
            });
        }
        Self { width, height, levels, sharp }
    }
}
