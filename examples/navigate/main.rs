//! Can a robot still navigate? Takes a map, plans paths on its release, drives them in the home, and prints every
//! measure of utility; draws one path on both.
//!
//! `cargo run --release --example navigate --features evaluation -- --help` lists the options.
//!
//! The picture, `DIR/navigate.png`, has the release with a planned path on the left, and on the right the private
//! map with the path that the robot drives; it and the measures are as private as the map.

mod maps;
mod measures;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homeveil::formats::Picture;
use homeveil::home::{Footprint, Home, HomeError};
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::{AnonymizeError, Coins, Grant, HouseKey, Release, anonymize};
use homeveil_examples::{CHOICES, Failure, Options, RADIUS_M, command, described, number, write_private};
use nalgebra::{Isometry2, Point2};

use measures::Measures;

const HELP: &str = "\
usage: navigate [MAP] [--json] [--pairs N] [--maps DIR] [options of anonymize]

Plans paths on the release of a home, drives them in the home, prints every measure of utility, and draws one path on
both.

  MAP         as in anonymize; without one, the built-in sample home
  --json      print the measures as JSON
  --pairs N   random pairs of places (1000)
  --maps DIR  measure every map below DIR, a line each, and draw nothing
  --out DIR   write navigate.png to DIR instead of out/

`anonymize --help` lists the other options. Coins are replayed; without --seed, those of seed 1.
Exit code 0: done; 1: refused or failed; 2: wrong usage.
";

/// What this example knows beyond the options of `anonymize`.
struct Asked {
    options: Options,
    json: bool,
    pairs: u32,
    maps: Option<PathBuf>,
}

fn main() -> ExitCode {
    command(HELP, parse, |asked| run(&asked))
}

fn parse(args: lexopt::Parser) -> Result<Asked, Failure> {
    let (mut json, mut pairs, mut maps) = (false, 1000, None);
    let options = Options::parse(args, |name, args| {
        match name {
            "json" => json = true,
            "pairs" => pairs = number::<NonZeroU32>(args, "--pairs", "a whole number from 1 on")?.get(),
            "maps" => maps = Some(args.value()?.into()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Asked { options, json, pairs, maps })
}

fn run(asked: &Asked) -> Result<String, Failure> {
    if let Some(folder) = &asked.maps {
        return maps::run(folder, asked);
    }
    let (home, release, key) = draw(asked.options.map.as_deref(), &asked.options)?;
    let measures = Measures::of(&home, &asked.options.redaction, &release, &key, asked.pairs)?;
    let file = asked.options.out.join("navigate.png");
    write_private(&file, picture(&home, asked, &release, &key)?.to_png())?;
    if asked.json {
        return Ok(serde_json::to_string_pretty(&measures.to_json())? + "\n");
    }
    Ok(format!("{measures}\nDrawn, for the owner's eyes only: {}\n", file.display()))
}

/// A map's home, release and key.
fn draw(map: Option<&Path>, options: &Options) -> Result<(Home, Release, HouseKey), Failure> {
    let home = options.home(map)?;
    let mut coins = Coins::replayed(options.seed.unwrap_or(1));
    let drawn = anonymize(&home, &options.redaction, &options.policy, Grant::unaccounted(), &mut coins);
    let (release, key) = drawn.map_err(|error| match error {
        AnonymizeError::Redact(HomeError::Unlabelled) => {
            format!("{error}.\nThe rooms are:\n{}{CHOICES}", described(&home)).into()
        }
        error => Failure::from(error),
    })?;
    Ok((home, release, key))
}

/// The release with the longest path from its dock to the middle of a zone, and the home with that path lifted.
fn picture(home: &Home, asked: &Asked, release: &Release, key: &HouseKey) -> Result<Picture, Failure> {
    let floor = &release.floors()[0];
    let metres = |x: f64, y: f64| Point2::new(x, y) * release.floors()[0].grid().resolution_m();
    let dock = floor.dock();
    let dock = metres(f64::from(dock.x) + 0.5, f64::from(dock.y) + 0.5);
    // Of a map without a dock the robot may be in another zone than the dock is drawn in.
    let middles = floor.zones().iter().map(|zone| {
        let rect = zone.rect;
        metres(
            f64::from(rect.x) + f64::from(rect.width) / 2.0,
            f64::from(rect.y) + f64::from(rect.height) / 2.0,
        )
    });
    let middles: Vec<Point2<f64>> = middles.collect();
    let mut starts = [dock].into_iter().chain(middles.iter().copied());
    let (dock, start) = starts
        .find_map(|at| Some((at, key.lift_point(at).ok()?)))
        .ok_or("the robot gets to no zone today")?;
    let pose = Isometry2::new(start.coords, 0.0);
    let cloud = FreeSpace::of(floor.grid(), Footprint::disc_m(RADIUS_M)?, &[]);
    let mut navigator = Navigator::new();
    let mut best: Option<(f64, homeveil::navigate::Path, homeveil::key::LiftedPath)> = None;
    for goal in middles {
        let plan = navigator.path(&cloud, dock, goal)?;
        let route: Vec<Point2<f64>> = plan.points().collect();
        let Ok(lifted) = key.lift_path(&mut navigator, pose, &route) else { continue };
        if best.as_ref().is_none_or(|(longest, ..)| plan.length_m() > *longest) {
            best = Some((plan.length_m(), plan, lifted));
        }
    }
    let (_, plan, lifted) = best.ok_or("no zone can be reached")?;
    let left = Picture::of_plan(floor, 4, &plan)?;
    let right = Picture::of_drive(home, &asked.options.redaction, key, &lifted, left.height())?;
    Ok(Picture::side_by_side(&left, &right, 24)?)
}
