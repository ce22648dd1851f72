//! What `make install` puts where, as a vendor's program finds it: by pkg-config, by the README's lines for `CMake`,
//! and at run time by the name of the ABI.
//!
//! Where a tool is missing the test says so in one line and passes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{WARNINGS, is_there, passed, store};

/// Installs the library below a folder of its own, `usr` in it, and gives the folder.
fn installed(name: &str) -> PathBuf {
    let destination = store(name);
    let own = std::env::current_exe().expect("a path of its own");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps");
    let made = Command::new("make")
        .args(["install", "PREFIX=/usr"])
        .arg(format!("DESTDIR={}", destination.display()))
        .env("CARGO", env!("CARGO"))
        .env("CARGO_TARGET_DIR", target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("make runs");
    passed(&made);
    destination
}

/// As a cross-build asks: a command that finds by pkg-config what is installed below a folder, by names without it.
fn finding(command: &str, destination: &Path) -> Command {
    let mut command = Command::new(command);
    command
        .env("PKG_CONFIG_LIBDIR", destination.join("usr/lib/pkgconfig"))
        .env("PKG_CONFIG_SYSROOT_DIR", destination)
        .env("PKG_CONFIG_ALLOW_SYSTEM_CFLAGS", "1")
        .env("PKG_CONFIG_ALLOW_SYSTEM_LIBS", "1");
    command
}

/// The robot's day ends well with the installed shared library.
fn lives_a_day(program: &Path, destination: &Path, name: &str) {
    let day = Command::new(program)
        .arg(store(name))
        .env("LD_LIBRARY_PATH", destination.join("usr/lib"))
        .output()
        .expect("it runs");
    assert!(passed(&day).contains("the same release after the power cut"));
}

#[test]
fn an_installed_library_is_found_by_pkg_config_and_by_its_soname() {
    if !["make", "pkg-config", "cc", "readelf"].into_iter().all(is_there) {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let destination = installed("installed");
    let prefix = destination.join("usr");
    assert_eq!(
        fs::read(prefix.join("include/homeveil.h")).expect("the header is installed"),
        fs::read(folder.join("include/homeveil.h")).expect("the header is committed"),
    );

    let flags = finding("pkg-config", &destination)
        .args(["--cflags", "--libs", "homeveil"])
        .output()
        .expect("pkg-config runs");
    let flags = passed(&flags);
    let program = destination.join("robot");
    let output = Command::new("cc")
        .args(WARNINGS)
        .arg(folder.join("examples/robot.c"))
        .args(flags.split_whitespace())
        .arg("-o")
        .arg(&program)
        .output()
        .expect("the compiler runs");
    passed(&output);

    let major = env!("CARGO_PKG_VERSION_MAJOR");
    let soname = format!("libhomeveil.so.{major}");
    let dynamic = |file: &Path| {
        passed(&Command::new("readelf").arg("--dynamic").arg(file).output().expect("readelf runs"))
    };
    let library = prefix.join("lib").join(format!("libhomeveil.so.{}", env!("CARGO_PKG_VERSION")));
    let named = |text: &str, what: &str| {
        let line = text.lines().find(|line| line.contains(what) && line.contains("libhomeveil"));
        line.is_some_and(|line| line.contains(&format!("[{soname}]")))
    };
    assert!(named(&dynamic(&library), "(SONAME)"), "{}", dynamic(&library));
    assert!(named(&dynamic(&program), "(NEEDED)"), "{}", dynamic(&program));
    lives_a_day(&program, &destination, "robot_installed");
}

#[test]
fn the_lines_for_cmake_link_a_program() {
    if !["make", "pkg-config", "cc", "cmake"].into_iter().all(is_there) {
        return;
    }
    let destination = installed("installed_for_cmake");
    let readme = include_str!("../../README.md");
    let lines =
        readme.split("```cmake\n").nth(1).and_then(|rest| rest.split("```").next()).expect("its lines");
    let project = store("cmake");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/robot.c");
    let list = format!(
        "cmake_minimum_required(VERSION 3.7)\nproject(robot C)\nadd_executable(robot \"{}\")\n{lines}",
        source.display()
    );
    fs::write(project.join("CMakeLists.txt"), list).expect("a folder to write to");
    let build = project.join("build");
    fs::create_dir(&build).expect("a folder to write to");
    passed(&finding("cmake", &destination).arg("..").current_dir(&build).output().expect("cmake runs"));
    passed(
        &finding("cmake", &destination)
            .args(["--build", "."])
            .current_dir(&build)
            .output()
            .expect("cmake runs"),
    );
    lives_a_day(&build.join("robot"), &destination, "robot_by_cmake");
}
