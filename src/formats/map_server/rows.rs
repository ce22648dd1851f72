//! Rows of shades: what the decoders give, so that no picture is ever held whole.

use crate::formats::error::MapFileError;
use crate::formats::limits::{MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE};

/// The shade of a pixel that is not fully opaque.
pub(super) const CLEAR: u32 = u32::MAX;

/// Pixels of one row, each `step` columns after the last.
pub(super) struct Row<'a> {
    /// The row, counted from the top.
    pub(super) y: u32,
    pub(super) first: u32,
    pub(super) step: u32,
    /// Sums of the colour channels, or [`CLEAR`].
    pub(super) shades: &'a [u32],
}

impl Row<'_> {
    /// The column and the shade of each pixel.
    pub(super) fn pixels(&self) -> impl Iterator<Item = (u32, u32)> {
        let (first, step) = (self.first, self.step);
        (0..).zip(self.shades).map(move |(n, &shade)| (first + n * step, shade))
    }
}

/// Refuses the sides of a picture that is too large.
pub(super) const fn check_size(width: u32, height: u32) -> Result<(), MapFileError> {
    if width == 0 || height == 0 || width > MAX_IMAGE_SIDE || height > MAX_IMAGE_SIDE {
        return Err(MapFileError::ImageSide);
    }
    if width as u64 * height as u64 > MAX_IMAGE_PIXELS {
        return Err(MapFileError::ImagePixels);
    }
    Ok(())
}
