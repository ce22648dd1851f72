//! Words that the sources no longer use, and the table of constants.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is looked for, in lower case; a space matches any gap between words, and the ends are ends of words.
const GIVEN_UP: [&str; 21] = [
    "withheld",
    "withhold",
    "favoured",
    "realization",
    "tutte",
    "knife",
    "scissors",
    "lift_visits",
    "resolve_with",
    "programme",
    "way",
    "ways",
    "come to",
    "comes to",
    "be it",
    "of which",
    "anew",
    "tells of",
    "whose own",
    "is none",
    "beside",
];

/// Lines that may hold one all the same, by a part of them: a field of release.json, whose names stay; a citation;
/// and where "way" is no path.
const EXCEPTIONS: [&str; 12] = [
    "favoured",
    "Tutte",
    "there is none",
    "Either way",
    "every way",
    "half the way",
    "in the way",
    "one way",
    "only way",
    "other way round",
    "that way",
    "under way",
];

/// Every source file of the library.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a line, in lower case, one space apart and around.
fn words(line: &str) -> String {
    let plain: String = line.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

#[test]
fn words_that_were_given_up_stay_out_of_the_sources() {
    let (root, mut files, mut found) = (root(), Vec::new(), Vec::new());
    sources(&root.join("src"), &mut files);
    assert!(files.len() > 100, "the sources are there");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let words = words(line);
            let given_up = GIVEN_UP.iter().find(|word| words.contains(&format!(" {word} ")));
            if let Some(word) = given_up
                && !EXCEPTIONS.iter().any(|part| line.contains(part))
            {
                found.push(format!("{}:{number}: '{word}' in: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_tables_of_constants_are_those_of_the_sources() {
    let root = root();
    let text = fs::read_to_string(root.join("docs/measurements.md")).unwrap();
    let mut rows = 0;
    for (title, folder) in [("## Constants of `segment`", "segment"), ("## Constants of `key`", "key")] {
        let mut files = Vec::new();
        sources(&root.join("src").join(folder), &mut files);
        let code: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let section = text.split(title).nth(1).unwrap().split("\n## ").next().unwrap();
        for line in section.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let (name, value) = (cells[1].trim_matches('`'), cells[2]);
            let of_name = format!("const {name}: ");
            let is_there =
                code.lines().any(|own| own.contains(&of_name) && own.contains(&format!("= {value};")));
            assert!(is_there, "{name} = {value} is not what the sources say");
            rows += 1;
        }
    }
    assert!(rows > 40, "the tables are there");
}
