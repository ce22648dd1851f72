//! Made-up homes, for examples, tests and first steps without a robot.
//!
//! [`sample_home`] is one furnished flat, drawn by us in metres. The feature `evaluation` adds as many random
//! homes as one likes (`HomeRecipe`): 1 to 30 rooms, 9 to 400 m², six styles, with labelled
//! rooms, doors, furniture, a dock and keep-outs; and floors of offices (`RobotMap::office`). The same coins give the
//! same home on every machine. None is a copy of a real home. `RobotMap::as_sensed` gives the map that a laser would
//! leave of a home, and `RobotMap::changed` changes a map as weeks of use do.
//!
//! A random home is made in five steps: a list of rooms with the areas they would like, a tree of cuts that says
//! which lie side by side, rectangles on a lattice of 0.1 m, doors and windows (all in `plan`), furniture that
//! leaves a lane of 0.5 m open (`furniture`). Then `draw` paints it in cells. All steps use integers: no
//! rounding of a machine decides where a wall stands.
//!
//! Use them where maps of every size with known rooms are needed, and every room must be reachable. They are not
//! a model of how real homes are distributed; `Population` is, as far as rooms, areas and door graphs were counted. In
//! both all walls are at right angles, rooms are rectangles or L-shaped, there is one storey, and many shares and
//! ranges are chosen by us, not measured. A figure about real homes has to be measured on real maps.

#[cfg(feature = "evaluation")]
mod chance;
#[cfg(feature = "evaluation")]
mod changes;
mod draw;
#[cfg(feature = "evaluation")]
mod furniture;
#[cfg(feature = "evaluation")]
mod office;
#[cfg(feature = "evaluation")]
mod plan;
#[cfg(feature = "evaluation")]
mod population;
#[cfg(feature = "evaluation")]
mod recipe;
mod sample;
#[cfg(feature = "evaluation")]
mod sensed;
#[cfg(test)]
mod tests;

#[cfg(feature = "evaluation")]
pub use changes::Change;
#[cfg(feature = "evaluation")]
pub use furniture::Furnishing;
#[cfg(feature = "evaluation")]
pub use plan::{MOST_ROOMS, Style};
#[cfg(feature = "evaluation")]
pub use population::Population;
#[cfg(feature = "evaluation")]
pub use recipe::{AREA_M2, HomeRecipe};
pub use sample::sample_home;
#[cfg(feature = "evaluation")]
pub use sensed::SensedHome;
