//! The command: what it exports, what it makes of a folder of maps, and the Python of the documentation.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test panics, and says what it skips")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use homeveil_audit::attack::features;
use homeveil_audit::mechanism;
use homeveil_audit::population::Attribute;

/// Cells along the sides of a map but its width, and metres a cell.
const TALL: usize = 60;
const CELL_M: f64 = 0.05;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("homeveil-audit-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(args: &[&str], out: &Path) -> Output {
    let command =
        Command::new(env!("CARGO_BIN_EXE_homeveil-audit")).args(args).arg("--out").arg(out).output();
    let output = command.unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A table of CSV: its names, and its lines by these names. Only a mechanism's name is quoted.
fn table(csv: &str) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut lines = csv.lines();
    let names: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let line = |line: &str| {
        let (mechanism, rest) = line.strip_prefix('"').unwrap().split_once("\",").unwrap();
        let cells: Vec<&str> = std::iter::once(mechanism).chain(rest.split(',')).collect();
        assert_eq!(cells.len(), names.len(), "{line}");
        names.iter().cloned().zip(cells.into_iter().map(str::to_owned)).collect()
    };
    let lines = lines.map(line).collect();
    (names, lines)
}

fn number(line: &BTreeMap<String, String>, name: &str) -> f64 {
    line[name].parse().unwrap_or_else(|_| panic!("{name}: {}", line[name]))
}

/// A flat of two rooms and a door as `map_server` writes it, `wide` cells wide; gives its free cells.
fn write_map(folder: &Path, name: &str, wide: usize) -> u32 {
    let is_wall = |x: usize, y: usize| {
        let inner = x == wide / 2 && !(20..40).contains(&y);
        x < 2 || y < 2 || x + 2 >= wide || y + 2 >= TALL || inner
    };
    let mut picture = format!("P5\n{wide} {TALL}\n255\n").into_bytes();
    let mut free = 0_u32;
    for y in 0..TALL {
        for x in 0..wide {
            free += u32::from(!is_wall(x, y));
            picture.push(if is_wall(x, y) { 0 } else { 254 });
        }
    }
    fs::write(folder.join(format!("{name}.pgm")), picture).unwrap();
    let yaml = format!(
        "image: {name}.pgm\nresolution: {CELL_M}\norigin: [0.0, 0.0, 0.0]\nnegate: 0\noccupied_thresh: 0.65\n\
         free_thresh: 0.25\n"
    );
    fs::write(folder.join(format!("{name}.yaml")), yaml).unwrap();
    free
}

/// Columns, lines and numbers are what the documentation says; its Python runs on them where it can.
#[test]
fn an_export_is_what_the_documentation_says() {
    let (homes, folder) = (30, folder("export"));
    run(&["--homes", &homes.to_string(), "--export"], &folder.join("out"));
    let csv = fs::read_to_string(folder.join("out/releases.csv")).unwrap();
    let (names, lines) = table(&csv);
    let truths = Attribute::ALL.map(|attribute| format!("true {}", attribute.name()));
    let first = ["mechanism", "half", "home", "release"].map(str::to_owned);
    let features = features::NAMES.map(str::to_owned);
    assert_eq!(names, [first.as_slice(), &truths, &features].concat());

    let mechanisms: Vec<String> = mechanism::all(&[1, 2, 4, 8, 64]).iter().map(|own| own.name()).collect();
    assert_eq!(lines.len(), mechanisms.len() * 2 * homes);
    let places: BTreeSet<[&str; 3]> =
        lines.iter().map(|line| ["mechanism", "half", "home"].map(|name| line[name].as_str())).collect();
    assert_eq!(places.len(), lines.len(), "no line comes twice");
    for (line, number_of) in lines.iter().zip(0..) {
        assert_eq!(line["mechanism"], mechanisms[number_of / (2 * homes)]);
        assert_eq!(line["half"], ["design", "evaluation"][number_of / homes % 2]);
        assert_eq!(line["home"], (number_of % homes).to_string());
        assert!(names[4..].iter().all(|name| number(line, name).is_finite()));
        // What is true does not depend on what leaves, and the raw map shows it.
        let raw = lines.iter().find(|of| {
            of["mechanism"] == "raw map" && of["half"] == line["half"] && of["home"] == line["home"]
        });
        let raw = raw.unwrap();
        assert!(truths.iter().all(|name| line[name] == raw[name]));
        assert!((number(raw, "free_m2") / number(raw, "true free area") - 1.0).abs() < 0.2);
    }
    let sealed = lines.iter().filter(|line| line["mechanism"] == "homeveil, λ = 1");
    assert!(sealed.clone().all(|line| line["release"] == "0"));
    assert_eq!(sealed.map(|line| &line["free_m2"]).collect::<BTreeSet<_>>().len(), 1, "a constant");

    python(&names, mechanisms.len(), &folder);
    fs::remove_dir_all(&folder).unwrap();
}

/// The snippet of the documentation names columns that exist, and says a figure for every mechanism.
fn python(names: &[String], mechanisms: usize, folder: &Path) {
    let page = include_str!("../../docs/audit.md");
    let snippet = page.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let quoted = snippet.split(['"', '\'']).skip(1).step_by(2);
    let columns: Vec<&str> =
        quoted.filter(|word| word.starts_with("true ") && *word != "true " || *word == "mechanism").collect();
    assert_eq!(columns.len(), 2, "{columns:?}");
    assert!(columns.iter().all(|column| names.iter().any(|name| name == column)), "{columns:?}");
    assert!(snippet.contains("own.half") && snippet.contains("table.columns[4:]"));
    let python = |code: &str| Command::new("python3").args(["-c", code]).current_dir(folder).output();
    if !python("import pandas, sklearn").is_ok_and(|run| run.status.success()) {
        eprintln!("skipped in Python: there is no pandas or no scikit-learn");
        return;
    }
    let run = python(snippet).unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let figure = |line: &str| line.split_whitespace().last().unwrap().parse::<f64>().unwrap();
    assert_eq!(printed.lines().count(), mechanisms, "{printed}");
    assert!(printed.lines().all(|line| figure(line) <= 1.0), "{printed}");
}

/// Maps of a folder are read, shared out by turns, measured on, and not shown.
#[test]
fn a_folder_of_maps_is_attacked_and_not_shown() {
    let folder = folder("maps");
    let maps = folder.join("maps");
    fs::create_dir_all(maps.join("more")).unwrap();
    // In the order of their names; one lies deeper.
    let free: Vec<u32> = (0..8)
        .map(|number| {
            let name = if number < 7 { format!("{number}") } else { format!("more/{number}") };
            write_map(&maps, &name, 80 + 12 * number)
        })
        .collect();
    // The picture is named from where the map lies.
    let deep = fs::read_to_string(maps.join("more/7.yaml")).unwrap().replace("more/", "");
    fs::write(maps.join("more/7.yaml"), deep).unwrap();
    let given = maps.to_str().unwrap().to_owned();

    run(&["--maps", &given, "--export"], &folder.join("export"));
    let (_, lines) = table(&fs::read_to_string(folder.join("export/releases.csv")).unwrap());
    let raw: Vec<_> = lines.iter().filter(|line| line["mechanism"] == "raw map").collect();
    assert_eq!(raw.len(), 8);
    for (line, place) in raw.iter().zip(0..) {
        let drawn = f64::from(free[2 * (place % 4) + place / 4]) * CELL_M * CELL_M;
        assert!((number(line, "true free area") / drawn - 1.0).abs() < 0.01, "{drawn}: {line:?}");
    }

    run(&["--maps", &given, "--homes", "4"], &folder.join("out"));
    let read = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
    let audit: serde_json::Value = serde_json::from_str(&read("audit.json")).unwrap();
    assert_eq!(audit["population"], "8 maps of a folder");
    assert_eq!([&audit["learnt_from"], &audit["measured_on"]], [4, 4]);
    let findings = audit["findings"].as_array().unwrap();
    // Four homes are few: an R² is of the exact attacker, which estimates nothing.
    assert!(findings.iter().any(|of| of["mechanism"] == "raw map" && of["attacker"] == "Opinion 05/2014"));
    let explained: Vec<_> = findings.iter().filter(|of| of["measure"] == "R²").collect();
    assert!(!explained.is_empty() && explained.iter().all(|of| of["attacker"] == "Bayes, exact"));
    for file in ["out/audit.json", "out/audit.html", "export/releases.csv", "out", "export"] {
        is_private(&folder.join(file));
    }
    let page = read("audit.html");
    assert!(page.contains("8 maps of a folder") && !page.contains("class=\"map\""), "maps stay out of it");
    fs::remove_dir_all(&folder).unwrap();
}

/// What is as private as the maps can be read by the owner alone.
#[cfg(unix)]
fn is_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
}

#[cfg(not(unix))]
fn is_private(_: &Path) {}

/// Of two populations none is attacked instead of the other: that is wrong usage.
#[test]
fn two_populations_are_wrong_usage() {
    let folder = folder("both");
    write_map(&folder, "map", 80);
    let rooms = folder.join("rooms.json");
    fs::write(&rooms, "[]").unwrap();
    let (maps, rooms) = (folder.to_str().unwrap(), rooms.to_str().unwrap());
    for args in [["--maps", maps, "--rooms", rooms], ["--rooms", rooms, "--maps", maps]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homeveil-audit"));
        let output =
            command.args(args).args(["--homes", "1", "--out"]).arg(folder.join("out")).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!folder.join("out").exists());
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// A folder without maps is refused in words.
#[test]
fn a_folder_without_maps_is_refused() {
    let folder = folder("none");
    let command = Command::new(env!("CARGO_BIN_EXE_homeveil-audit"))
        .args(["--maps".as_ref(), folder.as_os_str(), "--out".as_ref(), folder.join("out").as_os_str()])
        .output();
    let output = command.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("at least two maps are needed"));
    assert!(!folder.join("out").exists());
    fs::remove_dir_all(&folder).unwrap();
}
