//! What the files of a map may hold at most, a file of constants for each format.
//!
//! They bound the time and the memory that a hostile file can take, and leave room for every real map. The readers hold
//! files against them before they allocate, and [`MapFileError`](crate::formats::MapFileError) names the one that a
//! file is over; so they stand apart from both.

pub(super) mod map_server;
pub(super) mod valetudo;
