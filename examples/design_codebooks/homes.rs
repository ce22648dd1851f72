//! The homes that codebooks are designed on.
//!
//! Made up, none of them anybody's. Homes that redaction leaves fewer than K rooms are cut whatever the plan
//! is and say little about plans; so studios are left out, and homes have K + 3 rooms at least and K + 17 at
//! most. That leaves K rooms or more to 97 homes in a hundred for four zones, to 87 for five, to 83 for six.
//! Owners differ: every other home has the default policy's kinds withheld, the others bathrooms and toilets
//! alone.

use std::error::Error;

use homeveil::home::{Footprint, Home, RoomKind};
use homeveil::redact::{Redaction, redact};
use homeveil::sketch::Sketch;
use homeveil::synth::{Furnishing, HomeRecipe, Style};
use homeveil::{Coins, Policy};

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
        0..=4 => 300,
        5 => 100,
        _ => 20,
    }
}

/// Sketches of the homes of some seeds.
pub(crate) fn sketches(zones: u8, seeds: impl Iterator<Item = u64>) -> Result<Vec<Sketch>, Box<dyn Error>> {
    let usual = Policy::default().redaction();
    let few = Redaction::none().kinds([RoomKind::Bathroom, RoomKind::Toilet]);
    seeds
        .map(|seed| {
            let redaction = if seed % 2 == 0 { &usual } else { &few };
            Ok(Sketch::of(&redact(&home(zones, seed)?, redaction)?))
        })
        .collect()
}

/// The home of a seed.
pub(crate) fn home(zones: u8, seed: u64) -> Result<Home, Box<dyn Error>> {
    let style = STYLES[usize::try_from(seed % 7)?];
    let fewest = u32::from(zones) + 3;
    let recipe = HomeRecipe::new(style)
        .rooms(fewest..=fewest + 14)
        .furnishing(Furnishing::Bare)
        .cells_per_decimetre(1);
    Ok(recipe.draw(&mut Coins::replayed(seed))?.into_builder(Footprint::disc_m(0.17)?).build()?)
}
