//! Maps of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use homeveil::formats::read_map_file;

use super::{Half, Population, Subject};
use crate::AuditError;

/// Every Valetudo and `map_server` file below a folder, in the order of their names. By turns a map goes to the design
/// half and to the evaluation half.
///
/// ```no_run
/// use homeveil_audit::population::{Half, MapFolder, Population};
/// let maps = MapFolder::open("maps".as_ref())?;
/// println!("{}: {} to measure on", maps.name(), maps.subjects(Half::Evaluation, 1000)?.len());
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MapFolder {
    files: Vec<PathBuf>,
}

impl MapFolder {
    /// Lists a folder.
    ///
    /// # Errors
    /// A folder cannot be listed.
    pub fn open(folder: &Path) -> Result<Self, AuditError> {
        let mut files = Vec::new();
        list(folder, &mut files)?;
        files.sort();
        Ok(Self { files })
    }

    fn of(&self, half: Half) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().skip(usize::from(half == Half::Evaluation)).step_by(2)
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), AuditError> {
    for entry in fs::read_dir(folder).map_err(AuditError::file(folder))? {
        let path = entry.map_err(AuditError::file(folder))?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "json" || end == "yaml" || end == "yml") {
            files.push(path);
        }
    }
    Ok(())
}

impl Population for MapFolder {
    fn name(&self) -> String {
        format!("{} maps of a folder", self.files.len())
    }

    fn count(&self, half: Half) -> Option<usize> {
        Some(self.of(half).count())
    }

    fn subject(&self, half: Half, number: usize) -> Result<Subject, AuditError> {
        let file = self.of(half).nth(number).ok_or(AuditError::NoHomes)?;
        let map =
            read_map_file(file, None).map_err(|source| AuditError::Map { file: file.clone(), source })?;
        Subject::new(map)
    }
}

#[cfg(test)]
mod tests {
    use super::{Half, MapFolder, Population};

    #[test]
    fn a_folder_is_shared_out_by_turns() {
        let files = ["a", "b", "c", "d", "e"].map(Into::into).to_vec();
        let folder = MapFolder { files };
        assert_eq!((folder.count(Half::Design), folder.count(Half::Evaluation)), (Some(3), Some(2)));
        assert!(folder.of(Half::Design).all(|file| folder.of(Half::Evaluation).all(|other| file != other)));
    }
}
