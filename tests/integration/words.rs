//! Words that the sources no longer use, and the width of prose.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is looked for, in lower case; a space matches any gap between words, and the ends are ends of words.
const GIVEN_UP: [&str; 22] = [
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
    "so many words",
];

/// Where "way" is no path, and where "is none" says no riddle.
const EXCEPTIONS: [&str; 10] = [
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

/// Files and the parts of lines that may hold one all the same: a field of release.json, whose names stay; a citation.
const ALLOWED: [(&str, &str); 4] = [
    ("src/release/certificate.rs", "#[serde(rename = \"favoured\")]"),
    ("src/release/mod.rs", "`plans`, `favoured`, `blind [num, den]`"),
    ("src/key/chart/harmonic.rs", "(Tutte 1963, \"How to draw a graph\")"),
    ("src/key/chart/harmonic.rs", "Tutte's theorem still holds"),
];

/// Every source file of a folder.
pub(super) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    text_files(folder, found);
    found.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
}

/// Every source file and page of a folder, but for what builds leave there.
fn text_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            text_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "md") {
            found.push(path);
        }
    }
    found.sort();
}

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a line, in lower case, one space apart and around.
fn words(line: &str) -> String {
    let plain: String = line.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// Prose is at most this many characters wide; tables, code and pictures may be wider.
const WIDEST: usize = 120;

/// The lines of a file that are prose: of sources the comments, of pages what is no code.
fn prose<'a>(file: &Path, text: &'a str) -> Vec<(usize, &'a str)> {
    let is_page = file.extension().is_some_and(|ending| ending == "md");
    let mut in_code = false;
    let is_prose = |&(_, line): &(usize, &str)| {
        let comment = line.trim_start();
        let own = if is_page { line } else { comment.trim_start_matches(['/', '!']).trim_start() };
        in_code ^= own.starts_with("```");
        let wide = own.starts_with('|') || own.starts_with("![") || is_page && own.starts_with("    ");
        (is_page || comment.starts_with("//")) && !in_code && !wide
    };
    (1..).zip(text.lines()).filter(is_prose).collect()
}

/// The sources and pages of this repository.
fn all_files() -> Vec<PathBuf> {
    let (root, mut files) = (root(), Vec::new());
    for folder in ["src", "tests", "benches", "examples", "audit", "capi", "fuzz", "docs", "mutants"] {
        text_files(&root.join(folder), &mut files);
    }
    for page in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"] {
        files.push(root.join(page));
    }
    assert!(files.len() > 400, "the sources and pages are there");
    files
}

#[test]
fn prose_is_no_wider_than_a_screen() {
    let mut found = Vec::new();
    for file in all_files() {
        let text = fs::read_to_string(&file).unwrap();
        let wide = prose(&file, &text).into_iter().filter(|(_, line)| line.chars().count() > WIDEST);
        found.extend(wide.map(|(number, _)| format!("{}:{number}", file.display())));
    }
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

#[test]
fn words_that_were_given_up_stay_out_of_sources_and_pages() {
    let (root, mut found) = (root(), Vec::new());
    // This file lists them.
    for file in all_files().iter().filter(|file| !file.ends_with("tests/integration/words.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let name = file.strip_prefix(&root).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let words = words(line);
            let given_up = GIVEN_UP.iter().find(|word| words.contains(&format!(" {word} ")));
            if let Some(word) = given_up
                && !EXCEPTIONS.iter().any(|part| line.contains(part))
                && !ALLOWED.iter().any(|(file, part)| Path::new(file) == name && line.contains(part))
            {
                found.push(format!("{}:{number}: '{word}' in: {}", name.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

/// Fewest lines that say what a module takes and gives, how, why so, and what it does not do.
const FEWEST_LINES: usize = 4;

#[test]
fn each_module_says_what_it_is() {
    let (mut files, mut short) = (Vec::new(), Vec::new());
    sources(&root().join("src"), &mut files);
    files.retain(|file| file.ends_with("mod.rs") && !file.parent().unwrap().ends_with("tests"));
    assert!(files.len() > 30, "the modules are there");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().take_while(|line| line.starts_with("//!"));
        if lines.filter(|line| line.len() > 3).count() < FEWEST_LINES {
            short.push(file.display().to_string());
        }
    }
    assert!(short.is_empty(), "these say too little:\n{}", short.join("\n"));
}
