//! Why a map file is refused.

use std::io::ErrorKind;

use crate::formats::map_server::{MAX_IMAGE_BYTES, MapServerError};
use crate::formats::valetudo::{MAX_FILE_BYTES, ValetudoError};

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
    #[error("{file} can't be read: {kind}")]
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
        error: MapServerError,
    },
    /// The file is over [`MAX_FILE_BYTES`], a picture's over [`MAX_IMAGE_BYTES`].
    #[error("a map's file may have at most {MAX_FILE_BYTES} bytes, a picture's {MAX_IMAGE_BYTES}")]
    TooLarge,
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
    /// The Valetudo map is refused.
    #[error(transparent)]
    Valetudo(#[from] ValetudoError),
    /// The map for `map_server` is refused.
    #[error(transparent)]
    MapServer(#[from] MapServerError),
}
