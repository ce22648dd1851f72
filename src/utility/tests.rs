//! Measures of homes whose loss is known.
#![expect(clippy::float_cmp, reason = "counts and shares that are exact")]

use core::f64::consts::{FRAC_PI_2, PI};

use nalgebra::{Isometry2, Vector2};

use super::{GraphMeasures, expected_graph_measures, graph_measures, graph_measures_of_plans, path_measures};
use crate::atlas::{Plan, PlanId};
use crate::drawings::of_cells;
use crate::grid::shape::middle_of;
use crate::grid::{Cell, OccupancyGrid, Span};
use crate::home::{Footprint, Home, HomeBuilder, Room, RoomId};
use crate::key::Choice;
use crate::measured::Measured;
use crate::merge::rank;
use crate::noise::Channel;
use crate::redact::redact;
use crate::release::Floor;
use crate::sketch::Sketch;
use crate::{Coins, Grant, Odds, Policy, Redaction, anonymize};

fn robot() -> Footprint {
    Footprint::disc_m(0.17).unwrap()
}

fn policy(odds: u32) -> Policy {
    Policy::builder().odds(Odds::whole(odds)).odds_cap(Odds::whole(odds)).build().unwrap()
}

fn drawn(home: &Home, policy: &Policy, seed: u64) -> (Floor, GraphMeasures) {
    let mut coins = Coins::replayed(seed);
    let none = Redaction::none();
    let (release, key) = anonymize(home, &none, policy, Grant::unaccounted(), &mut coins).unwrap();
    (release.floors()[0].clone(), graph_measures(home, &none, &release, &key).unwrap())
}

/// The home that a floor draws, mirrored from left to right if asked for.
fn home_of(floor: &Floor, mirrored: bool) -> HomeBuilder {
    let (grid, dock) = (floor.grid(), floor.dock());
    let width = grid.width();
    let place = |x: u32| if mirrored { width - 1 - x } else { x };
    let mut cells = vec![Cell::Unknown; grid.cells().len()];
    let mut rooms: Vec<Vec<Span>> = vec![Vec::new(); floor.zones().len()];
    for y in 0..grid.height() {
        for x in 0..width {
            let cell = grid.get(x, y).unwrap();
            cells[(y * width + place(x)) as usize] = cell;
            let mut zones = floor.zones().iter();
            if let Some(zone) = zones.position(|zone| cell == Cell::Free && zone.rect.contains(x, y)) {
                rooms[zone].push(Span::new(place(x), y, 1).unwrap());
            }
        }
    }
    let grid = OccupancyGrid::new(width, grid.height(), grid.resolution_m(), cells).unwrap();
    let rooms = (1..).zip(rooms).map(|(id, runs)| Room::new(RoomId::new(id), None, runs));
    let [x, y] = [place(dock.x), dock.y].map(|cell| middle_of(cell, grid.resolution_m()));
    let dock = nalgebra::Point2::new(x, y);
    Home::builder(grid, robot()).rooms(rooms).dock(dock)
}

#[test]
fn a_home_that_is_its_own_release_loses_nothing() {
    let sample = of_cells(0.1, 0.17, RING, &[]);
    let (floor, _) = drawn(&sample, &policy(1), 1);
    for mirrored in [false, true] {
        let home = home_of(&floor, mirrored).build().unwrap();
        let (again, of) = drawn(&home, &policy(1), 1);
        assert_eq!(again.plan(), floor.plan());
        assert_eq!((of.rooms, of.doors), (floor.zones().len(), floor.doors().len()));
        assert!(
            [of.phantom_doors, of.shut_doors, of.hidden_doors].iter().all(|&doors| doors == 0.0),
            "{of:?}"
        );
        assert!(
            of.uncut_area == 1.0 && of.direction_agreement > 0.99 && of.proportion_error < 0.03,
            "{of:?}"
        );
        assert!((of.tour.planned - 1.0).abs() < 1e-9 && of.tour.random > 1.1, "{of:?}");
    }
}

/// Four rooms in a ring, each with a door to the next.
const RING: &str = "
    #########################
    #aaaaaaaaaaa#bbbbbbbbbbb#
    #aaaaaaaaaaa#bbbbbbbbbbb#
    #aaaaaaaaaaaabbbbbbbbbbb#
    #aaaaaaaaaaaabbbbbbbbbbb#
    #aaaAaaaaaaaabbbbbbbbbbb#
    #aaaaaaaaaaaabbbbbbbbbbb#
    #aaaaaaaaaaaabbbbbbbbbbb#
    #aaaaaaaaaaa#bbbbbbbbbbb#
    #####ddddd######ccccc####
    #ddddddddddd#ccccccccccc#
    #ddddddddddd#ccccccccccc#
    #ddddddddddddccccccccccc#
    #ddddddddddddccccccccccc#
    #ddddddddddddccccccccccc#
    #ddddddddddddccccccccccc#
    #ddddddddddddccccccccccc#
    #ddddddddddd#ccccccccccc#
    #ddddddddddd#ccccccccccc#
    #########################
";

/// The ring without the door between the first and the last room.
fn chain() -> HomeBuilder {
    let drawing = RING.replace("#####ddddd######ccccc####", "################ccccc####");
    Home::from_drawing(0.1, robot(), &drawing, &[]).unwrap()
}

#[test]
fn a_ring_has_one_door_that_a_chain_of_zones_does_not_show() {
    let ring = of_cells(0.1, 0.17, RING, &[]);
    let (floor, of) = drawn(&ring, &policy(1), 1);
    assert_eq!((floor.doors().len(), of.rooms), (3, 4));
    assert_eq!([of.phantom_doors, of.shut_doors, of.hidden_doors], [0.0, 0.0, 1.0], "{of:?}");
    let (_, of) = drawn(&chain().build().unwrap(), &policy(1), 1);
    assert_eq!([of.phantom_doors, of.shut_doors, of.hidden_doors], [0.0; 3], "{of:?}");
}

/// A keep-out across a doorway shuts it; the graph, which knows no keep-outs, still has it.
#[test]
fn a_door_that_is_shut_today_is_no_phantom_of_the_graph() {
    let wall = geo_types::Line::new((1.3, 1.05), (2.4, 1.05));
    let shut = chain().keep_out([crate::home::KeepOut::Wall(wall)]).build().unwrap();
    let (_, of) = drawn(&shut, &policy(1), 1);
    assert_eq!([of.phantom_doors, of.hidden_doors], [0.0; 2], "{of:?}");
    assert!(of.shut_doors >= 1.0, "{of:?}");
}

/// The slow twin: every plan drawn often enough to be seen, its measures weighed with its probability.
#[test]
fn expected_measures_are_those_of_all_releases_weighed() {
    let ring = of_cells(0.1, 0.17, RING, &[]);
    let sketch = Sketch::of(&redact(&ring, &Redaction::none()).unwrap());
    for odds in [1, 2, 4] {
        let policy = policy(odds);
        let codebook = policy.codebook();
        let mut seen: Vec<Option<GraphMeasures>> = vec![None; codebook.plans().len()];
        for seed in 0..64 {
            let (floor, of) = drawn(&ring, &policy, seed);
            let index = codebook.plans().iter().position(|plan| plan.id() == floor.plan_id()).unwrap();
            seen[index] = Some(of);
        }
        // The ranking knows no distances, so these need not be the cheapest of those that are measured.
        let preferred = rank(&sketch, &codebook).preferred(codebook.preferred());
        let count = u32::try_from(seen.len()).unwrap();
        let channel = Channel::new(count, codebook.preferred(), policy.odds()).unwrap();
        let picks: [fn(&GraphMeasures) -> f64; 9] = [
            |of| of.phantom_doors,
            |of| of.shut_doors,
            |of| of.hidden_doors,
            |of| of.uncut_area,
            |of| of.direction_agreement,
            |of| of.proportion_error,
            |of| of.tour.planned,
            |of| of.tour.random,
            |of| of.cost,
        ];
        let expected = expected_graph_measures(&ring, &Redaction::none(), &policy).unwrap();
        for (number, pick) in picks.into_iter().enumerate() {
            let mut sum = 0.0;
            for (index, seen) in seen.iter().enumerate() {
                let share = channel.probability(preferred.contains(&index)).value();
                let of = seen.as_ref().unwrap_or_else(|| panic!("plan {index} was never drawn"));
                sum += share * pick(of);
            }
            assert!((sum - pick(&expected)).abs() < 1e-9, "{odds}, {number}: {sum}, {}", pick(&expected));
        }
    }
}

/// A key turns the home as it did when it was made, whatever rooms a later map has.
#[test]
fn directions_are_those_of_the_key_on_a_later_map() {
    let whole = |drawing: &str| of_cells(0.1, 0.17, drawing, &[]);
    let home = whole(STRIPS);
    // The same floor in other rooms: upright strips are level ones. The zones stay where they were.
    let level = |(y, row): (usize, &str)| {
        let room = ['a', 'b', 'c', 'd'][y.saturating_sub(2) / 5 % 4];
        row.chars().map(|c| if c.is_ascii_lowercase() { room } else { c }).chain(['\n']).collect::<String>()
    };
    let later: String = STRIPS.lines().enumerate().map(level).collect();
    let later = whole(&later);
    let none = Redaction::none();
    let mut differs = false;
    for seed in 0..8 {
        let (policy, mut coins) = (policy(1), Coins::replayed(seed));
        let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut coins).unwrap();
        let (fitted, refit) = key.refit(&later, &none);
        assert!(refit.recognized && refit.zone_agreement == 1.0);
        let before = graph_measures(&home, &none, &release, &key).unwrap();
        let after = graph_measures(&later, &none, &release, &fitted).unwrap();
        assert_eq!(before.direction_agreement, after.direction_agreement, "seed {seed}");
        let floor = &release.floors()[0];
        let plan = Plan::decode(u8::try_from(floor.zones().len()).unwrap(), floor.plan_id()).unwrap();
        let measured = Measured::of(&later, &none).unwrap();
        let found = Choice::of(&later, &measured).for_plan(&plan).unwrap();
        differs |= found.assignment.symmetry != key.symmetry();
    }
    assert!(differs, "a first key of the later map would turn it otherwise");
}

const STRIPS: &str = "
    #########################
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aAaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccccccdddd
    #aaaaabbbbbbcccccc#######
    #aaaaabbbbbbcccccc#######
    #aaaaabbbbbbcccccc#######
    #aaaaabbbbbbcccccc#######
    #########################
";

/// Of two rooms that no door joins the robot cleans one: all that it reaches, and half of what is known.
#[test]
fn known_coverage_counts_the_floor_out_of_reach_too() {
    let of = |drawing: &str, gone: &[u32]| {
        let home = of_cells(0.1, 0.17, drawing, &[]);
        let redaction = Redaction::none().rooms(gone.iter().copied().map(RoomId::new));
        let (release, key) =
            anonymize(&home, &redaction, &policy(1), Grant::unaccounted(), &mut Coins::replayed(1)).unwrap();
        let of = path_measures(&home, &redaction, &release, &key, 4, 1).unwrap();
        assert_eq!(of.coverage, 1.0);
        of.known_coverage
    };
    let apart = "
        #####################
        #aaaaaaaaa#bbbbbbbbb#
        #aaaaaaaaa#bbbbbbbbb#
        #aaaaAaaaa#bbbbbbbbb#
        #aaaaaaaaa#bbbbbbbbb#
        #aaaaaaaaa#bbbbbbbbb#
        #####################
    ";
    let joined = apart.replace('A', "a").replace("#aaaaaaaaa#bbbbbbbbb#", "#aaaaaaaaaabbbbbbbbb#");
    let (half, whole) = (of(apart, &[]), of(&joined, &[]));
    assert!(whole > 0.9 && half > 0.4 && half <= 0.5, "{whole} {half}");
    // What is redacted is not missed.
    assert!(of(apart, &[2]) > 0.8);
}

/// A table of many plans has what each has alone, with a key of its own, also where rooms are cut; a number that is no
/// plan has no entry.
#[test]
fn a_table_of_plans_has_what_each_of_them_has_alone() {
    for drawing in [RING, STRIPS] {
        let home = of_cells(0.1, 0.17, drawing, &[]);
        for zones in 3..=5 {
            let none = Redaction::none();
            let odds = Odds::whole(64);
            let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().unwrap();
            let codebook = policy.codebook();
            let mut plans: Vec<PlanId> = codebook.plans().iter().map(Plan::id).collect();
            plans.push(PlanId::new(u32::MAX));
            let table = graph_measures_of_plans(&home, &none, zones, &plans).unwrap();
            assert_eq!(table.len(), codebook.plans().len());
            let mut differ = false;
            for seed in 0..6 {
                let (floor, alone) = drawn(&home, &policy, seed);
                assert_eq!(table[&floor.plan_id()], alone, "{zones} zones, plan {}", floor.plan());
                differ |= alone != table[&plans[0]];
            }
            assert!(differ, "a table of one figure would pass");
        }
    }
}

/// Directions are those of the plan on the grid, wherever the grid lies in the robot's frame.
#[test]
fn the_robots_frame_plays_no_part() {
    let ring = || Home::from_drawing(0.1, robot(), RING, &[]).unwrap();
    let own = ring().build().unwrap();
    let dock = own.frame.out_of_crop(own.dock.unwrap());
    let home = |origin: Isometry2<f64>| ring().origin(origin).dock(origin * dock).build().unwrap();
    let plain = drawn(&own, &policy(16), 3).1;
    assert!(plain.direction_agreement < 1.0 && plain.proportion_error > 0.0);
    for yaw in [FRAC_PI_2, 0.6, PI] {
        let of = drawn(&home(Isometry2::new(Vector2::new(3.0, -2.0), yaw)), &policy(16), 3).1;
        assert!((of.direction_agreement - plain.direction_agreement).abs() < 1e-9, "{yaw}: {of:?}");
        assert!((of.proportion_error - plain.proportion_error).abs() < 1e-9, "{yaw}: {of:?}");
    }
}
