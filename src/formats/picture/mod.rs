//! Pictures of maps as PNG: public floors, private homes, paths, sheets of several.

mod floor;
pub mod palette;
mod paths;
mod pixels;
mod private_map;
mod sheet;

pub use pixels::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture, PictureError};
pub use private_map::PrivateMapError;
