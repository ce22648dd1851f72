//! The painter: rectangles on a grid of cells, each with its kind of cell and its room.

use alloc::vec::Vec;

use crate::grid::{Cell, CellRect, OccupancyGrid, Span};
use crate::home::{Room, RoomId, RoomKind};

/// A drawing in progress: the kind of each cell, and the room that it belongs to.
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    cells: Vec<Cell>,
    rooms: Vec<u16>,
}

/// The cell belongs to no room.
const NO_ROOM: u16 = u16::MAX;

impl Canvas {
    pub(crate) fn unknown(width: u32, height: u32) -> Self {
        let count = width as usize * height as usize;
        Self { width, height, cells: vec![Cell::Unknown; count], rooms: vec![NO_ROOM; count] }
    }

    /// Paints a rectangle and gives it to a room or to none.
    pub(crate) fn fill(&mut self, rect: CellRect, cell: Cell, room: Option<u16>) {
        for at in self.indices(rect) {
            self.cells[at] = cell;
            self.rooms[at] = room.unwrap_or(NO_ROOM);
        }
    }

    /// Paints the four legs of a piece of furniture, each `leg` cells thick.
    pub(crate) fn legs(&mut self, CellRect { x, y, width, height }: CellRect, leg: u32) {
        for x in [x, x + width - leg] {
            for y in [y, y + height - leg] {
                self.fill(CellRect { x, y, width: leg, height: leg }, Cell::Occupied, None);
            }
        }
    }

    /// The rooms of these kinds, numbered from 1, with their cells.
    pub(crate) fn rooms(&self, kinds: impl ExactSizeIterator<Item = RoomKind>) -> Vec<Room> {
        let mut runs = vec![Vec::new(); kinds.len()];
        for (room, run) in Span::runs(&self.rooms, self.width as usize) {
            if let Some(own) = runs.get_mut(usize::from(room)) {
                own.push(run);
            }
        }
        let rooms = (1..).zip(kinds.zip(runs));
        rooms.map(|(id, (kind, runs))| Room::new(RoomId::new(id), Some(kind), runs)).collect()
    }

    /// The cells of a rectangle, by their index in the grid.
    pub(crate) fn indices(&self, rect: CellRect) -> impl Iterator<Item = usize> + use<> {
        let width = self.width as usize;
        (rect.y..rect.y + rect.height)
            .flat_map(move |y| (rect.x..rect.x + rect.width).map(move |x| y as usize * width + x as usize))
    }

    pub(crate) fn into_grid(self, resolution_m: f64) -> OccupancyGrid {
        OccupancyGrid::new(self.width, self.height, resolution_m, self.cells)
            .expect("a drawing's sides and resolution are within a grid's limits, and it has as many cells")
    }
}
