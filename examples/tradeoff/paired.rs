//! What a budget changes against the sealed plan, home by home.
//!
//! Homes differ from one another by far more than plans do, so the intervals of two budgets overlap whatever the two
//! are. The differences within homes are what tells whether one of them is better.

use homeveil::Coins;
use homeveil::utility::bootstrap;
use homeveil_examples::Failure;

use super::homes::{Measured, ODDS};

/// A measure: its name, whether more of it is better, and its figure for one home.
type Measure = (&'static str, bool, fn(&Measured) -> f64);

const MEASURES: [Measure; 8] = [
    ("tour", false, |home| home.tours.mean()),
    ("path>1.05", false, |home| home.driven.share_over(1.05)),
    ("doors>1.05", false, |home| home.by_doors.share_over(1.05)),
    ("phantom", false, |home| home.mean[2]),
    ("uncut", true, |home| home.mean[4]),
    ("unasked", false, |home| home.mean[8]),
    ("directions", true, |home| home.mean[5]),
    ("proportions", false, |home| home.mean[6]),
];

/// What the table says.
pub(crate) const LEGEND: &str = "Differences from the sealed plan in the same homes, in the mean, with the interval of 95 % over homes. *Better* and \
*worse*: the whole interval is on that side of zero.\n\n";

pub(crate) fn head() -> Vec<String> {
    ["K", "lambda", "homes"].into_iter().chain(MEASURES.map(|(name, ..)| name)).map(String::from).collect()
}

/// A row for each number of zones and λ above 1.
pub(crate) fn rows(measured: &[Measured], zones: &[u8]) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = Vec::new();
    for &zones in zones {
        // A home is measured under every λ or none, in the same order.
        let under = |lambda: u32| measured.iter().filter(move |of| of.zones == zones && of.lambda == lambda);
        for lambda in ODDS.into_iter().filter(|&lambda| lambda > 1) {
            let pairs: Vec<(&Measured, &Measured)> = under(1).zip(under(lambda)).collect();
            if pairs.is_empty() {
                continue;
            }
            let mut row = vec![zones.to_string(), lambda.to_string(), pairs.len().to_string()];
            for measure in &MEASURES {
                row.push(cell(&pairs, measure)?);
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

fn cell(pairs: &[(&Measured, &Measured)], &(_, more_is_better, figure): &Measure) -> Result<String, Failure> {
    let differences: Vec<f64> = pairs
        .iter()
        .map(|(sealed, other)| figure(other) - figure(sealed))
        .filter(|difference| difference.is_finite())
        .collect();
    let [low, high] = bootstrap(&differences, &mut Coins::replayed(1), |all| mean(all.iter().copied()))?;
    let sure = match (low > 0.0, high < 0.0) {
        (true, _) => [" worse", " better"][usize::from(more_is_better)],
        (_, true) => [" better", " worse"][usize::from(more_is_better)],
        _ => "",
    };
    Ok(format!("{:+.4} [{low:+.4}, {high:+.4}]{sure}", mean(differences.iter())))
}

fn mean<'a>(all: impl ExactSizeIterator<Item = &'a f64>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some thousand homes")]
    let count = all.len().max(1) as f64;
    all.sum::<f64>() / count
}
