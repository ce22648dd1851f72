//! Files deleted, swapped and linked under a keeper, and what the next one makes of it.

use std::fs::{copy, create_dir, hard_link, remove_dir_all, remove_file, rename};
use std::path::Path;

use super::children::Obedient;
use super::household::Household;
use super::life::IN_USE;

/// What somebody does to a folder.
struct Deed {
    name: &'static str,
    does: fn(&Path),
    /// The keeper can store no state any more.
    is_refused: bool,
    /// Whoever comes next finds a trace of the household.
    is_known: bool,
}

const fn deed(name: &'static str, does: fn(&Path)) -> Deed {
    Deed { name, does, is_refused: true, is_known: true }
}

/// A key is made again where it is lost, so that the state alone is refused.
const fn deed_on_key(name: &'static str, does: fn(&Path)) -> Deed {
    Deed { is_refused: false, ..deed(name, does) }
}

const DEEDS: [Deed; 9] = [
    deed("state deleted", |at| remove_file(at.join("state")).unwrap()),
    deed("state deleted and written again", |at| rewrite(&at.join("state"))),
    deed("state swapped for a copy", |at| swap(&at.join("state"))),
    deed("state named twice", |at| hard_link(at.join("state"), at.join("again")).unwrap()),
    deed("state behind a link", |at| link(&at.join("state"))),
    deed_on_key("key deleted", |at| remove_file(at.join("key-0")).unwrap()),
    deed_on_key("key swapped for a copy", |at| swap(&at.join("key-0"))),
    deed("folder swapped for a copy", swap_folder),
    Deed { is_known: false, ..deed("folder deleted and made again", remake) },
];

/// Some file systems give the new file the number of the old one.
fn rewrite(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    remove_file(file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

fn remake(at: &Path) {
    remove_dir_all(at).unwrap();
    create_dir(at).unwrap();
}

fn swap(file: &Path) {
    copy(file, file.with_extension("copy")).unwrap();
    rename(file.with_extension("copy"), file).unwrap();
}

fn link(file: &Path) {
    rename(file, file.with_extension("moved")).unwrap();
    std::os::unix::fs::symlink(file.with_extension("moved"), file).unwrap();
}

fn swap_folder(at: &Path) {
    let old = at.with_extension("old");
    rename(at, &old).unwrap();
    create_dir(at).unwrap();
    for file in std::fs::read_dir(&old).unwrap().map(|file| file.unwrap()) {
        copy(file.path(), at.join(file.file_name())).unwrap();
    }
    remove_dir_all(old).unwrap();
}

pub(super) fn run() -> String {
    let mut refused = 0;
    for Deed { name, does, is_refused, is_known } in DEEDS {
        let mut household = Household::new("handled");
        let (mut first, hello) = Obedient::start(&household.folder);
        assert_eq!(hello, "open", "{name}");
        assert_eq!(first.tell("map"), "done", "{name}");
        household.heard(&first.tell("release"));
        let (second, hello) = Obedient::start(&household.folder);
        assert_eq!(hello, IN_USE, "{name}");
        second.kill();
        does(&household.folder);
        // It may give out what it has given out; it can store nothing on files that are not its own.
        let mut refused_here = 0;
        for word in ["release", "epoch", "map", "release", "map", "release"] {
            let answer = first.tell(word);
            refused_here += u32::from(answer.contains("changed by another program"));
            household.heard(&answer);
        }
        assert!(refused_here > 0 || !is_refused, "{name} is not noticed");
        refused += refused_here;
        first.kill();
        let (mut next, hello) = Obedient::start(&household.folder);
        if is_known && hello == "open" {
            for word in ["release", "map", "release"] {
                household.heard(&next.tell(word));
            }
        }
        next.kill();
        assert!(household.times >= 1, "{name}");
    }
    format!("{} deeds of other hands: one release an epoch, {refused} times refused", DEEDS.len())
}
