//! Made-up homes as people's homes were counted.

use homeveil::synth::Population as Counted;

use super::{Half, Population, Subject};
use crate::AuditError;

/// The made-up homes of [`homeveil::synth::Population`]: small flats and family homes by turns.
///
/// ```
/// use homeveil_audit::population::{Half, Made, Population};
/// let homes = Made.subjects(Half::Evaluation, 4)?;
/// assert_eq!(homes.len(), 4);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Made;

impl Population for Made {
    fn name(&self) -> String {
        "made-up homes as people's homes were counted".to_owned()
    }

    fn count(&self, _: Half) -> Option<usize> {
        None
    }

    fn subject(&self, half: Half, number: usize) -> Result<Subject, AuditError> {
        let half = match half {
            Half::Design => Counted::Design,
            Half::Evaluation => Counted::Evaluation,
        };
        Subject::new(half.home(number as u64))
    }
}
