//! Map files and pictures.
//!
//! The writers take a [`Floor`](crate::release::Floor), the public drawing of a plan, and add nothing to it: no name, date, id of
//! the robot, nonce or comment. Their bytes are a function of the plan alone, so that every home with the same plan has the same files.
//!
//! Grids count rows from below, pictures and Valetudo maps from above; each writer turns the rows over once.

mod map_server;
mod paint;
pub mod palette;
mod picture;
mod svg;
mod valetudo_write;

pub use map_server::{MapServerFiles, write_map_server};
pub use picture::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture, PictureError};
pub use svg::write_svg;
pub use valetudo_write::write_valetudo;

#[cfg(test)]
mod samples;
