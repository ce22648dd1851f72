//! What does a home's map become? Takes a map, prints what went in, what comes out and what that can tell,
//! and writes both sides as files.
//!
//! `cargo run --release --example anonymize -- [MAP] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…]
//! [--redact-room ID]… [--dead-ends] [--keep-unlabelled] [--seed N]`
//!
//! MAP is a Valetudo map JSON or the YAML of a `map_server` map; without one the built-in sample home is
//! taken. On a map without rooms they are found first. Exit code 0: done; 1: refused or failed; 2: wrong usage.

mod command;
mod files;
mod map;
mod options;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use homeveil::home::{Footprint, Home, RoomKind};
use homeveil::key::Passage;
use homeveil::redact::RedactError;
use homeveil::segment::SegmentParams;
use homeveil::{AnonymizeError, Coins, Grant, HouseKey, Release, anonymize};

use command::command;
use options::Options;

/// Radius of a usual robot vacuum.
const RADIUS_M: f64 = 0.17;

const USAGE: &str = "usage: anonymize [MAP] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…] [--redact-room ID]… [--dead-ends] \
                     [--keep-unlabelled] [--seed N]";

fn main() -> ExitCode {
    command(Options::parse(env::args_os().skip(1)), USAGE, |options| run(&options))
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let map = map::load(options.map.as_deref(), footprint)?;
    let home = map.segmented(&SegmentParams::default()).build()?;
    println!("What went in (for the owner's eyes only)");
    match &options.map {
        Some(path) => println!("  map: {}", path.display()),
        None => println!("  map: the built-in sample home"),
    }
    println!("  floor: {:.1} m²", home.floor_m2());
    for (id, kind) in home.rooms() {
        println!("  room {id}: {}", kind.map_or("kind not known", RoomKind::name));
    }
    let mut coins = match options.seed {
        Some(seed) => Coins::replayed(seed),
        None => Coins::os(),
    };
    let drawn = anonymize(&home, &options.redaction, &options.policy, Grant::unaccounted(), &mut coins);
    let (release, key) = drawn.map_err(|error| explain(error, &home))?;
    release.verify_under(&options.policy)?;

    tell(&release, &key, options.seed);
    files::write(&options.out, &home, &options.redaction, &release, &key)?;
    println!(
        "\nWritten: {0}/public (may leave the robot) and {0}/private (must not).",
        options.out.display()
    );
    Ok(())
}

fn tell(release: &Release, key: &HouseKey, seed: Option<u64>) {
    println!("\nWhat comes out (may leave the robot)");
    let floor = &release.floors()[0];
    println!(
        "  plan {} of {} zones, {} doors, {} areas",
        floor.plan(),
        floor.zones().len(),
        floor.doors().len(),
        release.areas()
    );
    println!("\n{}", release.certificate());
    if seed.is_some() {
        println!("\n*** --seed was given: this run can be repeated, so this release is NOT PRIVATE. ***");
    }
    println!("\nWhat the robot knows besides (must not leave it)");
    for (door, ([a, b], passage)) in key.passages().into_iter().enumerate() {
        let state = match passage {
            Passage::Open => "open in the home",
            Passage::Redacted => "leads through a redacted room",
            _ => "drawn and not there: the robot takes a detour",
        };
        println!("  door {} between zones {a} and {b}: {state}", door + 1);
    }
}

/// What the owner can choose, where a choice is missing.
fn explain(error: AnonymizeError, home: &Home) -> String {
    let list: Vec<String> = home
        .rooms()
        .into_iter()
        .map(|(id, kind)| format!("  room {id}: {}", kind.map_or("kind not known", RoomKind::name)))
        .collect();
    match error {
        AnonymizeError::Redact(RedactError::Unlabelled) => format!(
            "{error}.\nThe rooms are:\n{}\nChoose: --redact-room ID for each room to redact and --keep-unlabelled to keep the others, or \
             --dead-ends with it.",
            list.join("\n")
        ),
        AnonymizeError::Redact(RedactError::UnknownRoom) => {
            format!("{error}.\nThe rooms are:\n{}", list.join("\n"))
        }
        _ => error.to_string(),
    }
}
