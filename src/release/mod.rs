//! The release: what may leave the robot.
//!
//! A [`Release`] is a plan of the atlas, drawn, with a [`Certificate`] that says how it was drawn. It can be
//! made in this crate only, from a plan and the terms of a draw, and from nothing that knows a home; whoever
//! receives one as JSON can check all of it ([`Release::verify`]): that its floors are plans of the atlas
//! drawn cell by cell as they must be, that the plan is one of the codebook that the odds call for, and that
//! the certificate's figures follow from the odds.
//!
//! # The JSON
//! `format` is `"homeveil-release"`, `version` 1 for one floor and 2 for several. `frame {width, height, resolution}`; `floors [{plan, zones
//! [{id, rect {x, y, width, height}}], doors [{zones [a, b], rect}], dock {zone, x, y}, grid}]` in cells with
//! (0, 0) at the lower left; `plan` is the number in the atlas; `grid` is run-length encoded `[value, run,
//! …]` row by row from the lower left with values -1 unknown, 0 free, 100 occupied. `areas` is the number of
//! opaque areas a command may name. `certificate {odds [p, q], odds_spent [p, q], grant, plans, preferred,
//! blind [num, den], epsilon_upper, zones, codebook_digest, policy_digest, coins, crate_version}`. Unknown
//! fields are refused. With several floors the certificate has `floors`, their number, after `odds`; `odds` and
//! `blind` are those of each floor, `odds_spent` and `epsilon_upper` of all together.
//!
//! # What it can tell
//! [`Caps`] are what a release can add to anyone's knowledge: the advantage of any test between two homes, its
//! AUC, the R² of any prediction, the posterior of any guess. They are derived in the order of its fields in the
//! source of `caps`, and met or kept by every attacker tried in its tests.

mod caps;
#[cfg(test)]
mod caps_tests;
mod certificate;
mod floor;
mod json;
mod release;
mod verify;

pub use caps::Caps;
pub use certificate::Certificate;
pub use floor::Floor;
pub use json::{MAX_JSON_BYTES, ReleaseError};
pub use release::Release;
pub use verify::{Verification, VerifyError};
