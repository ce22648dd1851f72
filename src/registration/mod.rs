//! Registration: where an older map of a home lies on a newer one.
//!
//! A robot that maps a home anew starts from another corner of its canvas, turned by a quarter or by a few
//! degrees, and finds other furniture. What stays is where floor ends. So the newer map is searched for the
//! rigid transform under which most of the older map's floor is floor again, and most of the cells beside its
//! floor lie beside floor again, one cell off at most.
//!
//! The search is exact within its range: all whole shifts, four quarter turns, and small angles in steps of
//! half a degree, which are then made better by eighths. It bounds whole windows of shifts at once by masks that
//! hold the best of every window of 2, 4, 8 … cells, and divides only windows that can still win (branch and
//! bound scan matching: Hess, Kohler, Rapp & Andor 2016, "Real-time loop closure in 2D LIDAR SLAM"). Small
//! angles are tried only where none of the quarter turns alone explains the map: robots mostly square their
//! maps up themselves.
//!
//! Of the shifts and angles about the best one the one with most edges exactly on edges is taken in the end.
//!
//! The four quarter turns are searched as one: first the shifts are tried under which corners of the two maps
//! meet, and the one of a robot that kept its canvas; then windows of all turns, the most promising first. A
//! good transform is so found early, and what can't beat it is left out by its bound.
//!
//! All of it is integers: rotations are exact rational ones (cos = (m² − k²)/(m² + k²), sin = 2mk/(m² + k²)),
//! and of equally good transforms the one with the smaller turn wins, then the one tried first.
//!
//! Limits: a home that looks the same after a half turn may be taken for its half turn. Mirror images are not
//! tried: no robot mirrors its map.

mod features;
mod search;
mod transform;

pub(crate) use features::ScanFeatures;
pub(crate) use search::{EXPLAINED, Registration, register};
pub(crate) use transform::RigidTransform;
