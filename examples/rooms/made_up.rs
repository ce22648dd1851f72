//! Scores on made-up homes and offices.

use homeveil::Coins;
use homeveil::home::RobotMap;
use homeveil::segment::scoring::join_wide;
use homeveil::segment::segment;
use homeveil::synth::{Furnishing, HomeRecipe, Style};
use homeveil_examples::{Failure, progress};

use crate::OPEN_M;
use crate::table::{Scores, Table};

/// The first seed of the half that is only looked at.
const EVALUATION: u64 = 1_000_000;

/// Scores of so many homes and offices of either half.
pub(crate) fn scores(maps: u64) -> Result<String, Failure> {
    let mut table = Table::new("half, floors, how seen");
    let bar = progress(usize::try_from(12 * maps)?);
    for (half, first) in [("design", 0), ("evaluation", EVALUATION)] {
        for office in [false, true] {
            for (seen, furnishing) in [
                ("bare", Furnishing::Bare),
                ("furnished", Furnishing::Furnished),
                ("sensed", Furnishing::Furnished),
            ] {
                let mut all = Scores::default();
                for seed in first..first + maps {
                    let mut coins = Coins::replayed(seed);
                    let mut home = if office {
                        RobotMap::office(furnishing, &mut coins)?
                    } else {
                        let style = Style::ALL[usize::try_from(seed % 6)?];
                        let mut home = HomeRecipe::new(style).furnishing(furnishing).draw(&mut coins)?;
                        home.rooms = join_wide(&home.grid, &home.rooms, OPEN_M);
                        home
                    };
                    let mut truth = std::mem::take(&mut home.rooms);
                    if seen == "sensed" {
                        home.rooms = truth;
                        let sensed = home.as_sensed(&mut coins)?;
                        (home, truth) = (sensed.map, sensed.truth);
                    }
                    all.add(&Scores::of(&home.grid, &truth, &segment(&home.grid)));
                    bar.inc(1);
                }
                let floors = if office { "offices" } else { "homes" };
                table.add(&format!("{half}, {floors}, {seen}"), all);
            }
        }
    }
    Ok(table.to_string())
}
