//! One picture a day: the owner's map with what was cleaned and driven, next to what the cloud knows and asked.

use homeveil::grid::CellRect;
use std::error::Error;

use homeveil::atlas::Zone;
use homeveil::formats::Picture;
use homeveil::key::{Goal, Task};
use homeveil::release::Floor;
use nalgebra::Point2;

use crate::robot::Robot;

/// What was asked for, and what was done.
const MARK: [u8; 3] = [196, 30, 58];

/// The crosses on barred cells.
const BAR: [u8; 3] = [58, 54, 56];

/// The dock's mark, as the library paints it.
const DOCK: [u8; 3] = [116, 36, 92];

/// Pixels of a cell of the release.
const SCALE: u32 = 4;

/// Half the width of a drawn line, in metres of the release.
const LINE_M: f64 = 0.05;

/// Radius of the ring around a spot, in metres of the release: a zone's number is inside it.
const RING_M: f64 = 0.6;

pub(crate) fn of_day(robot: &Robot, floor: &Floor) -> Result<Picture, Box<dyn Error>> {
    let right = cloud(robot, floor)?;
    let left = owner(robot)?.fit(right.height());
    Ok(Picture::side_by_side(&left, &right, 24)?)
}

/// The map with cleaned cells dotted, paths drawn, and barred cells crossed out.
fn owner(robot: &Robot) -> Result<Picture, Box<dyn Error>> {
    let base = Picture::of_home(&robot.home, &robot.redaction, robot.device.keeper().key()?)?;
    let CellRect { x: left, y: low, width, height } = robot.map.grid.known_bounds().ok_or("an empty map")?;
    let resolution = robot.map.grid.resolution_m();
    let middle = |cell: usize| {
        let cell = u32::try_from(cell).unwrap_or(0);
        let at = |from: u32, n: u32| (f64::from(from + n) + 0.5) * resolution;
        Point2::new(at(left, cell % width), at(low, cell / width))
    };
    let on = |task: &Task, at: Point2<f64>, dot: bool| match task {
        Task::Clean(region) => dot && region.contains(at),
        Task::Drive(path) => {
            let points: Vec<Point2<f64>> = path.points().collect();
            points.windows(2).any(|pair| distance(at, pair[0], pair[1]) < 1.1 * resolution)
        }
        _ => false,
    };
    Ok(Picture::of_labels(width, height, 1, |cell| {
        let (x, y) = (u32::try_from(cell).unwrap_or(0) % width, u32::try_from(cell).unwrap_or(0) / width);
        let plain = base.get(x, height - 1 - y).unwrap_or_default();
        let (at, dot) = (middle(cell), x % 3 == 0 && y % 3 == 0 && plain != DOCK);
        let tasks = robot.asked.iter().filter_map(|(_, task)| task.as_ref());
        if tasks.into_iter().any(|task| on(task, at, dot)) {
            MARK
        } else if (x + y) % 4 == 0 && robot.barred.iter().any(|region| region.contains(at)) {
            BAR
        } else {
            plain
        }
    })?)
}

/// The release with the goals that have a place on it. An area has none. Numbers and the dock stay readable, and
/// so do the walls but for those around a zone that was asked for.
fn cloud(robot: &Robot, floor: &Floor) -> Result<Picture, Box<dyn Error>> {
    let base = Picture::of_floor(floor, SCALE)?;
    let (width, height) = (base.width(), base.height());
    let metres = |pixel: u32| (f64::from(pixel) + 0.5) / f64::from(SCALE) * floor.grid().resolution_m();
    // The upper right corner of a zone, inside its wall, has no number on it.
    let color_of = |zone: &Zone| {
        let (right, upper) = (zone.rect.x + zone.rect.width - 3, zone.rect.y + zone.rect.height - 3);
        base.get(right * SCALE, height - 1 - upper * SCALE)
    };
    let floors: Vec<[u8; 3]> = floor.zones().iter().filter_map(color_of).collect();
    Ok(Picture::of_labels(width, height, 1, |pixel| {
        let pixel = u32::try_from(pixel).unwrap_or(0);
        let (x, y) = (pixel % width, pixel / width);
        let at = Point2::new(metres(x), metres(y));
        let plain = base.get(x, height - 1 - y).unwrap_or_default();
        let is_floor = floors.contains(&plain);
        let shows = |goal: &Goal| (is_floor || matches!(goal, Goal::Zone(_))) && is_marked(goal, floor, at);
        if robot.asked.iter().any(|(goal, _)| shows(goal)) { MARK } else { plain }
    })?)
}

fn is_marked(goal: &Goal, floor: &Floor, at: Point2<f64>) -> bool {
    let outline = |low: Point2<f64>, high: Point2<f64>| {
        let corners = [low, Point2::new(high.x, low.y), high, Point2::new(low.x, high.y)];
        (0..4).any(|n| distance(at, corners[n], corners[(n + 1) % 4]) < LINE_M)
    };
    let cell = |x: u32, y: u32| Point2::new(f64::from(x), f64::from(y)) * floor.grid().resolution_m();
    match goal {
        Goal::Zone(zone) => floor.zones().iter().filter(|other| other.id == *zone).any(|zone| {
            outline(
                cell(zone.rect.x, zone.rect.y),
                cell(zone.rect.x + zone.rect.width, zone.rect.y + zone.rect.height),
            )
        }),
        Goal::Rect(rect) => {
            outline(Point2::new(rect.min().x, rect.min().y), Point2::new(rect.max().x, rect.max().y))
        }
        // A ring, so that what stands there is seen.
        Goal::Spot(spot) | Goal::Drive(spot) => ((at - spot).norm() - RING_M).abs() < LINE_M,
        Goal::Path(places) => places.windows(2).any(|pair| distance(at, pair[0], pair[1]) < LINE_M),
        _ => false,
    }
}

/// From a point to a stretch.
fn distance(at: Point2<f64>, from: Point2<f64>, to: Point2<f64>) -> f64 {
    let along = to - from;
    let share = if along.norm() > 0.0 { (at - from).dot(&along) / along.norm_squared() } else { 0.0 };
    (from + along * share.clamp(0.0, 1.0) - at).norm()
}
