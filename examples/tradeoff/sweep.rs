//! The library's own measures against K and λ.

use std::error::Error;

use homeveil::utility::{GraphMeasures, Stretch, expected_graph_measures, graph_measures, path_measures};
use homeveil::{Coins, Grant, Odds, Policy, anonymize};
use indicatif::ProgressBar;

use super::inputs::Input;

pub(crate) const ODDS: [u32; 7] = [1, 2, 4, 8, 16, 64, 1 << 20];

/// From here on the codebook is the whole atlas.
const WHOLE_ATLAS: u32 = 1 << 20;

/// Most zones for which the whole atlas is tried.
const WHOLE_ATLAS_ZONES: u8 = 4;

/// Codebooks up to this size are gone through plan by plan, with each plan's exact probability.
const EXACT_PLANS: usize = 64;

/// Releases drawn of a home for what is not gone through.
const DRAWS: u64 = 2;

/// Paths for each release drawn.
const PAIRS: u32 = 20;

pub(crate) const HEAD: [&str; 11] = [
    "K",
    "lambda",
    "cost",
    "cost_over_sealed",
    "tour",
    "random",
    "phantom_doors",
    "proportion_error",
    "directions",
    "stretch_median",
    "lifted",
];

/// Means over all homes; the stretch is the median of all paths.
pub(crate) struct Row {
    pub(crate) zones: u8,
    pub(crate) lambda: u32,
    pub(crate) values: [f64; 9],
}

impl Row {
    pub(crate) fn cells(&self) -> Vec<String> {
        let head = [self.zones.to_string(), self.lambda.to_string()];
        head.into_iter().chain(self.values.iter().map(|value| format!("{value:.3}"))).collect()
    }
}

/// A row of the table, or none where it would take too long.
pub(crate) fn row(
    homes: &[Input],
    zones: u8,
    lambda: u32,
    bar: &ProgressBar,
) -> Result<Option<Row>, Box<dyn Error>> {
    if lambda == WHOLE_ATLAS && zones > WHOLE_ATLAS_ZONES {
        bar.inc(u64::try_from(homes.len())?);
        return Ok(None);
    }
    let odds = Odds::new(lambda, 1)?;
    let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build()?;
    let sealed = Policy::builder().zones(zones).odds(Odds::new(1, 1)?).odds_cap(Odds::new(1, 1)?).build()?;
    let plans = policy.codebook().plans().len();
    let redaction = policy.redaction().keep_unlabelled();
    let mut sums = [0.0; 7];
    let (mut counted, mut planned, mut lifted, mut stretches) = (0.0, 0.0, 0.0, Vec::new());
    for input in homes {
        let home = &input.home;
        let mut own: Vec<GraphMeasures> = Vec::new();
        let exact = plans <= EXACT_PLANS;
        if exact {
            own.extend(expected_graph_measures(home, &redaction, &policy)?);
        }
        for seed in 0..DRAWS {
            let mut coins = Coins::replayed(seed);
            let (release, key) = anonymize(home, &redaction, &policy, Grant::unaccounted(), &mut coins)?;
            let paths = path_measures(home, &redaction, &release, &key, PAIRS, seed)?;
            planned += f64::from(paths.planned);
            lifted += f64::from(paths.lifted);
            stretches.extend(paths.stretch.values().iter().chain(paths.phantom_stretch.values()));
            if !exact {
                own.extend(graph_measures(home, &redaction, &release, &key)?);
            }
        }
        let fixed = expected_graph_measures(home, &redaction, &sealed)?;
        bar.inc(1);
        let Some(fixed) = fixed.filter(|_| !own.is_empty()) else { continue };
        counted += 1.0;
        let mean = |pick: fn(&GraphMeasures) -> f64| {
            let count = own.iter().fold(0.0, |count, _| count + 1.0);
            own.iter().map(pick).sum::<f64>() / count
        };
        let values = [
            mean(|of| of.cost) / 1000.0,
            fixed.cost / 1000.0,
            mean(|of| of.tour.planned),
            mean(|of| of.tour.random),
            mean(|of| of.phantom_doors),
            mean(|of| of.proportion_error),
            mean(|of| of.direction_agreement),
        ];
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
    }
    let [cost, fixed, tour, random, phantom, proportions, directions] =
        sums.map(|sum| sum / f64::max(counted, 1.0));
    let stretch = Stretch::of(stretches).quantile(0.5);
    // Of a cost of nothing, the same is one time as much.
    let over = if fixed > 0.0 { cost / fixed } else { 1.0 };
    let success = lifted / f64::max(planned, 1.0);
    let values = [cost, over, tour, random, phantom, proportions, directions, stretch, success];
    Ok(Some(Row { zones, lambda, values }))
}
