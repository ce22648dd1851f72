//! The command line of the `anonymize` example: its files, its words and its exit codes.
//!
//! `cargo test` builds the examples before it runs the tests; where this target alone is asked for, the example is
//! built here.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::SystemTime;
use std::{env, fs};

use crate::words::{root, sources};

/// The files of a run, in order of their paths.
const FILES: [&str; 9] = [
    "private/before_after.png",
    "private/house.key",
    "private/map.png",
    "public/release.json",
    "public/release.pgm",
    "public/release.png",
    "public/release.svg",
    "public/release.valetudo.json",
    "public/release.yaml",
];

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// When the newest source of the example was changed.
fn newest() -> SystemTime {
    let mut files = Vec::new();
    for folder in ["src", "examples/anonymize", "examples/shared"] {
        sources(&root().join(folder), &mut files);
    }
    files.extend(["Cargo.toml", "Cargo.lock", "examples/Cargo.toml"].map(|file| root().join(file)));
    files.iter().map(|file| fs::metadata(file).unwrap().modified().unwrap()).max().unwrap()
}

/// The example, which lies next to the folder of the tests; built where cargo has not yet, or not since a source was
/// changed.
fn example() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let own = env::current_exe().unwrap();
        let target = own.ancestors().nth(2).unwrap();
        let path = target.join("examples").join(format!("anonymize{}", env::consts::EXE_SUFFIX));
        let is_fresh =
            fs::metadata(&path).and_then(|meta| meta.modified()).is_ok_and(|built| built >= newest());
        if !is_fresh {
            // The profile that the libraries are built with already.
            let profile = if target.ends_with("release") { "release" } else { "test" };
            let build = ["build", "--quiet", "--example", "anonymize", "--profile", profile];
            assert!(Command::new(env!("CARGO")).args(build).status().unwrap().success());
        }
        path
    })
}

/// Runs the example in a folder.
fn anonymize(folder: &Path, args: &[&str]) -> Output {
    Command::new(example()).args(args).current_dir(folder).output().unwrap()
}

/// Runs the example, which is to end with this code, and gives what it printed to standard output and error.
fn ends_with(code: i32, folder: &Path, args: &[&str]) -> (String, String) {
    let output = anonymize(folder, args);
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(output.status.code(), Some(code), "{args:?}: {out}{err}");
    (out, err)
}

/// The files under a folder that lie in folders of their own.
fn files(folder: &Path) -> Vec<String> {
    let names = |folder: &Path| -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let mut all: Vec<String> = names(folder)
        .into_iter()
        .filter(|name| folder.join(name).is_dir())
        .flat_map(|name| names(&folder.join(&name)).into_iter().map(move |file| format!("{name}/{file}")))
        .collect();
    all.sort();
    all
}

/// Rooms 16 (no name) and 17 (no name), with a door between them and the dock in the first, as a Valetudo map.
fn map_without_kinds(folder: &Path) -> String {
    let (room, door) = (40, 20);
    let layer = |kind: &str, meta: &str, runs: Vec<[u32; 3]>| {
        let numbers: Vec<String> = runs.iter().flatten().map(u32::to_string).collect();
        format!(
            r#"{{"__class": "MapLayer", "type": "{kind}", "metaData": {{{meta}}}, "pixels": [], "compressedPixels": [{}]}}"#,
            numbers.join(",")
        )
    };
    let first = (0..room).map(|y| [100, 100 + y, room]).collect();
    let second =
        (0..room).map(|y| [101 + room, 100 + y, room]).chain((0..door).map(|y| [100 + room, 110 + y, 1]));
    let text = format!(
        r#"{{"__class": "ValetudoMap", "metaData": {{"version": 2}}, "size": {{"x": 1000, "y": 1000}}, "pixelSize": 5,
            "layers": [{}, {}],
            "entities": [{{"__class": "PointMapEntity", "type": "charger_location", "metaData": {{"angle": 0}}, "points": [550, 550]}}]}}"#,
        layer("segment", r#""segmentId": "16""#, first),
        layer("segment", r#""segmentId": "17""#, second.collect()),
    );
    let path = folder.join("map.json");
    fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn without_arguments_the_sample_home_becomes_all_files() {
    let folder = folder("sample");
    let (out, err) = ends_with(0, &folder, &[]);
    assert_eq!(files(&folder.join("out")), FILES);
    assert!(FILES.iter().all(|file| fs::metadata(folder.join("out").join(file)).unwrap().len() > 0));
    assert!(out.contains("the built-in sample home"), "{out}");
    assert!(!out.contains("NOT PRIVATE"), "coins of the operating system are private: {out}");
    assert_eq!(err, "");
}

/// What is in the private folder is not for other users, whatever lay there, and is not written where a link leads.
#[cfg(unix)]
#[test]
fn private_files_are_the_owners_alone_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("private");
    let (private, elsewhere) = (folder.join("out/private"), folder.join("elsewhere"));
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    fs::create_dir_all(&private).unwrap();
    fs::write(&elsewhere, "mine").unwrap();
    fs::write(private.join("map.png"), "old").unwrap();
    symlink(&elsewhere, private.join("house.key")).unwrap();
    open(&private);
    open(&private.join("map.png"));
    ends_with(0, &folder, &[]);
    for file in FILES.iter().filter(|file| file.starts_with("private/")) {
        let meta = folder.join("out").join(file).symlink_metadata().unwrap();
        assert!(meta.is_file() && meta.permissions().mode() & 0o777 == 0o600, "{file}");
    }
    assert_eq!(private.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::read(&elsewhere).unwrap(), b"mine");
    fs::create_dir(folder.join("linked")).unwrap();
    symlink(&private, folder.join("linked/private")).unwrap();
    let (_, err) = ends_with(1, &folder, &["--out", "linked"]);
    assert!(err.contains("must not be a link"), "{err}");
}

#[test]
fn wrong_usage_is_two() {
    let folder = folder("usage");
    for args in [
        &["--frobnicate"][..],
        &["--zones", "9"],
        &["--zones", "one"],
        &["--zones"],
        &["--odds", "1/2"],
        &["--odds", "2/0"],
        &["--seed", "-1"],
        &["--redact-room", "x"],
        &["--unlabelled"],
        &["--unlabelled", "perhaps"],
        &["--kind", "16"],
        &["--kind", "x=kitchen"],
        &["--kind", "16=dungeon"],
        &["--resolution", "small"],
        &["one.json", "two.json"],
    ] {
        let (out, err) = ends_with(2, &folder, args);
        assert!(err.contains("usage: anonymize"), "{args:?}: {err}");
        assert_eq!(out, "");
    }
    assert!(files(&folder).is_empty(), "nothing is written");
}

#[test]
fn an_unknown_kind_is_answered_with_the_list() {
    let (_, err) = ends_with(2, &folder("kind"), &["--redact", "bedroom,dungeon"]);
    for word in ["'dungeon'", "bedroom", "bathroom", "toilet", "nursery", "kitchen", "hallway"] {
        assert!(err.contains(word), "{word}: {err}");
    }
}

#[test]
fn a_map_that_cannot_be_read_is_one() {
    let folder = folder("unread");
    let (_, err) = ends_with(1, &folder, &["missing.json"]);
    assert!(err.contains("missing.json"), "{err}");
    for (name, text) in [
        ("empty.json", ""),
        ("other.json", r#"{"rooms": []}"#),
        ("list.json", "[1, 2]"),
        ("text.json", "map"),
    ] {
        fs::write(folder.join(name), text).unwrap();
        let (_, err) = ends_with(1, &folder, &[name]);
        assert!(err.contains(name), "{err}");
    }
    assert!(files(&folder).is_empty(), "nothing is written");
}

#[test]
fn a_seed_repeats_every_byte_and_is_said_not_to_be_private() {
    let folder = folder("seed");
    for out in ["one", "two"] {
        let (text, _) = ends_with(0, &folder, &["--seed", "5", "--out", out]);
        assert!(text.contains("NOT PRIVATE"), "{text}");
    }
    for file in FILES {
        let [one, two] = ["one", "two"].map(|out| fs::read(folder.join(out).join(file)).unwrap());
        assert!(one == two, "{file}");
    }
}

#[test]
fn without_kinds_the_owner_has_to_choose() {
    let folder = folder("choose");
    let map = map_without_kinds(&folder);
    let (out, err) = ends_with(1, &folder, &[&map]);
    for words in [
        "out/private/rooms.png",
        "  room 16: kind not known, 4.0 m², left\n",
        "  room 17: kind not known, 4.0 m², right\n",
        "--kind ID=KIND",
        "--redact-room ID",
        "--unlabelled keep|redact",
    ] {
        assert!(err.contains(words), "{words}: {err}");
    }
    assert_eq!((files(&folder.join("out")), out.as_str()), (vec!["private/rooms.png".to_owned()], ""));
    assert!(fs::read(folder.join("out/private/rooms.png")).unwrap().starts_with(b"\x89PNG"));
    for (name, choice) in [
        ("keep", &["--unlabelled", "keep"][..]),
        ("redact", &["--unlabelled", "redact"]),
        ("room", &["--unlabelled", "keep", "--redact-room", "17"]),
        ("kinds", &["--kind", "16=living", "--kind", "17=bedroom"]),
        ("one", &["--kind", "16=kitchen", "--unlabelled", "redact"]),
    ] {
        ends_with(0, &folder, &[&[map.as_str(), "--out", name], choice].concat());
        assert_eq!(files(&folder.join(name)), FILES, "{name}");
    }
    let (out, _) =
        ends_with(0, &folder, &[&map, "--kind", "16=living", "--kind", "17=bedroom", "--out", "named"]);
    assert!(out.contains("  room 16: living, 4.0 m², left\n  room 17: bedroom, 4.0 m², right\n"), "{out}");
}

#[test]
fn a_room_that_is_not_there_is_one() {
    let folder = folder("room");
    let (_, err) = ends_with(1, &folder, &["--redact-room", "99"]);
    assert!(err.contains("The rooms are") && err.contains("  room 1: hallway, "), "{err}");
    assert_eq!(files(&folder.join("out")), ["private/rooms.png"]);
    let (_, err) = ends_with(1, &folder, &["--kind", "99=kitchen", "--out", "kind"]);
    assert!(err.contains("The rooms are") && err.contains("  room 1: hallway, "), "{err}");
    assert!(!folder.join("kind").exists(), "nothing is written");
}

/// A room of 40 × 40 pixels in walls, as a PGM.
fn picture() -> Vec<u8> {
    let wall = |at: usize| at == 0 || at == 41;
    let grey = |at: usize| if wall(at % 42) || wall(at / 42) { 0 } else { 254 };
    [b"P5 42 42 255\n".to_vec(), (0..42 * 42).map(grey).collect()].concat()
}

#[test]
fn a_picture_alone_needs_its_resolution() {
    let folder = folder("alone");
    fs::write(folder.join("home.pgm"), picture()).unwrap();
    let (_, err) = ends_with(1, &folder, &["home.pgm"]);
    assert!(err.contains("home.pgm") && err.contains("--resolution"), "{err}");
    let keep = ["--unlabelled", "keep"];
    ends_with(0, &folder, &[&["home.pgm", "--resolution", "0.05"][..], &keep].concat());
    assert_eq!(files(&folder.join("out")), FILES);
    let (_, err) = ends_with(1, &folder, &["home.pgm", "--resolution", "5"]);
    assert!(err.contains("resolution must be"), "{err}");
    let map = map_without_kinds(&folder);
    let (_, err) = ends_with(1, &folder, &[&map, "--resolution", "0.05"]);
    assert!(err.contains("for a picture alone"), "{err}");
}

/// Two rooms of 40 rows with no door between them, of 20 and of 30 columns.
fn two_rooms() -> Vec<u8> {
    let (width, height) = (53, 42);
    let wall = |at: usize| {
        let (x, y) = (at % width, at / width);
        [0, 21, width - 1].contains(&x) || [0, height - 1].contains(&y)
    };
    let cells = (0..width * height).map(|at| if wall(at) { 0 } else { 254 });
    [b"P5 53 42 255\n".to_vec(), cells.collect()].concat()
}

#[test]
fn the_dock_says_which_floor_is_the_home_and_what_is_left_out_is_warned_of() {
    let folder = folder("dock");
    fs::write(folder.join("home.pgm"), two_rooms()).unwrap();
    let of = |more: &[&str]| {
        let args = ["home.pgm", "--resolution", "0.1", "--unlabelled", "keep"];
        ends_with(0, &folder, &[&args, more].concat()).0
    };
    let warning = "More than a tenth of the floor is in no zone";
    let right = of(&[]);
    assert!(right.contains("in zones: 12.0 m² of 20.0 m²") && right.contains(warning), "{right}");
    let left = of(&["--dock", "1.0,2.0"]);
    assert!(left.contains("in zones: 8.0 m² of 20.0 m²") && left.contains(warning), "{left}");
    assert!(left.contains(", 12.0 m²: "), "the other room is named: {left}");
    let (_, err) = ends_with(1, &folder, &["home.pgm", "--resolution", "0.1", "--dock", "40,40"]);
    assert!(err.contains("dock") && err.contains("between x 0.1 and 5.2 and y 0.1 and 4.1"), "{err}");
    ends_with(2, &folder, &["home.pgm", "--dock", "40"]);
    ends_with(2, &folder, &["home.pgm", "--dock", "a,b"]);
}

/// A robot that begins a new map leaves its charger at the origin, where no floor is yet.
#[test]
fn a_charger_of_the_file_that_is_off_the_map_is_left_out_with_a_word() {
    let folder = folder("charger");
    let path = map_without_kinds(&folder);
    let text = fs::read_to_string(&path).unwrap().replace("[550, 550]", "[9000, 9000]");
    fs::write(&path, text).unwrap();
    let (out, err) = ends_with(0, &folder, &[&path, "--unlabelled", "keep"]);
    assert!(err.contains("charger") && err.contains("--dock"), "{err}");
    assert!(out.contains("8.1 m² of 8.1 m²"), "{out}");
    let (_, err) = ends_with(1, &folder, &[&path, "--unlabelled", "keep", "--dock", "90,90"]);
    assert!(err.contains("dock"), "{err}");
}

/// A picture of nothing: black, grey, or upside down in its shades.
#[test]
fn a_map_without_free_floor_is_refused() {
    let folder = folder("nothing");
    fs::write(folder.join("home.pgm"), [b"P5 9 9 255\n".to_vec(), vec![0; 81]].concat()).unwrap();
    let (_, err) = ends_with(1, &folder, &["home.pgm", "--resolution", "0.05"]);
    assert!(err.contains("no free floor") && err.contains("negate"), "{err}");
    assert!(files(&folder).is_empty(), "nothing is written");
}

#[test]
fn a_map_larger_than_any_home_is_warned_of() {
    let folder = folder("large");
    fs::write(folder.join("home.pgm"), picture()).unwrap();
    let args = ["home.pgm", "--resolution", "0.5", "--unlabelled", "keep"];
    let (small, _) = ends_with(0, &folder, &args);
    assert!(!small.contains("this is no home"), "{small}");
    let side: usize = 72;
    let edge = |at: usize| [0, side - 1].contains(&(at % side)) || [0, side - 1].contains(&(at / side));
    let cells = (0..side * side).map(|at| if edge(at) { 0 } else { 254 });
    fs::write(folder.join("home.pgm"), [b"P5 72 72 255\n".to_vec(), cells.collect()].concat()).unwrap();
    let (large, _) = ends_with(0, &folder, &args);
    assert!(large.contains("more than 1,000 m² of free floor: this is no home"), "{large}");
}

#[test]
fn a_picture_that_moved_is_found_and_one_that_is_gone_is_named() {
    let folder = folder("moved");
    fs::write(folder.join("home.pgm"), picture()).unwrap();
    let yaml = "image: /home/robot/maps/home.pgm\nresolution:\t0.05\norigin: [-1.0, -1.0, -nan]\nnegate: 0\n\
        occupied_thresh: 0.65\nfree_thresh: 0.196\n";
    fs::write(folder.join("home.yaml"), yaml).unwrap();
    ends_with(0, &folder, &["home.yaml", "--unlabelled", "keep"]);
    fs::write(folder.join("home.pgm"), b"GIF89a").unwrap();
    let (_, err) = ends_with(1, &folder, &["home.yaml"]);
    assert!(err.contains("home.yaml: the picture home.pgm can't be used: this looks like a GIF"), "{err}");
    fs::remove_file(folder.join("home.pgm")).unwrap();
    let (_, err) = ends_with(1, &folder, &["home.yaml"]);
    assert!(err.contains("home.yaml") && err.contains("home.pgm") && err.contains("next to it"), "{err}");
}

#[test]
fn what_is_no_map_is_called_by_its_name() {
    let folder = folder("other");
    for (bytes, words) in [
        (&b"rr\x14\0\x40\x9c\0\0\x01\0\0\0"[..], &["Roborock", "Valetudo"][..]),
        (b"PK\x03\x04", &["ZIP", "unpack"]),
        (br#"{"metaData": {"version": 2, "defaultMap": true}}"#, &["defaultMap"]),
    ] {
        fs::write(folder.join("map.bin"), bytes).unwrap();
        let (_, err) = ends_with(1, &folder, &["map.bin"]);
        assert!(err.contains("map.bin") && words.iter().all(|word| err.contains(word)), "{err}");
    }
    assert!(files(&folder).is_empty(), "nothing is written");
    // A release is public, and a key no map.
    ends_with(0, &folder, &[]);
    for (file, words) in [("public/release.json", "a release"), ("private/house.key", "house key")] {
        let (_, err) = ends_with(1, &folder, &[&format!("out/{file}")]);
        assert!(err.contains(words), "{err}");
    }
}

/// A release is of no use without its key, and one that is out already stays of use.
#[test]
fn no_key_is_lost() {
    let folder = folder("keys");
    let key = |name: &str| fs::read(folder.join("out/private").join(name));
    ends_with(0, &folder, &["--seed", "1"]);
    let first = key("house.key").unwrap();
    ends_with(0, &folder, &["--seed", "1"]);
    assert!(key("house.key.1").is_err(), "it is the same key");
    let (out, _) = ends_with(0, &folder, &["--zones", "2"]);
    assert!(out.contains("house.key.1"), "{out}");
    let second = key("house.key").unwrap();
    assert!(second != first && key("house.key.1").unwrap() == first);
    ends_with(0, &folder, &["--zones", "3"]);
    assert_eq!(key("house.key.2").unwrap(), second);

    // A key that cannot be written: no release goes out.
    fs::create_dir_all(folder.join("none/private/house.key/full")).unwrap();
    ends_with(1, &folder, &["--out", "none"]);
    assert!(!folder.join("none/public").exists());
}

/// Whoever names kinds names all of them: what the policy would redact and the list does not is told.
#[test]
fn what_a_list_of_kinds_leaves_out_is_told() {
    let folder = folder("kinds");
    let (out, _) = ends_with(0, &folder, &["--redact", "kitchen"]);
    assert!(out.contains("is not redacted: --redact does not name bedroom"), "{out}");
    assert!(out.contains("(kitchen)") && out.contains(": redacted"), "{out}");
    let (out, _) = ends_with(0, &folder, &[]);
    assert!(!out.contains("is not redacted:") && out.contains(": zone "), "{out}");
    let (_, err) = ends_with(2, &folder, &["--kind", "3=kitchen", "--kind", "3=bedroom"]);
    assert!(err.contains("two kinds"), "{err}");
    let (_, err) = ends_with(2, &folder, &["--redact-room", "1,x"]);
    assert!(err.contains("whole number"), "{err}");
}

#[test]
fn nothing_is_redacted_where_none_is_asked_for() {
    let folder = folder("none");
    let (out, _) = ends_with(0, &folder, &["--redact", "none", "--zones", "6"]);
    assert!(out.contains("redacted: 0.0 m²"), "{out}");
    for (option, value, words) in [
        ("--redact", "", "kinds of rooms, or none"),
        ("--redact", "bedroom,attique", "no kind of room"),
        ("--odds", "1.5", "P/Q in whole numbers"),
        ("--zones", "four", "--zones: 'four' is not a whole number"),
        ("--resolution", "0,05", "--resolution: '0,05' is not metres a pixel"),
        ("--out", "", "a folder has a name"),
    ] {
        let (_, err) = ends_with(2, &folder, &[option, value]);
        assert!(err.contains(words), "{err}");
    }
}
