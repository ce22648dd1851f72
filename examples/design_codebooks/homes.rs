//! The homes that codebooks are designed on.
//!
//! Made up, none of them anybody's, and the same for every number of zones. They are meant to be like the homes
//! that releases are drawn for: three to sixteen rooms, of which redaction leaves fewer than four in four
//! homes of ten; every other home has the default policy's kinds redacted, the others bathrooms and toilets alone.
//! One dock in three stands where the recipe has it, in the hall or the living room, and two in any room at
//! all. That matters: with the dock always in a hall two homes in three want a plan on which paths part at the
//! dock's zone; on real maps fewer than half do.

use std::error::Error;

use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, Room, RoomKind};
use homeveil::redact::{Redaction, redact};
use homeveil::sketch::Sketch;
use homeveil::synth::{Furnishing, HomeRecipe, Style};
use homeveil::{Coins, Policy};
use nalgebra::{Point2, Vector2};

/// Styles in turn: apartments are three in seven.
const STYLES: [Style; 7] = [
    Style::Apartment,
    Style::House,
    Style::Apartment,
    Style::OpenPlan,
    Style::LShape,
    Style::Apartment,
    Style::Loop,
];

/// How many homes to design on: fewer where ranking takes long.
pub(crate) const fn usual_number(zones: u8) -> u64 {
    match zones {
        0..=4 => 1000,
        5 => 500,
        _ => 100,
    }
}

/// Sketches of the homes of some seeds.
pub(crate) fn sketches(seeds: impl Iterator<Item = u64>) -> Result<Vec<Sketch>, Box<dyn Error>> {
    let usual = Policy::default().redaction();
    let few = Redaction::none().kinds([RoomKind::Bathroom, RoomKind::Toilet]);
    seeds
        .map(|seed| {
            let redaction = if seed % 2 == 0 { &usual } else { &few };
            Ok(Sketch::of(&redact(&home(seed)?, redaction)?))
        })
        .collect()
}

/// The home of a seed.
pub(crate) fn home(seed: u64) -> Result<Home, Box<dyn Error>> {
    let style = STYLES[usize::try_from(seed % 7)?];
    let recipe = HomeRecipe::new(style).rooms(3..=16).furnishing(Furnishing::Bare).cells_per_decimetre(1);
    let mut coins = Coins::replayed(seed);
    let mut home = recipe.draw(&mut coins)?;
    if coins.below(3)? > 0 {
        let room = usize::try_from(coins.below(home.rooms.len() as u64)?)?;
        home.dock = middle(&home.grid, &home.rooms[room]).or(home.dock);
    }
    Ok(home.into_builder(Footprint::disc_m(0.17)?).build()?)
}

/// A place on the floor of a room: the middle of the run in the middle of its list.
fn middle(grid: &OccupancyGrid, room: &Room) -> Option<Point2<f64>> {
    let run = room.runs().get(room.runs().len() / 2)?;
    let cells = Vector2::new(f64::from(run.x()) + f64::from(run.len()) / 2.0, f64::from(run.y()) + 0.5);
    Some(Point2::from(cells * grid.resolution_m()))
}
