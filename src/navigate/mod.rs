//! Ways for a robot on an occupancy grid, be it a release's or a real one.
//!
//! The cloud plans on the release, the robot on its own map; both ask for the shortest way of a disc between
//! two points. The disc is taken care of first: [`FreeSpace`] holds the cells on whose middle the footprint
//! stands clear of everything that is not known to be free, so that the robot becomes a point (Lozano-Pérez
//! 1983, configuration space). The search is A* (Hart, Nilsson & Raphael 1968) over cells and their eight
//! neighbours, in integers: a straight step costs 70, a diagonal one 99, which is √2 to 5 parts in 10⁵. A
//! diagonal step needs both cells beside it, so no corner is cut. Open cells lie in buckets by estimated cost
//! (Dial 1969), linked through one table, so the search takes no memory but its tables and a [`Navigator`]
//! used again allocates nothing.
//!
//! A way along eight directions is up to 8 % longer than need be. It is pulled taut: corners go where the line
//! between their neighbours runs over free cells only, and the others move, cell by cell, as long as that
//! makes the way shorter (string pulling; see Nash et al. 2007, "Theta*", for the same end). The line test is
//! exact: it visits every cell that the segment touches.
//!
//! Limits: clearance is measured between middles of cells, as everywhere in this library; between two middles
//! the robot may come half a cell closer to an obstacle than its radius. The pulled way is a local optimum about
//! the cell way, not the shortest of all homotopy classes. Ties are broken by a fixed order of neighbours, so
//! the same input gives the same way on every machine.

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
pub(crate) use space::{Ground, OPEN, nearest};
