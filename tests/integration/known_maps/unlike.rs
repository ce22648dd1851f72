//! How often one home is taken for another.

use homeveil::HouseKey;
use homeveil::grid::Cell;
use homeveil::home::RobotMap;
use homeveil::synth::Change;

use super::key_of;
use crate::maps::{cases, home, keeping};

/// How often a home is taken for another, and a changed home for itself.
#[test]
fn unlike_homes_are_not_recognized() {
    let pairs = cases(32_u64);
    let map = |n: u64| RobotMap::from_seed((n + 5_000).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20);
    let redaction = keeping();
    let (mut known, mut wrong) = (0_u64, 0_u64);
    for n in 0..pairs {
        let own = map(2 * n);
        let key = key_of(&home(&own), &redaction);
        let (_, refit) = key.refit(&home(&map(2 * n + 1)), &redaction);
        wrong += u64::from(refit.recognized);
        let tenths = u16::try_from(n * 373 % 3600).unwrap();
        let changed = own.changed(Change::Furniture { blocks: 8, seed: n }).changed(Change::Turn { tenths });
        known += u64::from(key.refit(&home(&changed), &redaction).1.recognized);
    }
    println!("{wrong} of {pairs} other homes recognized, {known} of {pairs} refurnished and turned ones");
    assert!(wrong * 1000 <= pairs && known * 100 >= pairs * 98, "{wrong} wrong, {known} right of {pairs}");
}

/// A home that had no part in the choice of any constant.
fn unlike(n: u64) -> RobotMap {
    RobotMap::from_seed((n + 50_000).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20)
}

/// Square metres of floor that a map shows.
fn shown_m2(map: &RobotMap) -> f64 {
    let free = map.grid.cells().iter().filter(|cell| **cell == Cell::Free).count();
    f64::from(u32::try_from(free).unwrap()) * map.grid.resolution_m().powi(2)
}

/// How often a part of another home is taken for a part of this one, and another home for that of a part that is known;
/// and how often parts are recognized by their own homes.
#[test]
fn parts_of_unlike_homes_are_not_recognized() {
    let pairs = cases(24_u64);
    let redaction = keeping();
    let recognized =
        |key: &HouseKey, map: &RobotMap| u64::from(key.refit(&home(map), &redaction).1.recognized);
    let [mut tried, mut wrong, mut shown, mut known] = [[0_u64; 2]; 4];
    for n in 0..pairs {
        let (own, other) = (unlike(2 * n), unlike(2 * n + 1));
        let begun = |map: &RobotMap| {
            let tenths = u16::try_from(n * 373 % 3600).unwrap();
            let seen = Change::Begun(u16::try_from(25 + n % 8 * 5).unwrap());
            map.changed(seen).changed(Change::Turn { tenths })
        };
        // Less is never looked for.
        let is_part = |part: &RobotMap, whole: &RobotMap| {
            let (part, whole) = (shown_m2(part), shown_m2(whole));
            part > 8.0 && part > 0.3 * whole && part < 0.95 * whole
        };
        let whole = key_of(&home(&own), &redaction);
        let (part, foreign) = (begun(&own), begun(&other));
        if is_part(&foreign, &own) {
            tried[0] += 1;
            wrong[0] += recognized(&whole, &foreign);
        }
        if is_part(&part, &own) {
            shown[0] += 1;
            known[0] += recognized(&whole, &part);
        }
        if shown_m2(&part) > 8.0 {
            let begun = key_of(&home(&part), &redaction);
            tried[1] += 1;
            wrong[1] += recognized(&begun, &other);
            shown[1] += 1;
            known[1] += recognized(&begun, &own);
        }
    }
    println!(
        "parts of other homes: {} of {} recognized; of the own one: {} of {}",
        wrong[0], tried[0], known[0], shown[0]
    );
    println!(
        "by a part, other homes: {} of {} recognized; the own one: {} of {}",
        wrong[1], tried[1], known[1], shown[1]
    );
    assert!(tried.iter().chain(&shown).all(|&count| count > pairs / 20), "{tried:?} {shown:?}");
    assert!((0..2).all(|of| wrong[of] * 100 <= tried[of]), "{wrong:?} of {tried:?}");
}

/// How often a key that knows four maps takes another home for one of them.
#[test]
fn unlike_homes_are_not_recognized_by_a_key_of_four_maps() {
    /// Homes that are shown to one key.
    const SHOWN: u64 = 8;
    let keys = cases(3_u64);
    let redaction = keeping();
    let (mut tried, mut wrong) = (0_u64, 0_u64);
    for n in 0..keys {
        let map = |number: u64| home(&unlike(1_000_000 + n * (4 + SHOWN) + number));
        let key = (1..4).fold(key_of(&map(0), &redaction), |key, number| {
            let (mut key, _) = key.refit(&map(number), &redaction);
            key.confirm_map();
            key
        });
        let shown = (0..SHOWN).filter(|shown| key.refit(&map(4 + shown), &redaction).1.recognized);
        (tried, wrong) = (tried + SHOWN, wrong + u64::try_from(shown.count()).unwrap());
    }
    println!("{wrong} of {tried} other homes recognized by {keys} keys of four maps");
    assert!(wrong * 500 <= tried, "{wrong} of {tried}");
}

/// Homes of 30 m² whose walls all lie somewhere in one of more than 100 m².
#[test]
fn a_small_home_is_not_taken_for_a_corner_of_a_large_one() {
    let map = |n: u64| RobotMap::from_seed(n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20);
    for (small, large) in [(7749, 7806), (7999, 8084)] {
        let (_, refit) = key_of(&home(&map(small)), &keeping()).refit(&home(&map(large)), &keeping());
        assert!(!refit.recognized, "{small} in {large}: {}", refit.map_overlap);
    }
}
