//! Homes that nobody has looked at yet.

use super::{Half, Population, Subject};
use crate::AuditError;

/// A population without the first so many homes of either half: who has changed an attacker or a mechanism after seeing
/// what it does on some homes, confirms it on others.
///
/// ```
/// use homeveil_audit::population::{Half, Made, Population, Skipping};
/// let fresh = Skipping::new(Box::new(Made), 10_000);
/// let (one, same) = (fresh.subject(Half::Evaluation, 0)?, Made.subject(Half::Evaluation, 10_000)?);
/// assert_eq!(one.rooms(), same.rooms());
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
pub struct Skipping {
    of: Box<dyn Population>,
    skipped: usize,
}

impl Skipping {
    /// All but the first so many of either half.
    #[must_use]
    pub fn new(of: Box<dyn Population>, skipped: usize) -> Self {
        Self { of, skipped }
    }
}

impl std::fmt::Debug for Skipping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Skipping").field("of", &self.of.name()).field("skipped", &self.skipped).finish()
    }
}

impl Population for Skipping {
    fn name(&self) -> String {
        format!("{}, from number {} on", self.of.name(), self.skipped)
    }

    fn count(&self, half: Half) -> Option<usize> {
        self.of.count(half).map(|count| count.saturating_sub(self.skipped))
    }

    fn subject(&self, half: Half, number: usize) -> Result<Subject, AuditError> {
        self.of.subject(half, number.saturating_add(self.skipped))
    }
}
