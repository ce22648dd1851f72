//! What `make install` puts where, as a vendor's program finds it: by pkg-config, and at run time by the ABI's name.
//!
//! Where a tool is missing the test says so in one line and passes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::{WARNINGS, is_there, passed, store};

#[test]
fn an_installed_library_is_found_by_pkg_config_and_by_its_soname() {
    if !["make", "pkg-config", "cc", "readelf"].into_iter().all(is_there) {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let destination = store("installed");
    let prefix = destination.join("usr");
    let own = std::env::current_exe().expect("a path of its own");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps");
    let installed = Command::new("make")
        .args(["install", "PREFIX=/usr"])
        .arg(format!("DESTDIR={}", destination.display()))
        .env("CARGO", env!("CARGO"))
        .env("CARGO_TARGET_DIR", target)
        .current_dir(folder)
        .output()
        .expect("make runs");
    passed(&installed);
    assert_eq!(
        fs::read(prefix.join("include/homeveil.h")).expect("the header is installed"),
        fs::read(folder.join("include/homeveil.h")).expect("the header is committed"),
    );

    // As a cross-build asks: what is installed below a folder, by names without it.
    let flags = Command::new("pkg-config")
        .args(["--cflags", "--libs", "homeveil"])
        .env("PKG_CONFIG_LIBDIR", prefix.join("lib/pkgconfig"))
        .env("PKG_CONFIG_SYSROOT_DIR", &destination)
        .env("PKG_CONFIG_ALLOW_SYSTEM_CFLAGS", "1")
        .env("PKG_CONFIG_ALLOW_SYSTEM_LIBS", "1")
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
    let day = Command::new(&program)
        .arg(store("robot_installed"))
        .env("LD_LIBRARY_PATH", prefix.join("lib"))
        .output()
        .expect("it runs");
    assert!(passed(&day).contains("the same release after the power cut"));
}
