//! Pictures of maps as PNG: public floors, private homes, paths, sheets of several.

mod figures;
mod floor;
pub(super) mod palette;
mod paths;
mod pixels;
mod private_map;
mod room_labels;
mod sheet;

pub use pixels::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture};
