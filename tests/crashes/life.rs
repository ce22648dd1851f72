//! A robot's life, as a process of its own: what it gives out goes to standard output, a line each.

use std::io::{BufRead, Write};
use std::path::Path;

use homeveil::Coins;
use homeveil::keeper::{DirectoryStore, Store, StoreError};

use super::household::{Device, Homes};

/// What a life says when the folder is in use.
pub(super) const IN_USE: &str = "in use";

/// Lives until it is killed.
pub(super) fn live(folder: &Path, seed: u64) {
    let homes = Homes::new();
    let mut coins = Coins::replayed(seed);
    loop {
        let store = match DirectoryStore::open(folder) {
            Ok(store) => store,
            Err(StoreError::InUse) => return say(IN_USE),
            Err(error) => return say(&format!("error {error}")),
        };
        match Device::open(store) {
            Ok(mut device) => {
                for _ in 0..40 {
                    say(&act(&mut device, &homes, &mut coins));
                }
            }
            Err(error) => return say(&format!("error {error}")),
        }
    }
}

/// Does what standard input says, a word a line.
pub(super) fn obey(folder: &Path) {
    let homes = Homes::new();
    let mut device = match DirectoryStore::open(folder) {
        Ok(store) => match Device::open(store) {
            Ok(device) => device,
            Err(error) => return say(&format!("error {error}")),
        },
        Err(StoreError::InUse) => return say(IN_USE),
        Err(error) => return say(&format!("error {error}")),
    };
    say("open");
    for word in std::io::stdin().lock().lines() {
        say(&match word.unwrap().as_str() {
            "map" => told(device.show(homes.get(0))),
            "epoch" => told(device.new_epoch()),
            _ => device.release().unwrap_or_else(|error| format!("error {error}")),
        });
    }
}

/// One thing that a robot does, and what it says then.
pub(super) fn act<S: Store>(device: &mut Device<S>, homes: &Homes, coins: &mut Coins) -> String {
    match coins.below(16).unwrap() {
        0 => told(device.new_epoch()),
        1 => told(device.consent_again()),
        2..6 => told(device.show(homes.get(coins.below(2).unwrap()))),
        _ => device.release().unwrap_or_else(|error| format!("error {error}")),
    }
}

fn told(done: Result<(), String>) -> String {
    done.map_or_else(|error| format!("error {error}"), |()| "done".to_owned())
}

/// A line in one write, so that a kill leaves all of it or nothing.
fn say(line: &str) {
    if std::io::stdout().write_all(format!("{line}\n").as_bytes()).is_err() {
        // Nobody listens any more.
        std::process::exit(0);
    }
}
