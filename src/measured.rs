//! A home measured: what the release may depend on, and what only the key may.

use alloc::vec::Vec;

use crate::home::{Home, HomeError};
use crate::redact::{Redacted, RedactedCells, Redaction, redact_with_cells};
use crate::sketch::{Sketch, Survey};

/// A home measured.
pub(crate) struct Measured {
    pub(crate) kept: Redacted,
    pub(crate) redacted: RedactedCells,
    pub(crate) survey: Survey,
    /// What was asked for.
    pub(crate) redaction: Redaction,
}

impl Measured {
    pub(crate) fn of(home: &Home, redaction: &Redaction) -> Result<Self, HomeError> {
        let (kept, redacted) = redact_with_cells(home, redaction)?;
        let survey = Survey::of(&kept);
        let mut kept = kept.of_group(&survey.group);
        // Where the geometry left the dock's room open, the canonical form has chosen.
        kept.roots = survey.root().into_iter().collect();
        Ok(Self { kept, redacted, survey, redaction: redaction.clone() })
    }

    /// The sketch of each floor of a household; the empty one for a floor that it does not have.
    pub(crate) fn sketches<'a>(floors: impl Iterator<Item = Option<&'a Self>>) -> Vec<Sketch> {
        floors.map(|floor| floor.map_or(Sketch::NOTHING, |floor| floor.survey.sketch.clone())).collect()
    }
}
