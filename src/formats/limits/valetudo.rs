//! What a Valetudo map may have at most.

use crate::grid::MAX_CELLS;
use crate::home::MAX_ROOMS;

/// Largest file that is read; real ones stay below a megabyte.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Most pixels that the layers of a map may name, counted once for each layer. As many as a grid may have cells.
pub const MAX_PIXELS: usize = MAX_CELLS;

/// Most corners of a no-go area. Valetudo's own have four.
pub const MAX_CORNERS: usize = 256;

/// Farthest that an entity may lie from the map's origin, in centimetres: 100 km, beyond any canvas that
/// pixels can name.
pub const MAX_POSITION_CM: f64 = 1e7;

/// Most layers that are kept: every room's, and some for floor and walls.
pub(in crate::formats) const MAX_LAYERS: usize = MAX_ROOMS + 24;

/// Most chargers of a map; the first one counts.
pub(in crate::formats) const MAX_CHARGERS: usize = 8;
