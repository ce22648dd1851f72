//! The part of every cell while rooms are cut, and where parts touch redacted rooms.

use alloc::vec::Vec;

use crate::grid::components::Components;
use crate::grid::{NO_CELL, Shape, Span, narrow};
use crate::key::bisection::{cells, spans_of};
use crate::redact::RedactedCells;

/// No part.
pub(in crate::key) const NO_PART: u16 = 0;

/// The part of every cell, and where parts touch a redacted cluster.
pub(super) struct CellParts {
    pub(super) shape: Shape,
    pub(super) of: Vec<u16>,
    /// The cluster and the cell, sorted.
    pub(super) portals: Vec<(u32, u32)>,
}

impl CellParts {
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
        table: &mut [u32],
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
    portals.sort_unstable();
    portals.dedup();
    portals
}
