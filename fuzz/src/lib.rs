//! What the fuzz targets share: the pipeline from a home to release and key, and all that may be asked of a key.
//! A broken promise is a panic here, which the fuzzer reports.
#![forbid(unsafe_code)]

pub mod raw;

use std::sync::LazyLock;

use geo_types::{Coord, LineString, Polygon, Rect};
use homeveil::atlas::{FRAME, ZoneId};
use homeveil::home::{Footprint, Home, HomeBuilder};
use homeveil::key::AreaId;
use homeveil::release::Release;
use homeveil::{Coins, Grant, HouseKey, Odds, Policy, PolicyBuilder, Redaction, anonymize};
use nalgebra::{Isometry2, Point2};
use sha2::{Digest, Sha256};

/// A usual robot.
#[must_use]
pub fn robot() -> Footprint {
    Footprint::disc_m(0.17).expect("0.17 m is a radius")
}

/// A policy whose releases are drawn: the default is one constant plan.
#[must_use]
pub fn noisy() -> PolicyBuilder {
    Policy::builder().odds(Odds::new(4, 1).expect("4 is no less than 1"))
}

/// Release and key of a home under the default policy, and everything that holds of them.
pub fn whole_way(home: &Home, seed: u64) {
    let policy = Policy::default();
    let redaction = policy.redaction().keep_unlabelled();
    check(home, &redaction, &policy, seed);
}

/// Release and key of a home, and everything that holds of them.
pub fn check(home: &Home, redaction: &Redaction, policy: &Policy, seed: u64) -> (Release, HouseKey) {
    let drawn = anonymize(home, redaction, policy, Grant::unaccounted(), &mut Coins::replayed(seed));
    let (release, key) = drawn.expect("every home yields a release once the redaction is accepted");
    release.verify_under(policy).expect("a release verifies under its policy");
    let back = Release::from_json(release.to_json().as_bytes()).expect("its JSON is one");
    assert!(back == release);
    ask(&key);
    let (fitted, _) = key.refit(home, redaction);
    ask(&fitted);
    let bytes = key.to_secret_bytes();
    assert!(HouseKey::from_secret_bytes(&bytes).expect("a key's bytes are one") == key);
    (release, key)
}

/// Asks a key everything it can be asked. Its zones share no cell, and what it lifts to, it locates.
pub fn ask(key: &HouseKey) {
    let zones = key_zones();
    let mut cells: Vec<(u32, u32)> = Vec::new();
    for &zone in &zones {
        let Ok(region) = key.lift_zone(zone) else { continue };
        assert!(!region.is_empty(), "a zone that is reachable has cells");
        assert_eq!(region.points().count(), region.len());
        assert!(region.points().all(|at| region.contains(at)));
        assert!(region.bounding().is_some());
        for run in region.runs() {
            cells.extend((run.columns()).map(|x| (run.y(), x)));
        }
    }
    let all = cells.len();
    cells.sort_unstable();
    cells.dedup();
    assert_eq!(cells.len(), all, "no cell is in two zones");
    let side = |cells: u32| f64::from(cells) * FRAME.resolution;
    for x in 0..FRAME.width / 8 {
        for y in 0..FRAME.height / 8 {
            let at = Point2::new(side(8 * x) + 0.2, side(8 * y) + 0.2);
            if let Ok(real) = key.lift_point(at) {
                assert!(real.x.is_finite() && real.y.is_finite());
                assert!(key.project(Isometry2::translation(real.x, real.y)).is_ok());
                assert!(key.locate(Isometry2::translation(real.x, real.y)).is_ok());
            }
        }
    }
    let wild = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, -0.0, 1e-300, 4.8, 9.6];
    for (x, y) in wild.iter().flat_map(|&x| wild.iter().map(move |&y| (x, y))) {
        let _ = key.lift_point(Point2::new(x, y));
        let _ = key.project(Isometry2::translation(x, y));
        let _ = key.locate(Isometry2::translation(x, y));
    }
    let corner = |x: f64, y: f64| Coord { x, y };
    for (min, max) in [
        (corner(0.0, 0.0), corner(9.6, 9.6)),
        (corner(1.0, 1.0), corner(1.0, 1.0)),
        (corner(2.1, 0.3), corner(4.7, 5.1)),
        (corner(f64::MIN, f64::MIN), corner(f64::MAX, f64::MAX)),
    ] {
        let _ = key.lift_rect(Rect::new(min, max));
    }
    let mut bound = key.clone();
    let everything = [(-1e9, -1e9), (1e9, -1e9), (1e9, 1e9), (-1e9, 1e9)].map(|(x, y)| corner(x, y));
    let everything = Polygon::new(LineString(everything.to_vec()), Vec::new());
    for area in 0..=key.areas() {
        let area = AreaId::new(area);
        if let Ok(region) = key.lift_area(area) {
            assert!(region.points().all(|at| region.contains(at)));
        }
        if bound.bind_region(area, &everything).is_ok() && bound.check_open().is_ok() {
            // Empty where the robot gets to none of it today.
            let region = bound.lift_area(area).expect("it was bound");
            assert!(region.points().all(|at| region.contains(at)));
        }
    }
    let _ = (key.passages(), key.uncharted_cells(), format!("{key:?}"));
}

/// The zones that a key may have, and some that none has.
fn key_zones() -> Vec<ZoneId> {
    (0..=9).map(ZoneId::new).collect()
}

/// Bytes of an envelope before its content: magic, version, length.
pub const HEAD_BYTES: usize = 16;

/// The content of an envelope.
#[must_use]
pub fn content(bytes: &[u8]) -> &[u8] {
    let length = bytes[12..HEAD_BYTES].iter().rev().fold(0, |length, &byte| length << 8 | usize::from(byte));
    &bytes[HEAD_BYTES..HEAD_BYTES + length]
}

/// A key of this content, its envelope put right.
#[must_use]
pub fn sealed_key(content: &[u8]) -> Vec<u8> {
    static KIND: LazyLock<[u8; 12]> = LazyLock::new(|| {
        let home = Home::from_drawing(0.1, robot(), "aaaa\naaaa\naaaa\naaaa", &[]);
        let home = home.and_then(HomeBuilder::build).expect("one room is a home");
        let (_, key) = check(&home, &Redaction::none(), &Policy::sealed(), 0);
        *key.to_secret_bytes().first_chunk().expect("keys have a head")
    });
    sealed(*KIND, content, 1 << 16)
}

/// An envelope of this kind (magic and version), of at least this many bytes.
#[must_use]
pub fn sealed(kind: [u8; 12], content: &[u8], least: usize) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("inputs are short");
    let mut bytes = [&kind[..], &length.to_le_bytes(), content].concat();
    let size = (bytes.len() + 32).next_power_of_two().max(least);
    bytes.resize(size - 32, 0);
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(sum.as_slice());
    bytes
}
