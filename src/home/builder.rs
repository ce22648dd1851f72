//! From a grid and rooms to a [`Home`]: the checks and the crop.
//!
//! Takes what a robot's map says and refuses what cannot be a home, each limit by an error of its own. What is accepted
//! is cropped to what is known, which takes away where the map lay on its canvas, and each cell gets one label: no
//! floor, floor of no room, or a piece of a room. Names, materials, paths and times have no place to go: a home never
//! held them.

use alloc::vec::Vec;

use nalgebra::{Isometry2, Point2};

use super::error::HomeError;
use super::footprint::Footprint;
use super::home::Home;
use super::keep_out::KeepOut;
use super::labels::{LOOSE, NO_FLOOR, PieceOrigin, RoomPiece};
use super::limits::{
    LEAST_ROOM_M2, MAX_DOCK_M, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_ROOMS, MAX_STRIP_M, STRIP_M,
};
use super::piece_labels::PieceLabels;
use super::room::{Room, RoomIds};
use super::strips::Strips;
use crate::grid::components::Components;
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Cell, CellRect, OccupancyGrid, RobotFrame, Shape, Span, narrow};

/// Gathers what makes a [`Home`] and checks it. All positions are in metres of the robot's frame: the grid's own,
/// unless [`HomeBuilder::origin`] says where the grid lies in another.
///
/// A home may have:
///
/// | | at most |
/// | --- | --- |
/// | side of the grid | [`MAX_SIDE`](crate::grid::MAX_SIDE) cells, 16,384 |
/// | cells between the bounds of what is known | [`MAX_CELLS`](crate::grid::MAX_CELLS), 4096 × 4096; the unknown
/// outside them costs nothing |
/// | resolution | [`MIN_RESOLUTION_M`](crate::grid::MIN_RESOLUTION_M) to
/// [`MAX_RESOLUTION_M`](crate::grid::MAX_RESOLUTION_M), 0.005 to 0.5 m a cell |
/// | radius of the robot | [`MIN_RADIUS_M`](super::MIN_RADIUS_M) to [`MAX_RADIUS_M`](super::MAX_RADIUS_M), 0.02 to 1 m
/// |
/// | origin | within [`MAX_ORIGIN_M`](crate::grid::MAX_ORIGIN_M) of zero |
/// | dock | [`MAX_DOCK_M`], 1 m, from free floor, where there is any |
/// | rooms | [`MAX_ROOMS`], 1000, of any number of cells, none with a cell of another |
/// | keep-outs | [`MAX_KEEP_OUTS`], 1000, with [`MAX_OUTLINE_CORNERS`], 4000 finite corners in all; a wall has two |
///
/// Every home within these limits yields a release, also one that is empty, has no dock, or holds nothing but walls.
///
/// ```
/// use homeveil::grid::{OccupancyGrid, Span};
/// use homeveil::home::{Footprint, Home, Room, RoomId, RoomKind};
/// let grid = OccupancyGrid::from_drawing(0.5, "
///     ######
///     #....#
///     #....#
///     ######
/// ")?;
/// let left = Room::new(RoomId::new(7), Some(RoomKind::Bedroom), vec![Span::new(1, 1, 2)?, Span::new(1, 2, 2)?]);
/// let home = Home::builder(grid, Footprint::disc_m(0.2)?).rooms([left]).dock([0.75, 0.75].into()).build()?;
/// assert_eq!(home.rooms().len(), 2, "the free cells on the right are a room as well");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct HomeBuilder {
    grid: OccupancyGrid,
    footprint: Footprint,
    rooms: Vec<Room>,
    frame: RobotFrame,
    dock: Option<Point2<f64>>,
    keep_outs: Vec<KeepOut>,
    strip_m: f64,
    /// The rooms were found in the grid itself: free cells outside them become no room.
    found: bool,
}

impl HomeBuilder {
    pub(super) const fn new(grid: OccupancyGrid, footprint: Footprint) -> Self {
        Self {
            grid,
            footprint,
            rooms: Vec::new(),
            frame: RobotFrame::GRID,
            dock: None,
            keep_outs: Vec::new(),
            strip_m: STRIP_M,
            found: false,
        }
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

    /// Adds rooms that were found in the grid itself, so that free cells outside them become no room.
    pub(crate) fn found_rooms(mut self, rooms: Vec<Room>) -> Self {
        self.found |= !rooms.is_empty();
        self.rooms(rooms)
    }

    /// Where the grid lies in the frame of the robot's poses: the pose of its lower left corner, x along its rows, as
    /// `info.origin` of `nav_msgs/OccupancyGrid` says. Dock, keep-outs, and whatever is asked of the home's key or
    /// said by it later (poses, regions, paths) are in that frame; runs of cells stay the grid's.
    ///
    /// ```
    /// use homeveil::home::{Footprint, Home};
    /// use homeveil::nalgebra::Isometry2;
    /// // The grid's rows run up in the robot's frame, so that its cells lie to the left of its corner.
    /// let origin = Isometry2::new([-1.0, 2.0].into(), core::f64::consts::FRAC_PI_2);
    /// let home = Home::from_drawing(0.5, Footprint::disc_m(0.1)?, "aaaa\naaaa", &[])?;
    /// let home = home.origin(origin).dock([-1.25, 3.75].into()).build()?;   // in the last cell of the lowest row
    /// # let _ = home;
    /// # Ok::<(), homeveil::home::HomeError>(())
    /// ```
    #[must_use]
    pub fn origin(mut self, origin: Isometry2<f64>) -> Self {
        self.frame = RobotFrame::of_origin(origin);
        self
    }

    /// Where the robot charges. It may lie in a wall: the nearest floor counts, up to [`MAX_DOCK_M`] away. The piece of
    /// floor that the dock is in is the home; without a dock it is the piece with most floor, and the largest room of
    /// it takes the dock's place.
    #[must_use]
    pub const fn dock(mut self, at: Point2<f64>) -> Self {
        self.dock = Some(at);
        self
    }

    /// Adds places that the robot must not enter, as its map carries them. An area that crosses itself is taken by the
    /// even-odd rule; what an owner draws should pass [`KeepOut::check`] first.
    #[must_use]
    pub fn keep_out(mut self, keep_outs: impl IntoIterator<Item = KeepOut>) -> Self {
        self.keep_outs.extend(keep_outs);
        self
    }

    /// How wide a strip of unknown cells between known floor may be and still count as floor, where it would part a
    /// room, or lies across a doorway of up to two metres between two rooms that do not meet elsewhere: [`STRIP_M`]
    /// unless it is set here; with 0 none does. The robot is taken to drive over such a strip. Widths are measured
    /// along rows and columns, so a slanting strip counts as up to 1.4 times as wide as it is.
    ///
    /// # Privacy
    /// It says what belongs to the home, and so a release depends on it. Choose one for a whole fleet and not for a
    /// home.
    #[must_use]
    pub const fn strips_up_to_m(mut self, metres: f64) -> Self {
        self.strip_m = metres;
        self
    }

    /// Checks everything and puts the floor in order.
    ///
    /// # Errors
    /// Too many rooms, keep-outs or corners of these; two rooms with one id or one cell; a room outside the grid; a
    /// position that is not finite; an origin that is no pose or too far; a dock farther than [`MAX_DOCK_M`] from all
    /// floor; a strip wider than [`MAX_STRIP_M`].
    ///
    /// # Complexity
    /// O(cells · radius) time and about 4 bytes a cell between the bounds of what is known; up to 30 where each cell
    /// differs from the next.
    pub fn build(self) -> Result<Home, HomeError> {
        self.check()?;
        let resolution_m = self.grid.resolution_m();
        let bounds = self.grid.known_bounds().unwrap_or(CellRect { x: 0, y: 0, width: 1, height: 1 });
        let CellRect { x: left, y: low, width, height } = bounds;
        let frame = self.frame.cropped([f64::from(left) * resolution_m, f64::from(low) * resolution_m]);
        let shape = Shape::new(width as usize, height as usize);
        let Self { grid, footprint, rooms, dock, keep_outs, strip_m, found, .. } = self;
        let mut cells = grid.into_crop(bounds);

        let mut floor = PieceLabels {
            shape,
            labels: cells.iter().map(|&cell| if cell == Cell::Free { LOOSE } else { NO_FLOOR }).collect(),
            pieces: Vec::new(),
            least_cells: LEAST_ROOM_M2 / (resolution_m * resolution_m),
            found,
        };
        for room in rooms {
            let label = floor.add(RoomPiece::new(room.id, room.kind, PieceOrigin::Given));
            for run in &room.runs {
                // Outside the bounds of what is known no cell is free.
                let Some(y) = run.y().checked_sub(low).filter(|&y| y < height) else { continue };
                let [start, end] = [run.columns().start, run.columns().end]
                    .map(|x| y as usize * shape.width + x.saturating_sub(left).min(width) as usize);
                let mut is_taken = false;
                for cell in &mut floor.labels[start..end] {
                    is_taken |= *cell > LOOSE;
                    *cell = if *cell == LOOSE { label } else { *cell };
                }
                if is_taken {
                    return Err(HomeError::RoomsOverlap);
                }
            }
        }
        let mut starts = BitGrid::label_starts(&floor.labels, shape.width);
        let mut components = Components::of_starts(&starts, &|cell| floor.labels[cell]);
        let closed = Strips {
            shape,
            resolution_m,
            radius_m: footprint.radius_m(),
            cells: &mut cells,
            labels: &mut floor.labels,
            components: &components,
        }
        .close(strip_m);
        if !closed.is_empty() {
            drop(components);
            for cell in closed {
                starts.insert_all(cell..(cell + 2).min(shape.len()));
            }
            components = Components::of_starts(&starts, &|cell| floor.labels[cell]);
        }
        drop(starts);
        let dock = dock.map(|dock| frame.to_crop(dock));
        if dock.is_some_and(|dock| is_off_floor(dock, shape, resolution_m, &cells)) {
            return Err(HomeError::Dock);
        }
        floor.settle(components, &disc_rows(footprint.radius_m() / resolution_m), &|_| None);

        Ok(Home {
            shape,
            resolution_m,
            frame,
            footprint,
            cells,
            labels: floor.labels,
            pieces: floor.pieces,
            found,
            dock,
            keep_outs: keep_outs.iter().map(|k| k.moved(|at| frame.corner_to_crop(at))).collect(),
        })
    }

    fn check(&self) -> Result<(), HomeError> {
        if self.rooms.len() > MAX_ROOMS {
            return Err(HomeError::Rooms);
        }
        if RoomIds::of(self.rooms.iter().map(|room| room.id)).has_any_twice() {
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
        if !self.frame.is_valid() {
            return Err(HomeError::Origin);
        }
        if !(0.0..=MAX_STRIP_M).contains(&self.strip_m) {
            return Err(HomeError::Strips);
        }
        Ok(())
    }
}

/// Far more than metres lose in floating point, so that a dock as far away as it may be is not refused by where its map
/// lies in the robot's frame.
const HAIR_M: f64 = 1e-6;

/// There is floor, and none of it within [`MAX_DOCK_M`] of the dock.
fn is_off_floor(dock: Point2<f64>, shape: Shape, resolution_m: f64, cells: &[Cell]) -> bool {
    let is_near = |cell: usize| {
        let past_edge =
            (shape.centre(cell, resolution_m) - dock).map(|far| (far.abs() - resolution_m / 2.0).max(0.0));
        past_edge.norm() <= MAX_DOCK_M + HAIR_M
    };
    // Two cells more than are so near, whatever is rounded.
    let reach = (MAX_DOCK_M + HAIR_M) / resolution_m + 2.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a side")]
    let near = |metres: f64, side: usize| {
        let side = f64::from(narrow(side));
        let [low, high] = [-reach, reach].map(|far| (metres / resolution_m + far).clamp(0.0, side) as usize);
        low..high
    };
    let (columns, rows) = (near(dock.x, shape.width), near(dock.y, shape.height));
    let is_near_floor = |y: usize| {
        let row = y * shape.width;
        (row + columns.start..row + columns.end).any(|cell| cells[cell] == Cell::Free && is_near(cell))
    };
    !rows.into_iter().any(is_near_floor) && cells.contains(&Cell::Free)
}

impl Home {
    /// A builder on a grid and the robot's footprint. See [`HomeBuilder`].
    #[must_use]
    pub const fn builder(grid: OccupancyGrid, footprint: Footprint) -> HomeBuilder {
        HomeBuilder::new(grid, footprint)
    }
}

private_debug!(HomeBuilder);
