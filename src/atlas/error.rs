//! Why a codebook of one's own is refused.

use super::plan::{MAX_ZONES, MIN_ZONES};

/// Why plans are no codebook.
///
/// ```
/// use homeveil::atlas::{Codebook, CodebookError, PlanId};
/// let twice = Codebook::of_plans(4, &[PlanId::new(142_598); 2], 1);
/// assert_eq!(twice.err(), Some(CodebookError::Twice));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodebookError {
    /// A plan is named twice.
    #[error("each plan may be named once")]
    Twice,
    /// M is not between 1 and the number of plans.
    #[error("a codebook prefers at least one of its plans and at most all of them")]
    Preferred,
    /// A number is no plan of so many zones.
    #[error("each number must be a plan of {zones} zones, and plans have {MIN_ZONES} to {MAX_ZONES}")]
    NoPlan {
        /// The number K of zones.
        zones: u8,
    },
}
