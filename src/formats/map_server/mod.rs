//! ROS `map_server` maps, read and written.
//!
//! A map is two files: a grey picture, PGM or PNG, and a YAML file that says how to read it. A pixel's *occupancy*
//! is how dark it is, from 0 (white) to 1 (black), or how bright with `negate: 1`; colours count by the mean of
//! their channels. Then, by `mode`:
//!
//! | mode | cell |
//! | --- | --- |
//! | `trinary`, the default | occupied above `occupied_thresh`, free below `free_thresh`, else unknown |
//! | `scale` | the same, and between the thresholds 0 to 100 in proportion, read as [`Cell::from_ros`] |
//! | `raw` | the grey itself, of 255, read as [`Cell::from_ros`]: 0 to 100, others unknown; all else is ignored |
//!
//! [`Cell::from_ros`]: crate::grid::Cell::from_ros
//!
//! That is what Nav2's `map_server` does, and the one of ROS 1 except in corner cases of `scale` and `raw`. Two
//! things differ here, because they would silently turn unseen cells into free cells or walls:
//!
//! * **The unknown grey.** `map_saver` writes free 254, occupied 0 and unknown 205, whose occupancy is 50/255 =
//!   .19608, a hair above the threshold .196 that goes with it. For years Nav2 wrote `free_thresh: 0.25` with these
//!   greys, and then everything unknown reads as free. So in trinary mode, where this grey would be free, it is
//!   unknown if it outnumbers all other greys between the ends (0, 254 and 255) together: then it is a background,
//!   not one tone of many. With `negate: 1` the mirrored grey 50 is treated alike. The same at other scales: a program
//!   that stretches the greys so that the brightest, 254, becomes white leaves an unknown grey of 49/254 = .1929, which
//!   `map_saver`'s own threshold would make free.
//! * **Transparency.** A pixel that is not fully opaque is unknown in every mode, and the others count by their
//!   colour alone. `map_server` takes the mean of colour *and opacity* in trinary mode, which makes an opaque 205
//!   free and a transparent black occupied.
//!
//! The origin is the lower left corner of the picture, the picture's first row is the uppermost, and the grid is
//! cropped to the known cells. The third number of `origin`, the yaw, is ignored (`map_saver` may write `-nan`), as in
//! the localization and the costmaps of ROS: positions are shifted but not turned.
//!
//! Keys that are not known are skipped. Nothing in the file is expanded (an alias of a value that is needed is
//! refused), and of several documents the first one counts. Memory is bounded by
//! [`MAX_CELLS`](crate::grid::MAX_CELLS) and a few rows of the picture, whatever size the picture claims: it is
//! decoded twice, first to see which cells are known, then to keep them.
//!
//! [`write_map_server`] writes the greys 0, 254 and 205 with the thresholds .65 and .196, as `map_saver` does. The
//! threshold .25 that newer tools write would make unknown cells free.

mod image;
mod meaning;
mod pgm;
mod png;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod write;
mod yaml;

pub use super::limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_YAML_BYTES};
pub use read::{map_server_image, read_map_server};
pub use write::{MapServerFiles, write_map_server};
pub(super) use yaml::MapServerYaml;
