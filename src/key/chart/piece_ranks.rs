//! The ranks of all cells of a piece, found once for all cuts of it.

use alloc::vec::Vec;

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

    /// Those of cells of the piece next to one another.
    pub(super) fn at(&self, axis: usize, cells: Span) -> &[u32] {
        let start = place(cells.y, cells.start);
        let (end, count) = self.ends[self.ends.partition_point(|&(end, _)| end <= start)];
        let first = (count - (end - start)) as usize;
        &self.along[axis][first..first + cells.len() as usize]
    }
}

/// A row and a column as one number, in their order.
const fn place(y: u16, x: u16) -> u32 {
    (y as u32) << 16 | x as u32
}
