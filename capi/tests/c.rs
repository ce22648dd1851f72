//! C and C++ programs against the library: as C99 without a warning, under `AddressSanitizer`, under valgrind, and
//! installed.
//!
//! Where a compiler or valgrind is not available, the test says so in one line and passes.

mod install;
mod programs;

use std::process::Command;

use programs::{WARNINGS, built, compiled, is_there, linked, passed, store};

#[test]
fn a_robots_day_in_c() {
    if let Some(program) = compiled("cc", "examples/robot.c", "robot", &WARNINGS) {
        let output = Command::new(program).arg(store("robot")).output().expect("it runs");
        let readme = include_str!("../README.md");
        let shown = readme.split("```text\n").nth(1).and_then(|block| block.split("```").next());
        assert_eq!(Some(&*passed(&output)), shown, "what the README shows is what the program prints");
    }
}

/// The program's store is what a vendor begins with.
#[cfg(unix)]
#[test]
fn the_robots_files_are_its_own_and_a_missing_folder_is_no_new_household() {
    use std::os::unix::fs::{MetadataExt, symlink};
    if let Some(program) = compiled("cc", "examples/robot.c", "robot_files", &WARNINGS) {
        let folder = store("robot_files");
        // What something else left there by the name of a new file is not written to.
        let elsewhere = folder.with_extension("elsewhere");
        std::fs::write(&elsewhere, b"mine").expect("a file");
        symlink(&elsewhere, folder.join("state.new")).expect("a link");
        passed(&Command::new(&program).arg(&folder).output().expect("it runs"));
        assert_eq!(std::fs::read(&elsewhere).expect("it is there"), b"mine");
        let files = std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file"));
        let mut count = 0;
        for file in files {
            assert_eq!(file.metadata().expect("its mode").mode() & 0o777, 0o600, "{file:?}");
            assert!(!file.path().to_string_lossy().ends_with(".new"), "{file:?}");
            count += 1;
        }
        assert!(count > 3);
        let output = Command::new(&program).arg(folder.join("missing")).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && told.contains("open: the storage failed"), "{told}");
    }
}

/// A library that had a second allocator or panic handler, that of Rust's standard library, would not be built: so this
/// shows too that no dependency takes it.
#[test]
fn a_robots_day_without_the_standard_library_of_rust() {
    let bare = built("firmware", &["--no-default-features", "--features", "os-rng"]);
    if let Some(program) =
        linked("cc", "examples/robot.c", "robot_bare", &WARNINGS, &bare, &["-Wl,--gc-sections"])
    {
        let told = passed(&Command::new(program).arg(store("robot_bare")).output().expect("it runs"));
        assert!(told.contains("the same release after the power cut"), "{told}");
    }
    let flags = [&WARNINGS[..], &["-Wno-unused-function"]].concat();
    if let Some(program) = linked("cc", "tests/bare.c", "bare", &flags, &bare, &["-Wl,--gc-sections"]) {
        passed(&Command::new(program).output().expect("it runs"));
    }
}

/// What `make firmware` hands to the compiler: cargo parts flags at white space, whatever a shell makes of them.
#[test]
fn the_compiler_takes_the_flags_of_make_firmware() {
    let folder = concat!("--directory=", env!("CARGO_MANIFEST_DIR"));
    let Ok(output) = Command::new("make").args([folder, "--dry-run", "firmware"]).output() else { return };
    let told = passed(&output);
    let flags = told.split_once("RUSTFLAGS='").and_then(|(_, rest)| rest.split_once('\''));
    let flags = flags.expect("flags between quotes").0.split_whitespace();
    let rustc = Command::new("rustc").args(["-", "--print=cfg"]).args(flags).output().expect("it runs");
    let told = passed(&rustc);
    assert!(
        told.contains("chacha20_backend=\"soft\"") && told.contains("sha2_backend_soft=\"compact\""),
        "{told}"
    );
}

#[test]
fn every_function_at_its_borders() {
    if let Some(program) = compiled("cc", "tests/borders.c", "borders", &WARNINGS) {
        passed(&Command::new(program).arg(store("borders")).output().expect("it runs"));
    }
}

#[test]
fn days_that_are_not_usual() {
    if let Some(program) = compiled("cc", "tests/days.c", "days", &WARNINGS) {
        passed(&Command::new(program).output().expect("it runs"));
    }
}

#[test]
fn what_is_too_much_is_refused() {
    if let Some(program) = compiled("cc", "tests/limits.c", "limits", &WARNINGS) {
        passed(&Command::new(program).output().expect("it runs"));
    }
}

/// Programs that are also run under valgrind and with `AddressSanitizer`, each with a store of its own.
const WATCHED: [(&str, &str); 3] =
    [("examples/robot.c", "robot"), ("tests/borders.c", "borders"), ("tests/days.c", "days")];

#[test]
fn nothing_leaks_and_nothing_is_out_of_bounds_under_address_sanitizer() {
    let flags =
        [&WARNINGS[..], &["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"]].concat();
    for (source, name) in WATCHED {
        let name = format!("{name}_asan");
        if let Some(program) = compiled("cc", source, &name, &flags) {
            passed(&Command::new(program).arg(store(&name)).output().expect("it runs"));
        }
    }
}

#[test]
fn nothing_leaks_under_valgrind() {
    if !is_there("valgrind") {
        return;
    }
    for (source, name) in WATCHED {
        let name = format!("{name}_valgrind");
        if let Some(program) = compiled("cc", source, &name, &[&WARNINGS[..], &["-g"]].concat()) {
            let output = Command::new("valgrind")
                .args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=all"])
                .arg("--errors-for-leak-kinds=definite,indirect,possible")
                .arg(program)
                .arg(store(&name))
                .output()
                .expect("valgrind runs");
            passed(&output);
        }
    }
}

#[test]
fn the_header_is_cpp_17() {
    let flags = ["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
    if let Some(program) = compiled("c++", "tests/header.cpp", "header_cpp", &flags) {
        passed(&Command::new(program).output().expect("it runs"));
    }
}
