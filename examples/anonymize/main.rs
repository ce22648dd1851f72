//! What does a home's map become? Takes a map, prints what went in, what comes out and what that can tell,
//! and writes both sides as files.
//!
//! `cargo run --release --example anonymize -- --help` lists the options.

mod files;
mod served;

use std::fmt::Write as _;
use std::process::ExitCode;

use homeveil::home::{Home, HomeError};
use homeveil::key::Passage;
use homeveil::{AnonymizeError, Coins, Grant, HouseKey, Release, anonymize};
use homeveil_examples::{CHOICES, Failure, Options, command, described};

const HELP: &str = "\
usage: anonymize [MAP] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…] [--redact-room ID,…]… [--dead-ends]
                 [--kind ID=KIND]… [--unlabelled keep|redact] [--resolution M] [--dock X,Y] [--seed N]

Turns a home's map into a release and a key, and writes both sides as files.

  MAP                a Valetudo map (JSON, also packed by gzip, as a message of MQTT, or in a PNG), the YAML file of a
                     map_server map, or a PGM or PNG alone with --resolution; without one, the built-in sample home.
                     On a map without rooms they are found first
  --out DIR          write to DIR/public and DIR/private instead of out/; a key that is there is kept as house.key.1
  --zones K          zones of the release, 2 to 6 (4)
  --odds P/Q         the odds λ (1/1)
  --redact KIND,…    kinds of rooms to redact instead of bedroom,nursery,bathroom,toilet; or none
  --redact-room ID,… more rooms to redact
  --dead-ends        redact rooms from which doors lead to one other room alone
  --kind ID=KIND     what a room is, where the map does not say
  --unlabelled keep|redact
                     keep or redact the rooms whose kind is not known 
  --resolution M     metres a pixel of a PGM or PNG alone, such as 0.05
  --dock X,Y         where the robot charges, in metres of the map's frame: says which piece of floor is the home
  --seed N           replay the coins: not private

Exit code 0: done; 1: refused or failed; 2: wrong usage.
";

fn main() -> ExitCode {
    command(HELP, |args| Options::parse(args, |_, _| Ok(false)), |options| run(&options))
}

fn run(options: &Options) -> Result<String, Failure> {
    let home = options.home(options.map.as_deref())?;
    let mut coins = options.seed.map_or_else(Coins::os, Coins::replayed);
    let drawn = anonymize(&home, &options.redaction, &options.policy, Grant::unaccounted(), &mut coins);
    let (release, key) = drawn.map_err(|error| explain(error, options, &home))?;
    release.verify_under(&options.policy)?;
    let earlier = files::write(&options.out, &home, &options.redaction, &release, &key)?;
    let mut text = String::new();
    report(&mut text, options, &home, &release, &key)?;
    if let Some(earlier) = earlier {
        writeln!(text, "The key of the release before is kept as {}.", earlier.display())?;
    }
    Ok(text)
}

fn report(
    text: &mut String,
    options: &Options,
    home: &Home,
    release: &Release,
    key: &HouseKey,
) -> Result<(), Failure> {
    writeln!(text, "What went in (for the owner's eyes only)")?;
    match &options.map {
        Some(path) => writeln!(text, "  map: {}", path.display())?,
        None => writeln!(text, "  map: the built-in sample home")?,
    }
    writeln!(text, "  free floor: {:.1} m²", home.floor_m2())?;
    write!(text, "{}", described(home))?;
    let floor = &release.floors()[0];
    let (zones, doors) = (floor.zones().len(), floor.doors().len());
    writeln!(text, "\nWhat comes out (may leave the robot)")?;
    let doors = if doors == 1 { "1 door".to_owned() } else { format!("{doors} doors") };
    writeln!(text, "  plan {} of {zones} zones, {doors}, {} areas", floor.plan(), release.areas())?;
    writeln!(text, "\n{}", release.certificate())?;
    if options.seed.is_some() {
        writeln!(
            text,
            "\n*** --seed was given: anyone can repeat this run, so this release is NOT PRIVATE. ***"
        )?;
    }
    writeln!(text, "\nWhat the robot knows in addition (must not leave it)")?;
    for (number, (door, passage)) in (1..).zip(floor.doors().iter().zip(key.passages())) {
        let [a, b] = door.zones;
        let state = match passage {
            Passage::Open => "open in the home",
            Passage::Redacted => "leads through a redacted room",
            Passage::Unreachable => "leads nowhere today: a zone behind it is out of reach",
            _ => "drawn but absent: the robot takes a detour",
        };
        writeln!(text, "  door {number} between zones {a} and {b}: {state}")?;
    }
    let served = key.served(home)?;
    writeln!(text, "\n{}", served::told(&served))?;
    for room in served.rooms() {
        let kind = room.kind().filter(|kind| options.kept_kinds.contains(kind) && room.area_m2() > 0.0);
        if let Some(kind) = kind {
            let (id, name) = (room.id(), kind.name());
            writeln!(
                text,
                "*** Room {id} is not redacted: --redact does not name {name}, which the policy does. ***"
            )?;
        }
    }
    let out = options.out.display();
    writeln!(text, "\nWritten: {out}/public (may leave the robot) and {out}/private (must not).")?;
    Ok(())
}

/// What the owner can choose, where a choice is missing; the rooms are drawn to choose from.
fn explain(error: AnonymizeError, options: &Options, home: &Home) -> Failure {
    let choices = match error {
        AnonymizeError::Redact(HomeError::Unlabelled) => CHOICES,
        AnonymizeError::Redact(HomeError::UnknownRoom) => "",
        _ => return error.into(),
    };
    match files::write_rooms(&options.out, home) {
        Ok(file) => {
            let (rooms, file) = (described(home), file.display());
            format!("{error}.\nThe rooms are, as {file} shows them to their owner:\n{rooms}{choices}").into()
        }
        Err(unwritten) => unwritten,
    }
}
