//! Figures with bounds, and which caps they exceed.
//!
//! A [`Statistic`] is a figure that knows its confidence bounds at any level. Counts have exact ones (Clopper & Pearson
//! 1934); R² has a normal one by the delta method over homes. [`holm`] holds many figures against their caps at once.

mod clopper_pearson;
mod holm;
mod normal;
mod scores;
mod statistic;

pub use holm::{FAMILY_WISE, Hypothesis, holm};
pub use scores::{Threshold, auc, r_squared};
pub use statistic::Statistic;
