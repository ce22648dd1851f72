//! Sets of cells moved against themselves: neighbours, borders, and discs that fit.
//!
//! To look at the neighbour of each cell on one side is to shift the words of the set, so that 64 cells are answered at
//! once. Rows run on without padding, so a shift by one cell carries the end of a row into the next one; whatever
//! looks along rows takes those bits out again.

use alloc::vec::Vec;

use super::bit_grid::BitGrid;
use super::shape::{Shape, narrow};

/// How far the numbers of a set's cells move.
#[derive(Clone, Copy)]
pub(crate) enum Shift {
    Up(usize),
    Down(usize),
}

impl BitGrid {
    /// Adds the cells of another set of the same shape.
    pub(crate) fn add(&mut self, other: &Self) {
        self.or(other, Shift::Up(0));
    }

    /// Takes out the cells of another set of the same shape.
    pub(crate) fn remove(&mut self, other: &Self) {
        self.remove_moved(other, Shift::Up(0));
    }

    /// Takes out the cells of a set of the same shape with their numbers shifted.
    pub(super) fn remove_moved(&mut self, other: &Self, shift: Shift) {
        self.combine(other, shift, |own, other| own & !other);
    }

    /// The cells of the set that are not in it with its numbers shifted.
    pub(crate) fn ends(&self, shift: Shift) -> Self {
        let mut ends = self.clone();
        ends.remove_moved(self, shift);
        ends
    }

    /// Keeps the cells of a set of the same shape with their numbers shifted. A shift along a row goes on in the next.
    pub(crate) fn keep(&mut self, other: &Self, shift: Shift) {
        self.combine(other, shift, |own, other| own & other);
    }

    /// Adds the cells of a set of the same shape with their numbers shifted, as far as they are in the grid.
    fn or(&mut self, other: &Self, shift: Shift) {
        self.combine(other, shift, |own, other| own | other);
        self.clear_past_end();
    }

    /// Puts in place of each word what a rule makes of it and of the other set's word there, that set being shifted.
    fn combine(&mut self, other: &Self, shift: Shift, rule: impl Fn(u64, u64) -> u64) {
        let count = self.words.len();
        let (Shift::Up(by) | Shift::Down(by)) = shift;
        let (whole, bits) = ((by / 64).min(count), narrow(by % 64));
        // Two shifts, as one by 64 does not clear a word.
        let back = 63 - bits;
        let other = &other.words[..];
        match shift {
            Shift::Up(_) => {
                let (outside, inside) = self.words.split_at_mut(whole);
                for own in outside.iter_mut() {
                    *own = rule(*own, 0);
                }
                let Some((first, rest)) = inside.split_first_mut() else { return };
                *first = rule(*first, other[0] << bits);
                for ((own, before), word) in rest.iter_mut().zip(other).zip(&other[1..]) {
                    *own = rule(*own, word << bits | before >> 1 >> back);
                }
            }
            Shift::Down(_) => {
                let (inside, outside) = self.words.split_at_mut(count - whole);
                for own in outside.iter_mut() {
                    *own = rule(*own, 0);
                }
                let Some((last, rest)) = inside.split_last_mut() else { return };
                *last = rule(*last, other[count - 1] >> bits);
                for ((own, word), after) in rest.iter_mut().zip(&other[whole..]).zip(&other[whole + 1..]) {
                    *own = rule(*own, word >> bits | after << 1 << back);
                }
            }
        }
    }

    /// The words with cells of the set in them, each with its number.
    pub(crate) fn filled_words(&self) -> Vec<(usize, u64)> {
        self.words.iter().copied().enumerate().filter(|&(_, word)| word != 0).collect()
    }

    /// Adds the cells of some words.
    pub(crate) fn add_words(&mut self, words: &[(usize, u64)]) {
        for &(at, word) in words {
            self.words[at] |= word;
        }
    }

    /// Of some words in order those with their cells' numbers shifted, as far as the cells are in this set.
    ///
    /// # Complexity
    /// O(words).
    pub(crate) fn moved(&self, words: &[(usize, u64)], shift: Shift) -> Vec<(usize, u64)> {
        let mut moved: Vec<(usize, u64)> = Vec::with_capacity(words.len());
        let mut put = |at: usize, word: u64| {
            let word = word & self.words.get(at).copied().unwrap_or(0);
            match moved.last_mut() {
                Some((last, bits)) if *last == at => *bits |= word,
                _ if word != 0 => moved.push((at, word)),
                _ => {}
            }
        };
        let (Shift::Up(by) | Shift::Down(by)) = shift;
        let (whole, bits) = (by / 64, narrow(by % 64));
        for &(at, word) in words {
            // Two shifts, as one by 64 does not clear a word. No word is before the first one.
            match shift {
                Shift::Up(_) => {
                    put(at + whole, word << bits);
                    put(at + whole + 1, word >> 1 >> (63 - bits));
                }
                Shift::Down(_) => {
                    put(at.wrapping_sub(whole + 1), word << 1 << (63 - bits));
                    put(at.wrapping_sub(whole), word >> bits);
                }
            }
        }
        moved
    }

    /// Takes out the first and the last cell of each row.
    pub(crate) fn clear_columns_at_edge(&mut self) {
        let (width, last) = (self.shape.width, self.shape.width.saturating_sub(1));
        for y in 0..self.shape.height {
            self.take(y * width);
            self.take(y * width + last);
        }
    }

    /// The cells directly before and directly after these in their rows, and their own as well if wanted.
    fn sides(&self, with_own: bool) -> Self {
        let kept = if with_own { u64::MAX } else { 0 };
        let mut before = 0;
        let word = |(at, &word): (usize, &u64)| {
            let next = self.words.get(at + 1).copied().unwrap_or(0);
            let sides = word << 1 | before >> 63 | word >> 1 | next << 63;
            before = word;
            word & kept | sides
        };
        let mut out = Self { shape: self.shape, words: self.words.iter().enumerate().map(word).collect() };
        out.clear_past_end();
        // What leaves a row at one end enters another one.
        let width = self.shape.width;
        for (last, first) in (1..self.shape.height).map(|y| (y * width - 1, y * width)) {
            let (at_last, at_first) = (self.has(last), self.has(first));
            if at_last && !(with_own && at_first || width > 1 && self.has(first + 1)) {
                out.take(first);
            }
            if at_first && !(with_own && at_last || width > 1 && self.has(last - 1)) {
                out.take(last);
            }
        }
        out
    }

    /// The cells that share an edge with one of these but are not in the set.
    pub(crate) fn edges(&self) -> Self {
        let mut out = self.around();
        out.remove(self);
        out
    }

    /// The cells of the set that share an edge with one of another set of the same shape.
    pub(crate) fn next_to(&self, other: &Self) -> Self {
        self.and(&other.around())
    }

    /// The cells that are in another set of the same shape too.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.keep(other, Shift::Up(0));
        both
    }

    /// The cells that share an edge with one of these.
    fn around(&self) -> Self {
        let mut out = self.sides(false);
        out.or(self, Shift::Up(self.shape.width));
        out.or(self, Shift::Down(self.shape.width));
        out
    }

    /// These cells and the eight around each.
    pub(crate) fn grown(&self) -> Self {
        let wide = self.sides(true);
        let mut out = wide.clone();
        out.or(&wide, Shift::Up(self.shape.width));
        out.or(&wide, Shift::Down(self.shape.width));
        out
    }

    /// Those of these cells that lie in a square of three by three of them.
    pub(crate) fn opened(&self) -> Self {
        let mut wide = self.clone();
        wide.keep_with_both_sides();
        let mut middles = wide.clone();
        middles.keep(&wide, Shift::Up(self.shape.width));
        middles.keep(&wide, Shift::Down(self.shape.width));
        middles.grown()
    }

    /// Takes out the cells that have not both the cell before and the one after them in their rows.
    pub(super) fn keep_with_both_sides(&mut self) {
        let mut before = 0;
        for at in 0..self.words.len() {
            let (word, next) = (self.words[at], self.words.get(at + 1).copied().unwrap_or(0));
            self.words[at] = word & (word << 1 | before >> 63) & (word >> 1 | next << 63);
            before = word;
        }
        self.clear_columns_at_edge();
    }

    /// The cells around which a disc, given by the half-widths of its rows from the middle one outwards, covers cells
    /// of the set only.
    ///
    /// # Complexity
    /// O(cells · radius / 64) time.
    pub(crate) fn eroded(&self, disc: &[u8]) -> Self {
        self.eroded_by(disc, Self::keep_with_both_sides)
    }

    /// The same, where `narrow` takes out of the set the cells that have not both sides in it.
    pub(super) fn eroded_by(&self, disc: &[u8], narrow: impl Fn(&mut Self)) -> Self {
        // As wide as each of the disc's rows, one after the other, from the outermost on.
        let (mut out, mut row) = (None::<Self>, self.clone());
        for half in 0..=disc.first().copied().unwrap_or(0) {
            match half {
                0 => {}
                1 => narrow(&mut row),
                _ => row.keep_with_both_sides(),
            }
            for dy in (0..disc.len()).filter(|&dy| disc[dy] == half) {
                let own = out.get_or_insert_with(|| Self::all(self.shape));
                own.keep(&row, Shift::Up(dy * self.shape.width));
                if dy > 0 {
                    own.keep(&row, Shift::Down(dy * self.shape.width));
                }
            }
        }
        out.unwrap_or(row)
    }

    /// The cells that a disc covers around any of the set; the disc is given as for [`eroded`](Self::eroded).
    ///
    /// # Complexity
    /// O(cells · radius / 64) time.
    pub(crate) fn dilated(&self, disc: &[u8]) -> Self {
        let (mut out, mut row) = (Self::none(self.shape), self.clone());
        for half in 0..=disc.first().copied().unwrap_or(0) {
            if half > 0 {
                row = row.sides(true);
            }
            for dy in (0..disc.len()).filter(|&dy| disc[dy] == half) {
                out.or(&row, Shift::Up(dy * self.shape.width));
                if dy > 0 {
                    out.or(&row, Shift::Down(dy * self.shape.width));
                }
            }
        }
        out
    }

    /// The first cell of each longest run of a row in which no cell differs from the next in any of these sets.
    pub(crate) fn run_starts(sets: &[&Self]) -> Self {
        let mut starts = sets.first().map_or_else(Self::default, |set| Self::none(set.shape));
        for set in sets {
            let mut before = 0;
            for (starts, &word) in starts.words.iter_mut().zip(&set.words) {
                *starts |= word ^ (word << 1 | before >> 63);
                before = word;
            }
        }
        starts.clear_past_end();
        starts.insert_first_column();
        starts
    }

    /// The first cell of each longest run of one label in rows of this width.
    pub(crate) fn label_starts(labels: &[u16], width: usize) -> Self {
        let alike = Self::alike(width, labels, 1);
        let mut starts = Self::all(alike.shape);
        starts.remove_moved(&alike, Shift::Up(1));
        starts.insert_first_column();
        starts
    }

    fn insert_first_column(&mut self) {
        let Shape { width, height } = self.shape;
        (0..height).filter(|_| width > 0).for_each(|y| self.insert(y * width));
    }
}
