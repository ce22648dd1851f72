//! Map files of robots, read and written.
//!
//! A reader turns a file's bytes into the types the stages take and keeps nothing else: what a format holds beyond floor,
//! walls, rooms, dock and keep-outs (names, materials, paths, obstacles, serial numbers, time stamps) has no field to go to,
//! so it cannot reach a release. The bytes may come from anywhere: readers return typed errors and take memory in
//! proportion to the file, never to a number that the file states.
//!
//! | format | reader |
//! | --- | --- |
//! | Valetudo map JSON, versions 1 and 2 | [`read_valetudo`] |

mod valetudo_read;

pub use valetudo_read::{
    MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM, ParsedMap, ValetudoError, read_valetudo,
};
