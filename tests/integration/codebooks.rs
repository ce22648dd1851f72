//! The shipped codebooks are those that the design program finds.

#[path = "../../examples/design_codebooks/candidates.rs"]
mod candidates;
#[path = "../../examples/design_codebooks/designed.rs"]
mod designed;
#[path = "../../examples/design_codebooks/homes.rs"]
mod homes;
#[path = "../../examples/design_codebooks/search.rs"]
mod search;

use homeveil::atlas::{Codebook, Plan, PlanId};
use homeveil::home::Footprint;
use homeveil::merge::rank;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::synth::Population;
use homeveil::utility::bootstrap;
use homeveil::{Coins, Odds, Policy};

use crate::props::policy;
use crate::real_maps;

/// Designs the codebooks of two and three zones once more, on the program's own homes, to the byte. More zones take
/// minutes: there `design_codebooks --check` compares.
#[test]
#[ignore = "takes long: tests/README.md"]
fn the_shipped_codebooks_are_the_designed_ones() {
    for zones in [2, 3] {
        let own = designed::designed(zones, homes::usual_number(zones), || ()).unwrap();
        assert_eq!(own, designed::shipped(zones), "{zones} zones");
        assert_eq!(own.len(), search::ODDS.len(), "{zones} zones");
    }
}

#[test]
fn there_are_as_many_plans_to_choose_among_as_is_said() {
    let counted = [2, 3, 4, 5, 6].map(|zones| candidates::candidates(zones).unwrap().len());
    assert_eq!(counted, candidates::COUNTS);
}

/// What the program compares with is what the library draws from, and a greater budget costs no more.
#[test]
fn the_codebooks_as_written_are_those_of_the_policies() {
    for zones in 2..=6 {
        let written = designed::shipped(zones);
        assert_eq!(written.len(), search::ODDS.len(), "{zones} zones");
        let mut before = u64::MAX;
        for (text, lambda) in written.iter().zip(search::ODDS) {
            let book = Codebook::of(zones, Odds::new(lambda, 1).unwrap()).unwrap();
            let ids: Vec<PlanId> = book.plans().iter().map(Plan::id).collect();
            let cost = text.split_once("cost ").and_then(|(_, rest)| rest.split_once('.')).unwrap().0;
            let cost: u64 = cost.parse().unwrap();
            assert_eq!(*text, designed::told(zones, lambda, book.preferred() as usize, &ids, cost));
            assert!(cost <= before, "{zones} zones, λ = {lambda}: a greater budget costs more");
            before = cost;
        }
    }
    // More plans than fit on a line: a codebook of the second version, as rustfmt broke it.
    let plans = [
        872_947, 1_200_038, 2_791_388, 2_791_813, 2_825_096, 2_826_188, 2_866_697, 2_866_933, 2_871_957,
        2_872_947,
    ];
    let told = designed::told(5, 64, 1, &plans.map(PlanId::new), 550);
    assert!(designed::SHIPPED.contains(&told), "{told}");
}

/// Every shipped plan is a chain from the dock's zone, so that its doors leave one order to visit the zones in, and no
/// zone is a strip.
#[test]
fn shipped_plans_are_chains_from_the_dock_without_strips() {
    for zones in 2..=6 {
        for lambda in search::ODDS {
            for plan in policy(zones, lambda, 1).codebook().plans() {
                assert!(candidates::is_chain(plan), "{zones} zones, plan {}", plan.id());
                assert!(candidates::has_no_strip(plan), "{zones} zones, plan {}", plan.id());
            }
        }
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
    assert_eq!(Policy::default().odds(), Odds::SEALED);
}

/// The expected cost of a draw in each home, in tours, for each budget. Codebooks of the same plans are ranked once.
fn costs(sketches: &[Sketch], zones: u8) -> Vec<Vec<f64>> {
    // A cost counts thousandths of a tour for each pair of zones.
    let unit = 1000.0 * f64::from(zones * (zones - 1) / 2);
    let mut known: Option<(Codebook, Vec<search::Table>)> = None;
    let of_budget = |lambda: u32| {
        let book = Codebook::of(zones, Odds::new(lambda, 1).unwrap()).unwrap();
        if known.as_ref().is_none_or(|(before, _)| before.digest() != book.digest()) {
            let table = |sketch| search::Table::of(&[rank(sketch, &book).costs().to_vec()]);
            known = Some((book.clone(), sketches.iter().map(table).collect()));
        }
        let all: Vec<usize> = (0..book.plans().len()).collect();
        let tables = known.as_ref().map_or([].as_slice(), |(_, tables)| tables);
        let cost = |table| search::expected(table, lambda, book.preferred() as usize, &all).value() / unit;
        tables.iter().map(cost).collect()
    };
    search::ODDS.into_iter().map(of_budget).collect()
}

/// On homes of either half of the population, those that codebooks are designed on and those that nothing is chosen by,
/// a draw costs the same within the intervals over homes, and on both a greater budget never costs a thousandth of a
/// tour more. The figures are printed.
#[test]
#[ignore = "takes long: tests/README.md"]
fn both_halves_of_the_population_cost_alike_and_less_with_the_budget() {
    let (redaction, robot) = (Policy::default().redaction(), Footprint::disc_m(0.17).unwrap());
    let [design, evaluation] = [Population::Design, Population::Evaluation].map(|half| {
        let sketch = |number| {
            let home = half.home(number).into_builder(robot).build().unwrap();
            Sketch::of(&redact(&home, &redaction).unwrap())
        };
        // Of the design half the homes that the codebooks were designed on, and others.
        (0..HOMES as u64).map(sketch).collect::<Vec<Sketch>>()
    });
    for zones in 2..=6 {
        let mut before = [f64::INFINITY; 2];
        let homes = if zones <= 5 { HOMES } else { HOMES_OF_SIX };
        let costs = [&design, &evaluation].map(|sketches| costs(&sketches[..homes], zones));
        for (budget, lambda) in search::ODDS.into_iter().enumerate() {
            let figures = [0, 1].map(|half: usize| {
                let costs = &costs[half][budget];
                let interval = bootstrap(costs, &mut Coins::replayed(1), |costs| mean(costs.iter().copied()));
                (mean(costs.iter()), interval.unwrap())
            });
            let [(one, of_one), (other, of_other)] = figures;
            println!(
                "{zones} zones, λ = {lambda}: design {one:.3} {of_one:.3?}, evaluation {other:.3} {of_other:.3?}"
            );
            assert!(of_one[0] <= of_other[1] && of_other[0] <= of_one[1], "{zones} zones, λ = {lambda}");
            assert!(
                one <= before[0] + RESOLUTION && other <= before[1] + RESOLUTION,
                "{zones} zones, λ = {lambda}: costs more than {before:?}"
            );
            before = [one, other];
        }
    }
}

/// Homes of each half; of six zones a ranking takes some hundred milliseconds.
const HOMES: usize = 120;
const HOMES_OF_SIX: usize = 30;

/// Half a thousandth of a tour: costs are told in thousandths.
const RESOLUTION: f64 = 0.0005;

fn mean<'a>(all: impl ExactSizeIterator<Item = &'a f64>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some hundred homes")]
    let count = all.len() as f64;
    all.sum::<f64>() / count
}

/// Zones and λ of the draw that costs surely more than the sealed plan on real maps, though not on the population.
const DEARER: (u8, u32) = (5, 2);

/// On real maps, which the codebooks were not designed on, a greater budget never costs more from λ = 8 on, and at λ =
/// 64 less than at λ = 1, for any number of zones. With four zones the sealed plan costs less than that of the second
/// version, and a draw at λ = 64 costs 12 hundredths less than that. All figures are printed.
///
/// No budget costs surely more than the one before, by the interval of 95 % over maps, but with five zones λ = 2, which
/// costs .006 to .049 of a tour more than the sealed plan ([`DEARER`]); with four zones λ = 4 costs 0 to .032 more than
/// that. By the second version's cost a draw at λ = 2, 4 and 8 had to cost 3, 6 and 8 hundredths less than the sealed
/// plan; now that has become better than the plans drawn from there, on these maps, though on the evaluation half of
/// the population every greater budget costs less (`both_halves_…`). Of these maps most keep more rooms than zones, of
/// the population fewer than a half. Codebooks are not chosen by these maps.
#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn on_real_maps_expected_cost_falls_with_the_budget() {
    let redaction = Policy::default().redaction().keep_unlabelled();
    let sketches: Vec<Sketch> =
        real_maps::homes().iter().map(|home| Sketch::of(&redact(home, &redaction).unwrap())).collect();
    let second = Codebook::of_plans(4, &[PlanId::new(168_710)], 1).unwrap();
    let of_second: Vec<f64> =
        sketches.iter().map(|sketch| f64::from(rank(sketch, &second).costs()[0]) / 6000.0).collect();
    let of_second = mean(of_second.iter());
    println!("4 zones, the second version's sealed plan: {of_second:.4}");
    for zones in 2..=6 {
        let of_maps = costs(&sketches, zones);
        for (budget, lambda) in search::ODDS.into_iter().enumerate().skip(1) {
            let over = |before: usize| {
                let more = of_maps[budget].iter().zip(&of_maps[before]).map(|(own, before)| own - before);
                let figure = |more: &[&f64]| mean(more.iter().copied());
                bootstrap(&more.collect::<Vec<f64>>(), &mut Coins::replayed(1), figure).unwrap()
            };
            let (sealed, last) = (over(0), over(budget - 1));
            println!(
                "{zones} zones, λ = {lambda}: over the sealed plan {sealed:.4?}, the budget before {last:.4?}"
            );
            assert!(last[0] <= 0.0 || (zones, lambda) == DEARER, "{zones} zones, λ = {lambda}: {last:?}");
        }
        let costs: Vec<f64> = of_maps.iter().map(|costs| mean(costs.iter())).collect();
        println!("{zones} zones: {costs:.4?}");
        let from_eight = &costs[search::ODDS.iter().position(|&odds| odds == 8).unwrap()..];
        assert!(from_eight.windows(2).all(|pair| pair[1] <= pair[0]), "{zones} zones: {costs:?}");
        let (sealed, last) = (costs[0], from_eight[from_eight.len() - 1]);
        assert!(last < sealed, "{zones} zones: {costs:?}");
        if zones == 4 {
            assert!(sealed <= of_second && last <= 0.88 * of_second, "{costs:?} against {of_second}");
        }
    }
}
