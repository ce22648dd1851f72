//! From a plan in decimetres to cells.

mod canvas;
#[cfg(feature = "evaluation")]
mod drawing;

pub(crate) use canvas::Canvas;
#[cfg(feature = "evaluation")]
pub(crate) use drawing::Drawing;
