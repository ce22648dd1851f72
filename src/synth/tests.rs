//! The laws of random homes.
#![expect(clippy::cast_precision_loss, reason = "numbers of cells are far below 2⁵²")]

use alloc::collections::BTreeSet;
use core::fmt::Write as _;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::furniture::{LANE, Make};
use super::plan::{Axis, RectDm};
use super::{AREA_M2, Change, Furnishing, HomeRecipe, MOST_ROOMS, Style};
use crate::grid::{Cell, narrow};
use crate::home::{FIRST_ROOM, Footprint, Home, LOOSE, RobotMap, RoomKind};
use crate::key::Reach;
use crate::noise::{CoinError, Coins};

/// Radius of a usual robot, in metres.
const RADIUS_M: f64 = 0.17;

/// For each piece of a home except fragments, the number of poses that the robot reaches from its dock; keep-outs
/// count as walls.
pub(super) fn reached(home: &Home) -> Vec<usize> {
    let poses = Reach::of(home, &|_| true, &|_| false).poses.to_flags();
    let dock = home.dock.unwrap();
    let metres = |cells: usize| (cells as f64 + 0.5) * home.resolution_m;
    let is_near = |cell: usize| {
        (metres(cell % home.shape.width) - dock.x).hypot(metres(cell / home.shape.width) - dock.y) < 0.4
    };
    assert!((0..poses.len()).any(|cell| poses[cell] && is_near(cell)), "the robot can stand at the dock");
    let mut count = vec![0; home.pieces.len()];
    for (&label, _) in home.labels.iter().zip(&poses).filter(|(_, pose)| **pose) {
        if let Some(piece) = label.checked_sub(FIRST_ROOM) {
            count[usize::from(piece)] += 1;
        }
    }
    home.pieces.iter().zip(count).filter(|(piece, _)| !piece.fragment).map(|(_, count)| count).collect()
}

fn built(home: RobotMap) -> Home {
    home.into_builder(Footprint::disc_m(RADIUS_M).unwrap()).build().unwrap()
}

#[test]
fn every_room_of_an_office_is_reached() {
    for seed in 0..24 {
        let furnishing = [Furnishing::Bare, Furnishing::Furnished][usize::from(seed % 2 == 1)];
        let office = RobotMap::office(furnishing, &mut Coins::replayed(seed)).unwrap();
        let rooms = office.rooms.len();
        let reached = reached(&built(office));
        assert!(
            rooms > 5 && reached.len() >= rooms && reached.iter().all(|&poses| poses > 0),
            "{seed}: {reached:?}"
        );
    }
}

/// Cells and rooms of a home as text digits, hashed.
fn digest(home: &RobotMap) -> String {
    let mut text = format!("{} {}\n", home.grid.width(), home.grid.height());
    text.extend(home.grid.cells().iter().map(|cell| char::from(b'0' + *cell as u8)));
    for room in &home.rooms {
        write!(text, "\n{} {}", room.id().get(), room.kind().unwrap()).unwrap();
        for run in &room.runs {
            write!(text, " {} {} {}", run.x(), run.y(), run.len()).unwrap();
        }
    }
    crate::digest::hex(Sha256::new().chain_update(text))
}

/// Recipes of every kind, small ones first.
fn recipes() -> impl Strategy<Value = HomeRecipe> {
    let style = prop::sample::select(Style::ALL.to_vec());
    let range = |limits: core::ops::RangeInclusive<u32>| {
        (limits.clone(), limits).prop_map(|(a, b)| a.min(b)..=a.max(b))
    };
    let furnishing = prop_oneof![Just(Furnishing::Bare), Just(Furnishing::Furnished)];
    (style, range(1..=MOST_ROOMS), range(AREA_M2), furnishing, 1..=2_u32).prop_map(
        |(style, rooms, area_m2, furnishing, scale)| {
            HomeRecipe::new(style)
                .rooms(rooms)
                .area_m2(area_m2)
                .furnishing(furnishing)
                .cells_per_decimetre(scale)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_robot_gets_from_the_dock_into_every_room(recipe in recipes(), seed: u64) {
        let home = recipe.draw(&mut Coins::replayed(seed)).unwrap();
        let (rooms, kinds) = (home.rooms.len(), home.rooms.iter().filter(|room| room.kind().is_some()).count());
        prop_assert_eq!(rooms, kinds);
        prop_assert!(home.rooms.iter().any(|room| room.kind() == Some(RoomKind::Living)));
        let home = built(home);
        prop_assert_eq!(home.rooms().len(), rooms);
        prop_assert!(!home.labels.contains(&LOOSE), "no floor is without a room");
        let reached = reached(&home);
        prop_assert_eq!(reached.len(), rooms, "each in one piece");
        prop_assert!(!reached.contains(&0), "{reached:?}");
    }

    #[test]
    fn the_home_is_as_large_as_wished_and_no_room_too_narrow(
        recipe in recipes(),
        seed: u64,
        least in 20..=380_u32,
    ) {
        let plan = recipe.area_m2(least..=least + 20).plan(&mut Coins::replayed(seed)).unwrap();
        let area: u32 = plan.spaces.iter().map(|space| space.rect.area()).sum();
        let wished = least * 100 * 29 / 30..=(least + 20) * 100 * 31 / 30;
        prop_assert!(wished.contains(&area), "{area} dm² for {wished:?}");
        for (n, space) in plan.spaces.iter().enumerate() {
            prop_assert!(space.rect.length(Axis::X) >= 12 && space.rect.length(Axis::Y) >= 12);
            prop_assert!(plan.spaces[..n].iter().all(|other| !space.rect.meets(&other.rect)));
        }
    }

    #[test]
    fn doors_are_as_wide_as_doors_and_nothing_stands_before_them(recipe in recipes(), seed: u64) {
        let plan = recipe.plan(&mut Coins::replayed(seed)).unwrap();
        for opening in &plan.openings {
            let [(a, side), (b, _)] = opening.sides;
            let along = side.axis();
            let (hole, floors) = (opening.hole, [plan.spaces[a].rect, plan.spaces[b].rect]);
            let whole = floors.iter().map(|floor| floor.start(along)).max() == Some(hole.start(along))
                && floors.iter().map(|floor| floor.end(along)).min() == Some(hole.end(along));
            prop_assert!(whole || (7..=9).contains(&hole.length(along)));
            prop_assert_eq!(hole.length(along.other()), 1);
            let before = hole.span(along.other(), hole.start(along.other()) - LANE, hole.end(along.other()) + LANE);
            for piece in &plan.furniture {
                prop_assert!(!piece.place.meets(&before), "{piece:?} {opening:?}");
                prop_assert!(plan.spaces.iter().any(|space| piece.place.within(&space.rect)));
            }
        }
    }

    #[test]
    fn coins_decide_everything_and_the_resolution_nothing(recipe in recipes(), seed: u64) {
        let draw = |scale| recipe.clone().cells_per_decimetre(scale).draw(&mut Coins::replayed(seed)).unwrap();
        let (coarse, fine) = (draw(1), draw(4));
        prop_assert_eq!(digest(&coarse), digest(&draw(1)));
        prop_assert_eq!(fine.grid.width(), 4 * coarse.grid.width());
        let plan = recipe.plan(&mut Coins::replayed(seed)).unwrap();
        let legs: Vec<RectDm> =
            plan.furniture.iter().filter(|piece| piece.make == Make::Legs).map(|piece| piece.place).collect();
        for (x, y) in (0..coarse.grid.width()).flat_map(|x| (0..coarse.grid.height()).map(move |y| (x, y))) {
            if !legs.iter().any(|legs| legs.meets(&RectDm::new(x, y, x + 1, y + 1))) {
                prop_assert_eq!(coarse.grid.get(x, y), fine.grid.get(4 * x + 1, 4 * y + 3));
            }
        }
    }

    #[test]
    fn a_loop_closes(rooms in 1..=MOST_ROOMS, seed: u64) {
        let plan = HomeRecipe::new(Style::Loop).rooms(rooms..=rooms).plan(&mut Coins::replayed(seed)).unwrap();
        prop_assert!(plan.openings.len() >= plan.spaces.len(), "a tree has one edge less than nodes");
    }

    #[test]
    fn an_l_leaves_a_corner_of_its_bounds_free(seed: u64) {
        let plan = HomeRecipe::new(Style::LShape).plan(&mut Coins::replayed(seed)).unwrap();
        let end = |axis| plan.spaces.iter().map(|space| space.rect.end(axis)).max().unwrap();
        let corners = [4, end(Axis::X) - 1].into_iter().flat_map(|x| [4, end(Axis::Y) - 1].map(|y| (x, y)));
        let free = corners.filter(|&(x, y)| {
            !plan.spaces.iter().any(|space| space.rect.meets(&RectDm::new(x, y, x + 1, y + 1)))
        });
        prop_assert_eq!(free.count(), 1);
    }

    #[test]
    fn a_sensor_sees_most_of_the_floor_and_no_floor_where_a_wall_stands(seed: u64) {
        let home = HomeRecipe::new(Style::Apartment).cells_per_decimetre(1).draw(&mut Coins::replayed(seed)).unwrap();
        let seen = home.as_sensed(&mut Coins::replayed(seed)).unwrap();
        let rim = (seen.map.grid.width() - home.grid.width()) / 2;
        let (mut floor, mut found, mut walls, mut through) = (0, 0, 0, 0);
        for (x, y) in (0..home.grid.width()).flat_map(|x| (0..home.grid.height()).map(move |y| (x, y))) {
            let sensed = seen.map.grid.get(x + rim, y + rim);
            match home.grid.get(x, y) {
                Some(Cell::Free) => {
                    floor += 1;
                    found += usize::from(sensed == Some(Cell::Free));
                }
                Some(Cell::Occupied) => {
                    walls += 1;
                    through += usize::from(sensed == Some(Cell::Free));
                }
                _ => {}
            }
        }
        prop_assert!(found * 100 > floor * 85, "{found} of {floor}");
        prop_assert!(through * 100 < walls * 5, "{through} of {walls}");
        let true_cells = |rooms: &[crate::home::Room]| {
            rooms.iter().flat_map(|room| &room.runs).map(|run| run.len()).sum::<u32>()
        };
        prop_assert_eq!(true_cells(&home.rooms), true_cells(&seen.truth));
        for room in &seen.truth {
            for run in &room.runs {
                prop_assert_eq!(home.grid.get(run.x() - rim, run.y() - rim), Some(Cell::Free));
            }
        }
        let [there, here] = [&seen.map, &home].map(|map| map.dock.unwrap().x);
        prop_assert!((there - here - f64::from(rim) * home.grid.resolution_m()).abs() < 1e-9);
    }
}

/// A laser sees out through the same windows when the robot was turned, and the file's frame stays behind.
#[test]
fn windows_go_along_with_a_changed_map() {
    let home = HomeRecipe::new(Style::House).draw(&mut Coins::replayed(3)).unwrap();
    assert!(!home.windows.is_empty());
    let sides = |map: &RobotMap, at: usize| {
        let (x, y) = (at % map.grid.width() as usize, at / map.grid.width() as usize);
        let near = [(x + 1, y), (x.wrapping_sub(1), y), (x, y + 1), (x, y.wrapping_sub(1))];
        near.map(|(x, y)| map.grid.get(narrow(x), narrow(y)).unwrap_or(Cell::Unknown))
    };
    // Windows of two spaces may share cells.
    let cells = |map: &RobotMap| map.windows.iter().copied().collect::<BTreeSet<usize>>();
    let count = cells(&home).len();
    let [turn, back] = [300, 3300].map(|tenths| Change::Turn { tenths });
    for change in [Change::QuarterTurn, Change::Mirror, Change::Shift { left: 7, below: 3 }, turn] {
        let map = home.changed(change);
        // Cells of a mirror image may lie halfway between those of the map.
        let (few, many) = (count * 2 / 3, count * 11 / 10);
        assert!((few..=many).contains(&cells(&map).len()), "{change:?}: {} of {count}", cells(&map).len());
        assert!(map.windows.iter().all(|&at| map.grid.cells()[at] == Cell::Occupied), "{change:?}");
        let outside = map.windows.iter().filter(|&&at| sides(&map, at).contains(&Cell::Unknown)).count();
        // Walls are two cells thick.
        assert!(outside * 3 >= map.windows.len(), "{change:?}: {outside} of {}", map.windows.len());
    }
    assert!(!home.changed(turn).changed(back).windows.is_empty());
    assert!(home.changed(Change::Shift { left: 0, below: 0 }).windows == home.windows);
}

#[test]
fn a_shut_door_is_noticed() {
    // Guards the law above: with all doors walled up only the dock's room is reached.
    let mut plan = HomeRecipe::new(Style::House).rooms(8..=8).plan(&mut Coins::replayed(3)).unwrap();
    assert!(!reached(&built(plan.paint(2))).contains(&0));
    plan.openings.clear();
    assert_eq!(reached(&built(plan.paint(2))).iter().filter(|&&cells| cells > 0).count(), 1);
}

#[test]
fn one_seed_is_one_home_on_every_machine() {
    let home = RobotMap::from_seed(0x5eed_0000_0000_0007);
    assert_eq!(digest(&home), "1acb2810d52d5e681ca43015bb3668aad6b11379213ad60aad88af10072ad8a4");
    let sensed = home.as_sensed(&mut Coins::replayed(7)).unwrap();
    let bytes: Vec<u8> = sensed.map.grid.cells().iter().map(|cell| *cell as u8).collect();
    assert_eq!(
        crate::digest::hex(Sha256::new().chain_update(bytes)),
        "3ff0139cc6958a6033124a689498e113d4f8699e819180f2340af2190da7f970"
    );
}

#[test]
fn small_seeds_are_small_homes() {
    assert_eq!(RobotMap::from_seed(0).rooms.len(), 1);
    for digits in 0..64 {
        let home = RobotMap::from_seed(1 << digits);
        assert!(home.rooms.len() <= digits / 2 + 1, "{digits}");
        assert!(!reached(&built(home)).contains(&0), "{digits}");
    }
}

#[test]
fn seeds_give_homes_of_every_size() {
    let mut areas: Vec<(usize, usize)> = (0..300_u64)
        .map(|seed| {
            let home = RobotMap::from_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let free =
                home.rooms.iter().flat_map(|room| &room.runs).map(|run| run.len() as usize).sum::<usize>();
            (free / 400, home.rooms.len())
        })
        .collect();
    areas.sort_unstable();
    assert!((45..=95).contains(&areas[150].0), "median of free floor {} m²", areas[150].0);
    assert!(areas[0].0 < 25 && areas[299].0 > 150, "{areas:?}");
}

#[test]
fn a_range_that_is_empty_or_outside_is_clamped() {
    let rooms = |recipe: HomeRecipe| recipe.draw(&mut Coins::replayed(1)).unwrap().rooms.len();
    #[expect(clippy::reversed_empty_ranges, reason = "what the test is about")]
    let reversed = HomeRecipe::new(Style::Apartment).rooms(5..=2);
    assert_eq!(rooms(reversed), 5);
    assert_eq!(rooms(HomeRecipe::new(Style::House).rooms(99..=120)), 30);
    assert_eq!(rooms(HomeRecipe::new(Style::Studio).rooms(9..=9)), 4);
    assert_eq!(rooms(HomeRecipe::new(Style::House).rooms(0..=0)), 1);
    assert_eq!(rooms(HomeRecipe::new(Style::House).rooms(30..=30).area_m2(0..=35)), 5, "7 m² a room");
}

#[test]
fn failing_coins_are_an_error() {
    let mut coins = Coins::scripted(Vec::new());
    assert_eq!(HomeRecipe::new(Style::House).draw(&mut coins).unwrap_err(), CoinError::Script);
}
