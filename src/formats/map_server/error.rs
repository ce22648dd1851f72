//! Why a map for `map_server` is refused.

use super::limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_YAML_BYTES};
use crate::grid::{GridError, MAX_ORIGIN_M, MAX_RESOLUTION_M, MIN_RESOLUTION_M};

/// Why a map for `map_server` was refused. The text says what would be right, and never a value of the map.
///
/// ```
/// use homeveil::formats::{MapServerError, map_server_image};
///
/// let error = map_server_image(b"image: home.pgm").err();
/// assert_eq!(error, Some(MapServerError::Missing { field: "resolution" }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapServerError {
    /// The YAML file is over [`MAX_YAML_BYTES`].
    #[error("the YAML file may have at most {MAX_YAML_BYTES} bytes")]
    YamlTooLarge,
    /// The YAML file is not YAML.
    #[error("the file must be YAML in UTF-8")]
    Syntax,
    /// The YAML is not a mapping.
    #[error(
        "the YAML must be a mapping with the keys image, resolution, origin, negate, occupied_thresh, free_thresh"
    )]
    Shape,
    /// A field that is needed is missing.
    #[error("the YAML has no {field}: a map for map_server must have it, as in `{field}: {}`", usual(field))]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A field is there twice.
    #[error("{field} may be given once")]
    Twice {
        /// The field.
        field: &'static str,
    },
    /// A field has a value that it can't have.
    #[error("{field} must be {}", what_is_right(field))]
    Value {
        /// The field.
        field: &'static str,
    },
    /// `free_thresh` is above `occupied_thresh`.
    #[error("free_thresh must not be above occupied_thresh")]
    Thresholds,
    /// The picture's file is over [`MAX_IMAGE_BYTES`].
    #[error("the picture's file may have at most {MAX_IMAGE_BYTES} bytes")]
    ImageTooLarge,
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
    /// The picture's file ends in the middle.
    #[error("the picture's file ends in the middle: it must be complete")]
    Truncated,
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
