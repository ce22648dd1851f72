//! A store in a folder of files (feature `std-fs`): the one place of the library that does I/O.
//!
//! The lock is on the folder itself, so there is no lock file that could be deleted under a running keeper. Before each
//! load and save the store compares folder and file with those it knows, and refuses what was deleted, swapped or
//! linked meanwhile: whoever does that could have two keepers draw two releases. It keeps them open, so that the system
//! cannot give the number of a deleted file to the one that takes its place.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::store::{Slot, Store, StoreError};

/// Blobs as files `state`, `key-0`, … of one folder, for devices with a file system.
///
/// A blob is written to a new file, flushed to the disk, renamed over the old one, and the folder is flushed, so
/// that a power cut leaves the old blob or the new one. While the store lives, a lock on the folder keeps another
/// keeper out. On Unix only the owner can read the folder (mode 0700, also where it was wider) and its files (0600);
/// links are not followed. The files are not encrypted: where the disk can be taken out, put the folder on an encrypted
/// one.
///
/// ```no_run
/// use homeveil::keeper::{DirectoryStore, Keeper};
/// use homeveil::Policy;
/// let keeper = Keeper::open(DirectoryStore::open("/var/lib/robot/homeveil")?, Policy::default())?;
/// # let _ = keeper;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DirectoryStore {
    path: PathBuf,
    /// The folder on Unix, a lock file elsewhere. Dropping it releases the lock.
    lock: File,
    /// The files as they were last loaded or saved; `None` if there was none.
    known: BTreeMap<Slot, Option<KnownFile>>,
}

/// A file that was loaded or saved.
struct KnownFile {
    identity: Identity,
    /// Open as long as it is known.
    #[cfg(unix)]
    _file: File,
}

/// Which file it is, whatever its name: device and inode.
type Identity = (u64, u64);

impl DirectoryStore {
    /// Opens a folder, and makes it where there is none. What a power cut left half written is overwritten with zeros
    /// and removed. On flash that helps little: the controller may keep the cells that were written before.
    ///
    /// # Errors
    /// The folder cannot be made, kept from other users, or written to, or another store has it open.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = folder.as_ref().to_path_buf();
        make_folder(&path).map_err(failed)?;
        let lock = open_lock(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(TryLockError::Error(_)) => return Err(StoreError::Failed),
        }
        let store = Self { path, lock, known: BTreeMap::new() };
        store.check_folder()?;
        #[cfg(unix)]
        only_owner(&store.lock, 0o700).map_err(failed)?;
        for slot in Slot::all() {
            let left = store.unfinished(slot);
            // Where it cannot be overwritten it is removed all the same.
            let _ = overwrite(&left);
            remove_if_there(&left).map_err(failed)?;
        }
        Ok(store)
    }

    /// The folder is still the one that is locked.
    fn check_folder(&self) -> Result<(), StoreError> {
        #[cfg(unix)]
        {
            let own = identity(&self.lock.metadata().map_err(failed)?);
            let there = fs::metadata(&self.path).map(|folder| identity(&folder));
            if there.map_err(|_| StoreError::Changed)? != own {
                return Err(StoreError::Changed);
            }
        }
        Ok(())
    }

    /// Which file a slot has now, if any: a file of its own, by no other name, and the one that it was.
    fn check(&self, slot: Slot) -> Result<Option<Identity>, StoreError> {
        self.check_folder()?;
        let there = match fs::symlink_metadata(self.finished(slot)) {
            Ok(file) if file.is_file() && names(&file) == 1 => Some(identity(&file)),
            Ok(_) => return Err(StoreError::Changed),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(_) => return Err(StoreError::Failed),
        };
        let known = self.known.get(&slot);
        if known.is_some_and(|known| known.as_ref().map(|known| known.identity) != there) {
            return Err(StoreError::Changed);
        }
        Ok(there)
    }

    fn finished(&self, slot: Slot) -> PathBuf {
        self.path.join(slot.name())
    }

    fn unfinished(&self, slot: Slot) -> PathBuf {
        self.path.join(slot.name() + ".new")
    }

    fn read(&self, slot: Slot, expected: Identity) -> io::Result<Option<(Vec<u8>, KnownFile)>> {
        let mut file = File::open(self.finished(slot))?;
        if identity(&file.metadata()?) != expected {
            return Ok(None);
        }
        #[cfg(unix)]
        only_owner(&file, 0o600)?;
        let mut blob = Vec::new();
        file.read_to_end(&mut blob)?;
        // A save that failed or was killed may have renamed the file and not flushed the folder. A release that goes
        // out on what is read here must not be forgotten by a power cut.
        self.flush()?;
        Ok(Some((blob, KnownFile::of(file)?)))
    }

    fn write(&mut self, slot: Slot, blob: &[u8]) -> io::Result<()> {
        let new = self.unfinished(slot);
        remove_if_there(&new)?;
        let mut file = create_new(&new)?;
        let written = file.write_all(blob).and_then(|()| file.sync_all()).and_then(|()| KnownFile::of(file));
        let renamed = written.and_then(|known| fs::rename(&new, self.finished(slot)).map(|()| known));
        let known = renamed.inspect_err(|_| {
            let _ = remove_if_there(&new);
        })?;
        self.known.insert(slot, Some(known));
        self.flush()
    }

    /// A folder can be flushed on Unix; elsewhere a rename is as durable as the system makes it.
    fn flush(&self) -> io::Result<()> {
        if cfg!(unix) { self.lock.sync_all() } else { Ok(()) }
    }
}

impl Store for DirectoryStore {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(there) = self.check(slot)? else {
            self.known.insert(slot, None);
            return Ok(None);
        };
        let (blob, known) = self.read(slot, there).map_err(failed)?.ok_or(StoreError::Changed)?;
        self.known.insert(slot, Some(known));
        Ok(Some(blob))
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.check(slot)?;
        self.write(slot, blob).map_err(failed)?;
        self.check(slot).map(|_| ())
    }
}

impl KnownFile {
    fn of(file: File) -> io::Result<Self> {
        let identity = identity(&file.metadata()?);
        Ok(Self {
            identity,
            #[cfg(unix)]
            _file: file,
        })
    }
}

private_debug!(DirectoryStore);

/// Makes a folder, and those above it, and flushes the name of each to the disk.
fn make_folder(path: &Path) -> io::Result<()> {
    let above = path.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    let is_new = !path.is_dir();
    if is_new {
        above.map_or(Ok(()), make_folder)?;
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        // Recursive, so that it is no error where another process was faster.
        builder.recursive(true).create(path)?;
    }
    // What was there may not be flushed, where a process was killed just after it was made; nor may we be allowed to.
    match above.filter(|_| cfg!(unix)).map(|above| File::open(above)?.sync_all()) {
        Some(Err(error)) if is_new => Err(error),
        _ => Ok(()),
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Overwrites a file of the store's own, by no other name, with zeros; nothing else.
fn overwrite(path: &Path) -> io::Result<()> {
    let there = fs::symlink_metadata(path)?;
    if !there.is_file() || names(&there) != 1 {
        return Ok(());
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    let opened = file.metadata()?;
    // Something else took the name in between.
    if identity(&opened) != identity(&there) {
        return Ok(());
    }
    io::copy(&mut io::repeat(0).take(opened.len()), &mut file)?;
    file.sync_all()
}

#[cfg(unix)]
fn open_lock(path: &Path) -> io::Result<File> {
    if path.is_dir() { File::open(path) } else { Err(ErrorKind::NotADirectory.into()) }
}

#[cfg(not(unix))]
fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path.join("lock"))
}

/// A new file that the owner alone can read. It is an error where something has the name already, a link included.
fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes other users' rights away, where they have some.
#[cfg(unix)]
fn only_owner(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let others = file.metadata()?.permissions().mode() & 0o077;
    if others == 0 { Ok(()) } else { file.set_permissions(fs::Permissions::from_mode(mode)) }
}

#[cfg(unix)]
fn identity(file: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

#[cfg(unix)]
fn names(file: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
const fn identity(_: &fs::Metadata) -> Identity {
    (0, 0)
}

#[cfg(not(unix))]
const fn names(_: &fs::Metadata) -> u64 {
    1
}

fn failed(_: io::Error) -> StoreError {
    StoreError::Failed
}

#[cfg(test)]
mod tests {
    use super::{DirectoryStore, Slot, Store, StoreError};

    /// A folder that is gone when the test is over.
    struct StoreFolder(std::path::PathBuf);

    impl StoreFolder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("homeveil-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for StoreFolder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_was_saved_is_there_after_a_restart() {
        let above = StoreFolder::new("restart");
        let folder = StoreFolder(above.0.join("robot/homeveil"));
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        let (state, key) = (Slot::State, Slot::Key { floor: 1 });
        assert_eq!((store.load(state), store.load(key)), (Ok(None), Ok(None)));
        store.save(state, b"old").unwrap();
        store.save(state, b"new").unwrap();
        store.save(key, b"key").unwrap();
        drop(store);
        // A file that a power cut left half written, and one that is not the store's.
        std::fs::write(folder.0.join("state.new"), b"ne").unwrap();
        std::fs::write(folder.0.join("notes.new"), b"mine").unwrap();
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        assert!(!folder.0.join("state.new").exists() && folder.0.join("notes.new").exists());
        assert_eq!(store.load(state), Ok(Some(b"new".to_vec())));
        assert_eq!(store.load(key), Ok(Some(b"key".to_vec())));
        store.save(state, b"newer").unwrap();
        assert_eq!(store.load(state), Ok(Some(b"newer".to_vec())));
        assert!(!folder.0.join("state.new").exists());
    }

    #[test]
    fn a_second_keeper_is_kept_out_and_a_lost_folder_is_no_fresh_start() {
        let folder = StoreFolder::new("lost");
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        assert_eq!(DirectoryStore::open(&folder.0).unwrap_err(), StoreError::InUse);
        std::fs::remove_dir_all(&folder.0).unwrap();
        let lost = if cfg!(unix) { StoreError::Changed } else { StoreError::Failed };
        assert_eq!(store.load(Slot::State), Err(lost));
        assert_eq!(store.save(Slot::State, b"state"), Err(lost));
        // A file where the folder should be.
        std::fs::write(&folder.0, b"").unwrap();
        assert_eq!(DirectoryStore::open(&folder.0).unwrap_err(), StoreError::Failed);
        std::fs::remove_file(&folder.0).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn folder_and_files_are_the_owners_alone_whatever_was_there() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = StoreFolder::new("mode");
        let mode = |name: &str| std::fs::metadata(folder.0.join(name)).unwrap().permissions().mode() & 0o777;
        let open = |name: &str, mode: u32| {
            std::fs::set_permissions(folder.0.join(name), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        std::fs::create_dir_all(&folder.0).unwrap();
        open("", 0o777);
        // What is left of a power cut may be readable, or a link to somewhere else.
        let elsewhere = folder.0.join("elsewhere");
        std::fs::write(&elsewhere, b"mine").unwrap();
        symlink(&elsewhere, folder.0.join("key-0.new")).unwrap();
        std::fs::write(folder.0.join("key-1.new"), b"half").unwrap();
        let mut half = std::fs::File::open(folder.0.join("key-1.new")).unwrap();
        // By another name, this one is somebody's.
        let twice = folder.0.join("twice");
        std::fs::write(&twice, b"mine").unwrap();
        std::fs::hard_link(&twice, folder.0.join("log.new")).unwrap();
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        assert_eq!(mode(""), 0o700);
        let mut left = Vec::new();
        std::io::Read::read_to_end(&mut half, &mut left).unwrap();
        assert_eq!((left, std::fs::read(&twice).unwrap()), (vec![0; 4], b"mine".to_vec()));
        assert_eq!(std::fs::read(&elsewhere).unwrap(), b"mine");
        assert!(
            !folder.0.join("key-1.new").exists() && folder.0.join("key-0.new").symlink_metadata().is_err()
        );
        symlink(&elsewhere, folder.0.join("state.new")).unwrap();
        assert!(super::create_new(&folder.0.join("state.new")).is_err(), "a link is not followed");
        store.save(Slot::State, b"state").unwrap();
        assert_eq!((mode("state"), std::fs::read(&elsewhere).unwrap()), (0o600, b"mine".to_vec()));
        open("state", 0o644);
        assert_eq!(store.load(Slot::State), Ok(Some(b"state".to_vec())));
        assert_eq!(mode("state"), 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn what_was_deleted_swapped_or_linked_is_refused_and_no_second_keeper_gets_in() {
        use std::fs::{copy, create_dir, hard_link, remove_dir_all, remove_file, rename, write};
        let folder = StoreFolder::new("swapped");
        let (state, other) = (folder.0.join("state"), folder.0.join("other"));
        let delete = || remove_file(&state).unwrap();
        // A file system may give the number of the file that it deletes to the one that comes next.
        let make_again = || {
            remove_file(&state).unwrap();
            write(&state, b"state").unwrap();
        };
        let swap = || {
            copy(&state, &other).unwrap();
            rename(&other, &state).unwrap();
        };
        let link = || {
            rename(&state, &other).unwrap();
            std::os::unix::fs::symlink(&other, &state).unwrap();
        };
        let name_twice = || hard_link(&state, &other).unwrap();
        let replace = || {
            remove_dir_all(&folder.0).unwrap();
            create_dir(&folder.0).unwrap();
        };
        for change in [&delete as &dyn Fn(), &make_again, &swap, &link, &name_twice, &replace] {
            let _ = remove_dir_all(&folder.0);
            let mut store = DirectoryStore::open(&folder.0).unwrap();
            store.save(Slot::State, b"state").unwrap();
            assert_eq!(DirectoryStore::open(&folder.0).unwrap_err(), StoreError::InUse);
            change();
            assert_eq!(store.save(Slot::State, b"newer"), Err(StoreError::Changed));
            assert_eq!(store.load(Slot::State), Err(StoreError::Changed));
        }
        // Another folder by the same name: a slot that was never looked at is not taken from it either.
        let _ = remove_dir_all(&folder.0);
        let mut store = DirectoryStore::open(&folder.0).unwrap();
        replace();
        let _second = DirectoryStore::open(&folder.0).unwrap();
        assert_eq!(store.load(Slot::State), Err(StoreError::Changed));
        assert_eq!(store.save(Slot::State, b"newer"), Err(StoreError::Changed));
        assert!(!state.exists());
    }
}
