//! From a plan in decimetres to cells.
//!
//! `drawing` takes a finished plan (rooms, doors, windows, furniture, dock) and paints it in order: walls, rooms,
//! doors, furniture; the later covers the earlier. `canvas` is the painter: rectangles on a grid, each with its kind of
//! cell and its room. Lengths are whole decimetres until here, so a cell's size decides how walls look and never
//! whether rooms touch. What a sensor sees of it is another step (`sensed`).

mod canvas;
#[cfg(feature = "evaluation")]
mod drawing;

pub(crate) use canvas::Canvas;
#[cfg(feature = "evaluation")]
pub(crate) use drawing::HomeDrawing;
