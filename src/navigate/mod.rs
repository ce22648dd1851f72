//! Paths for a robot on an occupancy grid, a release's or a real one.
//!
//! A [`Navigator`] finds a short path for the robot's disc between two places. The key lifts routes with it; with the
//! feature `evaluation`, `Navigator::path` plans on any grid. The disc is taken care of first: a `FreeSpace` holds the
//! cells where the footprint, with its centre at the cell's centre, stands clear of everything that is not known to be
//! free. The robot then is a point (Lozano-Pérez 1983, configuration space).
//!
//! The search is A* (Hart, Nilsson & Raphael 1968) over cells and their eight neighbours, in integers: a straight step
//! costs 70, a diagonal one 99, which is √2 to 5 parts in 10⁵. A diagonal step needs both cells next to it, so no
//! corner is cut. Open cells lie in buckets by estimated cost (Dial 1969), linked through one table: the search takes
//! no memory but its tables, and a `Navigator` used again allocates nothing.
//!
//! A path along eight directions is up to 8 % longer than it has to be, so it is pulled taut (string pulling; Nash et
//! al. 2007, "Theta*", has the same aim). Corners are dropped where the line between their neighbours crosses free
//! cells only; the others move, cell by cell, as long as that shortens the path. The line test is exact: it visits
//! every cell that the segment touches.
//!
//! Limits: clearance is measured between centres of cells, as everywhere in this library; between two centres the robot
//! may come half a cell closer to an obstacle than its radius. The taut path is a local optimum around the path of
//! cells, not the shortest over all routes. Ties are broken by a fixed order of neighbours, so every machine finds the
//! same path.

mod ahead;
mod cost;
#[cfg(feature = "evaluation")]
mod free_space;
mod navigator;
#[cfg(feature = "evaluation")]
mod path;
mod pull;
mod search;
mod sight;
mod space;
#[cfg(test)]
mod tests;

pub(crate) use cost::MAX_PASSAGES;
#[cfg(feature = "evaluation")]
pub use free_space::FreeSpace;
pub use navigator::Navigator;
#[cfg(feature = "evaluation")]
pub use path::{NavigateError, Path};
pub use space::SNAP_M;
pub(crate) use space::{MarkedGround, OPEN, nearest};
