//! Charts: each zone of the home is laid onto its rectangle of the release, patch by patch.

pub(super) mod blocks;
pub(super) mod charts;
pub(super) mod edge_weights;
pub(super) mod faces;
pub(super) mod harmonic;
#[cfg(feature = "evaluation")]
mod quality;
pub(super) mod ranks;
pub(super) mod spans;
pub(super) mod zone_table;

#[cfg(feature = "evaluation")]
pub use quality::ChartQuality;
