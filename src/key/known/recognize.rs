//! Which of the known maps a new map is, and where it lies on it.
//!
//! Takes the known maps and a new one; each known map is looked for on it by its first look and, where that fails, by
//! its last one, at its own size of cells (`registration`). The map that explains most floor wins, one that the owner
//! confirmed before one that nobody did: a kitchen, confirmed on a day when nothing else was shown, is found as a whole
//! on every map of its home. A map that shows a part of the home only, or much more than the home, has to agree more:
//! small floors fit many places.

use alloc::vec::Vec;
use core::cell::OnceCell;

use nalgebra::Point2;

use crate::grid::{BitGrid, Cell, Fixed};
use crate::home::Home;
use crate::key::known::registration::{
    Agreeing, CellScale, Registration, RigidTransform, ScanFeatures, Target, signed,
};
use crate::key::known::{Extent, KnownMap, KnownMaps, Sighted};

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
    /// What was found again.
    pub(in crate::key) found: Agreeing,
    /// The new map shows a part of what is known.
    pub(in crate::key) is_part: bool,
    /// Where it lies says nothing of the robot's frame: another turn explains it nearly as well.
    pub(in crate::key) is_contested: bool,
}

impl Recognized {
    pub(in crate::key) fn share(&self) -> f64 {
        self.found.share()
    }
}

impl KnownMaps {
    /// The known map that explains most floor of a new one, if any is recognized; a confirmed one where there is one.
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
                let today = Extent::of(home.shape);
                let scale = CellScale { old: map.resolution_m, new: home.resolution_m };
                today.in_frame(sighting.registration.transform, scale).and(map.extent()).fits()
            });
            // Of equal ones the first.
            sighted.reduce(|best, other| if other.1.shared > best.1.shared { other } else { best })
        });
        best.map(|(map, Sighting { registration, is_part, .. })| Recognized {
            map,
            transform: registration.transform,
            found: registration.found,
            is_part,
            is_contested: registration.is_contested,
        })
    }
}

#[derive(Clone, Copy)]
struct Sighting {
    registration: Registration,
    is_part: bool,
    /// Cells of the floor that both maps show, by the share of the samples.
    shared: u64,
}

impl Sighting {
    /// Of a map of so many free cells, looked for on the other.
    fn of(registration: Registration, is_part: bool, cells: usize) -> Self {
        let Agreeing { count, all } = registration.found;
        Self { registration, is_part, shared: u64::from(count) * cells as u64 / u64::from(all.max(1)) }
    }
}

/// Where a known map lies on a new one: by how it looked first, else by how it looked last, else by what the new map
/// shows of either.
fn sighted(map: &KnownMap, home: &Home, target: &Target) -> Option<Sighting> {
    let scale = CellScale { old: map.resolution_m, new: home.resolution_m };
    let first = Look::of(&map.first, (0, 0), scale);
    // Made only where the first look is not found.
    let last = OnceCell::new();
    let of_last = |last: &Sighted| Look::of(&last.free, (last.left.into(), last.low.into()), scale);
    let last = || last.get_or_init(|| map.last.as_ref().and_then(of_last)).as_ref();
    let looks = || first.iter().chain(core::iter::once_with(last).flatten());
    let expected = map.expected_on(home);
    let whole = looks().find_map(|look| look.on(home, target, expected));
    whole.or_else(|| looks().find_map(|look| look.part(home, target, expected)))
}

impl KnownMap {
    /// Where the frames say that it lies on a new map, in cells of the new map's size. A map that does not know its
    /// place in the robot's frame is expected where its first grid lay.
    fn expected_on(&self, home: &Home) -> RigidTransform {
        let today = if self.is_framed { home.frame } else { home.frame.of_grid() };
        let at = today.to_crop(self.frame.out_of_crop(middle(home, (0, 0))));
        let [x, y] = [at.x, at.y].map(|metres| Fixed::from_cells(metres / home.resolution_m).cell());
        RigidTransform::by(self.frame.turn_to(today), (0, 0), (x, y))
    }

    /// Takes over where a new map that shows it lies in the robot's frame.
    pub(in crate::key) fn is_seen_in(&mut self, home: &Home, transform: RigidTransform) {
        let (own, new) = (middle(home, (0, 0)), middle(home, transform.apply((0, 0))));
        let frame = home.frame.of_crop(self.frame.corner_m, transform.direction(), own, new);
        // Farther off than a frame may lie, it stays as it was.
        if frame.is_valid() {
            (self.frame, self.is_framed) = (frame, true);
        }
    }
}

/// The middle of a cell of a new map's size, in metres.
#[expect(clippy::cast_precision_loss, reason = "some millions of cells")]
fn middle(home: &Home, (x, y): (i64, i64)) -> Point2<f64> {
    Point2::new((x as f64 + 0.5) * home.resolution_m, (y as f64 + 0.5) * home.resolution_m)
}

/// How a known map looked, in cells of the new map's size.
struct Look {
    features: ScanFeatures,
    /// Column and row of its first cell in the frame.
    from: (i64, i64),
}

impl Look {
    /// Free cells whose first lies at a column and row of the frame.
    fn of(free: &BitGrid, (left, low): (i64, i64), scale: CellScale) -> Option<Self> {
        if scale.is_one() {
            return Some(Self { features: ScanFeatures::new(free.clone()), from: (left, low) });
        }
        let ends = |from: i64, side: usize| (scale.to_new(from), scale.to_new(from + signed(side)) + 1);
        let shape = free.shape();
        let extent = Extent { x: ends(left, shape.width), y: ends(low, shape.height) };
        // The old map in the cells of a far coarser or finer map can be larger than any grid, or longer.
        if !extent.fits() {
            return None;
        }
        let Extent { x, y } = extent;
        let columns: Vec<i64> = (x.0..x.1).map(|x| scale.to_old(x) - left).collect();
        let mut cells = Vec::with_capacity(extent.shape().len());
        for row in (y.0..y.1).map(|y| scale.to_old(y) - low) {
            let has = |&column: &i64| shape.cell(column, row).is_some_and(|cell| free.has(cell));
            cells.extend(columns.iter().map(has));
        }
        let free = BitGrid::of(extent.shape().width, &cells, |&free| free);
        Some(Self { features: ScanFeatures::new(free), from: (x.0, y.0) })
    }

    /// All of it on the new map; as a part of it where the new map shows far more.
    fn on(&self, home: &Home, target: &Target, expected: RigidTransform) -> Option<Sighting> {
        let (own, new) = (self.features.cells(), target.cells());
        let found = target.register(&self.features, expected.for_cells_from(self.from))?;
        // Where no wall says anything, only much floor does.
        let is_large = |cells: usize| home.area_m2(cells as u64) >= LEAST_PART_M2;
        let is_sure = found.agreed.all > 0 || is_large(own) && is_large(new);
        let is_recognized = is_sure && found.is_recognized(new > MOST_GROWN * own);
        is_recognized.then(|| Sighting::of(found.counted_from(self.from), false, own))
    }

    /// The new map on it.
    fn part(&self, home: &Home, target: &Target, expected: RigidTransform) -> Option<Sighting> {
        let (own, new) = (self.features.cells(), target.cells());
        if new * 100 < own * LEAST_PART || home.area_m2(new as u64) < LEAST_PART_M2 {
            return None;
        }
        let expected = expected.for_cells_from(self.from).inverse();
        let found = Target::new(self.features.clone()).register(&target.features(), expected)?;
        let back = Registration { transform: found.transform.inverse(), ..found };
        found.is_recognized(true).then(|| Sighting::of(back.counted_from(self.from), true, new))
    }
}
