//! The whole bench.

use homeveil::Coins;
use serde::Serialize;

use super::{Finding, judge, linkage, prediction, tours};
use crate::AuditError;
use crate::attack::{Attacker, Evidence, Learner, Table};
use crate::mechanism::{Law, Mechanism};
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
}

impl Default for Options {
    /// A thousand homes of each half; tours in a hundred.
    fn default() -> Self {
        Self { homes: 1000, driven: 100 }
    }
}

/// Homes to learn from and homes to measure on.
///
/// ```
/// use homeveil_audit::bench::{Bench, Options};
/// use homeveil_audit::mechanism::{Baseline, Mechanism, Plans};
/// use homeveil_audit::population::Made;
/// let bench = Bench::of(&Made, Options { homes: 12, driven: 2 })?;
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
}

impl Audit {
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

    /// Runs the usual attackers on every mechanism; `done` is told the name of each that is done.
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
        let (mut compared, mut findings) = (Vec::new(), Vec::new());
        for mechanism in mechanisms {
            let mechanism = mechanism.as_ref();
            findings.extend(self.attack(mechanism, &attackers)?);
            compared.push(Compared {
                name: mechanism.name(),
                about: mechanism.about(),
                tour: tours::mean(mechanism, &self.evaluation, self.options.driven)?,
            });
            done(&mechanism.name());
        }
        judge(&mut findings);
        Ok(Audit {
            population: self.population.clone(),
            learnt_from: self.design.len(),
            measured_on: self.evaluation.len(),
            mechanisms: compared,
            findings,
        })
    }

    /// Runs some attackers, one's own among them, and the linkers on a mechanism. Findings are not yet held against their
    /// caps: [`judge`] does that for all at once.
    ///
    /// # Errors
    /// A home is refused, an attacker cannot learn, or the coins fail.
    pub fn attack(
        &self,
        mechanism: &dyn Mechanism,
        attackers: &[Box<dyn Attacker>],
    ) -> Result<Vec<Finding>, AuditError> {
        let left = self.left(mechanism)?;
        let mut coins = Coins::replayed(seed(&mechanism.name(), 2, 0));
        let mut findings = prediction::findings(self, mechanism, &left, attackers, &mut coins)?;
        findings.extend(prediction::exact(self, mechanism, &left));
        findings.extend(linkage::findings(self, mechanism, &left, &mut coins)?);
        Ok(findings)
    }

    fn left(&self, mechanism: &dyn Mechanism) -> Result<Left, AuditError> {
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
