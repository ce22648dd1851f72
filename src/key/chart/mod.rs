//! Charts: each zone of the home is laid onto its rectangle of the release, patch by patch.

mod blocks;
mod edge_weights;
mod faces;
mod harmonic;
mod patches;
#[cfg(feature = "evaluation")]
mod quality;
mod zone_table;

pub(in crate::key) use blocks::BLOCK;
pub(in crate::key) use patches::{Chart, NO_PATCH, Patch, chart_zones};
#[cfg(feature = "evaluation")]
pub use quality::ChartQuality;
pub(in crate::key) use zone_table::ZoneTable;
