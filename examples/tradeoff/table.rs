//! The table: a row for each number of zones, λ and group of homes.

use std::fmt::Write as _;

use homeveil::Coins;
use homeveil::utility::bootstrap;
use homeveil_examples::{Failure, Progress};

use super::homes::{Measured, ODDS, PARTS};
use super::spread::Spread;

/// A column: its name, what it says, and its figure over some homes. Those that are sure get an interval.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    says: &'static str,
    pub(crate) figure: fn(&[&Measured]) -> f64,
    interval: bool,
}

const fn column(
    name: &'static str,
    interval: bool,
    figure: fn(&[&Measured]) -> f64,
    says: &'static str,
) -> Column {
    Column { name, says, figure, interval }
}

pub(crate) const COLUMNS: [Column; 22] = [
    column(
        "tour",
        true,
        |of| tours(of).mean(),
        "visiting all zones in the order planned on the release, driven in the home, over the best order: mean",
    ),
    column(
        "tour>1.05",
        true,
        |of| tours(of).over(1.05),
        "share of tours that are more than 5 % longer than the best",
    ),
    column("tour>1.5", false, |of| tours(of).over(1.5), "share of tours that are more than half longer"),
    column("tour_p95", false, |of| tours(of).quantile(0.95), "19 of 20 tours are no longer than this"),
    column("tour_max", false, |of| tours(of).quantile(1.0), "the longest tour of all homes and plans"),
    column(
        "tour_random",
        false,
        |of| mean(of, 0),
        "the same for rooms in a random order: the cloud knows no plan",
    ),
    column(
        "zones_unreached",
        false,
        |of| mean(of, 1),
        "zones of a release that the robot cannot get to, in the mean",
    ),
    column(
        "path>1.05",
        true,
        |of| driven(of).over(1.05),
        "share of paths between two places, as driven, over 1.05 of the shortest; what cannot be reached counts",
    ),
    column(
        "passing>1.05",
        true,
        |of| passing(of).over(1.05),
        "the same where the owner lets the robot drive through redacted rooms to what only they lead to",
    ),
    column(
        "unreachable",
        false,
        |of| driven(of).over(f64::MAX),
        "share of paths between two places that do not exist, for redacted rooms are walls and doors may be shut",
    ),
    column(
        "path_max",
        false,
        |of| driven(of).quantile(1.0),
        "the longest path between two places, over the shortest; infinite if one could not be driven",
    ),
    column(
        "doors>1.05",
        true,
        |of| by_doors(of).over(1.05),
        "the same where the robot keeps to the drawn doors in their order",
    ),
    column("doors>1.5", false, |of| by_doors(of).over(1.5), "share of these over 1.5"),
    column("doors_p95", false, |of| by_doors(of).quantile(0.95), "19 of 20 of these are no longer"),
    column("doors_max", false, |of| by_doors(of).quantile(1.0), "the longest of these"),
    column("phantom", true, |of| mean(of, 2), "share of drawn doors between zones that do not touch"),
    column("hidden", false, |of| mean(of, 3), "pairs of zones that touch without a door drawn, in the mean"),
    column("uncut", true, |of| mean(of, 4), "share of the floor in rooms that are not cut"),
    column(
        "unasked",
        true,
        |of| mean(of, 8),
        "share of the floor that is cleaned with a room and was not asked for, in the mean over places",
    ),
    column(
        "directions",
        false,
        |of| mean(of, 5),
        "mean cosine between directions from zone to zone, drawn and real",
    ),
    column(
        "proportions",
        false,
        |of| mean(of, 6),
        "total variation between the zones' shares of the floor, drawn and real",
    ),
    column("cost", false, |of| mean(of, 7), "what the library minimizes, in tours"),
];

fn tours(homes: &[&Measured]) -> Spread {
    Spread::pooled(homes.iter().map(|home| &home.tours))
}

fn driven(homes: &[&Measured]) -> Spread {
    Spread::pooled(homes.iter().map(|home| &home.driven))
}

fn passing(homes: &[&Measured]) -> Spread {
    Spread::pooled(homes.iter().map(|home| &home.passing))
}

fn by_doors(homes: &[&Measured]) -> Spread {
    Spread::pooled(homes.iter().map(|home| &home.by_doors))
}

#[expect(clippy::cast_precision_loss, reason = "some thousand homes")]
fn mean(homes: &[&Measured], number: usize) -> f64 {
    homes.iter().map(|home| home.mean[number]).sum::<f64>() / homes.len() as f64
}

pub(crate) struct Row {
    pub(crate) zones: u8,
    pub(crate) lambda: u32,
    pub(crate) group: &'static str,
    homes: usize,
    /// For each column its figure and, where it has one, the interval of 95 % over homes.
    pub(crate) values: Vec<(f64, Option<[f64; 2]>)>,
}

/// A group of homes: its name, and which are in it.
type Group = (&'static str, fn(&Measured) -> bool);

/// The group of all homes.
pub(crate) const ALL: &str = "all";

/// The rows of all that was measured.
pub(crate) fn rows(measured: &[Measured], zones: &[u8], bar: &Progress) -> Result<Vec<Row>, Failure> {
    let groups: [Group; 5] = [
        (ALL, |_| true),
        (PARTS[0], |home| home.part == Some(PARTS[0])),
        (PARTS[1], |home| home.part == Some(PARTS[1])),
        ("fewer rooms than zones", |home| home.rooms < usize::from(home.zones)),
        ("as many rooms or more", |home| home.rooms >= usize::from(home.zones)),
    ];
    let mut rows = Vec::new();
    for &zones in zones {
        for lambda in ODDS {
            bar.inc(1);
            for (group, is_in) in groups {
                let is_own = |home: &&Measured| home.zones == zones && home.lambda == lambda && is_in(home);
                let own: Vec<&Measured> = measured.iter().filter(is_own).collect();
                if own.is_empty() {
                    continue;
                }
                let value = |column: &Column| -> Result<_, Failure> {
                    let figure = |homes: &[&&Measured]| {
                        (column.figure)(&homes.iter().map(|home| **home).collect::<Vec<_>>())
                    };
                    let interval = if column.interval {
                        Some(bootstrap(&own, &mut Coins::replayed(1), figure)?)
                    } else {
                        None
                    };
                    Ok(((column.figure)(&own), interval))
                };
                let values = COLUMNS.iter().map(value).collect::<Result<_, _>>()?;
                rows.push(Row { zones, lambda, group, homes: own.len(), values });
            }
        }
    }
    Ok(rows)
}

/// What each column says.
pub(crate) fn legend() -> String {
    let mut text = String::from("In brackets: the interval of 95 % over homes, by bootstrap.\n\n");
    for column in &COLUMNS {
        writeln!(text, "* `{}`: {}", column.name, column.says).unwrap_or_default();
    }
    text + "\n"
}

pub(crate) fn head() -> Vec<String> {
    ["K", "lambda", "homes", "number"]
        .into_iter()
        .chain(COLUMNS.iter().map(|column| column.name))
        .map(String::from)
        .collect()
}

/// The head of the file, where intervals have columns of their own.
pub(crate) fn head_of_file() -> Vec<String> {
    let mut head: Vec<String> = ["K", "lambda", "homes", "number"].map(String::from).into();
    for Column { name, interval, .. } in &COLUMNS {
        head.push((*name).to_owned());
        if *interval {
            head.extend([format!("{name}_low"), format!("{name}_high")]);
        }
    }
    head
}

impl Row {
    fn first_cells(&self) -> Vec<String> {
        vec![self.zones.to_string(), self.lambda.to_string(), self.group.to_owned(), self.homes.to_string()]
    }

    pub(crate) fn cells(&self) -> Vec<String> {
        let cell = |(value, interval): &(f64, Option<[f64; 2]>)| match interval {
            Some([low, high]) => format!("{value:.3} [{low:.3}, {high:.3}]"),
            None => format!("{value:.3}"),
        };
        self.first_cells().into_iter().chain(self.values.iter().map(cell)).collect()
    }

    pub(crate) fn cells_of_file(&self) -> Vec<String> {
        let values = self
            .values
            .iter()
            .flat_map(|(value, interval)| core::iter::once(*value).chain(interval.iter().flatten().copied()));
        self.first_cells().into_iter().chain(values.map(|value| format!("{value:.4}"))).collect()
    }
}
