//! The whole bench.

use homeveil::Coins;
use serde::Serialize;

use super::criteria::{self, Criterion};
use super::{Finding, days, judge, linkage, pairs, prediction, size, tours, transcripts, twice};
use crate::AuditError;
use crate::attack::{Attacker, Evidence, Learner, SmallHomes, Table, Twins};
use crate::mechanism::{Household, Law, Mechanism, Plans};
use crate::population::{Half, Population, Subject, in_parallel};

/// How much is done.
///
/// ```
/// assert_eq!(homeveil_audit::bench::Options::default().homes, 1000);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Homes of each half.
    pub homes: usize,
    /// Homes that tours are driven in, at most.
    pub driven: usize,
    /// Releases of each of two homes that are told apart.
    pub draws: u32,
}

impl Default for Options {
    /// A thousand homes of each half.
    fn default() -> Self {
        Self::of_homes(1000)
    }
}

impl Options {
    /// So many homes of each half, and all else in proportion.
    #[must_use]
    pub fn of_homes(homes: usize) -> Self {
        let draws = u32::try_from(homes.saturating_mul(20)).unwrap_or(u32::MAX).clamp(1000, 20_000);
        Self { homes, driven: homes.div_ceil(10).min(100), draws }
    }

    /// Releases of each of two twins.
    const fn of_twins(self) -> u32 {
        share_of(self.draws, 10, FEWEST_OF_TWINS)
    }

    /// Lives of each of two households.
    const fn of_households(self) -> u32 {
        share_of(self.draws, 20, FEWEST_OF_HOUSEHOLDS)
    }
}

/// Releases of each of two twins on a page with hundreds of figures, at least: a leak of all that a release may tell at
/// λ = 2, a difference of a third, is then surely above 0.
const FEWEST_OF_TWINS: u32 = 2000;

/// Lives of each of two households, at least: one that draws once, but at twice the odds, is then above its cap. That
/// none draws again is looked at release by release.
const FEWEST_OF_HOUSEHOLDS: u32 = 400;

/// A part of the draws, but at least so many where there are as many, and one in any case.
const fn share_of(draws: u32, part: u32, fewest: u32) -> u32 {
    let least = if draws < fewest { draws } else { fewest };
    let share = draws / part;
    let most = if share > least { share } else { least };
    if most > 0 { most } else { 1 }
}

/// Homes to learn from and homes to measure on.
///
/// ```
/// use homeveil_audit::bench::{Bench, Options};
/// use homeveil_audit::mechanism::{Baseline, Mechanism, Plans};
/// use homeveil_audit::population::Made;
/// let bench = Bench::of(&Made, Options { homes: 12, driven: 2, draws: 200 })?;
/// let mechanisms: [Box<dyn Mechanism>; 2] = [Box::new(Plans::default()), Box::new(Baseline::Raw)];
/// let audit = bench.run(&mechanisms, &mut |_| ())?;
/// assert!(audit.findings.iter().all(|finding| !finding.exceeds));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Debug)]
pub struct Bench {
    pub(super) population: String,
    pub(super) design: Vec<Subject>,
    pub(super) evaluation: Vec<Subject>,
    pub(super) options: Options,
}

/// What one mechanism lets out of the homes.
pub(super) struct Left {
    pub(super) design: Vec<Evidence>,
    pub(super) evaluation: Vec<Evidence>,
    /// The laws of the evaluation homes.
    pub(super) laws: Option<Vec<Law>>,
}

/// A mechanism among the others.
///
/// ```
/// let compared = homeveil_audit::bench::Compared { name: "mine".into(), about: "Nothing leaves.".into(), tour: None };
/// assert!(compared.tour.is_none());
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// What it does.
    pub about: String,
    /// The mean length of tours planned on what left over that of the best ones, with an interval of 95 % over homes.
    pub tour: Option<[f64; 3]>,
}

/// What the bench found. [`Bench`] has an example.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Audit {
    /// What the homes are.
    pub population: String,
    /// How many were learnt from.
    pub learnt_from: usize,
    /// How many were measured on.
    pub measured_on: usize,
    /// The mechanisms.
    pub mechanisms: Vec<Compared>,
    /// All findings.
    pub findings: Vec<Finding>,
    /// How often attackers of Opinion 05/2014 succeed.
    pub criteria: Vec<Criterion>,
}

impl Audit {
    /// Of findings alone, held against their caps at once: for a mechanism that was attacked by hand.
    #[must_use]
    pub fn of_findings(population: &str, mut findings: Vec<Finding>) -> Self {
        judge(&mut findings);
        let population = population.to_owned();
        Self {
            population,
            learnt_from: 0,
            measured_on: 0,
            mechanisms: Vec::new(),
            findings,
            criteria: Vec::new(),
        }
    }

    /// Findings whose lower bound is above their cap.
    pub fn exceeded(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.exceeds)
    }
}

impl Bench {
    /// Takes the homes of a population.
    ///
    /// # Errors
    /// A home cannot be read or is refused, or a half has none.
    pub fn of(population: &dyn Population, options: Options) -> Result<Self, AuditError> {
        Ok(Self {
            population: population.name(),
            design: population.subjects(Half::Design, options.homes)?,
            evaluation: population.subjects(Half::Evaluation, options.homes)?,
            options,
        })
    }

    /// The homes that figures are of.
    #[must_use]
    pub fn evaluation(&self) -> &[Subject] {
        &self.evaluation
    }

    /// Steps that [`Bench::run`] reports besides the mechanisms.
    pub const STEPS_BEYOND: u64 = 4;

    /// Runs the usual attackers on every mechanism; `done` is told the name of each step that is done.
    ///
    /// # Errors
    /// A home is refused, an attacker cannot learn, or the coins fail.
    pub fn run(
        &self,
        mechanisms: &[Box<dyn Mechanism>],
        done: &mut dyn FnMut(&str),
    ) -> Result<Audit, AuditError> {
        let mut attackers: Vec<Box<dyn Attacker>> = vec![Box::new(Table)];
        attackers.extend(Learner::ALL.map(|learner| Box::new(learner) as Box<dyn Attacker>));
        let (mut compared, mut findings, mut criteria) = (Vec::new(), Vec::new(), Vec::new());
        let small = SmallHomes::new()?;
        for mechanism in mechanisms {
            let mechanism = mechanism.as_ref();
            let left = self.left(mechanism)?;
            findings.extend(self.attack_left(mechanism, &left, &attackers)?);
            findings.extend(twice::findings(self, mechanism, &left));
            findings.extend(size::of_bytes(self, mechanism, &left)?);
            findings.extend(size::of_names(self, mechanism, &left)?);
            let (met, held) = criteria::all(self, mechanism, &left)?;
            criteria.extend(met);
            findings.extend(held);
            // Without a proof a tenth of the draws shows what there is to see.
            let proved = mechanism.limits().general.is_some();
            let draws = if proved { self.options.draws } else { self.options.draws / 10 }.max(1);
            findings.extend(pairs::rivals_among(&small, mechanism, draws)?);
            compared.push(Compared {
                name: mechanism.name(),
                about: mechanism.about(),
                tour: self.tour(mechanism)?,
            });
            done(&mechanism.name());
        }
        findings.extend(self.beyond(&small, done)?);
        judge(&mut findings);
        Ok(Audit {
            population: self.population.clone(),
            learnt_from: self.design.len(),
            measured_on: self.evaluation.len(),
            mechanisms: compared,
            findings,
            criteria,
        })
    }

    /// How far a robot drives by what left, over the best tours: the mean over the homes that tours are driven in, and
    /// its interval of 95 %. Nothing where the mechanism has no [`Mechanism::tour`].
    ///
    /// # Errors
    /// A home is refused.
    pub fn tour(&self, mechanism: &dyn Mechanism) -> Result<Option<[f64; 3]>, AuditError> {
        tours::mean(mechanism, &self.evaluation, self.options.driven)
    }

    /// What is told apart, day by day and message by message, of the library at λ = 2.
    fn beyond(&self, small: &SmallHomes, done: &mut dyn FnMut(&str)) -> Result<Vec<Finding>, AuditError> {
        let mut findings = pairs::twin_homes(&Plans::default(), &Twins::ALL, self.options.of_twins())?;
        done("twins");
        for household in Household::ALL {
            findings.extend(pairs::rivals_among(small, &household, self.options.of_households())?);
            findings.push(if household.is_of_one_epoch() {
                pairs::releases_among(small, &household)?
            } else {
                pairs::releases_beyond(small, &household, Household::PAID)?
            });
        }
        done("households");
        findings.extend(days::findings(self)?);
        done("days");
        findings.extend(transcripts::findings(self)?);
        findings.extend(size::of_calls(self)?);
        done("messages");
        Ok(findings)
    }

    /// Runs some attackers, one's own among them, and the linkers on a mechanism. Findings are not yet held against
    /// their caps: [`judge`] does that for all at once.
    ///
    /// # Errors
    /// A home is refused, an attacker cannot learn, or the coins fail.
    pub fn attack(
        &self,
        mechanism: &dyn Mechanism,
        attackers: &[Box<dyn Attacker>],
    ) -> Result<Vec<Finding>, AuditError> {
        self.attack_left(mechanism, &self.left(mechanism)?, attackers)
    }

    fn attack_left(
        &self,
        mechanism: &dyn Mechanism,
        left: &Left,
        attackers: &[Box<dyn Attacker>],
    ) -> Result<Vec<Finding>, AuditError> {
        let mut coins = Coins::replayed(seed(&mechanism.name(), 2, 0));
        let mut findings = prediction::findings(self, mechanism, left, attackers, &mut coins)?;
        findings.extend(prediction::exact(self, mechanism, left));
        findings.extend(linkage::findings(self, mechanism, left, &mut coins)?);
        Ok(findings)
    }

    pub(super) fn left(&self, mechanism: &dyn Mechanism) -> Result<Left, AuditError> {
        let of = |half: u64, homes: &[Subject]| -> Result<Vec<Evidence>, AuditError> {
            let numbered: Vec<(u64, &Subject)> = (0..).zip(homes).collect();
            let release = |&(number, home): &(u64, &Subject)| {
                let mut coins = Coins::replayed(seed(&mechanism.name(), half, number));
                Ok(Evidence::of(mechanism.release(home, &mut coins)?))
            };
            in_parallel(&numbered, release).into_iter().collect()
        };
        let laws = in_parallel(&self.evaluation, |home| mechanism.law(home)).into_iter().collect();
        Ok(Left { design: of(0, &self.design)?, evaluation: of(1, &self.evaluation)?, laws })
    }
}

/// A seed of its own for each mechanism, half and home (FNV-1a).
pub(super) fn seed(name: &str, half: u64, number: u64) -> u64 {
    let bytes = name.bytes().chain(half.to_le_bytes()).chain(number.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::Options;
    use crate::measure::{FAMILY_WISE, Statistic};
    use crate::mechanism::{Household, Mechanism};

    /// With as few draws as a page of any size has, and among as many figures, a leak stands out.
    #[test]
    fn the_fewest_draws_see_a_leak() {
        let (fewest, level) = (Options::of_homes(1), FAMILY_WISE / 600.0);
        let of = |per_mille: u32, n: u32| [per_mille * n / 1000, n];
        // Twins that prefer a plan of their own each, at λ = 2.
        let n = fewest.of_twins();
        let leak = Statistic::Difference { one: of(667, n), other: of(333, n) };
        assert!(leak.lower(level) > 0.1, "{leak:?}");
        // Households that draw at the odds of 4 in place of 2.
        let (n, cap) = (fewest.of_households(), Household::Days.limits().general.unwrap().odds.value().ln());
        let leak = Statistic::LogRatio { one: of(800, n), other: of(200, n) };
        assert!(leak.lower(level) > cap, "{leak:?}");
    }

    #[test]
    fn there_is_a_draw_whatever_is_asked_for() {
        for (draws, twins, households) in [(0, 1, 1), (19, 19, 19), (1500, 1500, 400), (60_000, 6000, 3000)] {
            let options = Options { draws, ..Options::default() };
            assert_eq!((options.of_twins(), options.of_households()), (twins, households), "{draws}");
        }
    }
}
