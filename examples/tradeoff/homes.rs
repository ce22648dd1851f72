//! The homes, and what the library's measures say of each.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use homeveil::atlas::PlanId;
use homeveil::grid::OccupancyGrid;
use homeveil::home::{Footprint, Home, KeepOut};
use homeveil::merge::rank;
use homeveil::noise::Channel;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::synth::Population;
use homeveil::utility::{GraphMeasures, PathMeasures, graph_measures_of_plans, path_measures};
use homeveil::{Coins, Grant, Odds, Policy, anonymize};
use homeveil_examples::{Failure, RADIUS_M, built, files, read};

use super::spread::Spread;

pub(crate) const ODDS: [u32; 7] = [1, 2, 4, 8, 16, 64, 1 << 20];

/// Codebooks up to this size are gone through plan by plan, with each plan's exact probability; of larger ones some
/// releases are drawn.
const EXACT_PLANS: u32 = 64;

/// Releases drawn of a home.
const DRAWS: u64 = 2;

/// Paths for each release drawn.
pub(crate) const PAIRS: u32 = 20;

pub(crate) struct Input {
    pub(crate) grid: OccupancyGrid,
    pub(crate) keep_outs: Vec<KeepOut>,
    pub(crate) home: Home,
    /// The part of the population that it is of; real maps are of none.
    pub(crate) part: Option<&'static str>,
}

/// The parts of the population.
pub(crate) const PARTS: [&str; 2] = ["small flats", "family homes"];

impl Input {
    /// The maps of a folder, or so many homes of a half of the population.
    pub(crate) fn all(folder: Option<&Path>, half: Population, homes: u64) -> Result<Vec<Self>, Failure> {
        let Some(folder) = folder else {
            let made_up = |number: u64| -> Result<Self, Failure> {
                let map = half.home(number);
                let (grid, keep_outs) = (map.grid.clone(), map.keep_outs.clone());
                let part = PARTS.get(usize::try_from(number % 2)?).copied();
                let home = map.into_builder(Footprint::disc_m(RADIUS_M)?).segmented().build()?;
                Ok(Self { grid, keep_outs, home, part })
            };
            return (0..homes).map(made_up).collect();
        };
        let home = |path: PathBuf| -> Result<Self, Failure> {
            let map = read(&path, None)?;
            let (grid, keep_outs) = (map.grid.clone(), map.keep_outs.clone());
            Ok(Self { grid, keep_outs, home: built(map, &path, false)?, part: None })
        };
        files(folder)?.into_iter().map(home).collect()
    }
}

/// What is measured of one home under one policy.
pub(crate) struct Measured {
    pub(crate) zones: u8,
    pub(crate) lambda: u32,
    pub(crate) part: Option<&'static str>,
    /// Rooms that redaction left.
    pub(crate) rooms: usize,
    /// Tours in the planned order over the best ones, by probability.
    pub(crate) tours: Spread,
    /// Paths as the robot drives them, over the shortest ones.
    pub(crate) driven: Spread,
    /// The same where the owner lets the robot drive through redacted rooms to what only they lead to.
    pub(crate) passing: Spread,
    /// Paths through the drawn doors in their order, over the shortest ones.
    pub(crate) by_doors: Spread,
    /// Means of the other measures, by probability.
    pub(crate) mean: [f64; MEANS],
}

/// Number of means.
pub(crate) const MEANS: usize = 9;

/// What of a home's plans is measured under one λ.
struct Drawn {
    lambda: u32,
    /// Plans, each with its probability; of a large codebook those that were drawn.
    plans: Vec<(f64, PlanId)>,
    driven: Spread,
    passing: Spread,
    by_doors: Spread,
}

/// Measures a home, by its number, for one number of zones and some λ; each plan once, whatever the λ that it is drawn
/// under. Nothing where redaction leaves nothing to draw.
pub(crate) fn measure(
    (number, input): (usize, &Input),
    zones: u8,
    odds: &[u32],
) -> Result<Vec<Measured>, Failure> {
    let home = &input.home;
    let policy = |lambda| -> Result<Policy, Failure> {
        let odds = Odds::new(lambda, 1)?;
        Ok(Policy::builder().zones(zones).odds(odds).odds_cap(odds).build()?)
    };
    let redaction = policy(1)?.redaction().keep_unlabelled();
    let sketch = Sketch::of(&redact(home, &redaction)?);
    let mut paths: BTreeMap<PlanId, PathMeasures> = BTreeMap::new();
    let mut all = Vec::new();
    for &lambda in odds {
        let policy = policy(lambda)?;
        let codebook = policy.codebook();
        let [driven, passing, by_doors] = [const { Spread::none() }; 3];
        let mut drawn = Drawn { lambda, plans: Vec::new(), driven, passing, by_doors };
        for seed in 0..DRAWS {
            // Coins of its own for each home: intervals are those of homes that are drawn for independently.
            let mut coins = Coins::replayed(DRAWS * number as u64 + seed);
            let (release, key) = anonymize(home, &redaction, &policy, Grant::unaccounted(), &mut coins)?;
            let plan = PlanId::new(release.floors()[0].plan());
            let of = match paths.entry(plan) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    new.insert(path_measures(home, &redaction, &release, &key, PAIRS, seed)?)
                }
            };
            drawn.driven.extend(of.stretch.values());
            drawn.passing.extend(of.passing.values());
            drawn.by_doors.extend(of.by_doors.values());
            if codebook.count() > EXACT_PLANS {
                drawn.plans.push((1.0, plan));
            }
        }
        if codebook.count() <= EXACT_PLANS {
            let channel = Channel::new(codebook.count(), codebook.preferred(), policy.odds())?;
            let preferred = rank(&sketch, &codebook).preferred(codebook.preferred());
            drawn.plans.extend(
                codebook.plans().iter().enumerate().map(|(index, plan)| {
                    (channel.probability(preferred.contains(&index)).value(), plan.id())
                }),
            );
        }
        all.push(drawn);
    }
    let plans: BTreeSet<PlanId> = all.iter().flat_map(|drawn| &drawn.plans).map(|&(_, plan)| plan).collect();
    let plans: Vec<PlanId> = plans.into_iter().collect();
    let table = graph_measures_of_plans(home, &redaction, zones, &plans)?;
    Ok(all.into_iter().filter_map(|drawn| drawn.measured(input.part, zones, &table)).collect())
}

impl Drawn {
    fn measured(
        self,
        part: Option<&'static str>,
        zones: u8,
        table: &BTreeMap<PlanId, GraphMeasures>,
    ) -> Option<Measured> {
        let drawn: Vec<(f64, &GraphMeasures)> =
            self.plans.iter().filter_map(|(share, plan)| Some((*share, table.get(plan)?))).collect();
        let rooms = drawn.first()?.1.rooms;
        let whole: f64 = drawn.iter().map(|(share, _)| share).sum();
        let picks: [fn(&GraphMeasures) -> f64; MEANS] = [
            |of| of.tour.random,
            |of| of.tour.unreached,
            |of| of.phantom_doors / f64::max(1.0, doors(of)),
            |of| of.hidden_doors,
            |of| of.uncut_area,
            |of| of.direction_agreement,
            |of| of.proportion_error,
            |of| of.cost / 1000.0,
            |of| of.unasked_area,
        ];
        let mean = picks.map(|pick| drawn.iter().map(|(share, of)| share * pick(of)).sum::<f64>() / whole);
        let tours = drawn.iter().map(|(share, of)| (of.tour.planned, share / whole)).collect();
        let Self { lambda, driven, passing, by_doors, .. } = self;
        Some(Measured { zones, lambda, part, rooms, tours, driven, passing, by_doors, mean })
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most five doors")]
const fn doors(of: &GraphMeasures) -> f64 {
    of.doors as f64
}
