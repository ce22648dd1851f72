//! Intervals of figures over homes.

use crate::noise::{CoinError, Coins};

/// Sets of homes that are drawn.
const RESAMPLES: usize = 1000;

/// The interval that a figure over some homes lies in with 95 % confidence, by the bootstrap over homes.
///
/// As many homes are drawn as there are, with replacement, a thousand times; of the thousand figures the outermost 25
/// at either end are left out (the percentile method of Efron 1979, *Annals of Statistics* 7(1)). Of no homes, the
/// figure of none.
///
/// # Errors
/// The coins fail.
///
/// # Complexity
/// A thousand times what the figure takes.
///
/// ```
/// use homeveil::{Coins, utility::bootstrap};
/// let tours = [1.0, 1.02, 1.1, 1.0, 1.05, 1.01, 1.0, 1.3];
/// let mean = |homes: &[&f64]| homes.iter().copied().sum::<f64>() / 8.0;
/// let [low, high] = bootstrap(&tours, &mut Coins::replayed(1), mean)?;
/// assert!(1.0 < low && low < 1.06 && 1.06 < high && high < 1.3);
/// # Ok::<(), homeveil::noise::CoinError>(())
/// ```
pub fn bootstrap<T>(
    homes: &[T],
    coins: &mut Coins,
    figure: impl Fn(&[&T]) -> f64,
) -> Result<[f64; 2], CoinError> {
    if homes.is_empty() {
        return Ok([figure(&[]); 2]);
    }
    let mut figures = Vec::with_capacity(RESAMPLES);
    let mut drawn: Vec<&T> = Vec::with_capacity(homes.len());
    for _ in 0..RESAMPLES {
        drawn.clear();
        for _ in homes {
            let at = usize::try_from(coins.below(homes.len() as u64)?).unwrap_or(0);
            drawn.push(&homes[at]);
        }
        figures.push(figure(&drawn));
    }
    figures.sort_by(f64::total_cmp);
    Ok([figures[RESAMPLES / 40], figures[RESAMPLES - 1 - RESAMPLES / 40]])
}

#[cfg(test)]
mod tests {
    use super::bootstrap;
    use crate::noise::Coins;

    /// Of many sets of numbers drawn alike, the interval of the mean holds the true one in about 95 %.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut coins = Coins::replayed(1);
        let mut held = 0;
        for _ in 0..200 {
            let numbers: Vec<f64> =
                (0..60).map(|_| f64::from(u32::try_from(coins.below(7).unwrap()).unwrap())).collect();
            let mean = |numbers: &[&f64]| numbers.iter().copied().sum::<f64>() / 60.0;
            let [low, high] = bootstrap(&numbers, &mut coins, mean).unwrap();
            held += u32::from((low..=high).contains(&3.0));
        }
        assert!((176..=198).contains(&held), "{held} of 200");
    }
}
