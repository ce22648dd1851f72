//! ROS `map_server` maps, in.
//!
//! A map is two files: a grey picture, PGM or PNG, and a YAML file that says how to read it. A pixel's
//! *occupancy* is how dark it is, from 0 (white) to 1 (black), or how bright with `negate: 1`; colours count
//! by the mean of their channels. Then, by `mode`:
//!
//! | mode | cell |
//! | --- | --- |
//! | `trinary`, the default | occupied above `occupied_thresh`, free below `free_thresh`, else unknown |
//! | `scale` | the same, and between the thresholds 0 to 100 in proportion, read as [`Cell::from_ros`] |
//! | `raw` | the grey itself, of 255, read as [`Cell::from_ros`]: 0 to 100, others unknown; `negate` and thresholds count for nothing |
//!
//! That is Nav2's `map_server`, and the older one of ROS 1 but for corners of `scale` and `raw`. Two things
//! are read otherwise, since they would turn what nobody has seen into floor or walls without a word:
//!
//! * **The unknown grey.** `map_saver` writes free 254, occupied 0 and unknown 205, whose occupancy is 50/255
//!   = .19608, a hair above the threshold .196 that goes with it. But for years Nav2 wrote `free_thresh:
//!   0.25` beside it, under which all that is unknown reads as free. So in trinary mode, where this grey
//!   would be free, it is unknown if it outnumbers all other greys between the ends (0, 254 and 255)
//!   together: then it is a background that somebody wrote, not one tone of many. The mirrored grey 50 counts
//!   alike under `negate: 1`.
//! * **Transparency.** A pixel that is not fully opaque is unknown in every mode, and the others count by
//!   their colour alone. In trinary mode `map_server` takes the mean of colour *and opacity*, by which an
//!   opaque 205 is free and a clear black occupied.
//!
//! The origin is the lower left corner of the picture, the picture's first row is the uppermost, and the grid
//! is cropped to what is known. The third number of `origin`, the yaw, must be a number and is then passed
//! over, as the localization and the costmaps of ROS do: the grid stays upright, and positions are shifted
//! but not turned.
//!
//! Keys that are not known are skipped. Nothing of the file is expanded (an alias of a value that is needed
//! is refused), and of several documents the first one counts. Memory is bounded by
//! [`MAX_CELLS`](crate::grid::MAX_CELLS) and a few rows of the picture, whatever size the picture says it
//! has: it is decoded twice, first to see what is known, then to keep it.

mod error;
mod image;
mod limits;
mod meaning;
mod pgm;
mod png;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod write;
mod yaml;

pub use error::MapServerError;
pub use limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE, MAX_ORIGIN_M, MAX_YAML_BYTES};
pub use read::read_map_server_file;
pub use write::{MapServerFiles, write_map_server};
pub use yaml::MapServerYaml;
