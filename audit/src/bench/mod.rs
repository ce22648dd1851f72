//! Every attacker on every mechanism.

mod criteria;
mod days;
mod export;
mod finding;
mod linkage;
mod pairs;
mod prediction;
mod run;
mod shown;
mod size;
mod tours;
mod transcripts;
mod twice;

pub use criteria::Criterion;
pub use finding::{Finding, Measure, judge};
pub use pairs::{releases_beyond_the_ledger, releases_of_an_epoch, rival_homes, twin_homes};
pub use run::{Audit, Bench, Compared, Options};
