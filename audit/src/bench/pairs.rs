//! Two homes told apart: rivals, twins, and households over time.

use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Apart, SmallHomes, TwinHomes, Twins, bayes};
use crate::measure::Statistic;
use crate::mechanism::{Law, Mechanism};

/// What is told apart.
const RIVALS: &str = "which of two rival homes";

/// What an attacker proves from so many releases of two rival homes, and what it can get at most.
///
/// # Errors
/// A home is refused, or the coins fail.
pub fn rival_homes(mechanism: &dyn Mechanism, draws: u32) -> Result<Vec<Finding>, AuditError> {
    rivals_among(&SmallHomes::new()?, mechanism, draws)
}

/// The same where the small homes are there already.
pub(super) fn rivals_among(
    small: &SmallHomes,
    mechanism: &dyn Mechanism,
    draws: u32,
) -> Result<Vec<Finding>, AuditError> {
    let homes = small.rivals(mechanism)?;
    let apart = Apart::by_sampling(mechanism, &homes, draws)?;
    let (name, limits) = (mechanism.name(), mechanism.limits());
    let finding = |attacker: &str, measure, statistic| {
        Finding::new(&name, attacker, RIVALS, measure, statistic).capped(&limits)
    };
    let many = format!("{draws} releases of each");
    let mut found = vec![
        finding(&many, Measure::Advantage, apart.advantage),
        finding(&many, Measure::Epsilon, apart.epsilon),
    ];
    let laws: Option<Vec<Law>> = homes.iter().map(|home| mechanism.law(home)).collect();
    // A law that is not that of what is released, as a household's, is not held against its caps.
    if let Some(laws) = laws.filter(|_| limits.exact.is_some() && !mechanism.law_is_of_a_part())
        && let Some(told) = bayes::Told::apart(&laws, &[true, false])
    {
        let exact = |measure, value| finding("Bayes, exact", measure, Statistic::Exact(value));
        found.extend([
            exact(Measure::RSquared, bayes::r_squared(&laws, &[0.0, 1.0])),
            exact(Measure::Advantage, told.advantage),
            exact(Measure::Auc, told.auc),
            exact(Measure::Odds, told.odds),
        ]);
    }
    Ok(found)
}

/// Whether homes can be told apart that must be alike: the cap is 0.
///
/// # Errors
/// A home is refused, or the coins fail.
pub fn twin_homes(mechanism: &dyn Mechanism, draws: u32) -> Result<Vec<Finding>, AuditError> {
    let (mut found, homes) = (Vec::new(), TwinHomes::new()?);
    for twins in Twins::ALL {
        if let Some(homes) = twins.worst_among(&homes, mechanism)? {
            let advantage = Apart::by_sampling(mechanism, &homes, draws)?.advantage;
            let many = format!("{draws} releases of each");
            let finding = Finding::new(&mechanism.name(), &many, twins.name(), Measure::Advantage, advantage);
            found.push(finding.capped_at(0.0));
        }
    }
    Ok(found)
}
