//! Which plans should a codebook hold? Designs one for each number of zones and budget, on random homes, and
//! prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks --features evaluation,stages -- [--zones K] [--homes N]`
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected
//! cost of a draw; `homes` says on which homes, `candidates` among which plans, `search` how. Each codebook is
//! also tried on as many homes that it was not designed on: both figures stand beside it. A test designs the
//! codebooks of two and three zones anew and compares.

mod candidates;
mod homes;
mod search;

use std::error::Error;

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::sketch::Sketch;

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
        let count = homes.unwrap_or(homes::usual_number(zones));
        let own = homes::sketches(0..count)?;
        let others = homes::sketches(count..2 * count)?;
        let plans = candidates::candidates(zones, &own)?;
        let designs = search::designs(&table(zones, &plans, &own)?, &search::ODDS);
        for (design, odds) in designs.iter().zip(search::ODDS) {
            let ids: Vec<PlanId> = design.plans.iter().map(|&plan| plans[plan]).collect();
            let all: Vec<usize> = (0..ids.len()).collect();
            let elsewhere = search::expected(&table(zones, &ids, &others)?, odds, design.preferred, &all);
            print(zones, odds, design, &ids, [design.cost.over(own.len()), elsewhere.over(others.len())]);
        }
    }
    Ok(())
}

/// What each plan costs in each home.
fn table(zones: u8, plans: &[PlanId], sketches: &[Sketch]) -> Result<search::Table, Box<dyn Error>> {
    let book = Codebook::of_plans(zones, plans, 1).ok_or("candidates are plans")?;
    let costs: Vec<Vec<u32>> = sketches.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
    Ok(search::Table::of(&costs))
}

fn print(zones: u8, odds: u32, design: &search::Design, plans: &[PlanId], [own, others]: [u64; 2]) {
    let numbers: Vec<String> = plans.iter().map(|id| grouped(id.get())).collect();
    println!("    // Expected cost {own}, on other homes {others}.");
    println!(
        "    Shipped {{ zones: {zones}, odds: {odds}, preferred: {}, plans: &[{}] }},",
        design.preferred,
        numbers.join(", ")
    );
}

/// A number with its digits in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    if digits.len() > 4 { groups.join("_") } else { digits }
}
