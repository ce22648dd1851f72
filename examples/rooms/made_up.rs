//! Scores on made-up homes and offices.

use homeveil::Coins;
use homeveil::home::{RobotMap, Room};
use homeveil::segment::scoring::join_wide;
use homeveil::segment::segment;
use homeveil::synth::{Change, Furnishing, HomeRecipe, Style};
use homeveil_examples::{Failure, progress};

use crate::OPEN_M;
use crate::table::{Scores, Table};

/// The first seed of the half that is only looked at. (Those from 1,000,000 on were looked at while doorways were
/// chosen.)
const EVALUATION: u64 = 5_000_000;

/// How a map is made and seen.
#[derive(Clone, Copy)]
struct Seen {
    furnishing: Furnishing,
    sensed: bool,
    cells_per_decimetre: u32,
    /// Degrees to the left.
    turn: u16,
}

/// Bare, furnished, and as a laser sees it.
const SEEN: [(&str, Seen); 3] = [
    ("bare", Seen { furnishing: Furnishing::Bare, sensed: false, cells_per_decimetre: 2, turn: 0 }),
    ("furnished", Seen { furnishing: Furnishing::Furnished, sensed: false, cells_per_decimetre: 2, turn: 0 }),
    ("sensed", Seen { furnishing: Furnishing::Furnished, sensed: true, cells_per_decimetre: 2, turn: 0 }),
];

/// Scores of so many homes and offices of either half, then of homes at other resolutions and turned.
pub(crate) fn scores(maps: u64) -> Result<String, Failure> {
    let mut rows = Vec::new();
    for (half, first) in [("design", 0), ("evaluation", EVALUATION)] {
        for (floors, is_office) in [("homes", false), ("offices", true)] {
            rows.extend(
                SEEN.map(|(name, seen)| (format!("{half}, {floors}, {name}"), first, is_office, seen)),
            );
        }
    }
    for (name, seen) in &SEEN[..2] {
        for (cells_per_decimetre, resolution) in [(4, "0.025 m"), (1, "0.10 m")] {
            let seen = Seen { cells_per_decimetre, ..*seen };
            rows.push((format!("evaluation, homes, {name}, {resolution}"), EVALUATION, false, seen));
        }
        for turn in [15, 30, 45, 90] {
            let seen = Seen { turn, ..*seen };
            rows.push((format!("evaluation, homes, {name}, {turn}°"), EVALUATION, false, seen));
        }
    }
    let mut table = Table::new("half, floors, how seen");
    let bar = progress(rows.len() * usize::try_from(maps)?);
    for (name, first, is_office, seen) in rows {
        let mut all = Scores::default();
        for number in first..first + maps {
            let (map, truth) = drawn(number, is_office, seen)?;
            all.add(&Scores::of(&map.grid, &truth, &segment(&map.grid)));
            bar.inc(1);
        }
        table.add(&name, all);
    }
    Ok(table.to_string())
}

/// A map without rooms, and its rooms.
fn drawn(number: u64, is_office: bool, seen: Seen) -> Result<(RobotMap, Vec<Room>), Failure> {
    let mut coins = Coins::replayed(number);
    let mut map = if is_office {
        RobotMap::office(seen.furnishing, &mut coins)?
    } else {
        let recipe = HomeRecipe::new(Style::ALL[usize::try_from(number % 6)?]).furnishing(seen.furnishing);
        let mut home = recipe.cells_per_decimetre(seen.cells_per_decimetre).draw(&mut coins)?;
        home.rooms = join_wide(&home.grid, &home.rooms, OPEN_M);
        home
    };
    if seen.turn == 90 {
        map = map.changed(Change::QuarterTurn);
    } else if seen.turn > 0 {
        map = map.changed(Change::Turn { tenths: 10 * seen.turn });
    }
    if seen.sensed {
        let sensed = map.as_sensed(&mut coins)?;
        return Ok((sensed.map, sensed.truth));
    }
    let truth = std::mem::take(&mut map.rooms);
    Ok((map, truth))
}
