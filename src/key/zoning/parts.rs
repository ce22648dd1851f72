//! The part of every cell while rooms are cut, and where parts touch redacted rooms.

use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

use crate::grid::components::Components;
use crate::grid::sorted::sort_number_pairs;
use crate::grid::{NO_CELL, Shape, Span, narrow};
use crate::key::zoning::bisection::{cells, spans_of};
use crate::redact::RedactedCells;

/// No part.
pub(in crate::key) const NO_PART: u16 = 0;

/// The part of every cell, and where parts touch a redacted cluster.
#[derive(Clone)]
pub(super) struct CellParts {
    pub(super) shape: Shape,
    pub(super) of: Vec<u16>,
    /// The cluster and the cell, sorted.
    pub(super) portals: Vec<(u32, u32)>,
}

impl CellParts {
    /// Parts of the cells of a grid.
    ///
    /// # Complexity
    /// O(cells).
    pub(super) fn of(shape: Shape, of: Vec<u16>, redacted: &RedactedCells) -> Self {
        let portals = portals(shape, &of, redacted);
        Self { shape, of, portals }
    }

    /// The cells of a part.
    pub(super) fn spans(&self, part: u16) -> Vec<Span> {
        spans_of(&self.of, self.shape.width, part)
    }

    /// Gives cells to a part.
    pub(super) fn name(&mut self, set: &[Span], part: u16) {
        for span in set {
            self.of[span.cells(self.shape.width)].fill(part);
        }
    }

    /// The part of a cell that may lie past the border.
    pub(super) fn at(&self, cell: u32) -> u16 {
        self.of.get(cell as usize).copied().unwrap_or(NO_PART)
    }

    /// Distances along a part from some of its cells, [`NO_CELL`] where they do not lead.
    pub(super) fn measure(
        &self,
        (part, set): (u16, &[Span]),
        from: &[u32],
        table: &mut CellTable,
        queue: &mut Vec<u32>,
    ) {
        cells(set, self.shape).for_each(|cell| table[cell as usize] = NO_CELL);
        for &cell in from {
            table[cell as usize] = 0;
        }
        queue.clear();
        queue.extend(from);
        self.shape.flood(queue, |from, to| {
            let enter = self.of[to] == part && table[to] == NO_CELL;
            if enter {
                table[to] = table[from] + 1;
            }
            enter
        });
    }
}

/// A number for each cell of some rows.
#[derive(Default)]
pub(super) struct CellTable {
    /// The first cell of the first row.
    first: usize,
    values: Vec<u32>,
}

impl CellTable {
    /// Makes room for the rows of a set; no value is known.
    pub(super) fn cover(&mut self, set: &[Span], width: usize) {
        let row = |span: Option<&Span>| span.map_or(0, |span| usize::from(span.y));
        self.first = row(set.first()) * width;
        self.values.clear();
        self.values.resize((row(set.last()) + 1) * width - self.first, NO_CELL);
    }

    /// The value of a cell, if it lies in the rows.
    pub(super) fn get(&self, cell: usize) -> Option<u32> {
        self.values.get(cell.checked_sub(self.first)?).copied()
    }
}

impl Index<usize> for CellTable {
    type Output = u32;

    fn index(&self, cell: usize) -> &u32 {
        &self.values[cell - self.first]
    }
}

impl IndexMut<usize> for CellTable {
    fn index_mut(&mut self, cell: usize) -> &mut u32 {
        &mut self.values[cell - self.first]
    }
}

/// The cells of parts next to each cluster of redacted cells.
pub(in crate::key) fn portals(shape: Shape, part: &[u16], redacted: &RedactedCells) -> Vec<(u32, u32)> {
    let mut portals = Vec::new();
    if !redacted.cells.contains(&true) {
        return portals;
    }
    let labels: Vec<u16> = redacted.cells.iter().map(|&redacted| u16::from(redacted)).collect();
    let clusters = Components::of(&labels, shape);
    for run in clusters.runs.iter().filter(|run| run.label == 1) {
        for cell in run.cells(shape.width) {
            for near in shape.around(narrow(cell)) {
                if part.get(near as usize).is_some_and(|&part| part != NO_PART) {
                    portals.push((run.component, near));
                }
            }
        }
    }
    sort_number_pairs(&mut portals);
    portals.dedup();
    portals
}
