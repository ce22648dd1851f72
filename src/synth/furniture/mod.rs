//! Furniture of a random home.
//!
//! Takes the rooms of a plan with their doors and gives the pieces in them: which pieces a kind of room has, and of
//! what size, says `furnish`; where one may stand `placement`, which keeps a lane for the robot open to every door. A
//! piece that finds no place is left out rather than moved, so that the work stays bounded and small rooms have fewer.
//! Nothing is placed by taste: a bed stands at a wall, but no one asks whether it faces the window.

mod furnish;
mod placement;

pub use furnish::Furnishing;
pub(crate) use furnish::furnish;
#[cfg(test)]
pub(crate) use placement::LANE;
pub(crate) use placement::{Furniture, Make};
