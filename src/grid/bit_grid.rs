//! Sets of cells, one bit each.
//!
//! Bits run on from row to row without padding, the first cell in the lowest bit of the first word. So a cell is
//! found by its number alone, and a shift of the whole set by one row is a shift of the bits by the width: 64
//! cells are answered at once, and the sets of a whole home stay in the fast part of memory.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::shape::{Shape, narrow};

/// A set of the cells of a grid; of numbers from 0 on, where the grid has one row. Wiped when dropped: it may be a
/// home's.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct BitGrid {
    pub(super) shape: Shape,
    /// Bits past the last cell are 0.
    pub(super) words: Vec<u64>,
}

impl BitGrid {
    /// No cell.
    pub(crate) fn none(shape: Shape) -> Self {
        Self { shape, words: vec![0; shape.len().div_ceil(64)] }
    }

    /// No number, of those below a count.
    pub(crate) fn of_numbers(count: usize) -> Self {
        Self::none(Shape::new(count, 1))
    }

    /// All cells.
    pub(crate) fn all(shape: Shape) -> Self {
        let mut all = Self { shape, words: vec![u64::MAX; shape.len().div_ceil(64)] };
        all.clear_past_end();
        all
    }

    /// The cells, in whole rows of this width, for which a rule holds.
    pub(crate) fn of<T>(width: usize, cells: &[T], holds: impl Fn(&T) -> bool) -> Self {
        Self::of_answers(Shape::of_rows(width, cells.len()), &|first, answers| {
            for (answer, cell) in answers.iter_mut().zip(&cells[first..]) {
                *answer = u8::from(holds(cell));
            }
        })
    }

    /// The cells, in whole rows of this width, whose value is that of the cell so many numbers later.
    pub(crate) fn alike(width: usize, cells: &[u16], later: usize) -> Self {
        let word = |first: usize| {
            let mut answers = [0; 64];
            let (own, others) = (&cells[first..], cells.get(first + later..).unwrap_or_default());
            // A count that is known beforehand makes it several times as fast.
            if let (Some(own), Some(others)) = (own.first_chunk::<64>(), others.first_chunk::<64>()) {
                write_alike(&mut answers, own, others);
            } else {
                write_alike(&mut answers, own, others);
            }
            packed(&answers)
        };
        let shape = Shape::of_rows(width, cells.len());
        Self { shape, words: (0..shape.len()).step_by(64).map(word).collect() }
    }

    /// The cells of a grid for which a rule holds.
    pub(crate) fn of_rule(shape: Shape, holds: impl Fn(usize) -> bool) -> Self {
        Self::of_answers(shape, &|first, answers| {
            for (answer, cell) in answers.iter_mut().zip(first..) {
                *answer = u8::from(holds(cell));
            }
        })
    }

    /// As [`BitGrid::of_rule`]; `answer` writes 1 or 0 for each of up to 64 cells from one on. There is one such
    /// function in the program, and not one for each rule.
    fn of_answers(shape: Shape, answer: &dyn Fn(usize, &mut [u8])) -> Self {
        let mut answers = [0; 64];
        let word = |first: usize| {
            let count = (shape.len() - first).min(64);
            answer(first, &mut answers[..count]);
            if count < 64 {
                answers[count..].fill(0);
            }
            packed(&answers)
        };
        Self { shape, words: (0..shape.len()).step_by(64).map(word).collect() }
    }

    /// Whether each cell is in the set.
    pub(crate) fn to_flags(&self) -> Vec<bool> {
        let mut flags = vec![false; self.shape.len()];
        for (flags, word) in flags.chunks_mut(8).zip(self.words.iter().flat_map(|word| word.to_le_bytes())) {
            for (flag, bit) in flags.iter_mut().zip(spread(word)) {
                *flag = bit != 0;
            }
        }
        flags
    }

    pub(crate) const fn shape(&self) -> Shape {
        self.shape
    }

    #[inline]
    pub(crate) fn has(&self, cell: usize) -> bool {
        self.words.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    /// The cell in a column and row; false outside the grid.
    #[inline]
    pub(crate) fn has_at(&self, x: i32, y: i32) -> bool {
        self.shape.cell(x.into(), y.into()).is_some_and(|cell| self.has(cell))
    }

    /// Puts a cell of the grid into the set.
    pub(crate) fn insert(&mut self, cell: usize) {
        self.words[cell / 64] |= 1 << (cell % 64);
    }

    /// Puts a range of cells of the grid into the set.
    pub(crate) fn insert_all(&mut self, cells: core::ops::Range<usize>) {
        if cells.is_empty() {
            return;
        }
        let (first, last) = (cells.start / 64, (cells.end - 1) / 64);
        // The bits from the first cell on, and those up to the last.
        let (low, high) = (u64::MAX << (cells.start % 64), u64::MAX >> (63 - (cells.end - 1) % 64));
        if first == last {
            self.words[first] |= low & high;
        } else {
            self.words[first] |= low;
            self.words[first + 1..last].fill(u64::MAX);
            self.words[last] |= high;
        }
    }

    /// Takes all cells out of the set.
    pub(crate) fn clear(&mut self) {
        self.words.fill(0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The cells of the set in order; [`BitGrid::each`] is faster where there are many.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            core::iter::from_fn(move || {
                let cell = at * 64 + rest.trailing_zeros() as usize;
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    cell
                })
            })
        })
    }

    /// The first cell that is in one of two sets of one grid and not in the other.
    pub(crate) fn first_apart(&self, other: &Self) -> Option<usize> {
        let words = self.words.iter().zip(&other.words).enumerate();
        let mut apart = words.map(|(at, (own, other))| (at, own ^ other)).filter(|&(_, apart)| apart != 0);
        apart.next().map(|(at, apart)| at * 64 + apart.trailing_zeros() as usize)
    }

    /// Calls `visit` with the cells of the set in order.
    pub(crate) fn each(&self, mut visit: impl FnMut(usize)) {
        self.words.iter().enumerate().for_each(|(at, &word)| each_bit(at, word, &mut visit));
    }

    /// Calls `visit` with the cells of the set that are not in another one, in order.
    pub(crate) fn each_but(&self, other: &Self, mut visit: impl FnMut(usize)) {
        for (at, (&word, &other)) in self.words.iter().zip(&other.words).enumerate() {
            each_bit(at, word & !other, &mut visit);
        }
    }

    /// The numbers of the cells, in order.
    pub(crate) fn cells(&self) -> Vec<u32> {
        let mut cells = Vec::with_capacity(self.count());
        self.each(|cell| cells.push(narrow(cell)));
        cells
    }

    /// The set of these cells of a grid.
    pub(crate) fn of_cells(shape: Shape, cells: impl Iterator<Item = usize>) -> Self {
        let mut set = Self::none(shape);
        cells.for_each(|cell| set.insert(cell));
        set
    }

    /// Takes a cell out of the set, and says whether it was in it.
    pub(crate) fn take(&mut self, cell: usize) -> bool {
        let was = self.has(cell);
        if was {
            self.words[cell / 64] &= !(1 << (cell % 64));
        }
        was
    }

    /// Clears the bits past the last cell.
    pub(super) fn clear_past_end(&mut self) {
        let used = self.shape.len() % 64;
        if let Some(last) = self.words.last_mut().filter(|_| used > 0) {
            *last &= (1 << used) - 1;
        }
    }

    /// The grid made larger by `window` cells, fewer than 64, on the left and below. Each cell holds what this
    /// set holds there, or as far to the right, above, or both.
    pub(crate) fn doubled(&self, window: usize) -> Self {
        let mut out = Self::none(Shape::new(self.shape.width + window, self.shape.height + window));
        for y in 0..self.shape.height {
            for row in [y, y + window] {
                for column in [0, window] {
                    out.or_row(row * out.shape.width + column, self, y);
                }
            }
        }
        out
    }

    /// Adds row `y` of another set from a cell on.
    fn or_row(&mut self, to: usize, other: &Self, y: usize) {
        let (width, from) = (other.shape.width, y * other.shape.width);
        let mut done = 0;
        while done < width {
            // Up to the next border between words on either side.
            let (source, target) = (from + done, to + done);
            let count = (width - done).min(64 - source % 64).min(64 - target % 64);
            let mask = if count == 64 { u64::MAX } else { (1 << count) - 1 };
            self.words[target / 64] |= (other.words[source / 64] >> (source % 64) & mask) << (target % 64);
            done += count;
        }
    }

    /// Columns and rows of at most `most` of the cells, evenly spread over them, in order.
    pub(crate) fn sample(&self, most: usize) -> Vec<(usize, usize)> {
        let all = self.count();
        let count = all.min(most);
        // Their product needs more bits than a machine of 32 has.
        let place =
            |number: usize| usize::try_from(number as u64 * all as u64 / count as u64).unwrap_or(usize::MAX);
        let mut places = Vec::with_capacity(count);
        let mut passed = 0;
        for (at, &word) in self.words.iter().enumerate() {
            let ones = word.count_ones() as usize;
            while places.len() < count && place(places.len()) < passed + ones {
                let skipped = place(places.len()) - passed;
                let rest = (0..skipped).fold(word, |rest, _| rest & rest.wrapping_sub(1));
                let cell = at * 64 + rest.trailing_zeros() as usize;
                places.push((cell % self.shape.width, cell / self.shape.width));
            }
            passed += ones;
        }
        places
    }
}

/// Calls `visit` with the places at which two lists differ, in order, up to the end of the shorter one.
pub(crate) fn each_apart<T: Copy + PartialEq>(one: &[T], other: &[T], mut visit: impl FnMut(usize)) {
    for (at, (one, other)) in one.chunks(64).zip(other.chunks(64)).enumerate() {
        let mut answers = [0; 64];
        let count = one.len().min(other.len());
        write_alike(&mut answers, &one[..count], &other[..count]);
        each_bit(at, !packed(&answers) & u64::MAX >> (64 - count), &mut visit);
    }
}

/// Writes 1 where two lists have the same, 0 elsewhere.
#[inline]
fn write_alike<T: Copy + PartialEq>(answers: &mut [u8; 64], own: &[T], others: &[T]) {
    for ((answer, own), other) in answers.iter_mut().zip(own).zip(others) {
        *answer = u8::from(own == other);
    }
}

/// A bit for each of these answers, which are 0 or 1, the first in the lowest. The product moves the answer n of eight
/// to bit 56 + n, and no two of its terms meet.
pub(super) fn packed(answers: &[u8; 64]) -> u64 {
    let (eights, _) = answers.as_chunks::<8>();
    let byte = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |word, eight| word << 8 | byte(eight))
}

/// The reverse: 0 or 1 for each bit of a byte, the lowest first. Byte n of the product keeps bit n alone, which then
/// becomes its lowest.
fn spread(byte: u8) -> [u8; 8] {
    let bits = (u64::from(byte) * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    (((bits + 0x7f7f_7f7f_7f7f_7f7f) >> 7) & 0x0101_0101_0101_0101).to_le_bytes()
}

fn each_bit(at: usize, mut word: u64, visit: &mut impl FnMut(usize)) {
    while word != 0 {
        visit(at * 64 + word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

private_debug!(BitGrid);

#[cfg(test)]
mod tests {
    use super::{BitGrid, each_apart};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_differ_where_their_entries_do(
            one in prop::collection::vec(0..3_u32, 0..200), other in prop::collection::vec(0..3_u32, 0..200),
        ) {
            let mut apart = Vec::new();
            each_apart(&one, &other, |at| apart.push(at));
            let count = one.len().min(other.len());
            prop_assert!((0..count).filter(|&at| one[at] != other[at]).eq(apart));
        }

        /// Words against the definitions, cell by cell.
        #[test]
        fn bits_are_sets_of_cells(
            cells in prop::collection::vec(prop::bool::weighted(0.2), 0..900), width in 1..200_usize,
            window in prop_oneof![Just(1_usize), Just(2), Just(4), Just(8), Just(16)], most in 0..90_usize,
        ) {
            let height = cells.len() / width;
            let cells = &cells[..width * height];
            let has = |x: i64, y: i64| {
                let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return false };
                x < width && y < height && cells[y * width + x]
            };
            let set = BitGrid::of(width, cells, |&cell| cell);
            let (edges, grown, doubled) = (set.edges(), set.grown(), set.doubled(window));
            let opened = BitGrid::of(width, cells, |&cell| !cell).opened();
            let far = i64::try_from(window).unwrap();
            for y in -20..i64::try_from(height).unwrap() + 20 {
                for x in -20..i64::try_from(width).unwrap() + 20 {
                    let at = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
                    let inside = set.shape().cell(x, y).is_some();
                    prop_assert_eq!(set.has_at(at.0, at.1), has(x, y));
                    let next_to = has(x - 1, y) || has(x + 1, y) || has(x, y - 1) || has(x, y + 1);
                    prop_assert_eq!(edges.has_at(at.0, at.1), inside && next_to && !has(x, y));
                    let near = (-1..=1).any(|dy| (-1..=1).any(|dx| has(x + dx, y + dy)));
                    prop_assert_eq!(grown.has_at(at.0, at.1), inside && near);
                    let is_rest = |x: i64, y: i64| set.shape().cell(x, y).is_some() && !has(x, y);
                    let is_square = |x: i64, y: i64| (-1..=1).all(|dy| (-1..=1).all(|dx| is_rest(x + dx, y + dy)));
                    let in_square = (-1..=1).any(|dy| (-1..=1).any(|dx| is_square(x + dx, y + dy)));
                    prop_assert_eq!(opened.has_at(at.0, at.1), in_square);
                    let ahead = [0, far].iter().any(|dy| [0, far].iter().any(|dx| has(x + dx, y + dy)));
                    let shift = i32::try_from(window).unwrap();
                    prop_assert_eq!(doubled.has_at(at.0 + shift, at.1 + shift), ahead && x >= -far && y >= -far);
                }
            }
            prop_assert_eq!(&set.to_flags(), cells);
            let own: Vec<usize> = (0..width * height).filter(|&cell| cells[cell]).collect();
            let mut each = Vec::new();
            set.each(|cell| each.push(cell));
            prop_assert_eq!(&each, &own);
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), each);
            let apart = (0..cells.len()).find(|&cell| set.has(cell) != grown.has(cell));
            prop_assert_eq!(set.first_apart(&grown), apart);
            let (mut but, mut rest) = (Vec::new(), own.clone());
            set.each_but(&edges, |cell| but.push(cell));
            rest.retain(|&cell| !grown.has(cell) || set.has(cell));
            prop_assert_eq!(but, rest);
            prop_assert_eq!(set.count(), own.len());
            prop_assert_eq!(set.cells(), own.iter().map(|&cell| u32::try_from(cell).unwrap()).collect::<Vec<_>>());
            prop_assert!(BitGrid::of_rule(set.shape(), |cell| cells[cell]) == set);
            prop_assert!(set.and(&grown) == set && set.and(&edges).is_empty());
            // Next to every third cell, of the set or not.
            let thirds = BitGrid::of_rule(set.shape(), |cell| cell % 3 == 0);
            let next_to = |&cell: &usize| set.shape().neighbours(cell).any(|near| near % 3 == 0);
            prop_assert!(set.next_to(&thirds)
                == BitGrid::of_cells(set.shape(), own.iter().copied().filter(next_to)));
            let mut again = BitGrid::none(set.shape());
            for &cell in &own {
                again.insert(cell);
            }
            prop_assert!(again == set);
            for (cell, &was_in) in cells.iter().enumerate() {
                prop_assert_eq!(again.take(cell), was_in);
            }
            prop_assert!(again.is_empty());
            let range = window.min(cells.len())..cells.len() - most.min(cells.len());
            again.clear();
            prop_assert!(again == BitGrid::none(set.shape()));
            again.insert_all(range.clone());
            prop_assert!(again == BitGrid::of_cells(set.shape(), range));
            let count = own.len().min(most);
            let sample: Vec<_> = (0..count)
                .map(|n| own[n * own.len() / count])
                .map(|cell| (cell % width, cell / width))
                .collect();
            prop_assert_eq!(set.sample(most), sample);
        }
    }
}
