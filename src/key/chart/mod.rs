//! Charts: each zone of the home is laid onto its rectangle of the release, patch by patch.
//!
//! `patches` divides rectangle and cells together. It cuts the rectangle as `blocks` allows and the cells along
//! `harmonic` coordinates, which rest on the piece's `boundary` and on `edge_weights`. On a new map of the same home
//! patches go along (`carried`). `zone_table` looks the patch of a place up, and `quality` measures how smooth the
//! charts are.

mod blocks;
mod boundary;
mod carried;
mod edge_weights;
mod harmonic;
mod patch;
mod patches;
#[cfg(feature = "evaluation")]
mod quality;
mod zone_table;

pub(in crate::key) use blocks::BLOCK;
pub(in crate::key) use carried::LastChart;
pub(in crate::key) use patch::{NO_PATCH, Patch};
pub(in crate::key) use patches::{Chart, chart_zones};
#[cfg(feature = "evaluation")]
pub use quality::ChartQuality;
pub(in crate::key) use zone_table::ZoneTable;
