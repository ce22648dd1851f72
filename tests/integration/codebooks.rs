//! The shipped codebooks are those that the design program finds.

#[path = "../../examples/design_codebooks/candidates.rs"]
mod candidates;
#[path = "../../examples/design_codebooks/homes.rs"]
mod homes;
#[path = "../../examples/design_codebooks/search.rs"]
mod search;

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;

use crate::props::policy;

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
            assert_eq!(shipped.favoured() as usize, design.favoured, "{zones} zones, λ = {lambda}");
            let cost = design.cost.over(own.len());
            assert!(cost <= before, "{zones} zones, λ = {lambda}: a greater budget costs more");
            before = cost;
        }
    }
}

/// Every shipped plan's doors make one chain from the dock's zone.
#[test]
fn shipped_plans_are_chains() {
    for zones in 2..=6 {
        for lambda in search::ODDS {
            for plan in policy(zones, lambda, 1).codebook().plans() {
                assert!(candidates::is_chain(plan), "{zones} zones, plan {}", plan.id());
            }
        }
    }
}
