//! C programs of this package, compiled and linked with the library.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::{env, fs};

pub(crate) const WARNINGS: [&str; 5] = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// What a static Rust library needs of the system (`cargo rustc -p homeveil-capi -- --print native-static-libs`).
const SYSTEM: [&str; 5] = ["-lpthread", "-ldl", "-lm", "-lrt", "-lgcc_s"];

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `libhomeveil.a`, built for release as vendors link it.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| built("release", &[]))
}

/// Builds the static library of a profile. Cargo does not build it for this test by itself, as no Rust program can link
/// it.
pub(crate) fn built(profile: &str, flags: &[&str]) -> PathBuf {
    let own = env::current_exe().expect("a path of its own");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps").to_owned();
    let status = Command::new(env!("CARGO"))
        .args(["rustc", "--quiet", "-p", "homeveil-capi", "--crate-type", "staticlib", "--profile", profile])
        .args(flags)
        .arg("--target-dir")
        .arg(&target)
        .current_dir(folder())
        .status()
        .expect("cargo is there");
    assert!(status.success());
    target.join(profile).join("libhomeveil.a")
}

pub(crate) fn is_there(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("{tool} is not installed: skipped");
    }
    found
}

/// Compiles a program of this package, or gives nothing where there is no compiler.
pub(crate) fn compiled(compiler: &str, source: &str, name: &str, flags: &[&str]) -> Option<PathBuf> {
    linked(compiler, source, name, flags, library(), &SYSTEM)
}

/// Compiles a program and links it with this library and what that needs of the system.
pub(crate) fn linked(
    compiler: &str,
    source: &str,
    name: &str,
    flags: &[&str],
    library: &Path,
    system: &[&str],
) -> Option<PathBuf> {
    if !is_there(compiler) {
        return None;
    }
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let output = Command::new(compiler)
        .args(flags)
        .arg("-I")
        .arg(folder().join("include"))
        .arg(folder().join(source))
        .arg(library)
        .args(system)
        .arg("-o")
        .arg(&program)
        .output()
        .expect("the compiler runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(program)
}

/// An empty folder for a program's store.
pub(crate) fn store(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stores").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a folder of this test's");
    }
    fs::create_dir_all(&folder).expect("a folder of this test's");
    folder
}

pub(crate) fn passed(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    out.into_owned()
}
