//! What the files of a map may have at most.

/// Largest YAML file that is read. Real ones have about 150 bytes.
pub const MAX_YAML_BYTES: usize = 1 << 16;

/// Largest picture file that is read: the pixels of a square of 16,384, 8 bits each, and as much again.
pub const MAX_IMAGE_BYTES: usize = 1 << 29;

/// Longest side of a picture, in pixels. The picture may be larger than a grid: only known cells count there.
pub const MAX_IMAGE_SIDE: u32 = 1 << 16;

/// Most pixels of a picture: a square of 16,384, 819 m at 0.05 m, most of it unknown. It bounds the time that a
/// small file of a large picture can take.
pub const MAX_IMAGE_PIXELS: u64 = 1 << 28;
