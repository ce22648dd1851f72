//! What registration finds, and when that counts as recognized.

use super::transform::RigidTransform;

/// Twice the share of an older map that has to be found again, and the share of the newer map's edges that has to
/// agree, together in hundredths, for both to count as maps of one place.
///
/// Unlike homes share walls of like length: with the best of all transforms much of a small home is found in the open
/// floor of a large one, but the edges of the large one's furniture then lie where the small one is empty. Of a home
/// that was refurnished nearly all is found, and more than half of the edges agree. Chosen on made-up homes; shares and
/// rates of error are in docs/measurements.md.
const RECOGNIZED: u32 = 235;

/// The same for a map that shows only a part of the other: it has fewer walls to go by.
const RECOGNIZED_PART: u32 = 250;

/// How many of some samples agree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreeing {
    pub(crate) count: u32,
    pub(crate) all: u32,
}

impl Agreeing {
    pub(crate) fn share(self) -> f64 {
        f64::from(self.count) / f64::from(self.all.max(1))
    }
}

/// A transform, and how well it explains the maps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(crate) transform: RigidTransform,
    /// Samples of the older map that were found again.
    pub(crate) found: Agreeing,
    /// Of the newer map's edges that lie on what the older map knows those that lie on its edges.
    pub(crate) agreed: Agreeing,
    /// The transform is turned otherwise than was expected, and another quarter turn is hardly worse.
    pub(crate) is_contested: bool,
}

impl Registration {
    /// Both maps are of one place: twice the share that was found again and the share that agreed are
    /// [`RECOGNIZED`] or, for a map that shows a part of the other, [`RECOGNIZED_PART`] at least.
    pub(crate) const fn is_recognized(&self, is_part: bool) -> bool {
        let Agreeing { count: found, all: samples } = self.found;
        let Agreeing { count: agreed, all: edges } = self.agreed;
        let least = if is_part { RECOGNIZED_PART } else { RECOGNIZED };
        if edges == 0 {
            // Floor up to the map's border on all sides: all of it must be found, and a part of it fits anywhere.
            return found == samples && !is_part;
        }
        100 * (2 * found * edges + agreed * samples) >= least * samples * edges
    }

    /// The same for an older map whose cells are counted from another cell, which is given.
    pub(crate) const fn counted_from(mut self, (x, y): (i64, i64)) -> Self {
        let pivot = self.transform.pivot;
        self.transform.pivot = (pivot.0 + x, pivot.1 + y);
        self
    }
}
