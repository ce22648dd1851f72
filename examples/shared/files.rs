//! Files that an example writes, those that may leave the robot and those that must not.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::command::Failure;

/// Writes a file, and the folders it lies in.
///
/// # Errors
/// The file cannot be written; the error names it.
pub fn write(file: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    named(file, fs::create_dir_all(folder).and_then(|()| fs::write(file, bytes)))
}

/// As [`write`](write()), a file that the owner alone can read, whatever was there: a new one, so that no link is
/// followed, which takes the place of the one that was there when it is whole. Folders that have to be made are the
/// owner's alone too.
///
/// # Errors
/// As [`write`](write()).
pub fn write_private(file: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    named(file, make(folder).and_then(|()| create(file, bytes.as_ref())))
}

/// Makes a folder that the owner alone can look into, or makes the one that is there so.
///
/// # Errors
/// The folder cannot be made, or is a link; the error names it.
pub fn private_folder(folder: &Path) -> Result<(), Failure> {
    let above = folder.parent().unwrap_or_else(|| Path::new(""));
    named(folder, fs::create_dir_all(above).and_then(|()| make(folder)).and_then(|()| only_owner(folder)))
}

fn named(path: &Path, done: io::Result<()>) -> Result<(), Failure> {
    Ok(done.map_err(|error| format!("{}: {error}", path.display()))?)
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if folder.as_os_str().is_empty() { Ok(()) } else { builder.recursive(true).create(folder) }
}

/// Writes a new file next to the one that is there and puts it in its place, so that there is always a whole one.
fn create(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(file.file_name().ok_or(ErrorKind::InvalidInput)?);
    name.push(".new");
    let new_file = file.with_file_name(name);
    match fs::remove_file(&new_file) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut new = options.write(true).create_new(true).open(&new_file)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&new_file, file)
}

#[cfg(unix)]
fn only_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    if fs::symlink_metadata(folder)?.is_dir() {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
    } else {
        Err(io::Error::new(ErrorKind::NotADirectory, "the private folder must not be a link"))
    }
}

#[cfg(not(unix))]
fn only_owner(_: &Path) -> io::Result<()> {
    Ok(())
}
