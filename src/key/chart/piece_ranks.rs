//! The ranks of all cells of a piece, found once for all cuts of it.

use alloc::vec::Vec;
use core::cell::Cell;

use crate::grid::Span;
use crate::key::zoning::bisection::area;

/// The ranks of a piece's cells along both drawn axes.
pub(super) struct PieceRanks {
    /// For each span its end, as one number with its row, and the number of cells up to there.
    ends: Vec<(u32, u32)>,
    along: [Vec<u32>; 2],
}

impl PieceRanks {
    /// Those of a set; `append` appends the ranks of a span's cells along an axis.
    pub(super) fn of(set: &[Span], append: impl Fn(usize, Span, &mut Vec<u32>)) -> Self {
        let end = |cells: &mut u32, span: &Span| {
            *cells += span.len();
            Some((place(span.y, span.end), *cells))
        };
        let along = [0, 1].map(|axis| {
            let mut ranks = Vec::with_capacity(area(set) as usize);
            for &span in set {
                append(axis, span, &mut ranks);
            }
            ranks
        });
        Self { ends: set.iter().scan(0, end).collect(), along }
    }

    /// Those along an axis, of spans of the piece's cells, best in order: each is looked for from where the last was
    /// found.
    pub(super) fn along(&self, axis: usize) -> impl Fn(Span, &mut Vec<u32>) {
        let last = Cell::new(0);
        move |cells, ranks| {
            let start = place(cells.y, cells.start);
            let is_before = |at: usize| self.ends.get(at).is_some_and(|&(end, _)| end <= start);
            let (mut from, mut step) = (last.get(), 1);
            if from > 0 && !is_before(from - 1) {
                from = 0;
            }
            // Everything before `from` is passed, and what is `step` farther is not.
            while is_before(from + step - 1) {
                from += step;
                step *= 2;
            }
            let near = &self.ends[from..self.ends.len().min(from + step)];
            let at = from + near.partition_point(|&(end, _)| end <= start);
            last.set(at);
            let (end, count) = self.ends[at];
            let first = (count - (end - start)) as usize;
            ranks.extend_from_slice(&self.along[axis][first..first + cells.len() as usize]);
        }
    }
}

/// A row and a column as one number, in their order.
const fn place(y: u16, x: u16) -> u32 {
    (y as u32) << 16 | x as u32
}
