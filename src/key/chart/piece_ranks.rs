//! The ranks of all cells of a piece, found once for all cuts of it.

use alloc::vec::Vec;

use crate::grid::{Span, narrow};
use crate::key::zoning::bisection::area;

/// The ranks of a piece's cells along both drawn axes.
pub(super) struct PieceRanks {
    /// The first row, and for each the number of its first span.
    low: u16,
    rows: Vec<u32>,
    /// For each span its end, and the number of cells up to there.
    ends: Vec<(u16, u32)>,
    along: [Vec<u32>; 2],
}

impl PieceRanks {
    /// Those of a set; `append` appends the ranks of a span's cells along an axis.
    pub(super) fn of(set: &[Span], append: impl Fn(usize, Span, &mut Vec<u32>)) -> Self {
        let low = set.first().map_or(0, |span| span.y);
        let mut rows = Vec::new();
        for (number, span) in set.iter().enumerate() {
            rows.resize(rows.len().max(usize::from(span.y - low) + 1), narrow(number));
        }
        let end = |cells: &mut u32, span: &Span| {
            *cells += span.len();
            Some((span.end, *cells))
        };
        let along = [0, 1].map(|axis| {
            let mut ranks = Vec::with_capacity(area(set) as usize);
            for &span in set {
                append(axis, span, &mut ranks);
            }
            ranks
        });
        Self { low, rows, ends: set.iter().scan(0, end).collect(), along }
    }

    /// Those of cells of the piece next to one another.
    pub(super) fn at(&self, axis: usize, cells: Span) -> &[u32] {
        let row = self.rows[usize::from(cells.y - self.low)] as usize;
        let own = self.ends[row..].iter().find(|(end, _)| *end > cells.start);
        let first = own.map_or(0, |&(end, count)| (count - u32::from(end - cells.start)) as usize);
        &self.along[axis][first..first + cells.len() as usize]
    }
}
