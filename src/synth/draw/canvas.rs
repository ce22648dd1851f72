//! The painter: rectangles on a grid of cells, each with what it is and whose floor it is.

use crate::grid::{Cell, OccupancyGrid, Span};

/// Left, low, right and high edge in cells, the latter two excluded.
pub(crate) type CellRect = (u32, u32, u32, u32);

/// The drawing as it grows: what each cell is, and the room it belongs to.
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    cells: Vec<Cell>,
    rooms: Vec<u16>,
}

/// No room's number.
const NOBODY: u16 = u16::MAX;

impl Canvas {
    pub(crate) fn unknown(width: u32, height: u32) -> Self {
        let count = width as usize * height as usize;
        Self { width, height, cells: vec![Cell::Unknown; count], rooms: vec![NOBODY; count] }
    }

    /// Paints a rectangle, as the floor of a room or as nobody's.
    pub(crate) fn fill(&mut self, (left, low, right, high): CellRect, cell: Cell, room: Option<u16>) {
        for y in low as usize..high as usize {
            let row = y * self.width as usize;
            self.cells[row + left as usize..row + right as usize].fill(cell);
            self.rooms[row + left as usize..row + right as usize].fill(room.unwrap_or(NOBODY));
        }
    }

    /// The cells of each of so many rooms, as runs.
    pub(crate) fn runs(&self, rooms: usize) -> Vec<Vec<Span>> {
        let mut runs = vec![Vec::new(); rooms];
        for (y, row) in (0..).zip(self.rooms.chunks_exact(self.width as usize)) {
            let mut x = 0;
            for stretch in row.chunk_by(|a, b| a == b) {
                #[expect(clippy::cast_possible_truncation, reason = "a row is as long as the width, a u32")]
                let len = stretch.len() as u32;
                if let Some(own) = runs.get_mut(usize::from(stretch[0])) {
                    own.push(Span::new(x, y, len).unwrap());
                }
                x += len;
            }
        }
        runs
    }

    /// The cells of a rectangle, by their index in the grid.
    pub(crate) fn indices(&self, (left, low, right, high): CellRect) -> impl Iterator<Item = usize> + use<> {
        let width = self.width as usize;
        (low as usize..high as usize)
            .flat_map(move |y| (left as usize..right as usize).map(move |x| y * width + x))
    }

    pub(crate) fn into_grid(self, resolution_m: f64) -> OccupancyGrid {
        OccupancyGrid::new(self.width, self.height, resolution_m, self.cells)
            .expect("a drawing's sides and resolution are within a grid's limits, and it has as many cells")
    }
}
