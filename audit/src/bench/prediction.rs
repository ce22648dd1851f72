//! What attackers predict and tell apart.

use homeveil::Coins;

use super::run::{Bench, Left};
use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Attacker, Evidence, Lesson, bayes};
use crate::measure::{Statistic, Threshold, auc, r_squared};
use crate::mechanism::Mechanism;
use crate::population::{Attribute, Subject, in_parallel};

fn truths(homes: &[Subject], attribute: Attribute) -> Vec<f64> {
    homes.iter().map(|home| attribute.of(home)).collect()
}

/// Every attacker on every attribute.
pub(super) fn findings(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
    attackers: &[Box<dyn Attacker>],
    coins: &mut Coins,
) -> Result<Vec<Finding>, AuditError> {
    let jobs: Vec<(Attribute, &dyn Attacker)> = Attribute::ALL
        .into_iter()
        .flat_map(|attribute| attackers.iter().map(move |attacker| (attribute, attacker.as_ref())))
        .collect();
    let guessed = in_parallel(&jobs, |&(attribute, attacker)| -> Result<[Vec<f64>; 2], AuditError> {
        let known = truths(&bench.design, attribute);
        let lesson = |(evidence, &truth)| Lesson { evidence, truth };
        let lessons: Vec<Lesson<'_>> = left.design.iter().zip(&known).map(lesson).collect();
        let learnt = attacker.learn(&lessons)?;
        let all =
            |of: &[Evidence]| of.iter().map(|evidence| learnt.of(evidence)).collect::<Result<Vec<f64>, _>>();
        // The threshold of a yes-or-no question is chosen on design homes too.
        Ok([if attribute.is_yes_or_no() { all(&left.design)? } else { Vec::new() }, all(&left.evaluation)?])
    });
    let (name, limits) = (mechanism.name(), mechanism.limits());
    let mut found = Vec::new();
    for ((attribute, attacker), guesses) in jobs.into_iter().zip(guessed) {
        let [design, evaluation] = guesses?;
        let truth = truths(&bench.evaluation, attribute);
        let mut add = |measure: Measure, statistic: Statistic| {
            let finding = Finding::new(&name, &attacker.name(), attribute.name(), measure, statistic);
            found.push(finding.capped(&limits));
        };
        if attribute.is_yes_or_no() {
            let threshold = Threshold::chosen(&design, &truths(&bench.design, attribute));
            if let Some(advantage) = threshold.advantage(&evaluation, &truth) {
                add(Measure::Advantage, advantage);
            }
            if let Some(auc) = auc(&evaluation, &truth, coins)? {
                add(Measure::Auc, auc);
            }
        } else if let Some(explained) = r_squared(&evaluation, &truth) {
            add(Measure::RSquared, explained);
        }
    }
    Ok(found)
}

/// The exact attacker, where the mechanism has a law.
pub(super) fn exact(bench: &Bench, mechanism: &dyn Mechanism, left: &Left) -> Vec<Finding> {
    let Some(laws) = &left.laws else { return Vec::new() };
    let (name, limits) = (mechanism.name(), mechanism.limits());
    let mut found = Vec::new();
    let mut add = |about: &str, measure: Measure, value: f64| {
        let finding = Finding::new(&name, "Bayes, exact", about, measure, Statistic::Exact(value));
        found.push(finding.capped(&limits));
    };
    for attribute in Attribute::ALL {
        let truth = truths(&bench.evaluation, attribute);
        if !attribute.is_yes_or_no() {
            add(attribute.name(), Measure::RSquared, bayes::r_squared(laws, &truth));
        } else if let Some(told) =
            bayes::Told::apart(laws, &truth.iter().map(|&yes| yes > 0.5).collect::<Vec<_>>())
        {
            add(attribute.name(), Measure::Advantage, told.advantage);
            add(attribute.name(), Measure::Auc, told.auc);
            add(attribute.name(), Measure::Odds, told.odds);
        }
    }
    let k = u32::try_from(laws.len()).unwrap_or(u32::MAX);
    for t in [1, 5] {
        add("who it is", Measure::Top { t, k }, bayes::top(laws, t));
    }
    found
}
