//! The JSON of a release, byte by byte.

use std::path::Path;

use homeveil::home::Home;
use homeveil::release::ReleaseError;
use homeveil::{Coins, Redaction, Release};
use proptest::prelude::*;

use crate::drawings;
use crate::props::{cases, drawn, loud, noisy};
use crate::strategies::flats;

/// A small home; under a sealed policy the release is the same for any other.
pub(super) fn home() -> Home {
    let drawing = "
        ###############
        #aaaaaa#bbbbbb#
        #aaaaaa#bbbbbb#
        #aaaaaabbbbbbb#
        #aaAaaabbbbbbb#
        #aaaaaabbbbbbb#
        #aaaaaa#bbbbbb#
        ###############
    ";
    drawings::home(drawing)
}

/// Compares with a file of `golden/`; with `UPDATE_GOLDEN=1` writes it instead.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap();
    assert!(
        known == text,
        "{name} has changed; if it was meant to, run with UPDATE_GOLDEN=1 and say so in the changelog"
    );
}

/// All sealed releases of this version, and what readers of the format see.
#[test]
fn the_sealed_release_is_this() {
    for (name, zones) in [("sealed_2.json", 2), ("sealed_3.json", 3), ("sealed_4.json", 4)] {
        let policy = crate::props::policy(zones, 1, 1);
        let (release, _) = drawn(&home(), &Redaction::none(), &policy, Coins::scripted(Vec::new()));
        golden(name, &(release.to_json() + "\n"));
    }
}

/// Codebooks change from version to version; what was drawn from an earlier one is known for ever.
#[test]
fn sealed_releases_of_earlier_versions_are_known() {
    // Of two and three zones the second version's sealed plans are today's.
    for (zones, version) in [(2, "first"), (3, "first"), (4, "first"), (4, "second")] {
        let path = format!("tests/integration/golden/sealed_{zones}_{version}.json");
        let json = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let (earlier, policy) = (Release::from_json(&json).unwrap(), crate::props::policy(zones, 1, 1));
        let (today, _) = drawn(&home(), &Redaction::none(), &policy, Coins::scripted(Vec::new()));
        assert_ne!(earlier.floors()[0].plan(), today.floors()[0].plan());
        assert!(
            earlier.verify().is_ok() && earlier.verify_under(&policy).is_ok(),
            "{zones} zones, {version}"
        );
    }
}

#[test]
fn what_is_no_release_is_refused() {
    let (release, _) = drawn(&home(), &Redaction::none(), &noisy(), Coins::replayed(1));
    let json = release.to_json();
    let refused = |json: &str| Release::from_json(json.as_bytes()).unwrap_err();
    assert_eq!(refused(""), ReleaseError::Json);
    assert_eq!(refused(&json[..json.len() - 1]), ReleaseError::Json);
    assert_eq!(refused(&json.replacen("homeveil-release", "homeveil-realese", 1)), ReleaseError::Version);
    assert_eq!(refused(&json.replacen("\"version\":1", "\"version\":2", 1)), ReleaseError::Version);
    assert_eq!(refused(&json.replacen("\"width\":192", "\"width\":193", 1)), ReleaseError::Frame);
    assert_eq!(refused(&json.replacen("\"grid\":[100,", "\"grid\":[99,", 1)), ReleaseError::Grid);
    assert_eq!(refused(&" ".repeat(1 << 21)), ReleaseError::TooLong);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_json_brings_the_same_release_back(flat in flats(1..=8), quiet: bool, seed: u64) {
        let policy = if quiet { noisy() } else { loud() };
        let (release, _) = drawn(&flat.draw().home(), &Redaction::none(), &policy, Coins::replayed(seed));
        let json = release.to_json();
        let back = Release::from_json(json.as_bytes()).unwrap();
        prop_assert!(back == release);
        prop_assert_eq!(back.to_json(), json);
        prop_assert!(back.verify_under(&policy).is_ok());
    }

    #[test]
    fn bytes_that_are_no_release_do_not_panic(at: u16, byte: u8, cut: u16) {
        let (release, _) = drawn(&home(), &Redaction::none(), &noisy(), Coins::replayed(1));
        let mut json = release.to_json().into_bytes();
        let (at, cut) = (usize::from(at) % json.len(), usize::from(cut) % json.len());
        json[at] = byte;
        let whole = Release::from_json(&json).map(|release| release.verify().map(|_| ()));
        let _ = (whole, Release::from_json(&json[cut..]), Release::from_json(&json[..cut]));
    }
}
