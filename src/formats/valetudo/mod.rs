//! Valetudo's map JSON, read and written.
//!
//! Valetudo is the free firmware companion of many robot vacuums. Home Assistant cards and research tools exchange
//! its map format (`ValetudoMap`, versions 1 and 2): a list of layers of pixels (`floor`, `wall`, and a `segment`
//! for each room) and a list of entities in centimetres. The origin is the upper left corner and y runs down.
//!
//! **Reading.** [`read_valetudo`] turns a file into the crate's frame (lower left, y up, metres; see
//! [`grid`](crate::grid)) and crops it to the known cells. The canvas that the robot drew on (`size`, often 25 m or
//! more a side) is neither needed nor allocated, and the place on it is forgotten. Where layers disagree about a
//! pixel, a wall wins over everything, a segment over plain floor, and of two segments the one listed first:
//! real files let segments overlap by a row.
//!
//! A layer's pixels are pairs (`pixels`, version 1) or runs (`compressedPixels`, version 2); Valetudo's own export
//! button writes pairs under version 2, so the list that has pixels counts. A placeholder, which Valetudo shows until
//! the robot has a map (`metaData.defaultMap`), is refused.
//!
//! Only layers of those three types and the entities `charger_location`, `no_go_area` and `virtual_wall` are kept
//! while the file is read. A segment's name becomes a [`RoomKind`](crate::home::RoomKind) at once. Everything else
//! is skipped in place: a path's points are dropped with their entity, and obstacles, materials, the robot's
//! position, ids and nonces have no field to go to.
//!
//! The reader refuses a file rather than guess. In particular, an unusable no-go area or virtual wall is an error:
//! leaving it out would send the robot where its owner does not want it.
//!
//! **Writing.** [`write_valetudo`] writes version 2: each zone of a release becomes a segment, and a door's cells
//! belong to the zone in whose rectangle they lie. The robot stands on its dock, as on every release: the public
//! map never says where the robot is. Valetudo's own files also carry a nonce, a map id of the vendor, floor
//! materials and paths; none of them is needed to show a map, and none is written.

mod raw;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use super::limits::{MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM};
pub use read::read_valetudo;
pub use write::write_valetudo;
