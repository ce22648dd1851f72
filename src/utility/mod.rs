//! Utility measured: what a home's robot and its people lose by the release.
//!
//! Privacy has a proof; usefulness has to be measured, home by home. These functions take a private map, a
//! release and its key. They say how much of the home's structure the release keeps and what the difference costs
//! in driving. They are for the vendor who chooses a policy and for research, and run next to the robot: **their
//! results are as private as the map**. No part of any release depends on them, so they may use floating point.
//!
//! | measure | in | of |
//! | --- | --- | --- |
//! | phantom and hidden doors, uncut area, agreement of directions, error of proportions | [`GraphMeasures`] | zones against rooms |
//! | tour cost: the order planned on the release, driven in the home | [`TourMeasures`] | zones against reachable poses |
//! | plans on the release, their lifts, stretch, collisions, keep-outs, redacted rooms, coverage of what is swept and of what is known, charts | [`PathMeasures`] | paths against shortest paths |
//!
//! [`graph_measures`] looks at one release. [`expected_graph_measures`] looks at all that a policy could have drawn for
//! the home, each with its exact probability, so it has no error of sampling. [`graph_measures_by_plan`] tells them one
//! by one, `graph_measures_of_plans` (feature `stages`) takes plans of one's own, and [`path_measures`] drives between
//! random places of one home and release. A mean or a median of these would hide the few that are bad: [`Stretch`]
//! tells shares above a bound, quantiles and the greatest, and what cannot be reached counts as infinitely far.
//! [`bootstrap`] says how sure a figure over homes is.

mod bootstrap;
mod error;
mod graph;
mod paths;
mod poses;
mod stretch;
#[cfg(test)]
mod tests;
mod tour;
mod witness;

pub use bootstrap::bootstrap;
pub use error::MeasureError;
#[cfg(feature = "stages")]
pub use graph::graph_measures_of_plans;
pub use graph::{
    GraphMeasures, PlanMeasures, expected_graph_measures, graph_measures, graph_measures_by_plan,
};
pub use paths::{PathMeasures, path_measures};
pub use stretch::Stretch;
pub use tour::TourMeasures;
