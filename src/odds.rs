//! Odds: the budget λ of the promise, as an exact fraction.

use core::cmp::Ordering;
use core::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::number::gcd;

/// Greatest numerator or denominator, so that every product in the channel fits 64 bits.
pub const MAX_ODDS_TERM: u32 = 1 << 24;

/// λ = e^ε, the bound on privacy loss, as a fraction p/q ≥ 1: the factor by which a release may change anyone's odds on
/// anything about the home.
///
/// Kept as given, not in lowest terms; compared as a fraction.
///
/// ```
/// use homeveil::Odds;
/// let (two, four_halves) = (Odds::new(2, 1)?, Odds::new(4, 2)?);
/// assert_eq!(two, four_halves);
/// assert_eq!(two.times(four_halves), Some(Odds::new(4, 1)?));
/// # Ok::<(), homeveil::OddsError>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "[u32; 2]", into = "[u32; 2]")]
pub struct Odds {
    p: u32,
    q: u32,
}

impl Odds {
    /// λ = 1: the release says nothing at all.
    pub const SEALED: Self = Self { p: 1, q: 1 };

    /// The greatest odds that can be stated.
    pub(crate) const LOUDEST: Self = Self::whole(MAX_ODDS_TERM);

    /// λ = p/q.
    ///
    /// # Errors
    /// q is zero, p is less than q, or either is over [`MAX_ODDS_TERM`].
    pub const fn new(p: u32, q: u32) -> Result<Self, OddsError> {
        if q == 0 || p < q || p > MAX_ODDS_TERM { Err(OddsError) } else { Ok(Self { p, q }) }
    }

    /// λ = p; 1 for 0.
    pub(crate) const fn whole(p: u32) -> Self {
        Self { p: if p == 0 { 1 } else { p }, q: 1 }
    }

    /// The numerator.
    #[must_use]
    pub const fn p(self) -> u32 {
        self.p
    }

    /// The denominator.
    #[must_use]
    pub const fn q(self) -> u32 {
        self.q
    }

    /// The product of two odds in lowest terms. Where its terms exceed [`MAX_ODDS_TERM`], the fraction with the
    /// greatest denominator that is not below it, so that a budget is never understated: at most 2⁻²³ of the product
    /// too great. Nothing where the product itself is above [`MAX_ODDS_TERM`], which no cap is.
    ///
    /// ```
    /// use homeveil::Odds;
    /// let e = Odds::new(271_828, 100_000)?;
    /// let squared = e.times(e).ok_or("too great")?;
    /// assert!(squared.value() >= e.value() * e.value() && squared.value() < 7.389_05);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let mut p = u64::from(self.p) * u64::from(other.p);
        let mut q = u64::from(self.q) * u64::from(other.q);
        let divisor = gcd(p, q);
        (p, q) = (p / divisor, q / divisor);
        if p > u64::from(MAX_ODDS_TERM) {
            let (exact, most) = ((u128::from(p), u128::from(q)), u128::from(MAX_ODDS_TERM));
            let below = most * exact.1 / exact.0;
            if below == 0 {
                return None;
            }
            let above = (exact.0 * below).div_ceil(exact.1);
            (p, q) = (u64::try_from(above).ok()?, u64::try_from(below).ok()?);
            let divisor = gcd(p, q);
            (p, q) = (p / divisor, q / divisor);
        }
        Self::new(u32::try_from(p).ok()?, u32::try_from(q).ok()?).ok()
    }

    /// These odds to the power of `n`, as given for 1; nothing as for [`Odds::times`].
    #[must_use]
    pub fn power(self, n: u8) -> Option<Self> {
        match n {
            0 => Some(Self::SEALED),
            1 => Some(self),
            n => (1..n).try_fold(self, |product, _| product.times(self)),
        }
    }

    /// λ as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.p) / f64::from(self.q)
    }

    /// An upper bound of ε = ln λ in nats, hardly more than 10⁻⁶ too large: never rounded down, and the same on every
    /// machine.
    ///
    /// ln λ = k ln 2 + 2 artanh((m − 1)/(m + 1)) with λ = m 2ᵏ and 1 ≤ m < 2, in fixed point with 2⁻⁴⁰ steps,
    /// each rounded up.
    #[must_use]
    pub fn epsilon_upper(self) -> f64 {
        const ONE: u128 = 1 << 40;
        // ⌈2⁴⁰ ln 2⌉.
        const LN_2: u128 = 762_123_384_786;
        if self.p == self.q {
            return 0.0;
        }
        let (p, mut q) = (u128::from(self.p), u128::from(self.q));
        let mut doublings = 0;
        while p >= 2 * q {
            q *= 2;
            doublings += 1;
        }
        let (over, under) = (p - q, p + q);
        // artanh z = z + z³/3 + z⁵/5 + …, z < 1/3: after 20 terms the rest is below the step.
        let mut power = (over * ONE).div_ceil(under);
        let mut sum = 0;
        for term in 0..20 {
            sum += power.div_ceil(2 * term + 1);
            power = (power * over * over).div_ceil(under * under);
        }
        let micro = ((doublings * LN_2 + 2 * sum + 1) * 1_000_000).div_ceil(ONE);
        #[expect(clippy::cast_precision_loss, reason = "below 2²⁶")]
        {
            micro as f64 / 1e6
        }
    }
}

impl Default for Odds {
    /// λ = 1: nothing is learnt.
    fn default() -> Self {
        Self::SEALED
    }
}

impl PartialEq for Odds {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Odds {}

impl PartialOrd for Odds {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Odds {
    fn cmp(&self, other: &Self) -> Ordering {
        (u64::from(self.p) * u64::from(other.q)).cmp(&(u64::from(other.p) * u64::from(self.q)))
    }
}

impl fmt::Display for Odds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.q == 1 { self.p.fmt(f) } else { write!(f, "{}/{}", self.p, self.q) }
    }
}

impl TryFrom<[u32; 2]> for Odds {
    type Error = OddsError;

    fn try_from([p, q]: [u32; 2]) -> Result<Self, OddsError> {
        Self::new(p, q)
    }
}

impl From<Odds> for [u32; 2] {
    fn from(odds: Odds) -> Self {
        [odds.p, odds.q]
    }
}

/// The fraction is not valid for [`Odds`].
///
/// ```
/// assert_eq!(homeveil::Odds::new(1, 2), Err(homeveil::OddsError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("odds must be a fraction p/q with 1 ≤ q ≤ p ≤ {MAX_ODDS_TERM}")]
pub struct OddsError;

#[cfg(test)]
mod tests {
    use super::Odds;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn epsilon_is_never_below_and_hardly_above_the_logarithm(q in 1..1_u32 << 24, p in 1..1_u32 << 24) {
            let odds = Odds::new(p.max(q), q).unwrap();
            let exact = odds.value().ln();
            let bound = odds.epsilon_upper();
            prop_assert!(bound >= exact - 1e-15 && bound <= exact + 1.1e-6, "{bound} {exact}");
        }
    }

    /// In 128 bits: never less than the product, hardly more, in lowest terms, and exact where that can be written.
    fn is_product(a: Odds, b: Odds, product: Option<Odds>) -> bool {
        let (p, q) = (u128::from(a.p) * u128::from(b.p), u128::from(a.q) * u128::from(b.q));
        let most = u128::from(super::MAX_ODDS_TERM);
        let Some(product) = product else { return p > most * q };
        let [low_p, low_q] = [p, q].map(|product| u64::try_from(product).unwrap());
        let divisor = u128::from(super::gcd(low_p, low_q));
        let (own_p, own_q) = (u128::from(product.p), u128::from(product.q));
        let fits = p / divisor <= most;
        super::gcd(product.p.into(), product.q.into()) == 1
            && own_p * q >= p * own_q
            && (own_p * q - p * own_q) * (1 << 23) <= p * own_q
            && (!fits || (own_p, own_q) == (p / divisor, q / divisor))
    }

    proptest! {
        #[test]
        fn a_product_is_never_understated(
            q in (1..1_u32 << 24, 1..1_u32 << 24), p in (1..1_u32 << 24, 1..1_u32 << 24),
        ) {
            let (a, b) = (Odds::new(p.0.max(q.0), q.0).unwrap(), Odds::new(p.1.max(q.1), q.1).unwrap());
            prop_assert!(is_product(a, b, a.times(b)), "{} {}", a, b);
        }

        #[test]
        fn a_small_product_is_exact(q in (1..5_u32, 1..5_u32), p in (1..2000_u32, 1..2000_u32)) {
            let (a, b) = (Odds::new(p.0.max(q.0), q.0).unwrap(), Odds::new(p.1.max(q.1), q.1).unwrap());
            prop_assert!(is_product(a, b, a.times(b)), "{} {}", a, b);
        }
    }

    #[test]
    fn products_at_the_limit() {
        let most = Odds::LOUDEST;
        assert_eq!((most.times(Odds::SEALED), most.times(Odds::whole(2))), (Some(most), None));
        let nearly = Odds::new((1 << 24) - 1, (1 << 24) - 2).unwrap();
        assert!(is_product(most, nearly, most.times(nearly)) && most.times(nearly).is_none());
        assert!(is_product(nearly, nearly, nearly.times(nearly)));
    }

    #[test]
    fn known_values() {
        assert_eq!(Odds::SEALED.epsilon_upper().to_bits(), 0.0_f64.to_bits());
        assert!((Odds::whole(2).epsilon_upper() - 0.693_148).abs() < 1e-9);
    }
}
