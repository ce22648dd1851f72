//! The shipped codebooks are those that the design program finds.

#[path = "../../examples/design_codebooks/candidates.rs"]
mod candidates;
#[path = "../../examples/design_codebooks/homes.rs"]
mod homes;
#[path = "../../examples/design_codebooks/search.rs"]
mod search;

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::{Odds, Policy};

use crate::props::policy;
use crate::real_maps;

/// Designs the codebooks of two and three zones anew, on the program's own homes. More zones take minutes:
/// there the program's output is to be compared by hand.
#[test]
fn the_shipped_codebooks_are_the_designed_ones() {
    for zones in [2, 3] {
        let own = homes::sketches(0..homes::usual_number(zones)).unwrap();
        let plans = candidates::candidates(zones, &own).unwrap();
        let book = Codebook::of_plans(zones, &plans, 1).unwrap();
        let costs: Vec<Vec<u32>> = own.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
        let designs = search::designs(&search::Table::of(&costs), &search::ODDS);
        let mut before = u64::MAX;
        for (design, lambda) in designs.iter().zip(search::ODDS) {
            let shipped = policy(zones, lambda, 1).codebook();
            let ids: Vec<PlanId> = shipped.plans().iter().map(homeveil::atlas::Plan::id).collect();
            let designed: Vec<PlanId> = design.plans.iter().map(|&plan| plans[plan]).collect();
            assert_eq!(ids, designed, "{zones} zones, λ = {lambda}");
            assert_eq!(shipped.preferred() as usize, design.preferred, "{zones} zones, λ = {lambda}");
            let cost = design.cost.over(own.len());
            assert!(cost <= before, "{zones} zones, λ = {lambda}: a greater budget costs more");
            before = cost;
        }
    }
}

/// No zone of a shipped plan has more than two doors, and the sealed plans are chains from the dock's zone.
#[test]
fn shipped_plans_are_paths_and_sealed_ones_chains() {
    for zones in 2..=6 {
        for lambda in search::ODDS {
            for plan in policy(zones, lambda, 1).codebook().plans() {
                assert!(candidates::is_path(plan), "{zones} zones, plan {}", plan.id());
            }
        }
        let sealed = policy(zones, 1, 1).codebook();
        let root = sealed.plans()[0].root();
        let doors = sealed.plans()[0].doors();
        assert_eq!(doors.iter().filter(|door| door.zones.contains(&root)).count(), 1, "{zones} zones");
    }
}

/// A budget for which the codebook is one plan costs nothing.
#[test]
fn a_policy_whose_codebook_is_one_plan_is_sealed() {
    for zones in 2..=6 {
        for (p, q) in [(1, 1), (3, 2), (2, 1), (4, 1), (8, 1), (64, 1)] {
            let policy = policy(zones, p, q);
            let constant = policy.codebook().plans().len() == 1;
            assert_eq!(policy.odds() == Odds::SEALED, constant, "{zones} zones, λ = {p}/{q}");
        }
    }
    assert_eq!(Policy::default().odds(), Odds::new(2, 1).unwrap());
}

/// On real maps, which the codebooks were not designed on, a greater budget never costs more in the mean, for
/// any number of zones; and with four zones it saves what the module docs of `Codebook` say, so that these
/// bounds hold: a tenth at λ = 2, 17 hundredths at 4, 23 at 8, 35 at 64.
#[test]
fn on_real_maps_expected_cost_falls_with_the_budget() {
    let redaction = Policy::default().redaction().keep_unlabelled();
    let sketches: Vec<Sketch> =
        real_maps::homes().iter().map(|home| Sketch::of(&redact(home, &redaction).unwrap())).collect();
    if sketches.is_empty() {
        return;
    }
    for zones in 2..=6 {
        let costs: Vec<f64> = search::ODDS
            .map(|lambda| {
                let book = Codebook::of(zones, Odds::new(lambda, 1).unwrap()).unwrap();
                let per_home: Vec<Vec<u32>> =
                    sketches.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
                let all: Vec<usize> = (0..book.plans().len()).collect();
                let table = search::Table::of(&per_home);
                search::expected(&table, lambda, book.preferred() as usize, &all).value()
            })
            .to_vec();
        assert!(costs.windows(2).all(|pair| pair[1] <= pair[0]), "{zones} zones: {costs:?}");
        if zones == 4 {
            for (lambda, most) in [(2, 0.90), (4, 0.83), (8, 0.77), (64, 0.65)] {
                let at = search::ODDS.iter().position(|&odds| odds == lambda).unwrap();
                assert!(costs[at] <= most * costs[0], "λ = {lambda}: {costs:?}");
            }
        }
    }
}
