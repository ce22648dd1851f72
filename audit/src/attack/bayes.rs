//! The attacker that no other one beats: it knows the mechanism's exact law and every home of the population.
//!
//! Nothing is drawn and nothing is learnt: what it attains over this population is a sum over homes and releases. It is
//! what the caps are about, and how far below them a population keeps it says how much the caps have in reserve.

use std::collections::BTreeMap;

use crate::mechanism::Law;

/// Share of the variance that the expectation given the release explains: Var E\[Y | R\] / Var Y over homes that are
/// all equally likely. 0 where all truths are equal.
///
/// ```
/// use homeveil_audit::attack::bayes::r_squared;
/// let told = [vec![(0, 1.0)], vec![(1, 1.0)]];
/// assert!((r_squared(&told, &[30.0, 90.0]) - 1.0).abs() < 1e-12);
/// let blind = [vec![(0, 0.5), (1, 0.5)], vec![(0, 0.5), (1, 0.5)]];
/// assert!(r_squared(&blind, &[30.0, 90.0]).abs() < 1e-12);
/// ```
#[must_use]
pub fn r_squared(laws: &[Law], truths: &[f64]) -> f64 {
    let count = truths.len() as f64;
    let mean = truths.iter().sum::<f64>() / count;
    let whole: f64 = truths.iter().map(|truth| (truth - mean).powi(2)).sum();
    if whole <= 0.0 {
        return 0.0;
    }
    let mut of: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (law, truth) in laws.iter().zip(truths) {
        for &(release, share) in law {
            let (weight, sum) = of.entry(release).or_default();
            *weight += share;
            *sum += share * (truth - mean);
        }
    }
    of.values().map(|(weight, sum)| if *weight > 0.0 { sum * sum / weight } else { 0.0 }).sum::<f64>() / whole
}

/// What an attacker can tell apart: homes for which something is true from those for which it is not.
///
/// ```
/// use homeveil_audit::attack::bayes::Told;
/// let (one, other) = (vec![(0, 2.0 / 3.0), (1, 1.0 / 3.0)], vec![(0, 1.0 / 3.0), (1, 2.0 / 3.0)]);
/// let told = Told::apart(&[one, other], &[true, false]).ok_or("both kinds are there")?;
/// assert!((told.advantage - 1.0 / 3.0).abs() < 1e-12 && (told.auc - 2.0 / 3.0).abs() < 1e-12);
/// assert!((told.odds - 2.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// True less false positive rate of the best test.
    pub advantage: f64,
    /// Area under the curve of all best tests.
    pub auc: f64,
    /// The greatest factor by which a release changes the odds.
    pub odds: f64,
}

impl Told {
    /// Nothing where there is no "yes" or no "no".
    #[must_use]
    pub fn apart(laws: &[Law], truths: &[bool]) -> Option<Self> {
        let mixed = |of: bool| -> Option<BTreeMap<usize, f64>> {
            let own: Vec<&Law> =
                laws.iter().zip(truths).filter(|(_, truth)| **truth == of).map(|(law, _)| law).collect();
            let mut mixed = BTreeMap::new();
            for (release, share) in own.iter().flat_map(|law| law.iter()) {
                *mixed.entry(*release).or_default() += share / own.len() as f64;
            }
            (!own.is_empty()).then_some(mixed)
        };
        let (yes, no) = (mixed(true)?, mixed(false)?);
        let releases: std::collections::BTreeSet<usize> = yes.keys().chain(no.keys()).copied().collect();
        let of = |mixed: &BTreeMap<usize, f64>, release| mixed.get(release).copied().unwrap_or(0.0);
        // What neither gives out is left out: it has no ratio, and stands in no order to the others.
        let mut pairs: Vec<(f64, f64)> = releases
            .iter()
            .map(|release| (of(&yes, release), of(&no, release)))
            .filter(|(yes, no)| yes + no > 0.0)
            .collect();
        // By the likelihood ratio, as a share so that nothing is divided by zero.
        let share = |&(yes, no): &(f64, f64)| yes / (yes + no);
        pairs.sort_by(|a, b| share(b).total_cmp(&share(a)));
        let (mut auc, mut passed) = (0.0, 0.0);
        for (yes, no) in pairs.iter().rev() {
            auc += yes * (passed + no / 2.0);
            passed += no;
        }
        let advantage = pairs.iter().map(|(yes, no)| (yes - no).max(0.0)).sum();
        let factor = |(yes, no): &(f64, f64)| yes.max(*no) / yes.min(*no);
        Some(Self { advantage, auc, odds: pairs.iter().map(factor).fold(1.0, f64::max) })
    }
}

/// The chance that the home is among the `t` that are likeliest given the release, ties broken by lot, where the
/// gallery is all homes.
///
/// ```
/// use homeveil_audit::attack::bayes::top;
/// let told = [vec![(0, 1.0)], vec![(0, 1.0)], vec![(1, 1.0)]];
/// assert!((top(&told, 1) - 2.0 / 3.0).abs() < 1e-12); // one of two for the first two, and the third for sure
/// ```
#[must_use]
pub fn top(laws: &[Law], t: u32) -> f64 {
    let mut of: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (release, share) in laws.iter().flatten() {
        of.entry(*release).or_default().push(*share);
    }
    // For each release the t greatest likelihoods, whoever has them, are what a best guess gains.
    let gained = of.values_mut().map(|shares| {
        shares.sort_by(|a, b| b.total_cmp(a));
        shares.iter().take(t as usize).sum::<f64>()
    });
    gained.sum::<f64>() / laws.len() as f64
}

/// The laws of two independent releases of each home. A pair has the same number in all of them.
///
/// ```
/// use homeveil_audit::attack::bayes::{top, twice};
/// let told = twice(&[vec![(7, 1.0)], vec![(7, 1.0)], vec![(usize::MAX, 1.0)]]);
/// assert!((top(&told, 1) - 2.0 / 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn twice(laws: &[Law]) -> Vec<Law> {
    // By their places among all releases that any home gets: their own numbers may be too large to be paired.
    let mut number: BTreeMap<usize, usize> =
        laws.iter().flatten().map(|&(release, _)| (release, 0)).collect();
    let count = number.len();
    number.values_mut().zip(0..).for_each(|(own, place)| *own = place);
    let pairs = |law: &Law| -> Law {
        let placed: Vec<(usize, f64)> =
            law.iter().map(|(release, share)| (number[release], *share)).collect();
        placed.iter().flat_map(|&(a, p)| placed.iter().map(move |&(b, q)| (a * count + b, p * q))).collect()
    };
    laws.iter().map(pairs).collect()
}

#[cfg(test)]
mod tests {
    use super::{Told, top, twice};

    /// Twice the same channel: the odds multiply, and the advantage is that of the better of two tests.
    #[test]
    fn odds_of_two_releases_multiply() {
        let (one, other) = (vec![(0, 2.0 / 3.0), (1, 1.0 / 3.0)], vec![(0, 1.0 / 3.0), (1, 2.0 / 3.0)]);
        let told = Told::apart(&twice(&[one, other]), &[true, false]).unwrap();
        assert!((told.odds - 4.0).abs() < 1e-12 && (told.advantage - 1.0 / 3.0).abs() < 1e-12);
    }

    /// Releases of any number: homes with the same law stay alike in two releases too, whatever else they may get.
    #[test]
    fn pairs_have_one_number_for_all_homes() {
        for far in [3, (1 << 20) + 5, usize::MAX] {
            // The second law lists a release that the home never gets.
            let laws = [vec![(0, 0.5), (1, 0.5)], vec![(0, 0.5), (1, 0.5), (far, 0.0)]];
            let told = Told::apart(&twice(&laws), &[true, false]).unwrap();
            assert!(told.advantage < 1e-12 && (told.auc - 0.5).abs() < 1e-12, "{far}: {told:?}");
        }
    }

    /// A release that nobody gets stands in no order to the others, and must not keep them from theirs.
    #[test]
    fn releases_that_nobody_gets_change_nothing() {
        let bare = [vec![(0, 0.2), (4, 0.8)], vec![(0, 0.8), (4, 0.2)]];
        let known = Told::apart(&bare, &[true, false]).unwrap();
        assert!((known.auc - 0.8).abs() < 1e-12, "{known:?}");
        let with_empty = bare.map(|law| law.into_iter().chain([(1, 0.0), (2, 0.0), (3, 0.0)]).collect());
        let told = Told::apart(&with_empty, &[true, false]).unwrap();
        assert!((told.auc - known.auc).abs() < 1e-12 && (told.odds - known.odds).abs() < 1e-12, "{told:?}");
    }

    #[test]
    fn everybody_is_among_all() {
        let laws = [vec![(0, 0.9), (1, 0.1)], vec![(0, 0.2), (1, 0.8)], vec![(1, 1.0)]];
        assert!((top(&laws, 3) - 1.0).abs() < 1e-12);
        assert!((top(&laws, 1) - 1.9 / 3.0).abs() < 1e-12);
    }
}
