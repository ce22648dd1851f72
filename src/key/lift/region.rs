//! Sets of real cells, as lifts give them.

use core::fmt;

use geo_types::{Coord, Rect};
use nalgebra::Point2;
use zeroize::Zeroize;

use crate::grid::{Span, narrow};
use crate::key::HouseKey;

/// A set of real cells. Private, like the key it comes from; all positions are in the grid that the home was
/// built from.
#[derive(Clone, PartialEq)]
pub struct Region {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) resolution_m: f64,
    pub(super) corner_m: [f64; 2],
    /// First cell and length, ascending, none across rows.
    pub(super) runs: Vec<[u32; 2]>,
}

impl Region {
    pub(in crate::key) const fn new(key: &HouseKey, runs: Vec<[u32; 2]>) -> Self {
        Self {
            width: key.shape.width,
            height: key.shape.height,
            resolution_m: key.resolution_m,
            corner_m: key.corner_m,
            runs,
        }
    }

    pub(in crate::key) fn into_runs(mut self) -> Vec<[u32; 2]> {
        core::mem::take(&mut self.runs)
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs.iter().map(|run| run[1] as usize).sum()
    }

    /// There is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Its area in m².
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        self.runs.iter().map(|run| f64::from(run[1])).sum::<f64>() * self.resolution_m * self.resolution_m
    }

    /// The middles of its cells in metres, row by row.
    pub fn points(&self) -> impl Iterator<Item = Point2<f64>> + '_ {
        self.runs
            .iter()
            .flat_map(|&[first, len]| first as usize..(first + len) as usize)
            .map(|cell| centre(self.width, self.resolution_m, self.corner_m, cell))
    }

    /// Its cells as runs in columns and rows of the grid that the home was built from, row by row.
    pub fn runs(&self) -> impl Iterator<Item = Span> + '_ {
        // The crop's corner is a whole number of cells from the grid's.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a column or row of a grid"
        )]
        let [left, low] = self.corner_m.map(|metres| (metres / self.resolution_m).round() as u32);
        let width = narrow(self.width).max(1);
        self.runs.iter().map(move |&[first, len]| {
            let (x, y) = ((left + first % width) as usize, (low + first / width) as usize);
            Span::of_row(y, x, x + len as usize)
        })
    }

    /// Whether the cell that holds this point is in it.
    ///
    /// # Complexity
    /// O(log runs).
    #[must_use]
    pub fn contains(&self, at: Point2<f64>) -> bool {
        let index = |metres: f64, side: usize| {
            let cells = (metres / self.resolution_m).floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the side"
            )]
            (cells >= 0.0 && cells < f64::from(narrow(side))).then_some(cells as u32)
        };
        let x = index(at.x - self.corner_m[0], self.width);
        let y = index(at.y - self.corner_m[1], self.height);
        let (Some(x), Some(y)) = (x, y) else { return false };
        let cell = y * narrow(self.width) + x;
        let after = self.runs.partition_point(|run| run[0] <= cell);
        after.checked_sub(1).is_some_and(|run| cell - self.runs[run][0] < self.runs[run][1])
    }

    /// The smallest rectangle, in metres, that holds all its cells, or nothing where there are none.
    #[must_use]
    pub fn bounding(&self) -> Option<Rect<f64>> {
        let width = narrow(self.width);
        let (first, last) = (self.runs.first()?[0] / width, self.runs.last()?[0] / width);
        let left = self.runs.iter().map(|run| run[0] % width).min()?;
        let right = self.runs.iter().map(|run| run[0] % width + run[1]).max()?;
        let corner = |x: u32, y: u32| self.corner(x.into(), y.into());
        Some(Rect::new(corner(left, first), corner(right, last + 1)))
    }

    /// The lower left corner of a cell of the crop, in metres.
    pub(super) fn corner(&self, x: f64, y: f64) -> Coord {
        Coord { x: self.corner_m[0] + x * self.resolution_m, y: self.corner_m[1] + y * self.resolution_m }
    }
}

/// The middle of a cell of a crop, in metres.
pub(in crate::key) fn centre(
    width: usize,
    resolution_m: f64,
    corner_m: [f64; 2],
    cell: usize,
) -> Point2<f64> {
    let metres = |corner: f64, n: usize| corner + (f64::from(narrow(n)) + 0.5) * resolution_m;
    Point2::new(metres(corner_m[0], cell % width), metres(corner_m[1], cell / width))
}

/// Gathers ascending cells into runs.
pub(in crate::key) struct Runs {
    width: usize,
    pub(in crate::key) list: Vec<[u32; 2]>,
}

impl Runs {
    pub(in crate::key) const fn new(width: usize) -> Self {
        Self { width, list: Vec::new() }
    }

    pub(in crate::key) fn push(&mut self, cell: usize) {
        match self.list.last_mut() {
            Some([first, len]) if (*first + *len) as usize == cell && !cell.is_multiple_of(self.width) => {
                *len += 1;
            }
            _ => self.list.push([narrow(cell), 1]),
        }
    }
}

/// Prints no geometry.
impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Region").finish_non_exhaustive()
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        self.runs.zeroize();
    }
}
