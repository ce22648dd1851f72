//! Turns the switches on, for this package alone.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(homeveil_mutants)");
    println!("cargo::rustc-cfg=homeveil_mutants");
}
