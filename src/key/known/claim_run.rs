//! Runs of cells in a frame, also outside the map that gave the frame its cells.

use alloc::vec::Vec;

use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::sorted::sorted;
use crate::grid::{MAX_CELLS, Shape, Span, narrow};

/// Most cells that a row or column of a known map spans: twice as many as those of a grid, and some more.
pub(in crate::key) const MAX_SPAN: u32 = u16::MAX as u32;

/// Cells of a frame in a row, with a value: the index of their zone, or 0 for cells that are only in a set.
#[derive(Clone, Copy, Default, PartialEq, Eq, Zeroize)]
pub(in crate::key) struct CellRun {
    pub(in crate::key) x: i32,
    pub(in crate::key) y: i32,
    pub(in crate::key) len: u32,
    pub(in crate::key) value: u8,
}

impl CellRun {
    /// Those of some cells of a grid, row by row, without values.
    pub(in crate::key) fn of_spans(spans: &[Span]) -> Vec<Self> {
        let run = |span: &Span| Self { x: span.start.into(), y: span.y.into(), len: span.len(), value: 0 };
        spans.iter().map(run).collect()
    }

    /// The column after its last.
    pub(in crate::key) fn end(&self) -> i64 {
        i64::from(self.x) + i64::from(self.len)
    }

    /// The cells under it of a grid whose first cell has column and row 0.
    pub(in crate::key) fn cells_in(self, shape: Shape) -> core::ops::Range<usize> {
        let Some(y) = usize::try_from(self.y).ok().filter(|&y| y < shape.height) else { return 0..0 };
        let cell = |x: i64| y * shape.width + usize::try_from(x).unwrap_or(0).min(shape.width);
        cell(self.x.into())..cell(self.end())
    }

    /// Adds cells to runs that are given row by row. Cells too far off to be of any map are left out.
    pub(in crate::key) fn extend(runs: &mut Vec<Self>, x: i64, y: i64, len: usize, value: u8) {
        let (Ok(x), Ok(y)) = (i32::try_from(x), i32::try_from(y)) else { return };
        match runs.last_mut() {
            Some(run) if run.y == y && run.value == value && run.end() == i64::from(x) => {
                run.len += narrow(len);
            }
            _ => runs.push(Self { x, y, len: narrow(len), value }),
        }
    }

    /// The same cells, each once, row by row.
    pub(in crate::key) fn disjoint(runs: Vec<Self>) -> Vec<Self> {
        let mut whole = Vec::new();
        for run in sorted(runs, |one, other| (one.y, one.x).cmp(&(other.y, other.x))) {
            Self::join(&mut whole, run);
        }
        whole
    }

    /// The cells of some runs that others do not hold, without values. Both are given row by row.
    pub(in crate::key) fn without(
        runs: impl Iterator<Item = Self>,
        mut others: impl Iterator<Item = Self>,
    ) -> Vec<Self> {
        let mut left = Vec::new();
        let mut other = others.next();
        for run in runs {
            let mut x = i64::from(run.x);
            while let Some(hole) = other.filter(|hole| (hole.y, i64::from(hole.x)) < (run.y, run.end())) {
                if hole.y == run.y {
                    let len = usize::try_from(i64::from(hole.x) - x).unwrap_or(0);
                    if len > 0 {
                        Self::extend(&mut left, x, run.y.into(), len, 0);
                    }
                    x = x.max(hole.end());
                    // It may reach into the next run.
                    if hole.end() > run.end() {
                        break;
                    }
                }
                other = others.next();
            }
            if let Ok(len @ 1..) = usize::try_from(run.end() - x) {
                Self::extend(&mut left, x, run.y.into(), len, 0);
            }
        }
        left
    }

    /// Adds a run to others that are given by row and first column, so far as they do not hold it.
    pub(in crate::key) fn join(runs: &mut Vec<Self>, run: Self) {
        let last = runs.last().filter(|last| last.y == run.y).map_or(i64::MIN, Self::end);
        let x = last.max(run.x.into());
        if let Ok(len @ 1..) = usize::try_from(run.end() - x) {
            Self::extend(runs, x, run.y.into(), len, run.value);
        }
    }
}

/// Columns and rows, end exclusive, that cells span.
#[derive(Clone, Copy, PartialEq, Eq, Zeroize)]
pub(in crate::key) struct Extent {
    pub(in crate::key) x: (i64, i64),
    pub(in crate::key) y: (i64, i64),
}

impl Extent {
    /// That of no cell.
    pub(in crate::key) const NONE: Self = Self { x: (i64::MAX, i64::MIN), y: (i64::MAX, i64::MIN) };

    /// That of some cells.
    pub(in crate::key) fn of_cells(cells: impl Iterator<Item = (i64, i64)>) -> Self {
        cells.fold(Self::NONE, |all, (x, y)| all.and(Self { x: (x, x + 1), y: (y, y + 1) }))
    }

    /// That of a grid, from its first cell.
    pub(in crate::key) fn of(shape: Shape) -> Self {
        Self { x: (0, i64::from(narrow(shape.width))), y: (0, i64::from(narrow(shape.height))) }
    }

    /// A grid of as many columns and rows.
    pub(in crate::key) fn shape(self) -> Shape {
        let side = |(low, high): (i64, i64)| usize::try_from(high.saturating_sub(low)).unwrap_or(0);
        Shape { width: side(self.x), height: side(self.y) }
    }

    /// With a cell more on all sides.
    pub(in crate::key) const fn wider(self) -> Self {
        Self { x: (self.x.0 - 1, self.x.1 + 1), y: (self.y.0 - 1, self.y.1 + 1) }
    }

    /// Takes some runs in.
    pub(in crate::key) fn with(mut self, runs: impl Iterator<Item = CellRun>) -> Self {
        for run in runs {
            self.x = (self.x.0.min(run.x.into()), self.x.1.max(run.end()));
            self.y = (self.y.0.min(run.y.into()), self.y.1.max(i64::from(run.y) + 1));
        }
        self
    }

    /// The least extent that holds both.
    pub(in crate::key) fn and(self, other: Self) -> Self {
        let both = |a: (i64, i64), b: (i64, i64)| (a.0.min(b.0), a.1.max(b.1));
        Self { x: both(self.x, other.x), y: both(self.y, other.y) }
    }

    /// It holds no more cells than a grid may have, and no row or column is longer than [`MAX_SPAN`].
    pub(in crate::key) fn fits(self) -> bool {
        let sides = [self.x.1.checked_sub(self.x.0), self.y.1.checked_sub(self.y.0)];
        if !sides.into_iter().all(|side| side.is_some_and(|side| side <= i64::from(MAX_SPAN))) {
            return false;
        }
        let cells = (self.x.1 - self.x.0).checked_mul(self.y.1 - self.y.0);
        cells.is_some_and(|cells| usize::try_from(cells).is_ok_and(|cells| cells <= MAX_CELLS))
    }
}

/// Writes runs with their values row by row: rows and columns as steps from the last run.
pub(super) fn write(runs: &[CellRun], out: &mut Writer<'_>) {
    out.count(narrow(runs.len()));
    let (mut x, mut y) = (0_i64, 0_i64);
    for run in runs {
        let step = i64::from(run.y) - y;
        out.count(unsigned(step));
        x = if step == 0 { x } else { 0 };
        out.count(unsigned(i64::from(run.x) - x));
        out.count(run.len);
        out.u8(run.value);
        (x, y) = (run.end(), run.y.into());
    }
}

/// Reads what [`write`] wrote, or the same without values: runs row by row, as long as they can be.
pub(super) fn read(from: &mut Reader<'_>, values: u8) -> Result<Vec<CellRun>, BlobError> {
    let count = from.count()?;
    let mut runs: Vec<CellRun> = Vec::new();
    let (mut x, mut y) = (0_i64, 0_i64);
    for number in 0..count {
        let step = read_step(from)?;
        check(number == 0 || step >= 0)?;
        y += step;
        x = read_step(from)? + if step == 0 { x } else { 0 };
        let len = from.count()?;
        let value = if values > 0 { from.u8()? } else { 0 };
        let (Ok(column), Ok(row)) = (i32::try_from(x), i32::try_from(y)) else {
            return Err(BlobError::Content);
        };
        let run = CellRun { x: column, y: row, len, value };
        check(len > 0 && (values == 0 || value < values) && i32::try_from(run.end()).is_ok())?;
        if let Some(last) = runs.last().filter(|last| last.y == row) {
            check(last.end() < x || last.end() == x && last.value != value)?;
        }
        x = run.end();
        runs.push(run);
    }
    Ok(runs)
}

fn read_step(from: &mut Reader<'_>) -> Result<i64, BlobError> {
    let step = from.count()?;
    check(step != 1)?;
    Ok(signed(step))
}

/// A signed step as twice its size, and one more if it is negative.
pub(super) fn unsigned(step: i64) -> u32 {
    let size = u32::try_from(step.unsigned_abs()).unwrap_or(u32::MAX >> 1).min(u32::MAX >> 1);
    size << 1 | u32::from(step < 0)
}

/// The step again.
pub(super) fn signed(number: u32) -> i64 {
    let size = i64::from(number >> 1);
    if number & 1 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::{CellRun, Extent, Shape};
    use proptest::prelude::*;
    use zeroize::Zeroize;

    proptest! {
        /// The cells of a grid under a run are those of its places that the grid has.
        #[test]
        fn cells_under_a_run_are_its_places(
            (x, y, len) in (-9..9_i32, -2..6_i32, 1..20_u32), (width, height) in (0..7_usize, 0..5_usize),
        ) {
            let (run, shape) = (CellRun { x, y, len, value: 0 }, Shape { width, height });
            let places = (x.into()..run.end()).filter_map(|x| shape.cell(x, y.into()));
            prop_assert!(run.cells_in(shape).eq(places));
        }

        /// Runs without others are the cells of the first that are not among the second.
        #[test]
        fn runs_without_others_are_the_cells_that_are_left(
            first in prop::collection::btree_set((0..4_i32, -9..9_i32), 0..50),
            second in prop::collection::btree_set((0..4_i32, -9..9_i32), 0..50),
        ) {
            let runs = |cells: &mut dyn Iterator<Item = &(i32, i32)>| {
                let mut runs = Vec::new();
                cells.for_each(|&(y, x)| CellRun::extend(&mut runs, x.into(), y.into(), 1, 0));
                runs
            };
            let left = CellRun::without(
                runs(&mut first.iter()).into_iter(),
                runs(&mut second.iter()).into_iter(),
            );
            prop_assert!(left == runs(&mut first.difference(&second)));
        }
    }

    #[test]
    fn an_extent_is_wiped() {
        let mut extent = Extent { x: (3, 9), y: (-4, 7) };
        extent.zeroize();
        assert!(extent == Extent { x: (0, 0), y: (0, 0) });
    }
}
