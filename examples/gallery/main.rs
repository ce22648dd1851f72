//! What would be released of the sample home, the tighter and the looser the odds? Draws it at λ = 1, 2, 8, 64
//! and 2²⁰ in one picture, each release's λ below it, the private map first, with the number 0.
//!
//! `cargo run --release --example gallery -- [--out FILE.png] [--seed N]`
//!
//! All releases are drawn with the same replayed coins. Exit code 0: done; 1: failed; 2: wrong usage.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use homeveil::formats::Picture;
use homeveil::home::Footprint;
use homeveil::{Coins, Grant, Odds, Policy, anonymize, synth};

/// Side of a picture.
const SIDE: u32 = 384;

fn main() -> ExitCode {
    let (mut out, mut seed) = (PathBuf::from("gallery.png"), 1);
    let mut args = lexopt::Parser::from_env();
    let usage = "usage: gallery [--out FILE.png] [--seed N]";
    loop {
        use lexopt::prelude::*;
        let taken = match args.next() {
            Ok(None) => break,
            Ok(Some(Long("out"))) => args.value().map(|file| out = file.into()),
            Ok(Some(Long("seed"))) => args.value().and_then(|text| text.parse()).map(|number| seed = number),
            Ok(Some(arg)) => Err(arg.unexpected()),
            Err(error) => Err(error),
        };
        if let Err(error) = taken {
            eprintln!("{error}\n{usage}");
            return ExitCode::from(2);
        }
    }
    match draw(seed).and_then(|picture| Ok(fs::write(&out, picture.to_png())?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::from(1)
        }
    }
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
