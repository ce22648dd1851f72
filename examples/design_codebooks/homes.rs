//! The homes that codebooks are designed on: the design half of the population, as a robot senses them, with the kinds
//! redacted that the default policy redacts. Half of them are small flats, half family homes; none is anybody's. No
//! figure that is reported is measured on them.

use std::error::Error;

use homeveil::Policy;
use homeveil::home::Footprint;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::synth::Population;

/// How many homes to design on: fewer where ranking takes long. Most for the four zones of the default policy.
pub(crate) const fn usual_number(zones: u8) -> u64 {
    match zones {
        0..=3 => 600,
        4 => 1200,
        5 => 300,
        _ => 60,
    }
}

/// Sketches of the homes of some numbers.
pub(crate) fn sketches(numbers: impl Iterator<Item = u64>) -> Result<Vec<Sketch>, Box<dyn Error>> {
    let (redaction, robot) = (Policy::default().redaction(), Footprint::disc_m(0.17)?);
    numbers
        .map(|number| {
            let home = Population::Design.home(number).into_builder(robot).build()?;
            Ok(Sketch::of(&redact(&home, &redaction)?))
        })
        .collect()
}
