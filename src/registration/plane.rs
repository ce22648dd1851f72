//! A set of a map's cells, one bit each, row by row.
//!
//! Registration asks little of many cells: what lies beside floor, what lies within some cells of that. Packed
//! so, 64 cells are answered at once, and the masks of a whole home stay in the fast part of memory.

use zeroize::Zeroize;

/// Cells of a map, each row in whole words; the bits past a row's end are 0.
pub(crate) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Words a row.
    stride: usize,
    words: Vec<u64>,
}

impl Plane {
    /// No cell.
    pub(super) fn none(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(64);
        Self { width, height, stride, words: vec![0; stride * height] }
    }

    /// The cells, row by row, for which a rule holds.
    pub(crate) fn of<T>(width: usize, cells: &[T], holds: impl Fn(&T) -> bool) -> Self {
        let mut plane = Self::none(width, cells.len().checked_div(width).unwrap_or(0));
        let rows = plane.words.chunks_exact_mut(plane.stride.max(1)).zip(cells.chunks_exact(width.max(1)));
        for (row, cells) in rows {
            for (word, cells) in row.iter_mut().zip(cells.chunks(64)) {
                *word = cells.iter().rev().fold(0, |word, cell| word << 1 | u64::from(holds(cell)));
            }
        }
        plane
    }

    /// A set that is kept as one row of bits from the first cell to the last, the lowest bit first.
    pub(crate) fn unpacked(width: usize, height: usize, bits: &[u64]) -> Self {
        let mut plane = Self::none(width, height);
        for (y, row) in plane.words.chunks_exact_mut(plane.stride.max(1)).enumerate() {
            for (from, out) in (0..).step_by(64).zip(row) {
                let (word, shift) = ((y * width + from) / 64, (y * width + from) % 64);
                let low = bits.get(word).map_or(0, |bits| bits >> shift);
                let high =
                    bits.get(word + 1).map_or(0, |bits| bits.checked_shl(64 - narrow(shift)).unwrap_or(0));
                *out = (low | high) & past_end(width - from);
            }
        }
        plane
    }

    /// The cells that share an edge with one of these and are none of them.
    pub(super) fn edges(&self) -> Self {
        let mut out = self.beside();
        for y in 0..self.height {
            if y > 0 {
                out.or_row(y, self.row(y - 1));
            }
            if y + 1 < self.height {
                out.or_row(y, self.row(y + 1));
            }
        }
        out.words.iter_mut().zip(&self.words).for_each(|(out, own)| *out &= !own);
        out
    }

    /// These cells and the eight around each.
    pub(super) fn grown(&self) -> Self {
        let mut wide = self.beside();
        wide.words.iter_mut().zip(&self.words).for_each(|(wide, own)| *wide |= own);
        let mut out = Self::none(self.width, self.height);
        for y in 0..self.height {
            for near in y.saturating_sub(1)..(y + 2).min(self.height) {
                out.or_row(y, wide.row(near));
            }
        }
        out
    }

    /// The cells right before and right after these in their rows.
    fn beside(&self) -> Self {
        let mut out = Self::none(self.width, self.height);
        let stride = self.stride.max(1);
        for (out, row) in out.words.chunks_exact_mut(stride).zip(self.words.chunks_exact(stride)) {
            for (at, word) in out.iter_mut().enumerate() {
                let before = at.checked_sub(1).map_or(0, |before| row[before] >> 63);
                let after = row.get(at + 1).map_or(0, |after| after << 63);
                *word = row[at] << 1 | before | row[at] >> 1 | after;
            }
            if let Some(last) = out.last_mut() {
                *last &= past_end(self.width - (stride - 1) * 64);
            }
        }
        out
    }

    /// The map made larger by `window` cells, fewer than 64, on the left and below; each cell holds what this
    /// one holds there or as far to the right, above, or both.
    pub(super) fn doubled(&self, window: usize) -> Self {
        let mut out = Self::none(self.width + window, self.height + window);
        let stride = self.stride.max(1);
        let mut wide = vec![0_u64; out.stride];
        for (y, row) in self.words.chunks_exact(stride).enumerate() {
            wide.fill(0);
            let mut carried = 0;
            for (wide, word) in wide.iter_mut().zip(row.iter().chain(&[0])) {
                *wide = word | word << window | carried;
                carried = word.checked_shr(64 - narrow(window)).unwrap_or(0);
            }
            out.or_row(y, &wide);
            out.or_row(y + window, &wide);
        }
        wide.zeroize();
        out
    }

    fn row(&self, y: usize) -> &[u64] {
        &self.words[y * self.stride..(y + 1) * self.stride]
    }

    fn or_row(&mut self, y: usize, row: &[u64]) {
        let own = &mut self.words[y * self.stride..(y + 1) * self.stride];
        own.iter_mut().zip(row).for_each(|(own, other)| *own |= other);
    }

    /// The cell in a column and row; none outside the map.
    #[inline]
    pub(super) fn has(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return false };
        x < self.width
            && y < self.height
            && self.words.get(y * self.stride + x / 64).is_some_and(|word| word >> (x % 64) & 1 == 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Columns and rows of at most `most` of the cells, evenly spread over them, in order.
    pub(super) fn spread(&self, most: usize) -> Vec<(usize, usize)> {
        let all = self.count();
        let count = all.min(most);
        let mut places = Vec::with_capacity(count);
        let mut passed = 0;
        for (at, &word) in self.words.iter().enumerate() {
            let ones = word.count_ones() as usize;
            while places.len() < count && places.len() * all / count < passed + ones {
                let skipped = places.len() * all / count - passed;
                let rest = (0..skipped).fold(word, |rest, _| rest & rest.wrapping_sub(1));
                let x = at % self.stride * 64 + rest.trailing_zeros() as usize;
                places.push((x, at / self.stride));
            }
            passed += ones;
        }
        places
    }
}

/// The bits of a word of which so many belong to the row.
const fn past_end(left: usize) -> u64 {
    if left >= 64 { u64::MAX } else { (1 << left) - 1 }
}

#[expect(clippy::cast_possible_truncation, reason = "a number of bits of a word")]
const fn narrow(bits: usize) -> u32 {
    bits as u32
}

impl Drop for Plane {
    fn drop(&mut self) {
        self.words.zeroize();
    }
}

/// Prints no geometry: the map is private.
impl core::fmt::Debug for Plane {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Plane").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Plane;
    use proptest::prelude::*;

    proptest! {
        /// Words against the definitions, cell by cell.
        #[test]
        fn rows_of_bits_are_sets_of_cells(
            cells in prop::collection::vec(prop::bool::weighted(0.2), 0..900), width in 1..200_usize,
            window in prop_oneof![Just(1_usize), Just(2), Just(4), Just(8), Just(16)], most in 0..90_usize,
        ) {
            let height = cells.len() / width;
            let has = |x: i64, y: i64| {
                let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return false };
                x < width && y < height && cells[y * width + x]
            };
            let plane = Plane::of(width, &cells, |&cell| cell);
            let bits: Vec<u64> = cells.chunks(64).map(|cells| {
                cells.iter().rev().fold(0, |word, &cell| word << 1 | u64::from(cell))
            }).collect();
            prop_assert_eq!(&Plane::unpacked(width, height, &bits).words, &plane.words);
            let (edges, grown, doubled) = (plane.edges(), plane.grown(), plane.doubled(window));
            let far = i64::try_from(window).unwrap();
            for y in -20..i64::try_from(height).unwrap() + 20 {
                for x in -20..i64::try_from(width).unwrap() + 20 {
                    let at = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
                    let inside = (0..i64::try_from(width).unwrap()).contains(&x)
                        && (0..i64::try_from(height).unwrap()).contains(&y);
                    prop_assert_eq!(plane.has(at.0, at.1), has(x, y));
                    let beside = has(x - 1, y) || has(x + 1, y) || has(x, y - 1) || has(x, y + 1);
                    prop_assert_eq!(edges.has(at.0, at.1), inside && beside && !has(x, y));
                    let near = (-1..=1).any(|dy| (-1..=1).any(|dx| has(x + dx, y + dy)));
                    prop_assert_eq!(grown.has(at.0, at.1), inside && near);
                    let ahead = [0, far].iter().any(|dy| [0, far].iter().any(|dx| has(x + dx, y + dy)));
                    let shift = i32::try_from(window).unwrap();
                    prop_assert_eq!(doubled.has(at.0 + shift, at.1 + shift), ahead && x >= -far && y >= -far);
                }
            }
            let own: Vec<(usize, usize)> =
                (0..width * height).filter(|&cell| cells[cell]).map(|cell| (cell % width, cell / width)).collect();
            let count = own.len().min(most);
            let spread: Vec<_> = (0..count).map(|n| own[n * own.len() / count]).collect();
            prop_assert_eq!(plane.spread(most), spread);
        }
    }
}
