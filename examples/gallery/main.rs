//! What would be released of the sample home, the tighter and the looser the odds? Draws it at λ = 1, 2, 8, 64
//! and 2²⁰ in one picture, each release's λ below it, the private map first, with the number 0.
//!
//! `cargo run --release --example gallery -- --help` lists the options.

use std::path::PathBuf;
use std::process::ExitCode;

use homeveil::formats::Picture;
use homeveil::home::Footprint;
use homeveil::{Coins, Grant, Odds, Policy, anonymize, synth};
use homeveil_examples::{Failure, command, write_private};

/// Side of a picture.
const SIDE: u32 = 384;

const HELP: &str = "\
usage: gallery [--out FILE.png] [--seed N]

Draws what would be released of the sample home at λ = 1, 2, 8, 64 and 2²⁰.

  --out FILE.png  write there instead of out/gallery.png
  --seed N        the seed of the replayed coins, the same for all releases (1)

Exit code 0: done; 1: failed; 2: wrong usage.
";

fn main() -> ExitCode {
    command(HELP, parse, |(out, seed)| {
        write_private(&out, draw(seed)?.to_png())?;
        Ok(format!("Drawn: {}\n", out.display()))
    })
}

fn parse(mut args: lexopt::Parser) -> Result<(PathBuf, u64), Failure> {
    use lexopt::prelude::*;
    let (mut out, mut seed) = (PathBuf::from("out/gallery.png"), 1);
    while let Some(arg) = args.next()? {
        match arg {
            Long("out") => out = args.value()?.into(),
            Long("seed") => seed = args.value()?.parse()?,
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((out, seed))
}

fn draw(seed: u64) -> Result<Picture, Failure> {
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
