//! The odds bound, measured: whole releases of two homes, drawn with fresh coins, and what an attacker who knows
//! both homes can prove from them.
//!
//! The two homes are rivals: each prefers plans that the other does not, so that λ is attained. From a first sample
//! of each, and from nothing else, the outcomes (the releases' bytes) are ordered by their likelihood ratio, and the
//! event is chosen that looks worst: so many outcomes from the first of that order on. On a second sample the event's
//! two probabilities get Clopper–Pearson bounds at level [`ALPHA`] each. The logarithm of the lower one of the one
//! home over the upper one of the other is below ε with probability at least 1 − 2·ALPHA. So
//!
//! * if it is over ln λ, the promise is broken (or a chance of 2·ALPHA came true);
//! * if it is under 0.9 ln λ, the audit was too weak to say anything, and fails as well.
//!
//! The number of draws follows from a power calculation. One plan that the first home prefers and the other does not
//! has the probabilities p₁ = p/D and p₂ = q/D. At n draws the logarithm of an estimate of pᵢ has about the deviation
//! σᵢ = √((1 − pᵢ)/(n pᵢ)), its bound lies another z σᵢ off, and the difference of the two deviates by √(σ₁² + σ₂²).
//! With z = [`Z`], the normal deviate at level ALPHA, for the bounds and for the power, n is enough where
//! z (σ₁ + σ₂ + √(σ₁² + σ₂²)) ≤ 0.1 ln λ. At λ = 2 that is some tens of thousands of draws of each home.

use std::collections::BTreeMap;

use homeveil::home::Home;
use homeveil::{Coins, Policy, Redaction};

use super::channel::rivals;
use super::clopper_pearson::{lower, upper};
use super::{noisy, released, sketched};

/// Chance that one bound is wrong.
const ALPHA: f64 = 1e-3;

/// The deviations of a normal law that lie beyond with probability [`ALPHA`], rounded up.
const Z: f64 = 3.1;

/// Share of ln λ that the audit must prove.
const POWER: f64 = 0.9;

/// What an audit found.
#[derive(Debug)]
pub(crate) struct Finding {
    /// Draws of each home.
    pub(crate) draws: u32,
    /// ε is at least this.
    pub(crate) epsilon_lower: f64,
    /// ln λ.
    pub(crate) declared: f64,
}

impl Finding {
    pub(crate) fn holds(&self) -> bool {
        self.epsilon_lower <= self.declared && self.epsilon_lower >= POWER * self.declared
    }
}

/// Draws of each home that are enough for a policy.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some ten thousands")]
pub(crate) fn draws_needed(policy: &Policy) -> u32 {
    let (lambda, book) = (policy.odds().value(), policy.codebook());
    let (plans, preferred) =
        (f64::from(u32::try_from(book.plans().len()).unwrap()), f64::from(book.preferred()));
    // In units of q. Where two homes prefer some of the same plans, the event is of at least one plan.
    let whole = plans + preferred * (lambda - 1.0);
    let deviation = |p: f64| ((1.0 - p) / p).sqrt();
    let (one, other) = (deviation(lambda / whole), deviation(1.0 / whole));
    let margin = (1.0 - POWER) * lambda.ln();
    (Z * (one + other + one.hypot(other)) / margin).powi(2).ceil() as u32
}

/// How often each release came out.
fn sample(home: &Home, policy: &Policy, draws: u32, coins: &mut Coins) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for _ in 0..draws {
        let release = released(&sketched(home, &Redaction::none()), policy, coins).unwrap();
        *counts.entry(release.to_json()).or_default() += 1;
    }
    counts
}

/// Audits a policy with so many draws of each home. The coins come from seeds, so that an audit that holds does so on
/// every machine and every day.
pub(crate) fn audit(policy: &Policy, draws: u32) -> Finding {
    let homes = rivals(policy);
    let samples = |draws, seeds: [u64; 2]| {
        let coins = seeds.map(Coins::replayed);
        let mut pairs = homes.iter().zip(coins);
        [(); 2]
            .map(|()| pairs.next().map(|(home, mut coins)| sample(home, policy, draws, &mut coins)).unwrap())
    };
    let event = worst_event(&samples(draws / 8 + 1, [1, 2]));
    let [one, other] = samples(draws, [3, 4]);
    let count = |sample: &BTreeMap<String, u32>| {
        event.outcomes.iter().filter_map(|outcome| sample.get(outcome)).sum()
    };
    let (high, low) = if event.swapped { (&other, &one) } else { (&one, &other) };
    let epsilon_lower = (lower(count(high), draws, ALPHA) / upper(count(low), draws, ALPHA)).ln();
    Finding { draws, epsilon_lower, declared: policy.odds().value().ln() }
}

/// Releases that one home gives more often than the other.
struct Event {
    outcomes: Vec<String>,
    /// The second home is the one that gives them more often.
    swapped: bool,
}

/// The event that looks worst on a sample of both homes: ordered by ratio, the first so many outcomes.
fn worst_event([one, other]: &[BTreeMap<String, u32>; 2]) -> Event {
    let mut best: Option<(f64, Event)> = None;
    for swapped in [false, true] {
        let (one, other) = if swapped { (other, one) } else { (one, other) };
        let total = one.values().sum::<u32>();
        let seen =
            |sample: &BTreeMap<String, u32>, outcome: &String| sample.get(outcome).copied().unwrap_or(0);
        let mut outcomes: Vec<(u32, u32, &String)> =
            one.keys().map(|outcome| (seen(one, outcome), seen(other, outcome), outcome)).collect();
        // By descending ratio, one added to both against divisions by zero.
        outcomes.sort_by_key(|(a, b, _)| core::cmp::Reverse(u64::from(a + 1) * (1 << 32) / u64::from(b + 1)));
        let (mut a, mut b) = (0, 0);
        for length in 1..=outcomes.len() {
            a += outcomes[length - 1].0;
            b += outcomes[length - 1].1;
            // At the level of one deviation: which event is worst, not whether it is proved.
            let score = (lower(a, total, 0.16) / upper(b, total, 0.16)).ln();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                let outcomes = outcomes[..length].iter().map(|(.., outcome)| (*outcome).clone()).collect();
                best = Some((score, Event { outcomes, swapped }));
            }
        }
    }
    best.expect("something was drawn").1
}

exact_laws! {
    /// Measured on whole releases, ε is below ln λ and above nine tenths of it, at λ = 2 and at λ = 16.
    fn measured_epsilon_is_below_ln_lambda_and_near_it(config) {
        let mut visited = 0;
        for policy in [noisy(), super::policy(4, 16, 1)] {
            let full = draws_needed(&policy);
            // With fewer draws there is less power, but no less truth.
            let draws = if config.cases >= 256 { full } else { full.min(config.cases * 8) };
            let found = audit(&policy, draws);
            assert!(if draws == full { found.holds() } else { found.epsilon_lower <= found.declared }, "{found:?}");
            visited += 2 * u64::from(found.draws);
        }
        visited
    }
}
