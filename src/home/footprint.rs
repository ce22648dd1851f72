//! The robot's outline.

use super::error::HomeError;
use super::limits::{MAX_RADIUS_M, MIN_RADIUS_M};

/// The area that a robot covers where it stands: a disc.
///
/// ```
/// use homeveil::home::Footprint;
/// assert_eq!(Footprint::disc_m(0.17)?.radius_m(), 0.17);
/// # Ok::<(), homeveil::home::HomeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Footprint {
    radius_m: f64,
}

impl Footprint {
    /// A disc of this radius in metres; 0.17 is a usual robot vacuum.
    ///
    /// # Errors
    /// The radius is not between [`MIN_RADIUS_M`] and [`MAX_RADIUS_M`].
    pub fn disc_m(radius_m: f64) -> Result<Self, HomeError> {
        if (MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m) {
            Ok(Self { radius_m })
        } else {
            Err(HomeError::Footprint)
        }
    }

    /// The radius in metres.
    #[must_use]
    pub const fn radius_m(self) -> f64 {
        self.radius_m
    }
}
