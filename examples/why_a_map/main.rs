//! What is a map for, where a list of zone numbers would do? The same planner works on a release, on a bare list and on
//! the true map; the robot drives what it plans.
//!
//! `cargo run --release --example why_a_map --features evaluation -- --help` lists the options.
//! `docs/why-a-map.md` says what comes of it.

mod tour;

use std::fmt::Write as _;
use std::process::ExitCode;

use homeveil::home::Footprint;
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::release::Floor;
use homeveil::synth::Population;
use homeveil::utility::bootstrap;
use homeveil::{Coins, Grant, HouseKey, Odds, Policy, anonymize};
use homeveil_examples::{Failure, RADIUS_M, command, progress};
use nalgebra::{Isometry2, Point2};

use tour::{best_order, legs, length};

const HELP: &str = "\
usage: why_a_map [--homes N]

Lets the same planner work on a release, on a bare list of zones and on the true map, and says what each costs.

  --homes N  so many made-up homes, half of them small flats and half family homes (100)

Exit code 0: done; 1: failed; 2: wrong usage.
";

/// Places of each home that somebody points to.
const PLACES: u32 = 20;

fn main() -> ExitCode {
    command(HELP, parse, run)
}

fn parse(mut args: lexopt::Parser) -> Result<u64, Failure> {
    use lexopt::prelude::*;
    let mut homes = 100;
    while let Some(arg) = args.next()? {
        match arg {
            Long("homes") => homes = args.value()?.parse()?,
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok(homes)
}

/// What is counted of one home under one policy, each with the release, the list and the true map.
const FIGURES: [&str; 4] = [
    "metres driven to visit all zones from the dock",
    "the same over the best order",
    "metres from a place that somebody points to to where the robot goes",
    "square metres cleaned for a spot of one square metre",
];

type Figures = [[f64; 3]; FIGURES.len()];

fn run(homes: u64) -> Result<String, Failure> {
    let policies = [
        ("the default policy, the sealed plan", Policy::default()),
        ("λ = 8", Policy::builder().odds(Odds::new(8, 1)?).build()?),
    ];
    let bar = progress(usize::try_from(homes)? * policies.len());
    let mut text = String::new();
    for (name, policy) in policies {
        let mut all: Vec<Figures> = Vec::new();
        for number in 0..homes {
            all.extend(measure(number, &policy)?);
            bar.inc(1);
        }
        writeln!(
            text,
            "{} homes, {name}; means, and in brackets the interval of 95 % over homes\n",
            all.len()
        )?;
        writeln!(text, "| | release | list of zones | true map |\n| --- | --- | --- | --- |")?;
        for (figure, title) in FIGURES.iter().enumerate() {
            write!(text, "| {title} |")?;
            for column in 0..3 {
                let mean = |homes: &[&Figures]| {
                    let count = homes.iter().fold(0.0, |count, _| count + 1.0);
                    homes.iter().map(|of| of[figure][column]).sum::<f64>() / count
                };
                let [low, high] = bootstrap(&all, &mut Coins::replayed(1), mean)?;
                write!(text, " {:.2} [{low:.2}, {high:.2}] |", mean(&all.iter().collect::<Vec<_>>()))?;
            }
            writeln!(text)?;
        }
        writeln!(text, "| spots, rectangles and places that can be stated | all | none | all |\n")?;
    }
    bar.finish_and_clear();
    Ok(text)
}

/// Nothing where the robot gets to fewer than two zones.
fn measure(number: u64, policy: &Policy) -> Result<Option<Figures>, Failure> {
    let footprint = Footprint::disc_m(RADIUS_M)?;
    let home = Population::Evaluation.home(number).into_builder(footprint).build()?;
    let mut coins = Coins::replayed(number);
    let (release, key) = anonymize(&home, &policy.redaction(), policy, Grant::unaccounted(), &mut coins)?;
    let floor = &release.floors()[0];
    let mut navigator = Navigator::new();
    let cell = floor.grid().resolution_m();
    let dock = Point2::new(f64::from(floor.dock().x) + 0.5, f64::from(floor.dock().y) + 0.5) * cell;
    // The dock, and the middles of the zones that the robot gets to, on the release.
    let mut stops = vec![dock];
    stops.extend(floor.zones().iter().map(|zone| {
        let (x, y) = (f64::from(zone.rect.x), f64::from(zone.rect.y));
        Point2::new(x + f64::from(zone.rect.width) / 2.0, y + f64::from(zone.rect.height) / 2.0) * cell
    }));
    let Some(start) = key.lift_point(dock).ok() else { return Ok(None) };
    let mut drive = |from: Point2<f64>, to: Point2<f64>| {
        let path = key.lift_path(&mut navigator, Isometry2::new(from.coords, 0.0), &[to]);
        path.map(|path| path.length_m()).ok()
    };
    stops.retain(|&stop| drive(start, stop).is_some());
    if stops.len() < 3 {
        return Ok(None);
    }
    let real = legs(&stops, |from, to| key.lift_point(from).ok().and_then(|from| drive(from, to)));
    let cloud = FreeSpace::of(floor.grid(), footprint, &[]);
    let drawn = legs(&stops, |from, to| navigator.path(&cloud, from, to).ok().map(|path| path.length_m()));
    let by_number: Vec<usize> = (1..stops.len()).collect();
    let tours = [best_order(&drawn), by_number, best_order(&real)].map(|order| length(&real, &order));
    let [off, cleaned] = places(&key, floor, &stops, &mut coins)?;
    Ok(Some([tours, tours.map(|tour| tour / tours[2].max(1e-9)), off, cleaned]))
}

/// How far the robot is off a place that somebody points to, and how much it cleans for a spot there. A list can name
/// the place's zone alone.
fn places(
    key: &HouseKey,
    floor: &Floor,
    stops: &[Point2<f64>],
    coins: &mut Coins,
) -> Result<[[f64; 3]; 2], Failure> {
    let (mut off, mut cleaned, mut count) = ([0.0; 2], [0.0; 2], 0.0);
    let zones: Vec<_> = floor.zones().iter().filter_map(|zone| key.lift_zone(zone.id).ok()).collect();
    for _ in 0..PLACES {
        let zone = &zones[usize::try_from(coins.below(zones.len() as u64)?)?];
        let Some(place) = zone.points().nth(usize::try_from(coins.below(zone.len() as u64)?)?) else {
            continue;
        };
        let Ok(drawn) = key.project(Isometry2::new(place.coords, 0.0)) else { continue };
        let near = |at: Point2<f64>| key.lift_point(at).map_or(f64::INFINITY, |at| (at - place).norm());
        off[0] += near(drawn);
        off[1] += stops[1..].iter().map(|&stop| near(stop)).fold(f64::INFINITY, f64::min);
        cleaned[0] += key.lift_spot(drawn).map_or(0.0, |spot| spot.area_m2());
        cleaned[1] += zone.area_m2();
        count += 1.0;
    }
    let mean = |sums: [f64; 2], exact: f64| [sums[0] / count, sums[1] / count, exact];
    Ok([mean(off, 0.0), mean(cleaned, 1.0)])
}
