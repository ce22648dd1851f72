//! Homes that are nobody's, for examples, tests and first steps without a robot.
//!
//! There is one so far: [`sample_home`], a furnished flat drawn by us in metres. It is no copy of any real home.

mod sample;

pub use sample::{SampleHome, sample_home};
