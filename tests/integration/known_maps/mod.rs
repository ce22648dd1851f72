//! The key knows several maps: odd days leave no trace, what the owner chose is a place, and an unknown map overwrites
//! nothing.

mod days;
mod marks;
mod unlike;

use geo_types::Line;
use homeveil::grid::Cell;
use homeveil::home::{Home, KeepOut, RobotMap, Room};
use homeveil::key::{MarkKind, Region};
use homeveil::{Coins, Grant, HouseKey, Redaction, anonymize};
use nalgebra::Point2;

use crate::props::noisy;

/// A map's key under the default policy and a redaction.
fn key_of(home: &Home, redaction: &Redaction) -> HouseKey {
    let coins = &mut Coins::replayed(3);
    anonymize(home, redaction, &noisy(), Grant::unaccounted(), coins).unwrap().1
}

fn redacted(key: &HouseKey) -> Vec<Region> {
    let marks = key.marks().into_iter().filter(|mark| mark.kind == MarkKind::Redacted);
    marks.map(|mark| mark.region.clone()).collect()
}

/// The middles of the floor of some rooms.
fn floor_of<'a>(map: &'a RobotMap, rooms: impl Iterator<Item = &'a Room>) -> Vec<Point2<f64>> {
    let resolution = map.grid.resolution_m();
    let cells = rooms.flat_map(Room::runs).flat_map(|run| run.columns().map(|x| (x, run.y())));
    let free = cells.filter(|&(x, y)| map.grid.get(x, y) == Some(Cell::Free));
    free.map(|(x, y)| Point2::new(f64::from(x) + 0.5, f64::from(y) + 0.5) * resolution).collect()
}

/// A wall of a metre across the middle of a map, from its left border.
fn wall(map: &RobotMap) -> KeepOut {
    let bounds = map.grid.known_bounds().unwrap();
    let metres = |cells: u32| f64::from(cells) * map.grid.resolution_m();
    let y = metres(bounds.y) + metres(bounds.height) / 2.0;
    KeepOut::Wall(Line::new((metres(bounds.x), y), (metres(bounds.x) + 1.0, y)))
}
