//! SIGKILL at random moments, and two processes at once.

use std::process::Child;
use std::time::Duration;

use homeveil::Coins;
use homeveil::keeper::DirectoryStore;

use super::children::{itself, said};
use super::household::{Device, Household};
use super::life::IN_USE;

/// Kills that a household lives through.
const KILLS_OF_A_HOUSEHOLD: u64 = 15;

/// Half of the kills come within this time, in which a life begins; the others within sixteen times as much.
const BEGINNING_US: u64 = 8_000;

#[derive(Default)]
struct Tally {
    households: u64,
    epochs: u64,
    given: u64,
    half_written: u64,
    at_once: u64,
    kept_out: u64,
}

pub(super) fn run(kills: u64, seed: u64) -> String {
    let mut coins = Coins::replayed(seed);
    let mut tally = Tally::default();
    let mut left = kills;
    while left > 0 {
        let here = left.min(KILLS_OF_A_HOUSEHOLD);
        left -= here;
        household(here, &mut coins, &mut tally);
    }
    let Tally { households, epochs, given, half_written, at_once, kept_out } = tally;
    format!(
        "{kills} kills of {households} households: {given} releases given out in {epochs} epochs, one an epoch; \
         half-written files {half_written} times, none after the next opening; two processes at once \
         {at_once} times, and one was kept out {kept_out} times"
    )
}

fn household(kills: u64, coins: &mut Coins, tally: &mut Tally) {
    let mut household = Household::new("killed");
    tally.households += 1;
    let mut killed = 0;
    while killed < kills {
        let mut children = vec![start(&household, coins)];
        // Above all where the household begins: both would draw.
        if killed + 1 < kills && coins.below(if killed == 0 { 2 } else { 8 }).unwrap() == 0 {
            children.push(start(&household, coins));
            tally.at_once += 1;
        }
        for mut child in children {
            let within = if coins.below(2).unwrap() == 0 { BEGINNING_US } else { 16 * BEGINNING_US };
            std::thread::sleep(Duration::from_micros(coins.below(within).unwrap()));
            child.kill().unwrap();
            killed += 1;
            for line in said(&child.wait_with_output().unwrap()) {
                tally.kept_out += u64::from(line == IN_USE);
                household.heard(&line);
            }
            household.check_rights();
        }
        tally.half_written += u64::from(household.check_rights() > 0);
    }
    let mut device = Device::open(DirectoryStore::open(&household.folder).unwrap()).unwrap();
    assert_eq!(household.check_rights(), 0, "a half-written file outlives the next opening");
    if let Ok(line) = device.release() {
        household.heard(&line);
    }
    tally.epochs += household.epochs();
    tally.given += household.times;
}

fn start(household: &Household, coins: &mut Coins) -> Child {
    let seed = coins.below(u64::MAX).unwrap().to_string();
    itself().arg("live").arg(&household.folder).arg(seed).spawn().unwrap()
}
