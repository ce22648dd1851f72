//! What does a robot tell its cloud in a week, and what does its owner see? A story of seven days on the built-in
//! sample home, told in two columns. The right one is made of the release and the outbox's messages alone.
//!
//! `cargo run --release --example device --features evaluation -- --help` lists the options.
//!
//! With `--out` one picture a day is written: the owner's map on the left, with red dots where the robot cleaned,
//! red lines where it drove and black stripes on what is barred; the cloud's on the right, with the zones, rectangles,
//! spots and paths that it asked for in red. An area has no place there.

mod cloud;
mod days;
mod flash;
mod picture;
mod robot;
mod rooms;
mod told;
mod week;

use std::path::PathBuf;
use std::process::ExitCode;

use homeveil::Coins;
use homeveil_examples::{Failure, command};

const HELP: &str = "\
usage: device [--out DIR] [--seed N]

Tells a week of one robot in two columns: what its owner sees, and what the cloud sees.

  --out DIR  draw a picture a day, DIR/day-1.png to DIR/day-7.png
  --seed N   replay the coins: not private

Exit code 0: done; 1: failed; 2: wrong usage.
";

fn main() -> ExitCode {
    command(HELP, parse, |(out, seed)| {
        let mut text = week::live(out.as_deref(), seed.map_or_else(Coins::os, Coins::replayed))?;
        if seed.is_some() {
            text +=
                "\n*** --seed was given: anyone can repeat this run, so this release is NOT PRIVATE. ***\n";
        }
        Ok(text)
    })
}

fn parse(mut args: lexopt::Parser) -> Result<(Option<PathBuf>, Option<u64>), Failure> {
    use lexopt::prelude::*;
    let (mut out, mut seed) = (None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("out") => out = Some(args.value()?.into()),
            Long("seed") => seed = Some(args.value()?.parse()?),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((out, seed))
}
