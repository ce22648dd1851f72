//! How good guesses are.

use homeveil::Coins;
use homeveil::noise::CoinError;

use super::Statistic;

/// Homes below which no R² is estimated. Its bound is the normal law's, which few homes do not follow: two that lie on
/// a line by luck have an R² of 1 and no error. Thirty are what is usually asked for before the law of a mean counts as
/// normal.
const FEWEST: usize = 30;

/// Share of the variance of the truths that the guesses explain: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Below zero where a constant
/// would be better. The standard error is that of the ratio of two means over homes (delta method), so that the bounds
/// are asymptotic: of fewer than thirty homes nothing is said. Nothing is explained where all truths are equal.
///
/// ```
/// use homeveil_audit::measure::r_squared;
/// let truth = [1.0, 2.0, 3.0, 4.0].repeat(10);
/// let value = |guesses: &[f64]| r_squared(guesses, &truth).map(|of| of.value());
/// assert!(value(&truth).is_some_and(|all| (all - 1.0).abs() < 1e-12));
/// assert!(value(&[2.5; 40]).is_some_and(|nothing| nothing.abs() < 1e-12));
/// assert!(r_squared(&[1.0, 2.0], &[1.0, 2.0]).is_none()); // two homes say nothing
/// ```
#[must_use]
pub fn r_squared(guesses: &[f64], truths: &[f64]) -> Option<Statistic> {
    if truths.len() < FEWEST {
        return None;
    }
    let n = truths.len() as f64;
    let mean = truths.iter().sum::<f64>() / n;
    let missed: Vec<f64> = truths.iter().zip(guesses).map(|(truth, guess)| (truth - guess).powi(2)).collect();
    let spread: Vec<f64> = truths.iter().map(|truth| (truth - mean).powi(2)).collect();
    let whole = spread.iter().sum::<f64>() / n;
    if whole <= 0.0 {
        return Some(Statistic::Exact(0.0));
    }
    let ratio = missed.iter().sum::<f64>() / n / whole;
    let variance = missed
        .iter()
        .zip(&spread)
        .map(|(missed, spread)| ((missed - ratio * spread) / whole).powi(2))
        .sum::<f64>()
        / n;
    Some(Statistic::Normal { value: 1.0 - ratio, error: (variance / n).sqrt() })
}

/// Homes of either kind below which nothing is said of a yes or a no: of three, luck gets all right every eighth time.
const LEAST: u32 = 8;

/// The chance that a "yes" scores higher than a "no", a tie counting by a coin. Every "yes" is compared with one "no"
/// of its own, so that the trials are independent. Nothing of fewer than eight.
///
/// # Errors
/// The coins fail.
pub fn auc(scores: &[f64], truths: &[f64], coins: &mut Coins) -> Result<Option<Statistic>, CoinError> {
    let of = |yes: bool| {
        scores.iter().zip(truths).filter(move |(_, truth)| (**truth > 0.5) == yes).map(|(score, _)| *score)
    };
    let (mut k, mut n) = (0, 0);
    for (yes, no) in of(true).zip(of(false)) {
        n += 1;
        k += if (yes - no).abs() < 1e-12 { u32::from(coins.below(2)? == 0) } else { u32::from(yes > no) };
    }
    Ok((n >= LEAST).then_some(Statistic::Share { k, n }))
}

/// From which score on one says "yes", chosen on homes that figures are not of.
///
/// ```
/// use homeveil_audit::measure::Threshold;
/// let threshold = Threshold::chosen(&[0.1, 0.2, 0.8, 0.9], &[0.0, 0.0, 1.0, 1.0]);
/// let (scores, truths) = ([0.7, 0.3].repeat(8), [1.0, 0.0].repeat(8));
/// assert!(threshold.advantage(&scores, &truths).is_some_and(|advantage| (advantage.value() - 1.0).abs() < 1e-12));
/// assert!(threshold.advantage(&[0.7, 0.3], &[1.0, 0.0]).is_none()); // two homes say nothing
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Threshold(f64);

impl Threshold {
    /// The threshold of the greatest advantage on these.
    #[must_use]
    pub fn chosen(scores: &[f64], truths: &[f64]) -> Self {
        let mut order: Vec<(f64, bool)> =
            scores.iter().zip(truths).map(|(score, truth)| (*score, *truth > 0.5)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let yes = order.iter().filter(|(_, yes)| *yes).count().max(1) as f64;
        let no = order.iter().filter(|(_, yes)| !*yes).count().max(1) as f64;
        let (mut rate, mut best) = (0.0, (0.0, f64::INFINITY));
        for (at, &(score, is_yes)) in order.iter().enumerate() {
            rate += if is_yes { 1.0 / yes } else { -1.0 / no };
            let next = order.get(at + 1).map(|next| next.0);
            if rate > best.0 && next.is_none_or(|next| next < score) {
                best = (rate, next.map_or(score, |next| f64::midpoint(score, next)));
            }
        }
        Self(best.1)
    }

    /// True less false positive rate; nothing where there are fewer than eight of either kind.
    #[must_use]
    pub fn advantage(self, scores: &[f64], truths: &[f64]) -> Option<Statistic> {
        let count = |yes: bool| {
            scores
                .iter()
                .zip(truths)
                .filter(|(_, truth)| (**truth > 0.5) == yes)
                .fold([0, 0], |[k, n], (score, _)| [k + u32::from(*score >= self.0), n + 1])
        };
        let (one, other) = (count(true), count(false));
        (one[1] >= LEAST && other[1] >= LEAST).then_some(Statistic::Difference { one, other })
    }
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;

    use super::{Statistic, auc, r_squared};

    /// Guesses that explain a known share: the interval holds it about as often as it says.
    #[test]
    fn intervals_of_r_squared_hold_the_truth() {
        let mut coins = Coins::replayed(5);
        let mut uniform = || f64::from(u32::try_from(coins.below(1000).unwrap()).unwrap()) / 1000.0 - 0.5;
        let mut held = 0;
        for _ in 0..300 {
            let pairs: Vec<(f64, f64)> =
                (0..200).map(|_| (uniform(), uniform())).map(|(a, b)| (a, a + b)).collect();
            let (guesses, truths): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let [low, high] = r_squared(&guesses, &truths).unwrap().interval();
            held += u32::from((low..=high).contains(&0.5));
        }
        assert!((270..=297).contains(&held), "{held} of 300");
    }

    /// Guesses that know nothing, of as few homes as an R² is estimated of: at the level of a page with hundreds of
    /// figures, none of thousands is called sure. Of two homes some are, by luck, and no such figure is given.
    #[test]
    fn few_homes_explain_nothing_by_luck() {
        let mut coins = Coins::replayed(8);
        let mut uniform = || f64::from(u32::try_from(coins.below(1000).unwrap()).unwrap()) / 1000.0;
        for _ in 0..4000 {
            let mut homes =
                |count: usize| -> (Vec<f64>, Vec<f64>) { (0..count).map(|_| (uniform(), uniform())).unzip() };
            let (guesses, truths) = homes(30);
            assert!(r_squared(&guesses, &truths).unwrap().lower(1e-3 / 540.0) <= 0.0);
            let (guesses, truths) = homes(29);
            assert_eq!(r_squared(&guesses, &truths), None);
        }
    }

    #[test]
    fn pairs_are_counted_once_each() {
        let (scores, truths) = ([3.0, 1.0, 0.0, 2.0].repeat(8), [1.0, 0.0, 1.0, 0.0].repeat(8));
        let found = auc(&scores, &truths, &mut Coins::replayed(1)).unwrap();
        assert_eq!(found, Some(Statistic::Share { k: 8, n: 16 }));
        let of_seven = auc(&scores[..28], &[1.0, 0.0, 0.0, 0.0].repeat(7), &mut Coins::replayed(1)).unwrap();
        assert_eq!(of_seven, None);
    }
}
