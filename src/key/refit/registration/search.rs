//! The search for the best transform.

use alloc::vec::Vec;
use core::cell::OnceCell;

use super::directions::Directions;
use super::features::{Samples, ScanFeatures, side};
use super::pyramid::{LEVELS, Level, Pyramid};
use super::transform::{RigidTransform, Turn};
use crate::grid::BitGrid;

/// Steps, of an eighth of a degree each, that an angle is refined by, one after the other, each as often as it helps:
/// the angles that are searched are half a degree apart.
const REFINED: [i16; 3] = [4, 2, 1];

/// Share of the samples, in hundredths, that an angle has to gain for a map to count as turned.
const SLIGHT_GAIN: u32 = 5;

/// Share of the samples, in hundredths, above which a quarter turn alone explains the map.
pub(crate) const EXPLAINED: u32 = 80;

/// Twice the share of an older map that has to be found again, and the share of the newer map's edges that has to
/// agree, together in hundredths, for both to count as maps of one place.
///
/// Unlike homes share walls of like length: with the best of all transforms a small home is found in the open floor of
/// a large one to .75, but the edges of the large one's furniture then lie where the small one is empty. A home that
/// was refurnished is found to .9, and .6 of the edges agree. Chosen on made-up homes; the rates of error are in
/// docs/measurements.md.
const RECOGNIZED: u32 = 235;

/// The same for a map that shows only a part of the other: it has fewer walls to go by.
const RECOGNIZED_PART: u32 = 250;

/// Edges of the newer map that are asked whether they agree.
const MOST_AGREED: usize = 800;

/// Share of the samples, in hundredths, below which a transform is not worth finding.
const LEAST: u32 = 50;

/// Cells looked at before a search gives up with the best found so far.
const MOST_LOOKS: u64 = 1 << 25;

/// Cells that the best shift may be off to either side: an edge may be one, and a corner's two edges agree.
const SHARPEN: i32 = 2;

/// A transform, and how well it explains the maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(crate) transform: RigidTransform,
    /// Samples of the older map that were found again, and all of them.
    pub(crate) found: [u32; 2],
    /// Of the newer map's edges that lie on what the older map knows those that lie on its edges, and all of them.
    pub(crate) agreed: [u32; 2],
}

impl Registration {
    /// Both maps are of one place: twice the share that was found again and the share that agreed are
    /// [`RECOGNIZED`] or, for a map that shows a part of the other, [`RECOGNIZED_PART`] at least.
    pub(crate) const fn is_recognized(&self, is_part: bool) -> bool {
        let ([found, samples], [agreed, edges]) = (self.found, self.agreed);
        let least = if is_part { RECOGNIZED_PART } else { RECOGNIZED };
        if edges == 0 {
            // Floor up to the map's border on all sides: all of it must be found.
            return found == samples;
        }
        100 * (2 * found * edges + agreed * samples) >= least * samples * edges
    }

    /// A greater share of the samples was found again.
    pub(crate) const fn is_better_than(&self, other: &Self) -> bool {
        self.found[0] * other.found[1] > other.found[0] * self.found[1]
    }

    /// The same for an older map whose cells are counted from another cell, which is given.
    pub(crate) const fn counted_from(mut self, (x, y): (i64, i64)) -> Self {
        let pivot = self.transform.pivot;
        self.transform.pivot = (pivot.0 + x, pivot.1 + y);
        self
    }
}

/// A map that others are looked for on.
pub(crate) struct Target {
    pyramid: Pyramid,
    directions: OnceCell<Directions>,
}

impl Target {
    /// The map with these features.
    ///
    /// # Complexity
    /// O(cells · levels / 64).
    pub(crate) fn new(map: ScanFeatures) -> Self {
        Self { pyramid: Pyramid::of(map), directions: OnceCell::new() }
    }

    /// The features that it was made from.
    pub(crate) fn features(&self) -> ScanFeatures {
        ScanFeatures { floor: self.pyramid.levels[0].floor.clone(), edge: self.pyramid.sharp.clone() }
    }

    /// Finds where an older map lies on this one, of the same resolution. Nothing where either has no free cell, or
    /// where no transform explains half of it. `expected` is where the older one probably lies: where the robot's frame
    /// or, if that is not known, its canvas says. Of equally good transforms the one with the least turn from there
    /// wins.
    ///
    /// # Complexity
    /// A few hundred thousand looks at cells, at most [`MOST_LOOKS`].
    pub(crate) fn register(&self, old: &ScanFeatures, expected: RigidTransform) -> Option<Registration> {
        let samples = old.samples();
        let pyramid = &self.pyramid;
        if samples.len() == 0 || pyramid.levels[0].floor.is_empty() {
            return None;
        }
        let sides = (side(old.floor.shape().width), side(old.floor.shape().height));
        let pivot = (sides.0 / 2, sides.1 / 2);
        let mut search = Search { pyramid, samples: &samples, pivot, expected, best: None, looks: 0 };
        let turns = search.turns(0);
        search.guess(&turns, sides);
        let all = count(samples.len());
        if search.found() * 100 < all * EXPLAINED {
            let own = self.directions.get_or_init(|| Directions::of(&pyramid.sharp));
            for steps in Directions::of(&old.edge).turns_to(own) {
                let turns = search.turns(steps);
                search.among(&turns);
            }
        } else {
            search.among(&turns);
        }
        let (transform, found) = search.sharpened()?;
        Some(Registration { transform, found: [found, all], agreed: self.agreed(old, transform) })
    }

    /// Of this map's edges that lie on what an older map knows, a sample: those that lie on its edges, and all.
    fn agreed(&self, old: &ScanFeatures, transform: RigidTransform) -> [u32; 2] {
        let back = transform.inverse();
        let edge = old.edge.grown();
        let mut agreed = [0, 0];
        for (x, y) in self.pyramid.sharp.sample(MOST_AGREED) {
            let (x, y) = back.apply((side(x).into(), side(y).into()));
            let at_edge = edge.has_at(near(x), near(y));
            agreed[0] += u32::from(at_edge);
            agreed[1] += u32::from(at_edge || old.floor.has_at(near(x), near(y)));
        }
        agreed
    }
}

/// The samples under a turn around the pivot.
struct Turned {
    turn: Turn,
    /// Of equally good transforms that of the lower rank wins.
    rank: u32,
    edges: Vec<(i32, i32)>,
    floor: Vec<(i32, i32)>,
}

/// The best transform so far.
#[derive(Clone, Copy)]
struct Best {
    found: u32,
    rank: u32,
    turn: Turn,
    shift: (i32, i32),
}

/// A window of shifts of a turn, and the most samples that any of them finds.
#[derive(Clone, Copy)]
struct Window {
    bound: u32,
    /// Place among the turns that are tried together.
    turn: usize,
    shift: (i32, i32),
}

struct Search<'a> {
    pyramid: &'a Pyramid,
    samples: &'a Samples,
    pivot: (i32, i32),
    /// Where the samples probably lie.
    expected: RigidTransform,
    best: Option<Best>,
    /// Cells looked at.
    looks: u64,
}

impl Search<'_> {
    /// The samples under a small angle and each of the quarter turns.
    fn turns(&self, steps: i16) -> [Turned; 4] {
        [0, 1, 2, 3].map(|quarters| self.turned(Turn { quarters, steps }))
    }

    fn turned(&self, turn: Turn) -> Turned {
        let from = turn.further(-self.expected.turn().all_steps());
        let steps = 8 * u32::from(from.steps.unsigned_abs()) + 4 * u32::from(from.steps < 0);
        let [edges, floor] =
            [&self.samples.edges, &self.samples.floor].map(|places| self.placed(turn, places));
        Turned { turn, rank: steps + u32::from(from.quarters), edges, floor }
    }

    /// Where a turn around the pivot takes some cells.
    fn placed(&self, turn: Turn, places: &[(i32, i32)]) -> Vec<(i32, i32)> {
        let transform = self.transform(turn, (0, 0));
        let places = places.iter().map(|&(x, y)| transform.apply((x.into(), y.into())));
        places.map(|(x, y)| (near(x), near(y))).collect()
    }

    fn transform(&self, turn: Turn, shift: (i32, i32)) -> RigidTransform {
        let wide = |(x, y): (i32, i32)| (i64::from(x), i64::from(y));
        RigidTransform::of(turn, wide(self.pivot), wide(shift))
    }

    fn found(&self) -> u32 {
        self.best.map_or(0, |best| best.found)
    }

    /// The fewest samples that a transform of this rank has to find to be the best.
    fn least(&self, rank: u32) -> u32 {
        let least = (count(self.samples.len()) * LEAST).div_ceil(100).max(1);
        self.best.map_or(least, |best| least.max(best.found + u32::from(rank >= best.rank)))
    }

    /// Tries where the samples are expected, and the shifts under which corners of the two maps meet. This finds a map
    /// that was turned or moved as a whole, and leaves little to search.
    fn guess(&mut self, turns: &[Turned], (width, height): (i32, i32)) {
        let expected = self.expected.apply((self.pivot.0.into(), self.pivot.1.into()));
        let turned = self.turned(self.expected.turn());
        self.try_shift(&turned, (near(expected.0), near(expected.1)));
        for turned in turns {
            let [low, high] = self.placed(turned.turn, &[(0, 0), (width - 1, height - 1)])[..] else {
                return;
            };
            let (left, right) = (-low.0.min(high.0), self.pyramid.width - 1 - low.0.max(high.0));
            let (below, above) = (-low.1.min(high.1), self.pyramid.height - 1 - low.1.max(high.1));
            let corners = [(left, below), (right, above), (left, above), (right, below)];
            for shift in corners {
                self.try_shift(turned, shift);
            }
        }
    }

    fn try_shift(&mut self, turned: &Turned, shift: (i32, i32)) {
        let found = self.bound(0, turned, shift);
        if found > 0 {
            self.best = Some(Best { found, rank: turned.rank, turn: turned.turn, shift });
        }
    }

    /// Tries all shifts of some turns.
    fn among(&mut self, turns: &[Turned]) {
        let step = 1 << LEVELS;
        let (width, height) = (self.pyramid.width, self.pyramid.height);
        // Shifts that put the old map's middle within the new map, or outside it by up to a quarter of its size.
        let reach = self.pivot.0.max(self.pivot.1) / 2;
        let mut windows = Vec::new();
        for (turn, turned) in turns.iter().enumerate() {
            for y in (-reach..=height + reach).step_by(step) {
                for x in (-reach..=width + reach).step_by(step) {
                    let bound = self.bound(LEVELS, turned, (x, y));
                    if bound > 0 {
                        windows.push(Window { bound, turn, shift: (x, y) });
                    }
                }
            }
        }
        self.divide(LEVELS, windows, turns);
    }

    /// Divides windows of shifts, the most promising first.
    fn divide(&mut self, level: usize, mut windows: Vec<Window>, turns: &[Turned]) {
        windows.sort_unstable_by_key(|window| {
            (core::cmp::Reverse(window.bound), window.turn, window.shift.1, window.shift.0)
        });
        for Window { bound, turn, shift: (x, y) } in windows {
            let turned = &turns[turn];
            if bound < self.least(turned.rank) {
                continue;
            }
            if level == 0 {
                self.best = Some(Best { found: bound, rank: turned.rank, turn: turned.turn, shift: (x, y) });
                continue;
            }
            let half = 1 << (level - 1);
            let parts = [(x, y), (x + half, y), (x, y + half), (x + half, y + half)];
            let parts =
                parts.map(|shift| Window { bound: self.bound(level - 1, turned, shift), turn, shift });
            self.divide(level - 1, parts.into_iter().filter(|part| part.bound > 0).collect(), turns);
        }
    }

    /// The best transform, moved by a cell or turned by part of a degree where that puts more edges on edges, and the
    /// samples that it finds. The search lets an edge lie a cell off; left so, a key that is fitted every day would
    /// drift.
    fn sharpened(&self) -> Option<(RigidTransform, u32)> {
        let best = self.best?;
        let all = count(self.samples.edges.len());
        let (mut turn, (mut sharp, mut shift)) = (best.turn, self.sharpest(best.turn, best.shift)?);
        let straight = best.turn.steps == 0;
        if !straight || sharp * 100 < all * EXPLAINED {
            let mut least = if straight { sharp + all * SLIGHT_GAIN / 100 } else { sharp };
            for by in REFINED {
                for by in [by, -by] {
                    while let near = turn.further(by)
                        && let (found, place) = self.sharpest(near, shift)?
                        && found > least
                    {
                        (turn, sharp, shift, least) = (near, found, place, found);
                    }
                }
            }
        }
        let _ = sharp;
        let edge = &self.pyramid.levels[0].edge;
        let turned = self.turned(turn);
        let found = [(edge, &turned.edges), (&self.pyramid.levels[0].floor, &turned.floor)];
        Some((
            self.transform(turn, shift),
            found.map(|(plane, places)| finds(plane, places, shift)).into_iter().sum(),
        ))
    }

    /// Of the shifts around one, the nearest of those with most edges on edges, and how many.
    fn sharpest(&self, turn: Turn, (x, y): (i32, i32)) -> Option<(u32, (i32, i32))> {
        let edges = self.placed(turn, &self.samples.edges);
        let around = (-SHARPEN..=SHARPEN).flat_map(|dy| (-SHARPEN..=SHARPEN).map(move |dx| (dx, dy)));
        let found = around.map(|(dx, dy)| {
            let shift = (x + dx, y + dy);
            (finds(&self.pyramid.sharp, &edges, shift), -(dx * dx + dy * dy), shift)
        });
        let best = found.max_by_key(|&(found, far, (x, y))| (found, far, -y, -x));
        best.map(|(found, _, shift)| (found, shift))
    }

    /// The most samples that any shift of a window finds, or 0 where none can be the best.
    fn bound(&mut self, level: usize, turned: &Turned, (x, y): (i32, i32)) -> u32 {
        let all = count(self.samples.len());
        let Some(allowed) = all.checked_sub(self.least(turned.rank)) else { return 0 };
        if self.looks > MOST_LOOKS {
            return 0;
        }
        let Level { margin, edge, floor } = &self.pyramid.levels[level];
        let (x, y) = (x + margin, y + margin);
        let (mut missed, mut looks) = (0, 0);
        for (plane, places) in [(edge, &turned.edges), (floor, &turned.floor)] {
            for &(dx, dy) in places {
                looks += 1;
                missed += u32::from(!plane.has_at(x + dx, y + dy));
                if missed > allowed {
                    self.looks += looks;
                    return 0;
                }
            }
        }
        self.looks += looks;
        all - missed
    }
}

/// How many places, shifted, lie in a plane.
fn finds(plane: &BitGrid, places: &[(i32, i32)], (x, y): (i32, i32)) -> u32 {
    count(places.iter().filter(|&&(dx, dy)| plane.has_at(x + dx, y + dy)).count())
}

/// A column or row, held within a million cells of the first.
#[expect(clippy::cast_possible_truncation, reason = "clamped before the cast")]
fn near(n: i64) -> i32 {
    n.clamp(-(1 << 20), 1 << 20) as i32
}

#[expect(clippy::cast_possible_truncation, reason = "at most 600 samples")]
const fn count(n: usize) -> u32 {
    n as u32
}

#[cfg(test)]
mod tests {
    use super::super::ScanFeatures;
    use super::{Registration, RigidTransform, Target};
    use crate::grid::BitGrid;
    use crate::grid::{Cell, OccupancyGrid};
    use proptest::prelude::*;

    const FLAT: &str = "
        ##########################
        #........#...............#
        #........#...............#
        #........#...............#
        #........................#
        #........#...............#
        #####.####...............#
        #........#####.###########
        #........#......#........#
        #........#......#........#
        #.......................##
        #........#......#.......##
        ###################.....##
                          #.....##
                          ########
    ";

    /// The map moved by a transform, cell by cell.
    fn moved(grid: &OccupancyGrid, quarters: u8, dx: usize, dy: usize) -> (Vec<bool>, usize, usize) {
        let (w, h) = (grid.width() as usize, grid.height() as usize);
        let (tw, th) = if quarters.is_multiple_of(2) { (w, h) } else { (h, w) };
        let (width, height) = (tw + dx + 3, th + dy + 2);
        let mut cells = vec![false; width * height];
        for y in 0..h {
            for x in 0..w {
                let (tx, ty) = match quarters {
                    0 => (x, y),
                    1 => (h - 1 - y, x),
                    2 => (w - 1 - x, h - 1 - y),
                    _ => (y, w - 1 - x),
                };
                cells[(ty + dy) * width + tx + dx] = grid.cells()[y * w + x] == Cell::Free;
            }
        }
        (cells, width, height)
    }

    fn found(old: &OccupancyGrid, new: &(Vec<bool>, usize, usize)) -> Option<Registration> {
        let old = BitGrid::of(old.width() as usize, old.cells(), |&cell| cell == Cell::Free);
        let new = BitGrid::of(new.1, &new.0, |&cell| cell);
        Target::new(ScanFeatures::new(new)).register(&ScanFeatures::new(old), RigidTransform::NONE)
    }

    proptest! {
        #[test]
        fn shifts_and_quarter_turns_are_found_again(quarters in 0..4_u8, dx in 0..40_usize, dy in 0..40_usize) {
            let grid = OccupancyGrid::from_drawing(0.1, FLAT).unwrap();
            let new = moved(&grid, quarters, dx, dy);
            let registration = found(&grid, &new).unwrap();
            prop_assert_eq!(registration.found[0], registration.found[1]);
            prop_assert_eq!(registration.transform.quarters(), quarters);
            for cell in (0..grid.cells().len()).filter(|&cell| grid.cells()[cell] == Cell::Free) {
                let place = (cell % grid.width() as usize, cell / grid.width() as usize);
                let place = (i64::try_from(place.0).unwrap(), i64::try_from(place.1).unwrap());
                let (x, y) = registration.transform.apply(place);
                prop_assert!(new.0[usize::try_from(y).unwrap() * new.1 + usize::try_from(x).unwrap()]);
                prop_assert_eq!(registration.transform.undo((x, y)), place);
            }
        }

        #[test]
        fn any_two_maps_have_an_answer(
            old in prop::collection::vec(any::<bool>(), 0..60), new in prop::collection::vec(any::<bool>(), 0..60),
            old_width in 1..9_usize, new_width in 1..9_usize,
        ) {
            let map = |cells: &[bool], width: usize| {
                ScanFeatures::new(BitGrid::of(width, cells, |&cell| cell))
            };
            let (old_map, new_map) = (map(&old, old_width), map(&new, new_width));
            let has = |map: &[bool], width: usize| map[..map.len() / width * width].contains(&true);
            let both = has(&old, old_width) && has(&new, new_width);
            let found = Target::new(new_map).register(&old_map, RigidTransform::NONE);
            prop_assert!(found.is_none() || both);
        }
    }
}
