//! Why a policy was refused.

use thiserror::Error;

use super::limits::{MAX_DONE_AFTER_S, MAX_FLOORS, MAX_POLICY_AREAS};
use crate::atlas::{MAX_ZONES, MIN_ZONES};

/// Why a policy was refused.
///
/// ```
/// assert!(homeveil::PolicyError::Zones.to_string().contains("2 to 6 zones"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The number of zones is outside the limits.
    #[error("a policy must have {MIN_ZONES} to {MAX_ZONES} zones")]
    Zones,
    /// More than [`MAX_POLICY_AREAS`] areas.
    #[error("a policy may have at most {MAX_POLICY_AREAS} areas")]
    Areas,
    /// Not 1 to [`MAX_FLOORS`] floors.
    #[error("a policy must have 1 to {MAX_FLOORS} floors")]
    Floors,
    /// Not 1 to [`MAX_DONE_AFTER_S`] seconds from a command to "done".
    #[error("a command must be answered \"done\" after 1 to {MAX_DONE_AFTER_S} seconds")]
    DoneAfter,
    /// The cap is below the budget of one release.
    #[error(
        "the cap on all releases together must be at least the odds of one release, which are those of a floor to the \
         power of the number of floors"
    )]
    Cap,
}
