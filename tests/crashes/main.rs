//! What a keeper on a folder of files makes of power cuts, failing disks, a second process and other people's hands.
//!
//!     cargo test --test crashes                 # 60 kills, some seconds
//!     tests/crashes.sh                          # 5,000 kills, and 200 faults of the file system
//!
//! The process starts itself as a child, which lives the life of a robot on a folder (`life`): it opens the keeper,
//! shows it maps, gives out releases, opens epochs. Whatever happens to the child and to its files, of all releases
//! that were ever given out in an epoch of a household no two may differ, no file may be readable by others, and
//! nothing may panic. So that a second draw shows, a release is of eight floors, drawn apart. The process ends with a
//! code other than 0 if anything fails.
#![cfg_attr(
    unix,
    expect(clippy::unwrap_used, clippy::print_stdout, reason = "a table for people, or a panic")
)]

#[cfg(unix)]
mod children;
#[cfg(unix)]
mod disks;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod hands;
#[cfg(unix)]
mod household;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod life;

/// Signals, rights and links are those of Unix.
#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["live", folder, seed] => life::live(folder.as_ref(), seed.parse().unwrap()),
        ["obey", folder] => life::obey(folder.as_ref()),
        ["disk", folder, seed] => disks::fill(folder.as_ref(), seed.parse().unwrap()),
        // The names of tests that `cargo test` is asked for.
        [filter, ..] if !filter.starts_with('-') && !"crashes".contains(filter) => {}
        _ => all(),
    }
    std::process::ExitCode::SUCCESS
}

#[cfg(unix)]
fn all() {
    let number = |name: &str, or: u64| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let (kills, faults) = (number("HOMEVEIL_KILLS", 60), number("HOMEVEIL_FAULTS", 40));
    let seed = number("HOMEVEIL_SEED", 1);
    println!("{}", kills::run(kills, seed));
    println!("{}", faults::run(faults, seed));
    println!("{}", disks::run(seed));
    println!("{}", hands::run());
}
