//! A figure, and what is known of it.

use super::clopper_pearson::{lower, upper};
use super::normal::deviate;

/// A figure with confidence bounds.
///
/// ```
/// use homeveil_audit::measure::Statistic;
/// let heads = Statistic::Share { k: 500, n: 1000 };
/// assert!((heads.value() - 0.5).abs() < 1e-12);
/// assert!(heads.lower(0.001) > 0.44 && heads.lower(0.001) < 0.46);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Computed from exact laws: no error of sampling.
    Exact(f64),
    /// k successes in n independent trials, whose probabilities may differ.
    Share {
        /// Successes.
        k: u32,
        /// Trials, at least 1.
        n: u32,
    },
    /// The share among the first trials less the share among the second ones.
    Difference {
        /// Successes and trials of the first kind.
        one: [u32; 2],
        /// Successes and trials of the second kind.
        other: [u32; 2],
    },
    /// The logarithm of the first share over the second one.
    LogRatio {
        /// Successes and trials of the first kind.
        one: [u32; 2],
        /// Successes and trials of the second kind.
        other: [u32; 2],
    },
    /// The odds of the first share over the odds of the second one.
    OddsFactor {
        /// Successes and trials of the first kind.
        one: [u32; 2],
        /// Successes and trials of the second kind.
        other: [u32; 2],
    },
    /// A figure with a standard error: its bounds are those of the normal law, good for hundreds of homes.
    Normal {
        /// The figure.
        value: f64,
        /// Its standard error.
        error: f64,
    },
}

impl Statistic {
    /// The figure itself.
    #[must_use]
    pub fn value(&self) -> f64 {
        match *self {
            Self::Exact(value) | Self::Normal { value, .. } => value,
            Self::Share { k, n } => share(k, n),
            Self::Difference { one: [k1, n1], other: [k2, n2] } => share(k1, n1) - share(k2, n2),
            // Where neither happened, nothing says that they differ.
            Self::LogRatio { one: [0, _], other: [0, _] } => 0.0,
            Self::LogRatio { one: [k1, n1], other: [k2, n2] } => (share(k1, n1) / share(k2, n2)).ln(),
            Self::OddsFactor { one: [k1, n1], other: [k2, n2] } => odds(share(k1, n1)) / odds(share(k2, n2)),
        }
    }

    /// What is below the true figure with confidence 1 − `alpha`.
    #[must_use]
    pub fn lower(&self, alpha: f64) -> f64 {
        match *self {
            Self::Exact(value) => value,
            Self::Normal { value, error } => value - off(alpha, error),
            Self::Share { k, n } => lower(k, n, alpha),
            Self::Difference { one: [k1, n1], other: [k2, n2] } => {
                lower(k1, n1, alpha / 2.0) - upper(k2, n2, alpha / 2.0)
            }
            Self::LogRatio { one: [k1, n1], other: [k2, n2] } => {
                (lower(k1, n1, alpha / 2.0) / upper(k2, n2, alpha / 2.0)).ln()
            }
            Self::OddsFactor { one: [k1, n1], other: [k2, n2] } => {
                odds(lower(k1, n1, alpha / 2.0)) / odds(upper(k2, n2, alpha / 2.0))
            }
        }
    }

    /// What is above it with confidence 1 − `alpha`.
    #[must_use]
    pub fn upper(&self, alpha: f64) -> f64 {
        match *self {
            Self::Exact(value) => value,
            Self::Normal { value, error } => value + off(alpha, error),
            Self::Share { k, n } => upper(k, n, alpha),
            Self::Difference { one, other } => -Self::Difference { one: other, other: one }.lower(alpha),
            Self::LogRatio { one, other } => -Self::LogRatio { one: other, other: one }.lower(alpha),
            Self::OddsFactor { one, other } => 1.0 / Self::OddsFactor { one: other, other: one }.lower(alpha),
        }
    }

    /// What holds the true figure with confidence 95 %.
    #[must_use]
    pub fn interval(&self) -> [f64; 2] {
        [self.lower(0.025), self.upper(0.025)]
    }
}

/// How far a bound is off; nothing where there is no error, whatever the level.
fn off(alpha: f64, error: f64) -> f64 {
    if error > 0.0 { deviate(alpha) * error } else { 0.0 }
}

fn share(k: u32, n: u32) -> f64 {
    f64::from(k) / f64::from(n)
}

fn odds(share: f64) -> f64 {
    share / (1.0 - share)
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;

    use super::Statistic;

    /// With no doubt allowed nothing is sure but what was computed, and of counts that cannot be nothing is.
    #[test]
    fn bounds_are_there_for_every_level_and_count() {
        let (one, other) = ([9, 10], [1, 10]);
        for alpha in [0.0, -1.0, f64::NAN] {
            let share = Statistic::Share { k: 9, n: 10 };
            assert_eq!(
                [share.lower(alpha), share.upper(alpha)].map(f64::to_bits),
                [0.0, 1.0].map(f64::to_bits)
            );
            assert!(Statistic::Difference { one, other }.lower(alpha) <= -1.0);
            assert!(Statistic::Normal { value: 1.0, error: 0.1 }.lower(alpha) < -1e300);
            assert!(Statistic::Normal { value: 1.0, error: 0.0 }.lower(alpha) > 0.9);
            assert!(Statistic::Exact(1.0).lower(alpha) > 0.9);
        }
        for (k, n) in [(0, 0), (5, 0), (5, 3)] {
            let [low, high] = Statistic::Share { k, n }.interval();
            assert!(0.0 <= low && low <= high && high <= 1.0, "{k} of {n}: {low} to {high}");
        }
    }

    /// Each figure, drawn many times with a known truth: its lower bound at 5 % is above the truth in about 5 % or
    /// less.
    #[test]
    fn lower_bounds_hold_as_often_as_they_say() {
        let mut coins = Coins::replayed(3);
        let mut heads = |n: u32, percent: u64| {
            let heads = (0..n).filter(|_| coins.below(100).unwrap() < percent).count();
            u32::try_from(heads).unwrap()
        };
        let mut wrong = [0; 4];
        for _ in 0..400 {
            let (one, other) = ([heads(120, 60), 120], [heads(90, 40), 90]);
            let figures = [
                (Statistic::Share { k: one[0], n: 120 }, 0.6),
                (Statistic::Difference { one, other }, 0.2),
                (Statistic::LogRatio { one, other }, 1.5_f64.ln()),
                (Statistic::OddsFactor { one, other }, 2.25),
            ];
            for (count, (figure, truth)) in wrong.iter_mut().zip(figures) {
                let [low, high] = figure.interval();
                assert!(low <= figure.value() && figure.value() <= high);
                *count += u32::from(figure.lower(0.05) > truth);
            }
        }
        // 20 expected for the first, fewer for those that bound two shares.
        assert!(wrong[0] > 5 && wrong.iter().all(|&count| count < 32), "{wrong:?}");
    }
}
