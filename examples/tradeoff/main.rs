//! What does privacy cost? Sweeps the odds λ and the number of zones K over many homes, and compares with three
//! things that a vendor might do instead.
//!
//! `cargo run --release --example tradeoff --features tradeoff -- --help` lists the options.
//!
//! Writes `tradeoff.csv`, `by_rooms.csv`, `alternatives.csv` and `tradeoff.svg`, and prints the tables as markdown,
//! with what each column says. The homes are made up, of the half of the population that nothing was designed on, with
//! the redaction of the default policy; or real maps. The tables are over all of them, over the parts of the
//! population, and over homes with fewer rooms than zones and with enough; one map's own figures are as private as the
//! map. Tours and agreement with the rooms are exact expectations over the releases of a policy, but for λ = 2²⁰, whose
//! codebook is the whole atlas. Paths are sampled. Further tables tell what each λ changes against λ = 1 in the same
//! homes, and how numbers of zones suit homes that keep one room, two, and so on. With `--kinds` it tells what it costs
//! to redact other kinds of rooms than the default policy does.
//!
//! Compared are
//! * *rooms in random order*, column `tour_random`: what the tour costs where the cloud knows no plan at all;
//! * *a coarser grid* of the same home: a cell is free where at least half of it is. This protects nothing that
//!   can be named; it is here for what it costs;
//! * *noise on the cells*: each known cell is told truly with probability λ/(λ + 1) and else flipped
//!   (randomized response), so that λ bounds what is learnt about *one cell*. For the whole home, which is what
//!   the library bounds by λ, the same noise bounds nothing: the factors of all cells multiply.
//!
//! For the latter two a path between two random places is planned on the altered map. *planned*: there is one;
//! *driven*: the real robot could drive it without touching anything. The library's own paths are all driven.

mod alternatives;
mod by_rooms;
mod chart;
mod homes;
mod kinds;
mod paired;
mod spread;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use homes::{Input, Measured};
use homeveil::Policy;
use homeveil::synth::Population;
use homeveil_examples::{Failure, Progress, command, progress, write_private, zones};

const HELP: &str = "\
usage: tradeoff [MAPS_DIR] [--homes N] [--design] [--zones K]... [--odds L]... [--kinds] [--out DIR]

Sweeps the odds λ and the number of zones K over many homes, and compares with what a vendor might do instead.

  MAPS_DIR   a folder of Valetudo JSON and map_server YAML; without one, made-up homes
  --homes N  so many made-up homes (24); the intervals of a few hundred are a third as wide
  --design   made-up homes of the half that constants are chosen on, instead of the one that is held out
  --zones K  this number of zones, instead of 2 to 5; more than once for several. Six take as long as all others
  --odds L   this λ, of 1, 2, 4, 8, 16, 64 and 1048576 (2²⁰), instead of all but the last; more than once for several
  --kinds    instead, which kinds of rooms are redacted, under the sealed plan of the policy's zones or of --zones
  --out DIR  write to DIR instead of out/

Exit code 0: done; 1: failed; 2: wrong usage.
";

struct Options {
    maps: Option<PathBuf>,
    homes: u64,
    half: Population,
    zones: Vec<u8>,
    odds: Vec<u32>,
    kinds: bool,
    out: PathBuf,
}

fn main() -> ExitCode {
    command(HELP, parse, |options| run(&options))
}

fn parse(mut args: lexopt::Parser) -> Result<Options, Failure> {
    use lexopt::prelude::*;
    let mut options = Options {
        maps: None,
        homes: 24,
        half: Population::Evaluation,
        zones: Vec::new(),
        odds: Vec::new(),
        kinds: false,
        out: PathBuf::from("out"),
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => options.homes = args.value()?.parse()?,
            Long("design") => options.half = Population::Design,
            Long("zones") => options.zones.push(zones(&mut args)?),
            Long("odds") => {
                let one: u32 = args.value()?.parse()?;
                if !homes::ODDS.contains(&one) {
                    return Err(format!("--odds: one of {:?}", homes::ODDS).into());
                }
                options.odds.push(one);
            }
            Long("kinds") => options.kinds = true,
            Long("out") => options.out = args.value()?.into(),
            Value(folder) if options.maps.is_none() => options.maps = Some(folder.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if options.zones.is_empty() {
        options.zones = if options.kinds { vec![Policy::default().zones()] } else { vec![2, 3, 4, 5] };
    }
    if options.odds.is_empty() {
        options.odds = homes::ODDS.into_iter().filter(|&odds| odds < 1 << 20).collect();
    }
    Ok(options)
}

fn run(options: &Options) -> Result<String, Failure> {
    let homes = Input::all(options.maps.as_deref(), options.half, options.homes)?;
    if options.kinds {
        return kinds(&homes, options);
    }
    let bar = progress(homes.len() * (options.zones.len() + 1) + options.zones.len() * homes::ODDS.len());
    bar.set_message("measures".to_owned());
    let measured = measure_all(&homes, options, &bar)?;
    bar.set_message("intervals".to_owned());
    let rows = table::rows(&measured, &options.zones, &bar)?;
    bar.set_message("what else might be done".to_owned());
    let others = alternatives::rows(&homes, &bar)?;
    bar.finish_and_clear();
    let file: Vec<Vec<String>> = rows.iter().map(table::Row::cells_of_file).collect();
    save(options, "tradeoff.csv", &table::head_of_file(), &file)?;
    let cells: Vec<Vec<String>> = rows.iter().map(table::Row::cells).collect();
    let mut text = table::legend() + &markdown(&table::head(), &cells)?;
    let differences = paired::rows(&measured, &options.zones)?;
    text = text + paired::LEGEND + &markdown(&paired::head(), &differences)?;
    let by_rooms = by_rooms::rows(&measured, &options.zones)?;
    save(options, "by_rooms.csv", &by_rooms::head(), &quoted(&by_rooms))?;
    text = text + by_rooms::LEGEND + &markdown(&by_rooms::head(), &by_rooms)?;
    let (head, cells) = (alternatives::HEAD.map(String::from), others.iter().map(alternatives::Row::cells));
    let cells: Vec<Vec<String>> = cells.collect();
    save(options, "alternatives.csv", &head, &cells)?;
    text += &markdown(&head, &cells)?;
    write_private(&options.out.join("tradeoff.svg"), chart::drawn(&rows)?)?;
    writeln!(text, "Over {} homes. Written: {}", homes.len(), options.out.display())?;
    Ok(text)
}

/// The table of redacted kinds alone.
fn kinds(homes: &[Input], options: &Options) -> Result<String, Failure> {
    let bar = progress(homes.len() * options.zones.len() * kinds::SETS.len());
    let mut text = kinds::LEGEND.to_owned();
    for &zones in &options.zones {
        let rows = kinds::rows(homes, zones, &bar)?;
        save(options, &format!("kinds_{zones}.csv"), &kinds::head(), &quoted(&rows))?;
        write!(text, "{zones} zones:\n\n{}", markdown(&kinds::head(), &rows)?)?;
    }
    bar.finish_and_clear();
    writeln!(text, "Over {} homes. Written: {}", homes.len(), options.out.display())?;
    Ok(text)
}

/// All measures, homes in order, on all cores.
fn measure_all(homes: &[Input], options: &Options, bar: &Progress) -> Result<Vec<Measured>, Failure> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let jobs: Vec<(usize, u8)> =
        (0..homes.len()).flat_map(|home| options.zones.iter().map(move |&k| (home, k))).collect();
    let (next, (tell, told)) = (AtomicUsize::new(0), mpsc::channel());
    thread::scope(|scope| {
        for _ in 0..workers {
            let (tell, next, jobs) = (tell.clone(), &next, &jobs);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&(home, zones)) = jobs.get(number) else { return };
                    let measured = homes::measure((home, &homes[home]), zones, &options.odds)
                        .map_err(|error| error.to_string());
                    if tell.send((number, measured)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let mut all = BTreeMap::new();
        for (number, measured) in told {
            all.insert(number, measured?);
            bar.inc(1);
        }
        Ok(all.into_values().flatten().collect())
    })
}

/// Writes a table as a file.
fn save(options: &Options, name: &str, head: &[String], rows: &[Vec<String>]) -> Result<(), Failure> {
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    write_private(&options.out.join(name), head.join(",") + "\n" + &lines.collect::<String>())
}

/// Cells that hold commas, quoted.
fn quoted(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect()).collect()
}

/// A table as markdown.
fn markdown(head: &[String], rows: &[Vec<String>]) -> Result<String, Failure> {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
    for row in rows {
        writeln!(text, "| {} |", row.join(" | "))?;
    }
    Ok(text + "\n")
}
