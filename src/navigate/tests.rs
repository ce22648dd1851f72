//! Laws of paths on random grids, and a few drawn ones.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "small grids"
)]

use nalgebra::Point2;
use pathfinding::prelude::dijkstra;
use proptest::prelude::*;

use super::cost::octile;
use super::sight::see;
use super::{FreeSpace, MarkedGround, NavigateError, Navigator, OPEN};
use crate::grid::{OccupancyGrid, Shape};
use crate::home::{Footprint, KeepOut};

/// Ground where cells are as given.
fn ground(width: usize, cells: &[u8]) -> MarkedGround {
    let mut ground = MarkedGround::default();
    ground.reset(Shape::of_rows(width, cells.len()));
    for (row, cells) in ground.marks.chunks_exact_mut(width + 1).zip(cells.chunks_exact(width)) {
        row[..width].copy_from_slice(cells);
    }
    let marked = (0..).zip(&ground.marks).filter(|(_, marks)| **marks > OPEN).map(|(cell, _)| cell);
    ground.marked = marked.collect();
    ground
}

/// The steps from a cell, by the definition: a diagonal one is 99/70 as long as a straight one, which is √2 to
/// within 1/10,000.
fn next_to(ground: &MarkedGround, cell: u32) -> Vec<(u32, u32)> {
    let (x, y) = ground.place(cell);
    let open = |x: i64, y: i64| {
        let (width, height) = (ground.stride as i64 - 1, (ground.marks.len() / ground.stride) as i64);
        let inside = (0..width).contains(&x) && (0..height).contains(&y);
        (inside && ground.marks[(y * (width + 1) + x) as usize] & OPEN != 0)
            .then_some((y * (width + 1) + x) as u32)
    };
    let mut steps = Vec::new();
    for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
        let Some(to) = open(x + dx, y + dy) else { continue };
        if dx == 0 || dy == 0 {
            steps.push((to, 70));
        } else if open(x + dx, y).is_some() && open(x, y + dy).is_some() {
            steps.push((to, 99));
        }
    }
    steps
}

/// The passages behind after a cell.
fn behind(ground: &MarkedGround, cell: u32, mut stage: u8) -> u8 {
    while stage < 7 && ground.marks[cell as usize] >> (stage + 1) & 1 == 1 {
        stage += 1;
    }
    stage
}

/// Whether all cells touched by a segment are open, by looking at every cell there is: a segment between
/// middles touches a closed square when no side of the square's box and no line through its corners separates
/// them.
fn sees_slowly(ground: &MarkedGround, from: u32, to: u32) -> bool {
    let ((ax, ay), (bx, by)) = (ground.place(from), ground.place(to));
    let double = |v: i64| 2 * v;
    (0..ground.marks.len() as u32).filter(|&cell| ground.marks[cell as usize] & OPEN == 0).all(|cell| {
        let (x, y) = ground.place(cell);
        let apart =
            |a: i64, b: i64, c: i64| double(a.max(b)) < double(c) - 1 || double(a.min(b)) > double(c) + 1;
        let side = |cx: i64, cy: i64| {
            (bx - ax) * (double(y) + cy - double(ay)) - (by - ay) * (double(x) + cx - double(ax))
        };
        let sides = [side(-1, -1), side(1, -1), side(-1, 1), side(1, 1)];
        apart(ax, bx, x) || apart(ay, by, y) || sides.iter().all(|&s| s > 0) || sides.iter().all(|&s| s < 0)
    })
}

/// A grid, the open cells of some passages, and two open cells.
fn grounds() -> impl Strategy<Value = (MarkedGround, u32, u32, u8)> {
    let cells = prop::collection::vec((prop::bool::weighted(0.75), 0..30_u8), 16..240);
    (2..16_usize, cells, any::<(u16, u16)>(), 0..4_u8).prop_map(|(width, mut cells, (from, to), passages)| {
        cells.truncate(cells.len() / width * width);
        cells[0].0 = true;
        let bit = |draw: u8| if draw < passages { 2 << draw } else { 0 };
        let marks: Vec<u8> =
            cells.iter().map(|&(open, draw)| if open { OPEN | bit(draw) } else { 0 }).collect();
        let ground = ground(width, &marks);
        let open: Vec<u32> =
            (0..ground.marks.len() as u32).filter(|&cell| ground.marks[cell as usize] != 0).collect();
        let pick = |n: u16| open[usize::from(n) % open.len()];
        (ground, pick(from), pick(to), passages)
    })
}

fn polyline(ground: &MarkedGround, cells: &[u32]) -> f64 {
    cells
        .windows(2)
        .map(|pair| {
            let ((ax, ay), (bx, by)) = (ground.place(pair[0]), ground.place(pair[1]));
            (((ax - bx).pow(2) + (ay - by).pow(2)) as f64).sqrt()
        })
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn paths_cost_what_dijkstra_finds((ground, from, to, passages) in grounds()) {
        let mut navigator = Navigator::new();
        let oracle = dijkstra(
            &(from, behind(&ground, from, 0)),
            |&(cell, stage)| {
                next_to(&ground, cell)
                    .into_iter()
                    .map(|(to, cost)| ((to, behind(&ground, to, stage)), cost))
                    .collect::<Vec<_>>()
            },
            |&state| state == (to, passages),
        );
        let found = navigator.search(&ground, from, to, passages);
        prop_assert_eq!(found.ok(), oracle.as_ref().map(|(_, cost)| *cost));
        let Ok(cost) = found else { return Ok(()) };
        // The cells are a path of that cost.
        let cells = navigator.search.cells.clone();
        prop_assert_eq!((cells[0].0, cells[cells.len() - 1]), (from, (to, passages)));
        let mut spent = 0;
        for pair in cells.windows(2) {
            let step = next_to(&ground, pair[0].0).into_iter().find(|step| step.0 == pair[1].0);
            prop_assert!(step.is_some(), "consecutive cells are neighbours");
            spent += step.unwrap().1;
            prop_assert_eq!(behind(&ground, pair[1].0, pair[0].1), pair[1].1);
        }
        prop_assert_eq!(spent, cost);
        // Pulled taut it is no longer, still free, and still passes all passages in order.
        navigator.pull(&ground);
        let corners: Vec<u32> = navigator.corners.iter().map(|corner| corner.cell).collect();
        let along: Vec<u32> = cells.iter().map(|&(cell, _)| cell).collect();
        prop_assert_eq!((corners[0], corners[corners.len() - 1]), (from, to));
        let taut = polyline(&ground, &corners);
        prop_assert!(taut <= polyline(&ground, &along) + 1e-9);
        prop_assert!(taut + 1e-9 >= polyline(&ground, &[from, to]));
        let mut stage = behind(&ground, from, 0);
        for pair in corners.windows(2) {
            prop_assert!(sees_slowly(&ground, pair[0], pair[1]));
            stage = see(&ground, pair[0], pair[1], stage).unwrap();
        }
        prop_assert_eq!(stage, passages);
        // There and back costs the same.
        if passages == 0 {
            prop_assert_eq!(navigator.search(&ground, to, from, 0).ok(), Some(cost));
            prop_assert!(cost >= octile(ground.place(from), ground.place(to)));
        }
        // Once more, the same path.
        let mut again = Navigator::new();
        again.search(&ground, from, to, passages).unwrap();
        again.pull(&ground);
        prop_assert_eq!(corners, again.corners.iter().map(|corner| corner.cell).collect::<Vec<u32>>());
    }

    #[test]
    fn a_segment_is_seen_when_all_cells_it_touches_are_open((ground, from, to, _) in grounds()) {
        prop_assert_eq!(see(&ground, from, to, 0).is_some(), sees_slowly(&ground, from, to));
        prop_assert_eq!(see(&ground, to, from, 0).is_some(), sees_slowly(&ground, from, to));
    }

    #[test]
    fn no_point_makes_it_panic(
        width in 1..9_u32,
        cells in prop::collection::vec(-1..=100_i8, 9..80),
        ends in any::<[f64; 4]>(),
        radius in 0.02..0.4_f64,
        resolution in prop_oneof![Just(0.05), Just(0.5)],
    ) {
        let height = u32::try_from(cells.len()).unwrap() / width;
        let grid = OccupancyGrid::from_ros(width, height, resolution, &cells[..(width * height) as usize]).unwrap();
        let wall = KeepOut::Wall(geo_types::Line::new((ends[0], ends[1]), (ends[2], ends[3])));
        let space = FreeSpace::of(&grid, Footprint::disc_m(radius).unwrap(), &[wall]);
        let mut navigator = Navigator::new();
        for (from, to) in [([ends[0], ends[1]], [ends[2], ends[3]]), ([0.1, 0.1], [0.3, 0.2])] {
            if let Ok(path) = navigator.path(&space, from.into(), to.into()) {
                prop_assert!(path.points().all(|at| space.contains(at)));
            }
        }
    }
}

fn space(drawing: &str, keep_outs: &[KeepOut]) -> FreeSpace {
    let grid = OccupancyGrid::from_drawing(0.1, drawing).unwrap();
    FreeSpace::of(&grid, Footprint::disc_m(0.1).unwrap(), keep_outs)
}

const TWO_ROOMS: &str = "
    ###################
    #........#........#
    #........#........#
    #........#........#
    #.................#
    #.................#
    #.................#
    ###################
";

#[test]
fn a_path_goes_through_the_door_and_takes_its_corners() {
    let space = space(TWO_ROOMS, &[]);
    let mut navigator = Navigator::new();
    let path = navigator.path(&space, Point2::new(0.25, 0.55), Point2::new(1.65, 0.55)).unwrap();
    let points: Vec<[i64; 2]> =
        path.points().map(|at| [at.x, at.y].map(|metres| (metres * 100.0).round() as i64)).collect();
    assert_eq!(points, [[25, 55], [95, 25], [165, 55]]);
    let length = 2.0 * 0.7_f64.hypot(0.3);
    assert!((path.length_m() - length).abs() < 1e-9);
    assert_eq!(path.grid_cost(), 2 * (3 * 99 + 4 * 70));
    assert_eq!(format!("{path:?} {navigator:?} {space:?}"), "Path { .. } Navigator { .. } FreeSpace { .. }");
}

#[test]
fn keep_outs_are_walls_and_points_off_the_floor_are_taken_for_the_nearest() {
    let mut navigator = Navigator::new();
    let wall = KeepOut::Wall(geo_types::Line::new((0.95, 0.0), (0.95, 0.9)));
    let shut = space(TWO_ROOMS, &[wall]);
    let (left, right) = (Point2::new(0.25, 0.55), Point2::new(1.65, 0.55));
    assert_eq!(navigator.path(&shut, left, right), Err(NavigateError::NoPath));
    let nowhere = space(TWO_ROOMS, &[KeepOut::Wall(geo_types::Line::new((f64::NAN, 0.0), (0.95, 0.9)))]);
    assert_eq!(navigator.path(&nowhere, left, left), Err(NavigateError::Start));
    let open = space(TWO_ROOMS, &[]);
    let path = navigator.path(&open, Point2::new(-0.5, 0.05), right).unwrap();
    let first = path.points().next().unwrap();
    assert!((first.x - 0.25).abs() < 1e-9 && (first.y - 0.25).abs() < 1e-9);
    assert!(!open.contains(Point2::new(-0.5, 0.05)) && open.contains(first));
    assert_eq!(navigator.path(&open, Point2::new(-0.9, 0.3), right), Err(NavigateError::Start));
    for far in [f64::NAN, f64::INFINITY, -1e300, 9.0] {
        assert_eq!(navigator.path(&open, left, Point2::new(far, 0.5)), Err(NavigateError::End));
    }
    let alone = navigator.path(&open, left, left).unwrap();
    assert!(alone.length_m() == 0.0 && alone.points().len() == 1);
}

#[test]
fn a_navigator_used_again_takes_no_more_memory() {
    let space = space(TWO_ROOMS, &[]);
    let mut navigator = Navigator::new();
    let ends = [[0.25, 0.25], [0.25, 0.65], [1.65, 0.25], [1.65, 0.65], [0.75, 0.35]].map(Point2::from);
    let tour = |navigator: &mut Navigator| {
        for from in ends {
            for to in ends {
                navigator.path(&space, from, to).unwrap();
            }
        }
        navigator.bytes()
    };
    let first = tour(&mut navigator);
    assert_eq!(tour(&mut navigator), first);
}

/// Places of every release of the shipped codebooks, 64 pairs of each, are joined for a usual robot.
#[test]
fn all_places_of_a_release_are_joined() {
    use crate::atlas::FRAME;
    let footprint = Footprint::disc_m(0.17).unwrap();
    let mut navigator = Navigator::new();
    for (zones, odds) in (2..=6).flat_map(|zones| [1, 2, 4, 8, 16, 64].map(|odds| (zones, odds))) {
        let odds = crate::Odds::new(odds, 1).unwrap();
        for plan in crate::atlas::Codebook::of(zones, odds).unwrap().plans() {
            let floor = crate::release::Floor::draw(plan);
            let space = FreeSpace::of(floor.grid(), footprint, &[]);
            let side = f64::from(FRAME.width) * FRAME.resolution;
            for i in 0..64 {
                let place = |n: u32| f64::from(n * 37 % 64) / 64.0 * side;
                let (from, to) =
                    (Point2::new(place(i), place(3 * i + 5)), Point2::new(place(i + 9), place(7 * i)));
                assert!(navigator.path(&space, from, to).is_ok());
            }
        }
    }
}

/// Four bytes for each cell and number of passages behind, and little more; and no state is looked at twice.
#[test]
fn a_search_takes_four_bytes_a_state() {
    const SIDE: usize = 200;
    let mut ground = ground(SIDE, &vec![OPEN; SIDE * SIDE]);
    for passage in 0..7 {
        let x = if passage % 2 == 0 { 10 } else { SIDE - 10 };
        ground.mark(u32::try_from(ground.cell(x, 25 * passage + 20)).unwrap(), passage);
    }
    let end = u32::try_from(ground.cell(SIDE - 1, SIDE - 1)).unwrap();
    let mut navigator = Navigator::new();
    assert!(navigator.search(&ground, 0, end, 7).is_ok());
    let states = 8 * ground.marks.len();
    assert!(navigator.looked() <= states as u64);
    assert!(navigator.bytes() <= 5 * states, "{} bytes for {states} states", navigator.bytes());
}
