//! How many instructions do finding rooms, a home, a release, a key and a refit take? `benches/instructions.sh` counts
//! them on six made-up homes, under valgrind, and compares them with `benches/instructions/baseline.txt`.
//!
//! The argument is the home's number; the last is a large one, in which what takes too long as homes grow is seen. What
//! the functions `counted_…` do is counted, each by itself.

use std::hint::black_box;

use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::segment::segment;
use homeveil::synth::{Change, Furnishing, HomeRecipe, Style};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, anonymize, merge, redact, sketch};

const SEED: u64 = 7;

#[inline(never)]
fn counted_segment(grid: &OccupancyGrid) {
    black_box(segment(grid));
}

#[inline(never)]
fn counted_release(home: &Home, redaction: &Redaction, policy: &Policy) {
    let redacted = redact::redact(home, redaction).expect("rooms without kinds are kept");
    let codebook = policy.codebook();
    black_box(merge::rank(&sketch::Sketch::of(&redacted), &codebook).preferred(codebook.preferred()));
}

#[inline(never)]
fn counted_release_and_key(home: &Home, redaction: &Redaction, policy: &Policy) -> HouseKey {
    let drawn = anonymize(home, redaction, policy, Grant::unaccounted(), &mut Coins::replayed(SEED));
    drawn.expect("rooms without kinds are kept, and replayed coins do not fail").1
}

#[inline(never)]
fn counted_refit(key: &HouseKey, later: &Home, redaction: &Redaction) {
    black_box(key.refit(later, redaction));
}

#[inline(never)]
fn counted_home(map: RobotMap) -> Home {
    home(map)
}

fn home(map: RobotMap) -> Home {
    let robot = Footprint::disc_m(0.17).expect("a valid radius");
    map.into_builder(robot).build().expect("made-up homes are valid")
}

/// Five homes of one style each, then a house.
fn recipe(number: usize) -> Option<HomeRecipe> {
    let recipe = match number {
        0..5 => HomeRecipe::new(*Style::ALL.get(number)?),
        5 => HomeRecipe::new(Style::House).rooms(12..=16).area_m2(240..=300),
        _ => return None,
    };
    Some(recipe.furnishing(Furnishing::Furnished))
}

fn main() {
    // `cargo bench` gives no number.
    let number = std::env::args().nth(1).and_then(|number| number.parse::<usize>().ok());
    let Some((number, recipe)) = number.and_then(|number| Some((number, recipe(number)?))) else { return };
    let policy = Policy::default();
    let redaction = policy.redaction().keep_unlabelled();
    let mut coins = Coins::replayed(number as u64);
    let map = recipe.draw(&mut coins).expect("replayed coins do not fail");
    let seen = map.as_sensed(&mut coins).expect("replayed coins do not fail").map;
    let changes = [Change::Furniture { blocks: 6, seed: 5 }, Change::Shift { left: 37, below: 11 }];
    let later = home(changes.into_iter().fold(map.clone(), |map, change| map.changed(change)));

    counted_segment(&seen.grid);
    let home = counted_home(map);
    counted_release(&home, &redaction, &policy);
    let key = counted_release_and_key(&home, &redaction, &policy);
    counted_refit(&key, &later, &redaction);
}
