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

/// Which spans of a set hang together.
#[derive(Default)]
pub(in crate::key) struct SpanPieces {
    sets: DisjointSets,
    /// At the first span of each piece its cells.
    areas: Vec<u32>,
}

impl SpanPieces {
    /// Finds the connected pieces of the parts of a set and gives their number.
    pub(in crate::key) fn find(&mut self, set: &[SetPart]) -> usize {
        let count = self.unite(set);
        self.measure(set);
        count
    }

    /// Gives the number of connected pieces alone, as [`find`](Self::find) does. What else is known of them
    /// [`measure`](Self::measure) finds.
    pub(super) fn unite(&mut self, set: &[SetPart]) -> usize {
        self.sets.reset(narrow(set.len()));
        let mut count = set.len();
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
            }
            let mut root = narrow(upper);
            while let Some(&SetPart { span: lower, of: other }) = set[..row].get(below) {
                if lower.start >= end {
                    break;
                }
                if lower.end > start && of == other {
                    let found = self.sets.find(narrow(below));
                    if found != root {
                        let (kept, absorbed) = (root.min(found), root.max(found));
                        self.sets.union_under(kept, absorbed);
                        root = kept;
                        count -= 1;
                    }
                }
                // It may touch the next span too.
                if lower.end > end {
                    break;
                }
                below += 1;
            }
        }
        count
    }

    /// Finds the first span and the number of cells of each piece of the set that was united last.
    pub(super) fn measure(&mut self, set: &[SetPart]) {
        self.sets.flatten();
        self.areas.clear();
        self.areas.resize(set.len(), 0);
        for (number, part) in set.iter().enumerate() {
            let first = self.first(number);
            self.areas[first] += part.span.len();
        }
    }

    /// The first span of the piece that a span belongs to.
    pub(in crate::key) fn first(&self, span: usize) -> usize {
        self.sets.root(narrow(span)) as usize
    }

    /// The number of cells of a piece, by its first span, as it was measured.
    pub(super) fn area(&self, first: usize) -> u32 {
        self.areas[first]
    }
}
