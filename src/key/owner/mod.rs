//! What the owner binds and bars on today's map, and is told of it.
//!
//! `areas` binds numbers without a name to rooms or regions of the home, `bars` takes no-go areas drawn on the home or
//! on the release. Each becomes a mark of the known map, so that later maps have it too: what is given in metres or in
//! blocks is turned into cells here, and `refit` keeps them. `served` tells what of the home the zones hold. No release
//! depends on any of it.

mod areas;
mod bars;
mod served;

pub use served::{OutOfReach, ServedFloor, ServedRoom};
