//! Many figures against their caps at once.

use super::Statistic;

/// The chance that any cap is called exceeded where all of them hold.
pub const FAMILY_WISE: f64 = 1e-3;

/// "This figure is at most this cap."
///
/// ```
/// use homeveil_audit::measure::{Hypothesis, Statistic, holm};
/// let fair = Hypothesis { statistic: Statistic::Share { k: 510, n: 1000 }, cap: 0.5 };
/// let loaded = Hypothesis { statistic: Statistic::Share { k: 700, n: 1000 }, cap: 0.5 };
/// let found = holm(&[fair, loaded], 1e-3);
/// assert!(!found[0].1 && found[1].1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Hypothesis {
    /// The figure.
    pub statistic: Statistic,
    /// What it must not exceed.
    pub cap: f64,
}

/// For each hypothesis the figure's lower bound and whether the cap is exceeded, so that with all caps holding the
/// chance of any being called exceeded is at most `alpha` (Holm 1979, Scandinavian Journal of Statistics 6).
///
/// With k hypotheses left, one whose lower bound at level alpha/k is above its cap is exceeded and leaves; this goes on
/// until none does. A bound is that at the level of the last step the hypothesis took part in.
#[must_use]
pub fn holm(hypotheses: &[Hypothesis], alpha: f64) -> Vec<(f64, bool)> {
    let mut found = vec![(f64::NEG_INFINITY, false); hypotheses.len()];
    loop {
        let left = found.iter().filter(|(_, exceeded)| !exceeded).count();
        let mut more = false;
        for (of, (bound, exceeded)) in
            hypotheses.iter().zip(&mut found).filter(|(_, (_, exceeded))| !exceeded)
        {
            *bound = of.statistic.lower(alpha / left as f64);
            // Caps are computed in floating point as well.
            *exceeded = *bound > of.cap + 1e-9;
            more |= *exceeded;
        }
        if !more {
            return found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hypothesis, Statistic, holm};

    /// The step-down procedure by p-values, on normal figures: p = P[Z > (value − cap)/error].
    #[test]
    fn it_is_holms_procedure() {
        let figure = |z: f64| Hypothesis { statistic: Statistic::Normal { value: z, error: 1.0 }, cap: 0.0 };
        // Deviates of 0.05/4, 0.05/3 and 0.05/2 are 2.241, 2.128 and 1.960.
        let exceeded = |zs: &[f64]| -> Vec<bool> {
            holm(&zs.iter().map(|&z| figure(z)).collect::<Vec<_>>(), 0.05)
                .into_iter()
                .map(|(_, yes)| yes)
                .collect()
        };
        assert_eq!(exceeded(&[2.3, 2.15, 1.97, 0.0]), [true, true, true, false]);
        assert_eq!(exceeded(&[2.2, 2.15, 1.97, 0.0]), [false; 4]);
        assert_eq!(exceeded(&[2.3, 2.1, 1.97, 0.0]), [true, false, false, false]);
    }
}
