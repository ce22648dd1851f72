//! The pages name commands and tests that there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use homeveil::atlas::ZoneId;
use homeveil::keeper::{Command, CommandId, Failure, MAX_PENDING, Outbox, Received, UnixTime};
use homeveil::nalgebra::Point2;
use homeveil::{Coins, Grant, OptIn, Policy, anonymize_floors};

use crate::props::PROMISES;
use crate::words::{root, sources};

/// The pages that name them.
const PAGES: [&str; 13] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/audit.md",
    "docs/commands.md",
    "docs/firmware-duties.md",
    "docs/measurements.md",
    "docs/threat-model.md",
    "docs/why-a-map.md",
    "capi/README.md",
    "fuzz/README.md",
    "tests/README.md",
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The commands of a page that begin so, each as its words: from code between backticks, which may go on in the next
/// line, and from lines of code, up to their comment.
fn commands(page: &str, begins: &str) -> Vec<Vec<String>> {
    let text = read(page);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(begins) {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..];
        let inline = line.split(begins).next().unwrap().contains('`');
        let end = if inline { '`' } else { '\n' };
        let command = text[at..].split(end).next().unwrap();
        let words = command.split_whitespace().map(|word| word.trim_matches('"').to_owned());
        let words: Vec<String> = words.take_while(|word| word != "#").collect();
        // In a sentence, or inside another word.
        if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-') {
            found.push(words);
        }
    }
    found
}

/// The value of an option.
fn value<'a>(command: &'a [String], option: &str) -> Option<&'a str> {
    let at = command.iter().position(|word| word == option)?;
    command.get(at + 1).map(String::as_str)
}

/// What a command of `cargo test` filters by: before `--`, where one is allowed, and after it.
fn filters(command: &[String]) -> [Vec<&str>; 2] {
    let mut both = [Vec::new(), Vec::new()];
    let (mut after, mut takes_value) = (0, false);
    for word in &command[2..] {
        if word == "--" {
            after = 1;
        } else if !takes_value && !word.starts_with('-') {
            both[after].push(word.as_str());
        }
        takes_value =
            matches!(&word[..], "-p" | "--test" | "--example" | "--features" | "--skip" | "--bench");
    }
    both
}

/// The functions and modules below a folder, by their paths: the file's, with the modules that open in it.
fn names(folder: &Path) -> Vec<String> {
    let (mut files, mut names) = (Vec::new(), Vec::new());
    sources(folder, &mut files);
    for file in files {
        let path = file.strip_prefix(folder).unwrap().with_extension("");
        let path: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).collect();
        let mut path = path.join("::");
        for ending in ["::mod", "::main"] {
            path = path.strip_suffix(ending).unwrap_or(&path).to_owned();
        }
        // Modules in modules are named by the innermost.
        let mut own = path.clone();
        names.push(own.clone());
        for line in fs::read_to_string(&file).unwrap().lines() {
            let word = |after: &str| {
                let (_, rest) = line.split_once(after)?;
                Some(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            };
            if let Some(name) = word("fn ") {
                names.push(format!("{own}::{name}"));
                // The tests that the macros of `props/laws.rs` make of laws.
                if path.starts_with("props") {
                    names.push(format!("{path}::tests::{name}"));
                }
            } else if line.ends_with("();")
                && let Some((name, _)) = line.trim_start().split_once(": ")
            {
                // The tests that the macro of `hostile/mod.rs` makes of rows.
                names.push(format!("{own}::{name}"));
            } else if line.ends_with('{')
                && let Some(name) = word("mod ")
            {
                own = format!("{path}::{name}");
                names.push(own.clone());
            } else if line == "}" {
                own.clone_from(&path);
            }
        }
    }
    names
}

/// The names that a command may filter.
fn of_target(command: &[String]) -> Vec<String> {
    match (value(command, "--test"), value(command, "-p")) {
        (Some(test @ ("integration" | "crashes")), _) => names(&root().join("tests").join(test)),
        (Some("time"), Some("homeveil-capi")) => Vec::new(),
        (None, None | Some("homeveil")) if command.iter().any(|word| word == "--lib") => {
            names(&root().join("src"))
        }
        (None, None) => {
            ["src", "tests/integration"].iter().flat_map(|folder| names(&root().join(folder))).collect()
        }
        (test, package) => panic!("a command that this test does not know: {test:?} of {package:?}"),
    }
}

#[test]
fn every_filter_of_a_test_command_names_a_test() {
    let (mut faults, mut seen) = (Vec::new(), 0);
    for page in PAGES {
        for command in commands(page, "cargo test") {
            let [before, after] = filters(&command);
            if before.len() > 1 {
                faults.push(format!("{page}: cargo takes one filter: {}", command.join(" ")));
            }
            if before.is_empty() && after.is_empty() || value(&command, "--test") == Some("time") {
                continue;
            }
            let names = of_target(&command);
            for filter in before.iter().chain(&after) {
                seen += 1;
                if !names.iter().any(|name| format!("{name}::").contains(filter)) {
                    faults.push(format!("{page}: no test has {filter} in its name: {}", command.join(" ")));
                }
            }
        }
    }
    assert!(seen > 12, "{seen} filters: the commands are there");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Code between backticks that looks like the name of a test or of a module of tests, in the last column of tables and,
/// where it is abbreviated or long, anywhere else.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let last = line.strip_suffix('|').and_then(|row| row.rfind('|'));
        for (number, part) in line.split('`').enumerate().filter(|(number, _)| number % 2 == 1) {
            let at: usize = line.split('`').take(number).map(|before| before.len() + 1).sum();
            let name = part.trim_end_matches(['…', '*']);
            let is_name = !name.is_empty()
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:".contains(c));
            let in_last = last.is_some_and(|last| at > last);
            if is_name && (in_last || part.ends_with('…') || part.matches('_').count() > 3) {
                found.push(part.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_test_that_a_page_names_is_there() {
    let folders = ["src", "tests/integration", "tests", "audit/broken/tests", "capi/tests"];
    let names: Vec<String> = folders.iter().flat_map(|folder| names(&root().join(folder))).collect();
    let (mut faults, mut seen) = (Vec::new(), 0);
    for page in ["tests/README.md", "docs/threat-model.md"] {
        for part in quoted(&read(page)) {
            seen += 1;
            let name = part.trim_end_matches(['…', '*']);
            let is_there = |own: &String| {
                let own = format!("::{own}::");
                if name == part {
                    own.contains(&format!("::{name}::"))
                } else {
                    own.contains(&format!("::{name}"))
                }
            };
            if !names.iter().any(is_there) {
                faults.push(format!("{page}: {part}"));
            }
        }
    }
    assert!(seen > 150, "{seen} names: the tables are there");
    assert!(faults.is_empty(), "no test is called so:\n{}", faults.join("\n"));
}

#[test]
fn every_example_that_a_page_runs_is_there_with_the_features_that_it_takes() {
    let manifest = read("examples/Cargo.toml");
    let (mut faults, mut seen) = (Vec::new(), 0);
    for (page, command) in
        PAGES.iter().flat_map(|page| commands(page, "cargo run").into_iter().map(move |own| (*page, own)))
    {
        let Some(example) = value(&command, "--example") else { continue };
        seen += 1;
        let package = value(&command, "-p").and_then(|package| package.strip_prefix("homeveil-"));
        let folder = if page == "fuzz/README.md" { "fuzz" } else { package.unwrap_or("examples") };
        if folder != "examples" {
            if !root().join(folder).join("examples").join(format!("{example}.rs")).is_file() {
                faults.push(command.join(" "));
            }
            continue;
        }
        let section =
            manifest.split("[[example]]").find(|part| part.contains(&format!("name = \"{example}\"")));
        let Some(section) = section else {
            faults.push(format!("no example of this name: {}", command.join(" ")));
            continue;
        };
        let takes = section.lines().find_map(|line| line.strip_prefix("required-features = "));
        let given = value(&command, "--features").unwrap_or_default();
        let bare = command.iter().any(|word| word == "--no-default-features");
        for feature in
            takes.unwrap_or("[]").trim_matches(['[', ']']).split(", ").map(|own| own.trim_matches('"'))
        {
            let is_given = feature.is_empty()
                || given.split(',').any(|own| own == feature || own == "tradeoff")
                || feature == "default" && !bare;
            if !is_given {
                faults.push(format!("{feature} is not given: {}", command.join(" ")));
            }
        }
    }
    assert!(seen > 12, "{seen} examples: the commands are there");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_example_answers_when_it_is_asked_for_help() {
    let mut files = Vec::new();
    for folder in ["examples", "audit/examples"] {
        sources(&root().join(folder), &mut files);
    }
    files.retain(|file| fs::read_to_string(file).unwrap().contains("\nfn main() "));
    assert!(files.len() > 10, "the examples are there");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let answers = text.contains("\"--help\"") || text.contains("command(HELP, ");
        assert!(answers && text.contains("usage: "), "{} knows no --help", file.display());
    }
}

/// `proptest` looks for the seeds of `src/a/b.rs` in `proptest-regressions/a/b.txt`, and of this binary next to it.
#[test]
fn the_seeds_of_failures_lie_where_their_tests_look_for_them() {
    let mut seen = 0;
    for (seeds, sources) in
        [("proptest-regressions", "src"), ("tests/proptest-regressions", "tests/integration")]
    {
        let mut folders = vec![root().join(seeds)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let own = path.strip_prefix(root().join(seeds)).unwrap().with_extension("rs");
                let source = root().join(sources).join(own);
                assert!(source.is_file(), "{} belongs to no {}", path.display(), source.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 3, "the seeds are there");
}

#[test]
fn every_fuzz_target_is_in_the_page_on_fuzzing() {
    let (page, mut files) = (read("fuzz/README.md"), Vec::new());
    sources(&root().join("fuzz/fuzz_targets"), &mut files);
    assert!(files.len() > 10, "the targets are there");
    for target in files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap()) {
        assert!(page.contains(&format!("`{target}`")), "{target} is missing");
    }
}

/// The outbox of a household with so many floors, to which everything is opted in to.
fn outbox(floors: u8) -> Outbox {
    let all = OptIn::ALL.into_iter().fold(Policy::builder(), homeveil::PolicyBuilder::opt_in);
    let policy = all.floors(floors).build().unwrap();
    let unmapped = vec![None; usize::from(floors)];
    let drawn = anonymize_floors(&unmapped, &policy, Grant::unaccounted(), &mut Coins::replayed(1));
    Outbox::new(&drawn.unwrap().0, &policy)
}

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);

/// The objects between backticks in a section of the page on commands.
fn objects(section: &str) -> Vec<String> {
    let page = read("docs/commands.md");
    let own = page.split(&format!("\n## {section}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    own.split('`').skip(1).step_by(2).filter(|code| code.starts_with('{')).map(str::to_owned).collect()
}

/// The variants of an enum in a source file of the outbox or of lifts, as JSON calls them.
fn variants(file: &str, of: &str) -> Vec<String> {
    let source = read(&format!("src/{file}.rs"));
    let body = source.split(&format!("enum {of} {{\n")).nth(1).unwrap().split("\n}").next().unwrap();
    let own = body.lines().filter_map(|line| line.strip_prefix("    "));
    let own = own.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let name = |line: &str| line.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned();
    own.map(|line| {
        let snake = |c: char| if c.is_uppercase() { format!("_{}", c.to_lowercase()) } else { c.to_string() };
        name(line).chars().map(snake).collect::<String>().trim_start_matches('_').to_owned()
    })
    .collect()
}

#[test]
fn the_commands_of_the_page_are_accepted_and_there_are_no_others() {
    let (commands, mut outbox) = (objects("Commands"), outbox(2));
    for json in &commands {
        let Received { answer, command } = outbox.receive(json.as_bytes(), NOW);
        assert!(answer.is_accepted(), "{json} is answered {}", answer.to_json());
        assert_eq!(serde_json::to_string(&command).unwrap(), *json);
    }
    for (file, of) in [("key/lift/goals", "Goal"), ("keeper/outbox/command", "Control")] {
        for name in variants(file, of) {
            let is_there = commands.iter().any(|json| json.contains(&format!("\"{name}\"")));
            assert!(is_there, "{of} has {name}, and the page does not");
        }
    }
}

#[test]
fn the_answers_of_the_page_are_what_an_outbox_says() {
    let (id, new) = (CommandId::new(1), || outbox(1));
    let after = |json: &str| {
        let mut outbox = new();
        let answer = outbox.receive(json.as_bytes(), NOW).answer;
        (outbox, answer)
    };
    let (mut asked, accepted) = after(r#"{"id":1,"goal":{"zone":2}}"#);
    let failed = |failure| {
        let mut asked = asked.clone();
        asked.failed(0, id, failure).unwrap()
    };
    let mut said = vec![
        accepted,
        after(r#"{"client":4,"id":1,"goal":{"zone":2}}"#).1,
        after(r#"{"id":20,"goal":{"zone":5}}"#).1,
        after("{}").1,
        asked.zone(0, ZoneId::new(2)).unwrap(),
        asked.pose(0, Point2::new(1.0, 2.5)).unwrap(),
        asked.progress(0, id, 4).unwrap(),
        asked.clone().finished(0, id, 1340).unwrap(),
        failed(Failure::Unreachable),
        failed(Failure::Stopped),
        failed(Failure::Unbound),
    ];
    assert!(asked.due(NOW.later_by_s(2699)).is_empty(), "45 minutes a zone");
    said.extend(asked.due(NOW.later_by_s(2700)));
    let mut said: Vec<String> = said.iter().map(homeveil::keeper::Message::to_json).collect();
    let mut answers = objects("Answers");
    for own in [&mut said, &mut answers] {
        own.sort();
    }
    assert_eq!(answers, said);
    for (file, of) in [("message", "Message"), ("message", "Failure")] {
        for name in variants(&format!("keeper/outbox/{file}"), of) {
            let is_there = answers.iter().any(|json| json.contains(&format!("\"{name}\"")));
            assert!(is_there, "{of} has {name}, and the page does not");
        }
    }
    let page = read("docs/commands.md");
    for name in variants("policy/opt_in", "OptIn") {
        assert!(page.contains(&format!("| `{name}` |")), "the opt-in {name} is missing");
    }
}

#[test]
fn each_reason_of_the_page_is_given_to_its_example() {
    let mut full = outbox(1);
    for id in 1..=MAX_PENDING {
        let json = format!(r#"{{"id":{id},"goal":"all"}}"#);
        assert!(full.receive(json.as_bytes(), NOW).answer.is_accepted());
    }
    let page = read("docs/commands.md");
    let section = page.split("\n## Reasons for a rejection\n").nth(1).unwrap();
    let prose: Vec<&str> = section.split("| reason |").next().unwrap().split('`').collect();
    let spans: Vec<&str> = prose.into_iter().skip(1).step_by(2).collect();
    let examples: Vec<&[&str]> = spans.windows(2).filter(|pair| pair[0].starts_with('{')).collect();
    assert_eq!(examples.len(), 3);
    for example in examples {
        let answer = full.clone().receive(example[0].as_bytes(), NOW).answer.to_json();
        assert!(
            answer.contains(&format!("\"reason\":\"{}\"", example[1])),
            "{} is answered {answer}",
            example[0]
        );
    }
    let mut listed = Vec::new();
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('`').collect();
        let (reason, json) = (cells[1], cells[3]);
        let answer = full.clone().receive(json.as_bytes(), NOW).answer.to_json();
        assert!(answer.contains(&format!("\"reason\":\"{reason}\"")), "{json} is answered {answer}");
        assert_eq!(Command::from_json(json.as_bytes()).is_err(), reason == "malformed", "{json}");
        listed.push(reason.to_owned());
    }
    let mut reasons = variants("keeper/outbox/error", "CommandError");
    listed.sort();
    reasons.sort();
    assert_eq!(listed, reasons);
}

/// How many faults are put into the code, and how many of the laws notice one.
#[test]
fn the_pages_count_laws_and_mutants_as_they_are() {
    let killed = read("mutants/tests/promise/main.rs");
    let rows: Vec<(&str, &str)> = killed
        .split("(Mutant::")
        .filter_map(|row| row.split_once(", \""))
        .map(|(mutant, law)| (mutant, law.split('"').next().unwrap()))
        .collect();
    let count = |names: Vec<&str>| names.into_iter().collect::<BTreeSet<_>>().len();
    let faults = count(rows.iter().map(|row| row.0).collect());
    let noticing = count(rows.iter().map(|row| row.1).collect());
    let laws: usize = PROMISES.iter().map(|(_, laws)| laws.len()).sum();
    assert!(faults > 20 && laws > 50, "{faults} faults, {laws} laws: the tables are there");
    for (page, words) in [
        ("tests/README.md", format!("{faults} faults, by {noticing} of the {laws} laws")),
        ("docs/threat-model.md", format!("{faults} faults are put into the code one by one")),
        ("docs/threat-model.md", format!("{noticing} of the {laws} laws are tried so")),
        ("CHANGELOG.md", format!("seen to fail on {faults} broken variants")),
    ] {
        let text = read(page).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&words), "{page} has to say: {words}");
    }
}
