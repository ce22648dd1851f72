//! The picture of a map: PGM or PNG by its first bytes.

use super::pgm::Pgm;
use super::png::Png;
use super::rows::Row;
use crate::formats::error::MapFileError;
use crate::formats::limits::MAX_IMAGE_BYTES;

/// A picture whose header has been read and found in the limits.
pub(super) enum Image<'a> {
    Pgm(Pgm<'a>),
    Png(Png<'a>),
}

impl<'a> Image<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, MapFileError> {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(MapFileError::TooLarge);
        }
        if bytes.starts_with(b"\x89PNG") {
            Png::open(bytes).map(Self::Png)
        } else if bytes.starts_with(b"P2") || bytes.starts_with(b"P5") {
            Pgm::open(bytes).map(Self::Pgm)
        } else {
            Err(MapFileError::ImageFormat)
        }
    }

    /// Whether the picture has colours, which no map has that a robot saved.
    pub(super) fn is_coloured(&self) -> Result<bool, MapFileError> {
        match self {
            Self::Pgm(_) => Ok(false),
            Self::Png(png) => png.is_coloured(),
        }
    }

    pub(super) const fn height(&self) -> u32 {
        match self {
            Self::Pgm(pgm) => pgm.height,
            Self::Png(png) => png.height,
        }
    }

    /// The shade of white.
    pub(super) const fn full(&self) -> u32 {
        match self {
            Self::Pgm(pgm) => pgm.greatest,
            Self::Png(png) => png.full(),
        }
    }

    /// Shows every pixel once.
    pub(super) fn each_row(&self, visit: impl FnMut(&Row)) -> Result<(), MapFileError> {
        match self {
            Self::Pgm(pgm) => pgm.each_row(visit),
            Self::Png(png) => png.each_row(visit),
        }
    }
}
