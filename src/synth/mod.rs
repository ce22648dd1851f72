//! Homes that are nobody's, for examples, tests and first steps without a robot.
//!
//! [`sample_home`] is one furnished flat, drawn by us in metres. [`random_home`] and [`HomeRecipe`] draw as
//! many as one likes, from 1 to 30 rooms and from 20 to 400 m², in six [`Style`]s, with labelled rooms,
//! doors, furniture, a dock and keep-outs; the same coins give the same home on every machine. None is a copy
//! of a real home.
//!
//! The steps to a random home: a list of rooms with the areas they would like, a tree of cuts that says which
//! lie side by side, rectangles on a lattice of 0.1 m, doors and windows (all in `plan`), furniture that leaves
//! a lane of 0.5 m open (`furniture`), cells (`draw`). All of it in integers: no rounding of a machine decides where a wall stands.
//!
//! What they are good for: maps of every size with known rooms, on which every room can be reached. What they
//! aren't: a model of how real homes are distributed. All walls are at right angles, rooms are rectangles or
//! L-shaped, there is one storey, and most shares and ranges are ours. A figure that is to speak of real
//! homes has to be measured on real maps.

mod chance;
mod changes;
mod draw;
mod furniture;
mod home;
mod plan;
mod recipe;
mod sample;
mod sensed;
#[cfg(test)]
mod tests;

pub use changes::{Change, RobotMap};
pub use furniture::Furnishing;
pub use home::SyntheticHome;
pub use plan::{MOST_ROOMS, Style};
pub use recipe::{AREA_M2, HomeRecipe, random_home};
pub use sample::sample_home;
pub use sensed::SensedHome;
