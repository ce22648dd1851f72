//! Paths through the public interface, held against the drawing that the home was built from.

use std::collections::BTreeMap;

use geo_types::Rect;
use homeveil::atlas::{FRAME, ZoneId};
use homeveil::home::RoomId;
use homeveil::key::{AreaId, Goal, KeyError, Passage, Task};
use homeveil::navigate::Navigator;
use homeveil::{Coins, Policy, Redaction, Release};
use nalgebra::{Isometry2, Point2};
use proptest::collection::vec;
use proptest::prelude::*;

use super::key::{on_release, redacted};
use super::{cases, drawn, loud, noisy, policy};
use crate::strategies::{Drawing, Square};

type Place = (u32, u32);

fn policies() -> impl Strategy<Value = Policy> {
    prop_oneof![Just(noisy()), Just(loud()), Just(policy(2, 4, 1)), Just(Policy::sealed())]
}

/// The zone whose rectangle holds a place.
fn zone_at(release: &Release, at: Point2<f64>) -> Option<ZoneId> {
    let inside = |cells: u32, from: u32, metres: f64| {
        (f64::from(from) * FRAME.resolution..f64::from(from + cells) * FRAME.resolution).contains(&metres)
    };
    let zones = release.floors()[0].zones().iter();
    let mut holding =
        zones.filter(|z| inside(z.rect.width, z.rect.x, at.x) && inside(z.rect.height, z.rect.y, at.y));
    holding.next().map(|zone| zone.id)
}

/// The footprint about the middle of this cell is clear of everything.
fn clear(drawing: &Drawing, (x, y): Place) -> bool {
    drawing.disc().iter().all(|&(dx, dy)| drawing.is_open(x.cast_signed() + dx, y.cast_signed() + dy))
}

/// The cells that a polyline runs through, by small steps.
fn under(drawing: &Drawing, points: &[Point2<f64>]) -> Vec<Place> {
    let mut cells: Vec<Place> = points.iter().map(|&at| drawing.cell_of(at)).collect();
    for pair in points.windows(2) {
        let steps = 1
            + (0..1_000_000)
                .take_while(|&n| f64::from(n) * 0.05 * drawing.resolution_m < (pair[1] - pair[0]).norm())
                .count();
        let steps = u32::try_from(steps).unwrap();
        cells.extend((1..steps).map(|step| {
            drawing.cell_of(pair[0] + (pair[1] - pair[0]) * (f64::from(step) / f64::from(steps)))
        }));
    }
    cells
}

/// The cost in tenths of a cheapest path over cells that are open, by relaxing all of them until nothing changes.
fn slowly(drawing: &Drawing, open: impl Fn(Place) -> bool, from: Place, to: Place) -> Option<u32> {
    let mut cost = BTreeMap::from([(from, 0_u32)]);
    let free: Vec<Place> = (0..drawing.height)
        .flat_map(|y| (0..drawing.width).map(move |x| (x, y)))
        .filter(|&at| open(at))
        .collect();
    loop {
        let mut changed = false;
        for &(x, y) in &free {
            for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)] {
                let near = (x.wrapping_add_signed(dx), y.wrapping_add_signed(dy));
                let Some(&known) = cost.get(&near) else { continue };
                let straight = dx == 0 || dy == 0;
                if straight || open((near.0, y)) && open((x, near.1)) {
                    let new = known + if straight { 70 } else { 99 };
                    if cost.get(&(x, y)).is_none_or(|&old| new < old) {
                        cost.insert((x, y), new);
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            return cost.get(&to).copied();
        }
    }
}

/// The cells around one.
fn around(drawing: &Drawing, (x, y): Place) -> impl Iterator<Item = Place> {
    let near = |at: u32, side: u32| at.saturating_sub(1)..=(at + 1).min(side - 1);
    let (columns, rows) = (near(x, drawing.width), near(y, drawing.height));
    rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
}

/// The zones of the path from one to another, by doors that make a tree.
fn zones_between(doors: &[[ZoneId; 2]], from: ZoneId, to: ZoneId) -> Vec<ZoneId> {
    let mut paths = vec![vec![from]];
    while let Some(path) = paths.pop() {
        let last = path[path.len() - 1];
        if last == to {
            return path;
        }
        let next =
            doors.iter().filter(|door| door.contains(&last)).flatten().filter(|zone| !path.contains(zone));
        paths.extend(next.map(|&zone| [&path[..], &[zone]].concat()));
    }
    Vec::new()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn lifted_paths_keep_clear_and_pass_the_doors((flat, room) in redacted(), policy in policies(), ends in vec(((0.0..1.0, 0.0..1.0), (0.0..1.0, 0.0..1.0)), 1..4), seed: u64) {
        let drawing = flat.draw();
        let redaction = Redaction::none().rooms(room.map(|room| RoomId::new(flat.ids[usize::from(room)].0)));
        let (release, key) = drawn(&drawing.home(), &redaction, &policy, Coins::replayed(seed));
        let hidden = |(x, y): Place| {
            matches!(drawing.at(x, y), Square::Room(own) if Some(own) == room)
        };
        let zone_cells: Vec<_> =
            release.floors()[0].zones().iter().map(|zone| (zone.id, key.lift_zone(zone.id).ok())).collect();
        let zone_of = |at: Place| {
            let middle = drawing.middle(at.0, at.1);
            zone_cells.iter().find(|(_, region)| region.as_ref().is_some_and(|region| region.contains(middle))).map(|(zone, _)| *zone)
        };
        let mut navigators = [(false, Navigator::new()), (true, Navigator::through_redacted())];
        for (from, to) in ends {
            let Ok(start) = key.lift_point(on_release(from)) else { continue };
            let Ok(end) = key.lift_point(on_release(to)) else { continue };
            let pose = Isometry2::translation(start.x, start.y);
            for (passing, navigator) in &mut navigators {
                let open = |at: Place| clear(&drawing, at) && (*passing || !hidden(at));
                let direct = slowly(&drawing, open, drawing.cell_of(start), drawing.cell_of(end));
                let path = match key.lift_path(navigator, pose, &[on_release(to)]) {
                    Ok(path) => path,
                    Err(error) => {
                        prop_assert!(matches!(error, KeyError::NoPath { .. }), "{error}");
                        prop_assert_eq!(direct, None, "there is a path");
                        continue;
                    }
                };
                let points: Vec<Point2<f64>> = path.points().collect();
                prop_assert!((points[0] - start).norm() < 1e-9);
                prop_assert!((points[points.len() - 1] - end).norm() < 1e-9);
                let cells = under(&drawing, &points);
                prop_assert!(cells.iter().all(|&at| open(at)), "a path runs into something");
                // Never longer than along the cells, and never shorter than straight.
                prop_assert!(path.length_m() + 1e-9 >= (end - start).norm());
                let straight = f64::from(direct.expect("a path was found")) / 70.0 * drawing.resolution_m;
                let doors: Vec<[ZoneId; 2]> = release.floors()[0].doors().iter().map(|door| door.zones).collect();
                let passages = key.passages();
                let is_open = |door: &&[ZoneId]| {
                    let mut all = doors.iter().zip(&passages);
                    all.any(|(zones, passage)| *passage == Passage::Open && zones.iter().all(|zone| door.contains(zone)))
                };
                prop_assert!(path.length_m() <= straight + 1e-9);
                let by_doors = key.lift_path_by_doors(navigator, pose, &[on_release(to)]).expect("as above");
                let cells = under(&drawing, &by_doors.points().collect::<Vec<_>>());
                prop_assert!(cells.iter().all(|&at| open(at)), "a path by the doors runs into something");
                prop_assert!((by_doors.points().last().unwrap() - end).norm() < 1e-9);
                // Both are pulled taut to a local optimum, so that the shorter path of cells may end as the longer one.
                // A line goes through cells side by side, along which a path is at most √2 as long.
                prop_assert!(path.length_m() <= by_doors.length_m() * std::f64::consts::SQRT_2 + 1e-9);
                if key.locate(pose).ok() == zone_at(&release, on_release(to)) {
                    prop_assert!(by_doors.length_m() <= straight + 1e-9);
                }
                prop_assert!(by_doors.detours().iter().chain(path.detours()).all(|door| doors.contains(door)));
                let ends = [points[0], points[points.len() - 1]].map(|at| zone_of(drawing.cell_of(at)));
                if let ([Some(first), Some(last)], true, false) = (ends, by_doors.detours().is_empty(), *passing) {
                    // From zone to zone as the doors lead, each time over a cell at which the two touch.
                    let mut ahead = &cells[..];
                    for door in zones_between(&doors, first, last).windows(2).filter(is_open) {
                        let (one, other) = (Some(door[0]), Some(door[1]));
                        let is_passage = |&at: &Place| {
                            let touches = |zone| around(&drawing, at).any(|near| zone_of(near) == zone);
                            let own = zone_of(at);
                            own == one && touches(other) || own == other && touches(one)
                        };
                        let passed = ahead.iter().position(is_passage);
                        prop_assert!(passed.is_some(), "a door is not passed in its turn");
                        ahead = &ahead[passed.unwrap_or(0)..];
                    }
                }
            }
        }
    }

    #[test]
    fn no_goal_and_no_pose_makes_it_panic((flat, room) in redacted(), policy in policies(), numbers in any::<[f64; 8]>(), pick: u8, seed: u64) {
        let drawing = flat.draw();
        let redaction = Redaction::none().rooms(room.map(|room| RoomId::new(flat.ids[usize::from(room)].0)));
        let (_, key) = drawn(&drawing.home(), &redaction, &policy, Coins::replayed(seed));
        let [a, b, c, d, x, y, turn, far] = numbers;
        let corner = |v: f64| if v.is_finite() { v % 12.0 } else { v };
        let goals = [
            Goal::Zone(ZoneId::new(pick)),
            Goal::Area(AreaId::new(pick.into())),
            Goal::Spot(Point2::new(a, b)),
            Goal::Spot(Point2::new(corner(a), corner(b))),
            Goal::Rect(Rect::new((corner(a), corner(b)), (corner(c), corner(d)))),
            Goal::Rect(Rect::new((a, b), (c, d))),
            Goal::Drive(Point2::new(corner(c), corner(d))),
            Goal::Path(vec![Point2::new(corner(a), corner(b)), Point2::new(corner(c), far)]),
        ];
        for pose in [Isometry2::new([x, y].into(), turn), Isometry2::new([corner(x), corner(y)].into(), 0.0)] {
            for goal in &goals {
                match key.resolve(pose, goal) {
                    Ok(Task::Clean(region)) => prop_assert!(!region.is_empty()),
                    Ok(Task::Drive(path)) => prop_assert!(path.points().len() > 0),
                    Ok(_) => {}
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
            }
        }
    }
}
