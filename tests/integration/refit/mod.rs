//! The key follows maps that are made again: real ones where they are available, and made-up ones.

mod edits;
mod zones;

use homeveil::atlas::ZoneId;
use homeveil::home::RobotMap;
use homeveil::key::{AreaId, Region};
use homeveil::synth::Change;
use homeveil::{Coins, Grant, HouseKey, anonymize};
use nalgebra::Point2;

use crate::maps::{home, keeping};
use crate::props::noisy;

/// A map's key under the default policy, with its first rooms bound to areas.
fn key_of(map: &RobotMap) -> HouseKey {
    let home = home(map);
    let grant = Grant::unaccounted();
    let (_, mut key) = anonymize(&home, &keeping(), &noisy(), grant, &mut Coins::replayed(3)).unwrap();
    for (area, room) in (0..key.areas()).zip(&map.rooms) {
        // A room out of reach stays unbound.
        let _ = key.bind_rooms(AreaId::new(area), &home, &[room.id()]);
    }
    key
}

/// Where a place of a map lies after changes.
fn moved(map: &RobotMap, changes: &[Change]) -> impl Fn(Point2<f64>) -> Point2<f64> {
    let mut map = map.clone();
    let mut steps = Vec::new();
    for &change in changes {
        let next = map.changed(change);
        steps.push(std::mem::replace(&mut map, next).places_after(change));
    }
    move |at| steps.iter().fold(at, |at, step| step(at))
}

fn zone_areas(key: &HouseKey) -> Vec<Region> {
    (1..=6).filter_map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect()
}
