//! Which plans can a release be? Draws the codebook of a policy as one picture, and prints a line for each plan.
//!
//! `cargo run --release --example codebook --features stages -- --help` lists the options.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homeveil::Policy;
use homeveil::atlas::{Codebook, Plan, ZoneId};
use homeveil::formats::Picture;
use homeveil::noise::{Channel, Fraction};
use homeveil::release::Floor;
use homeveil_examples::{Failure, command, odds, write};

const HELP: &str = "\
usage: codebook [--zones K] [--odds P/Q] [--out FILE.png]

Draws the codebook of a policy as one picture, and prints a line for each plan. Zones are numbered as in the picture.

  --zones K       zones of the release, 2 to 6 (4)
  --odds P/Q      the odds λ (1/1: one plan)
  --out FILE.png  write there instead of out/codebook.png

Exit code 0: done; 1: failed; 2: wrong usage.
";

/// Most plans that a picture is drawn of: with more they would be too small to tell apart.
const MOST_PLANS: usize = 1000;

fn main() -> ExitCode {
    command(HELP, parse, |(policy, out)| run(&policy, &out))
}

fn parse(mut args: lexopt::Parser) -> Result<(Policy, PathBuf), Failure> {
    use lexopt::prelude::*;
    let (mut policy, mut out) = (Policy::builder(), PathBuf::from("out/codebook.png"));
    while let Some(arg) = args.next()? {
        match arg {
            Long("zones") => policy = policy.zones(args.value()?.parse()?),
            Long("odds") => {
                let odds = odds(&mut args)?;
                policy = policy.odds(odds).odds_cap(odds);
            }
            Long("out") => out = args.value()?.into(),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok((policy.build()?, out))
}

fn run(policy: &Policy, out: &Path) -> Result<String, Failure> {
    let codebook = policy.codebook();
    let count = codebook.plans().len();
    if count > MOST_PLANS {
        return Err(format!(
            "the codebook has {count} plans: a picture is drawn of at most {MOST_PLANS}, take smaller odds"
        )
        .into());
    }
    let channel = Channel::new(u32::try_from(count)?, codebook.preferred(), policy.odds())?;
    let Fraction { numerator: blind, denominator: whole } = channel.blind();
    write(out, picture(&codebook)?.to_png())?;
    let mut text = format!(
        "K = {} zones, λ = {}\n\
         N = {count} plans; a home prefers M = {}\n\
         γ = {blind}/{whole}: the probability that a plan is drawn without looking at the home\n\
         digest {}\n\n",
        policy.zones(),
        policy.odds(),
        channel.preferred(),
        codebook.digest()
    );
    for plan in codebook.plans() {
        writeln!(text, "{}", line(plan))?;
    }
    writeln!(text, "\nDrawn: {}", out.display())?;
    Ok(text)
}

/// A plan's number, the tree of its doors from the dock's zone on, and its zones' shares of the free floor.
fn line(plan: &Plan) -> String {
    let root = plan.root().get();
    let shares: Vec<String> = plan.units().iter().map(u8::to_string).collect();
    format!(
        "plan {:>10}   tree {:<16} proportions {} / 16",
        plan.id(),
        tree(plan, root, root),
        shares.join(" : ")
    )
}

/// A zone, and in brackets the zones that its doors lead to, except the one that leads back.
fn tree(plan: &Plan, zone: u8, from: u8) -> String {
    let doors = plan.doors().into_iter().map(|door| door.zones.map(ZoneId::get));
    let leads = doors.filter_map(|[a, b]| if a == zone { Some(b) } else { (b == zone).then_some(a) });
    let parts: Vec<String> = leads.filter(|next| *next != from).map(|next| tree(plan, next, zone)).collect();
    if parts.is_empty() { zone.to_string() } else { format!("{zone} ({})", parts.join(", ")) }
}

/// All plans in rows, the larger the fewer there are.
fn picture(codebook: &Codebook) -> Result<Picture, Failure> {
    let plans = codebook.plans();
    let side = match plans.len() {
        0..=16 => 384,
        17..=64 => 192,
        _ => 96,
    };
    let tile = |plan: &Plan| Ok((plan.id().get(), Picture::of_floor(&Floor::draw(plan), 2)?.fit(side)));
    let tiles: Vec<(u32, Picture)> = plans.iter().map(tile).collect::<Result<_, Failure>>()?;
    let columns = if plans.len() <= 4 { plans.len() } else { (plans.len() - 1).isqrt() + 1 };
    Ok(Picture::sheet(&tiles, u32::try_from(columns)?, side / 12)?)
}
