//! Exact fractions.

use serde::{Deserialize, Serialize};

/// A probability as an exact fraction; in JSON the array of its two terms.
///
/// ```
/// use homeveil::noise::Fraction;
/// let half = Fraction { numerator: 1, denominator: 2 };
/// assert_eq!(half.value(), 0.5);
/// assert_eq!(serde_json::to_string(&half)?, "[1,2]");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u64; 2]", into = "[u64; 2]")]
pub struct Fraction {
    /// The number above the line.
    pub numerator: u64,
    /// The number below the line.
    pub denominator: u64,
}

impl Fraction {
    pub(crate) const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// It as a number, rounded. Not finite where the denominator is 0, as in a
    /// certificate that was read and is not verified.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the terms of a channel are below 2⁴⁶")]
    pub const fn value(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl From<[u64; 2]> for Fraction {
    fn from([numerator, denominator]: [u64; 2]) -> Self {
        Self { numerator, denominator }
    }
}

impl From<Fraction> for [u64; 2] {
    fn from(of: Fraction) -> Self {
        [of.numerator, of.denominator]
    }
}
