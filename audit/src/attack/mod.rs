//! Attackers.
//!
//! An [`Attacker`] learns on pairs of [`Evidence`] and truth from design homes, then guesses the truth of evaluation
//! homes: a number, or a score that is the higher the surer a "yes" is. A [`Linker`] says how well each home of a
//! gallery fits what left. Both see all that left, and may know the mechanism.
//!
//! | attacker | how |
//! | --- | --- |
//! | [`Learner`] | ridge regression, nearest neighbours, boosted trees on [features](features::NAMES) |
//! | [`Table`] | the mean truth of each release that was seen: what any learner ends with where there are few |
//! | [`bayes`] | exact: knows the mechanism and the population to the last home; no attacker is better |
//! | [`Likelihood`] | links by the exact probability that each home gives to what left |
//! | [`Shape`] | links by the picture, at any scale, turned or mirrored |
//! | [`Apart`] | tells two homes apart by many releases of each, and bounds ε from below |
//! | [`Twins`] | looks for two homes that must be alike to a release and are not |

mod apart;
pub mod bayes;
mod descriptor;
pub mod features;
mod learner;
mod linker;
mod table;
mod twins;

pub(crate) use apart::SmallHomes;
pub use apart::{Apart, difference, rivals};
pub use learner::Learner;
pub(crate) use linker::Pictured;
pub use linker::{Likelihood, Linked, Shape, gallery_scores};
pub use table::Table;
pub(crate) use twins::TwinHomes;
pub use twins::Twins;

use crate::AuditError;
use crate::mechanism::{Mechanism, Seen};
use crate::population::Subject;

/// What an attacker has: what left, and its features.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::attack::{Evidence, features};
/// use homeveil_audit::mechanism::{Baseline, Mechanism};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let evidence = Evidence::of(Baseline::Raw.release(&home, &mut Coins::replayed(1))?);
/// assert_eq!(evidence.features.len(), features::NAMES.len());
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What left.
    pub seen: Seen,
    /// Numbers read off it, as [`features::NAMES`] says.
    pub features: Vec<f64>,
}

impl Evidence {
    /// Reads the features off what left.
    #[must_use]
    pub fn of(seen: Seen) -> Self {
        Self { features: features::of(&seen), seen }
    }
}

/// What left a home, and what is true of it.
///
/// ```
/// use homeveil_audit::attack::{Attacker, Evidence, Lesson, Table};
/// use homeveil_audit::mechanism::Seen;
/// let left = |bytes: &[u8]| Evidence::of(Seen { bytes: bytes.to_vec(), grid: None, regions_m2: vec![], outcome: None });
/// let (one, other) = (left(b"a"), left(b"b"));
/// let lessons = [(&one, 10.0), (&one, 20.0), (&other, 40.0)].map(|(evidence, truth)| Lesson { evidence, truth });
/// let guess = Table.learn(&lessons)?;
/// assert_eq!((guess.of(&one)?, guess.of(&other)?), (15.0, 40.0));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    /// What left.
    pub evidence: &'a Evidence,
    /// What is true, 0 or 1 for "no" or "yes".
    pub truth: f64,
}

/// Somebody who learns from homes that they know. [`Lesson`] has an example.
pub trait Attacker: Sync {
    /// A short name.
    fn name(&self) -> String;

    /// Learns.
    ///
    /// # Errors
    /// There is nothing to be learnt from, or the method fails.
    fn learn(&self, lessons: &[Lesson<'_>]) -> Result<Box<dyn Guess>, AuditError>;
}

/// What an attacker has learnt. [`Lesson`] has an example.
pub trait Guess {
    /// What is probably true of the home that this left.
    ///
    /// # Errors
    /// The method fails.
    fn of(&self, evidence: &Evidence) -> Result<f64, AuditError>;
}

/// Somebody who has a gallery of homes and asks which of them a release is of.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::attack::{Evidence, Linker, Shape};
/// use homeveil_audit::mechanism::{Baseline, Mechanism};
/// use homeveil_audit::population::{Half, Made, Population};
/// let gallery = Made.subjects(Half::Evaluation, 4)?;
/// let fits = Shape.study(&gallery, &Baseline::Raw)?;
/// let left = Evidence::of(Baseline::Rescaled.release(&gallery[2], &mut Coins::replayed(1))?);
/// let scores = fits.scores(&left, 0..4);
/// assert!((0..4).all(|home| scores[home] <= scores[2]));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
pub trait Linker: Sync {
    /// A short name.
    fn name(&self) -> String;

    /// Studies the homes, and the mechanism.
    ///
    /// # Errors
    /// A home is refused.
    fn study(&self, gallery: &[Subject], mechanism: &dyn Mechanism) -> Result<Box<dyn Fits>, AuditError>;
}

/// What a linker knows of a gallery. [`Linker`] has an example.
pub trait Fits: Sync {
    /// How well some homes of the gallery, by their places in it, fit what left: the higher the better.
    fn scores(&self, evidence: &Evidence, homes: std::ops::Range<usize>) -> Vec<f64>;
}
