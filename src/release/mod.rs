//! The release: what may leave the robot.
//!
//! A [`Release`] is a drawn plan of the atlas for each floor, with a [`Certificate`] that says how it was drawn. Only
//! this crate makes one, from plans and the terms of a draw, and never from anything that knows a home. Whoever
//! receives one as JSON can check all of it ([`Release::verify`]): that its floors are plans of the atlas, drawn cell
//! by cell as they must be; that the plans are in the codebook that the odds call for; and that the certificate's
//! figures follow from the odds.
//!
//! # The JSON
//! Coordinates are cells with (0, 0) at the lower left. Unknown fields are refused.
//!
//! | field | content |
//! | --- | --- |
//! | `format`, `version` | `"homeveil-release"`; 1 for one floor, 2 for several |
//! | `frame` | `{width, height, resolution}` |
//! | `floors` | a list of `{plan, zones, doors, dock, grid}` |
//! | `plan` | its number in the atlas |
//! | `zones` | `[{id, rect {x, y, width, height}}]` |
//! | `doors` | `[{zones [a, b], rect}]` |
//! | `dock` | `{zone, x, y}` |
//! | `grid` | `[value, run, …]` row by row from the lower left: -1 unknown, 0 free, 100 occupied |
//! | `areas` | the number of opaque areas that a command may name |
//! | `certificate` | the terms of the draw, as below |
//!
//! The certificate has `odds [p, q]`, `odds_spent [p, q]`, `grant`, `plans`, `favoured`, `blind [num, den]`,
//! `epsilon_upper`, `zones`, `codebook_digest`, `policy_digest`, `coins`, `crate_version`.
//! With several floors the certificate has `floors`, their number, after `odds`. Then `odds` and `blind` are those of
//! each floor, `odds_spent` and `epsilon_upper` those of all together.
//!
//! # What it can reveal
//! [`Caps`] are what a release can add to anyone's knowledge: the advantage of any test between two homes, its
//! AUC, the R² of any prediction, the posterior of any guess. The source of `caps` derives them in the order of the
//! fields; its tests try attackers who meet or keep them.

mod caps;
#[cfg(test)]
mod caps_tests;
mod certificate;
mod error;
mod floor;
mod json;
mod release;
mod verify;

pub use caps::Caps;
pub use certificate::Certificate;
pub use error::{MAX_JSON_BYTES, ReleaseError};
pub use floor::Floor;
pub use release::Release;
