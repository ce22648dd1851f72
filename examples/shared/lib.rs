//! What several examples need: the command line's habits, maps from files, files public and private, progress.
//!
//! Nothing is left of it without default features, so that the library can be checked without them.
#![cfg(feature = "default")]

mod command;
mod files;
mod map;
mod options;
#[cfg(feature = "evaluation")]
mod progress;
mod rooms;

pub use command::{Failure, command};
pub use files::{private_folder, write, write_private};
pub use map::{RADIUS_M, built, files, read};
pub use options::{CHOICES, Options, number, odds, zones};
#[cfg(feature = "evaluation")]
pub use progress::{Progress, progress};
pub use rooms::described;
