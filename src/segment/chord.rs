//! Chords: the narrowest places of the floor as straight segments between two points of its outline.
//!
//! A passage is narrowest at a saddle of the clearance, where it falls to two sides and rises to two others. There the
//! disc of the clearance touches the outline on both sides, and the segment between the two points cannot be made
//! shorter by moving either of them a little. Directions are vectors of [`FINE`] parts a cell, in integers.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::grid::on_cells::RowWindow;
use crate::grid::{BitGrid, Shape, narrow};

/// The other side of a passage is at most so many cells farther from its saddle than the nearest one.
const SLACK: i64 = 3;

/// Parts of a cell.
pub(super) const FINE: i64 = 1 << 10;

/// A place in parts of a cell; a cell's middle is at its whole numbers.
pub(super) type Place = [i64; 2];

/// Cells that are floor or not, and what lies past the border is not.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) floor: &'a BitGrid,
    /// The map's cells that are occupied, whether furniture is floor or not.
    pub(super) occupied: &'a BitGrid,
}

impl Ground<'_> {
    /// Whether a place lies on the floor.
    #[inline]
    pub(super) fn is_floor(self, [x, y]: Place) -> bool {
        self.is_floor_cell([(x + FINE / 2) >> 10, (y + FINE / 2) >> 10])
    }

    /// Whether the cell in a column and row is floor.
    #[inline]
    pub(super) fn is_floor_cell(self, place: [i64; 2]) -> bool {
        self.cell(place).is_some_and(|cell| self.floor.has(cell))
    }

    /// Whether a place lies in an occupied cell.
    pub(super) fn is_occupied(self, [x, y]: Place) -> bool {
        let cell = self.cell([(x + FINE / 2) >> 10, (y + FINE / 2) >> 10]);
        cell.is_some_and(|cell| self.occupied.has(cell))
    }

    #[inline]
    fn cell(self, [x, y]: [i64; 2]) -> Option<usize> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let Shape { width, height } = self.floor.shape();
        (x < width && y < height).then_some(y * width + x)
    }
}

/// A segment from one cell of the outline to another, with nothing but floor between them.
#[derive(Clone, Copy)]
pub(super) struct Chord {
    /// Columns and rows of the two cells, which are no floor.
    pub(super) ends: [[i64; 2]; 2],
    /// Floor between them, in parts of a cell.
    pub(super) width: i64,
    /// From the first to the second, one cell long.
    pub(super) along: Place,
}

/// The place so many cells away.
pub(super) const fn moved([x, y]: Place, by: Place, cells: i64) -> Place {
    [x + by[0] * cells, y + by[1] * cells]
}

/// The middle of a cell.
const fn middle([x, y]: [i64; 2]) -> Place {
    [x * FINE, y * FINE]
}

impl Chord {
    /// The chord between two cells, if there is floor between them and nothing else.
    pub(super) fn between(ground: Ground<'_>, ends: [[i64; 2]; 2]) -> Option<Self> {
        let [dx, dy] = [0, 1].map(|axis| ends[1][axis] - ends[0][axis]);
        let length = fine_length(dx * dx + dy * dy);
        if length < 2 * FINE {
            return None;
        }
        let along = [dx, dy].map(|d| d * FINE * FINE / length);
        let half = along.map(|d| d / 2);
        let start = middle(ends[0]);
        let open = (2..2 * length / FINE - 1).all(|steps| ground.is_floor(moved(start, half, steps)));
        open.then_some(Self { ends, width: length - FINE, along })
    }

    /// Across it, to the left of its direction, one cell long.
    pub(super) const fn across(&self) -> Place {
        [-self.along[1], self.along[0]]
    }

    /// The middles of its ends, each with the direction away from the other, one cell long.
    pub(super) fn outward(&self) -> [(Place, Place); 2] {
        let [first, second] = self.ends;
        [(middle(first), self.along.map(|d| -d)), (middle(second), self.along)]
    }

    /// The place in the middle between its ends.
    pub(super) const fn centre(&self) -> Place {
        let [[ax, ay], [bx, by]] = self.ends;
        [(ax + bx) * FINE / 2, (ay + by) * FINE / 2]
    }

    /// Its cells of floor, so that who walks over edges and corners cannot pass between them.
    pub(super) fn cells(&self, ground: Ground<'_>) -> Vec<usize> {
        let [[mut x, mut y], [to_x, to_y]] = self.ends;
        let (wide, high) = ((to_x - x).abs(), (to_y - y).abs());
        let (step_x, step_y) = ((to_x - x).signum(), (to_y - y).signum());
        let (mut columns, mut rows) = (0, 0);
        let mut cells = Vec::new();
        while columns < wide || rows < high {
            if (1 + 2 * columns) * high < (1 + 2 * rows) * wide {
                x += step_x;
                columns += 1;
            } else {
                y += step_y;
                rows += 1;
            }
            if ground.is_floor_cell([x, y])
                && let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
            {
                cells.push(y * ground.floor.shape().width + x);
            }
        }
        cells
    }
}

/// The root of a squared length in cells, in parts of a cell.
const fn fine_length(squared: i64) -> i64 {
    (squared * FINE * FINE).isqrt()
}

/// Finds the chords at the saddles of a floor.
pub(super) struct Chords<'a> {
    ground: Ground<'a>,
    /// Of the cells of the floor, in their order.
    clearances: &'a [u32],
    /// Squared clearances of saddles that are looked at.
    heights: RangeInclusive<u32>,
    /// For each radius in whole cells the half-widths of the disc's rows, from the middle row outwards.
    discs: Vec<Vec<i64>>,
    /// The cells of the outline around a saddle, as steps, each with its squared length.
    outline: Vec<(i64, [i64; 2])>,
}

impl<'a> Chords<'a> {
    /// Of a floor with these squared clearances, at saddles of so many cells of clearance, at least 1.
    pub(super) fn new(ground: Ground<'a>, clearances: &'a [u32], cells: RangeInclusive<u32>) -> Self {
        let heights = cells.start().pow(2)..=cells.end().pow(2);
        let rows = |radius: i64| (0..=radius).map(|dy| (radius * radius - dy * dy).isqrt()).collect();
        let discs = (0..=i64::from(*cells.end()) + SLACK).map(rows).collect();
        Self { ground, clearances, heights, discs, outline: Vec::new() }
    }

    /// The chords at the saddles, in the order of the cells; each once.
    pub(super) fn all(mut self) -> Vec<Chord> {
        let floor = self.ground.floor;
        let Shape { width, height } = floor.shape();
        let mut seen = BTreeSet::new();
        let mut chords = Vec::new();
        let mut is_ridge = vec![false; width];
        let mut window: RowWindow<u32, 3> = RowWindow::new(width, 0);
        let mut done = 0;
        for y in 0..height {
            window.advance(floor, y, |run, out| {
                out.copy_from_slice(&self.clearances[done..done + run.len()]);
                done += run.len();
            });
            // The row in the middle. The outermost rows have no floor.
            let rows = window.rows();
            let Some(row) = y.checked_sub(1).map(|y| floor.shape().row(y)) else { continue };
            for run in floor.runs_in(row.clone()) {
                let (start, is_ridge) = (run.start - row.start, &mut is_ridge[..run.len()]);
                mark_ridge(window.around(start, run.len()), &self.heights, is_ridge);
                for (x, _) in (start..).zip(is_ridge).filter(|(_, is_ridge)| **is_ridge) {
                    if is_saddle(rows, x)
                        && let Some(ends) = self.ends_at(row.start + x, rows[1][x])
                        && seen.insert(ends)
                    {
                        chords.extend(Chord::between(self.ground, ends));
                    }
                }
            }
        }
        chords
    }

    /// The ends of the shortest chord through the passage around a saddle, the earlier cell first: the outline's
    /// nearest cell, and of those within 60° of straight on from there the one nearest to it.
    fn ends_at(&mut self, saddle: usize, height: u32) -> Option<[[i64; 2]; 2]> {
        let (x, y) = self.ground.floor.shape().place(narrow(saddle));
        // The disc of the clearance touches both sides, up to a cell or two.
        let disc = self.discs.get(usize::try_from(i64::from(height.isqrt()) + SLACK).ok()?)?;
        self.outline.clear();
        for (dy, half) in (0..).zip(disc).flat_map(|(dy, half)| [(-dy, half), (dy, half)]).skip(1) {
            self.ground.floor.each_missing(y + dy, x - half..x + half + 1, |column| {
                let dx = column - x;
                self.outline.push((dx * dx + dy * dy, [dx, dy]));
            });
        }
        // Of equally near ones the lower and then the left one.
        let &(own, from) = self.outline.iter().min_by_key(|&&(squared, [dx, dy])| (squared, dy, dx))?;
        let ahead = self.outline.iter().filter_map(|&(squared, to)| {
            let dot = to[0] * from[0] + to[1] * from[1];
            let is_ahead = dot < 0 && 4 * dot * dot >= own * squared;
            is_ahead.then_some((own + squared - 2 * dot, squared, [to[1], to[0]]))
        });
        let (_, _, other) = ahead.min()?;
        let mut ends = [[from[1], from[0]], other];
        ends.sort_unstable();
        Some(ends.map(|[dy, dx]| [x + dx, y + dy]))
    }
}

/// Marks in a run of floor, given the clearances around each cell, those that are higher than the neighbours on two
/// opposite sides, as saddles are. Of equally high cells the later one counts as higher.
fn mark_ridge(around: [[&[u32]; 3]; 3], heights: &RangeInclusive<u32>, is_ridge: &mut [bool]) {
    let (least, most) = (heights.start().cast_signed(), heights.end().cast_signed());
    let [[low_left, low, low_right], [left, own, right], [high_left, high, high_right]] = around;
    for (x, mark) in is_ridge.iter_mut().enumerate() {
        let height = own[x].cast_signed();
        let is_lower =
            |before: u32, after: u32| (before.cast_signed() <= height) & (after.cast_signed() < height);
        *mark = (least..=most).contains(&height)
            & (is_lower(left[x], right[x])
                | is_lower(low[x], high[x])
                | is_lower(low_left[x], high_right[x])
                | is_lower(low_right[x], high_left[x]));
    }
}

/// Whether the clearance around a cell in the middle one of three rows falls to two sides and rises to two others.
fn is_saddle([low, middle, high]: [&[u32]; 3], x: usize) -> bool {
    let own = middle[x];
    // Of equally high cells the later one counts as higher. Around, beginning below on the left.
    let is_higher = [
        low[x - 1] > own,
        low[x] > own,
        low[x + 1] > own,
        middle[x + 1] >= own,
        high[x + 1] >= own,
        high[x] >= own,
        high[x - 1] >= own,
        middle[x - 1] > own,
    ];
    let next = is_higher.iter().cycle().skip(1);
    is_higher.iter().zip(next).filter(|(one, next)| one != next).count() >= 4
}
