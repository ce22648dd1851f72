//! How many zones? Each number of zones under the sealed plan, by the rooms that redaction leaves.

use homeveil::Coins;
use homeveil::utility::bootstrap;
use homeveil_examples::Failure;

use super::homes::Measured;
use super::table::COLUMNS;

/// Rooms kept, and their names; the last stands for more as well.
const ROOMS: [&str; 6] = ["1", "2", "3", "4", "5", "6 or more"];

/// Columns of the great table, all with intervals here.
const SHOWN: [&str; 9] =
    ["tour", "path>1.05", "passing>1.05", "phantom", "uncut", "unasked", "directions", "proportions", "cost"];

/// What the table says.
pub(crate) const LEGEND: &str = "Each number of zones by the rooms that redaction leaves, at λ = 1, with the interval of 95 % over homes.\n\n";

pub(crate) fn head() -> Vec<String> {
    ["rooms", "K", "homes"].into_iter().chain(SHOWN).map(String::from).collect()
}

/// A row for each number of rooms, all of them last, and each number of zones.
pub(crate) fn rows(measured: &[Measured], zones: &[u8]) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = Vec::new();
    for (kept, name) in (1..).zip(ROOMS.into_iter().chain(["all"])) {
        for &zones in zones {
            let is_kept = |rooms: usize| kept > ROOMS.len() || rooms.min(ROOMS.len()) == kept;
            let is_own = |of: &&Measured| of.zones == zones && of.lambda == 1 && is_kept(of.rooms);
            let own: Vec<&Measured> = measured.iter().filter(is_own).collect();
            if own.is_empty() {
                continue;
            }
            let mut row = vec![name.to_owned(), zones.to_string(), own.len().to_string()];
            for column in COLUMNS.iter().filter(|column| SHOWN.contains(&column.name)) {
                let figure = |homes: &[&&Measured]| {
                    (column.figure)(&homes.iter().map(|home| **home).collect::<Vec<_>>())
                };
                let [low, high] = bootstrap(&own, &mut Coins::replayed(1), figure)?;
                row.push(format!("{:.3} [{low:.3}, {high:.3}]", (column.figure)(&own)));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}
