//! Valetudo's map JSON, in.
//!
//! Valetudo is the free firmware companion of many robot vacuums; its map format (`ValetudoMap`, versions 1
//! and 2) is what Home Assistant cards and research tools exchange. A map is a list of layers of pixels
//! (`floor`, `wall`, and a `segment` for each room) and a list of entities in centimetres. The origin is the
//! upper left corner and y runs down.
//!
//! The reader turns that into the crate's frame (lower left, y up, metres; see [`grid`](crate::grid)) and
//! crops it to what is known, so the canvas the robot drew on (`size`, often 25 m or more a side) is neither
//! needed nor allocated, and the place on it is forgotten. Where layers disagree about a pixel a wall wins
//! over everything, a segment over plain floor, and of two segments the one listed first: robots do let them
//! overlap by a row.
//!
//! Only layers of those three types and the entities `charger_location`, `no_go_area` and `virtual_wall` are
//! kept while the file is read. A segment's name becomes a [`RoomKind`](crate::home::RoomKind) at once.
//! Everything else is skipped where it stands: a path's points never outlive their own entity, and obstacles,
//! materials, the robot's position, ids and nonces meet no field at all.
//!
//! The reader refuses a file rather than guess. Above all an unusable no-go area or virtual wall is an error:
//! leaving it out would send the robot where its owner does not want it.

mod error;
mod limits;
mod raw;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::ValetudoError;
pub use limits::{MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM};
pub use read::read_valetudo;
pub use write::write_valetudo;
