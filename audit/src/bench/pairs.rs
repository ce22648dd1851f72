//! Two homes told apart: rivals, twins, and households over time.

use homeveil::Coins;

use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Apart, SmallHomes, TwinHomes, Twins, bayes};
use crate::measure::Statistic;
use crate::mechanism::{Law, Mechanism, Seen};
use crate::population::{Subject, in_parallel};

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

/// Whether homes can be told apart that must be alike: the cap is 0. The attacker who knows the laws of a thousand
/// pairs says how far the farthest are apart; equal coins must give both homes of a pair the same bytes; and many
/// releases of the farthest pair are drawn, in case that bytes tell what neither of these sees.
///
/// Equal coins are a test of mechanisms that, like the library, draw alike for homes that are alike. One that reads its
/// coins in another order for each of two twins can keep their laws equal and fail it.
///
/// # Errors
/// A home is refused, no release is to be drawn, or the coins fail.
pub fn twin_homes(
    mechanism: &dyn Mechanism,
    kinds: &[Twins],
    draws: u32,
) -> Result<Vec<Finding>, AuditError> {
    let (mut found, homes) = (Vec::new(), TwinHomes::new()?);
    for &kind in kinds {
        let Some(twins) = kind.compared(&homes, mechanism)? else { continue };
        let advantage = Apart::by_sampling(mechanism, &twins.worst, draws)?.advantage;
        let mut add = |attacker: &str, measure, statistic| {
            let finding = Finding::new(&mechanism.name(), attacker, kind.name(), measure, statistic);
            found.push(finding.capped_at(0.0));
        };
        add("Bayes, exact", Measure::Advantage, Statistic::Exact(twins.difference));
        add("equal coins", Measure::Unlike, Statistic::Exact(twins.unlike));
        add(&format!("{draws} releases of each"), Measure::Advantage, advantage);
    }
    Ok(found)
}

/// Lives of each of two homes that are looked at, release by release.
const LIVES: u64 = 20;

/// The releases of a life, in their order.
fn releases(seen: &Seen) -> impl Iterator<Item = &[u8]> {
    seen.bytes.split(|&byte| byte == b'\n').filter(|release| !release.is_empty())
}

/// Some lives of each of two homes, one home after the other.
fn lives(household: &dyn Mechanism, homes: &[Subject; 2]) -> Result<Vec<Seen>, AuditError> {
    let seeds: Vec<u64> = (0..2 * LIVES).collect();
    let life =
        |&seed: &u64| household.release(&homes[usize::from(seed >= LIVES)], &mut Coins::replayed(seed));
    in_parallel(&seeds, life).into_iter().collect()
}

/// The share of lives for which something is so, whose cap is 0.
fn share_of_lives(household: &dyn Mechanism, about: &str, is_so: &[bool]) -> Finding {
    let share = is_so.iter().filter(|is_so| **is_so).count() as f64 / is_so.len() as f64;
    let attacker = format!("{} lives", is_so.len());
    Finding::new(&household.name(), &attacker, about, Measure::Unlike, Statistic::Exact(share)).capped_at(0.0)
}

/// Whether a household whose releases are all of one epoch ever gives out two that differ: the cap is 0. What leaves is
/// a line for each release, as of a [`Household`](crate::mechanism::Household).
///
/// # Errors
/// A home is refused, or the coins fail.
pub fn releases_of_an_epoch(household: &dyn Mechanism) -> Result<Finding, AuditError> {
    releases_among(&SmallHomes::new()?, household)
}

/// The same where the small homes are there already.
pub(super) fn releases_among(small: &SmallHomes, household: &dyn Mechanism) -> Result<Finding, AuditError> {
    let lives = lives(household, &small.rivals(household)?)?;
    let has_second = |life: &Seen| {
        let mut releases = releases(life);
        let first = releases.next();
        releases.any(|release| Some(release) != first)
    };
    let has_second: Vec<bool> = lives.iter().map(has_second).collect();
    Ok(share_of_lives(household, "a second release in an epoch", &has_second))
}

/// Whether a household of new epochs gives out anything but one constant, whatever its home, after the releases that
/// its ledger pays for: the cap is 0. What leaves is as of [`releases_of_an_epoch`].
///
/// # Errors
/// A home is refused, or the coins fail.
pub fn releases_beyond_the_ledger(household: &dyn Mechanism, paid: usize) -> Result<Finding, AuditError> {
    releases_beyond(&SmallHomes::new()?, household, paid)
}

/// The same where the small homes are there already.
pub(super) fn releases_beyond(
    small: &SmallHomes,
    household: &dyn Mechanism,
    paid: usize,
) -> Result<Finding, AuditError> {
    let lives = lives(household, &small.rivals(household)?)?;
    let constant = lives.iter().find_map(|life| releases(life).nth(paid));
    let differs = |life: &Seen| releases(life).skip(paid).any(|release| Some(release) != constant);
    let differs: Vec<bool> = lives.iter().map(differs).collect();
    Ok(share_of_lives(household, "a release that the ledger does not pay for", &differs))
}
