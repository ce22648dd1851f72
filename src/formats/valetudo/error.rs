//! Why a Valetudo map is refused.

use super::limits::{MAX_CORNERS, MAX_FILE_BYTES, MAX_LAYERS, MAX_PIXELS, MAX_POSITION_CM};
use crate::grid::{GridError, MAX_RESOLUTION_M, MIN_RESOLUTION_M};
use crate::home::MAX_KEEP_OUTS;

/// Why a Valetudo map was refused. The text says what would be right, and never a value of the map.
///
/// ```
/// use homeveil::formats::{ValetudoError, read_valetudo};
///
/// assert_eq!(read_valetudo(b"{\"metaData\": {").err(), Some(ValetudoError::Truncated));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValetudoError {
    /// The file is over [`MAX_FILE_BYTES`].
    #[error("a Valetudo map may have at most {MAX_FILE_BYTES} bytes")]
    TooLarge,
    /// The JSON ends in the middle.
    #[error("the file ends in the middle of the JSON: it must be complete")]
    Truncated,
    /// The file is not JSON.
    #[error("the file must be one JSON object in UTF-8, without anything behind it")]
    Syntax,
    /// The file is JSON, but a field that is needed is of another type than in a Valetudo map.
    #[error(
        "the JSON must be a Valetudo map: metaData.version and pixelSize numbers, \
         metaData.defaultMap true or false, layers and entities lists of \
         objects with a type, pixels and points lists of numbers, no field twice"
    )]
    Shape,
    /// A field that is needed is missing.
    #[error("the map has no {field}: a Valetudo map must have it")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// The version is neither 1 nor 2.
    #[error("metaData.version must be 1 or 2")]
    Version,
    /// A map from before there were versions, with an image instead of layers.
    #[error(
        "the map has an image and no layers, as the first Valetudo and Valetudo RE write it: it must have layers and a \
         metaData.version of 1 or 2"
    )]
    Unversioned,
    /// The robot has no map yet, and the file is what Valetudo shows in its place.
    #[error(
        "metaData.defaultMap is true, so this is the placeholder of a robot without a map: let the robot \
         make a map first, then export that"
    )]
    DefaultMap,
    /// The pixel size is not a length that robots map with.
    #[error(
        "pixelSize must be a number of centimetres between {} and {}",
        MIN_RESOLUTION_M * 100.0,
        MAX_RESOLUTION_M * 100.0
    )]
    PixelSize,
    /// Too many layers.
    #[error("a map may have at most {MAX_LAYERS} layers")]
    Layers,
    /// A segment has no id, or one that is not a whole number.
    #[error("metaData.segmentId of each segment must be a whole number from 0 to {}", u32::MAX)]
    SegmentId,
    /// Two segments have one id.
    #[error("each metaData.segmentId may be given once, with all pixels of the segment")]
    SegmentTwice,
    /// A list of pixels ends in the middle of one.
    #[error("pixels must be whole pairs x, y, and compressedPixels whole triples x, y, length")]
    PixelCount,
    /// A pixel's coordinate is not a whole number from 0 to 65535.
    #[error("coordinates and lengths of pixels must be whole numbers from 0 to {}", u16::MAX)]
    Coordinate,
    /// A run of pixels is empty or ends beyond column 65535.
    #[error("a run of pixels must have one or more and end at column {} at most", u16::MAX)]
    Run,
    /// More than [`MAX_PIXELS`] pixels.
    #[error("the layers of a map may have at most {MAX_PIXELS} pixels together")]
    Pixels,
    /// The pixels lie farther apart than a grid may be large.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// A charger, no-go area or virtual wall has points that can't be used.
    #[error(
        "points of a {entity} must be {}, each a number of centimetres up to {MAX_POSITION_CM}",
        points_of(entity)
    )]
    Points {
        /// The entity's type.
        entity: &'static str,
    },
    /// More than [`MAX_KEEP_OUTS`] entities to keep.
    #[error("a map may have at most {MAX_KEEP_OUTS} no-go areas and virtual walls and a few chargers")]
    KeepOuts,
}

/// The points that an entity must have.
fn points_of(entity: &str) -> String {
    match entity {
        "charger_location" => "x, y".to_owned(),
        "virtual_wall" => "x, y, x, y".to_owned(),
        _ => format!("pairs x, y of 3 to {MAX_CORNERS} corners"),
    }
}
