//! Occupancy grids: what a robot knows of a floor, one trinary value a cell.
//!
//! A grid is stored row by row. Cell (0, 0) is the lower left one, x runs to the right, y runs up, as ROS has
//! it; a point (x, y) in metres lies in cell (⌊x / resolution⌋, ⌊y / resolution⌋), so that the lower left
//! *corner* of the grid is the origin of its metres. This is the one place where origin, axes and order are
//! laid down; every module of the crate that speaks of cells or metres means these.
//!
//! Besides the grid itself this module holds what every stage does with cells: connected components over runs
//! (`components`), where a disc can stand (`standable`), which cells a polygon or a wall covers
//! (`raster`), and the eight symmetries of the plane ([`Symmetry`]). They work on integers only and give
//! the same result for a map and for its mirror image, which the promise of noninterference rests on.

pub(crate) mod bit_grid;
mod cell_rect;
pub(crate) mod components;
pub(crate) mod disjoint_sets;
pub(crate) mod distance;
pub(crate) mod fixed;
mod occupancy;
pub(crate) mod raster;
#[cfg(all(test, feature = "geo"))]
mod raster_tests;
pub(crate) mod shape;
mod span;
pub(crate) mod standable;
mod symmetry;

pub(crate) use bit_grid::BitGrid;
pub use cell_rect::CellRect;
pub(crate) use disjoint_sets::DisjointSets;
pub(crate) use fixed::Fixed;
pub use occupancy::{
    Cell, GridError, MAX_CELLS, MAX_RESOLUTION_M, MAX_SIDE, MIN_RESOLUTION_M, OccupancyGrid,
};
pub(crate) use shape::{NO_CELL, Shape, narrow};
pub use span::Span;
#[cfg(feature = "stages")]
pub use symmetry::Symmetry;
#[cfg(not(feature = "stages"))]
pub(crate) use symmetry::Symmetry;
