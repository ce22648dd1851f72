//! What tests of keys on later maps share: homes of maps, and how much of them keeps its zone.

use homeveil::atlas::ZoneId;
use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::key::Region;
use homeveil::{HouseKey, Policy, Redaction};
use nalgebra::Point2;

pub(crate) fn home(map: &RobotMap) -> Home {
    map.clone().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap()
}

pub(crate) fn keeping() -> Redaction {
    Policy::default().redaction().keep_unlabelled()
}

pub(crate) fn zones(key: &HouseKey) -> Vec<Option<Region>> {
    (1..=4).map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect()
}

/// Of the floor that is in zones under both keys the share that has the same zone, and the share of the floor in zones
/// before that still is.
pub(crate) fn kept(old: &HouseKey, new: &HouseKey, moved: impl Fn(Point2<f64>) -> Point2<f64>) -> (f64, f64) {
    let (old, new) = (zones(old), zones(new));
    let (mut all, mut both, mut same) = (0_u32, 0_u32, 0_u32);
    for (zone, region) in old.iter().enumerate() {
        for at in region.iter().flat_map(Region::points).map(&moved) {
            let now = new.iter().position(|region| region.as_ref().is_some_and(|region| region.contains(at)));
            all += 1;
            both += u32::from(now.is_some());
            same += u32::from(now == Some(zone));
        }
    }
    (f64::from(same) / f64::from(both.max(1)), f64::from(both) / f64::from(all.max(1)))
}

/// As many cases as `HOMEVEIL_CASES` says, or so many.
pub(crate) fn cases<T: std::str::FromStr>(unasked: T) -> T {
    std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(unasked)
}
