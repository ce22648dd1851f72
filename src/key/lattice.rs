//! The cells of the home's crop as a graph: neighbours, and breadth-first floods.

/// A cell, patch, or component that is none.
pub(in crate::key) const NO_CELL: u32 = u32::MAX;

/// The sides of the crop. Cells are numbered row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::key) struct Lattice {
    pub(in crate::key) width: usize,
    pub(in crate::key) height: usize,
}

impl Lattice {
    /// Number of cells.
    pub(in crate::key) const fn len(self) -> usize {
        self.width * self.height
    }

    /// The four cells that share an edge with this one, [`NO_CELL`] for those past the border.
    #[inline]
    pub(in crate::key) const fn around(self, cell: u32) -> [u32; 4] {
        let width = narrow(self.width);
        let x = cell % width;
        [
            if x > 0 { cell - 1 } else { NO_CELL },
            if x + 1 < width { cell + 1 } else { NO_CELL },
            if cell >= width { cell - width } else { NO_CELL },
            if cell + width < narrow(self.len()) { cell + width } else { NO_CELL },
        ]
    }

    /// Column and row of a cell.
    #[inline]
    pub(in crate::key) fn place(self, cell: u32) -> (i64, i64) {
        let width = narrow(self.width);
        (i64::from(cell % width), i64::from(cell / width))
    }

    /// The cell in a column and row, if there is one.
    pub(in crate::key) fn cell(self, x: i64, y: i64) -> Option<usize> {
        let x = usize::try_from(x).ok().filter(|&x| x < self.width)?;
        let y = usize::try_from(y).ok().filter(|&y| y < self.height)?;
        Some(y * self.width + x)
    }

    /// Floods from the cells in `queue`, nearest first: `enter(from, to)` says whether the flood goes on into
    /// `to`, and must not let it in twice. Cells of one distance come in the order of the cells that they
    /// were entered from; so when the queue begins in the order of some rank, a cell is entered from the
    /// lowest rank of all that are equally near.
    pub(in crate::key) fn spread(self, queue: &mut Vec<u32>, mut enter: impl FnMut(usize, usize) -> bool) {
        let mut next = 0;
        while let Some(&cell) = queue.get(next) {
            next += 1;
            for near in self.around(cell) {
                if near != NO_CELL && enter(cell as usize, near as usize) {
                    queue.push(near);
                }
            }
        }
    }
}

/// A number of cells as the key stores it.
#[expect(clippy::cast_possible_truncation, reason = "a grid has at most 2^24 cells")]
pub(in crate::key) const fn narrow(n: usize) -> u32 {
    n as u32
}
