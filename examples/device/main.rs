//! What does a robot tell its cloud in a week, and what does its owner see? A story of seven days on the built-in
//! sample home, told in two columns. The right one is made of the release and the outbox's messages alone.
//!
//! `cargo run --release --example device -- [--out DIR] [--seed N]`
//!
//! With `--out` one picture a day is written: the owner's map on the left, with red dots where was cleaned, red
//! lines where was driven and black stripes on what is barred; the cloud's on the right, with the zones,
//! rectangles, spots and paths asked for in red. An area has no place there. Exit code 0: done; 1: failed; 2: wrong
//! usage.

mod cloud;
#[path = "../anonymize/command.rs"]
mod command;
mod days;
mod flash;
mod picture;
mod robot;
mod rooms;
mod told;
mod week;

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use homeveil::Coins;

use command::command;

const USAGE: &str = "usage: device [--out DIR] [--seed N]";

fn main() -> ExitCode {
    command(parse(), USAGE, |(out, seed)| {
        week::live(out.as_deref(), seed.map_or_else(Coins::os, Coins::replayed))?;
        if seed.is_some() {
            println!("\n*** --seed was given: this run can be repeated, so this release is NOT PRIVATE. ***");
        }
        Ok(())
    })
}

fn parse() -> Result<(Option<PathBuf>, Option<u64>), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut out, mut seed) = (None, None);
    let mut args = lexopt::Parser::from_args(env::args_os().skip(1));
    while let Some(arg) = args.next()? {
        match arg {
            Long("out") => out = Some(args.value()?.into()),
            Long("seed") => seed = Some(args.value()?.parse()?),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((out, seed))
}
