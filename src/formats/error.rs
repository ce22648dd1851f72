//! Why a map file is refused, whatever its format.

use std::io::ErrorKind;

use super::limits::{
    MAX_CHARGERS, MAX_CORNERS, MAX_FILE_BYTES, MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_LAYERS,
    MAX_PIXELS, MAX_POSITION_CM, MAX_YAML_BYTES,
};
use crate::grid::{GridError, MAX_ORIGIN_M, MAX_RESOLUTION_M, MIN_RESOLUTION_M};
use crate::home::MAX_KEEP_OUTS;

/// Why a file was not read as a map. The text says what would be right. It names the file where it is not the one
/// that was asked for, and never a value of the map.
///
/// ```
/// use homeveil::formats::{MapFileError, read_map};
///
/// let error = read_map(b"PK\x03\x04 and so on", None).unwrap_err();
/// assert_eq!(error.to_string(), "this looks like a ZIP archive: unpack it, and give the map that is in it");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapFileError {
    /// A file can't be read.
    #[error("{file} can't be read: {}", what_happened(*kind))]
    Unread {
        /// Its name, or `the file` for the one that was asked for.
        file: String,
        /// What the system says.
        kind: ErrorKind,
    },
    /// A path leads to something else than a regular file.
    #[error("{file} must be a regular file")]
    NoFile {
        /// Its name, or `the file` for the one that was asked for.
        file: String,
    },
    /// The picture that a YAML file names is not there.
    #[error(
        "the picture {picture} is neither where the YAML file says nor next to it: put it next to the YAML file, or give \
         its name there"
    )]
    NoPicture {
        /// The file's name, without its folder.
        picture: String,
    },
    /// The picture that a YAML file names can't be used.
    #[error("the picture {picture} can't be used")]
    Picture {
        /// The file's name, without its folder.
        picture: String,
        /// Why.
        #[source]
        error: Box<Self>,
    },
    /// The file is over [`MAX_FILE_BYTES`], a picture's over [`MAX_IMAGE_BYTES`].
    #[error("a map's file may have at most {MAX_FILE_BYTES} bytes, a picture's {MAX_IMAGE_BYTES}")]
    TooLarge,
    /// The file ends in the middle.
    #[error("the file ends in the middle: it must be complete")]
    Truncated,
    /// The file looks like another kind of file than any that is read.
    #[error("this looks like {looks_like}: {instead}")]
    OtherKind {
        /// What it looks like, in words.
        looks_like: &'static str,
        /// What to give instead.
        instead: &'static str,
    },
    /// A picture alone, without the metres of a pixel.
    #[error(
        "this is a picture alone, which does not say how large it is: give the YAML file that names it, or the \
         metres of a pixel"
    )]
    NoResolution,
    /// A picture alone has colours.
    #[error(
        "the picture has colours, and maps have none: give the grey picture that the robot or map_saver \
         saved, white where the floor is free, black where it is not"
    )]
    Coloured,
    /// The metres of a pixel were given for a file that states its own.
    #[error("the metres of a pixel are for a picture alone: this file states its resolution itself")]
    Resolution,
    /// What is packed is damaged.
    #[error("the file is packed by {by} and damaged, or ends in the middle: it must be complete")]
    Packed {
        /// The packing.
        by: &'static str,
    },
    /// What is packed has more than [`MAX_FILE_BYTES`] when unpacked.
    #[error("the file is packed, and what is in it may have at most {MAX_FILE_BYTES} bytes")]
    UnpackedTooLarge,
    /// Packed in too many layers.
    #[error("the file is packed too often: unpack it, and give the map that is in it")]
    PackedTooOften,
    /// The file is not JSON.
    #[error("the file must be one JSON object in UTF-8, without anything behind it")]
    JsonSyntax,
    /// The file is JSON, but a field that is needed is of another type than in a Valetudo map.
    #[error(
        "the JSON must be a Valetudo map: metaData.version and pixelSize numbers, \
         metaData.defaultMap true or false, layers and entities lists of \
         objects with a type, pixels and points lists of numbers, no field twice"
    )]
    JsonShape,
    /// A field that is needed is missing in a Valetudo map.
    #[error("the map has no {field}: a Valetudo map must have it")]
    JsonMissing {
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
    #[error(
        "a map may have at most {MAX_KEEP_OUTS} no-go areas and virtual walls, and {MAX_CHARGERS} chargers"
    )]
    KeepOuts,
    /// The YAML file is over [`MAX_YAML_BYTES`].
    #[error("the YAML file may have at most {MAX_YAML_BYTES} bytes")]
    YamlTooLarge,
    /// The YAML file is not YAML.
    #[error("the file must be YAML in UTF-8")]
    YamlSyntax,
    /// The YAML is not a mapping.
    #[error(
        "the YAML must be a mapping with the keys image, resolution, origin, negate, occupied_thresh, free_thresh"
    )]
    YamlShape,
    /// A field that is needed is missing in the YAML.
    #[error("the YAML has no {field}: a map for map_server must have it, as in `{field}: {}`", usual(field))]
    YamlMissing {
        /// The field.
        field: &'static str,
    },
    /// A field of the YAML is there twice.
    #[error("{field} may be given once")]
    YamlTwice {
        /// The field.
        field: &'static str,
    },
    /// A field of the YAML has a value that it can't have.
    #[error("{field} must be {}", what_is_right(field))]
    YamlValue {
        /// The field.
        field: &'static str,
    },
    /// `free_thresh` is above `occupied_thresh`.
    #[error("free_thresh must not be above occupied_thresh")]
    Thresholds,
    /// The picture is neither PGM nor PNG.
    #[error("the picture must be a PGM (P2 or P5) or a PNG")]
    ImageFormat,
    /// The PGM's header is not valid.
    #[error(
        "a PGM must start with P2 or P5, width, height and the greatest value, which is between 1 and 65535"
    )]
    PgmHeader,
    /// A value of the PGM is not a number, or above the greatest that the header gives.
    #[error("values of a PGM must be whole numbers up to the greatest value that its header gives")]
    PgmValue,
    /// The picture starts as a PNG but is not valid.
    #[error("the picture starts as a PNG but is not valid: it must be a complete PNG without errors")]
    Png,
    /// A side of the picture is zero or over [`MAX_IMAGE_SIDE`].
    #[error("width and height of the picture must be between 1 and {MAX_IMAGE_SIDE} pixels")]
    ImageSide,
    /// More than [`MAX_IMAGE_PIXELS`].
    #[error("the picture may have at most {MAX_IMAGE_PIXELS} pixels")]
    ImagePixels,
    /// The known cells lie farther apart than a grid may be large.
    #[error(transparent)]
    Grid(#[from] GridError),
}

/// The points that an entity must have.
fn points_of(entity: &str) -> String {
    match entity {
        "charger_location" => "x, y".to_owned(),
        "virtual_wall" => "x, y, x, y".to_owned(),
        _ => format!("pairs x, y of 3 to {MAX_CORNERS} corners"),
    }
}

/// What the system says, in words.
fn what_happened(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "there is none of this name".to_owned(),
        kind => kind.to_string(),
    }
}

/// A usual value of a field.
fn usual(field: &str) -> &'static str {
    match field {
        "image" => "home.pgm",
        "resolution" => "0.05",
        "origin" => "[0, 0, 0]",
        "occupied_thresh" => "0.65",
        "free_thresh" => "0.196",
        _ => "0",
    }
}

/// What a field's value must be.
fn what_is_right(field: &str) -> String {
    match field {
        "resolution" => {
            format!("a number of metres a cell between {MIN_RESOLUTION_M} and {MAX_RESOLUTION_M}")
        }
        "origin" => format!("a list of three numbers, x and y in metres up to {MAX_ORIGIN_M} and the yaw"),
        "negate" => "0 or 1, false or true".to_owned(),
        "mode" => "trinary, scale or raw".to_owned(),
        "image" => "the name of a file".to_owned(),
        _ => "a number between 0 and 1".to_owned(),
    }
}
