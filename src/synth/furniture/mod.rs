//! Furniture of a random home: the pieces of each kind of room, placed so that a lane for the robot stays open.

mod furnish;
mod placement;

pub use furnish::Furnishing;
pub(crate) use furnish::furnish;
#[cfg(test)]
pub(crate) use placement::LANE;
pub(crate) use placement::{Furniture, Make};
