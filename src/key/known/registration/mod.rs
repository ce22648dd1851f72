//! Registration: where an older map of a home lies on a newer one.
//!
//! A robot that maps a home again starts from another corner of its canvas, turned by a quarter or by a few degrees,
//! and finds other furniture. The edges of the floor stay. So the newer map is searched for the rigid transform under
//! which most of the older map's free cells are free again, and most of the cells next to them lie next to free cells
//! again, one cell off at most.
//!
//! The search is exact within its range. Where the expected place, or a shift under which corners meet, explains the
//! map (80 %), its range is all whole shifts under the four quarter turns. Else it is those under the few turns at
//! which the walls of both maps best point the same (`directions`), each with its quarter turns; the quarter turns
//! alone are then searched only if they are among these. The angle is refined by eighths of a degree. Most robots
//! square their maps up, so most searches are of the first sort. It bounds whole windows of shifts by masks that hold
//! the best of every window of 2, 4, 8 … cells, and divides only windows that can still win (branch-and-bound scan
//! matching: Hess, Kohler, Rapp & Andor 2016, "Real-time loop closure in 2D LIDAR SLAM"). In the end the neighbouring
//! shift or angle with most edges exactly on edges wins.
//!
//! The four quarter turns are searched as one. First come the place where the robot's frame or its canvas says that
//! the map lies, and the shifts under which corners of the two maps meet; then windows of all turns, the most promising
//! first. So a good transform is found early, and its score rules out most of the rest.
//!
//! All of it is integers: a rotation is a power of that by an eighth of a degree, multiplied up in fixed point with 40
//! bits behind the point. Of equally good transforms the one with the smaller turn from where the map is expected
//! wins, then the one tried first: a home that looks the same after a half turn is told from it by the robot's frame.
//! Where the expected place explains the map, other quarter turns have to find 5 % more: in a home that looks nearly
//! the same after a half turn, less is a chair that was moved.
//!
//! A registration counts as recognized (`found`) where enough is found again and enough of the newer map's edges agree,
//! of a map that shows a part of the other still more. How often that errs is counted by
//! `unlike_homes_are_not_recognized` and told in docs/measurements.md.
//!
//! Limits: where a robot gives no frame, or a new one, a home that looks the same after a half turn may be taken for
//! its half turn. Mirror images are not tried: no robot mirrors its map.

mod directions;
mod extents;
mod features;
mod found;
mod pyramid;
mod scale;
mod search;
mod target;
#[cfg(test)]
mod tests;
mod transform;

pub(crate) use features::ScanFeatures;
pub(crate) use found::{Agreeing, Registration};
pub(crate) use scale::{CellScale, signed};
pub(crate) use target::Target;
pub(crate) use transform::RigidTransform;
