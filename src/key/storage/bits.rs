//! Sets of cells, one bit each.

use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::key::lattice::narrow;

/// A set of cells of the crop.
#[derive(Clone, PartialEq, Default)]
pub(in crate::key) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The cells for which a table says so.
    pub(in crate::key) fn of(cells: &[bool]) -> Self {
        let word = |cells: &[bool]| cells.iter().rev().fold(0, |word, &cell| word << 1 | u64::from(cell));
        Self { words: cells.chunks(64).map(word).collect(), len: cells.len() }
    }

    /// The cells of so many for which a rule says so.
    pub(in crate::key) fn by(len: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::none(len);
        (0..len).filter(|&cell| holds(cell)).for_each(|cell| bits.words[cell / 64] |= 1 << (cell % 64));
        bits
    }

    /// No cell of so many.
    pub(in crate::key) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    pub(in crate::key) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    #[inline]
    pub(in crate::key) fn has(&self, cell: usize) -> bool {
        self.words.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    /// 64 cells a word, the first in the lowest bit.
    pub(in crate::key) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Writes lengths of runs, in turn outside and inside; the first may be 0.
    pub(in crate::key) fn write(&self, out: &mut Writer<'_>) {
        let (mut cell, mut inside) = (0, false);
        while cell < self.len {
            let run = (cell..self.len).take_while(|&cell| self.has(cell) == inside).count();
            out.count(narrow(run));
            cell += run;
            inside = !inside;
        }
    }

    /// A set of so many cells as [`Bits::write`] wrote it.
    pub(in crate::key) fn read(from: &mut Reader<'_>, len: usize) -> Result<Self, BlobError> {
        let mut bits = Self::none(len);
        let (mut cell, mut inside) = (0, false);
        while cell < len {
            let run = from.count()? as usize;
            check(run <= len - cell && (run > 0 || cell == 0 && !inside))?;
            if inside {
                (cell..cell + run).for_each(|cell| bits.words[cell / 64] |= 1 << (cell % 64));
            }
            cell += run;
            inside = !inside;
        }
        Ok(bits)
    }
}

impl Zeroize for Bits {
    fn zeroize(&mut self) {
        self.words.zeroize();
        self.len.zeroize();
    }
}
