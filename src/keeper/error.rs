//! Why a keeper did not do what it was asked.

use thiserror::Error;

use super::consent::ConsentError;
use super::storage::StoreError;
use crate::anonymize::AnonymizeError;
use crate::blob::BlobError;
use crate::noise::CoinError;
use crate::odds::Odds;
use crate::policy::OptIn;

/// Why a keeper gave no release, or no key, or an outbox no message. For the owner, never for the cloud.
///
/// ```
/// use homeveil::keeper::{Keeper, KeeperError, MemoryStore};
/// let keeper = Keeper::open(MemoryStore::default(), homeveil::Policy::default())?;
/// assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
/// # Ok::<(), KeeperError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeeperError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored state is damaged or of another version.
    #[error("the state cannot be read: restore it from a copy; starting afresh would draw again")]
    State(#[source] BlobError),
    /// What was handed over is damaged or of another version.
    #[error("the bytes handed over cannot be read: export them again")]
    HandOver(#[source] BlobError),
    /// What the store holds, or what was handed over, was drawn under another policy.
    #[error("the state belongs to another policy: open it with the policy it was drawn under")]
    Policy,
    /// The consent does not allow it.
    #[error(transparent)]
    Consent(#[from] ConsentError),
    /// The household may not draw again under its policy.
    #[error("odds of {spent} are spent and {asked} asked for, which together is over the cap of {cap}")]
    Cap {
        /// Spent so far.
        spent: Odds,
        /// Asked for now.
        asked: Odds,
        /// The most that may be spent.
        cap: Odds,
    },
    /// The household's odds are spent by another robot.
    #[error("this robot follows another one of the household: let that one draw, and import from it again")]
    Follower,
    /// The store that a household is to be handed over to holds one.
    #[error("the storage already holds a household: import into an empty one")]
    Occupied,
    /// Nothing was drawn.
    #[error(transparent)]
    Anonymize(#[from] AnonymizeError),
    /// The coins gave no seed.
    #[error(transparent)]
    Coins(#[from] CoinError),
    /// There is no key yet: it is made with a release.
    #[error("the floor has no key yet: ask for the release with its map first")]
    NoKey,
    /// The stored key is damaged or of another version: the next release makes it again.
    #[error("the stored key cannot be read: ask for the release with the floor's map to make it again")]
    Key(#[source] BlobError),
    /// The key was made for the floor's latest map, or no map has come since the keeper was opened.
    #[error(
        "the floor's key was not fitted to another map since the keeper was opened: ask for the release with one"
    )]
    NotRefitted,
    /// The policy has no such floor.
    #[error("the policy has no such floor")]
    UnknownFloor,
    /// The release for an outbox was not drawn under the policy.
    #[error("the release must have been drawn under the policy given")]
    ReleasePolicy,
    /// The policy does not let the device tell this.
    #[error("the policy must opt in to {0:?} before a device may tell it")]
    NotOptedIn(OptIn),
    /// No such command is under way.
    #[error("no command of this number is under way")]
    UnknownCommand,
    /// The release has no such floor, zone or place.
    #[error("the release has no such floor, zone or place")]
    NotInRelease,
    /// More than ten tenths.
    #[error("a progress must be 0 to 10 tenths")]
    Tenths,
    /// The stored queue is damaged, of another version, or of another policy.
    #[error("the stored queue cannot be used: begin with an empty one")]
    Queue(#[source] BlobError),
}
