//! Furniture of a random home: what stands in rooms of each kind, and where a lane for the robot stays open.

mod furnish;
mod placement;

pub use furnish::Furnishing;
pub(crate) use furnish::furnish;
#[cfg(test)]
pub(crate) use placement::LANE;
pub(crate) use placement::{Make, Piece};
