//! Positions in the frame of the robot's poses: where the grid lies in it changes no release and no place.

use core::f64::consts::FRAC_PI_2;

use geo_types::Polygon;
use homeveil::atlas::{FRAME, ZoneId};
use homeveil::home::{Footprint, Home, HomeError, KeepOut};
use homeveil::key::{AreaId, Region};
use homeveil::navigate::Navigator;
use homeveil::{Coins, HouseKey, Redaction, Release};
use nalgebra::{Isometry2, Point2};
use proptest::prelude::*;

use crate::props::{cases, drawn, loud, noisy};
use crate::strategies::{Cells, Drawing, flats};

/// Cells of a drawing as an outline in the robot's frame.
fn outline(drawing: &Drawing, cells: Cells, origin: Isometry2<f64>) -> Polygon {
    let placed = cells.polygon(drawing.resolution_m).into_inner().0.0.into_iter().map(|at| {
        let at = origin * Point2::new(at.x, at.y);
        (at.x, at.y)
    });
    Polygon::new(placed.collect(), Vec::new())
}

/// Equal but for the rounding of turns.
fn near(a: &[Point2<f64>], b: impl IntoIterator<Item = Point2<f64>>) -> bool {
    let b: Vec<Point2<f64>> = b.into_iter().collect();
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).norm() < 1e-6)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_grids_origin_moves_every_place_and_no_byte_of_the_release(
        flat in flats(1..=6), x in -99.0..99.0, y in -99.0..99.0, yaw in -4.0..4.0, pick: u8, seed: u64,
    ) {
        let (drawing, origin) = (flat.tight().draw(), Isometry2::new([x, y].into(), yaw));
        let cells = flat.rooms[usize::from(pick) % flat.rooms.len()];
        let part = |origin| outline(&drawing, Cells { width: 1.max(cells.width / 2), ..cells }, origin);
        let make = |origin| -> (Release, HouseKey) {
            let redaction = Redaction::none().region(part(origin)).unwrap();
            drawn(&drawing.home_in(origin), &redaction, &loud(), Coins::replayed(seed))
        };
        let ((release, mut own), (placed_release, mut placed)) = (make(Isometry2::identity()), make(origin));
        prop_assert_eq!(release.to_json(), placed_release.to_json());
        for (key, origin) in [(&mut own, Isometry2::identity()), (&mut placed, origin)] {
            let _ = key.bind_region(AreaId::new(1), &outline(&drawing, cells, origin));
            let _ = key.bar(&KeepOut::Area(outline(&drawing, Cells { width: 2, height: 2, ..cells }, origin)));
        }
        let placed = HouseKey::from_secret_bytes(&placed.to_secret_bytes()).unwrap();
        let zones = release.floors()[0].zones().iter();
        let lifted = |key: &HouseKey| {
            let zones = zones.clone().filter_map(|zone| key.lift_zone(zone.id).ok());
            zones.chain(key.lift_area(AreaId::new(1))).collect::<Vec<_>>()
        };
        let (regions, moved) = (lifted(&own), lifted(&placed));
        prop_assert_eq!(regions.len(), moved.len());
        for (region, moved) in regions.iter().zip(&moved) {
            prop_assert!(region.runs().eq(moved.runs()));
            prop_assert!(near(&region.points().map(|at| origin * at).collect::<Vec<_>>(), moved.points()));
            prop_assert!(region.points().all(|at| moved.contains(origin * at)));
            prop_assert_eq!(region.outline().0.len(), moved.outline().0.len());
            let rect = moved.bounding();
            prop_assert_eq!(rect.is_none(), moved.is_empty());
            prop_assert!(moved.points().all(|at| rect.is_some_and(|rect| rect.min().x < at.x && at.y < rect.max().y)));
        }
        prop_assert!(near(
            &own.marks().iter().flat_map(|mark| mark.region.points().map(|at| origin * at).collect::<Vec<_>>()).collect::<Vec<_>>(),
            placed.marks().iter().flat_map(|mark| mark.region.points().collect::<Vec<_>>()),
        ));
        let middle = |n: u32, side: u32| (f64::from(n) + 0.5) * f64::from(side) * FRAME.resolution / 4.0;
        let mut navigator = Navigator::new();
        for pose in regions.iter().filter_map(|region| region.points().next()) {
            let pose = Isometry2::translation(pose.x, pose.y);
            prop_assert_eq!(own.project(pose), placed.project(origin * pose));
            for to in (0..4).map(|n| Point2::new(middle(n, FRAME.width), middle(3 - n, FRAME.height))) {
                let point = own.lift_point(to).map(|at| origin * at);
                prop_assert!(near(point.ok().as_slice(), placed.lift_point(to).ok()));
                let path = own.lift_path(&mut navigator, pose, &[to]);
                let path: Option<Vec<_>> = path.ok().map(|path| path.points().map(|at| origin * at).collect());
                let moved = placed.lift_path(&mut navigator, origin * pose, &[to]).ok();
                prop_assert!(near(&path.unwrap_or_default(), moved.iter().flat_map(|path| path.points().collect::<Vec<_>>())));
            }
        }
    }

    /// The robot's grid grows and is turned by a quarter while its frame stays: every place stays in its zone.
    #[test]
    fn another_grid_in_the_same_frame_leaves_every_place_in_its_zone(
        flat in flats(3..=6), x in -99.0..99.0, y in -99.0..99.0, left in 0..40_u32, low in 0..40_u32, quarters in 0..4_u32,
    ) {
        let (mut drawing, mut origin) = (flat.tight().draw(), Isometry2::new([x, y].into(), 0.5));
        let none = Redaction::none();
        let (release, key) = drawn(&drawing.home_in(origin), &none, &noisy(), Coins::replayed(1));
        drawing = drawing.shifted(left, low, 3, 4);
        origin *= Isometry2::translation(-f64::from(left) * drawing.resolution_m, -f64::from(low) * drawing.resolution_m);
        for _ in 0..quarters {
            origin *= Isometry2::rotation(-FRAC_PI_2) * Isometry2::translation(-f64::from(drawing.height) * drawing.resolution_m, 0.0);
            drawing = drawing.turned(6);
        }
        let home = drawing.home_in(origin);
        let (again, _) = drawn(&home, &none, &noisy(), Coins::replayed(1));
        prop_assert_eq!(release.to_json(), again.to_json());
        let (fitted, refit) = key.refit(&home, &none);
        prop_assert!(refit.recognized && refit.map_overlap >= 1.0);
        for zone in release.floors()[0].zones() {
            let (own, other) = (key.lift_zone(zone.id).ok(), fitted.lift_zone(zone.id).ok());
            prop_assert_eq!(own.as_ref().map(Region::len), other.as_ref().map(Region::len));
            let (own, other) = (own.iter().flat_map(Region::points), other.as_ref());
            prop_assert!(own.into_iter().all(|at| other.is_some_and(|other| other.contains(at))));
        }
    }
}

/// The home on a grid that is turned to the left by quarters while the robot's frame stays. Two cells are a metre.
fn turned(rows: &[&str], dock: Option<(f64, f64)>, quarters: u32) -> Home {
    let mut origin = Isometry2::new([30.0, -7.0].into(), 0.5);
    let dock = dock.map(|(x, y)| origin * Point2::new(x / 2.0, y / 2.0));
    let mut rows: Vec<String> = rows.iter().copied().map(str::to_owned).collect();
    for _ in 0..quarters {
        // The last column becomes the first row.
        let width = rows[0].len();
        let column = |x: usize| rows.iter().filter_map(|row| row.chars().nth(x)).collect();
        let height = f64::from(u32::try_from(rows.len()).unwrap()) / 2.0;
        origin *= Isometry2::translation(0.0, height) * Isometry2::rotation(-FRAC_PI_2);
        rows = (0..width).rev().map(column).collect();
    }
    let home = Home::from_drawing(0.5, Footprint::disc_m(0.5).unwrap(), &rows.join("\n"), &[]).unwrap();
    let home = home.origin(origin);
    dock.into_iter().fold(home, homeveil::home::HomeBuilder::dock).build().unwrap()
}

/// Turned by any quarters, every place stays in its zone, and the robot gets to where it got before.
fn check_turns(rows: &[&str], dock: Option<(f64, f64)>) -> HouseKey {
    let none = Redaction::none();
    let (release, key) = drawn(&turned(rows, dock, 0), &none, &noisy(), Coins::replayed(1));
    for quarters in 1..4 {
        let (fitted, refit) = key.refit(&turned(rows, dock, quarters), &none);
        assert!(refit.recognized && refit.map_overlap >= 1.0);
        for zone in release.floors()[0].zones() {
            let (own, other) = (key.lift_zone(zone.id), fitted.lift_zone(zone.id));
            assert_eq!(own.is_ok(), other.is_ok(), "{quarters} quarters");
            let (Ok(own), Ok(other)) = (own, other) else { continue };
            assert_eq!(own.len(), other.len(), "{quarters} quarters");
            assert!(own.points().all(|at| other.contains(at)), "{quarters} quarters");
        }
    }
    key
}

#[test]
fn a_home_that_looks_the_same_turned_is_not_taken_for_its_turn() {
    let oblong = ["##########", "#aaaabbbb#", "#aaaabbbb#", "#aaaabbbb#", "#aaaabbbb#", "##########"];
    check_turns(&oblong, Some((2.5, 2.5)));
    let square = [
        "##########",
        "#aaaaaaaa#",
        "#aaaaaaaa#",
        "#aaaaaaaa#",
        "#bbbbbbbb#",
        "#bbbbbbbb#",
        "#bbbccccc#",
        "#bbbccccc#",
        "#bbbccccc#",
        "##########",
    ];
    check_turns(&square, Some((2.5, 2.5)));
}

/// The robot does not fit between the two parts of a room, and its dock lies between them.
#[test]
fn of_two_parts_equally_near_to_the_dock_the_larger_is_served_however_the_grid_lies() {
    let rows = [
        "###############",
        "##aaaaa#aaaaaa#",
        "##aaaaa#aaaaaa#",
        "##aaaaaaaaaaaa#",
        "##aaaaa#aaaaaa#",
        "###############",
    ];
    let mirrored = rows.map(|row| row.chars().rev().collect::<String>());
    for (rows, is_left) in [(rows, false), (mirrored.each_ref().map(String::as_str), true)] {
        let key = check_turns(&rows, Some((7.5, 2.5)));
        let origin = Isometry2::new([30.0, -7.0].into(), 0.5);
        let regions: Vec<Region> = (1..=4).filter_map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect();
        let points = regions.iter().flat_map(Region::points).map(|at| origin.inverse() * at);
        let (left, right): (Vec<_>, Vec<_>) = points.partition(|at| at.x < 3.75);
        let larger = if is_left { left } else { right };
        assert!(larger.len() >= 20, "{is_left} {}", larger.len());
    }
    // Equally large, and one the half turn of the other: the frame tells which it was.
    check_turns(
        &[
            "###############",
            "#aaaaaa#aaaaaa#",
            "#aaaaaa#aaaaaa#",
            "#aaaaaaaaaaaaa#",
            "#aaaaaa#aaaaaa#",
            "#aaaaaa#aaaaaa#",
            "###############",
        ],
        Some((7.5, 3.5)),
    );
}

/// Without a dock the largest part of the floor is served, here one of two with 52 places to stand each.
#[test]
fn of_two_parts_equally_large_the_same_is_served_however_the_grid_lies() {
    let rows = [
        "##############################",
        "#aaaaaa#ccccccbbbbbbbbbbbbbbb#",
        "#aaaaaa#ccccccbbbb???bbbbbbbb#",
        "#aaaaaa#c?ccccbbb?b?bbbbbbbbb#",
        "#aa?aaaaccccccbb??bbbbbbbbbbb#",
        "#aaa?aaaccccccbb??bbbbbbbbbbb#",
        "#aaa?aaaccccccbbbbbbbbbbbbbbb#",
        "#aaaaaaacccccc#bbbbbbbbbbbbbb#",
        "#aaaaaaacccccc#bbbbbbbbbbbbbb#",
        "##############################",
    ];
    check_turns(&rows, None);
}

/// The lower left corner of the floor is at (1, 1) in the grid.
fn with_dock(origin: Isometry2<f64>, dock: Point2<f64>) -> Result<Home, HomeError> {
    let drawing = "
        ######
        #aaaa#
        #aaaa#
        ######
    ";
    let home = Home::from_drawing(1.0 / 2.0, Footprint::disc_m(0.1)?, drawing, &[])?;
    home.origin(origin).dock(dock).build()
}

#[test]
fn a_dock_off_the_map_is_refused_and_one_at_its_wall_is_not() {
    let (none, robot) = (Isometry2::identity(), Isometry2::new([100.0, 0.0].into(), FRAC_PI_2));
    for (origin, x, y, expected) in [
        (none, 1.0, 1.0, None),
        (none, -0.49, 0.75, None),
        (none, -0.51, 0.75, Some(HomeError::Dock)),
        (none, 3.49, 0.75, None),
        (none, 3.51, 0.75, Some(HomeError::Dock)),
        // The corner of the floor is a metre away along the diagonal.
        (none, 0.5 - 0.7, 0.5 - 0.7, None),
        (none, 0.5 - 0.72, 0.5 - 0.72, Some(HomeError::Dock)),
        // In the robot's frame the grid runs up from (100, 0), and its rows lie side by side to the left.
        (robot, 99.25, 1.0, None),
        (robot, 1.0, 1.0, Some(HomeError::Dock)),
        (robot, 99.25, 3.49, None),
        (robot, 99.25, 3.51, Some(HomeError::Dock)),
    ] {
        assert_eq!(with_dock(origin, Point2::new(x, y)).err(), expected, "{x} {y}");
    }
    let error = HomeError::Dock.to_string();
    assert!(error.contains("the dock must lie within 1 metre of free floor"), "{error}");
    // Where there is no floor, a dock is as good as any.
    let bare = Home::from_drawing(0.5, Footprint::disc_m(0.1).unwrap(), "###\n###", &[]).unwrap();
    assert!(bare.dock(Point2::new(50.0, 50.0)).build().is_ok());
    let far = Isometry2::translation(2e8, 0.0);
    assert_eq!(with_dock(far, Point2::new(2e8, 1.0)).err(), Some(HomeError::Origin));
}
