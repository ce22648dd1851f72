//! What holds a home's geometry prints none of it and cannot be written by accident: a type of the private stages
//! derives `Debug` or `Serialize` only where a list here says why it may.

use std::collections::BTreeSet;
use std::fs;

use crate::words::{root, sources};

/// The folders of the stages that see a home, and the files next to them.
const PRIVATE: [&str; 13] = [
    "anonymize.rs",
    "draw.rs",
    "formats",
    "grid",
    "home",
    "keeper",
    "key",
    "measured.rs",
    "merge",
    "navigate",
    "redact",
    "segment",
    "sketch",
];

/// Types that are written although they are not among those below: parts of messages, of goals, of what the owner is
/// told, and of drawings.
const WRITTEN: [&str; 9] =
    ["AreaId", "CapPercents", "CellRect", "Control", "Corners", "Json", "NotedConsent", "Total", "Wire"];

/// Types that may, each with its reason.
const SAFE: [(&str, &[&str]); 8] = [
    (
        "a choice between names, or a number that is no place",
        &[
            "Axis",
            "Cell",
            "MarkKind",
            "RoomKind",
            "ConsentStatus",
            "Purpose",
            "Language",
            "Role",
            "Slot",
            "OutOfReach",
            "Cuts",
        ],
    ),
    (
        "an error, which tells no value of the home",
        &[
            "AnonymizeError",
            "MapFileError",
            "GridError",
            "HomeError",
            "KeyError",
            "NavigateError",
            "ConsentError",
            "KeeperError",
            "StoreError",
            "CommandError",
            "Failure",
        ],
    ),
    (
        "the cloud knows it: it is of the release, or follows from the cloud's own commands",
        &[
            "MapServerFiles",
            "Passage",
            "DrawnDoor",
            "Goal",
            "Command",
            "Order",
            "Message",
            "Received",
            "Outbox",
            "Pending",
            "Queue",
        ],
    ),
    (
        "what the owner agreed to and what left the home",
        &["ConsentRecord", "Disclosed", "Disclosure", "LogEntry", "UnixTime"],
    ),
    ("the robot", &["Footprint"]),
    ("one of the eight symmetries of a square", &["Symmetry"]),
    (
        "how good a key, a refit or found rooms are, in numbers that are asked for",
        &["ChartQuality", "Refit", "Closed", "Mask", "Score", "RoomMatch"],
    ),
    ("weights of a cost, the same for all homes", &["Rules", "Terms"]),
];

/// The types of a source that derive a trait.
fn derived<'a>(text: &'a str, wanted: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("derive(") {
        let Some((traits, rest)) = text.get(at..).and_then(|rest| rest.split_once(')')) else { continue };
        // A test may print its own drawings.
        if text.get(..at).is_some_and(|before| before.ends_with("cfg_attr(test, ")) {
            continue;
        }
        if !traits.split(['(', ',']).any(|name| name.trim() == wanted) {
            continue;
        }
        let words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let mut words = words.skip_while(|word| !["struct", "enum"].contains(word)).skip(1);
        found.extend(words.next());
    }
    found
}

#[test]
fn types_that_hold_geometry_print_none() {
    assert_eq!(derived("#[derive(Clone, Debug)]\n#[x]\npub(crate) struct A<'a> {", "Debug"), ["A"]);
    assert_eq!(
        derived("#[cfg_attr(test, derive(Debug))]\nstruct B;\n#[derive(Clone)] struct C;", "Debug"),
        [""; 0]
    );
    let safe: BTreeSet<&str> = SAFE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for folder in PRIVATE {
        let place = root().join("src").join(folder);
        let mut files = Vec::new();
        if place.is_dir() {
            sources(&place, &mut files);
        } else {
            files.push(place);
        }
        for file in files.iter().filter(|file| !file.iter().any(|part| part == "tests")) {
            let text = fs::read_to_string(file).unwrap();
            for name in derived(&text, "Debug") {
                seen.insert(name.to_owned());
                if !safe.contains(name) {
                    wrong.push(format!("{}: {name}", file.display()));
                }
            }
            // Of the formats, releases alone are written.
            let written = if folder == "formats" { Vec::new() } else { derived(&text, "Serialize") };
            let written = written.into_iter().filter(|name| !safe.contains(name) && !WRITTEN.contains(name));
            wrong.extend(written.map(|name| format!("{}: {name} is written", file.display())));
        }
    }
    assert!(wrong.is_empty(), "private_debug! for these, or a reason why not:\n{}", wrong.join("\n"));
    let gone: Vec<&&str> = safe.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
}
