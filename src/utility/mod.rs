//! Utility measured: what a home's robot and its people lose by the release.
//!
//! Privacy has a proof; usefulness has to be measured, home by home. These functions take a private map, a
//! release and its key, and say how much of the home's structure the release keeps and what the difference
//! costs in driving. They are for the vendor who chooses a policy and for research, run beside the robot:
//! **their results are as private as the map** and no part of any release depends on them, which is why they
//! may count in floating point.
//!
//! | measure | in | of |
//! | --- | --- | --- |
//! | phantom and hidden doors, uncut area, agreement of directions, error of proportions | [`GraphMeasures`] | zones against rooms |
//! | tour cost: the order planned on the release, driven in the home | [`TourMeasures`] | zones against real floor |
//! | plans on the release, their lifts, stretch, collisions, keep-outs, redacted rooms, coverage, charts | [`PathMeasures`] | ways against shortest ways |
//!
//! [`graph_measures`] looks at one release. [`expected_graph_measures`] looks at all that a policy could have
//! drawn for the home, each with its exact probability, so it has no error of sampling.
//! [`path_measures`] drives between random places of one home and release.

mod floor;
mod graph;
mod paths;
#[cfg(test)]
mod tests;
mod tour;

pub use graph::{GraphMeasures, expected_graph_measures, graph_measures};
pub use paths::{PathMeasures, Stretch, path_measures};
pub use tour::TourMeasures;
