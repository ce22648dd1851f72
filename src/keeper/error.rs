//! Why a keeper did not do what it was asked.

use core::fmt;

use super::consent::ConsentError;
use super::storage::StoreError;
use crate::anonymize::AnonymizeError;
use crate::noise::CoinError;
use crate::odds::Odds;

/// Why a keeper gave no release, or no key. For the owner, never for the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeeperError {
    /// The store failed.
    Store(StoreError),
    /// What the store holds, or what was handed over, is damaged or of another version.
    State,
    /// What the store holds, or what was handed over, was drawn under another policy.
    Policy,
    /// There is no leave to release.
    Consent(ConsentError),
    /// The household may not draw again under its policy.
    Cap {
        /// Spent so far.
        spent: Odds,
        /// Asked for now.
        asked: Odds,
        /// The most that may be spent.
        cap: Odds,
    },
    /// The household's odds are spent by another robot.
    Follower,
    /// The store that a household is to be handed over to holds one.
    Occupied,
    /// Nothing was drawn.
    Anonymize(AnonymizeError),
    /// The coins gave no seed.
    Coins(CoinError),
    /// There is no key yet: it is made with a release.
    NoKey,
    /// The stored key is damaged: the next release makes it again.
    Key,
    /// The policy has no such floor.
    UnknownFloor,
}

impl fmt::Display for KeeperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::State => f.write_str(
                "the state is damaged or of another version: restore it from a copy; starting afresh would draw \
                 again",
            ),
            Self::Policy => f.write_str(
                "the state belongs to another policy: open it with the policy it was drawn under",
            ),
            Self::Consent(error) => error.fmt(f),
            Self::Cap { spent, asked, cap } => {
                write!(f, "odds of {spent} are spent and {asked} asked for, which together is over the cap of {cap}")
            }
            Self::Follower => f.write_str(
                "this robot follows another one of the household: let that one draw, and import from it again",
            ),
            Self::Occupied => f.write_str("the storage already holds a household: import into an empty one"),
            Self::Anonymize(error) => error.fmt(f),
            Self::Coins(error) => error.fmt(f),
            Self::NoKey => f.write_str("the floor has no key yet: ask for the release with its map first"),
            Self::Key => {
                f.write_str("the stored key is damaged: ask for the release with the floor's map to make it again")
            }
            Self::UnknownFloor => f.write_str("the policy has no such floor"),
        }
    }
}

impl core::error::Error for KeeperError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Consent(error) => Some(error),
            Self::Anonymize(error) => Some(error),
            Self::Coins(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for KeeperError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ConsentError> for KeeperError {
    fn from(error: ConsentError) -> Self {
        Self::Consent(error)
    }
}

impl From<AnonymizeError> for KeeperError {
    fn from(error: AnonymizeError) -> Self {
        Self::Anonymize(error)
    }
}

impl From<CoinError> for KeeperError {
    fn from(error: CoinError) -> Self {
        Self::Coins(error)
    }
}
