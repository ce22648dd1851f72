//! Which plans should a codebook hold? Designs one for each number of zones and budget, on random homes, and prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks -- [--homes N] [--zones K]`
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected cost of a draw. Plans are added greedily, then
//! exchanged one by one while that helps; the number N of plans and the number M of favoured ones are those of least cost, N at most 12. For five and six zones
//! the candidates are the plans that are best for some home, and their neighbours in the atlas.

use std::error::Error;

use homeveil::atlas::{Atlas, Codebook, PlanId};
use homeveil::home::{Footprint, RoomKind};
use homeveil::merge::rank;
use homeveil::redact::{Redaction, redact};
use homeveil::sketch::Sketch;
use homeveil::synth::{Furnishing, HomeRecipe, Style};
use homeveil::{Coins, Policy};

/// Budgets that codebooks are shipped for.
const ODDS: [u32; 6] = [1, 2, 4, 8, 16, 64];

/// Most plans of a codebook.
const MOST_PLANS: usize = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let mut homes = 300;
    let mut zones = 2..=6;
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            lexopt::Arg::Long("homes") => homes = args.value()?.to_string_lossy().parse()?,
            lexopt::Arg::Long("zones") => {
                let one: u8 = args.value()?.to_string_lossy().parse()?;
                zones = one..=one;
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    let sketches = sketches(homes)?;
    for zones in zones {
        let plans = candidates(zones, &sketches)?;
        let book = Codebook::of_plans(zones, &plans, 1).ok_or("candidates are plans")?;
        let costs: Vec<Vec<u32>> =
            sketches.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
        for odds in ODDS {
            let design = design(&costs, odds);
            let mut numbers: Vec<u32> = design.plans.iter().map(|&plan| plans[plan].get()).collect();
            numbers.sort_unstable();
            let numbers: Vec<String> = numbers.into_iter().map(grouped).collect();
            println!("    // Expected cost {:.0}.", design.cost);
            println!(
                "    Shipped {{ zones: {zones}, odds: {odds}, favoured: {}, plans: &[{}] }},",
                design.favoured,
                numbers.join(", ")
            );
        }
    }
    Ok(())
}

/// Plans to choose among: all of them up to four zones, above a fixed selection.
fn candidates(zones: u8, sketches: &[Sketch]) -> Result<Vec<PlanId>, Box<dyn Error>> {
    let all = Atlas::of(zones).ok_or("two to six zones")?.plans();
    if all.len() < 1500 {
        return Ok(all);
    }
    // A fixed spread of plans first, then all plans with the drawing of one that is best for some home.
    let step = all.len() / 1500 + 1;
    let spread: Vec<PlanId> = all.iter().copied().step_by(step).collect();
    let book = Codebook::of_plans(zones, &spread, 1).ok_or("a spread of plans is a codebook")?;
    let trees = u32::from(zones).pow(u32::from(zones));
    let mut drawings: Vec<u32> = Vec::new();
    for sketch in sketches.iter().take(100) {
        let costs = rank(sketch, &book);
        let best = (0..spread.len()).min_by_key(|&plan| costs.costs()[plan]).unwrap_or(0);
        drawings.push(spread[best].get() / trees);
    }
    drawings.sort_unstable();
    drawings.dedup();
    drawings.truncate(60);
    Ok(all.into_iter().filter(|plan| drawings.binary_search(&(plan.get() / trees)).is_ok()).collect())
}

/// A number with its digits in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    if digits.len() > 4 { groups.join("_") } else { digits }
}

struct Design {
    plans: Vec<usize>,
    favoured: usize,
    cost: f64,
}

fn design(costs: &[Vec<u32>], odds: u32) -> Design {
    let mut best = Design { plans: Vec::new(), favoured: 1, cost: f64::INFINITY };
    let most = if odds == 1 { 1 } else { MOST_PLANS };
    for favoured in 1..=4 {
        let mut plans: Vec<usize> = Vec::new();
        while plans.len() < most {
            let (cost, plan) = improve(costs, odds, favoured, &plans, None);
            plans.push(plan);
            if plans.len() < favoured || (favoured > 1 && plans.len() <= favoured) {
                continue;
            }
            let cost = exchange(costs, odds, favoured, &mut plans).min(cost);
            if cost < best.cost - 0.5 {
                best = Design { plans: plans.clone(), favoured, cost };
            }
        }
        if odds == 1 {
            break;
        }
    }
    best
}

/// The plan that makes the codebook best when added, or put in the place of another.
fn improve(
    costs: &[Vec<u32>],
    odds: u32,
    favoured: usize,
    plans: &[usize],
    instead: Option<usize>,
) -> (f64, usize) {
    let mut tried: Vec<usize> = plans.to_vec();
    let place = instead.unwrap_or_else(|| {
        tried.push(0);
        tried.len() - 1
    });
    let mut best = (f64::INFINITY, 0);
    for plan in (0..costs[0].len()).filter(|plan| !plans.contains(plan)) {
        tried[place] = plan;
        let cost = expected(costs, odds, favoured, &tried);
        if cost < best.0 {
            best = (cost, plan);
        }
    }
    best
}

fn exchange(costs: &[Vec<u32>], odds: u32, favoured: usize, plans: &mut [usize]) -> f64 {
    let mut cost = expected(costs, odds, favoured, plans);
    for _ in 0..2 {
        for place in 0..plans.len() {
            let (other, plan) = improve(costs, odds, favoured, plans, Some(place));
            if other < cost {
                plans[place] = plan;
                cost = other;
            }
        }
    }
    cost
}

/// Mean over the homes of the expected cost of a draw.
fn expected(costs: &[Vec<u32>], odds: u32, favoured: usize, plans: &[usize]) -> f64 {
    let favoured = favoured.min(plans.len());
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let whole = number(plans.len()) + number(favoured) * f64::from(odds - 1);
    let total: f64 = costs
        .iter()
        .map(|home| {
            let mut own: Vec<u32> = plans.iter().map(|&plan| home[plan]).collect();
            own.sort_unstable();
            let sum: u32 = own.iter().sum();
            let best: u32 = own[..favoured].iter().sum();
            (f64::from(sum) + f64::from(odds - 1) * f64::from(best)) / whole
        })
        .sum();
    total / number(costs.len())
}

/// Sketches of random homes of all styles: every other one under the default policy's redaction, the others with bathrooms and toilets withheld alone, as owners differ.
fn sketches(homes: u64) -> Result<Vec<Sketch>, Box<dyn Error>> {
    let usual = Policy::default().redaction();
    let few = Redaction::none().kinds([RoomKind::Bathroom, RoomKind::Toilet]);
    let mut all = Vec::new();
    for seed in 0..homes {
        let mut coins = Coins::replayed(seed);
        let style = Style::random(&mut coins)?;
        let recipe = HomeRecipe::new(style).furnishing(Furnishing::Bare).cells_per_decimetre(1);
        let home = recipe.draw(&mut coins)?.into_builder(Footprint::disc_m(0.17)?).build()?;
        all.push(Sketch::of(&redact(&home, if seed % 2 == 0 { &usual } else { &few })?));
    }
    Ok(all)
}
