//! Map files of robots, read and written, and pictures.
//!
//! **Readers** take the bytes of a file and give a [`RobotMap`]: cells, rooms, dock and keep-outs, and nothing
//! else. Whatever else a format holds (names, materials, paths, obstacles, serial numbers, time stamps) has no field
//! to go to, so it cannot reach a release. The bytes may come from anywhere: readers return typed errors and take
//! memory in proportion to the file, never to a number that the file states; a packed file is unpacked up to
//! [`MAX_FILE_BYTES`].
//!
//! **Writers** take a [`Floor`](crate::release::Floor), the public drawing of a plan, and add nothing to it: no
//! name, date, id of the robot, nonce or comment. The bytes depend on the plan alone, so all homes with the same
//! plan have the same files. Grids count rows from below, pictures and Valetudo maps from above; each writer turns
//! the rows over once.
//!
//! | format | reader | writer |
//! | --- | --- | --- |
//! | any of these, also packed, in a message or in a picture | [`read_map_file`], [`read_map`] | |
//! | Valetudo map JSON, versions 1 and 2 | [`read_valetudo`] | [`write_valetudo`] (version 2) |
//! | `map_server` YAML + PGM or PNG | [`read_map_server`], [`map_server_image`] | [`write_map_server`] (PGM) |
//! | PGM or PNG alone, with the metres of a pixel | [`read_map`] | |
//! | SVG | | [`write_svg`] |
//! | PNG | | [`Picture::to_png`] |
//!
//! Anything else is refused by name, with what to give instead ([`MapFileError`]).
//!
//! A file over one of these limits gives a typed error that names the limit.
//!
//! | limit | Valetudo | `map_server` |
//! | --- | --- | --- |
//! | file | [`MAX_FILE_BYTES`], 64 MiB | [`MAX_YAML_BYTES`], 64 KiB, and a picture of [`MAX_IMAGE_BYTES`], 512 MiB |
//! | canvas | columns and rows up to 65,535 | [`MAX_IMAGE_SIDE`], 65,536 pixels a side, and [`MAX_IMAGE_PIXELS`], 2²⁸ in all |
//! | known cells | [`MAX_SIDE`] cells a side, [`MAX_CELLS`] between its bounds | the same |
//! | pixels named | [`MAX_PIXELS`], each counted once in each layer | |
//! | resolution | 0.005 to 0.5 m a cell | the same |
//! | rooms | [`MAX_ROOMS`], and 24 layers more | none |
//! | keep-outs | [`MAX_KEEP_OUTS`] of [`MAX_CORNERS`] corners each, [`MAX_OUTLINE_CORNERS`] in all, within [`MAX_POSITION_CM`] of the origin | none |
//! | origin | | [`MAX_ORIGIN_M`](crate::grid::MAX_ORIGIN_M) from zero |
//!
//! A no-go area that crosses itself is taken as it is, by the even-odd rule: the robot obeys it already, and the home
//! must not be lost over it.
//!
//! A canvas of 16,384 × 16,384 cells thus takes no more memory than its known cells.
//!
//! [`RobotMap`]: crate::home::RobotMap
//! [`MAX_SIDE`]: crate::grid::MAX_SIDE
//! [`MAX_CELLS`]: crate::grid::MAX_CELLS
//! [`MAX_ROOMS`]: crate::home::MAX_ROOMS
//! [`MAX_KEEP_OUTS`]: crate::home::MAX_KEEP_OUTS
//! [`MAX_OUTLINE_CORNERS`]: crate::home::MAX_OUTLINE_CORNERS

mod error;
mod limits;
mod map_file;
mod map_server;
mod picture;
#[cfg(test)]
pub(crate) mod samples;
mod svg;
mod valetudo;

pub use error::MapFileError;
pub use map_file::{read_map, read_map_file};
pub use map_server::{
    MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_YAML_BYTES, MapServerFiles, map_server_image,
    read_map_server, write_map_server,
};
pub use picture::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture};
pub use svg::write_svg;
pub use valetudo::{MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM, read_valetudo, write_valetudo};
