//! The search for the best motion.

use super::landmarks::{EDGE, Landmarks, SHARP_EDGE, Sample};
use super::motion::{Motion, Turn};

/// Windows of shifts begin at 2⁵ cells: 1.6 m at the usual resolution. Larger ones hold floor and walls
/// wherever they lie, and bound nothing.
const LEVELS: usize = 5;

/// Small angles tried to either side, in half degrees.
const MOST_STEPS: i8 = 20;

/// Share of the samples, in hundredths, that quarter turns alone have to explain for no small angle to be tried.
const EXPLAINED: u32 = 80;

/// Cells that the best shift may be off to either side: an edge may be one, and a corner's two edges agree.
const SHARPEN: i64 = 2;

/// A motion, and how well it explains the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(crate) motion: Motion,
    /// Samples of the older map that were found again, and all of them.
    pub(crate) found: [u32; 2],
}

/// Finds where an older map lies on a newer one of the same resolution. Nothing where either has no floor.
///
/// # Complexity
/// O(cells of the newer map · levels) and a few hundred thousand looks; some ten times that where small
/// angles are tried.
pub(crate) fn register(old: &Landmarks, new: &Landmarks) -> Option<Registration> {
    let samples = old.samples();
    let pyramid = Pyramid::of(new);
    if samples.is_empty() || pyramid.is_empty() {
        return None;
    }
    let pivot = (side(old.width) / 2, side(old.height) / 2);
    let mut search =
        Search { pyramid: &pyramid, samples: &samples, pivot, best: 0, motion: None, placed: Vec::new() };
    for quarters in 0..4 {
        search.turned(Turn { quarters, steps: 0 });
    }
    let all = count(samples.len());
    if search.best * 100 < all * EXPLAINED {
        for steps in (1..=MOST_STEPS).flat_map(|steps| [steps, -steps]) {
            for quarters in 0..4 {
                search.turned(Turn { quarters, steps });
            }
        }
    }
    let (motion, found) = search.sharpened()?;
    Some(Registration { motion, found: [found, all] })
}

struct Search<'a> {
    pyramid: &'a Pyramid,
    samples: &'a [Sample],
    pivot: (i64, i64),
    best: u32,
    motion: Option<Motion>,
    /// Samples under the turn that is tried, about the pivot.
    placed: Vec<(i64, i64, u8)>,
}

impl Search<'_> {
    /// Tries all shifts of one turn.
    fn turned(&mut self, turn: Turn) {
        self.place(turn);
        let step = 1 << LEVELS;
        let (width, height) = (side(self.pyramid.width), side(self.pyramid.height));
        // Shifts that put the old map's middle within the new map, or outside it by up to a quarter of its size.
        let reach = self.pivot.0.max(self.pivot.1) / 2;
        let mut windows: Vec<(u32, (i64, i64))> = Vec::new();
        let mut y = -reach;
        while y <= height + reach {
            let mut x = -reach;
            while x <= width + reach {
                let bound = self.bound(LEVELS, (x, y));
                if bound > self.best {
                    windows.push((bound, (x, y)));
                }
                x += step;
            }
            y += step;
        }
        self.divide(LEVELS, windows, turn);
    }

    /// Divides windows of shifts, the most promising first.
    fn divide(&mut self, level: usize, mut windows: Vec<(u32, (i64, i64))>, turn: Turn) {
        windows.sort_unstable_by_key(|&(bound, (x, y))| (core::cmp::Reverse(bound), y, x));
        for (bound, (x, y)) in windows {
            if bound <= self.best {
                return;
            }
            if level == 0 {
                self.best = bound;
                self.motion = Some(Motion { turn, pivot: self.pivot, shift: (x, y) });
                return;
            }
            let half = 1 << (level - 1);
            let parts = [(x, y), (x + half, y), (x, y + half), (x + half, y + half)];
            let parts = parts.map(|shift| (self.bound(level - 1, shift), shift));
            self.divide(level - 1, parts.into_iter().filter(|part| part.0 > self.best).collect(), turn);
        }
    }

    /// The best motion, moved by a cell where that has more edges on edges, and the samples that it finds. The
    /// search lets an edge lie a cell off; kept so, a key that is fitted day by day would drift.
    fn sharpened(&mut self) -> Option<(Motion, u32)> {
        let best = self.motion?;
        self.place(best.turn);
        let mask = &self.pyramid.masks[0];
        let score = |(x, y): (i64, i64)| {
            let sharp = |bit: u8| if bit == EDGE { SHARP_EDGE } else { bit };
            count(
                self.placed
                    .iter()
                    .filter(|&&(dx, dy, bit)| mask.at(x + dx, y + dy) & sharp(bit) != 0)
                    .count(),
            )
        };
        let around = (-SHARPEN..=SHARPEN).flat_map(|dy| (-SHARPEN..=SHARPEN).map(move |dx| (dx, dy)));
        let shifts = around.map(|(dx, dy)| (dx * dx + dy * dy, (best.shift.0 + dx, best.shift.1 + dy)));
        let (_, shift) = shifts.max_by_key(|&(far, (x, y))| (score((x, y)), -far, -y, -x))?;
        let found =
            self.placed.iter().filter(|&&(dx, dy, bit)| mask.at(shift.0 + dx, shift.1 + dy) & bit != 0);
        Some((Motion { shift, ..best }, count(found.count())))
    }

    /// Puts the samples where a turn about the pivot takes them.
    fn place(&mut self, turn: Turn) {
        let motion = Motion { turn, pivot: self.pivot, shift: (0, 0) };
        self.placed.clear();
        self.placed.extend(self.samples.iter().map(|sample| {
            let (x, y) = motion.apply((sample.x, sample.y));
            (x, y, sample.bit)
        }));
    }

    /// The most samples that any shift of a window finds, or less than the best where it can't be beaten.
    fn bound(&self, level: usize, (x, y): (i64, i64)) -> u32 {
        let mask = &self.pyramid.masks[level];
        let mut left = count(self.placed.len());
        let mut found = 0;
        for &(dx, dy, bit) in &self.placed {
            if mask.at(x + dx, y + dy) & bit == 0 {
                left -= 1;
                if left <= self.best {
                    return 0;
                }
            } else {
                found += 1;
            }
        }
        found
    }
}

/// Masks of the newer map: at level n the union over windows of 2ⁿ × 2ⁿ cells.
struct Pyramid {
    width: usize,
    height: usize,
    masks: Vec<Mask>,
}

/// A mask that begins some cells left of and below the map: at (x, y) it holds what the map holds in the
/// window whose lower left cell that is.
struct Mask {
    width: i64,
    margin: i64,
    cells: Vec<u8>,
}

impl Mask {
    #[inline]
    fn at(&self, x: i64, y: i64) -> u8 {
        let (x, y) = (x + self.margin, y + self.margin);
        if x < 0 || x >= self.width || y < 0 {
            return 0;
        }
        usize::try_from(y * self.width + x).ok().and_then(|cell| self.cells.get(cell)).copied().unwrap_or(0)
    }

    /// The union of windows twice as wide.
    fn doubled(&self, window: usize) -> Self {
        let old_width = usize::try_from(self.width).unwrap_or(0);
        let old_height = self.cells.len().checked_div(old_width).unwrap_or(0);
        let (width, height) = (old_width + window, old_height + window);
        let mut wide = vec![0_u8; width * old_height];
        for (row, old) in wide.chunks_exact_mut(width).zip(self.cells.chunks_exact(old_width.max(1))) {
            for shift in [0, window] {
                for (cell, old) in row[shift..].iter_mut().zip(old) {
                    *cell |= old;
                }
            }
        }
        let mut cells = vec![0_u8; width * height];
        for shift in [0, window] {
            for (cell, wide) in cells[shift * width..].iter_mut().zip(&wide) {
                *cell |= wide;
            }
        }
        Self { width: side(width), margin: self.margin + side(window), cells }
    }
}

impl Pyramid {
    fn of(map: &Landmarks) -> Self {
        let first = Mask { width: side(map.width), margin: 0, cells: map.mask() };
        let mut masks = vec![first];
        for level in 0..LEVELS {
            masks.push(masks[level].doubled(1 << level));
        }
        Self { width: map.width, height: map.height, masks }
    }

    fn is_empty(&self) -> bool {
        self.masks[0].cells.iter().all(|&cell| cell == 0)
    }
}

/// A side of a map, at most 16384 cells and the margin of a window.
#[expect(clippy::cast_possible_wrap, reason = "a side has at most 2¹⁴ cells")]
const fn side(n: usize) -> i64 {
    n as i64
}

#[expect(clippy::cast_possible_truncation, reason = "at most 600 samples")]
const fn count(n: usize) -> u32 {
    n as u32
}

#[cfg(test)]
mod tests {
    use super::super::Landmarks;
    use super::{Registration, register};
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

    /// The map with floor where the old one has it under a motion that is undone cell by cell.
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
        let old_floor = |cell: usize| old.cells()[cell] == Cell::Free;
        let old_floor = (0..old.cells().len()).map(old_floor).collect();
        let old = Landmarks::new(old.width() as usize, old.height() as usize, old_floor);
        register(&old, &Landmarks::new(new.1, new.2, new.0.clone()))
    }

    proptest! {
        #[test]
        fn shifts_and_quarter_turns_are_found_again(quarters in 0..4_u8, dx in 0..40_usize, dy in 0..40_usize) {
            let grid = OccupancyGrid::from_drawing(0.1, FLAT).unwrap();
            let new = moved(&grid, quarters, dx, dy);
            let registration = found(&grid, &new).unwrap();
            prop_assert_eq!(registration.found[0], registration.found[1]);
            prop_assert_eq!(registration.motion.quarters(), quarters);
            for cell in (0..grid.cells().len()).filter(|&cell| grid.cells()[cell] == Cell::Free) {
                let place = (cell % grid.width() as usize, cell / grid.width() as usize);
                let place = (i64::try_from(place.0).unwrap(), i64::try_from(place.1).unwrap());
                let (x, y) = registration.motion.apply(place);
                prop_assert!(new.0[usize::try_from(y).unwrap() * new.1 + usize::try_from(x).unwrap()]);
                prop_assert_eq!(registration.motion.undo((x, y)), place);
            }
        }

        #[test]
        fn any_two_maps_have_an_answer(
            old in prop::collection::vec(any::<bool>(), 0..60), new in prop::collection::vec(any::<bool>(), 0..60),
            old_width in 1..9_usize, new_width in 1..9_usize,
        ) {
            let map = |cells: &[bool], width: usize| {
                let height = cells.len() / width;
                Landmarks::new(width, height, cells[..width * height].to_vec())
            };
            let (old_map, new_map) = (map(&old, old_width), map(&new, new_width));
            let has = |map: &[bool], width: usize| map[..map.len() / width * width].contains(&true);
            let both = has(&old, old_width) && has(&new, new_width);
            prop_assert_eq!(register(&old_map, &new_map).is_some(), both);
        }
    }
}
