//! Which plans should a codebook hold? Designs one for each number of zones and budget, on random homes, and
//! prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks -- [--homes N] [--zones K]`
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected
//! cost of a draw. Plans are added greedily, then exchanged one by one while that helps; the number N of
//! plans and the number M of favoured ones are those of least cost, N at most 12. For five and six zones the
//! candidates are the plans that are best for some home, and their neighbours in the atlas.

mod search;

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

fn main() -> Result<(), Box<dyn Error>> {
    let mut homes = None;
    let mut zones = 2..=6;
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            lexopt::Arg::Long("homes") => homes = Some(args.value()?.to_string_lossy().parse()?),
            lexopt::Arg::Long("zones") => {
                let one: u8 = args.value()?.to_string_lossy().parse()?;
                zones = one..=one;
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    for zones in zones {
        let sketches = sketches(homes.unwrap_or(usual_homes(zones)))?;
        let plans = candidates(zones, &sketches)?;
        let book = Codebook::of_plans(zones, &plans, 1).ok_or("candidates are plans")?;
        let costs: Vec<Vec<u32>> =
            sketches.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
        for odds in ODDS {
            let design = search::design(&costs, odds);
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

/// Homes to design on: fewer where the atlas is large.
const fn usual_homes(zones: u8) -> u64 {
    match zones {
        0..=4 => 300,
        5 => 40,
        _ => 20,
    }
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
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    if digits.len() > 4 { groups.join("_") } else { digits }
}

/// Sketches of random homes of all styles: every other one under the default policy's redaction, the others
/// with bathrooms and toilets withheld alone, as owners differ.
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
