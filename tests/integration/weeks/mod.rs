//! Weeks of households: every home draws once, changes from day to day, is edited by its owner and loses power,
//! while a cloud that knows the release alone asks for this and that. Whatever it asks, the robot runs into
//! nothing, enters and cleans no redacted room and nothing that is barred; and what the cloud gets to see is a
//! function of the release and of its own commands.
//!
//! 1,500 goals, or as many as `HOMEVEIL_CASES` says, and twelve weeks at least.
#![expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "numbers of cells of homes")]

mod cloud;
mod day;
mod dice;
mod edits;
mod household;
mod life;
mod marks;
mod storeys;
mod tally;
mod truth;

use std::collections::BTreeMap;

use homeveil::keeper::{Purpose, UnixTime};
use homeveil::{Odds, Policy};

use crate::props::noisy;

use life::live;
use tally::Tally;

const RADIUS_M: f64 = 0.17;
const MONDAY: UnixTime = UnixTime::from_secs(1_790_000_000);
const PURPOSE: Purpose = Purpose::RequestedServiceProvision;
const DAY_S: u64 = 86_400;
const DAYS: u64 = 7;
const COMMANDS: u64 = 6;

#[test]
fn weeks_end_without_a_collision_and_the_cloud_learns_nothing() {
    let goals = crate::maps::cases(1500_u64);
    let weeks = goals.div_ceil(DAYS * COMMANDS).max(12);
    let four = Odds::new(4, 1).unwrap();
    let policies = [
        noisy(),
        Policy::sealed(),
        Policy::builder().zones(2).odds(four).done_after_s(60).build().unwrap(),
        Policy::builder().zones(3).odds(four).done_after_s(40_000).build().unwrap(),
    ];
    let mut tally = Tally::default();
    let mut transcripts: BTreeMap<(String, u64), String> = BTreeMap::new();
    for number in 0..weeks {
        let script = number / 4 % 2;
        let policy = &policies[usize::try_from(number % 4).unwrap()];
        println!("week {number}");
        let (release, told) = live(number, policy, script, &mut tally);
        tally.weeks += 1;
        match transcripts.get(&(release.clone(), script)) {
            Some(before) => {
                tally.twins += 1;
                assert_eq!(*before, told, "week {number}: two homes of one release answer differently");
            }
            None => _ = transcripts.insert((release, script), told),
        }
    }
    println!("{tally:?}");
    assert!(tally.cleaned_hidden > 0 && tally.hidden_areas > 0 && tally.returns > 0 && tally.upstairs > 0);
    let edits = [tally.barred, tally.redacted, tally.removed, tally.bound, tally.unbarred, tally.confirmed];
    assert!(edits.iter().all(|&edits| edits > 0) && tally.on_odd_days > 0, "{tally:?}");
    assert!(tally.twins > 0 && tally.cleaned > 0 && tally.driven > 0 && tally.accepted > 0);
    assert!(
        tally.lost * 50 <= tally.refits && tally.unsure * 8 <= tally.refits && tally.odd > 0,
        "{tally:?}"
    );
}
