//! homeveil
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod anonymize;
pub mod atlas;
mod digest;
#[cfg(feature = "formats")]
pub mod formats;
pub mod grid;
pub mod home;
pub mod key;
pub mod merge;
pub mod noise;
mod odds;
mod policy;
pub mod redact;
pub mod release;
pub mod sketch;
#[cfg(feature = "synth")]
pub mod synth;

pub use anonymize::{AnonymizeError, anonymize};
pub use key::HouseKey;
pub use noise::{Coins, Grant};
pub use odds::{Odds, OddsError};
pub use policy::{Policy, PolicyBuilder, PolicyError};
pub use redact::Redaction;
pub use release::Release;
