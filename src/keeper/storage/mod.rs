//! Where a keeper's blobs are: in the caller's [`Store`].
//!
//! There is one blob for the state, one for the key of each floor, one for the queue of commands and one for the
//! disclosure log. A vendor implements [`Store`] for the robot's flash, or uses a folder of files.
//! Nothing here encrypts: that is for the storage and the vendor's channel to do.

#[cfg(feature = "std-fs")]
mod directory;
mod store;

#[cfg(feature = "std-fs")]
pub use directory::DirectoryStore;
pub use store::{MemoryStore, Slot, Store, StoreError};
