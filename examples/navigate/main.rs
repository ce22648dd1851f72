//! Does a robot still find its way? Takes a map, plans ways on its release, drives them in the home, and prints
//! every measure of utility; draws one way on both.
//!
//! `cargo run --release --example navigate --features evaluation -- [MAP] [--json] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…]
//! [--redact-room ID]… [--dead-ends] [--keep-unlabelled] [--seed N] [--pairs N] [--maps DIR]`
//!
//! MAP is as in `anonymize`; without one the built-in sample home is taken. The picture, `DIR/navigate.png`, has
//! the release with a planned way on the left, and on the right the private map with the way the robot drives;
//! it and the measures are as private as the map. With `--maps DIR` every map below the folder is measured, a
//! line each, and nothing is drawn. Exit code 0: done; 1: refused or failed; 2: wrong usage.

#[path = "../anonymize/command.rs"]
mod command;
mod folder;
#[path = "../anonymize/map.rs"]
mod map;
mod maps;
mod measures;
#[path = "../anonymize/options.rs"]
mod options;

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use homeveil::formats::Picture;
use homeveil::home::{Footprint, Home};
use homeveil::key::DoorCrossing;
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::segment::SegmentParams;
use homeveil::{Coins, Grant, HouseKey, Release, anonymize};
use nalgebra::{Isometry2, Point2};

use command::command;
use measures::Measures;
use options::Options;

/// Radius of a usual robot vacuum.
const RADIUS_M: f64 = 0.17;

const USAGE: &str = "usage: navigate [MAP] [--json] [--out DIR] [--zones K] [--odds P/Q] [--redact KIND,…] \
                     [--redact-room ID]… [--dead-ends] [--keep-unlabelled] [--seed N] [--pairs N] [--maps DIR]";

/// What this example knows beyond the options of `anonymize`.
struct Asked {
    options: Options,
    json: bool,
    pairs: u32,
    maps: Option<PathBuf>,
}

fn main() -> ExitCode {
    command(parse(env::args_os().skip(1)), USAGE, |asked| run(&asked))
}

fn parse(args: impl Iterator<Item = OsString>) -> Result<Asked, Box<dyn Error>> {
    let (mut json, mut pairs, mut maps, mut rest) = (false, 1000, None, Vec::new());
    let mut args = args;
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("missing value for {}", arg.display()));
        match arg.to_str() {
            Some("--json") => json = true,
            Some("--pairs") => pairs = value()?.to_str().unwrap_or_default().parse()?,
            Some("--maps") => maps = Some(value()?.into()),
            _ => rest.push(arg),
        }
    }
    Ok(Asked { options: Options::parse(rest)?, json, pairs, maps })
}

fn run(asked: &Asked) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = &asked.maps {
        return maps::run(folder, asked);
    }
    let (home, release, key) = draw(asked.options.map.as_deref(), &asked.options)?;
    let measures = Measures::of(&home, &asked.options.redaction, &release, &key, asked.pairs)?;
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&measures.to_json())?);
    } else {
        print!("{measures}");
    }
    fs::create_dir_all(&asked.options.out)?;
    let file = asked.options.out.join("navigate.png");
    fs::write(&file, picture(&home, asked, &release, &key)?.to_png())?;
    eprintln!("Drawn, for the owner's eyes only: {}", file.display());
    Ok(())
}

/// A map's home, release and key; replayed coins, unless another seed is given those of seed 1.
fn draw(map: Option<&Path>, options: &Options) -> Result<(Home, Release, HouseKey), Box<dyn Error>> {
    let map = map::load(map, Footprint::disc_m(RADIUS_M)?)?;
    let home = map.segmented(&SegmentParams::default()).build()?;
    let mut coins = Coins::replayed(options.seed.unwrap_or(1));
    let (release, key) =
        anonymize(&home, &options.redaction, &options.policy, Grant::unaccounted(), &mut coins)?;
    Ok((home, release, key))
}

/// The release with the longest way from its dock to the middle of a zone, beside the home with that way lifted.
fn picture(home: &Home, asked: &Asked, release: &Release, key: &HouseKey) -> Result<Picture, Box<dyn Error>> {
    let floor = &release.floors()[0];
    let metres = |x: f64, y: f64| Point2::new(x, y) * release.frame().resolution;
    let dock = floor.dock();
    let dock = metres(f64::from(dock.x) + 0.5, f64::from(dock.y) + 0.5);
    let start = key.lift_point(dock)?;
    let pose = Isometry2::new(start.coords, 0.0);
    let cloud = FreeSpace::of(floor.grid(), Footprint::disc_m(RADIUS_M)?, &[]);
    let mut navigator = Navigator::new();
    let mut best: Option<(f64, homeveil::navigate::Path, homeveil::key::LiftedPath)> = None;
    for zone in floor.zones() {
        let rect = zone.rect;
        let goal = metres(
            f64::from(rect.x) + f64::from(rect.width) / 2.0,
            f64::from(rect.y) + f64::from(rect.height) / 2.0,
        );
        let plan = navigator.path(&cloud, dock, goal)?;
        let route: Vec<Point2<f64>> = plan.points().collect();
        let Ok(lifted) = key.lift_path(&mut navigator, pose, &route, DoorCrossing::Avoid) else { continue };
        if best.as_ref().is_none_or(|(longest, ..)| plan.length_m() > *longest) {
            best = Some((plan.length_m(), plan, lifted));
        }
    }
    let (_, plan, lifted) = best.ok_or("no zone can be come to")?;
    let left = Picture::of_plan(floor, 4, &plan)?;
    let right = Picture::of_drive(home, &asked.options.redaction, key, &lifted, left.height())?;
    Ok(Picture::side_by_side(&left, &right, 24)?)
}
