//! homeveil
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod atlas;
pub mod grid;
pub mod home;
pub mod key;
pub mod merge;
pub mod redact;
pub mod release;
