//! `homeveil-audit`: attacks the library and what else is done to maps, and writes what was found.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people")]

use std::error::Error;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homeveil_audit::bench::{Audit, Bench, Options};
use homeveil_audit::mechanism::{Baseline, Mechanism, Plans};
use homeveil_audit::population::{Made, MapFolder, Population, RoomPolygons, Skipping};
use homeveil_audit::{AuditError, mechanism, report};
use indicatif::{ProgressBar, ProgressStyle};

const HELP: &str = "\
usage: homeveil-audit [--homes N] [--skip N] [--maps DIR | --rooms FILE] [--out DIR] [--export]

Attacks the library under several budgets, its operators left out one by one, and what else is usually done to
maps; prints what attackers got next to what they can get at most, and writes audit.json and
audit.html.

  --homes N     so many homes to learn from, and as many others to measure on (1000)
  --skip N      leave out the first N homes of either half, as if they had been looked at (0)
  --maps DIR    maps of a folder (Valetudo JSON, map_server YAML) instead of made-up homes
  --rooms FILE  homes drawn as room polygons, JSON, instead of made-up homes
  --out DIR     write to DIR instead of out/
  --export      write releases.csv instead: what left each home and what is true of it. Nothing is attacked

Exit code 0: no cap is exceeded; 1: failed; 2: wrong usage; 3: a cap is exceeded.
";

/// Budgets λ that are attacked.
const BUDGETS: [u32; 5] = [1, 2, 4, 8, 64];

struct Asked {
    bench: Options,
    population: Box<dyn Population>,
    is_made_up: bool,
    exports: bool,
    out: PathBuf,
}

fn main() -> ExitCode {
    let asked = match parse(lexopt::Parser::from_env()) {
        Ok(Some(asked)) => asked,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&asked) {
        Ok(audit) if audit.exceeded().next().is_none() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(3),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut args: lexopt::Parser) -> Result<Option<Asked>, Box<dyn Error>> {
    use lexopt::prelude::*;
    let mut asked = Asked {
        bench: Options::default(),
        population: Box::new(Made),
        is_made_up: true,
        exports: false,
        out: PathBuf::from("out"),
    };
    let mut skipped = 0;
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => asked.bench = Options::of_homes(args.value()?.parse()?),
            // One population is attacked, not the last of several.
            Long("maps" | "rooms") if !asked.is_made_up => return Err("homes are named once".into()),
            Long("maps") => {
                asked.is_made_up = false;
                asked.population = Box::new(MapFolder::open(&PathBuf::from(args.value()?))?);
            }
            Long("rooms") => {
                let file = PathBuf::from(args.value()?);
                let json = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
                asked.is_made_up = false;
                asked.population = Box::new(RoomPolygons::from_json(&json)?);
            }
            Long("skip") => skipped = args.value()?.parse()?,
            Long("export") => asked.exports = true,
            Long("out") => asked.out = args.value()?.into(),
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if skipped > 0 {
        asked.population = Box::new(Skipping::new(asked.population, skipped));
    }
    Ok(Some(asked))
}

/// Makes a folder, and those it lies in, that the owner alone can look into; one that is there stays as it is.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Writes a file that the owner alone can read, whatever was there: a new one, so that no link is followed. A report on
/// maps of people's homes is as private as the maps.
fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(file)?.write_all(bytes)
}

/// What pictures are shown of.
fn pictured() -> Vec<Box<dyn Mechanism>> {
    let budgets = [1, 2, 64].into_iter().filter_map(Plans::of_odds);
    let mut all: Vec<Box<dyn Mechanism>> =
        budgets.map(|plans| Box::new(plans) as Box<dyn Mechanism>).collect();
    for baseline in
        [Baseline::Coarse, Baseline::RescaledJittered, Baseline::GeoIndistinguishable, Baseline::NoiseOnCells]
    {
        all.push(Box::new(baseline));
    }
    all
}

fn run(asked: &Asked) -> Result<Audit, AuditError> {
    let mechanisms = mechanism::all(&BUDGETS);
    let bar = ProgressBar::new(mechanisms.len() as u64 + 1 + Bench::STEPS_BEYOND);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {msg}") {
        bar.set_style(style);
    }
    bar.set_message("homes");
    bar.tick();
    let bench = Bench::of(asked.population.as_ref(), asked.bench)?;
    bar.inc(1);
    let write = |name: &str, text: String| {
        let file = asked.out.join(name);
        let written = private_folder(&asked.out).and_then(|()| write_private(&file, text.as_bytes()));
        written.map_err(|source| AuditError::File { file, source })
    };
    if asked.exports {
        write("releases.csv", bench.export(&mechanisms)?)?;
        bar.finish_and_clear();
        println!("Written: {}", asked.out.display());
        return Ok(Audit::of_findings(&asked.population.name(), Vec::new()));
    }
    let audit = bench.run(&mechanisms, &mut |name| {
        bar.set_message(name.to_owned());
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    println!("{}\n{}", report::overview(&audit), report::ours(&audit));
    write("audit.json", report::to_json(&audit)?)?;
    // Maps of homes that people live in stay out of the report.
    let shown = if asked.is_made_up { bench.shown(3, &pictured())? } else { Vec::new() };
    write("audit.html", report::page(&audit, &shown))?;
    println!("Written: {}", asked.out.display());
    Ok(audit)
}
