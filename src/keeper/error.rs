//! Why a keeper did not do what it was asked.

use thiserror::Error;

use super::consent::ConsentError;
use super::storage::StoreError;
use crate::anonymize::AnonymizeError;
use crate::blob::BlobError;
use crate::key::KeyError;
use crate::noise::CoinError;
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
    /// What the store holds, or what was handed over, is of version 3 and was drawn under another policy.
    #[error(
        "the state is of an earlier version: open it once with the policy it was drawn under, and then with the new one"
    )]
    Policy,
    /// There are keys, commands or a log, so there was a household, and the state that says what it has spent is gone.
    #[error(
        "the storage holds keys, commands or a log, and no state: restore the state from a copy, or start over by the \
         call for it"
    )]
    StateLost,
    /// The consent does not allow it.
    #[error(transparent)]
    Consent(#[from] ConsentError),
    /// The clock is far ahead of where it was, past the end of the consent. One such time is not believed.
    #[error("the clock has jumped past the end of the consent: check it, and call again")]
    ClockJumped,
    /// The household's odds are spent by another robot.
    #[error("this robot follows another one of the household: let that one draw, and import from it again")]
    Follower,
    /// The store that a household is to be handed over to holds one.
    #[error("the storage already holds a household: import into an empty one")]
    Occupied,
    /// The number of floors is another one, or the owner has to choose what is redacted.
    #[error(transparent)]
    Anonymize(#[from] AnonymizeError),
    /// The coins gave no seed.
    #[error(transparent)]
    Coins(#[from] CoinError),
    /// No map has come in this epoch.
    #[error("nothing is drawn in this epoch yet: give the keeper a map first")]
    NotDrawn,
    /// There is no key yet: it is made with a map.
    #[error("the floor has no key yet: give the keeper its map first")]
    NoKey,
    /// The stored key is damaged: the next map makes it again. Or it is of a later version of this library
    /// ([`BlobError::Version`]), and is not written over.
    #[error(
        "the stored key cannot be read: give the keeper the floor's map to make it again, or update the library"
    )]
    Key(#[source] BlobError),
    /// The stored key was damaged and is made again for the latest map: what the owner had barred and bound is
    /// gone, and the place of what was redacted by number or outline.
    #[error(
        "the stored key was damaged and is made again: redact and bar the places and bind the areas once more"
    )]
    KeyRemade(#[source] BlobError),
    /// A new epoch was opened, or the ledger began again, and the next map was not recognized: the key was made without
    /// what the owner had barred, bound and redacted by number or outline.
    #[error(
        "the key is made for a map that is not recognized: redact and bar the places and bind the areas once more"
    )]
    MarksLost,
    /// The floor's key leads nowhere on the latest map, as [`HouseKey::check_open`](crate::HouseKey::check_open) says.
    #[error(transparent)]
    Closed(KeyError),
    /// There is no refit to report: the key was made new, or the keeper has got no map since it was opened.
    #[error("the floor's key was not fitted to another map since the keeper was opened: give the keeper one")]
    NotRefitted,
    /// The policy has no such floor.
    #[error("the policy has no such floor")]
    UnknownFloor,
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
    /// The stored queue is damaged or of another version.
    #[error("the stored queue cannot be used: begin with an empty one")]
    Queue(#[source] BlobError),
}

impl KeeperError {
    /// Whether a key that has this error is there all the same, or may be, with what the owner marked: the slot could
    /// not be read, or a later version of this library wrote it.
    pub(super) const fn is_unread(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Key(BlobError::Version))
    }
}
