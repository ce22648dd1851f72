//! The library itself.

use std::sync::Arc;

use homeveil::atlas::Codebook;
use homeveil::merge::Ranking;
use homeveil::noise::Channel;
use homeveil::release::{Caps, Floor};
use homeveil::{Coins, Grant, Odds, Policy, Redaction, Release, anonymize_preferred};

use super::{Law, Limits, Mechanism, Seen, drive};
use crate::AuditError;
use crate::population::Subject;

/// The library under a policy: whole releases, drawn as a device draws them, without the keys that stay on it.
///
/// ```
/// use homeveil_audit::mechanism::{Mechanism, Plans};
/// let caps = Plans::default().limits();
/// assert!(caps.exact.zip(caps.general).is_some_and(|(exact, general)| exact.r_squared <= general.r_squared + 1e-12));
/// ```
#[derive(Clone, Debug)]
pub struct Plans {
    policy: Policy,
    redacts: bool,
    /// The public plans that are drawn from; there are some for every policy.
    codebook: Option<Codebook>,
}

impl Default for Plans {
    /// The library at λ = 2: under the default policy a release is a constant, and there is nothing to attack.
    fn default() -> Self {
        Self::of(&noisy())
    }
}

/// The default policy but for its budget: λ = 2, up to λ = 16 over a robot's life.
fn noisy() -> Policy {
    let odds = Odds::new(2, 1).expect("not below 1");
    Policy::builder().odds(odds).build().expect("the default with a budget below its cap")
}

impl Plans {
    /// The library under a policy of one floor.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let codebook = Codebook::of(policy.zones(), policy.odds());
        Self { policy: policy.clone(), redacts: true, codebook }
    }

    /// The library under the default policy with these odds, a whole number; nothing for 0.
    #[must_use]
    pub fn of_odds(lambda: u32) -> Option<Self> {
        let odds = Odds::new(lambda, 1).ok()?;
        Policy::builder().odds(odds).odds_cap(odds).build().ok().map(|policy| Self::of(&policy))
    }

    /// The same with nothing redacted.
    #[must_use]
    pub fn without_redaction(self) -> Self {
        Self { redacts: false, ..self }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The public plans that are drawn from.
    pub(crate) fn codebook(&self) -> Result<&Codebook, AuditError> {
        self.codebook.as_ref().ok_or(AuditError::NoHomes)
    }

    pub(crate) fn redaction(&self, subject: &Subject) -> Redaction {
        if self.redacts { subject.redaction().clone() } else { Redaction::none() }
    }

    /// The costs of the plans for a home.
    pub(crate) fn ranking(&self, subject: &Subject) -> Result<Arc<Ranking>, AuditError> {
        subject.ranking(self.codebook()?, self.redacts)
    }

    /// The channel that a plan is drawn through.
    fn channel(&self) -> Option<Channel> {
        let codebook = self.codebook.as_ref()?;
        Channel::new(codebook.count(), codebook.preferred(), self.policy.odds()).ok()
    }
}

impl Seen {
    /// A release as it is seen.
    ///
    /// ```
    /// use homeveil::{Coins, Grant, Policy, anonymize};
    /// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
    /// let (policy, mut coins) = (Policy::default(), Coins::replayed(1));
    /// let (release, _) = anonymize(home.home(), home.redaction(), &policy, Grant::unaccounted(), &mut coins)?;
    /// assert_eq!(homeveil_audit::mechanism::Seen::of_release(&release).regions_m2.len(), 4);
    /// # Ok::<(), homeveil_audit::AuditError>(())
    /// ```
    #[must_use]
    pub fn of_release(release: &Release) -> Self {
        let floor = release.floors().first();
        Self {
            bytes: release.to_json().into_bytes(),
            grid: floor.map(|floor| floor.grid().clone()),
            regions_m2: floor.map(zones_m2).unwrap_or_default(),
            outcome: None,
        }
    }
}

/// The probability of each plan by a channel.
pub(super) fn law(channel: Channel, ranking: &Ranking) -> Law {
    let preferred = ranking.preferred(channel.preferred());
    let share = |plan: usize| {
        let [weight, whole] = channel.probability(preferred.binary_search(&plan).is_ok()).into();
        weight as f64 / whole as f64
    };
    (0..channel.plans() as usize).map(|plan| (plan, share(plan))).collect()
}

/// Square metres of a drawing's zones.
pub(super) fn zones_m2(floor: &Floor) -> Vec<f64> {
    let cell_m2 = floor.grid().resolution_m().powi(2);
    floor
        .zones()
        .iter()
        .map(|zone| f64::from(zone.rect.width) * f64::from(zone.rect.height) * cell_m2)
        .collect()
}

impl Mechanism for Plans {
    fn name(&self) -> String {
        let odds = self.policy.odds();
        if self.redacts {
            format!("homeveil, λ = {odds}")
        } else {
            format!("without redaction, λ = {odds}")
        }
    }

    fn about(&self) -> String {
        match (self.redacts, self.policy.odds() == Odds::SEALED) {
            (false, _) => "As homeveil, but bedrooms and bathrooms are not taken out first.".to_owned(),
            (true, true) => "Every home gets the same plan.".to_owned(),
            (true, false) => format!(
                "One of a few public plans, drawn so that no home makes any of them more than {} times as likely as \
                 another home does.",
                self.policy.odds()
            ),
        }
    }

    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let codebook = self.codebook()?;
        // A constant is ranked for nobody.
        let preferred = match codebook.count() {
            1 => vec![0],
            _ => self.ranking(subject)?.preferred(codebook.preferred()),
        };
        let release = anonymize_preferred(&[preferred], codebook, &self.policy, Grant::unaccounted(), coins)?;
        let plan = release.floors().first().map(Floor::plan);
        let outcome = codebook.plans().iter().position(|own| Some(own.id().get()) == plan);
        Ok(Seen { outcome, ..Seen::of_release(&release) })
    }

    fn law(&self, subject: &Subject) -> Option<Law> {
        let channel = self.channel()?;
        if channel.plans() == 1 {
            return Some(vec![(0, 1.0)]);
        }
        Some(law(channel, self.ranking(subject).ok()?.as_ref()))
    }

    fn limits(&self) -> Limits {
        Limits {
            exact: self.channel().map(|channel| Caps::of_release(channel, 1)),
            general: Some(Caps::of_odds(self.policy.odds())),
        }
    }

    fn limits_of_two(&self) -> Limits {
        Limits {
            exact: self.channel().map(|channel| Caps::of_release(channel, 2)),
            general: self.policy.odds().power(2).map(Caps::of_odds),
        }
    }

    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        drive::by_plans(subject, &self.redaction(subject), &self.policy, |plan, share| {
            let _ = plan;
            share
        })
    }
}
