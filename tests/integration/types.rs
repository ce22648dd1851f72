//! The types of the library: each name stands for one type, and each public type has an example.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::words::{root, sources};

/// Names that several types may have, and why.
const SHARED: [&str; 6] = [
    // Valetudo's own words, once for what is read and once for what is written: the two hold different fields.
    "Entity", "Layer", "MapMeta", "Segment",
    // What implementations of traits of the standard library and of serde call their own.
    "Error", "Value",
];

/// The name of the type that a line defines, of whatever visibility, and whether it is public.
fn defined(line: &str) -> Option<(&str, bool)> {
    let (line, is_public) = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => (rest.split_once(") ")?.1, false),
        Some(rest) => (rest.trim_start(), true),
        None => (line, false),
    };
    let after = ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| line.strip_prefix(word))?;
    let name = after.split(|c: char| !c.is_alphanumeric()).next()?;
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some((name, is_public))
}

/// The library's sources, each with its text.
fn library() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 200, "the sources are there");
    files.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
}

#[test]
fn each_name_stands_for_one_type() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in library() {
        for (number, line) in (1..).zip(text.lines()) {
            if let Some((name, _)) = defined(line.trim_start()) {
                places.entry(name.to_owned()).or_default().push(format!("{}:{number}", file.display()));
            }
        }
    }
    assert!(places.len() > 300, "the types are there");
    let unused = SHARED.iter().filter(|name| places.get(**name).is_none_or(|places| places.len() < 2));
    assert_eq!(unused.count(), 0, "a name is listed as shared and is not");
    places.retain(|name, places| places.len() > 1 && !SHARED.contains(&name.as_str()));
    assert!(places.is_empty(), "these names stand for several types: {places:#?}");
}

#[test]
fn each_public_type_has_an_example() {
    let (mut without, mut seen) = (Vec::new(), 0);
    for (file, text) in library() {
        // Whether there is an example in the documentation of what comes next, and whether that is a `number!`.
        let (mut has_example, mut is_number) = (false, false);
        for (number, line) in (1..).zip(text.lines()) {
            let own = line.trim_start();
            let name = match defined(line) {
                Some((name, true)) => Some(name),
                // The type in `number! { /// … Name(u32) }`.
                None if is_number && own.starts_with(|c: char| c.is_ascii_uppercase()) => {
                    own.split('(').next()
                }
                _ => None,
            };
            if let Some(name) = name {
                seen += 1;
                if !has_example {
                    without.push(format!("{}:{number}: {name}", file.display()));
                }
            }
            is_number = line == "number! {" || is_number && line != "}";
            // Documentation ends with what it documents; only attributes stand in between.
            let is_over = own.is_empty() || own.ends_with(['{', '}', ';']);
            has_example = own.starts_with("/// ```") || has_example && (own.starts_with("///") || !is_over);
        }
    }
    assert!(seen > 75, "{seen} public types: they are there");
    assert!(without.is_empty(), "these have no example:\n{}", without.join("\n"));
}
