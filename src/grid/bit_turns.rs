//! Sets of cells seen from another side, and read and written by stretches of bits.
//!
//! A set is turned in squares of 64 by 64 cells, each by exchanging blocks of bits of half the size, six times (Warren
//! 2012, "Hacker's Delight", section 7-3). So 64 cells are turned at once.

use core::ops::Range;

use super::bit_grid::{BitGrid, packed};
use super::cell_rect::CellRect;
use super::shape::{Shape, narrow};
use super::symmetry::Symmetry;

/// Side of a square of bits.
const SIDE: usize = 64;

impl BitGrid {
    /// The cells of a rectangle, of rows of so many cells, for which a rule holds.
    pub(crate) fn of_rect<T>(cells: &[T], stride: usize, rect: CellRect, holds: impl Fn(&T) -> bool) -> Self {
        let [left, low, width, height] = [rect.x, rect.y, rect.width, rect.height].map(|n| n as usize);
        let mut out = Self::none(Shape::new(width, height));
        let mut answers = [0; SIDE];
        for (y, row) in cells.chunks_exact(stride.max(1)).skip(low).take(height).enumerate() {
            for (first, cells) in (y * width..).step_by(SIDE).zip(row[left..left + width].chunks(SIDE)) {
                for (answer, cell) in answers.iter_mut().zip(cells) {
                    *answer = u8::from(holds(cell));
                }
                answers[cells.len()..].fill(0);
                out.put(first, cells.len(), packed(&answers));
            }
        }
        out
    }

    /// The set seen from another side, with a frame of so many cells around it that are not in it.
    ///
    /// # Complexity
    /// O(cells / 64) time, where axes are exchanged some ten times as much.
    pub(crate) fn seen_from(&self, side: Symmetry, frame: usize) -> Self {
        let Shape { width, height } = self.shape;
        let (wide, high) = if side.swap { (height, width) } else { (width, height) };
        let mut out = Self::none(Shape::new(wide + 2 * frame, high + 2 * frame));
        // What is seen in column x and row y and as far to the right, without the frame.
        let mut put = |x: usize, y: usize, count: usize, bits: u64| {
            let (x, bits) = if side.flip_x {
                (wide - x - count, bits.reverse_bits() >> (SIDE - count))
            } else {
                (x, bits)
            };
            let y = if side.flip_y { high - 1 - y } else { y };
            out.put((y + frame) * (wide + 2 * frame) + x + frame, count, bits);
        };
        let stretch = |x: usize, side: usize| SIDE.min(side - x);
        if !side.swap {
            for (x, y) in (0..height).flat_map(|y| (0..width).step_by(SIDE).map(move |x| (x, y))) {
                put(x, y, stretch(x, width), self.bits(y * width + x, stretch(x, width)));
            }
            return out;
        }
        for low in (0..height).step_by(SIDE) {
            for left in (0..width).step_by(SIDE) {
                let (columns, rows) = (stretch(left, width), stretch(low, height));
                let mut square = [0; SIDE];
                for (y, row) in (low..).zip(&mut square[..rows]) {
                    *row = self.bits(y * width + left, columns);
                }
                exchange_axes(&mut square);
                for (x, &column) in (left..).zip(&square[..columns]) {
                    put(low, x, rows, column);
                }
            }
        }
        out
    }

    /// How many of a range of cells of the grid are in the set.
    pub(crate) fn count_in(&self, cells: Range<usize>) -> u32 {
        let count = |first: usize| self.bits(first, SIDE.min(cells.end - first)).count_ones();
        cells.clone().step_by(SIDE).map(count).sum()
    }

    /// The longest stretches of cells of the set in a range of cells of the grid, in order.
    pub(crate) fn runs_in(&self, cells: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut done = cells.start;
        core::iter::from_fn(move || {
            let start = self.first_of(0, done..cells.end)?;
            done = self.first_of(u64::MAX, start..cells.end).unwrap_or(cells.end);
            Some(start..done)
        })
    }

    /// The first of a range of cells of the grid that is in the set, or, with `but` all ones, that is not.
    #[inline]
    pub(super) fn first_of(&self, but: u64, cells: Range<usize>) -> Option<usize> {
        let mut first = cells.start;
        while first < cells.end {
            let rest = (self.words[first / SIDE] ^ but) >> (first % SIDE);
            if rest != 0 {
                return Some(first + rest.trailing_zeros() as usize).filter(|&cell| cell < cells.end);
            }
            first += SIDE - first % SIDE;
        }
        None
    }

    /// Calls `visit` with the columns of a stretch of a row whose cells are not in the set, in order. What lies past
    /// the border is not.
    pub(crate) fn each_missing(&self, y: i64, columns: Range<i64>, mut visit: impl FnMut(i64)) {
        let Shape { width, height } = self.shape;
        let row = usize::try_from(y).ok().filter(|&y| y < height).map(|y| y * width);
        let inside = |x: i64| usize::try_from(x).unwrap_or(0).min(width);
        let mut first = columns.start;
        while first < columns.end {
            let count = (columns.end - first).min(64);
            let (from, to) = (inside(first), inside(first + count));
            let own = match row {
                Some(row) if from < to => self.bits(row + from, to - from) << (-first).clamp(0, 63),
                _ => 0,
            };
            let mut missing = !own & u64::MAX >> (64 - count);
            while missing != 0 {
                visit(first + i64::from(missing.trailing_zeros()));
                missing &= missing - 1;
            }
            first += count;
        }
    }

    /// From 1 to 64 bits from a cell on, as far as the grid goes.
    #[inline]
    pub(crate) fn bits(&self, first: usize, count: usize) -> u64 {
        let (at, past) = (first / SIDE, narrow(first % SIDE));
        let next = self.words.get(at + 1).copied().unwrap_or(0);
        // Two shifts, as one by 64 does not clear a word.
        let bits = self.words[at] >> past | next << 1 << (63 - past);
        bits & u64::MAX >> (SIDE - count)
    }

    /// Adds from 1 to 64 bits from a cell on, none of them past the end of the grid.
    fn put(&mut self, first: usize, count: usize, bits: u64) {
        let (at, past) = (first / SIDE, first % SIDE);
        self.words[at] |= bits << past;
        if past + count > SIDE {
            self.words[at + 1] |= bits >> (SIDE - past);
        }
    }
}

/// Exchanges rows and columns of a square of bits.
fn exchange_axes(square: &mut [u64; SIDE]) {
    let (mut half, mut low) = (SIDE / 2, u64::from(u32::MAX));
    while half > 0 {
        for row in (0..SIDE).filter(|row| row & half == 0) {
            let differ = (square[row] >> half ^ square[row + half]) & low;
            square[row + half] ^= differ;
            square[row] ^= differ << half;
        }
        half /= 2;
        low ^= low << half;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, CellRect, Symmetry};
    use crate::grid::narrow;

    proptest! {
        /// Bits against the definitions, cell by cell. The grids are larger than a square of bits.
        #[test]
        fn sets_are_turned_as_cell_by_cell(
            cells in prop::collection::vec(prop::bool::ANY, 1..12_000), width in 1..200_usize, frame in 0..2_usize,
            side in 0..8_usize, margin in 0..3_usize, y in -2..60_i64, first in -70..200_i64, count in 0..150_i64,
        ) {
            let height = cells.len() / width;
            let (wide, high) = (width.saturating_sub(2 * margin), height.saturating_sub(2 * margin));
            prop_assume!(wide > 0 && high > 0);
            let [x, width_of_rect, height_of_rect] = [margin, wide, high].map(narrow);
            let rect = CellRect { x, y: x, width: width_of_rect, height: height_of_rect };
            let set = BitGrid::of_rect(&cells, width, rect, |&cell| cell);
            let has = |x: usize, y: usize| cells[(y + margin) * width + x + margin];
            let (from, to) = (margin.min(wide * high), wide * high - margin.min(wide * high));
            let own = (from..to).filter(|cell| has(cell % wide, cell / wide));
            prop_assert!(set.runs_in(from..to.max(from)).flatten().eq(own.clone()));
            prop_assert_eq!(set.count_in(from..to.max(from)) as usize, own.count());
            let mut missing = Vec::new();
            set.each_missing(y, first..first + count, |x| missing.push(x));
            let is_missing = |&x: &i64| !set.shape().cell(x, y).is_some_and(|cell| set.has(cell));
            prop_assert!((first..first + count).filter(is_missing).eq(missing));
            let side = Symmetry::ALL[side];
            let seen = set.seen_from(side, frame);
            let mut count = 0;
            for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
                let (mut to_x, mut to_y) = if side.swap { (y, x) } else { (x, y) };
                let shape = if side.swap { (high, wide) } else { (wide, high) };
                if side.flip_x {
                    to_x = shape.0 - 1 - to_x;
                }
                if side.flip_y {
                    to_y = shape.1 - 1 - to_y;
                }
                let cell = (to_y + frame) * seen.shape().width + to_x + frame;
                prop_assert_eq!(seen.has(cell), has(x, y));
                count += usize::from(has(x, y));
            }
            prop_assert_eq!(seen.count(), count);
        }
    }
}
