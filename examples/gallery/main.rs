//! What would be released of the sample home, the tighter and the looser the odds? Draws it at λ = 1, 2, 8, 64
//! and 2²⁰ in one picture, each release's λ below it, the private map first, with the number 0.
//!
//! `cargo run --release --example gallery -- [--out FILE.png] [--seed N]`
//!
//! All releases are drawn with the same replayed coins. Exit code 0: done; 1: failed; 2: wrong usage.

#[path = "../anonymize/command.rs"]
mod command;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use homeveil::formats::Picture;
use homeveil::home::Footprint;
use homeveil::{Coins, Grant, Odds, Policy, anonymize, synth};

use command::command;

/// Side of a picture.
const SIDE: u32 = 384;

const USAGE: &str = "usage: gallery [--out FILE.png] [--seed N]";

fn main() -> ExitCode {
    command(parse(), USAGE, |(out, seed)| Ok(fs::write(&out, draw(seed)?.to_png())?))
}

fn parse() -> Result<(PathBuf, u64), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut out, mut seed) = (PathBuf::from("gallery.png"), 1);
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Long("out") => out = args.value()?.into(),
            Long("seed") => seed = args.value()?.parse()?,
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((out, seed))
}

fn draw(seed: u64) -> Result<Picture, Box<dyn Error>> {
    let home = synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
    let mut tiles = Vec::new();
    for lambda in [1, 2, 8, 64, 1 << 20] {
        let odds = Odds::new(lambda, 1)?;
        let policy = Policy::builder().odds(odds).odds_cap(odds).build()?;
        let mut coins = Coins::replayed(seed);
        let (release, key) =
            anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), &mut coins)?;
        if tiles.is_empty() {
            tiles.push((0, Picture::of_home(&home, &policy.redaction(), &key)?.fit(4 * SIDE).fit(SIDE)));
        }
        tiles.push((lambda, Picture::of_floor(&release.floors()[0], 2)?));
    }
    Ok(Picture::sheet(&tiles, 3, 32)?)
}
