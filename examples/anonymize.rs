//! What does a home's map become? Takes a map, prints what went in, what comes out and what that can tell, and writes both sides as files.
//!
//! `cargo run --release --example anonymize -- [MAP] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…] [--redact-room ID]…
//! [--dead-ends] [--keep-unlabelled] [--seed N]`
//!
//! MAP is a Valetudo map JSON or the YAML file of a map for ROS's `map_server`; without one the built-in sample home is taken. Exit code 0: done; 1: refused or failed; 2: wrong usage.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use homeveil::formats::{
    Picture, read_map_server_file, read_valetudo, write_map_server, write_svg, write_valetudo,
};
use homeveil::home::{Footprint, Home, HomeBuilder, RoomId, RoomKind};
use homeveil::redact::{RedactError, Redaction, Unlabelled};
use homeveil::{AnonymizeError, Coins, Grant, HouseKey, Odds, Policy, Release, anonymize, synth};

/// Radius of a usual robot vacuum.
const RADIUS_M: f64 = 0.17;

const USAGE: &str = "usage: anonymize [MAP] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…] [--redact-room ID]… [--dead-ends] \
                     [--keep-unlabelled] [--seed N]";

fn main() -> ExitCode {
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("refused: {error}");
            ExitCode::from(1)
        }
    }
}

struct Options {
    map: Option<PathBuf>,
    out: PathBuf,
    policy: Policy,
    redaction: Redaction,
    seed: Option<u64>,
}

impl Options {
    fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let (mut map, mut out, mut seed) = (None, PathBuf::from("out"), None);
        let mut policy = Policy::builder();
        let mut redaction = Redaction::none();
        let mut kinds: Option<Vec<RoomKind>> = None;
        let mut args = lexopt::Parser::from_args(args);
        while let Some(arg) = args.next()? {
            match arg {
                Long("out") => out = args.value()?.into(),
                Long("zones") => policy = policy.zones(args.value()?.parse()?),
                Long("odds") => {
                    let text = args.value()?.string()?;
                    let (p, q) = text.split_once('/').unwrap_or((&text, "1"));
                    let odds = Odds::new(p.parse()?, q.parse()?)?;
                    policy = policy.odds(odds).odds_cap(odds);
                }
                Long("redact") => {
                    for name in args.value()?.string()?.split(',').filter(|name| !name.is_empty()) {
                        let kind = RoomKind::parse(name).ok_or_else(|| {
                            let names: Vec<&str> = RoomKind::ALL.iter().map(|kind| kind.name()).collect();
                            format!("'{name}' is no kind of room; kinds are {}", names.join(", "))
                        })?;
                        kinds.get_or_insert_default().push(kind);
                    }
                }
                Long("redact-room") => redaction = redaction.rooms([RoomId::new(args.value()?.parse()?)]),
                Long("dead-ends") => redaction = redaction.dead_ends(),
                Long("keep-unlabelled") => redaction = redaction.unlabelled(Unlabelled::Keep),
                Long("seed") => seed = Some(args.value()?.parse()?),
                Value(path) if map.is_none() => map = Some(path.into()),
                _ => return Err(arg.unexpected().into()),
            }
        }
        let policy = policy.build()?;
        let redaction = redaction.kinds(kinds.unwrap_or_else(|| policy.withheld_kinds().to_vec()));
        Ok(Self { map, out, policy, redaction, seed })
    }
}

fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let shown = options.map.as_ref().map(|path| path.display().to_string());
    let name = shown.as_deref().unwrap_or("the built-in sample home");
    let parsed = load(options.map.as_deref(), footprint).map_err(|error| format!("{name}: {error}"))?;
    let home = parsed.build()?;
    println!("What went in (for the owner's eyes only)\n  map: {name}");
    println!("  floor: {:.1} m²\n{}", home.floor_m2(), list(&home));
    let mut coins = match options.seed {
        Some(seed) => Coins::replayed(seed),
        None => Coins::os(),
    };
    let drawn = anonymize(&home, &options.redaction, &options.policy, Grant::unaccounted(), &mut coins);
    let (release, key) = drawn.map_err(|error| explain(error, &home))?;
    release.verify_under(&options.policy)?;

    println!("\nWhat comes out (may leave the robot)");
    let floor = &release.floors()[0];
    let (zones, doors, areas) = (floor.zones().len(), floor.doors().len(), release.areas());
    println!("  plan {} of {zones} zones, {doors} doors, {areas} areas", floor.plan());
    println!("\n{}", release.certificate());
    if options.seed.is_some() {
        println!("\n*** --seed was given: this run can be repeated, so this release is NOT PRIVATE. ***");
    }
    write(&options.out, &home, &options.redaction, &release, &key)?;
    let out = options.out.display();
    println!("\nWritten: {out}/public (may leave the robot) and {out}/private (must not).");
    Ok(())
}

fn load(map: Option<&Path>, footprint: Footprint) -> Result<HomeBuilder, Box<dyn std::error::Error>> {
    let Some(path) = map else { return Ok(synth::sample_home().into_builder(footprint)) };
    let is_yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    let parsed = if is_yaml { read_map_server_file(path)? } else { read_valetudo(&fs::read(path)?)? };
    Ok(parsed.into_builder(footprint))
}

/// The rooms, a line each.
fn list(home: &Home) -> String {
    let line = |(id, kind): (RoomId, Option<RoomKind>)| {
        format!("  room {id}: {}", kind.map_or("kind not known", RoomKind::name))
    };
    home.rooms().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What the owner can choose, where a choice is missing.
fn explain(error: AnonymizeError, home: &Home) -> String {
    match error {
        AnonymizeError::Redact(RedactError::Unlabelled) => format!(
            "{error}.\nThe rooms are:\n{}\nChoose: --redact-room ID for each room to withhold and --keep-unlabelled to keep the others, or \
             --dead-ends with it.",
            list(home)
        ),
        AnonymizeError::Redact(RedactError::UnknownRoom) => {
            format!("{error}.\nThe rooms are:\n{}", list(home))
        }
        _ => error.to_string(),
    }
}

fn write(
    out: &Path,
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<(), Box<dyn std::error::Error>> {
    let (public, private) = (out.join("public"), out.join("private"));
    fs::create_dir_all(&public)?;
    fs::create_dir_all(&private)?;
    let floor = &release.floors()[0];
    let files = write_map_server(floor, "release.pgm");
    fs::write(public.join("release.json"), release.to_json())?;
    fs::write(public.join("release.yaml"), files.yaml)?;
    fs::write(public.join("release.pgm"), files.pgm)?;
    fs::write(public.join("release.valetudo.json"), write_valetudo(floor))?;
    fs::write(public.join("release.svg"), write_svg(floor))?;
    let after = Picture::of_floor(floor, 4)?;
    fs::write(public.join("release.png"), after.to_png())?;
    let before = Picture::of_home(home, redaction, key)?.fit(after.height());
    fs::write(private.join("map.png"), before.to_png())?;
    fs::write(private.join("before_after.png"), Picture::beside(&before, &after, 24)?.to_png())?;
    fs::write(private.join("house.key"), key.to_secret_bytes())?;
    Ok(())
}
