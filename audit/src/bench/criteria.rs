//! The three criteria of Opinion 05/2014 on anonymisation techniques (Article 29 Working Party, WP 216).
//!
//! The opinion asks of a technique whether it is still possible
//!
//! * to *single out* an individual: to isolate some or all records that identify one in a data set. Here the attacker
//!   states a condition on area, share of the largest room and aspect; it succeeds if the home that the release is of
//!   meets it and no other home of the evaluation half does.
//! * to *link* records about one individual: to correlate, in the same database or in two, at least two records of the
//!   same data subject. Here two recipients have a release each, drawn with coins of their own, of ten homes; the
//!   attacker takes one of the first's and picks one of the second's ten.
//! * to *infer* the value of an attribute from others with significant probability. Here the attacker states the area
//!   of the home; it succeeds within a tenth.
//!
//! What succeeds without the home's own release says nothing about the release. So, after Giomi, Boenisch, Wehmeyer &
//! Tasnádi (PETS 2023), there is a control: the same attacker with the release of *another* home of the population,
//! judged on this one; and a naive attacker, without any release. The risk is what is gained over the control, (a −
//! c)/(1 − c). Under an odds bound the difference a − c is at most the advantage of any test of two homes, and the risk
//! at most 1 − 1/λ.

use homeveil::Coins;
use homeveil::noise::CoinError;
use serde::Serialize;

use super::run::{Bench, Left, seed};
use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Attacker, Evidence, Learner, Lesson, Pictured, Table};
use crate::measure::Statistic;
use crate::mechanism::Mechanism;
use crate::population::{Attribute, Subject, in_parallel};

/// What a condition is stated on.
const STATED: [Attribute; 3] = [Attribute::FreeArea, Attribute::LargestShare, Attribute::Aspect];

/// Half-widths of conditions that are tried on design homes, in deviations of the attribute.
const WIDTHS: [f64; 6] = [0.005, 0.02, 0.05, 0.1, 0.2, 0.4];

/// Homes whose releases the second recipient has.
const AMONG: usize = 10;

/// How near an inferred area must be.
const NEAR: f64 = 0.1;

/// How often an attacker succeeds.
///
/// ```
/// use homeveil_audit::bench::Criterion;
/// let found = Criterion::new("mine", "inference", [60, 100], [20, 100], [10, 100]);
/// assert!((found.risk - 0.5).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Criterion {
    /// The mechanism's name.
    pub mechanism: String,
    /// The criterion.
    pub criterion: String,
    /// Successes and trials with the home's own release.
    pub attack: [u32; 2],
    /// With the release of another home.
    pub control: [u32; 2],
    /// Without any release.
    pub naive: [u32; 2],
    /// What is gained over the control, of what could be.
    pub risk: f64,
}

impl Criterion {
    /// From successes and trials of attack, control and naive attacker.
    #[must_use]
    pub fn new(
        mechanism: &str,
        criterion: &str,
        attack: [u32; 2],
        control: [u32; 2],
        naive: [u32; 2],
    ) -> Self {
        let rate = |[k, n]: [u32; 2]| f64::from(k) / f64::from(n);
        let (a, c) = (rate(attack), rate(control));
        let risk = if c < 1.0 { ((a - c) / (1.0 - c)).max(0.0) } else { 0.0 };
        Self {
            mechanism: mechanism.to_owned(),
            criterion: criterion.to_owned(),
            attack,
            control,
            naive,
            risk,
        }
    }

    /// The gain over the control, to be held against the caps.
    fn finding(&self, mechanism: &dyn Mechanism) -> Finding {
        let gain = Statistic::Difference { one: self.attack, other: self.control };
        let about = format!("{}, gain over the control", self.criterion);
        Finding::new(&self.mechanism, "Opinion 05/2014", &about, Measure::Advantage, gain)
            .capped(&mechanism.limits())
    }
}

/// For each home another one, each once.
fn others(count: usize, coins: &mut Coins) -> Result<Vec<usize>, CoinError> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, usize::try_from(coins.below(last as u64 + 1)?).unwrap_or(0));
    }
    let mut other = vec![0; count];
    for (at, &home) in order.iter().enumerate() {
        other[home] = order[(at + 1) % count];
    }
    Ok(other)
}

/// All three.
pub(super) fn all(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
) -> Result<(Vec<Criterion>, Vec<Finding>), AuditError> {
    let mut coins = Coins::replayed(seed(&mechanism.name(), 5, 0));
    let other = others(bench.evaluation.len(), &mut coins)?;
    let (guesses, known) = stated(bench, left)?;
    let mut found = vec![
        singling_out(bench, mechanism, &guesses, &known, &other),
        inference(bench, mechanism, &guesses[0], &other),
    ];
    found.extend(linkability(bench, mechanism, left, &other, &mut coins)?);
    let findings = found.iter().map(|criterion| criterion.finding(mechanism)).collect();
    Ok((found, findings))
}

/// What is guessed of each evaluation home, attribute by attribute, and of each design home: the latter after learning
/// from the other half of them, so that it misses by as much as on homes that are new.
#[expect(clippy::type_complexity, reason = "two tables")]
fn stated(bench: &Bench, left: &Left) -> Result<(Vec<Vec<f64>>, Vec<Vec<f64>>), AuditError> {
    let guessed = in_parallel(&STATED, |attribute| -> Result<[Vec<f64>; 2], AuditError> {
        let lesson = |(evidence, home)| Lesson { evidence, truth: attribute.of(home) };
        let lessons: Vec<Lesson<'_>> = left.design.iter().zip(&bench.design).map(lesson).collect();
        let attacker: Box<dyn Attacker> =
            if left.laws.is_some() { Box::new(Table) } else { Box::new(better(&lessons)?) };
        let guess = |from: &[Lesson<'_>], of: &[Evidence]| -> Result<Vec<f64>, AuditError> {
            let learnt = attacker.learn(from)?;
            of.iter().map(|evidence| learnt.of(evidence)).collect()
        };
        let middle = lessons.len() / 2;
        let mut known = guess(&lessons[middle..], &left.design[..middle])?;
        known.extend(guess(&lessons[..middle], &left.design[middle..])?);
        Ok([guess(&lessons, &left.evaluation)?, known])
    });
    let guessed = guessed.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(guessed.into_iter().map(|[evaluation, design]| (evaluation, design)).unzip())
}

/// The learner that does best on one half of the lessons after learning from the other.
fn better(lessons: &[Lesson<'_>]) -> Result<Learner, AuditError> {
    let (learnt, kept) = lessons.split_at(lessons.len() / 2);
    let mut best = (f64::INFINITY, Learner::Trees);
    for learner in Learner::ALL {
        let guess = learner.learn(learnt)?;
        let mut missed = 0.0;
        for lesson in kept {
            missed += (guess.of(lesson.evidence)? - lesson.truth).powi(2);
        }
        if missed < best.0 {
            best = (missed, learner);
        }
    }
    Ok(best.1)
}

/// Homes as points, and how far two may be apart.
struct Condition<'a> {
    points: &'a [Vec<f64>],
    reach: Vec<f64>,
}

impl Condition<'_> {
    /// Whether a condition around what was guessed holds of one home alone, and of this.
    fn isolates(&self, guess: &[f64], home: usize) -> bool {
        let holds = |point: &Vec<f64>| {
            point.iter().zip(guess).zip(&self.reach).all(|((at, guess), reach)| (at - guess).abs() <= *reach)
        };
        holds(&self.points[home]) && self.points.iter().filter(|point| holds(point)).count() == 1
    }
}

fn points(homes: &[Subject]) -> Vec<Vec<f64>> {
    homes.iter().map(|home| STATED.iter().map(|attribute| attribute.of(home)).collect()).collect()
}

fn singling_out(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    guesses: &[Vec<f64>],
    known: &[Vec<f64>],
    other: &[usize],
) -> Criterion {
    let (design, evaluation) = (points(&bench.design), points(&bench.evaluation));
    let deviation = |attribute: usize| {
        let values = design.iter().map(|point| point[attribute]);
        let mean = values.clone().sum::<f64>() / design.len() as f64;
        (values.map(|value| (value - mean).powi(2)).sum::<f64>() / design.len() as f64).sqrt()
    };
    let deviations: Vec<f64> = (0..STATED.len()).map(deviation).collect();
    let reach = |width: f64| deviations.iter().map(|deviation| width * deviation).collect::<Vec<_>>();
    let guess = |of: &[Vec<f64>], home: usize| of.iter().map(|guesses| guesses[home]).collect::<Vec<_>>();
    // The width that isolates most design homes among the design homes.
    let isolated = |width: &f64| {
        let condition = Condition { points: &design, reach: reach(*width) };
        (0..design.len()).filter(|&home| condition.isolates(&guess(known, home), home)).count()
    };
    let width = WIDTHS.iter().copied().max_by_key(isolated).unwrap_or(0.1);
    let condition = Condition { points: &evaluation, reach: reach(width) };
    let count = |guessed: &dyn Fn(usize) -> Vec<f64>| {
        let homes = 0..evaluation.len();
        let hits = homes.filter(|&home| condition.isolates(&guessed(home), home)).count();
        [hits, evaluation.len()].map(|count| u32::try_from(count).unwrap_or(u32::MAX))
    };
    let attack = count(&|home| guess(guesses, home));
    let control = count(&|home| guess(guesses, other[home]));
    let naive = count(&|home| design[home % design.len()].clone());
    Criterion::new(&mechanism.name(), "singling out", attack, control, naive)
}

fn inference(bench: &Bench, mechanism: &dyn Mechanism, guesses: &[f64], other: &[usize]) -> Criterion {
    let about = Attribute::FreeArea;
    let truths: Vec<f64> = bench.evaluation.iter().map(|home| about.of(home)).collect();
    let mut known: Vec<f64> = bench.design.iter().map(|home| about.of(home)).collect();
    known.sort_by(f64::total_cmp);
    let middle = known[known.len() / 2];
    let count = |guess: &dyn Fn(usize) -> f64| {
        let near = |&home: &usize| (guess(home) - truths[home]).abs() <= NEAR * truths[home];
        [(0..truths.len()).filter(near).count(), truths.len()]
            .map(|count| u32::try_from(count).unwrap_or(u32::MAX))
    };
    let attack = count(&|home| guesses[home]);
    let control = count(&|home| guesses[other[home]]);
    Criterion::new(&mechanism.name(), "inference", attack, control, count(&|_| middle))
}

/// Nothing where there are not enough homes.
fn linkability(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
    other: &[usize],
    coins: &mut Coins,
) -> Result<Option<Criterion>, AuditError> {
    let count = bench.evaluation.len() / AMONG * AMONG;
    if count == 0 {
        return Ok(None);
    }
    let numbered: Vec<(u64, &Subject)> = (0..).zip(&bench.evaluation[..count]).collect();
    let second = in_parallel(&numbered, |&(number, home)| {
        let seen = mechanism.release(home, &mut Coins::replayed(seed(&mechanism.name(), 6, number)))?;
        Ok(Pictured::of(&seen))
    });
    let second = second.into_iter().collect::<Result<Vec<Pictured>, AuditError>>()?;
    let first = in_parallel(&left.evaluation, |evidence| Pictured::of(&evidence.seen));
    // Where the release is that of another home, a success is still to pick this one.
    let mut hits = |own: &dyn Fn(usize) -> usize| -> Result<u32, CoinError> {
        let mut hits = 0;
        for home in 0..count {
            let from = home / AMONG * AMONG;
            let scores: Vec<f64> =
                second[from..from + AMONG].iter().map(|other| first[own(home)].like(other)).collect();
            let score = scores[home - from];
            let better = scores.iter().filter(|&&other| other > score).count();
            let equal = scores.iter().filter(|&&other| other.to_bits() == score.to_bits()).count();
            hits += u32::from(better == 0 && coins.below(equal as u64)? == 0);
        }
        Ok(hits)
    };
    let trials = u32::try_from(count).unwrap_or(u32::MAX);
    let (attack, control) = (hits(&|home| home)?, hits(&|home| other[home])?);
    let naive = [trials / u32::try_from(AMONG).unwrap_or(1), trials];
    Ok(Some(Criterion::new(&mechanism.name(), "linkability", [attack, trials], [control, trials], naive)))
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;

    use super::others;

    #[test]
    fn everybody_is_the_other_of_one() {
        let mut other = others(50, &mut Coins::replayed(1)).unwrap();
        assert!(other.iter().enumerate().all(|(home, other)| home != *other));
        other.sort_unstable();
        assert_eq!(other, (0..50).collect::<Vec<_>>());
    }
}
