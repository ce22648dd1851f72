//! Sets of cells and small numbers as bytes.

use super::codec::{Reader, Writer, check};
use super::error::BlobError;
use crate::grid::{BitGrid, Shape, narrow};

/// Writes lengths of runs, in turn outside and inside the set; the first may be 0.
pub(crate) fn write_cells(cells: &BitGrid, out: &mut Writer<'_>) {
    let len = cells.shape().len();
    let (mut cell, mut inside) = (0, false);
    while cell < len {
        let run = (cell..len).take_while(|&cell| cells.has(cell) == inside).count();
        out.count(narrow(run));
        cell += run;
        inside = !inside;
    }
}

/// A set as [`write_cells`] wrote it.
pub(crate) fn read_cells(from: &mut Reader<'_>, shape: Shape) -> Result<BitGrid, BlobError> {
    let mut cells = BitGrid::none(shape);
    let (mut cell, mut inside) = (0, false);
    while cell < shape.len() {
        let run = from.count()? as usize;
        check(run <= shape.len() - cell && (run > 0 || cell == 0 && !inside))?;
        if inside {
            cells.insert_all(cell..cell + run);
        }
        cell += run;
        inside = !inside;
    }
    Ok(cells)
}

/// The low byte of a number below 256.
pub(crate) const fn byte(n: usize) -> u8 {
    narrow(n).to_le_bytes()[0]
}
