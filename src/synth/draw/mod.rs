//! From a plan in decimetres to cells.

mod canvas;
mod drawing;

pub(crate) use canvas::{Canvas, CellRect};
pub(crate) use drawing::Drawing;
