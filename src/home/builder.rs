//! From grid and labels to a [`Home`]: the checks, and the order put into the floor.

use core::fmt;

use nalgebra::Point2;

use super::error::HomeError;
use super::footprint::Footprint;
use super::home::Home;
use super::keep_out::KeepOut;
use super::labels::{LOOSE, NO_FLOOR, RoomPiece};
use super::limits::{LEAST_ROOM_M2, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_ROOMS};
use super::piece_labels::PieceLabels;
use super::room::{Room, RoomId};
use crate::grid::standable::disc_rows;
use crate::grid::{Cell, CellRect, OccupancyGrid, Shape, Span};

/// Gathers what makes a [`Home`] and checks it. All positions are in metres in the grid's own frame.
///
/// A home may have:
///
/// | | at most |
/// | --- | --- |
/// | side of the grid | [`MAX_SIDE`](crate::grid::MAX_SIDE) cells, 16,384 |
/// | cells between the bounds of what is known | [`MAX_CELLS`](crate::grid::MAX_CELLS), 4096 × 4096; the unknown outside them costs nothing |
/// | resolution | [`MIN_RESOLUTION_M`](crate::grid::MIN_RESOLUTION_M) to [`MAX_RESOLUTION_M`](crate::grid::MAX_RESOLUTION_M), 0.005 to 0.5 m a cell |
/// | radius of the robot | [`MIN_RADIUS_M`](super::MIN_RADIUS_M) to [`MAX_RADIUS_M`](super::MAX_RADIUS_M), 0.02 to 1 m |
/// | rooms | [`MAX_ROOMS`], 1000, of any number of cells, none with a cell of another |
/// | keep-outs | [`MAX_KEEP_OUTS`], 1000, with [`MAX_OUTLINE_CORNERS`], 4000 finite corners in all; a wall has two |
///
/// Every home within these yields a release, be it empty, without a dock, or of nothing but walls.
#[derive(Clone)]
pub struct HomeBuilder {
    grid: OccupancyGrid,
    footprint: Footprint,
    rooms: Vec<Room>,
    dock: Option<Point2<f64>>,
    keep_outs: Vec<KeepOut>,
    /// The rooms were found in the grid itself: floor that is in none of them is none.
    found: bool,
}

impl HomeBuilder {
    pub(super) const fn new(grid: OccupancyGrid, footprint: Footprint) -> Self {
        Self { grid, footprint, rooms: Vec::new(), dock: None, keep_outs: Vec::new(), found: false }
    }

    /// Adds rooms. Without any, every large piece of floor is a room without a kind.
    #[must_use]
    pub fn rooms(mut self, rooms: impl IntoIterator<Item = Room>) -> Self {
        self.rooms.extend(rooms);
        self
    }

    /// The grid, where no room was given yet.
    pub(crate) const fn bare_grid(&self) -> Option<&OccupancyGrid> {
        if self.rooms.is_empty() { Some(&self.grid) } else { None }
    }

    /// Adds rooms that were found in the grid itself, so that floor which is in none of them becomes no room.
    pub(crate) fn found_rooms(mut self, rooms: Vec<Room>) -> Self {
        self.found |= !rooms.is_empty();
        self.rooms(rooms)
    }

    /// Where the robot charges. It may lie in a wall: the nearest floor counts. Without one the largest room
    /// takes its place.
    #[must_use]
    pub const fn dock(mut self, at: Point2<f64>) -> Self {
        self.dock = Some(at);
        self
    }

    /// Adds places the robot must not enter, as its map carries them. An area that crosses itself is taken by the
    /// even-odd rule; what an owner draws should pass [`KeepOut::check`] first.
    #[must_use]
    pub fn keep_out(mut self, keep_outs: impl IntoIterator<Item = KeepOut>) -> Self {
        self.keep_outs.extend(keep_outs);
        self
    }

    /// Checks everything and puts the floor in order.
    ///
    /// # Errors
    /// Too many rooms, keep-outs or corners of these; two rooms with one id or one cell; a room outside the grid; a position
    /// that is no number.
    ///
    /// # Complexity
    /// O(cells · radius) time and about 8 bytes a cell between the bounds of what is known.
    pub fn build(self) -> Result<Home, HomeError> {
        self.check()?;
        let resolution_m = self.grid.resolution_m();
        let CellRect { x: left, y: low, width, height } =
            self.grid.known_bounds().unwrap_or(CellRect { x: 0, y: 0, width: 1, height: 1 });
        let corner_m = [f64::from(left) * resolution_m, f64::from(low) * resolution_m];
        let (width, height) = (width as usize, height as usize);
        let stride = self.grid.width() as usize;
        let cells: Vec<Cell> = self
            .grid
            .cells()
            .chunks_exact(stride)
            .skip(low as usize)
            .take(height)
            .flat_map(|row| &row[left as usize..left as usize + width])
            .copied()
            .collect();

        let mut floor = PieceLabels {
            shape: Shape::new(width, height),
            labels: cells.iter().map(|&cell| if cell == Cell::Free { LOOSE } else { NO_FLOOR }).collect(),
            pieces: Vec::new(),
            least_cells: LEAST_ROOM_M2 / (resolution_m * resolution_m),
        };
        for room in &self.rooms {
            let label = floor.add(RoomPiece { id: room.id, kind: room.kind, fragment: false });
            for run in &room.runs {
                for x in run.columns() {
                    // Outside the bounds of what is known no cell is free.
                    let (Some(x), Some(y)) = (x.checked_sub(left), run.y().checked_sub(low)) else {
                        continue;
                    };
                    let (x, y) = (x as usize, y as usize);
                    if x >= width || y >= height {
                        continue;
                    }
                    let cell = &mut floor.labels[y * width + x];
                    match *cell {
                        NO_FLOOR => {}
                        LOOSE => *cell = label,
                        _ => return Err(HomeError::RoomsOverlap),
                    }
                }
            }
        }
        floor.split_labels();
        floor.settle_loose(&disc_rows(self.footprint.radius_m() / resolution_m), self.found);

        Ok(Home {
            shape: floor.shape,
            resolution_m,
            corner_m,
            footprint: self.footprint,
            cells,
            labels: floor.labels,
            pieces: floor.pieces,
            dock: self.dock.map(|dock| Point2::new(dock.x - corner_m[0], dock.y - corner_m[1])),
            keep_outs: self.keep_outs.iter().map(|k| k.moved(|at| at - corner_m.into())).collect(),
        })
    }

    fn check(&self) -> Result<(), HomeError> {
        if self.rooms.len() > MAX_ROOMS {
            return Err(HomeError::Rooms);
        }
        let mut ids: Vec<RoomId> = self.rooms.iter().map(|room| room.id).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(HomeError::RoomTwice);
        }
        let (width, height) = (self.grid.width(), self.grid.height());
        let inside = |run: &Span| run.y() < height && run.columns().end <= width;
        if !self.rooms.iter().flat_map(|room| &room.runs).all(inside) {
            return Err(HomeError::RoomOutside);
        }
        if self.keep_outs.len() > MAX_KEEP_OUTS {
            return Err(HomeError::KeepOuts);
        }
        if self.keep_outs.iter().map(KeepOut::corners).sum::<usize>() > MAX_OUTLINE_CORNERS {
            return Err(HomeError::Corners);
        }
        if !self.keep_outs.iter().all(KeepOut::is_finite) {
            return Err(HomeError::Position);
        }
        if self.dock.is_some_and(|dock| !dock.x.is_finite() || !dock.y.is_finite()) {
            return Err(HomeError::Position);
        }
        Ok(())
    }
}

impl Home {
    /// A builder on a grid and the robot's footprint. See [`HomeBuilder`].
    #[must_use]
    pub const fn builder(grid: OccupancyGrid, footprint: Footprint) -> HomeBuilder {
        HomeBuilder::new(grid, footprint)
    }
}

/// Prints no geometry and no number of anything, as for the home.
impl fmt::Debug for HomeBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HomeBuilder").finish_non_exhaustive()
    }
}
