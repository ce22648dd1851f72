//! Where a keeper's blobs are stored.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use thiserror::Error;
use zeroize::Zeroizing;

/// One of the blobs that a keeper stores.
///
/// ```
/// use homeveil::keeper::Slot;
/// assert_eq!(Slot::Key { floor: 1 }.name(), "key-1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Slot {
    /// Consent, ledger and the epoch's record.
    State,
    /// The key of a floor.
    Key {
        /// Index of the floor.
        floor: u8,
    },
    /// The commands of the cloud that are under way.
    Queue,
    /// What was disclosed. Only the device's own log is there, never anything that a draw depends on.
    Log,
}

impl Slot {
    /// A name to store it under: lower-case letters, digits and hyphens.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::State => "state".to_owned(),
            Self::Key { floor } => format!("key-{floor}"),
            Self::Queue => "queue".to_owned(),
            Self::Log => "log".to_owned(),
        }
    }

    /// Every slot that there can be.
    #[cfg(feature = "std-fs")]
    pub(in crate::keeper) fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(|floor| Self::Key { floor }).chain([Self::State, Self::Queue, Self::Log])
    }
}

/// Storage for a few named blobs, the caller's flash.
///
/// `save` must be atomic for its slot: after a power cut at any moment, `load` gives either the old blob or the
/// new one, whole. Slots may be written in any order: the keeper notices a key that does not belong to the stored
/// state, and makes it again. What is stored is secret: the state holds a seed, the keys hold the floor plan. The
/// storage is trusted with it; one that reads the seed and then fails on purpose could choose among seeds.
///
/// One keeper at a time. A keeper that is about to store a state looks at the one that is stored, and stores nothing
/// where another keeper has been there ([`StoreError::Changed`]): two that knew nothing of each other would draw two
/// releases and charge one. Between that look and the save is an instant in which it sees nothing.
///
/// ```
/// use homeveil::keeper::{Slot, Store, StoreError};
/// struct Flash([Option<Vec<u8>>; 2]);
/// impl Store for Flash {
///     fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
///         Ok(self.0[usize::from(slot != Slot::State)].clone())
///     }
///     fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
///         self.0[usize::from(slot != Slot::State)] = Some(blob.to_vec());
///         Ok(())
///     }
/// }
/// assert!(homeveil::Keeper::open(Flash([None, None]), homeveil::Policy::default()).is_ok());
/// ```
pub trait Store {
    /// What was last saved; `None` if nothing ever was.
    ///
    /// # Errors
    /// The storage cannot be read. "Cannot be read" must never be reported as "nothing there": that would
    /// draw again.
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces a blob. When this returns without error the blob must survive a power cut.
    ///
    /// # Errors
    /// The storage cannot be written. It then holds the old blob or the new one, whole, and the next `load` says
    /// which: a keeper that is opened on it later goes by that. The keeper that met the error has adopted nothing
    /// and goes on as the documentation of its method says.
    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError>;
}

/// A store that forgets at power-off: for tests and examples.
///
/// ```
/// use homeveil::keeper::{MemoryStore, Slot, Store};
/// let mut store = MemoryStore::default();
/// store.save(Slot::State, b"state")?;
/// assert_eq!(store.load(Slot::State)?.as_deref(), Some(&b"state"[..]));
/// # Ok::<(), homeveil::keeper::StoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    blobs: BTreeMap<Slot, Zeroizing<Vec<u8>>>,
}

impl Store for MemoryStore {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.blobs.get(&slot).map(|blob| blob.to_vec()))
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.blobs.insert(slot, Zeroizing::new(blob.to_vec()));
        Ok(())
    }
}

private_debug!(MemoryStore);

/// Why a blob was not loaded or saved.
///
/// ```
/// use homeveil::keeper::StoreError;
/// assert!(StoreError::InUse.to_string().contains("one keeper at a time"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It cannot be read or written.
    #[error("the storage failed: try again once it works")]
    Failed,
    /// Another keeper uses it. Two on one store would draw two releases.
    #[error("the storage is in use: a household has one keeper at a time")]
    InUse,
    /// What is stored was deleted, swapped, linked or written by something else, another keeper say, while a keeper had
    /// it open.
    #[error("the storage was changed by another program: start the keeper again on its own files")]
    Changed,
}
