//! What does privacy cost? Sweeps the odds λ and the number of zones K over many homes, and compares with three
//! things that a vendor might do instead.
//!
//! `cargo run --release --example tradeoff --features tradeoff -- --help` lists the options.
//!
//! Writes `tradeoff.csv`, `alternatives.csv` and `tradeoff.svg`, and prints both tables as markdown. With real
//! maps the tables are means over all of them; one map's own figures are as private as the map. At λ = 2²⁰ the
//! codebook is the whole atlas, which takes seconds a home above four zones: it is left out there.
//!
//! Compared are
//! * *rooms in random order*, column `random`: what the tour costs where the cloud knows no plan at all;
//! * *a coarser grid* of the same home: a cell is free where at least half of it is. This protects nothing that
//!   can be named; it is here for what it costs;
//! * *noise on the cells*: each known cell is told truly with probability λ/(λ + 1) and else flipped
//!   (randomized response), so that λ bounds what is learnt about *one cell*. For the whole home, which is what
//!   the library bounds by λ, the same noise bounds nothing: the factors of all cells multiply.
//!
//! For the latter two a path between two random places is planned on the altered map. *planned*: there is one;
//! *driven*: the real robot could drive it without touching anything. The library's own paths are all driven.

mod alternatives;
mod chart;
mod inputs;
mod sweep;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use homeveil_examples::{Failure, command, progress, write_private};
use inputs::Input;

const HELP: &str = "\
usage: tradeoff [MAPS_DIR] [--zones K] [--out DIR]

Sweeps the odds λ and the number of zones K over many homes, and compares with what a vendor might do instead.

  MAPS_DIR   a folder of Valetudo JSON and map_server YAML; without one, twenty made-up homes
  --zones K  this number of zones alone, instead of 3 to 6
  --out DIR  write to DIR instead of out/

Exit code 0: done; 1: failed; 2: wrong usage.
";

struct Options {
    maps: Option<PathBuf>,
    zones: Vec<u8>,
    out: PathBuf,
}

fn main() -> ExitCode {
    command(HELP, parse, |options| run(&options))
}

fn parse(mut args: lexopt::Parser) -> Result<Options, Failure> {
    use lexopt::prelude::*;
    let mut options = Options { maps: None, zones: vec![3, 4, 5, 6], out: PathBuf::from("out") };
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

fn run(options: &Options) -> Result<String, Failure> {
    let homes = Input::all(options.maps.as_deref())?;
    let bar = progress(homes.len() * (options.zones.len() * sweep::ODDS.len() + 1));
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
    let cells: Vec<Vec<String>> = rows.iter().map(sweep::Row::cells).collect();
    let mut text = table(options, "tradeoff.csv", &sweep::HEAD, &cells)?;
    let cells: Vec<Vec<String>> = others.iter().map(alternatives::Row::cells).collect();
    text += &table(options, "alternatives.csv", &alternatives::HEAD, &cells)?;
    chart::draw(&options.out.join("tradeoff.svg"), &rows)?;
    writeln!(text, "Means over {} homes. Written: {}", homes.len(), options.out.display())?;
    Ok(text)
}

/// Writes a table as a file, and gives it as markdown.
fn table(options: &Options, name: &str, head: &[&str], rows: &[Vec<String>]) -> Result<String, Failure> {
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    write_private(&options.out.join(name), head.join(",") + "\n" + &lines.collect::<String>())?;
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
    for row in rows {
        writeln!(text, "| {} |", row.join(" | "))?;
    }
    Ok(text + "\n")
}
