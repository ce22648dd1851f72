//! What robots drive.

use homeveil::Coins;
use homeveil::utility::bootstrap;

use crate::AuditError;
use crate::mechanism::Mechanism;
use crate::population::{Subject, in_parallel};

/// The mean tour over the first homes, with an interval over homes.
pub(super) fn mean(
    mechanism: &dyn Mechanism,
    homes: &[Subject],
    most: usize,
) -> Result<Option<[f64; 3]>, AuditError> {
    let driven = in_parallel(&homes[..homes.len().min(most)], |home| mechanism.tour(home));
    let driven = driven.into_iter().collect::<Result<Vec<_>, _>>()?;
    let tours: Vec<f64> = driven.into_iter().flatten().collect();
    if tours.is_empty() {
        return Ok(None);
    }
    let mean = |tours: &[&f64]| tours.iter().copied().sum::<f64>() / tours.len() as f64;
    let [low, high] = bootstrap(&tours, &mut Coins::replayed(1), mean)?;
    Ok(Some([mean(&tours.iter().collect::<Vec<_>>()), low, high]))
}
