//! Which plans should a codebook hold? Designs one for each number of zones and budget, on made-up homes, and
//! prints them as the constants that are shipped.
//!
//! `cargo run --release --example design_codebooks --features evaluation,stages -- --help` lists the options.
//!
//! The cost that is made small is the mean over homes of Σ P[plan | home] · cost(plan, home), the expected
//! cost of a draw; `homes` says on which homes and how many, `candidates` among which plans, `search` how, `designed`
//! tells what is found as it stands in the library. So without options all that is shipped comes out to the byte, and
//! `--check` compares it. Tests do so for two and three zones, and try all codebooks on homes that nothing is chosen
//! by.

mod candidates;
mod designed;
mod homes;
mod search;

use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::time::Instant;

use homeveil_examples::{Failure, command, progress, zones};

const HELP: &str = "\
usage: design_codebooks [--zones K] [--homes N] [--check]

Designs a codebook for each number of zones and budget on made-up homes, and prints the constants that are shipped. Says
first how long that will take, from some of the homes.

  --zones K  this number of zones alone, instead of 2 to 6
  --homes N  design on so many homes (those shipped: 600; 1200, 300 and 60 with four, five and six zones)
  --check    print which are shipped to the byte, instead of all, and fail if one is not

Exit code 0: done; 1: failed; 2: wrong usage.
";

struct Asked {
    zones: RangeInclusive<u8>,
    homes: Option<u64>,
    check: bool,
}

fn main() -> ExitCode {
    command(HELP, parse, |asked| run(&asked))
}

fn parse(mut args: lexopt::Parser) -> Result<Asked, Failure> {
    use lexopt::prelude::*;
    let mut asked = Asked { zones: 2..=6, homes: None, check: false };
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => asked.homes = Some(args.value()?.parse()?),
            Long("zones") => {
                let one = zones(&mut args)?;
                asked.zones = one..=one;
            }
            Long("check") => asked.check = true,
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok(asked)
}

/// Homes that the time is estimated from, of the first ones: a small flat and a family home by turns.
const SOME: u64 = 6;

/// How many milliseconds a design takes for each home, by one on some of them.
fn estimate(zones: u8, count: u64) -> Result<u64, Failure> {
    let (started, some) = (Instant::now(), SOME.min(count));
    designed::designed(zones, some, || ())?;
    Ok((u64::try_from(started.elapsed().as_millis())? / some).max(1))
}

fn run(asked: &Asked) -> Result<String, Failure> {
    let homes_of = |zones: u8| asked.homes.unwrap_or(homes::usual_number(zones)).max(1);
    let mut a_home = Vec::new();
    for zones in asked.zones.clone() {
        a_home.push((zones, estimate(zones, homes_of(zones))?));
    }
    let all: u64 = a_home.iter().map(|&(zones, of_one)| of_one * homes_of(zones)).sum();
    eprintln!("This takes about {} minutes.", all.div_ceil(60_000));
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    let bar = progress(usize::try_from(all)?);
    for (zones, of_one) in a_home {
        bar.set_message(format!("milliseconds, {zones} zones"));
        let own = designed::designed(zones, homes_of(zones), || bar.inc(of_one))?;
        if !asked.check {
            texts.push(own.concat());
        } else if own == designed::shipped(zones) {
            texts.push(format!("{zones} zones: as shipped, {} codebooks\n", own.len()));
        } else {
            others.push(format!("{zones} zones: not as shipped:\n{}", own.concat()));
        }
    }
    bar.finish_and_clear();
    let text = texts.concat();
    if others.is_empty() { Ok(text) } else { Err((text + &others.concat()).into()) }
}
