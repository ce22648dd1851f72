//! Map files of robots, read and written, and pictures.
//!
//! A reader turns a file's bytes into the types the stages take and keeps nothing else: what a format holds
//! beyond floor, walls, rooms, dock and keep-outs (names, materials, paths, obstacles, serial numbers, time
//! stamps) has no field to go to, so it cannot reach a release. The bytes may come from anywhere: readers
//! return typed errors and take memory in proportion to the file, never to a number that the file states.
//!
//! The writers take a [`Floor`](crate::release::Floor), the public drawing of a plan, and add nothing to it:
//! no name, date, id of the robot, nonce or comment. Their bytes are a function of the plan alone, so that
//! every home with the same plan has the same files. Grids count rows from below, pictures and Valetudo maps
//! from above; each writer turns the rows over once.
//!
//! | format | reader | writer |
//! | --- | --- | --- |
//! | Valetudo map JSON, versions 1 and 2 | [`read_valetudo`] | [`write_valetudo`] (version 2) |
//! | `map_server` YAML + PGM or PNG | [`MapServerYaml`], [`read_map_server_file`] | [`write_map_server`] (PGM) |
//! | SVG | | [`write_svg`] |
//! | PNG | | [`Picture::to_png`] |
//!
//! What a file may have at most; over it a reader gives a typed error that names the limit.
//!
//! | limit | Valetudo | `map_server` |
//! | --- | --- | --- |
//! | file | [`MAX_FILE_BYTES`], 64 MiB | [`MAX_YAML_BYTES`], 64 KiB, and a picture of [`MAX_IMAGE_BYTES`], 512 MiB |
//! | canvas | columns and rows up to 65,535 | [`MAX_IMAGE_SIDE`], 65,536 pixels a side, and [`MAX_IMAGE_PIXELS`], 2²⁸ in all |
//! | what is known | [`MAX_SIDE`](crate::grid::MAX_SIDE) cells a side, [`MAX_CELLS`](crate::grid::MAX_CELLS) between its bounds | the same |
//! | pixels named | [`MAX_PIXELS`], each counted once a layer | |
//! | resolution | 0.005 to 0.5 m a cell | the same |
//! | rooms | [`MAX_ROOMS`](crate::home::MAX_ROOMS), and 24 layers more | none |
//! | keep-outs | [`MAX_KEEP_OUTS`](crate::home::MAX_KEEP_OUTS) of [`MAX_CORNERS`] corners each, [`MAX_OUTLINE_CORNERS`](crate::home::MAX_OUTLINE_CORNERS) in all, within [`MAX_POSITION_CM`] of the origin | none |
//! | origin | | [`MAX_ORIGIN_M`] from zero |
//!
//! A canvas of 16,384 × 16,384 cells thus takes no more memory than what is known on it.

mod map_server;
mod parsed_map;
mod picture;
#[cfg(test)]
mod samples;
mod svg;
mod valetudo;

pub use map_server::{
    MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_ORIGIN_M, MAX_YAML_BYTES, MapServerError,
    MapServerFiles, MapServerYaml, read_map_server_file, write_map_server,
};
pub use parsed_map::{FileFrame, ParsedMap};
pub use picture::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture, PictureError};
pub use svg::write_svg;
pub use valetudo::{
    MAX_CORNERS, MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM, ValetudoError, read_valetudo, write_valetudo,
};
