//! Why a map for `map_server` is refused.

use core::fmt;
use std::io::ErrorKind;

use super::read::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_ORIGIN_M, MAX_YAML_BYTES};
use crate::grid::{GridError, MAX_RESOLUTION_M, MIN_RESOLUTION_M};

/// One of the two files of a map for `map_server`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapServerFile {
    /// The YAML file.
    Yaml,
    /// The picture that it names.
    Image,
}

/// Why a map for `map_server` was refused. The text says what would be right, and never a value of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapServerError {
    /// A file can't be read.
    Unread {
        /// Which one.
        file: MapServerFile,
        /// What the system says.
        kind: ErrorKind,
    },
    /// A path is that of something else than a regular file.
    NoFile {
        /// Which one.
        file: MapServerFile,
    },
    /// The YAML file is over [`MAX_YAML_BYTES`].
    YamlTooLarge,
    /// The YAML file is no YAML.
    Syntax,
    /// The YAML is no mapping.
    Shape,
    /// A field that is needed is not there.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A field is there twice.
    Twice {
        /// The field.
        field: &'static str,
    },
    /// A field has a value that it can't have.
    Value {
        /// The field.
        field: &'static str,
    },
    /// `free_thresh` is above `occupied_thresh`.
    Thresholds,
    /// The picture's file is over [`MAX_IMAGE_BYTES`].
    ImageTooLarge,
    /// The picture is neither PGM nor PNG.
    ImageFormat,
    /// The PGM's header is not one.
    PgmHeader,
    /// A value of the PGM is no number, or above the greatest that the header gives.
    PgmValue,
    /// The picture's file ends in the middle.
    Truncated,
    /// The picture starts as a PNG but does not go on as one.
    Png,
    /// A side of the picture is zero or over [`MAX_IMAGE_SIDE`].
    ImageSide,
    /// More than [`MAX_IMAGE_PIXELS`].
    ImagePixels,
    /// What is known lies farther apart than a grid may be large.
    Grid(GridError),
}

impl fmt::Display for MapServerFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yaml => "the YAML file",
            Self::Image => "the picture that the YAML file names",
        })
    }
}

impl fmt::Display for MapServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { file, kind } => write!(f, "{file} can't be read: {kind}"),
            Self::NoFile { file } => write!(f, "{file} must be a regular file"),
            Self::YamlTooLarge => write!(f, "the YAML file may have at most {MAX_YAML_BYTES} bytes"),
            Self::Syntax => f.write_str("the file must be YAML in UTF-8"),
            Self::Shape => {
                f.write_str("the YAML must be a mapping with the keys image, resolution, origin, negate, occupied_thresh, free_thresh")
            }
            Self::Missing { field } => write!(f, "the YAML has no {field}: a map for map_server must have it"),
            Self::Twice { field } => write!(f, "{field} may be given once"),
            Self::Value { field: field @ "resolution" } => write!(
                f,
                "{field} must be a number of metres a cell between {MIN_RESOLUTION_M} and {MAX_RESOLUTION_M}"
            ),
            Self::Value { field: field @ "origin" } => write!(
                f,
                "{field} must be a list of three numbers, x and y in metres up to {MAX_ORIGIN_M} and the yaw"
            ),
            Self::Value { field: field @ "negate" } => write!(f, "{field} must be 0 or 1, false or true"),
            Self::Value { field: field @ "mode" } => write!(f, "{field} must be trinary, scale or raw"),
            Self::Value { field: field @ "image" } => write!(f, "{field} must be the name of a file"),
            Self::Value { field } => write!(f, "{field} must be a number between 0 and 1"),
            Self::Thresholds => f.write_str("free_thresh must not be above occupied_thresh"),
            Self::ImageTooLarge => write!(f, "the picture's file may have at most {MAX_IMAGE_BYTES} bytes"),
            Self::ImageFormat => f.write_str("the picture must be a PGM (P2 or P5) or a PNG"),
            Self::PgmHeader => f.write_str(
                "a PGM must start with P2 or P5, width, height and the greatest value, which is between 1 and 65535",
            ),
            Self::PgmValue => {
                f.write_str("values of a PGM must be whole numbers up to the greatest value that its header gives")
            }
            Self::Truncated => f.write_str("the picture's file ends in the middle: it must be complete"),
            Self::Png => f.write_str("the picture starts as a PNG but is none: it must be a valid one"),
            Self::ImageSide => {
                write!(f, "width and height of the picture must be between 1 and {MAX_IMAGE_SIDE} pixels")
            }
            Self::ImagePixels => write!(f, "the picture may have at most {MAX_IMAGE_PIXELS} pixels"),
            Self::Grid(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for MapServerError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        if let Self::Grid(error) = self { Some(error) } else { None }
    }
}
