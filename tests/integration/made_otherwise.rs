//! A home is recognized on a map that was made otherwise: of other cells, with ghosts and specks, with a part missing.

use homeveil::atlas::ZoneId;
use homeveil::grid::{Cell, OccupancyGrid, Span};
use homeveil::home::{RobotMap, Room};
use homeveil::synth::{Change, sample_home};
use homeveil::{Coins, Grant, HouseKey, anonymize};
use nalgebra::Point2;

use crate::maps::{home, keeping, kept};
use crate::props::noisy;

fn key_of(map: &RobotMap) -> HouseKey {
    let coins = &mut Coins::replayed(3);
    anonymize(&home(map), &keeping(), &noisy(), Grant::unaccounted(), coins).unwrap().1
}

/// A map whose cells are so many times as fine.
fn finer(map: &RobotMap, times: u32) -> RobotMap {
    let (width, height) = (map.grid.width(), map.grid.height());
    let at = |x: u32, y: u32| map.grid.get(x / times, y / times).unwrap();
    let cells = (0..height * times).flat_map(|y| (0..width * times).map(move |x| at(x, y)));
    let resolution_m = map.grid.resolution_m() / f64::from(times);
    let grid = OccupancyGrid::new(width * times, height * times, resolution_m, cells.collect()).unwrap();
    let runs = |room: &Room| {
        let rows = |run: &Span| {
            let (x, len) = (run.x() * times, run.len() * times);
            (run.y() * times..(run.y() + 1) * times).map(move |y| (x, y, len))
        };
        room.runs().iter().flat_map(rows).map(|(x, y, len)| Span::new(x, y, len).unwrap()).collect()
    };
    let rooms = map.rooms.iter().map(|room| Room::new(room.id(), room.kind(), runs(room))).collect();
    RobotMap::new(grid, rooms, map.dock, map.keep_outs.clone())
}

/// A map with some cells changed.
fn with_cells(map: &RobotMap, change: impl Fn(u32, u32, Cell) -> Cell) -> RobotMap {
    let (width, height) = (map.grid.width(), map.grid.height());
    let cell = |x: u32, y: u32| change(x, y, map.grid.get(x, y).unwrap());
    let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| cell(x, y)).collect();
    let grid = OccupancyGrid::new(width, height, map.grid.resolution_m(), cells).unwrap();
    RobotMap::new(grid, map.rooms.clone(), map.dock, map.keep_outs.clone())
}

/// The key follows from one map to the other, and the floor that both show keeps its zone.
fn follows(
    what: &str,
    from: &RobotMap,
    to: &RobotMap,
    least_left: f64,
    moved: impl Fn(Point2<f64>) -> Point2<f64>,
) {
    let key = key_of(from);
    let (fitted, refit) = key.refit(&home(to), &keeping());
    assert!(refit.recognized && refit.open.is_ok(), "{what}");
    let (same, left) = kept(&key, &fitted, moved);
    println!("{what:40} found {:.3}  zone {same:.4}  floor {left:.3}", refit.map_overlap);
    assert!(same >= 0.97 && left >= least_left, "{what}: {same} of the floor keeps its zone, {left} is left");
    let (back, refit) = fitted.refit(&home(from), &keeping());
    let (same, left) = kept(&key, &back, |at| at);
    assert!(refit.recognized && same >= 0.999 && left >= 0.999, "{what}, and back: {same} of {left}");
}

#[test]
fn a_map_of_other_cells_is_recognized() {
    let map = sample_home();
    for times in [2, 3] {
        let fine = finer(&map, times);
        follows(&format!("cells a {times}th as large"), &map, &fine, 0.98, |at| at);
        follows(&format!("cells {times} times as large"), &fine, &map, 0.98, |at| at);
        let turn = Change::Turn { tenths: 300 };
        let turned = fine.changed(turn);
        follows(&format!("cells a {times}th as large, turned"), &map, &turned, 0.95, fine.places_after(turn));
    }
}

/// A mirror or a window shows the robot floor that is not there, and a ray that goes astray marks single cells.
#[test]
fn ghosts_and_specks_change_no_zone() {
    let map = sample_home();
    let bounds = map.grid.known_bounds().unwrap();
    let (low, band) = (bounds.y, 30);
    let seen = |x: u32, y: u32| map.grid.get(x, y).unwrap();
    let wide = map.changed(Change::Shift { left: 0, below: 40 });
    // The lowest metre and a half of the home once more, mirrored in its lower wall.
    let mirrored = with_cells(&wide, |x, y, cell| match (cell, (low + 40).checked_sub(y)) {
        (Cell::Unknown, Some(below @ 1..)) if below <= band => seen(x, low + below),
        _ => cell,
    });
    assert!(mirrored.grid.cells() != wide.grid.cells());
    let up = Change::Shift { left: 0, below: 40 };
    follows("a mirror", &map, &mirrored, 0.99, map.places_after(up));
    let specks = with_cells(&map, |x, y, cell| match (x * 7919 + y * 104_729) % 997 {
        0 if cell == Cell::Free => Cell::Occupied,
        1 if cell == Cell::Unknown => Cell::Free,
        _ => cell,
    });
    follows("specks", &map, &specks, 0.9, |at| at);
}

/// A third of the home was not mapped this time, or is mapped for the first time.
#[test]
fn a_part_is_recognized_by_the_whole_and_the_whole_by_a_part() {
    let map = sample_home();
    let bounds = map.grid.known_bounds().unwrap();
    let right = bounds.x + bounds.width * 2 / 3;
    let part = with_cells(&map, |x, _, cell| if x < right { cell } else { Cell::Unknown });
    follows("two thirds of the map", &map, &part, 0.4, |at| at);
    let key = key_of(&part);
    let (grown, refit) = key.refit(&home(&map), &keeping());
    let (same, left) = kept(&key, &grown, |at| at);
    assert!(refit.recognized && same >= 0.99 && left >= 0.97, "{same} of {left}");
    // What is new is in zones too.
    let floor = |key: &HouseKey| {
        (1..=4).filter_map(|zone| Some(key.lift_zone(ZoneId::new(zone)).ok()?.len())).sum::<usize>()
    };
    assert!(floor(&grown) * 10 > floor(&key_of(&map)) * 9);
}
