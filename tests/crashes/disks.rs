//! Disks that are too small.

use std::path::Path;
use std::process::Command;

use homeveil::Coins;
use homeveil::keeper::DirectoryStore;

use super::children::{said, with_small_disk, with_small_files};
use super::household::{Device, Homes, Household};
use super::life::act;

/// Twelve sizes in KiB, from one in which nothing fits to one in which all does.
const SIZES_KIB: [u32; 12] = [4, 8, 12, 16, 24, 32, 64, 72, 96, 136, 200, 512];

/// Lives on a disk, or with a limit on its files: restarts, and everything that a robot does in between.
pub(super) fn fill(folder: &Path, seed: u64) {
    let (homes, mut coins) = (Homes::new(), Coins::replayed(seed));
    let mut household = Household::at(folder.join("store"));
    let mut lines = Vec::new();
    for _ in 0..5 {
        let Ok(store) = DirectoryStore::open(&household.folder) else { continue };
        let Ok(mut device) = Device::open(store) else { continue };
        for _ in 0..20 {
            let line = act(&mut device, &homes, &mut coins);
            household.heard(&line);
            household.check_rights();
            lines.push(line);
        }
    }
    // The folder stays: the parent looks into it.
    std::mem::forget(household);
    println!("{}", lines.join("\n"));
}

pub(super) fn run(seed: u64) -> String {
    let (mut failed, mut given, mut disks) = (0, 0, 0);
    for size in SIZES_KIB {
        let mut household = Household::new("small");
        let above = household.folder.clone();
        household.folder = above.join("store");
        std::fs::create_dir(&above).unwrap();
        let mut lives = |mut command: Command| {
            let seed = (seed + u64::from(size)).to_string();
            let output = command.arg("disk").arg(&above).arg(seed).output().unwrap();
            assert!(output.status.success(), "{size} KiB: {}", String::from_utf8_lossy(&output.stderr));
            let lines = said(&output);
            failed += lines.iter().filter(|line| line.contains("the storage failed")).count();
            given += lines.iter().filter(|line| line.starts_with("released")).count();
            lines
        };
        // The disk is gone with the lives on it: they have held their releases against each other.
        if let Some(disk) = with_small_disk(size, &above) {
            disks += 1;
            lives(disk);
        }
        // Then the same household with enough room.
        for blocks in [2 * size, 1 << 20] {
            for line in lives(with_small_files(blocks)) {
                household.heard(&line);
            }
            household.check_rights();
        }
        household.folder = above;
    }
    format!(
        "{} sizes of files and {disks} of disks: {given} releases given out, one an epoch; the storage failed \
         {failed} times",
        SIZES_KIB.len()
    )
}
