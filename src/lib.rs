//! homeveil
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod atlas;
#[cfg(feature = "formats")]
pub mod formats;
pub mod grid;
pub mod home;
pub mod merge;
pub mod redact;
pub mod release;
