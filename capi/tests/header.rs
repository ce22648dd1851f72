//! The committed header is the one that the sources give, and every function of it is called by a C program here, and
//! at random.

use std::path::Path;
use std::{env, fs};

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn committed() -> String {
    fs::read_to_string(folder().join("include/homeveil.h")).expect("the header is committed")
}

#[test]
fn the_header_is_that_of_the_sources() {
    let config = cbindgen::Config::from_file(folder().join("cbindgen.toml")).expect("a valid configuration");
    let mut bytes = Vec::new();
    cbindgen::generate_with_config(folder(), config).expect("sources that can be read").write(&mut bytes);
    let generated = String::from_utf8(bytes).expect("a header is text");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(folder().join("include")).expect("a folder for the header");
        fs::write(folder().join("include/homeveil.h"), &generated).expect("the header can be written");
    }
    assert_eq!(committed(), generated, "UPDATE_GOLDEN=1 cargo test -p homeveil-capi --test header writes it");
}

#[test]
fn every_function_is_called_by_a_c_program_and_by_random_calls() {
    let program = |path| fs::read_to_string(folder().join(path)).expect("a program that is committed");
    let tests = ["examples/robot.c", "tests/borders.c", "tests/days.c"].map(program).concat();
    let random = program("fuzz/calls.c");
    let header = committed();
    let functions: Vec<&str> = header
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '(')))
        .filter_map(|word| word.split_once('(').map(|(name, _)| name))
        .filter(|name| !name.is_empty())
        .collect();
    assert!(functions.len() > 20, "{functions:?}");
    for name in functions {
        assert!(name.starts_with("homeveil_"), "{name} is not the library's");
        let call = format!("{name}(");
        assert!(tests.contains(&call), "{name} is called by no C program");
        assert!(random.contains(&call), "{name} is not among the random calls");
    }
}

/// A defect; what a store of the Rust library alone can hold; and what no function of this version gives.
const NOT_GIVEN: [&str; 6] = ["FOLLOWER", "NOT_IN_RELEASE", "NO_ZONE", "OUTSIDE", "PANIC", "QUEUE_DAMAGED"];

#[test]
fn every_status_is_looked_for_by_a_c_program() {
    let program = |path| fs::read_to_string(folder().join(path)).expect("a program that is committed");
    let tests =
        ["bare.c", "borders.c", "days.c", "limits.c"].map(|name| program(format!("tests/{name}"))).concat();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.filter_map(|word| word.strip_prefix("HOMEVEIL_STATUS_")).map(str::to_owned).collect()
    };
    let looked_for = words(&tests);
    let given: Vec<String> = words(&committed());
    assert!(given.len() > 60);
    for status in given {
        assert_eq!(looked_for.contains(&status), !NOT_GIVEN.contains(&&*status), "{status}");
    }
}
