//! A map that others are looked for on.

use core::cell::OnceCell;

use super::directions::WallDirections;
use super::features::{ScanFeatures, side};
use super::found::{Agreeing, Registration};
use super::pyramid::Pyramid;
use super::search::{EXPLAINED, TransformSearch, count};
use super::transform::{RigidTransform, near};

/// Edges of the newer map that are asked whether they agree.
const MOST_AGREED: usize = 800;

/// A map that others are looked for on.
pub(crate) struct Target {
    pyramid: Pyramid,
    directions: OnceCell<WallDirections>,
}

impl Target {
    /// The map with these features.
    ///
    /// # Complexity
    /// O(cells · levels / 64).
    pub(crate) fn new(map: ScanFeatures) -> Self {
        Self { pyramid: Pyramid::of(map), directions: OnceCell::new() }
    }

    /// Number of free cells.
    pub(crate) fn cells(&self) -> usize {
        self.pyramid.levels[0].floor.count()
    }

    /// The features that it was made from.
    pub(crate) fn features(&self) -> ScanFeatures {
        ScanFeatures { floor: self.pyramid.levels[0].floor.clone(), edge: self.pyramid.sharp.clone() }
    }

    /// Finds where an older map lies on this one, of the same resolution. Nothing where either has no free cell, or
    /// where no transform explains half of it. `expected` is where the older one probably lies: where the robot's frame
    /// or, if that is not known, its canvas says. Of equally good transforms the one with the least turn from there
    /// wins. Where the expected place explains the map, another quarter turn has to explain slightly more of it.
    ///
    /// # Complexity
    /// A few hundred thousand looks at cells, at most [`MOST_LOOKS`](super::search::MOST_LOOKS); twice that where the
    /// map is turned otherwise than expected.
    pub(crate) fn register(&self, old: &ScanFeatures, expected: RigidTransform) -> Option<Registration> {
        let samples = old.samples();
        let pyramid = &self.pyramid;
        if samples.len() == 0 || pyramid.levels[0].floor.is_empty() {
            return None;
        }
        let sides = (side(old.floor.shape().width), side(old.floor.shape().height));
        let pivot = (sides.0 / 2, sides.1 / 2);
        let mut search = TransformSearch::new(pyramid, &samples, pivot, expected);
        let turns = search.turns(0);
        search.guess(&turns, sides);
        let all = count(samples.len());
        if search.found() * 100 < all * EXPLAINED {
            let own = self.directions.get_or_init(|| WallDirections::of(&pyramid.sharp));
            for steps in WallDirections::of(&old.edge).turns_to(own) {
                let turns = search.turns(steps);
                search.among(&turns);
            }
        } else {
            search.among(&turns);
        }
        let (transform, found) = search.sharpened()?;
        let found = Agreeing { count: found, all };
        let is_contested = search.is_contested();
        Some(Registration { transform, found, agreed: self.agreed(old, transform), is_contested })
    }

    /// Of this map's edges that lie on what an older map knows, a sample, and those that lie on its edges.
    fn agreed(&self, old: &ScanFeatures, transform: RigidTransform) -> Agreeing {
        let back = transform.inverse();
        let edge = old.edge.grown();
        let mut agreed = Agreeing { count: 0, all: 0 };
        for (x, y) in self.pyramid.sharp.sample(MOST_AGREED) {
            let (x, y) = back.apply((side(x).into(), side(y).into()));
            let at_edge = edge.has_at(near(x), near(y));
            agreed.count += u32::from(at_edge);
            agreed.all += u32::from(at_edge || old.floor.has_at(near(x), near(y)));
        }
        agreed
    }
}
