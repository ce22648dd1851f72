//! Which of the known maps a new map is, and where it lies on it.

use crate::grid::{BitGrid, Cell, MAX_CELLS, Shape};
use crate::home::Home;
use crate::key::known::{Extent, KnownMap, KnownMaps};
use crate::key::refit::registration::{Registration, RigidTransform, ScanFeatures, Target};
use crate::key::refit::scale::{Scale, signed};

/// Least share of the known floor, in hundredths, that a new map has to show to be recognized by it: a map that shows
/// less fits many places.
const LEAST_PART: usize = 30;

/// Least floor, in square metres, for the same reason: a robot's first look around its dock shows less.
const LEAST_PART_M2: f64 = 8.0;

/// A new map of more than so many times the known floor has to be as sure as a part: a small home fits many places of
/// a large one.
const MOST_GROWN: usize = 2;

/// A new map recognized.
#[derive(Clone, Copy)]
pub(in crate::key) struct Recognized {
    /// Index of the known map.
    pub(in crate::key) map: usize,
    /// From its frame, in cells of the new map's size, to the new map.
    pub(in crate::key) transform: RigidTransform,
    /// What was found again, of how much.
    pub(in crate::key) found: [u32; 2],
    /// The new map shows a part of what is known.
    pub(in crate::key) is_part: bool,
}

impl Recognized {
    pub(in crate::key) fn share(&self) -> f64 {
        f64::from(self.found[0]) / f64::from(self.found[1].max(1))
    }
}

impl KnownMaps {
    /// The known map that explains a new one best, if any does; a confirmed one where there is one.
    ///
    /// # Complexity
    /// That of a registration for each known map and look, twice where it does not succeed.
    pub(in crate::key) fn recognize(&self, home: &Home) -> Option<Recognized> {
        let free = BitGrid::of(home.shape.width, &home.cells, |&cell| cell == Cell::Free);
        let target = Target::new(ScanFeatures::new(free));
        // What nobody confirmed, such as a map hardly begun, counts only where nothing else explains the new map.
        let best = [true, false].into_iter().find_map(|confirmed| {
            let maps = self.maps.iter().enumerate().filter(|(_, map)| map.confirmed == confirmed);
            let sighted = maps.filter_map(|(number, map)| Some((number, sighted(map, home, &target)?)));
            // What is to be marked on the new map must find its place in the frame.
            let sighted = sighted.filter(|(number, sighting)| {
                let map = &self.maps[*number];
                let today = Extent::of_sides(home.shape.width, home.shape.height);
                let scale = Scale { old: map.resolution_m, new: home.resolution_m };
                today.in_frame(sighting.registration.transform, scale).and(map.extent()).fits()
            });
            sighted.reduce(|best, other| {
                if other.1.registration.is_better_than(&best.1.registration) { other } else { best }
            })
        });
        best.map(|(map, Sighting { registration, is_part })| Recognized {
            map,
            transform: registration.transform,
            found: registration.found,
            is_part,
        })
    }
}

#[derive(Clone, Copy)]
struct Sighting {
    registration: Registration,
    is_part: bool,
}

/// Where a known map lies on a new one: by how it looked first, else by how it looked last, else by what the new map
/// shows of either.
fn sighted(map: &KnownMap, home: &Home, target: &Target) -> Option<Sighting> {
    let scale = Scale { old: map.resolution_m, new: home.resolution_m };
    let first = Look::of(&map.first, (0, 0), scale);
    let last =
        map.last.as_ref().and_then(|last| Look::of(&last.free, (last.left.into(), last.low.into()), scale));
    let looks = [first, last];
    let guess = [0, 1].map(|axis| scale.cells_between(home.frame.corner_m[axis], map.corner_m[axis]));
    let whole = looks.iter().flatten().find_map(|look| look.on(target, guess));
    let found = whole.map(|registration| Sighting { registration, is_part: false });
    found.or_else(|| {
        let part = looks.iter().flatten().find_map(|look| look.part(home, target));
        part.map(|registration| Sighting { registration, is_part: true })
    })
}

/// How a known map looked, in cells of the new map's size.
struct Look {
    features: ScanFeatures,
    /// Column and row of its first cell in the frame.
    from: (i64, i64),
}

impl Look {
    /// Free cells whose first lies at a column and row of the frame.
    fn of(free: &BitGrid, (left, low): (i64, i64), scale: Scale) -> Option<Self> {
        if scale.is_one() {
            return Some(Self { features: ScanFeatures::new(free.clone()), from: (left, low) });
        }
        let ends = |from: i64, side: usize| (scale.to_new(from), scale.to_new(from + signed(side)) + 1);
        let shape: Shape = free.shape();
        let (x, y) = (ends(left, shape.width), ends(low, shape.height));
        let side = |(from, to): (i64, i64)| usize::try_from(to - from).unwrap_or(0);
        // The old map in the cells of a far coarser or finer map can be larger than any grid.
        if side(x).saturating_mul(side(y)) > MAX_CELLS {
            return None;
        }
        let columns: Vec<i64> = (x.0..x.1).map(|x| scale.to_old(x) - left).collect();
        let mut cells = Vec::with_capacity(side(x) * side(y));
        for row in (y.0..y.1).map(|y| scale.to_old(y) - low) {
            let has = |&column: &i64| shape.cell(column, row).is_some_and(|cell| free.has(cell));
            cells.extend(columns.iter().map(has));
        }
        let free = BitGrid::of(side(x), &cells, |&free| free);
        Some(Self { features: ScanFeatures::new(free), from: (x.0, y.0) })
    }

    /// All of it on the new map; as a part of it where the new map shows far more.
    fn on(&self, target: &Target, guess: [i64; 2]) -> Option<Registration> {
        let found = target.register(&self.features, (guess[0] + self.from.0, guess[1] + self.from.1))?;
        let is_part = target.features().cells() > MOST_GROWN * self.features.cells();
        found.is_recognized(is_part).then(|| found.counted_from(self.from))
    }

    /// The new map on it.
    fn part(&self, home: &Home, target: &Target) -> Option<Registration> {
        let features = target.features();
        let (own, new) = (self.features.cells(), features.cells());
        #[expect(clippy::cast_precision_loss, reason = "at most 2²⁴ cells")]
        let new_m2 = new as f64 * home.resolution_m * home.resolution_m;
        if new * 100 < own * LEAST_PART || new_m2 < LEAST_PART_M2 {
            return None;
        }
        let found = Target::new(self.features.clone()).register(&features, (0, 0))?;
        let back = Registration { transform: found.transform.inverse(), ..found };
        found.is_recognized(true).then(|| back.counted_from(self.from))
    }
}
