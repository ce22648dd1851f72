//! The ranks of all cells of a piece, found once for all cuts of it.

use alloc::vec::Vec;

use crate::grid::Span;
use crate::key::bisection::area;

/// The ranks of a piece's cells along both drawn axes.
pub(super) struct PieceRanks {
    set: Vec<Span>,
    /// For each span the number of cells before it.
    before: Vec<u32>,
    along: [Vec<u32>; 2],
}

impl PieceRanks {
    /// Those of a set; `append` appends the ranks of a span's cells along an axis.
    pub(super) fn of(set: &[Span], append: impl Fn(usize, Span, &mut Vec<u32>)) -> Self {
        let count = |cells: &mut u32, span: &Span| {
            *cells += span.len();
            Some(*cells - span.len())
        };
        let along = [0, 1].map(|axis| {
            let mut ranks = Vec::with_capacity(area(set) as usize);
            set.iter().for_each(|&span| append(axis, span, &mut ranks));
            ranks
        });
        Self { set: set.to_vec(), before: set.iter().scan(0, count).collect(), along }
    }

    /// Those of cells of the piece next to one another.
    pub(super) fn at(&self, axis: usize, cells: Span) -> &[u32] {
        let span = self.set.partition_point(|own| (own.y, own.end) <= (cells.y, cells.start));
        let first = self.before[span] as usize + usize::from(cells.start - self.set[span].start);
        &self.along[axis][first..first + cells.len() as usize]
    }
}
