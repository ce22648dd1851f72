//! The grid type and its checks.

use alloc::vec::Vec;

use super::cell_rect::CellRect;
use super::shape::{Shape, narrow};
use super::stretch::stretch;

/// Longest side of a grid, in cells: 819 m at 0.05 m. A robot that maps more is not in a home.
pub const MAX_SIDE: u32 = 16_384;

/// Most cells between the bounds of what is known: 4096 × 4096, a square of 205 m at 0.05 m. Bounds the memory
/// that any map can make the library take.
pub const MAX_CELLS: usize = 1 << 24;

/// Finest resolution, in metres a cell: no robot maps finer than 5 mm.
pub const MIN_RESOLUTION_M: f64 = 0.005;

/// Coarsest resolution, in metres a cell: above it a door is narrower than one cell.
pub const MAX_RESOLUTION_M: f64 = 0.5;

/// What is known of one cell.
///
/// ```
/// use homeveil::grid::Cell;
/// assert_eq!([-1, 0, 100].map(Cell::from_ros), [Cell::Unknown, Cell::Free, Cell::Occupied]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Cell {
    /// Never seen. Counts as an obstacle wherever a robot would have to stand.
    #[default]
    Unknown = 0,
    /// Floor.
    Free = 1,
    /// A wall, a piece of furniture, anything that stops the robot.
    Occupied = 2,
}

impl Cell {
    /// The cell of a `nav_msgs/OccupancyGrid` value: -1 unknown, 0 to 49 free, 50 to 100 occupied, others
    /// unknown.
    #[must_use]
    pub const fn from_ros(value: i8) -> Self {
        match value {
            0..=49 => Self::Free,
            50..=100 => Self::Occupied,
            _ => Self::Unknown,
        }
    }

    /// The `nav_msgs/OccupancyGrid` value of the cell: -1, 0 or 100.
    #[must_use]
    pub const fn to_ros(self) -> i8 {
        match self {
            Self::Unknown => -1,
            Self::Free => 0,
            Self::Occupied => 100,
        }
    }
}

/// A trinary occupancy grid with a resolution in metres a cell.
///
/// Row by row from the lower left, x to the right, y up (see the [module](crate::grid)).
///
/// ```
/// use homeveil::grid::{Cell, OccupancyGrid};
/// let grid = OccupancyGrid::from_drawing(0.05, "
///     ?####
///     ?...#
///     ??.##
/// ")?;
/// assert_eq!((grid.width(), grid.height()), (5, 3));
/// assert_eq!(grid.get(2, 0), Some(Cell::Free)); // the lowest row is drawn last
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct OccupancyGrid {
    width: u32,
    height: u32,
    resolution_m: f64,
    cells: Vec<Cell>,
}

/// The number of cells of a grid of these sides, if there may be one whatever its cells are.
pub(crate) fn cells_of_sides(width: u32, height: u32) -> Result<usize, GridError> {
    let side = 1..=MAX_SIDE;
    if !side.contains(&width) || !side.contains(&height) {
        return Err(GridError::Side);
    }
    let count = width as usize * height as usize;
    if count > MAX_CELLS { Err(GridError::Cells) } else { Ok(count) }
}

impl OccupancyGrid {
    /// A grid from its cells, row by row from the lower left.
    ///
    /// # Errors
    /// A side is zero or over [`MAX_SIDE`], the resolution is not between [`MIN_RESOLUTION_M`] and
    /// [`MAX_RESOLUTION_M`], there are not exactly `width × height` cells, or the bounds of what is known hold
    /// more than [`MAX_CELLS`]. The unknown outside them does not count: later stages leave it out.
    ///
    /// # Complexity
    /// O(1) for up to [`MAX_CELLS`] cells; for more, one pass over them.
    pub fn new(width: u32, height: u32, resolution_m: f64, cells: Vec<Cell>) -> Result<Self, GridError> {
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
            return Err(GridError::Side);
        }
        if !(MIN_RESOLUTION_M..=MAX_RESOLUTION_M).contains(&resolution_m) {
            return Err(GridError::Resolution);
        }
        let count = width as usize * height as usize;
        if cells.len() != count {
            return Err(GridError::Length);
        }
        let grid = Self { width, height, resolution_m, cells };
        let known = |bounds: CellRect| bounds.width as usize * bounds.height as usize;
        if count > MAX_CELLS && grid.known_bounds().is_some_and(|bounds| known(bounds) > MAX_CELLS) {
            return Err(GridError::Cells);
        }
        Ok(grid)
    }

    /// A grid from `nav_msgs/OccupancyGrid` values (see [`Cell::from_ros`]).
    ///
    /// # Errors
    /// As [`OccupancyGrid::new`].
    pub fn from_ros(width: u32, height: u32, resolution_m: f64, values: &[i8]) -> Result<Self, GridError> {
        Self::new(width, height, resolution_m, values.iter().map(|&v| Cell::from_ros(v)).collect())
    }

    /// A grid from a drawing, one character a cell, the uppermost row first: `#` occupied, a blank or `?`
    /// unknown, all else free.
    ///
    /// Blank lines and the common indentation are left out. Rows shorter than the longest end in unknown cells.
    ///
    /// # Errors
    /// As [`OccupancyGrid::new`]; and there are more than [`MAX_CELLS`] cells, the unknown ones included: one long row
    /// makes all others as long.
    ///
    /// # Complexity
    /// O(characters + cells).
    pub fn from_drawing(resolution_m: f64, drawing: &str) -> Result<Self, GridError> {
        let rows = rows_of(drawing);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let side = |n: usize| u32::try_from(n).map_err(|_| GridError::Side);
        let (columns, height) = (side(width)?, side(rows.len())?);
        cells_of_sides(columns, height)?;
        let cell = |c: char| match c {
            '#' => Cell::Occupied,
            ' ' | '?' => Cell::Unknown,
            _ => Cell::Free,
        };
        let cells = rows
            .iter()
            .flat_map(|row| (0..width).map(move |x| row.get(x).copied().map_or(Cell::Unknown, cell)))
            .collect();
        Self::new(columns, height, resolution_m, cells)
    }

    /// Cells in a row.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Number of rows.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// Width and height.
    pub(crate) const fn shape(&self) -> Shape {
        Shape::new(self.width as usize, self.height as usize)
    }

    /// Side of a cell in metres.
    #[must_use]
    pub const fn resolution_m(&self) -> f64 {
        self.resolution_m
    }

    /// All cells, row by row from the lower left.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell in column `x` of row `y`, if the grid has one there.
    #[must_use]
    pub fn get(&self, x: u32, y: u32) -> Option<Cell> {
        self.shape().cell(x.into(), y.into()).map(|cell| self.cells[cell])
    }

    /// The cells of a rectangle of the grid, row by row.
    pub(crate) fn crop(&self, rect: CellRect) -> Vec<Cell> {
        let [left, low, width, height] = [rect.x, rect.y, rect.width, rect.height].map(|n| n as usize);
        let rows = self.cells.chunks_exact(self.width as usize).skip(low).take(height);
        let mut cells = Vec::with_capacity(width * height);
        rows.for_each(|row| cells.extend_from_slice(&row[left..left + width]));
        cells
    }

    /// The same where the grid is needed no longer, which then makes room for it.
    pub(crate) fn into_crop(self, rect: CellRect) -> Vec<Cell> {
        let whole = CellRect { x: 0, y: 0, width: self.width, height: self.height };
        if rect == whole { self.cells } else { self.crop(rect) }
    }

    /// The smallest rectangle that holds every known cell, or nothing where none is known.
    ///
    /// # Complexity
    /// One pass over the cells.
    #[must_use]
    pub fn known_bounds(&self) -> Option<CellRect> {
        let is_known = |cell: &Cell| *cell != Cell::Unknown;
        let is_any_known =
            |cells: &[Cell]| cells.first().is_some_and(is_known) || stretch(cells) < cells.len();
        let rows = || self.cells.chunks_exact(self.width as usize);
        let low = rows().position(is_any_known)?;
        let high = rows().rposition(is_any_known)?;
        // Of each row what lies outside the columns so far.
        let (mut left, mut right) = (self.width as usize, 0);
        for row in rows().take(high + 1).skip(low) {
            let (before, after) = (&row[..left], &row[right..]);
            if is_any_known(before) {
                left = before.iter().position(is_known).unwrap_or(left);
            }
            if is_any_known(after) {
                right += after.iter().rposition(is_known).map_or(0, |last| last + 1);
            }
        }
        let [x, y, width, height] = [left, low, right - left, high + 1 - low].map(narrow);
        Some(CellRect { x, y, width, height })
    }
}

private_debug!(OccupancyGrid);

/// The rows of a drawing from below, without blank lines and the common indentation.
pub(crate) fn rows_of(drawing: &str) -> Vec<Vec<char>> {
    let lines: Vec<&str> = drawing.lines().filter(|line| !line.trim().is_empty()).collect();
    let blank = |line: &&str| line.chars().take_while(|sign| sign.is_whitespace()).count();
    let indent = lines.iter().map(blank).min().unwrap_or(0);
    lines.iter().rev().map(|line| line.trim_end().chars().skip(indent).collect()).collect()
}

/// Why a grid, or a picture of one, was refused. The text names the limit, never a value of the map.
///
/// ```
/// use homeveil::grid::{GridError, OccupancyGrid};
/// assert_eq!(OccupancyGrid::new(2, 2, 0.05, vec![]).err(), Some(GridError::Length));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GridError {
    /// A side is zero or over [`MAX_SIDE`].
    #[error(
        "width and height of a grid, of the known part of a map and of a drawn picture must be between 1 and {MAX_SIDE} \
         cells or pixels"
    )]
    Side,
    /// Too many cells.
    #[error(
        "a grid may have at most {MAX_CELLS} cells between the bounds of what is known, and a picture so many pixels"
    )]
    Cells,
    /// The resolution is not a number between the limits.
    #[error("resolution must be a number between {MIN_RESOLUTION_M} and {MAX_RESOLUTION_M} metres a cell")]
    Resolution,
    /// The number of cells does not fit the sides.
    #[error("the number of cells must be width times height")]
    Length,
    /// A span is empty or lies outside the largest grid.
    #[error("a span must hold at least one cell and lie in the first {MAX_SIDE} columns and rows")]
    Span,
}

#[cfg(test)]
mod tests {
    use super::{Cell, CellRect, GridError, OccupancyGrid};
    use proptest::prelude::*;

    #[test]
    fn ros_values_become_cells_and_back() {
        for value in i8::MIN..=i8::MAX {
            let cell = match value {
                0..50 => Cell::Free,
                50..=100 => Cell::Occupied,
                _ => Cell::Unknown,
            };
            assert_eq!(Cell::from_ros(value), cell, "{value}");
            assert_eq!(Cell::from_ros(cell.to_ros()), cell);
        }
    }

    #[test]
    fn a_ros_grid_is_read_row_by_row_from_the_lower_left() {
        let grid = OccupancyGrid::from_ros(3, 2, 0.05, &[0, 100, -1, 49, 50, 101]).unwrap();
        assert!(grid == OccupancyGrid::from_drawing(0.05, "\n.#?\n.#?\n").unwrap());
        let grid = OccupancyGrid::from_ros(2, 2, 0.05, &[-1, 0, 100, -1]).unwrap();
        assert!(grid == OccupancyGrid::from_drawing(0.05, "\n#?\n?.\n").unwrap());
        assert_eq!(grid.known_bounds(), Some(CellRect { x: 0, y: 0, width: 2, height: 2 }));
    }

    proptest! {
        #[test]
        fn the_bounds_of_what_is_known_are_those_of_a_look_at_all(
            width in 1..80_u32, values in prop::collection::vec(0..30_u8, 80..400),
        ) {
            let cell = |value: &u8| [Cell::Free, Cell::Occupied, Cell::Unknown][usize::from(*value).min(2)];
            let cells: Vec<Cell> = values.iter().map(cell).collect();
            let height = u32::try_from(cells.len()).unwrap() / width;
            let cells = cells[..(width * height) as usize].to_vec();
            let grid = OccupancyGrid::new(width, height, 0.05, cells).unwrap();
            let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
            let known: Vec<_> = all.filter(|&(x, y)| grid.get(x, y) != Some(Cell::Unknown)).collect();
            let ends = |of: fn(&(u32, u32)) -> u32| Some((known.iter().map(of).min()?, known.iter().map(of).max()?));
            let bounds = ends(|at| at.0).zip(ends(|at| at.1)).map(|((left, right), (low, high))| {
                CellRect { x: left, y: low, width: right - left + 1, height: high - low + 1 }
            });
            prop_assert_eq!(grid.known_bounds(), bounds);
        }
    }

    /// The cells of these would be 20 GB and 268 MB.
    #[test]
    fn a_drawing_is_measured_before_it_is_drawn() {
        let tall = |rows: usize, width: usize| ".\n".repeat(rows) + &".".repeat(width);
        assert_eq!(OccupancyGrid::from_drawing(0.05, &tall(140_000, 140_000)).err(), Some(GridError::Side));
        assert_eq!(OccupancyGrid::from_drawing(0.05, &tall(20_000, 3)).err(), Some(GridError::Side));
        assert_eq!(OccupancyGrid::from_drawing(0.05, &tall(16_383, 16_384)).err(), Some(GridError::Cells));
        assert!(OccupancyGrid::from_drawing(0.05, &tall(1023, 16_384)).is_ok());
    }
}
