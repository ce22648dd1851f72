//! What the zones serve of the home and what they leave out, for the owner alone.
//!
//! A release always has K zones, whatever became of the floor. So that no floor is left out in silence, this takes a
//! key and its map, and gives figures (`served`) by the counts of `floor_tally`: how much floor is redacted, in zones,
//! and cleaned today, of the home and of each room, and why a room is out of reach. The figures describe the home, so
//! none goes into a release, and nothing decides by them whether there is one.

mod floor_tally;
mod served;

pub use served::{OutOfReach, ServedFloor, ServedRoom};
