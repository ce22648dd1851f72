//! Attacks on homeveil, and on what else is done to maps of homes.
//!
//! What a release adds to anyone's knowledge is capped by theorems ([`homeveil::release::Caps`]). This package shows
//! what real attackers get below these caps, what they get from the usual "anonymized" maps, and what a robot pays for
//! either in driving. Researchers bring a population, a mechanism or an attacker of their own:
//!
//! | trait | takes → gives |
//! | --- | --- |
//! | [`population::Population`] | a half and a number → a [`population::Subject`]: a home with what is true of it |
//! | [`mechanism::Mechanism`] | a subject and coins → what leaves the device ([`mechanism::Seen`]), and how the robot drives by it |
//! | [`attack::Attacker`] | pairs of what left and what is true → a guess for what leaves next |
//! | [`attack::Linker`] | a gallery of homes → how well each fits what left |
//!
//! [`bench::Bench`] runs every attacker on every mechanism. Whatever learns or is chosen sees homes of the *design*
//! half alone; every figure is of the *evaluation* half.
//!
//! # What a finding says
//! A figure stands next to an interval and two caps: the *exact* cap of the mechanism's own channel, and the *general*
//! one of all mechanisms with its λ. A cap counts as exceeded where the figure's lower bound is above the exact cap at
//! a level that holds for all findings at once ([`measure::holm`]): if every cap holds, the chance that any is called
//! exceeded is 10⁻³. A bench that cannot catch anything proves nothing: the package `homeveil-audit-broken` runs it on
//! code that is broken on purpose.
//!
//! ```
//! use homeveil_audit::mechanism::{Mechanism, Plans};
//! use homeveil_audit::population::{Half, Made, Population};
//!
//! let home = Made.subject(Half::Design, 0)?;
//! let law = Plans::default().law(&home).ok_or("few releases")?;
//! assert_eq!(law.len(), 2); // two plans, the home's own with twice the probability
//! let [one, other] = [law[0].1, law[1].1];
//! assert!(((one / other).max(other / one) - 2.0).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]
#![expect(clippy::cast_precision_loss, reason = "counts of homes and cells")]

pub mod attack;
pub mod bench;
mod error;
pub mod measure;
pub mod mechanism;
pub mod population;
pub mod report;

pub use error::AuditError;
