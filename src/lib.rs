//! homeveil
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[cfg(feature = "formats")]
pub mod formats;
pub mod grid;
pub mod home;
#[cfg(feature = "synth")]
pub mod synth;
