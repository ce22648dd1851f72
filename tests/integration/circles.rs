//! No two files of the library import each other, directly or by a detour, and no two rooms of a folder.
//!
//! A room is a folder with all that is in it, or a file that lies next to folders: the stages of the library are the
//! rooms of `src`.
//!
//! Reads `use` declarations and paths in the code, and follows what a module passes on (`pub use`). A `mod.rs` is the
//! door of its folder and takes no part: what is asked of it is asked of the file behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::words::{root, sources};

type Names = Vec<String>;

/// A source file: what it is called as a module, and the paths in it, each with whether it is passed on.
struct Source {
    file: String,
    is_door: bool,
    paths: Vec<(bool, Names)>,
}

/// The paths of a tree of imports, such as `crate::{a::B, c}`.
fn expanded(before: &[String], tree: &str, found: &mut Vec<Names>) {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        let (head, inner) = part.split_once('{').map_or((part, None), |(head, inner)| (head, Some(inner)));
        let head = head.split(" as ").next().unwrap_or(head);
        let names = head.split("::").map(str::trim).filter(|name| !name.is_empty());
        let path: Names = before.iter().cloned().chain(names.map(str::to_owned)).collect();
        match inner.and_then(|inner| inner.rsplit_once('}')) {
            Some((inner, _)) => expanded(&path, inner, found),
            None => found.push(path),
        }
    }
}

/// A path from the root of the library, if it is one of the library's.
fn absolute(module: &[String], path: &[String]) -> Option<Names> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => Some([&module[..module.len().checked_sub(ups)?], &path[ups..]].concat()),
        _ => None,
    }
}

/// The paths in a source without comments and unit tests.
fn paths(module: &[String], is_door: bool, text: &str) -> Vec<(bool, Names)> {
    let is_test = |line: &str| line.starts_with("#[cfg(") && line.contains("test");
    let lines: Vec<&str> = text.lines().collect();
    let is_inner = |at: usize| {
        let attributes = lines[at + 1..].iter().take_while(|line| line.starts_with("#[")).count();
        lines.get(at + 1 + attributes).is_some_and(|line| *line == "mod tests {")
    };
    let end = (0..lines.len()).find(|&at| is_test(lines[at]) && is_inner(at)).unwrap_or(lines.len());
    let text = lines[..end].join("\n");
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    let (mut found, mut code) = (Vec::new(), String::new());
    for statement in text.split_inclusive(';') {
        let import = statement.find("use ").filter(|&at| {
            let before = statement[..at].trim_end();
            let line = before.rsplit('\n').next().unwrap_or(before).trim();
            (line.is_empty() || line.starts_with("pub")) && statement.ends_with(';')
        });
        let Some(at) = import else {
            code.push_str(statement);
            continue;
        };
        let before = statement[..at].trim_end();
        let is_passed_on = before.rsplit('\n').next().is_some_and(|line| line.trim().starts_with("pub"));
        code.push_str(before);
        let mut trees = Vec::new();
        expanded(&[], statement[at + 4..].trim_end_matches(';'), &mut trees);
        for tree in trees {
            // In a door the names of its own files come without `self`.
            let own = || is_door.then(|| [module, &tree].concat());
            found.extend(absolute(module, &tree).or_else(own).map(|path| (is_passed_on, path)));
        }
    }
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    for word in words.filter(|word| word.starts_with("crate::") || word.starts_with("super::")) {
        let path: Names = word.split("::").map(str::to_owned).filter(|name| !name.is_empty()).collect();
        found.extend(absolute(module, &path).map(|path| (false, path)));
    }
    found
}

/// The file that defines what a path names.
fn resolved(modules: &BTreeMap<Names, Source>, path: &[String], left: u32) -> Option<String> {
    let (length, source) =
        (0..=path.len()).rev().find_map(|length| Some((length, modules.get(&path[..length])?)))?;
    let passed_on = path.get(length).and_then(|name| {
        let named = |(passed, path): &&(bool, Names)| *passed && path.last() == Some(name);
        source.paths.iter().find(named)
    });
    match passed_on {
        Some((_, path)) if left > 0 => resolved(modules, path, left - 1),
        _ => (!source.is_door).then(|| source.file.clone()),
    }
}

/// The files of circles among files and the files that they import.
fn circles(mut imports: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let ends: Vec<String> = imports
            .iter()
            .filter(|(_, to)| !to.iter().any(|to| imports.contains_key(to)))
            .map(|(file, _)| file.clone())
            .collect();
        if ends.is_empty() {
            // What is imported by none of the rest leads to a circle and is in none.
            let imported: BTreeSet<&String> = imports.values().flatten().collect();
            let starts: Vec<String> =
                imports.keys().filter(|file| !imported.contains(file)).cloned().collect();
            if starts.is_empty() {
                return imports.into_keys().collect();
            }
            imports.retain(|file, _| !starts.contains(file));
        }
        imports.retain(|file, _| !ends.contains(file));
    }
}

fn imports_of(files: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<Names, Source> = BTreeMap::new();
    for (file, text) in files {
        let mut module: Names = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        let is_door = module.last().is_some_and(|name| name == "mod" || name == "lib");
        module.truncate(module.len() - usize::from(is_door));
        let paths = paths(&module, is_door, text);
        modules.insert(module, Source { file: file.clone(), is_door, paths });
    }
    let of = |source: &Source| {
        let files = source.paths.iter().filter_map(|(_, path)| resolved(&modules, path, 8));
        files.filter(|file| *file != source.file).collect()
    };
    let sources = modules.values().filter(|source| !source.is_door);
    sources.map(|source| (source.file.clone(), of(source))).collect()
}

/// The sources of the library without unit tests.
fn library() -> Vec<(String, String)> {
    let src = root().join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
    let is_test = |name: &str| name.split('/').any(|part| part == "tests" || part.ends_with("tests.rs"));
    let named = found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap()));
    named.filter(|(name, _)| !is_test(name)).collect()
}

/// The rooms of a folder, and which of them import which; a folder's name ends with a stroke.
fn rooms_of(
    folder: &str,
    imports: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, BTreeSet<String>> {
    let room = |file: &String| {
        let inner = file.strip_prefix(folder)?;
        Some(inner.split('/').next().unwrap_or(inner).to_owned())
    };
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, to) in imports {
        let Some(own) = room(file) else { continue };
        let others = to.iter().filter_map(room).filter(|other| *other != own);
        rooms.entry(own.clone()).or_default().extend(others.collect::<Vec<_>>());
    }
    rooms
}

#[test]
fn no_two_rooms_import_each_other() {
    let drawn = |to: &str| {
        let files = [
            ("a/one/x.rs", "use crate::a::two::y::Y;\n"),
            ("a/two/y.rs", ""),
            ("a/two/z.rs", to),
            ("a/one/w.rs", ""),
        ];
        let files: Vec<_> =
            files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        circles(rooms_of("a/", &imports_of(&files)))
    };
    assert_eq!(drawn("use crate::a::one::w::W;\n"), ["one", "two"]);
    assert_eq!(drawn(""), [""; 0]);

    let imports = imports_of(&library());
    let folders: BTreeSet<&str> =
        imports.keys().flat_map(|file| file.match_indices('/').map(|(at, _)| &file[..=at])).collect();
    assert!(folders.len() > 30, "folders are found");
    for folder in folders.into_iter().chain([""]) {
        assert_eq!(
            circles(rooms_of(folder, &imports)),
            [""; 0],
            "these rooms of {folder:?} import each other"
        );
    }
}

#[test]
fn no_two_files_import_each_other() {
    let drawn = |files: &[(&str, &str)]| {
        let files: Vec<_> =
            files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        circles(imports_of(&files))
    };
    let door = ("a/mod.rs", "mod one;\nmod two;\npub(crate) use one::{One, Other};\npub use two::Two;\n");
    let one = ("a/one.rs", "//! use super::two;\nuse core::mem;\nuse crate::a::{\n    Two as Second,\n};\n");
    assert_eq!(
        drawn(&[door, one, ("a/two.rs", "fn f() {\n    g(super::One::new());\n}\n")]),
        ["a/one.rs", "a/two.rs"]
    );
    assert_eq!(drawn(&[door, one, ("a/two.rs", "use crate::b::B;\n"), ("b.rs", "")]), [""; 0]);

    let imports = imports_of(&library());
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 1000, "imports are found");
    assert_eq!(circles(imports), [""; 0], "these import each other");
}
