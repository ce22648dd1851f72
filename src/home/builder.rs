//! From grid and labels to a [`Home`]: the checks, and the order put into the floor.

use core::fmt;

use nalgebra::Point2;

use super::{FIRST_ROOM, Footprint, GAP, Home, KeepOut, LOOSE, NO_FLOOR, Piece, Room, RoomId};
use crate::grid::components::{Components, Run};
use crate::grid::standable::{disc_rows, standable, swept};
use crate::grid::{Cell, CellRect, GridError, OccupancyGrid, Shape, Span};

/// Most rooms of a home. Ten times the largest house on any real map tried.
pub const MAX_ROOMS: usize = 1000;

/// Most keep-outs of a home: as many as rooms.
pub const MAX_KEEP_OUTS: usize = 1000;

/// Most corners of all keep-outs of a home together, and of all regions of a redaction: four for each keep-out.
/// An outline is drawn in each row of the grid that it passes, so corners are what drawing costs by.
pub const MAX_OUTLINE_CORNERS: usize = 4 * MAX_KEEP_OUTS;

/// Least floor, in square metres, that becomes a room without having been labelled one: the smallest toilets
/// have 1 m².
pub const LEAST_ROOM_M2: f64 = 1.0;

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

    /// Adds places the robot must not enter.
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

        let mut floor = Floor {
            width,
            height,
            labels: cells.iter().map(|&cell| if cell == Cell::Free { LOOSE } else { NO_FLOOR }).collect(),
            pieces: Vec::new(),
            least_cells: LEAST_ROOM_M2 / (resolution_m * resolution_m),
        };
        for room in &self.rooms {
            let label = floor.add(Piece { id: room.id, kind: room.kind, fragment: false });
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
            shape: Shape::new(width, height),
            resolution_m,
            corner_m,
            footprint: self.footprint,
            cells,
            labels: floor.labels,
            pieces: floor.pieces,
            dock: self.dock.map(|dock| Point2::new(dock.x - corner_m[0], dock.y - corner_m[1])),
            keep_outs: self.keep_outs.into_iter().map(|k| k.shifted(corner_m[0], corner_m[1])).collect(),
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

/// Prints no geometry and no number of anything, as for the home.
impl fmt::Debug for HomeBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HomeBuilder").finish_non_exhaustive()
    }
}

/// The floor's labels while they are put in order.
pub(crate) struct Floor {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) labels: Vec<u16>,
    pub(crate) pieces: Vec<Piece>,
    /// Cells that make a room of floor that was not labelled one.
    pub(crate) least_cells: f64,
}

impl Floor {
    /// Adds a piece and gives its label.
    pub(crate) fn add(&mut self, piece: Piece) -> u16 {
        self.pieces.push(piece);
        label_of(self.pieces.len() - 1)
    }

    /// The piece whose floor a label marks.
    fn entry(&self, label: u16) -> Option<usize> {
        label.checked_sub(FIRST_ROOM).map(usize::from).filter(|&entry| entry < self.pieces.len())
    }

    /// Makes each piece connected: its largest part keeps the label, other large parts (and others as large
    /// as the largest) become pieces, the rest fragments.
    pub(crate) fn split_labels(&mut self) {
        let components = Components::of(&self.labels, self.width);
        let mut largest = vec![(0_u32, u32::MAX); self.pieces.len()];
        for (number, component) in (0..).zip(&components.list) {
            if let Some(entry) = self.entry(component.label)
                && component.area > largest[entry].0
            {
                largest[entry] = (component.area, number);
            }
        }
        let mut bounds = vec![Bounds::NONE; components.list.len()];
        for run in &components.runs {
            bounds[run.component as usize].extend(run);
        }
        let (width, cells) = (self.width, self.labels.len());
        let enclosed = |inner: u32, outer: u32| {
            bounds[outer as usize].surround(bounds[inner as usize])
                && is_enclosed(&components, inner, outer, width, cells)
        };
        // A part that encloses the largest takes its place.
        for (number, component) in (0..).zip(&components.list) {
            if let Some(entry) = self.entry(component.label)
                && enclosed(largest[entry].1, number)
            {
                largest[entry] = (component.area, number);
            }
        }
        let mut fragments: Vec<Option<u16>> = vec![None; self.pieces.len()];
        let mut relabelled: Vec<u16> = Vec::with_capacity(components.list.len());
        for (number, component) in (0..).zip(&components.list) {
            let Some(entry) = self.entry(component.label) else {
                relabelled.push(component.label);
                continue;
            };
            let piece = self.pieces[entry];
            let label = if largest[entry].1 == number || piece.fragment {
                component.label
            } else if (f64::from(component.area) >= self.least_cells || component.area == largest[entry].0)
                && self.pieces.len() < 4 * MAX_ROOMS
                && !enclosed(number, largest[entry].1)
            {
                self.add(piece)
            } else {
                *fragments[entry].get_or_insert_with(|| {
                    self.pieces.push(Piece { fragment: true, ..piece });
                    label_of(self.pieces.len() - 1)
                })
            };
            relabelled.push(label);
        }
        for run in &components.runs {
            let label = relabelled[run.component as usize];
            if label != run.label {
                self.labels[run.cells(self.width)].fill(label);
            }
        }
    }

    /// Makes rooms of floor without a room where it is broad and large, unless the rooms are `found` ones,
    /// and marks the small pieces as gaps.
    fn settle_loose(&mut self, disc: &[u8], found: bool) {
        const BROAD: u16 = u16::MAX - 1;
        if !self.labels.contains(&LOOSE) {
            return;
        }
        let components = Components::of(&self.labels, self.width);
        let large = |area: u32, least: f64| f64::from(area) >= least;
        for run in components.runs.iter().filter(|run| run.label == LOOSE) {
            if !large(components.list[run.component as usize].area, self.least_cells) {
                self.labels[run.cells(self.width)].fill(GAP);
            }
        }
        if !found && self.labels.contains(&LOOSE) {
            // Of the large ones only what the robot can sweep: rays and slits stay without a room.
            let stand = standable(|cell| self.labels[cell] != NO_FLOOR, self.width, self.height, disc);
            let sweep = swept(&stand, self.width, self.height, disc);
            for (label, &swept) in self.labels.iter_mut().zip(&sweep) {
                if *label == LOOSE && swept {
                    *label = BROAD;
                }
            }
            let components = Components::of(&self.labels, self.width);
            let mut made: Vec<Option<u16>> = vec![None; components.list.len()];
            let mut next = self.pieces.iter().map(|piece| piece.id.get()).max().unwrap_or(0);
            for run in components.runs.iter().filter(|run| run.label == BROAD) {
                let component = run.component as usize;
                if large(components.list[component].area, self.least_cells)
                    && made[component].is_none()
                    && self.pieces.len() < 4 * MAX_ROOMS
                {
                    next = next.wrapping_add(1);
                    made[component] =
                        Some(self.add(Piece { id: RoomId::new(next), kind: None, fragment: false }));
                }
                self.labels[run.cells(self.width)].fill(made[component].unwrap_or(GAP));
            }
        }
    }
}

/// Columns and rows that a component lies in.
#[derive(Clone, Copy)]
struct Bounds {
    x: (u16, u16),
    y: (u16, u16),
}

impl Bounds {
    const NONE: Self = Self { x: (u16::MAX, 0), y: (u16::MAX, 0) };

    fn extend(&mut self, run: &Run) {
        self.x = (self.x.0.min(run.span.start), self.x.1.max(run.span.end));
        self.y = (self.y.0.min(run.span.y), self.y.1.max(run.span.y));
    }

    const fn surround(self, inner: Self) -> bool {
        self.x.0 < inner.x.0 && inner.x.1 < self.x.1 && self.y.0 < inner.y.0 && inner.y.1 < self.y.1
    }
}

/// Whether a component lies in a hole of another that holds no room else: floor within a ring of furniture,
/// which goes with the furniture.
fn is_enclosed(components: &Components, inner: u32, outer: u32, width: usize, cells: usize) -> bool {
    let mut mask = vec![0_u16; cells];
    for run in components.runs.iter().filter(|run| run.component == outer) {
        mask[run.cells(width)].fill(1);
    }
    let around = Components::of(&mask, width);
    let mut hole_of = vec![0_u32; cells];
    for run in &around.runs {
        hole_of[run.cells(width)].fill(run.component);
    }
    let Some(hole) = components.runs.iter().find(|run| run.component == inner) else { return false };
    let hole = hole_of[hole.cells(width).start];
    let label = components.list[inner as usize].label;
    let is_other = |run: &&Run| run.label >= FIRST_ROOM && run.label != GAP && run.label != label;
    !around.list[hole as usize].at_edge
        && !components.runs.iter().filter(is_other).any(|run| hole_of[run.cells(width).start] == hole)
}

/// The label of the piece at an index.
#[expect(clippy::cast_possible_truncation, reason = "there are at most 8 times MAX_ROOMS pieces")]
const fn label_of(piece: usize) -> u16 {
    piece as u16 + FIRST_ROOM
}

/// Why a home was refused. The text names the limit or the field, never a value of the home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HomeError {
    /// The grid is not valid.
    Grid(GridError),
    /// The robot's radius is outside the limits.
    Footprint,
    /// More than [`MAX_ROOMS`] rooms.
    Rooms,
    /// More than [`MAX_KEEP_OUTS`] keep-outs.
    KeepOuts,
    /// The keep-outs have more than [`MAX_OUTLINE_CORNERS`] corners together.
    Corners,
    /// Two rooms have the same id.
    RoomTwice,
    /// A room has cells outside the grid.
    RoomOutside,
    /// Two rooms have a cell in common.
    RoomsOverlap,
    /// A position is not a finite number.
    Position,
}

impl fmt::Display for HomeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grid(error) => error.fmt(f),
            Self::Footprint => write!(
                f,
                "the robot's radius must be between {} and {} metres",
                super::MIN_RADIUS_M,
                super::MAX_RADIUS_M
            ),
            Self::Rooms => write!(f, "a home may have at most {MAX_ROOMS} rooms"),
            Self::KeepOuts => write!(f, "a home may have at most {MAX_KEEP_OUTS} keep-outs"),
            Self::Corners => {
                write!(f, "all keep-outs of a home may have at most {MAX_OUTLINE_CORNERS} corners together")
            }
            Self::RoomTwice => f.write_str("each room id may be given once, with all cells of the room"),
            Self::RoomOutside => {
                f.write_str("a room has cells outside the grid: give its runs in the grid's own cells")
            }
            Self::RoomsOverlap => {
                f.write_str("two rooms share a cell: a cell may belong to one room at most")
            }
            Self::Position => f.write_str("dock and keep-outs must be given in finite metres"),
        }
    }
}

impl core::error::Error for HomeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        if let Self::Grid(error) = self { Some(error) } else { None }
    }
}
