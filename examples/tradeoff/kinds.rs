//! Which kinds of rooms are redacted: what that costs, and what is left to serve.
//!
//! The release under the sealed plan is the same whatever is redacted. What differs is the home that the key fits to
//! it: fewer rooms, and less floor that a cloud can send the robot to.

use homeveil::home::RoomKind;
use homeveil::utility::{
    GraphMeasures, MeasureError, PathMeasures, bootstrap, graph_measures, path_measures,
};
use homeveil::{Coins, Grant, Policy, anonymize};
use homeveil_examples::{Failure, Progress};

use super::homes::{Input, PAIRS, PARTS};

/// Kinds that are redacted together, and what they are called.
pub(crate) const SETS: [(&str, &[RoomKind]); 5] = [
    ("nothing", &[]),
    ("bedrooms", &[RoomKind::Bedroom, RoomKind::Nursery]),
    ("bathrooms", &[RoomKind::Bathroom, RoomKind::Toilet]),
    ("both", &[RoomKind::Bedroom, RoomKind::Nursery, RoomKind::Bathroom, RoomKind::Toilet]),
    (
        "both, office, storage, laundry",
        &[
            RoomKind::Bedroom,
            RoomKind::Nursery,
            RoomKind::Bathroom,
            RoomKind::Toilet,
            RoomKind::Office,
            RoomKind::Storage,
            RoomKind::Laundry,
        ],
    ),
];

/// What the table says.
pub(crate) const LEGEND: &str = "Which kinds are redacted, under the sealed plan, with the interval of 95 % over homes. Bedrooms are also nurseries, \
bathrooms also toilets; both together are the default. *kept*: rooms that are left, in the mean; *served*: share of all \
free floor that lies in a zone; *apart*: share of pairs of places that only a redacted room joins; the others as \
above, over the homes that keep a room.\n\n";

/// What is measured of one home.
struct Measured {
    set: usize,
    part: Option<&'static str>,
    served: f64,
    of: Option<(GraphMeasures, PathMeasures)>,
}

impl Measured {
    fn rooms(&self) -> usize {
        self.of.as_ref().map_or(0, |(graph, _)| graph.rooms)
    }
}

/// A column: its name and its figure for one home, nothing where no room is left.
type Column = (&'static str, fn(&Measured) -> Option<f64>);

const COLUMNS: [Column; 9] = [
    ("kept", |of| u32::try_from(of.rooms()).ok().map(f64::from)),
    ("served", |of| Some(of.served)),
    ("apart", |of| {
        let (_, paths) = of.of.as_ref()?;
        Some(paths.stretch.share_over(f64::MAX) - paths.passing.share_over(f64::MAX))
    }),
    ("tour", |of| Some(of.of.as_ref()?.0.tour.planned)),
    ("phantom", |of| {
        let graph = of.of.as_ref()?.0;
        Some(graph.phantom_doors / f64::from(u32::try_from(graph.doors).ok()?.max(1)))
    }),
    ("uncut", |of| Some(of.of.as_ref()?.0.uncut_area)),
    ("unasked", |of| Some(of.of.as_ref()?.0.unasked_area)),
    ("proportions", |of| Some(of.of.as_ref()?.0.proportion_error)),
    ("cost", |of| Some(of.of.as_ref()?.0.cost / 1000.0)),
];

pub(crate) fn head() -> Vec<String> {
    ["redacted", "homes", "number"]
        .into_iter()
        .chain(COLUMNS.map(|(name, _)| name))
        .map(String::from)
        .collect()
}

/// A group of homes: its name, and which are in it.
type Group<'a> = (&'static str, &'a dyn Fn(&Measured) -> bool);

/// A row for each set of kinds and group of homes.
pub(crate) fn rows(homes: &[Input], zones: u8, bar: &Progress) -> Result<Vec<Vec<String>>, Failure> {
    let mut measured = Vec::new();
    for input in homes {
        for set in 0..SETS.len() {
            measured.push(measure(input, zones, set)?);
            bar.inc(1);
        }
    }
    let zones = usize::from(zones);
    let groups: [Group<'_>; 5] = [
        ("all", &|_| true),
        (PARTS[0], &|of| of.part == Some(PARTS[0])),
        (PARTS[1], &|of| of.part == Some(PARTS[1])),
        ("fewer rooms than zones", &|of| of.rooms() < zones),
        ("as many rooms or more", &|of| of.rooms() >= zones),
    ];
    let mut rows = Vec::new();
    for (name, is_in) in groups {
        for (set, (kinds, _)) in SETS.iter().enumerate() {
            let own: Vec<&Measured> = measured.iter().filter(|of| of.set == set && is_in(of)).collect();
            if own.is_empty() {
                continue;
            }
            let mut row = vec![(*kinds).to_owned(), name.to_owned(), own.len().to_string()];
            for (_, figure) in COLUMNS {
                let values: Vec<f64> = own.iter().filter_map(|of| figure(of)).collect();
                let [low, high] =
                    bootstrap(&values, &mut Coins::replayed(1), |all| mean(all.iter().copied()))?;
                row.push(format!("{:.3} [{low:.3}, {high:.3}]", mean(values.iter())));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

fn measure(input: &Input, zones: u8, set: usize) -> Result<Measured, Failure> {
    let policy = Policy::builder().zones(zones).redacted_kinds(SETS[set].1.iter().copied()).build()?;
    let (home, redaction) = (&input.home, policy.redaction().keep_unlabelled());
    let (release, key) = anonymize(home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
    let floor = key.served(home)?;
    let of = match graph_measures(home, &redaction, &release, &key) {
        Err(MeasureError::NothingToDraw) => None,
        graph => Some((graph?, path_measures(home, &redaction, &release, &key, PAIRS, 1)?)),
    };
    Ok(Measured { set, part: input.part, served: floor.in_zones_m2() / floor.free_m2().max(1e-9), of })
}

fn mean<'a>(all: impl ExactSizeIterator<Item = &'a f64>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some thousand homes")]
    let count = all.len().max(1) as f64;
    all.sum::<f64>() / count
}
