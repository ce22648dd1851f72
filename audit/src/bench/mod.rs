//! Every attacker on every mechanism.

mod finding;
mod linkage;
mod prediction;
mod run;
mod tours;

pub use finding::{Finding, Measure, judge};
pub use run::{Audit, Bench, Compared, Options};
