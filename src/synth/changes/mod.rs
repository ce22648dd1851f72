//! Changes of a map over the weeks.

mod begun_again;
mod change;

pub use change::Change;
