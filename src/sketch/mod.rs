//! The sketch: all that a release may depend on.
//!
//! A [`Sketch`] is measured on a redacted home. It holds, for each room, its area as a share of the others', its
//! place in the order from left to right and from bottom to top (by centroid), the graph of doors, and which room is
//! the dock's. It holds no metre, coordinate, cell or name. The later stages take a sketch and nothing else, so
//! whatever else two homes differ in cannot reach a release.
//!
//! Sketches are canonical: homes that differ by the numbering of their rooms, by one of the eight symmetries of the
//! square, or by scale have *equal* sketches (corollaries N1, N4 and N5 of the promise). Everything computed from
//! them, heuristics and ties included, is then equal too. The canonical form is the least picture over the eight
//! symmetries, with the rooms sorted by their places (`canonical`). Rooms that share a centroid are told apart by area
//! and by colour refinement of the door graph (`orders`), but for twins, which need not be told apart (`alike`).

mod alike;
mod canonical;
#[cfg(test)]
mod canonical_tests;
mod door_list;
mod orders;
mod sketch;
mod survey;

#[cfg(test)]
pub(crate) use door_list::DoorList;
#[cfg(test)]
pub(crate) use sketch::Site;
pub use sketch::Sketch;
pub(crate) use survey::Survey;
