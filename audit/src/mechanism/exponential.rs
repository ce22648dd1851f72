//! Another draw over the same plans.

use homeveil::release::Caps;
use homeveil::{Coins, Policy};

use super::plans::{Plans, zones_m2};
use super::{Law, Limits, Mechanism, Seen, drive};
use crate::AuditError;
use crate::population::Subject;

/// Costs from here on count alike: two phantom doors with four zones, where a tour is 6000. Without a bound there is no
/// λ.
const MOST_COST: f64 = 4000.0;

/// The exponential mechanism (`McSherry` & Talwar 2007, FOCS) over the plans of a policy: the weight of a plan is λ to
/// the power of −c/2, c its cost for the home, bounded and scaled to 0 to 1. Weights and their sum change by √λ at
/// most, so the odds by λ.
///
/// ```
/// use homeveil_audit::mechanism::{Exponential, Mechanism};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let law = Exponential::default().law(&home).unwrap_or_default();
/// assert!((law.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Exponential {
    plans: Plans,
}

impl Exponential {
    /// Over the plans of a policy, under its odds.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self { plans: Plans::of(policy) }
    }

    fn shares(&self, subject: &Subject) -> Result<Vec<f64>, AuditError> {
        let lambda = self.plans.policy().odds().value();
        let ranking = self.plans.ranking(subject)?;
        let weight = |&cost: &u32| lambda.powf(-f64::from(cost).min(MOST_COST) / MOST_COST / 2.0);
        let weights: Vec<f64> = ranking.costs().iter().map(weight).collect();
        let whole: f64 = weights.iter().sum();
        Ok(weights.into_iter().map(|weight| weight / whole).collect())
    }
}

impl Mechanism for Exponential {
    fn name(&self) -> String {
        format!("exponential mechanism, λ = {}", self.plans.policy().odds())
    }

    fn about(&self) -> String {
        "The same public plans, drawn by the textbook method for such choices.".to_owned()
    }

    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let mut left = coins.below(1 << 53)? as f64 / (1_u64 << 53) as f64;
        let shares = self.shares(subject)?;
        let drawn = shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        let drawn = drawn.unwrap_or(shares.len() - 1);
        let floor = homeveil::release::Floor::draw(&self.plans.codebook()?.plans()[drawn]);
        Ok(Seen {
            bytes: format!("plan {}", floor.plan()).into_bytes(),
            regions_m2: zones_m2(&floor),
            grid: Some(floor.grid().clone()),
            outcome: Some(drawn),
        })
    }

    fn law(&self, subject: &Subject) -> Option<Law> {
        Some(self.shares(subject).ok()?.into_iter().enumerate().collect())
    }

    fn limits(&self) -> Limits {
        let caps = Caps::of_odds(self.plans.policy().odds());
        Limits { exact: Some(caps), general: Some(caps) }
    }

    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        let shares = self.shares(subject)?;
        drive::by_plans(subject, &self.plans.redaction(subject), self.plans.policy(), |plan, _| shares[plan])
    }
}
