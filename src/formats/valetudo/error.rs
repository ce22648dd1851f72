//! Why a Valetudo map is refused.

use core::fmt;

use super::raw;
use super::read::{MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM};
use crate::grid::{GridError, MAX_RESOLUTION_M, MIN_RESOLUTION_M};
use crate::home::MAX_KEEP_OUTS;

/// Why a Valetudo map was refused. The text says what would be right, and never a value of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValetudoError {
    /// The file is over [`MAX_FILE_BYTES`].
    TooLarge,
    /// The JSON ends in the middle.
    Truncated,
    /// The file is no JSON.
    Syntax,
    /// The file is JSON, but a field that is needed is of another type than in a Valetudo map.
    Shape,
    /// A field that is needed is not there.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// The version is neither 1 nor 2.
    Version,
    /// The pixel size is not a length that robots map with.
    PixelSize,
    /// Too many layers.
    Layers,
    /// A segment has no id, or one that is no whole number.
    SegmentId,
    /// Two segments have one id.
    SegmentTwice,
    /// A list of pixels ends in the middle of one.
    PixelCount,
    /// A pixel's coordinate is no whole number from 0 to 65535.
    Coordinate,
    /// A run of pixels is empty or ends beyond column 65535.
    Run,
    /// More than [`MAX_PIXELS`] pixels.
    Pixels,
    /// The pixels lie farther apart than a grid may be large.
    Grid(GridError),
    /// A charger, no-go area or virtual wall has points that can't be used.
    Points {
        /// The entity's type.
        entity: &'static str,
    },
    /// More than [`MAX_KEEP_OUTS`] entities to keep.
    KeepOuts,
}

impl fmt::Display for ValetudoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "a Valetudo map may have at most {MAX_FILE_BYTES} bytes"),
            Self::Truncated => f.write_str("the file ends in the middle of the JSON: it must be complete"),
            Self::Syntax => f.write_str("the file must be one JSON object in UTF-8, without anything behind it"),
            Self::Shape => f.write_str(
                "the JSON must be a Valetudo map: metaData.version and pixelSize numbers, layers and entities lists of \
                 objects with a type, pixels and points lists of numbers, no field twice",
            ),
            Self::Missing { field } => write!(f, "the map has no {field}: a Valetudo map must have it"),
            Self::Version => f.write_str("metaData.version must be 1 or 2"),
            Self::PixelSize => write!(
                f,
                "pixelSize must be a number of centimetres between {} and {}",
                MIN_RESOLUTION_M * 100.0,
                MAX_RESOLUTION_M * 100.0
            ),
            Self::Layers => write!(f, "a map may have at most {} layers", raw::MAX_LAYERS),
            Self::SegmentId => {
                write!(f, "metaData.segmentId of each segment must be a whole number from 0 to {}", u32::MAX)
            }
            Self::SegmentTwice => f.write_str("each metaData.segmentId may be given once, with all pixels of the segment"),
            Self::PixelCount => f.write_str("pixels must be whole pairs x, y, and compressedPixels whole triples x, y, length"),
            Self::Coordinate => {
                write!(f, "coordinates and lengths of pixels must be whole numbers from 0 to {}", u16::MAX)
            }
            Self::Run => write!(f, "a run of pixels must have one or more and end at column {} at most", u16::MAX),
            Self::Pixels => write!(f, "the layers of a map may have at most {MAX_PIXELS} pixels together"),
            Self::Grid(error) => error.fmt(f),
            Self::Points { entity: entity @ "charger_location" } => {
                write!(f, "points of a {entity} must be x, y, each a number of centimetres up to {MAX_POSITION_CM}")
            }
            Self::Points { entity: entity @ "virtual_wall" } => {
                write!(f, "points of a {entity} must be x, y, x, y, each a number of centimetres up to {MAX_POSITION_CM}")
            }
            Self::Points { entity } => write!(
                f,
                "points of a {entity} must be pairs x, y of 3 to {MAX_CORNERS} corners, each a number of centimetres up to \
                 {MAX_POSITION_CM}"
            ),
            Self::KeepOuts => {
                write!(f, "a map may have at most {MAX_KEEP_OUTS} no-go areas and virtual walls and a few chargers")
            }
        }
    }
}

impl core::error::Error for ValetudoError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        if let Self::Grid(error) = self { Some(error) } else { None }
    }
}
