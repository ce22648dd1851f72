//! Where an old map lies on a new one, and what the old key knew there.

use crate::grid::{BitGrid, Cell, MAX_CELLS};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::refit::claims::Claims;
use crate::key::refit::registration::{EXPLAINED, Registration, RigidTransform, ScanFeatures, register};
use crate::key::refit::scale::{Scale, signed};

/// Share of the old map, in hundredths, that has to be found again for places on it to count as found. The best
/// transform between maps of unlike homes explains about half; between maps of a home with a room shut, seldom less
/// than this.
const SURE: u32 = 60;

/// Claims on the new map, and the transform that took them there.
pub(in crate::key) struct Carried {
    pub(in crate::key) table: Claims,
    pub(in crate::key) transform: RigidTransform,
    /// Scan-matching features of the old map that were found on the new one, and all of them.
    pub(in crate::key) found: [u32; 2],
}

impl Carried {
    /// Enough was found again to say where things are.
    pub(in crate::key) const fn is_sure(&self) -> bool {
        100 * self.found[0] >= SURE * self.found[1]
    }
}

impl HouseKey {
    /// The claims of this key in the cells of a new map.
    pub(in crate::key) fn carried_to(&self, home: &Home) -> Carried {
        let shape = home.shape;
        let scale = Scale { old: self.resolution_m, new: home.resolution_m };
        let old = Claims::of(self);
        let Registration { transform, found } = self
            .registered(home, scale, &old)
            .unwrap_or(Registration { transform: RigidTransform::default(), found: [0, 1] });

        // All places that an old claim can move to, and the new map.
        let (mut x, mut y) = ((0, signed(shape.width)), (0, signed(shape.height)));
        let ends = |low: i64, side: usize| [scale.to_new(low), scale.to_new(low + signed(side)) + 1];
        for column in ends(old.left, old.width) {
            for row in ends(old.low, old.height) {
                let (column, row) = transform.apply((column, row));
                x = (x.0.min(column - 1), x.1.max(column + 2));
                y = (y.0.min(row - 1), y.1.max(row + 2));
            }
        }
        if (x.1 - x.0).saturating_mul(y.1 - y.0) > signed(MAX_CELLS) {
            (x, y) = ((0, signed(shape.width)), (0, signed(shape.height)));
        }
        Carried { table: old.carried(transform, scale, x, y), transform, found }
    }

    /// Where the map of this key lies on a new one.
    ///
    /// Where that explains too little, all cells that the key remembers are looked for as well: rooms that were shut
    /// when the old map was made may be most of the new one. The transform that explains more wins.
    fn registered(&self, home: &Home, scale: Scale, old: &Claims) -> Option<Registration> {
        let crop = ((0, signed(self.shape.width)), (0, signed(self.shape.height)));
        let today = self.registered_by(home, scale, crop, None);
        if self.remembered.is_empty() || today.is_some_and(|today| today.explains(EXPLAINED)) {
            return today;
        }
        let all = ((old.left, old.left + signed(old.width)), (old.low, old.low + signed(old.height)));
        let ever = self.registered_by(home, scale, all, Some(old));
        match (today, ever) {
            (Some(today), Some(ever)) => Some(if ever.is_better_than(&today) { ever } else { today }),
            (today, ever) => today.or(ever),
        }
    }

    /// Where the free cells in columns `x.0..x.1` and rows `y.0..y.1` of this map lie on a new one, with what is
    /// remembered of older maps if it is given.
    fn registered_by(
        &self,
        home: &Home,
        scale: Scale,
        (x, y): ((i64, i64), (i64, i64)),
        older: Option<&Claims>,
    ) -> Option<Registration> {
        let ends =
            |(from, to): (i64, i64)| (scale.to_new(from), scale.to_new(to) + i64::from(!scale.is_one()));
        let (x, y) = (ends(x), ends(y));
        let side = |(from, to): (i64, i64)| usize::try_from(to - from).unwrap_or(0);
        let (width, height) = (side(x), side(y));
        // The old map in the cells of a far coarser or finer map can be larger than any grid.
        if width.saturating_mul(height) > MAX_CELLS {
            return None;
        }
        let was_free = |x: i64, y: i64| {
            older.is_some_and(|older| older.was_free(x, y))
                || self.shape.cell(x, y).is_some_and(|cell| self.free.has(cell))
        };
        let old = if scale.is_one() && older.is_none() {
            self.free.clone()
        } else {
            let columns: Vec<i64> = (x.0..x.1).map(|x| scale.to_old(x)).collect();
            let mut free = Vec::with_capacity(width * height);
            for row in (y.0..y.1).map(|y| scale.to_old(y)) {
                free.extend(columns.iter().map(|&column| was_free(column, row)));
            }
            BitGrid::of(width, &free, |&free| free)
        };
        let new = ScanFeatures::new(BitGrid::of(home.shape.width, &home.cells, |&cell| cell == Cell::Free));
        let guess = [(0, x.0), (1, y.0)]
            .map(|(axis, from)| from + scale.cells_between(home.corner_m[axis], self.corner_m[axis]));
        Some(register(&ScanFeatures::new(old), new, guess.into())?.counted_from((x.0, y.0)))
    }
}
