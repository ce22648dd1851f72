//! Two releases of one home, drawn with coins of their own: odds multiply.

use super::run::{Bench, Left};
use super::{Finding, Measure};
use crate::attack::bayes;
use crate::measure::Statistic;
use crate::mechanism::Mechanism;
use crate::population::Attribute;

/// Releases of a law from which on pairs are too many.
const MOST: usize = 64;

/// What the exact attacker gets from both.
pub(super) fn findings(bench: &Bench, mechanism: &dyn Mechanism, left: &Left) -> Vec<Finding> {
    let limits = mechanism.limits_of_two();
    let Some(laws) = left.laws.as_ref().filter(|_| limits.general.is_some()) else { return Vec::new() };
    if laws.iter().any(|law| law.len() > MOST) {
        return Vec::new();
    }
    let twice = bayes::twice(laws);
    let name = format!("{}, two releases", mechanism.name());
    let mut found = Vec::new();
    let mut add = |about: &str, measure: Measure, value: f64| {
        let finding = Finding::new(&name, "Bayes, exact", about, measure, Statistic::Exact(value));
        found.push(finding.capped(&limits));
    };
    for attribute in Attribute::ALL {
        let truth: Vec<f64> = bench.evaluation.iter().map(|home| attribute.of(home)).collect();
        if !attribute.is_yes_or_no() {
            add(attribute.name(), Measure::RSquared, bayes::r_squared(&twice, &truth));
        } else if let Some(told) =
            bayes::Told::apart(&twice, &truth.iter().map(|&yes| yes > 0.5).collect::<Vec<_>>())
        {
            add(attribute.name(), Measure::Advantage, told.advantage);
            add(attribute.name(), Measure::Auc, told.auc);
        }
    }
    let k = u32::try_from(twice.len()).unwrap_or(u32::MAX);
    add("who it is", Measure::Top { t: 1, k }, bayes::top(&twice, 1));
    found
}
