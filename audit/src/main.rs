//! `homeveil-audit`: attacks the library and what else is done to maps, and writes what was found.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use homeveil_audit::bench::{Audit, Bench, Options};
use homeveil_audit::population::{Made, MapFolder, Population, RoomPolygons};
use homeveil_audit::{AuditError, mechanism, report};
use indicatif::{ProgressBar, ProgressStyle};

const HELP: &str = "\
usage: homeveil-audit [--homes N] [--maps DIR | --rooms FILE] [--out DIR]

Attacks the library under several budgets, its operators left out one by one, and what else is usually done to
maps; prints what attackers got next to what they can get at most, and writes audit.json.

  --homes N     so many homes to learn from, and as many others to measure on (1000)
  --maps DIR    maps of a folder (Valetudo JSON, map_server YAML) instead of made-up homes
  --rooms FILE  homes drawn as room polygons, JSON, instead of made-up homes
  --out DIR     write to DIR instead of out/

Exit code 0: no cap is exceeded; 1: failed; 2: wrong usage; 3: a cap is exceeded.
";

/// Budgets λ that are attacked.
const BUDGETS: [u32; 5] = [1, 2, 4, 8, 64];

struct Asked {
    bench: Options,
    population: Box<dyn Population>,
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
    let mut asked =
        Asked { bench: Options::default(), population: Box::new(Made), out: PathBuf::from("out") };
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => asked.bench.homes = args.value()?.parse()?,
            Long("maps") => asked.population = Box::new(MapFolder::open(&PathBuf::from(args.value()?))?),
            Long("rooms") => {
                let file = PathBuf::from(args.value()?);
                let json = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
                asked.population = Box::new(RoomPolygons::from_json(&json)?);
            }
            Long("out") => asked.out = args.value()?.into(),
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok(Some(asked))
}

fn run(asked: &Asked) -> Result<Audit, AuditError> {
    let mechanisms = mechanism::all(&BUDGETS);
    let bar = ProgressBar::new(mechanisms.len() as u64 + 1);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {msg}") {
        bar.set_style(style);
    }
    bar.set_message("homes");
    bar.tick();
    let bench = Bench::of(asked.population.as_ref(), asked.bench)?;
    bar.inc(1);
    let audit = bench.run(&mechanisms, &mut |name| {
        bar.set_message(name.to_owned());
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    println!("{}\n{}", report::overview(&audit), report::ours(&audit));
    let write = |name: &str, text: String| {
        let file = asked.out.join(name);
        let written = fs::create_dir_all(&asked.out).and_then(|()| fs::write(&file, text));
        written.map_err(|source| AuditError::File { file, source })
    };
    write("audit.json", report::to_json(&audit)?)?;
    println!("Written: {}", asked.out.display());
    Ok(audit)
}
