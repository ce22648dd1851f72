//! What becomes of a map before it leaves the device.
//!
//! A [`Mechanism`] takes a [`Subject`](crate::population::Subject) and coins and gives what leaves, [`Seen`]. Where it
//! has few releases it also tells its exact [`Law`], which attackers may know; where it has a proof, its [`Limits`].
//!
//! | mechanism | what it is |
//! | --- | --- |
//! | [`Plans`] | the library: one draw over public plans; with one of its operators left out |
//! | [`Exponential`] | another draw over the same plans (`McSherry` & Talwar 2007) |
//! | [`Household`] | all that the library gives out for a home over days, restarts, updates and epochs |
//! | [`Baseline`] | what is usually done to maps: nothing, cropping, coarsening, jitter, noise on walls or cells, redaction, merging, a list of zones |
//!
//! How a robot drives by what left is in [`drive`]. A mechanism of one's own that yields a `Release` and a `HouseKey`
//! is measured by [`drive::by_key`] with the library's own measures.

mod baseline;
mod cells;
pub mod drive;
mod exponential;
mod household;
mod left_out;
mod plans;

pub use baseline::Baseline;
pub use exponential::Exponential;
pub use household::Household;
pub use left_out::{RoomsAsZones, WithoutNoise};
pub use plans::Plans;

use homeveil::Coins;
use homeveil::grid::OccupancyGrid;
use homeveil::release::Caps;

use crate::AuditError;
use crate::population::Subject;

/// What leaves the device.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::mechanism::{Baseline, Mechanism};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let seen = Baseline::Raw.release(&home, &mut Coins::replayed(1))?;
/// assert!(seen.grid.is_some() && seen.regions_m2.len() == 8);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Seen {
    /// All of it, as bytes.
    pub bytes: Vec<u8>,
    /// The map in it, if there is one.
    pub grid: Option<OccupancyGrid>,
    /// Square metres, as shown, of the rooms or zones in it.
    pub regions_m2: Vec<f64>,
    /// Which of few releases it is, by the numbers of the [`Law`].
    pub outcome: Option<usize>,
}

/// The exact probability of every release that a home may get, by the releases' numbers; those left out have none.
pub type Law = Vec<(usize, f64)>;

/// What a mechanism's proof says.
///
/// ```
/// assert!(homeveil_audit::mechanism::Limits::default().general.is_none());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// The caps of its own channel.
    pub exact: Option<Caps>,
    /// The caps of every mechanism with its λ.
    pub general: Option<Caps>,
}

/// Something that is done to a map before it leaves. [`Seen`] has an example.
pub trait Mechanism: Sync {
    /// A short name.
    fn name(&self) -> String;

    /// What it does, in one sentence for people who are not statisticians.
    fn about(&self) -> String;

    /// What leaves the device.
    ///
    /// # Errors
    /// The home is refused, or the coins fail.
    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError>;

    /// The exact law of what leaves, where there are few releases. Attackers may know it.
    fn law(&self, subject: &Subject) -> Option<Law> {
        let _ = subject;
        None
    }

    /// Whether [`Mechanism::law`] is that of a part of what leaves, good to find homes by and not to be held against
    /// caps.
    fn law_is_of_a_part(&self) -> bool {
        false
    }

    /// What of it an attacker counts who cannot see each of very many different releases often enough: what says most
    /// of the home, in few forms. Nothing where all of it is counted as it is.
    fn summary(&self, seen: &Seen) -> Option<Vec<u8>> {
        let _ = seen;
        None
    }

    /// What is proved of it.
    fn limits(&self) -> Limits {
        Limits::default()
    }

    /// What is proved of two releases of one home, drawn with coins of their own.
    fn limits_of_two(&self) -> Limits {
        Limits::default()
    }

    /// How far a robot drives to visit all zones in the order planned on what left, over the best order; nothing where
    /// that was not measured.
    ///
    /// # Errors
    /// The home is refused.
    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        let _ = subject;
        Ok(None)
    }
}

/// What is compared: the library with these budgets, its operators left out, and what is usually done.
#[must_use]
pub fn all(budgets: &[u32]) -> Vec<Box<dyn Mechanism>> {
    let mut all: Vec<Box<dyn Mechanism>> = Vec::new();
    for &lambda in budgets {
        all.extend(Plans::of_odds(lambda).map(|plans| Box::new(plans) as Box<dyn Mechanism>));
    }
    all.push(Box::new(Plans::default().without_redaction()));
    all.push(Box::new(RoomsAsZones));
    all.push(Box::new(WithoutNoise));
    all.push(Box::new(Exponential::default()));
    all.extend(Baseline::ALL.map(|baseline| Box::new(baseline) as Box<dyn Mechanism>));
    all
}
