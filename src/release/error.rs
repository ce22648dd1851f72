//! Why a release that was received is refused.

use thiserror::Error;

use crate::atlas::FRAME;
use crate::policy::MAX_FLOORS;

/// Longest JSON of a release that is read: many times that of the longest release.
pub const MAX_JSON_BYTES: usize = 1 << 20;

pub(super) const FORMAT: &str = "homeveil-release";

/// Why a text is not a release, or what does not hold for one.
///
/// ```
/// use homeveil::{Release, release::ReleaseError};
/// assert_eq!(Release::from_json(b"{}"), Err(ReleaseError::Json));
/// assert!(ReleaseError::Drawing.to_string().contains("cell by cell"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// Longer than [`MAX_JSON_BYTES`].
    #[error("a release has at most {MAX_JSON_BYTES} bytes")]
    TooLong,
    /// Not JSON, or not with exactly the fields of a release.
    #[error("not the JSON of a release: its fields must be exactly those of the format")]
    Json,
    /// Another format or version.
    #[error("format must be \"{FORMAT}\" and version 1, or 2 with several floors")]
    Version,
    /// Another frame.
    #[error("the frame must be {} × {} cells of {} m", FRAME.width, FRAME.height, FRAME.resolution)]
    Frame,
    /// Another number of floors than its certificate's, or than any policy has.
    #[error("a release must have as many floors as its certificate says, 1 to {MAX_FLOORS}")]
    Floors,
    /// Zones, doors or dock do not exist or lie outside the frame.
    #[error("zones must be numbered in order, and zones, doors and dock lie in the frame")]
    Geometry,
    /// The grid's runs do not fill the frame.
    #[error("the grid must be runs of -1, 0 and 100 that fill the frame exactly")]
    Grid,
    /// No plans have this number of zones.
    #[error("the certificate's number of zones must be one that plans have")]
    Zones,
    /// No such codebook was shipped for these zones and odds.
    #[error("the codebook's digest must be that of a codebook shipped for these zones and odds")]
    Codebook,
    /// The number of a floor's plan is not one of the atlas.
    #[error("a floor's plan must be one of the atlas")]
    Plan,
    /// The plan is not one of the codebook's.
    #[error("a floor's plan must be one of the codebook")]
    NotInCodebook,
    /// Zones, doors, dock or cells are not those of the plan.
    #[error("zones, doors, dock and grid must be those of the plan, cell by cell")]
    Drawing,
    /// The certificate's figures do not follow from its odds.
    #[error("the certificate's figures must follow from its odds")]
    Figures,
    /// Areas, policy digest or version are not what a release has.
    #[error("areas, policy digest or version are not those of a release")]
    Terms,
    /// It was drawn under another policy.
    #[error("the release must have been drawn under the policy given")]
    Policy,
}
