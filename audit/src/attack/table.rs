//! The mean truth of every release.

use std::collections::BTreeMap;

use super::{Attacker, Evidence, Guess, Lesson};
use crate::AuditError;

/// Guesses the mean truth of the lessons that left the same bytes; of all lessons where none did.
///
/// Where there are few releases, no attacker that learns can do better in the long run. [`Lesson`] has an example.
#[derive(Clone, Copy, Debug)]
pub struct Table;

struct Means {
    of: BTreeMap<Vec<u8>, f64>,
    all: f64,
}

impl Attacker for Table {
    fn name(&self) -> String {
        "table of means".to_owned()
    }

    fn learn(&self, lessons: &[Lesson<'_>]) -> Result<Box<dyn Guess>, AuditError> {
        let mut sums: BTreeMap<&[u8], (f64, f64)> = BTreeMap::new();
        for lesson in lessons {
            let (sum, count) = sums.entry(&lesson.evidence.seen.bytes).or_default();
            *sum += lesson.truth;
            *count += 1.0;
        }
        let all = lessons.iter().map(|lesson| lesson.truth).sum::<f64>() / lessons.len().max(1) as f64;
        let of = sums.into_iter().map(|(bytes, (sum, count))| (bytes.to_vec(), sum / count)).collect();
        Ok(Box::new(Means { of, all }))
    }
}

impl Guess for Means {
    fn of(&self, evidence: &Evidence) -> Result<f64, AuditError> {
        Ok(self.of.get(&evidence.seen.bytes).copied().unwrap_or(self.all))
    }
}
