//! The sketch: all that a release may depend on.
//!
//! A [`Sketch`] holds, for each room that is left, its area as a share of the others', the order of the rooms
//! from left to right and from bottom to top (by centroid), the graph of doors, and which room is the dock's.
//! No metre, no coordinate, no cell, no name: whatever two homes differ in besides these cannot reach a
//! release, because the stages after this one take a sketch and nothing else.
//!
//! A sketch is kept in a canonical form, so that two homes that differ by the numbering of their rooms, by
//! one of the eight symmetries of the plane or by scale have *equal* sketches (corollaries N1, N4 and N5 of
//! the promise), and everything computed from them, heuristics and ties included, is equal too. The form is
//! the least code over the eight symmetries, rooms sorted by their places; rooms that share a centroid are
//! told apart by area and by colour refinement of the door graph (Weisfeiler & Leman 1968), and where that
//! fails too, by trying each in turn.

mod canonical;
mod sketch;
mod survey;

pub use sketch::Sketch;
pub(crate) use survey::Survey;
