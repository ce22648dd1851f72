//! Pictures of maps as PNG.
//!
//! Takes what is to be seen and gives a [`Picture`], pixels in memory that are written as PNG: a floor of a release
//! with its zones and dock (`floor`), a home for its owner (`private_map`, with `room_labels` to choose by), a path
//! planned on the one and driven in the other (`paths`), many pictures on one sheet (`sheet`). All are painted cell by
//! cell by `pixels` in the colours of `palette`, numbers and signs in dots by `figures`.
//!
//! There is no font and no drawing library: a map is squares, and integers paint the same pixels on every machine, so
//! that tests compare them. A picture of a home is as private as the home. Vectors are `svg`'s.

mod figures;
mod floor;
pub(super) mod palette;
mod paths;
mod pixels;
mod private_map;
mod room_labels;
mod sheet;

pub use pixels::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture};
