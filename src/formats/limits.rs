//! What the files of a map may hold at most.
//!
//! These limits bound the time and the memory that a hostile file can take, and leave room for every real map. The
//! readers hold files against them before they allocate, and [`MapFileError`](super::MapFileError) names the one that a
//! file is over; so they stand apart from both.

use crate::grid::MAX_CELLS;
use crate::home::MAX_ROOMS;

/// Largest Valetudo map that is read; real ones stay below a megabyte.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Most pixels that the layers of a map may name, counted once for each layer. As many as a grid may have cells.
pub const MAX_PIXELS: usize = MAX_CELLS;

/// Most corners of a no-go area. Valetudo's own have four.
pub const MAX_CORNERS: usize = 256;

/// Farthest that an entity may lie from the map's origin, in centimetres: 100 km, beyond any canvas that
/// pixels can name.
pub const MAX_POSITION_CM: f64 = 1e7;

/// Most layers that are kept: every room's, and some for floor and walls.
pub(super) const MAX_LAYERS: usize = MAX_ROOMS + 24;

/// Most chargers of a map; the first one counts.
pub(super) const MAX_CHARGERS: usize = 8;

/// Largest YAML file that is read. Real ones have about 150 bytes.
pub const MAX_YAML_BYTES: usize = 1 << 16;

/// Largest picture file that is read: the pixels of a square of 16,384, 8 bits each, and as much again.
pub const MAX_IMAGE_BYTES: usize = 1 << 29;

/// Longest side of a picture, in pixels. The picture may be larger than a grid: only known cells count there.
pub const MAX_IMAGE_SIDE: u32 = 1 << 16;

/// Most pixels of a picture: a square of 16,384, 819 m at 0.05 m, most of it unknown. It bounds the time that a
/// small file of a large picture can take.
pub const MAX_IMAGE_PIXELS: u64 = 1 << 28;
