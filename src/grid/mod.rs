//! Occupancy grids: what a robot knows of a floor, one of three values per cell.
//!
//! A grid is stored row by row. Cell (0, 0) is the lower left one, x runs to the right, y runs up, as in ROS. A
//! point (x, y) in metres lies in cell (⌊x / resolution⌋, ⌊y / resolution⌋): the lower left *corner* of the grid
//! is the origin of its metres, and where that lies in the robot's frame is for a home to say (`robot_frame`). Origin,
//! axes and order are laid down here and nowhere else; every module that speaks of cells or metres means these.
//!
//! Besides [`OccupancyGrid`] this module holds what every stage does with cells: shapes and neighbours (`shape`,
//! `ring`), runs ([`Span`]) and sets of cells (`bit_grid`, `bit_shifts`, `bit_turns`), tables over them
//! (`on_cells`) and borders between them (`borders`), connected components (`components`) and what they enclose
//! (`enclosure`), distances (`distance`), the cells where a disc fits (`standable`), the cells that a polygon or a
//! wall covers (`raster`), and the eight symmetries of the square (`symmetry`). These work on integers wherever an
//! outcome depends on them, and give the same result for a map and for its mirror image. The promise of
//! noninterference rests on that.

pub(crate) mod bit_grid;
pub(crate) mod bit_shifts;
mod bit_turns;
mod borders;
mod cell_rect;
pub(crate) mod components;
pub(crate) mod disjoint_sets;
pub(crate) mod distance;
pub(crate) mod enclosure;
pub(crate) mod fixed;
pub(crate) mod occupancy;
pub(crate) mod on_cells;
pub(crate) mod raster;
#[cfg(all(test, feature = "geo"))]
mod raster_tests;
mod ring;
mod robot_frame;
pub(crate) mod shape;
pub(crate) mod sorted;
pub(crate) mod span;
pub(crate) mod standable;
mod stretch;
mod symmetry;

pub(crate) use bit_grid::BitGrid;
pub(crate) use bit_shifts::Shift;
pub(crate) use borders::Borders;
pub(crate) use cell_rect::Axis;
pub use cell_rect::CellRect;
pub(crate) use disjoint_sets::DisjointSets;
pub(crate) use fixed::Fixed;
pub use occupancy::{
    Cell, GridError, MAX_CELLS, MAX_RESOLUTION_M, MAX_SIDE, MIN_RESOLUTION_M, OccupancyGrid,
};
pub(crate) use ring::{RING, stays_whole};
pub use robot_frame::MAX_ORIGIN_M;
pub(crate) use robot_frame::RobotFrame;
pub(crate) use shape::{NO_CELL, Shape, by_rank, narrow};
pub use span::Span;
#[cfg(feature = "stages")]
pub use symmetry::Symmetry;
#[cfg(not(feature = "stages"))]
pub(crate) use symmetry::Symmetry;
