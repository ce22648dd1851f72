//! Gives the shared library its name for the dynamic linker, by the rule of the README: one name for each ABI.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_elf = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux" || os == "android");
    if is_elf {
        let major = env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libhomeveil.so.{major}");
    }
}
