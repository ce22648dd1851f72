//! What a keeper stores, and where: the caller's [`Store`], the keys of the floors, and the hand-over from one robot
//! to another.

#[cfg(feature = "std-fs")]
mod directory;
pub(super) mod keys;
mod store;
mod transfer;

#[cfg(feature = "std-fs")]
pub use directory::DirectoryStore;
pub(super) use keys::FloorKey;
pub use store::{MemoryStore, Slot, Store, StoreError};
