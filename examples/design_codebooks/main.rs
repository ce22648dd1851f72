//! Which plans should a codebook hold? Designs one for each number of zones and budget, on random homes, and
//! prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks -- [--homes N] [--zones K]`
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected
//! cost of a draw; `homes` says on which homes, `search` how. Up to four zones all plans are candidates; above,
//! those with the drawings of plans that are best for some home. Each codebook is also tried on as many homes
//! that it was not designed on: both figures stand beside it.

mod homes;
mod search;

use std::error::Error;

use homeveil::atlas::{Atlas, Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::sketch::Sketch;

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
        let count = homes.unwrap_or(usual_homes(zones));
        let own = homes::sketches(zones, 0..count)?;
        let others = homes::sketches(zones, count..2 * count)?;
        let plans = candidates(zones, &own)?;
        let book = Codebook::of_plans(zones, &plans, 1).ok_or("candidates are plans")?;
        let costs: Vec<Vec<u32>> = own.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
        let designs = search::designs(&search::Table::of(&costs), &ODDS);
        for (design, odds) in designs.iter().zip(ODDS) {
            let ids: Vec<PlanId> = design.plans.iter().map(|&plan| plans[plan]).collect();
            let few = Codebook::of_plans(zones, &ids, 1).ok_or("a design is of plans")?;
            let costs: Vec<Vec<u32>> =
                others.iter().map(|sketch| rank(sketch, &few).costs().to_vec()).collect();
            let all: Vec<usize> = (0..ids.len()).collect();
            let elsewhere = search::expected(&search::Table::of(&costs), odds, design.favoured, &all);
            let numbers: Vec<String> = ids.iter().map(|id| grouped(id.get())).collect();
            println!(
                "    // Expected cost {}, on other homes {}.",
                design.cost.over(own.len()),
                elsewhere.over(others.len())
            );
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
        0..=4 => 150,
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
