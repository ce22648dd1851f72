//! Changes of a map over the weeks.

mod begun_anew;
mod change;

pub use change::Change;
