//! How much of the borders between parts of a rectangle the floors behind them keep.
//!
//! When a leaf of the bisection is cut, the leaves beside it on the release are there already, and its two
//! halves should touch them in the home where their rectangles touch: the *terminal propagation* of circuit
//! placement (Dunlop & Kernighan 1985). Of each border on the release as much counts as kept as the two
//! floors touch along, up to half of what would be its length in the home; longer is no better, or a cut
//! would rather run along a room than across it.

use super::blocks::shared_border;
use super::chart::NO_PATCH;
use super::lattice::{Lattice, narrow};
use super::spans::Span;
use crate::atlas::Rect;

/// A cell of border kept in full.
const WHOLE: i64 = 1024;

/// What missing the quota by all of a half costs, in lengths of the cut. Half of it is more than any cut can
/// keep, so it is a matter of last resort.
const MISS: i64 = 4;

/// Share of a miss that is free, as by [`fits`](super::spans::fits).
const FREE: i64 = 16;

/// Cells that are looked at together.
const STRETCH: usize = 16;

/// A leaf about to be cut.
pub(super) struct Split {
    own: usize,
    new: usize,
    /// Length of the cut.
    cut: i64,
    /// Leaves that touch the lower half's rectangle or the upper's, and how long.
    near: [Vec<(usize, u32)>; 2],
}

impl Split {
    /// Leaf `own`, the upper half of which becomes leaf `new`, among others.
    pub(super) fn new(
        own: usize,
        new: usize,
        (low, high): (Rect, Rect),
        others: impl Iterator<Item = (usize, Rect)>,
    ) -> Self {
        let mut near = [Vec::new(), Vec::new()];
        for (other, rect) in others {
            for (near, half) in near.iter_mut().zip([low, high]) {
                let border = shared_border(half, rect);
                if border > 0 {
                    near.push((other, border));
                }
            }
        }
        Self { own, new, cut: shared_border(low, high).into(), near }
    }

    /// What missing the quota by so many cells costs; `smaller` is what the smaller half should have.
    pub(super) fn penalty(&self, missed: u32, smaller: u32) -> i64 {
        let smaller = i64::from(smaller.max(1));
        MISS * self.cut * WHOLE * (FREE * i64::from(missed) - smaller).max(0) / (FREE * smaller)
    }
}

/// Counts borders in the home.
pub(super) struct Touch {
    lattice: Lattice,
    /// Mark of the zone's first leaf.
    first: u32,
    /// Cells of the home to a cell of the release, along a line, in 256ths.
    scale: i64,
    counts: Vec<u32>,
}

impl Touch {
    pub(super) const fn new(lattice: Lattice) -> Self {
        Self { lattice, first: 0, scale: 1, counts: Vec::new() }
    }

    /// Begins with a zone of so many cells and such an area on the release.
    pub(super) fn begin(&mut self, first: u32, cells: u64, whole: u64) {
        self.first = first;
        let scale = ((cells << 16) / whole.max(1)).isqrt();
        self.scale = i64::try_from(scale).unwrap_or(i64::MAX).max(1);
    }

    /// Marks cells as a leaf's.
    pub(super) fn mark(&self, marks: &mut [u16], leaf: usize, set: &[Span]) {
        let mark = u16::try_from(self.first + narrow(leaf)).unwrap_or(NO_PATCH);
        for span in set {
            marks[span.cells(self.lattice)].fill(mark);
        }
    }

    /// How much of the borders on the release would be kept, and how much there is, if a leaf were cut so.
    /// Leaves all of it marked as the leaf's.
    pub(super) fn weigh(
        &mut self,
        marks: &mut [u16],
        split: &Split,
        low: &[Span],
        high: &[Span],
    ) -> (i64, i64) {
        self.mark(marks, split.new, high);
        let (mut kept, mut most) = (WHOLE * split.cut, WHOLE * split.cut);
        for (side, (set, own)) in [(low, split.own), (high, split.new)].into_iter().enumerate() {
            self.count(marks, own, set, split.new + 1);
            for &(other, border) in &split.near[side] {
                kept += self.kept(border.into(), self.counts[other]);
                most += WHOLE * i64::from(border);
            }
            if side == 0 {
                kept += self.kept(split.cut, self.counts[split.new]) - WHOLE * split.cut;
            }
        }
        self.mark(marks, split.own, high);
        (kept, most)
    }

    /// What counts as kept of a border on the release that is so many cells long in the home.
    fn kept(&self, border: i64, cells: u32) -> i64 {
        let due = (border * self.scale / 2).max(1);
        let cells = (256 * i64::from(cells)).min(due);
        WHOLE * border * cells / due
    }

    /// Counts the cells along which a leaf's cells touch each of the zone's leaves, of which there are so many.
    fn count(&mut self, marks: &[u16], own: usize, set: &[Span], leaves: usize) {
        self.counts.clear();
        self.counts.resize(leaves, 0);
        let width = self.lattice.width;
        let inside = u16::try_from(self.first + narrow(own)).unwrap_or(NO_PATCH);
        let (first, counts) = (self.first as usize, &mut self.counts);
        // Marks of other zones and of none are out of range.
        let mut add = |mark: u16| {
            let leaf = usize::from(mark).wrapping_sub(first);
            if leaf != own
                && let Some(count) = counts.get_mut(leaf)
            {
                *count += 1;
            }
        };
        for span in set {
            let cells = span.cells(self.lattice);
            if span.start > 0 {
                add(marks[cells.start - 1]);
            }
            if usize::from(span.end) < width {
                add(marks[cells.end]);
            }
            let below = (span.y > 0).then(|| &marks[cells.start - width..cells.end - width]);
            let above = marks.get(cells.start + width..cells.end + width);
            // Most rows lie within the leaf: whole stretches of its own marks are passed over.
            for stretch in below.into_iter().chain(above).flat_map(|row| row.chunks(STRETCH)) {
                if stretch.iter().fold(0, |others, mark| others | (mark ^ inside)) != 0 {
                    stretch.iter().copied().for_each(&mut add);
                }
            }
        }
    }
}
