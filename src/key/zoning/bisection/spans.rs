//! Sets of cells as runs: how many cells, where, and in which pieces.
//!
//! A set is a list of spans by row, then column; no two touch in a row. Rooms have some tens of cells
//! a span, so most steps over spans cost a small part of the same steps over cells.

use alloc::vec::Vec;

use crate::grid::{DisjointSets, Shape, Span, narrow};

/// The cells of a grid that hold a value.
pub(in crate::key) fn spans_of<T: Copy + PartialEq>(cells: &[T], width: usize, value: T) -> Vec<Span> {
    Span::runs(cells, width).filter(|(own, _)| *own == value).map(|(_, span)| span).collect()
}

/// Number of cells of a set.
pub(in crate::key) fn area(set: &[Span]) -> u32 {
    set.iter().map(|span| span.len()).sum()
}

/// The cells of a set in a grid.
pub(in crate::key) fn cells(set: &[Span], shape: Shape) -> impl Iterator<Item = u32> {
    set.iter().flat_map(move |span| span.cells(shape.width)).map(narrow)
}

/// Sums of the columns and of the rows of a set's cells.
pub(in crate::key) fn moments(set: &[Span]) -> (i64, i64) {
    set.iter().fold((0, 0), |(x, y), span| {
        let (start, end, len) = (i64::from(span.start), i64::from(span.end), i64::from(span.len()));
        // The columns of a span sum to its length times the mean of the first and the last, and one of the
        // two factors is even.
        (x + len * (start + end - 1) / 2, y + len * i64::from(span.y))
    })
}

/// A stretch of a span, and which part of a set that is divided it belongs to.
#[derive(Clone, Copy)]
pub(in crate::key) struct SetPart {
    pub(in crate::key) span: Span,
    pub(in crate::key) of: u16,
}

/// No piece.
pub(super) const NO_PIECE: u32 = u32::MAX;

/// The connected pieces of the parts of a set, numbered from 0 in the order of their first parts while they are found.
/// Two that turn out to be one keep the lower number.
#[derive(Default)]
pub(in crate::key) struct SpanPieces {
    /// The number that each part got first.
    numbers: Vec<u32>,
    sets: DisjointSets,
    /// For each number what its parts belong to, and their cells; those of one that went up in another are void.
    list: Vec<(u16, u32)>,
}

impl SpanPieces {
    /// Finds the connected pieces of the parts of a set. Calls `apart` with two parts that touch but do not
    /// belong together.
    pub(in crate::key) fn find(&mut self, set: &[SetPart], apart: &mut dyn FnMut(usize, usize)) {
        self.numbers.clear();
        self.sets.reset(0);
        self.list.clear();
        // The row below: from which of its spans on one may touch the next span, and where it ends.
        let (mut below, mut row) = (0, 0);
        let mut last: Option<u16> = None;
        for (upper, &SetPart { span, of }) in set.iter().enumerate() {
            let Span { y, start, end } = span;
            if last != Some(y) {
                // Without a row right below none of its spans is looked at.
                below = if last.is_some_and(|last| last + 1 == y) { row } else { upper };
                row = upper;
                last = Some(y);
            } else if set[upper - 1].span.end == start && set[upper - 1].of != of {
                apart(upper - 1, upper);
            }
            let mut number = NO_PIECE;
            while below < row {
                let SetPart { span: lower, of: other } = set[below];
                if lower.start >= end {
                    break;
                }
                if lower.end > start {
                    if of == other {
                        let found = self.sets.find(self.numbers[below]);
                        number = if number == NO_PIECE { found } else { self.unite(number, found) };
                    } else {
                        apart(below, upper);
                    }
                }
                // It may touch the next span too.
                if lower.end > end {
                    break;
                }
                below += 1;
            }
            if number == NO_PIECE {
                number = self.sets.add();
                self.list.push((of, 0));
            }
            self.list[number as usize].1 += span.len();
            self.numbers.push(number);
        }
    }

    /// Makes one piece of two, which may be one, and gives its number.
    pub(super) fn unite(&mut self, a: u32, b: u32) -> u32 {
        let (kept, absorbed) = (a.min(b), a.max(b));
        if kept != absorbed {
            self.sets.union_under(kept, absorbed);
            self.list[kept as usize].1 += self.list[absorbed as usize].1;
        }
        kept
    }

    /// The number of the piece that a part belongs to.
    pub(in crate::key) fn of_part(&mut self, part: usize) -> u32 {
        self.sets.find(self.numbers[part])
    }

    /// The number of cells of a piece, if there is one of this number.
    pub(super) fn area(&self, piece: u32) -> u32 {
        self.list.get(piece as usize).map_or(0, |&(_, cells)| cells)
    }

    /// The pieces in the order of their first parts: number, what it belongs to, cells.
    pub(in crate::key) fn iter(&self) -> impl Iterator<Item = (u32, u16, u32)> {
        let all = (0..).zip(&self.list).map(|(number, &(of, cells))| (number, of, cells));
        all.filter(|&(number, ..)| self.sets.is_root(number))
    }
}
