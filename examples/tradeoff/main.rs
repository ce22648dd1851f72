//! What does privacy cost? Sweeps the odds λ and the number of zones K over many homes, and compares with three
//! things that a vendor might do instead.
//!
//! `cargo run --release --example tradeoff --features tradeoff -- [MAPS_DIR] [--zones K] [--out DIR]`
//!
//! `MAPS_DIR` is searched for Valetudo JSON and `map_server` YAML; without one twenty made-up homes are taken.
//! Writes `tradeoff.csv`, `alternatives.csv` and `tradeoff.svg`, and prints both tables as markdown. With real
//! maps the tables are means over all of them; one map's own figures are as private as the map. At λ = 2²⁰ the
//! codebook is the whole atlas, which takes seconds a home above four zones: it is left out there.
//!
//! Compared are
//! * *rooms in random order*, column `random`: what the tour costs where the cloud knows no plan at all;
//! * *a coarser grid* of the same home: a cell is free where at least half of it is. This protects nothing that
//!   can be named; it is here for what it costs;
//! * *noise on the cells*: each known cell is told truly with probability λ/(λ + 1) and else the other way round
//!   (randomized response), so that λ bounds what is learnt about *one cell*. For the whole home, which is what
//!   the library bounds by λ, the same noise bounds nothing: the factors of all cells multiply.
//!
//! For the latter two a way between two random places is planned on the altered map. *planned*: there is one;
//! *driven*: the real robot could drive it without touching anything. The library's own ways are all driven.
//! Exit code 0: done; 1: failed; 2: wrong usage.

mod alternatives;
mod chart;
#[path = "../anonymize/command.rs"]
mod command;
#[path = "../navigate/folder.rs"]
mod folder;
mod inputs;
#[path = "../anonymize/map.rs"]
#[expect(dead_code, reason = "made-up homes are taken where no map is named, not the sample home")]
mod map;
mod sweep;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use indicatif::{ProgressBar, ProgressStyle};

use command::command;
use inputs::Input;

const USAGE: &str = "usage: tradeoff [MAPS_DIR] [--zones K] [--out DIR]";

struct Options {
    maps: Option<PathBuf>,
    zones: Vec<u8>,
    out: PathBuf,
}

fn main() -> ExitCode {
    command(parse(), USAGE, |options| run(&options))
}

fn parse() -> Result<Options, Box<dyn Error>> {
    use lexopt::prelude::*;
    let mut options = Options { maps: None, zones: vec![3, 4, 5, 6], out: PathBuf::from("out") };
    let mut args = lexopt::Parser::from_iter(env::args_os());
    while let Some(arg) = args.next()? {
        match arg {
            Long("zones") => options.zones = vec![args.value()?.parse()?],
            Long("out") => options.out = args.value()?.into(),
            Value(folder) if options.maps.is_none() => options.maps = Some(folder.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let homes = Input::all(options.maps.as_deref())?;
    let steps = homes.len() * (options.zones.len() * sweep::ODDS.len() + 1);
    let bar = ProgressBar::new(u64::try_from(steps)?);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len}, {eta} left  {msg}")?);
    let mut rows = Vec::new();
    for &zones in &options.zones {
        for lambda in sweep::ODDS {
            bar.set_message(format!("K = {zones}, λ = {lambda}"));
            rows.extend(sweep::row(&homes, zones, lambda, &bar)?);
        }
    }
    bar.set_message("what else might be done");
    let others = alternatives::rows(&homes, &bar)?;
    bar.finish_and_clear();
    fs::create_dir_all(&options.out)?;
    let cells: Vec<Vec<String>> = rows.iter().map(sweep::Row::cells).collect();
    write(options, "tradeoff.csv", &sweep::HEAD, &cells)?;
    let cells: Vec<Vec<String>> = others.iter().map(alternatives::Row::cells).collect();
    write(options, "alternatives.csv", &alternatives::HEAD, &cells)?;
    chart::draw(&options.out.join("tradeoff.svg"), &rows)?;
    println!("Means over {} homes. Written: {}", homes.len(), options.out.display());
    Ok(())
}

/// A table as a file and, printed, as markdown.
fn write(options: &Options, name: &str, head: &[&str], rows: &[Vec<String>]) -> Result<(), Box<dyn Error>> {
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    fs::write(options.out.join(name), head.join(",") + "\n" + &lines.collect::<String>())?;
    println!("| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
    println!();
    Ok(())
}
