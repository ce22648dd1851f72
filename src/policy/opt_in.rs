//! What a device may tell beyond the default.

use serde::{Deserialize, Serialize};

/// Something a device may tell the cloud besides the release and "done after a fixed time". Each reveals something
/// about the home, so each is a public choice by name, listed in the [`Disclosure`](crate::keeper::Disclosure).
///
/// ```
/// use homeveil::{OptIn, Policy};
/// let policy = Policy::builder().opt_in(OptIn::Failure).build()?;
/// assert_eq!(policy.opt_ins(), [OptIn::Failure]);
/// # Ok::<(), homeveil::PolicyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OptIn {
    /// The zone of the release that the robot is in.
    Zone,
    /// How much of a command is done, in tenths.
    ProgressTenths,
    /// How long a command really took.
    TrueDuration,
    /// That a command failed, and why.
    Failure,
    /// Where on the release the robot is.
    Pose,
}

impl OptIn {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Zone, Self::ProgressTenths, Self::TrueDuration, Self::Failure, Self::Pose];
}
