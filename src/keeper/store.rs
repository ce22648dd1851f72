//! Where a keeper's state is stored.

use core::fmt;

/// Storage for one blob, the caller's flash.
///
/// `save` must be atomic: after a power cut at any moment, `load` gives either the old blob or the new one,
/// whole. What is stored is secret: it holds a seed.
pub trait Store {
    /// What was last saved, or nothing if nothing ever was.
    ///
    /// # Errors
    /// The storage cannot be read. "Cannot be read" must never be reported as "nothing there": that would
    /// draw again.
    fn load(&mut self) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces the blob.
    ///
    /// # Errors
    /// The storage cannot be written.
    fn save(&mut self, state: &[u8]) -> Result<(), StoreError>;
}

/// A store that forgets at power-off: for tests and examples.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Option<Vec<u8>>,
}

impl Store for MemoryStore {
    fn load(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.state.clone())
    }

    fn save(&mut self, state: &[u8]) -> Result<(), StoreError> {
        self.state = Some(state.to_vec());
        Ok(())
    }
}

/// Prints nothing of what is stored.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

/// The storage failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreError;

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the storage failed: nothing was released, try again once it works")
    }
}

impl core::error::Error for StoreError {}
