//! A store in a folder of files (feature `std-fs`): the one place of the library that does I/O.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::store::{Slot, Store, StoreError};

/// Blobs as files `state`, `key-0`, … of one folder, for devices with a file system.
///
/// A blob is written to a file next to the old one, flushed to the disk, renamed over the old one, and the folder is
/// flushed, so that a power cut leaves the old blob or the new one. While the store lives, a lock on the file `lock`
/// keeps another keeper out. On Unix only the owner can read the files. They are not encrypted: where the disk can be
/// taken out, put the folder on an encrypted one.
///
/// ```no_run
/// use homeveil::keeper::{DirectoryStore, Keeper};
/// use homeveil::Policy;
/// let keeper = Keeper::open(DirectoryStore::open("/var/lib/robot/homeveil")?, Policy::default())?;
/// # let _ = keeper;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DirectoryStore {
    folder: PathBuf,
    /// Never read: dropping it releases the lock.
    _lock: File,
}

impl DirectoryStore {
    /// Opens a folder, and makes it where there is none.
    ///
    /// # Errors
    /// The folder cannot be made or written to, or another store has it open.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        let folder = folder.as_ref().to_path_buf();
        fs::create_dir_all(&folder).map_err(failed)?;
        let lock = private().open(folder.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(_)) => Err(StoreError::Failed),
        }
    }

    fn write(&self, slot: Slot, blob: &[u8]) -> std::io::Result<()> {
        let (new, own) = (self.folder.join(format!("{}.new", slot.name())), self.folder.join(slot.name()));
        let mut file = private().open(&new)?;
        file.write_all(blob)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&new, &own)?;
        // A folder can be flushed on Unix; elsewhere the rename is as durable as the system makes it.
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        Ok(())
    }
}

impl Store for DirectoryStore {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.folder.join(slot.name())) {
            Ok(blob) => Ok(Some(blob)),
            // Nothing there, if the folder is; a folder that was unmounted is a failure.
            Err(error) if error.kind() == ErrorKind::NotFound && self.folder.join("lock").exists() => {
                Ok(None)
            }
            Err(_) => Err(StoreError::Failed),
        }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.write(slot, blob).map_err(failed)
    }
}

private_debug!(DirectoryStore);

/// How files are opened for writing: emptied, and readable by the owner alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn failed(_: std::io::Error) -> StoreError {
    StoreError::Failed
}

#[cfg(test)]
mod tests {
    use super::{DirectoryStore, Slot, Store, StoreError};

    /// A folder that is gone when the test is over.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("homeveil-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_was_saved_is_there_after_a_restart() {
        let folder = Folder::new("restart");
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        let (state, key) = (Slot::State, Slot::Key { floor: 1 });
        assert_eq!((store.load(state), store.load(key)), (Ok(None), Ok(None)));
        store.save(state, b"old").unwrap();
        store.save(state, b"new").unwrap();
        store.save(key, b"key").unwrap();
        drop(store);
        // A file that a power cut left half written.
        std::fs::write(folder.0.join("state.new"), b"ne").unwrap();
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        assert_eq!(store.load(state), Ok(Some(b"new".to_vec())));
        assert_eq!(store.load(key), Ok(Some(b"key".to_vec())));
        store.save(state, b"newer").unwrap();
        assert_eq!(store.load(state), Ok(Some(b"newer".to_vec())));
        assert!(!folder.0.join("state.new").exists());
    }

    #[test]
    fn a_second_keeper_is_kept_out_and_a_lost_folder_is_no_fresh_start() {
        let folder = Folder::new("lost");
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        assert_eq!(DirectoryStore::open(&folder.0).unwrap_err(), StoreError::InUse);
        std::fs::remove_dir_all(&folder.0).unwrap();
        assert_eq!(store.load(Slot::State), Err(StoreError::Failed));
        assert_eq!(store.save(Slot::State, b"state"), Err(StoreError::Failed));
        // A file where the folder should be.
        std::fs::write(&folder.0, b"").unwrap();
        assert_eq!(DirectoryStore::open(&folder.0).unwrap_err(), StoreError::Failed);
        std::fs::remove_file(&folder.0).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn files_are_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("mode");
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        store.save(Slot::State, b"state").unwrap();
        let mode = std::fs::metadata(folder.0.join("state")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
