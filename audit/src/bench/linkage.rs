//! What linkers find.

use homeveil::Coins;

use super::run::{Bench, Left};
use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Fits, Likelihood, Linker, Shape, gallery_scores};
use crate::measure::Statistic;
use crate::mechanism::Mechanism;

/// Sizes of galleries.
const GALLERIES: [u32; 3] = [10, 100, 1000];

/// Every linker on every gallery that there are homes for.
pub(super) fn findings(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
    coins: &mut Coins,
) -> Result<Vec<Finding>, AuditError> {
    let mut linkers: Vec<(String, Box<dyn Fits>)> =
        vec![(Shape.name(), Shape.study(&bench.evaluation, mechanism)?)];
    linkers.extend(left.laws.as_ref().map(|laws| (Likelihood.name(), Likelihood::by(laws))));
    let homes = u32::try_from(left.evaluation.len()).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for (linker, fits) in linkers {
        for k in GALLERIES.into_iter().filter(|&k| k <= homes) {
            let found_in = gallery_scores(fits.as_ref(), &left.evaluation, k as usize, coins)?;
            for (t, hits) in [(1, found_in.first), (5, found_in.among_five)] {
                let statistic = Statistic::Share { k: hits, n: found_in.homes };
                let finding =
                    Finding::new(&mechanism.name(), &linker, "who it is", Measure::Top { t, k }, statistic);
                found.push(finding.capped(&mechanism.limits()));
            }
        }
    }
    Ok(found)
}
