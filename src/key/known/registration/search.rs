//! The search for the best transform.

use alloc::vec::Vec;

use super::features::Samples;
use super::pyramid::{LEVELS, Level, Pyramid};
use super::transform::{RigidTransform, Turn, near};
use crate::grid::BitGrid;
use crate::grid::sorted::sorted;

/// Steps, of an eighth of a degree each, that an angle is refined by, one after the other, each as often as it helps:
/// the directions of walls that are compared are a degree apart.
const REFINED: [i16; 3] = [4, 2, 1];

/// Share of the samples, in hundredths, that an angle has to gain for a map to count as turned, by some degrees or by
/// quarters. In a home that looks nearly the same after a half turn less is a chair.
const SLIGHT_GAIN: u32 = 5;

/// Share of the samples, in hundredths, above which a quarter turn alone explains the map.
pub(super) const EXPLAINED: u32 = 80;

/// Share of the samples, in hundredths, below which a transform is not worth finding.
const LEAST: u32 = 50;

/// Cells looked at before a search gives up with the best found so far.
pub(super) const MOST_LOOKS: u64 = 1 << 25;

/// Cells that the best shift may be off to either side: an edge may be one, and a corner's two edges agree.
const SHARPEN: i32 = 2;

/// The samples under a turn around the pivot.
pub(super) struct TurnedSamples {
    turn: Turn,
    /// Of equally good transforms that of the lower rank wins.
    rank: u32,
    /// Its quarter turns are those that are expected.
    is_expected: bool,
    edges: Vec<(i32, i32)>,
    floor: Vec<(i32, i32)>,
}

/// The best transform so far.
#[derive(Clone, Copy)]
struct BestTransform {
    found: u32,
    rank: u32,
    is_expected: bool,
    turn: Turn,
    shift: (i32, i32),
}

impl BestTransform {
    const fn of(found: u32, turned: &TurnedSamples, shift: (i32, i32)) -> Self {
        let &TurnedSamples { turn, rank, is_expected, .. } = turned;
        Self { found, rank, is_expected, turn, shift }
    }
}

/// A window of shifts of a turn, and the most samples that any of them finds.
#[derive(Clone, Copy, Default)]
struct Window {
    bound: u32,
    /// Place among the turns that are tried together.
    turn: usize,
    shift: (i32, i32),
}

/// A search for where an older map's samples lie on a map.
pub(super) struct TransformSearch<'a> {
    pyramid: &'a Pyramid,
    samples: &'a Samples,
    pivot: (i32, i32),
    /// Where the samples probably lie.
    expected: RigidTransform,
    /// There the samples explain the map.
    is_explained: bool,
    /// The fewest samples that are worth finding.
    worth: u32,
    best: Option<BestTransform>,
    /// Cells looked at.
    looks: u64,
}

impl<'a> TransformSearch<'a> {
    /// A search that has found nothing yet, of samples turned around a pivot.
    pub(super) fn new(
        pyramid: &'a Pyramid,
        samples: &'a Samples,
        pivot: (i32, i32),
        expected: RigidTransform,
    ) -> Self {
        let worth = (count(samples.len()) * LEAST).div_ceil(100).max(1);
        Self { pyramid, samples, pivot, expected, is_explained: false, worth, best: None, looks: 0 }
    }

    /// The samples under a small angle and each of the quarter turns.
    pub(super) fn turns(&self, steps: i16) -> [TurnedSamples; 4] {
        [0, 1, 2, 3].map(|quarters| self.turned(Turn { quarters, steps }))
    }

    fn turned(&self, turn: Turn) -> TurnedSamples {
        let from = turn.further(-self.expected.turn().all_steps());
        let steps = 8 * u32::from(from.steps.unsigned_abs()) + 4 * u32::from(from.steps < 0);
        let [edges, floor] =
            [&self.samples.edges, &self.samples.floor].map(|places| self.placed(turn, places));
        let is_expected = from.quarters == 0;
        TurnedSamples { turn, rank: steps + u32::from(from.quarters), is_expected, edges, floor }
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

    /// The samples that the best transform so far finds.
    pub(super) fn found(&self) -> u32 {
        self.best.map_or(0, |best| best.found)
    }

    /// What counts as slightly more samples.
    const fn slight(&self) -> u32 {
        count(self.samples.len()) * SLIGHT_GAIN / 100
    }

    /// The fewest samples that a transform of these turned samples has to find to be the best. Where the expected place
    /// explains the map, one with other quarter turns has to find slightly more than one with those.
    fn least(&self, turned: &TurnedSamples) -> u32 {
        let Some(best) = self.best else { return self.worth };
        let more = |is_expected: bool| if self.is_explained && !is_expected { self.slight() } else { 0 };
        let found = best.found + more(turned.is_expected) + u32::from(turned.rank >= best.rank);
        found.saturating_sub(more(best.is_expected)).max(self.worth)
    }

    /// The best transform has other quarter turns than are expected, and slightly fewer samples are found under another
    /// quarter turn: nobody can say which of them it is.
    pub(super) fn is_contested(&self) -> bool {
        let Some(best) = self.best.filter(|best| !best.is_expected) else { return false };
        let worth = best.found.saturating_sub(self.slight()).max(1);
        let mut rivals = Self { worth, best: None, is_explained: false, looks: 0, ..*self };
        let others = self.turns(best.turn.steps).into_iter();
        let others: Vec<TurnedSamples> =
            others.filter(|turned| turned.turn.quarters != best.turn.quarters).collect();
        rivals.among(&others);
        rivals.best.is_some()
    }

    /// Tries where the samples are expected, and the shifts under which corners of the two maps meet. This finds a map
    /// that was turned or moved as a whole, and leaves little to search.
    pub(super) fn guess(&mut self, turns: &[TurnedSamples], (width, height): (i32, i32)) {
        let expected = self.expected.apply((self.pivot.0.into(), self.pivot.1.into()));
        let turned = self.turned(self.expected.turn());
        self.try_shift(&turned, (near(expected.0), near(expected.1)));
        self.is_explained = self.found() * 100 >= count(self.samples.len()) * EXPLAINED;
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

    fn try_shift(&mut self, turned: &TurnedSamples, shift: (i32, i32)) {
        let found = self.bound(0, turned, shift);
        if found > 0 {
            self.best = Some(BestTransform::of(found, turned, shift));
        }
    }

    /// Tries all shifts of some turns.
    pub(super) fn among(&mut self, turns: &[TurnedSamples]) {
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
    fn divide(&mut self, level: usize, windows: Vec<Window>, turns: &[TurnedSamples]) {
        let rank =
            |window: &Window| (core::cmp::Reverse(window.bound), window.turn, window.shift.1, window.shift.0);
        for Window { bound, turn, shift: (x, y) } in sorted(windows, |a, b| rank(a).cmp(&rank(b))) {
            let turned = &turns[turn];
            if bound < self.least(turned) {
                continue;
            }
            if level == 0 {
                self.best = Some(BestTransform::of(bound, turned, (x, y)));
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
    pub(super) fn sharpened(&self) -> Option<(RigidTransform, u32)> {
        let best = self.best?;
        let all = count(self.samples.edges.len());
        let (mut turn, (sharp, mut shift)) = (best.turn, self.sharpest(best.turn, best.shift)?);
        let straight = best.turn.steps == 0;
        if !straight || sharp * 100 < all * EXPLAINED {
            let mut least = if straight { sharp + all * SLIGHT_GAIN / 100 } else { sharp };
            for by in REFINED {
                for by in [by, -by] {
                    while let near = turn.further(by)
                        && let (found, place) = self.sharpest(near, shift)?
                        && found > least
                    {
                        (turn, shift, least) = (near, place, found);
                    }
                }
            }
        }
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
    fn bound(&mut self, level: usize, turned: &TurnedSamples, (x, y): (i32, i32)) -> u32 {
        let all = count(self.samples.len());
        let Some(allowed) = all.checked_sub(self.least(turned)) else { return 0 };
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

#[expect(clippy::cast_possible_truncation, reason = "at most 600 samples")]
pub(super) const fn count(n: usize) -> u32 {
    n as u32
}
