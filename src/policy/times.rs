//! How long after a command "done" is said.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::limits::MAX_DONE_AFTER_S;

/// Seconds from a command to its "done", for each thing that it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stated")]
pub(super) struct Times {
    pub(super) spot: u32,
    pub(super) area: u32,
    pub(super) zone: u32,
    pub(super) all: u32,
}

/// The times as JSON. Older policies have one number for all kinds.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "done_after_s must be whole numbers of seconds {spot, area, zone, all}, or one number for all of them"
)]
enum Stated {
    One(u32),
    Each(EachKind),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EachKind {
    spot: u32,
    area: u32,
    zone: u32,
    all: u32,
}

/// What the one number was where nobody chose another.
const ONE_BY_DEFAULT: u32 = 3600;

impl Default for Times {
    fn default() -> Self {
        Self { spot: 600, area: 1800, zone: 2700, all: 7200 }
    }
}

impl From<Stated> for Times {
    fn from(stated: Stated) -> Self {
        match stated {
            Stated::One(ONE_BY_DEFAULT) => Self::default(),
            Stated::One(seconds) => Self::all_of(seconds),
            Stated::Each(EachKind { spot, area, zone, all }) => Self { spot, area, zone, all },
        }
    }
}

impl Times {
    /// The same for everything.
    pub(super) const fn all_of(seconds: u32) -> Self {
        Self { spot: seconds, area: seconds, zone: seconds, all: seconds }
    }

    /// All are within the limits.
    pub(super) fn are_valid(self) -> bool {
        self.each().into_iter().all(|seconds| (1..=MAX_DONE_AFTER_S).contains(&seconds))
    }

    /// The bytes that stand for them in a policy's digest: none for the default, and for one time for everything those
    /// that it had before there were kinds. So the digests of older policies stay, and no two policies share one.
    pub(super) fn for_digest(self) -> Vec<u8> {
        let label = |label: &[u8], seconds: &[u32]| {
            let seconds = seconds.iter().flat_map(|seconds| seconds.to_le_bytes());
            label.iter().copied().chain(seconds).collect()
        };
        if self == Self::default() {
            Vec::new()
        } else if self == Self::all_of(self.all) && self.all != ONE_BY_DEFAULT {
            label(b"\0done after\0", &[self.all])
        } else {
            label(b"\0done after each\0", &self.each())
        }
    }

    const fn each(self) -> [u32; 4] {
        [self.spot, self.area, self.zone, self.all]
    }
}
