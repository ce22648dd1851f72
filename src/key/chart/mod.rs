//! Charts: each zone of the home is laid onto its rectangle of the release, patch by patch.
//!
//! Takes the cells of a zone and its rectangle, gives *patches*: a connected set of the cells for a block of the
//! rectangle. `patches` divides both together, again and again. It cuts the rectangle in halves as `blocks` allows, and
//! the cells in the same proportion along `harmonic` coordinates, which rest on the piece's `boundary` and on
//! `edge_weights`; `piece_ranks` keeps the order of the cells by them. On a new map of the same home patches go along
//! (`carried`). `zone_table` looks the patch of a place up, `doors` the passage of a drawn door. `near` gives every
//! cell a patch and every patch an *anchor pose*, so that a lift of any point has an answer.
//!
//! Why cuts and not a formula: a map from the rectangle to the floor that is smooth everywhere lets places next to each
//! other on the release land on two sides of a wall. Each cut leaves both sides connected and of the right size, so
//! every patch is one piece of floor and of proportional size, whatever the shape; harmonic coordinates make what is
//! near on the release near in the home. Distances and angles are not kept: a release has the wrong size by design.

mod blocks;
mod boundary;
mod carried;
pub(super) mod doors;
mod edge_weights;
mod harmonic;
mod near;
mod patch;
mod patches;
mod piece_ranks;
mod zone_table;

pub(in crate::key) use blocks::BLOCK;
pub(in crate::key) use carried::LastChart;
pub use doors::Passage;
pub(in crate::key) use near::{find_anchors, nearest_patches};
pub(in crate::key) use patch::{NO_PATCH, Patch};
pub(in crate::key) use patches::{Chart, chart_zones};
pub(in crate::key) use zone_table::ZoneTable;
