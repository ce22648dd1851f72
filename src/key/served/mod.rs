//! What the zones serve of the home and what they leave out, for the owner: figures in `served`, by the counts of
//! `floor_tally`.

mod floor_tally;
mod served;

pub use served::{OutOfReach, ServedFloor, ServedRoom};
