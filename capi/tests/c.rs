//! C and C++ programs against the library: as C99 without a warning, under `AddressSanitizer`, under valgrind.
//!
//! Where a compiler or valgrind is not at hand, the test says so in one line and passes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::{env, fs};

const WARNINGS: [&str; 5] = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// What a static Rust library needs of the system (`cargo rustc -p homeveil-capi -- --print native-static-libs`).
const SYSTEM: [&str; 5] = ["-lpthread", "-ldl", "-lm", "-lrt", "-lgcc_s"];

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `libhomeveil.a`, built for release as vendors link it. Cargo does not build it for this test by itself, as no Rust
/// program can link it.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let own = env::current_exe().expect("a path of its own");
        let target = own.ancestors().nth(3).expect("target/PROFILE/deps").to_owned();
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "-p", "homeveil-capi", "--target-dir"])
            .arg(&target)
            .current_dir(folder())
            .status()
            .expect("cargo is there");
        assert!(status.success());
        target.join("release/libhomeveil.a")
    })
}

fn is_there(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("{tool} is not installed: skipped");
    }
    found
}

/// Compiles a program of this package, or gives nothing where there is no compiler.
fn compiled(compiler: &str, source: &str, name: &str, flags: &[&str]) -> Option<PathBuf> {
    if !is_there(compiler) {
        return None;
    }
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let output = Command::new(compiler)
        .args(flags)
        .arg("-I")
        .arg(folder().join("include"))
        .arg(folder().join(source))
        .arg(library())
        .args(SYSTEM)
        .arg("-o")
        .arg(&program)
        .output()
        .expect("the compiler runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(program)
}

/// An empty folder for a program's store.
fn store(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stores").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a folder of this test's");
    }
    fs::create_dir_all(&folder).expect("a folder of this test's");
    folder
}

fn passed(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    out.into_owned()
}

#[test]
fn a_robots_day_in_c() {
    if let Some(program) = compiled("cc", "examples/robot.c", "robot", &WARNINGS) {
        let output = Command::new(program).arg(store("robot")).output().expect("it runs");
        let told = passed(&output);
        assert!(told.contains("the same release after the power cut"), "{told}");
    }
}

#[test]
fn every_function_at_its_borders() {
    if let Some(program) = compiled("cc", "tests/borders.c", "borders", &WARNINGS) {
        passed(&Command::new(program).arg(store("borders")).output().expect("it runs"));
    }
}

#[test]
fn nothing_leaks_and_nothing_is_out_of_bounds_under_address_sanitizer() {
    let flags =
        [&WARNINGS[..], &["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"]].concat();
    for (source, name) in [("examples/robot.c", "robot_asan"), ("tests/borders.c", "borders_asan")] {
        if let Some(program) = compiled("cc", source, name, &flags) {
            passed(&Command::new(program).arg(store(name)).output().expect("it runs"));
        }
    }
}

#[test]
fn nothing_leaks_under_valgrind() {
    if !is_there("valgrind") {
        return;
    }
    for (source, name) in [("examples/robot.c", "robot_valgrind"), ("tests/borders.c", "borders_valgrind")] {
        if let Some(program) = compiled("cc", source, name, &[&WARNINGS[..], &["-g"]].concat()) {
            let output = Command::new("valgrind")
                .args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=all"])
                .arg("--errors-for-leak-kinds=definite,indirect,possible")
                .arg(program)
                .arg(store(name))
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
