//! Why there are no measures.

use crate::home::HomeError;

/// Why nothing is measured.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Policy, Redaction, utility};
/// use homeveil::utility::MeasureError;
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let nothing = Redaction::none().rooms(home.rooms().iter().map(|room| room.id()));
/// let measures = utility::expected_graph_measures(&home, &nothing, &Policy::default());
/// assert_eq!(measures, Err(MeasureError::NothingToDraw));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The redaction is refused.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Redaction leaves nothing of the home to draw.
    #[error("redaction leaves nothing of the home to draw, so there is nothing to measure")]
    NothingToDraw,
    /// The release has no floor, or its first floor is of no plan.
    #[error("the release must draw a plan of the atlas: verify it first")]
    UnknownPlan,
}
