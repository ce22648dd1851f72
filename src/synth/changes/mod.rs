//! Changes of a map over the weeks.
//!
//! Takes a map and a kind of [`Change`], gives the map that a robot might hand out later: other coordinates, other
//! furniture, shut doors, rooms merged, split or renumbered by an app (`change`), or a map begun again, turned by any
//! angle, mirrored, without names or hardly begun (`begun_again`). So tests can ask how a key copes. Each change comes
//! alone and at its full size, for a test to combine; how often one happens in a home is not modelled.

mod begun_again;
mod change;

pub use change::Change;
