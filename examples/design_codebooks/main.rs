//! Which plans should a codebook hold? Designs one for each number of zones and budget, on made-up homes, and
//! prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks --features evaluation,stages -- --help` lists the options.
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected
//! cost of a draw; `homes` says on which homes, `candidates` among which plans, `search` how. Tests
//! design the codebooks of two and three zones again and compare, and try all of them on homes that nothing is chosen
//! by.

mod candidates;
mod homes;
mod search;

use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::time::Instant;

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::sketch::Sketch;
use homeveil_examples::{Failure, command, progress};

const HELP: &str = "\
usage: design_codebooks [--zones K] [--homes N]

Designs a codebook for each number of zones and budget on made-up homes, and prints the constants that are shipped. Says
first how long that will take, from some of the homes.

  --zones K  this number of zones alone, instead of 2 to 6
  --homes N  design on so many homes (600; 1200, 300 and 60 with four, five and six zones)

Exit code 0: done; 1: failed; 2: wrong usage.
";

type Asked = (RangeInclusive<u8>, Option<u64>);

fn main() -> ExitCode {
    command(HELP, parse, |(zones, homes)| run(zones, homes))
}

fn parse(mut args: lexopt::Parser) -> Result<Asked, Failure> {
    use lexopt::prelude::*;
    let (mut zones, mut homes) = (2..=6, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => homes = Some(args.value()?.parse()?),
            Long("zones") => {
                let one: u8 = args.value()?.parse()?;
                zones = one..=one;
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((zones, homes))
}

/// Homes that the time is estimated from.
const SOME: u64 = 3;

/// How long a design takes in proportion to one on some homes.
fn estimate(zones: u8, count: u64) -> Result<f64, Failure> {
    let started = Instant::now();
    let some = homes::sketches(0..SOME.min(count))?;
    let plans = candidates::candidates(zones)?;
    search::designs(&table(zones, &plans, &some)?, &search::ODDS);
    let times = u32::try_from(count.div_ceil(SOME))?;
    Ok(started.elapsed().as_secs_f64() * f64::from(times))
}

fn run(zones: RangeInclusive<u8>, homes: Option<u64>) -> Result<String, Failure> {
    let mut seconds = 0.0;
    for zones in zones.clone() {
        seconds += estimate(zones, homes.unwrap_or(homes::usual_number(zones)))?;
    }
    eprintln!("This takes about {:.0} minutes.", (seconds / 60.0).ceil());
    let mut text = String::new();
    let bar = progress(zones.len() * search::ODDS.len());
    for zones in zones {
        bar.set_message(format!("{zones} zones"));
        let count = homes.unwrap_or(homes::usual_number(zones));
        let own = homes::sketches(0..count)?;
        let plans = candidates::candidates(zones)?;
        let designs = search::designs(&table(zones, &plans, &own)?, &search::ODDS);
        for (design, odds) in designs.iter().zip(search::ODDS) {
            let ids: Vec<PlanId> = design.plans.iter().map(|&plan| plans[plan]).collect();
            // A cost counts thousandths of a tour for each pair of zones.
            let pairs = usize::from(zones * (zones - 1) / 2);
            let cost = design.cost.over(own.len() * pairs);
            text += &shipped(zones, odds, design, &ids, cost);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(text)
}

/// What each plan costs in each home.
fn table(zones: u8, plans: &[PlanId], sketches: &[Sketch]) -> Result<search::Table, Failure> {
    let book = Codebook::of_plans(zones, plans, 1).ok_or("candidates are plans")?;
    let costs: Vec<Vec<u32>> = sketches.iter().map(|sketch| rank(sketch, &book).costs().to_vec()).collect();
    Ok(search::Table::of(&costs))
}

/// A codebook as the constant that is shipped.
fn shipped(zones: u8, odds: u32, design: &search::Design, plans: &[PlanId], cost: u64) -> String {
    let numbers: Vec<String> = plans.iter().map(|id| grouped(id.get())).collect();
    format!(
        "    // Expected cost {cost}.\n    \
         Shipped {{ zones: {zones}, odds: {odds}, preferred: {}, plans: &[{}] }},\n",
        design.preferred,
        numbers.join(", ")
    )
}

/// A number with its digits in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    if digits.len() > 4 { groups.join("_") } else { digits }
}
