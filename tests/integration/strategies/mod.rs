//! Random homes, valid by construction, that shrink to small drawings.
//!
//! A [`Flat`] is a slicing floor plan: a rectangle of floor cut by walls of one cell into rooms of at least 6
//! × 6 cells, doors of 5 to 7 cells in shared walls, a dock, clutter that stands free in a room, keep-outs.
//! [`Flat::draw`] paints it as a [`Drawing`], which can be turned, scaled, moved and renumbered cell by cell,
//! and which becomes a [`Home`](homeveil::home::Home) through the public builder. A failing case prints the drawing.

mod drawing;
mod flat;
mod random;

pub(crate) use drawing::{Barrier, Cells, Drawing, Square};
pub(crate) use flat::{Blob, Flat, Opening};
pub(crate) use random::{blob, blob_choice, flats, opening, shared_wall};
