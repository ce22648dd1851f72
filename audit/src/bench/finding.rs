//! What an attacker got.

use std::fmt;

use homeveil::release::Caps;
use serde::{Serialize, Serializer};

use crate::measure::{FAMILY_WISE, Hypothesis, Statistic, holm};
use crate::mechanism::Limits;

/// What was measured.
///
/// ```
/// assert_eq!(homeveil_audit::bench::Measure::Top { t: 1, k: 10 }.to_string(), "top 1 of 10");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Measure {
    /// Share of the variance explained.
    RSquared,
    /// True less false positive rate.
    Advantage,
    /// Chance that a "yes" scores higher than a "no".
    Auc,
    /// The home is among the best t of a gallery of k.
    Top {
        /// Homes picked.
        t: u32,
        /// Homes in the gallery.
        k: u32,
    },
    /// The factor by which odds change.
    Odds,
    /// The logarithm of that factor, estimated from samples; the interval bounds it.
    Epsilon,
    /// How often two releases differ that must be the same.
    Unlike,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RSquared => f.pad("R²"),
            Self::Advantage => f.pad("advantage"),
            Self::Auc => f.pad("AUC"),
            Self::Top { t, k } => f.pad(&format!("top {t} of {k}")),
            Self::Odds => f.pad("odds factor"),
            Self::Epsilon => f.pad("ε"),
            Self::Unlike => f.pad("unlike"),
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Measure {
    /// The cap among these that it is held against.
    #[must_use]
    pub fn cap(self, caps: &Caps) -> f64 {
        match self {
            Self::RSquared => caps.r_squared,
            Self::Advantage => caps.advantage,
            Self::Auc => caps.auc,
            Self::Top { t, k } => caps.top(t, k),
            Self::Odds => caps.odds.value(),
            Self::Epsilon => caps.odds.value().ln(),
            Self::Unlike => 0.0,
        }
    }

    /// What knowing nothing gives.
    #[must_use]
    pub fn nothing(self) -> f64 {
        match self {
            Self::RSquared | Self::Advantage | Self::Epsilon | Self::Unlike => 0.0,
            Self::Auc => 0.5,
            Self::Top { t, k } => f64::from(t) / f64::from(k),
            Self::Odds => 1.0,
        }
    }
}

/// What an attacker got, next to the caps.
///
/// ```
/// use homeveil_audit::bench::{Finding, Measure};
/// use homeveil_audit::measure::Statistic;
/// use homeveil_audit::mechanism::{Mechanism, Plans};
/// let coin = Statistic::Share { k: 52, n: 100 };
/// let finding = Finding::new("mine", "a coin", "a nursery", Measure::Auc, coin).capped(&Plans::default().limits());
/// assert!(finding.exact_cap.is_some_and(|cap| cap < 0.67));
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The mechanism's name.
    pub mechanism: String,
    /// The attacker's name.
    pub attacker: String,
    /// What it was after.
    pub about: String,
    /// What was measured.
    pub measure: Measure,
    /// The figure.
    pub value: f64,
    /// What holds the true figure with confidence 95 %.
    pub interval: [f64; 2],
    /// The cap of the mechanism's own channel.
    pub exact_cap: Option<f64>,
    /// The cap of every mechanism with its λ.
    pub general_cap: Option<f64>,
    /// What is below the true figure, for all findings at once.
    pub lower: Option<f64>,
    /// The lower bound is above the cap.
    pub exceeds: bool,
    /// How it was counted.
    #[serde(skip)]
    pub statistic: Statistic,
}

impl Finding {
    /// A finding without a cap.
    #[must_use]
    pub fn new(mechanism: &str, attacker: &str, about: &str, measure: Measure, statistic: Statistic) -> Self {
        Self {
            mechanism: mechanism.to_owned(),
            attacker: attacker.to_owned(),
            about: about.to_owned(),
            measure,
            value: statistic.value(),
            interval: statistic.interval(),
            exact_cap: None,
            general_cap: None,
            lower: None,
            exceeds: false,
            statistic,
        }
    }

    /// With the caps of a mechanism.
    #[must_use]
    pub fn capped(self, limits: &Limits) -> Self {
        let cap = |caps: Option<Caps>| caps.map(|caps| self.measure.cap(&caps));
        Self { exact_cap: cap(limits.exact), general_cap: cap(limits.general), ..self }
    }

    /// With a cap of its own.
    #[must_use]
    pub fn capped_at(self, cap: f64) -> Self {
        Self { exact_cap: Some(cap), general_cap: Some(cap), ..self }
    }

    /// The cap that it is held against: the exact one where there is one.
    #[must_use]
    pub fn cap(&self) -> Option<f64> {
        self.exact_cap.or(self.general_cap)
    }

    /// How much of what its cap allows it attains, from 0 to 1 and beyond.
    #[must_use]
    pub fn of_cap(&self) -> Option<f64> {
        let (nothing, cap) = (self.measure.nothing(), self.cap()?);
        (cap > nothing).then(|| (self.value - nothing) / (cap - nothing))
    }
}

/// Holds all findings that have a cap against it at once, by Holm's procedure at [`FAMILY_WISE`].
pub fn judge(findings: &mut [Finding]) {
    let capped: Vec<(usize, Hypothesis)> = findings
        .iter()
        .enumerate()
        .filter_map(|(at, of)| Some((at, Hypothesis { statistic: of.statistic, cap: of.cap()? })))
        .collect();
    let hypotheses: Vec<Hypothesis> = capped.iter().map(|(_, hypothesis)| *hypothesis).collect();
    for ((at, _), (lower, exceeds)) in capped.iter().zip(holm(&hypotheses, FAMILY_WISE)) {
        findings[*at].lower = Some(lower);
        findings[*at].exceeds = exceeds;
    }
}
