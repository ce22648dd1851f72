//! Tour cost: the order of zones planned on the release, driven in the home.

use nalgebra::Point2;

use super::floor::StandableFloor;
use crate::atlas::{FRAME, Rect, ZoneId};
use crate::key::HouseKey;
use crate::release::Floor;

/// What it costs to visit all zones in the order that the cloud plans.
///
/// The robot starts at its dock, comes once to the middle of every zone, and stays there. The *planned* order
/// is the one of the shortest way on the release: from the drawn dock, in straight lines from the middles of
/// zones to the middles of drawn doors; of equally short ones the first by the zones' numbers. Its length is
/// counted in the home: shortest ways over real floor between the places that the zones' middles lift to. The
/// *best* order is that of the least such length, which only the robot could plan; a *random* one has the mean
/// length of all orders. Zones without floor are left out of all three.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TourMeasures {
    /// Length of the planned order over that of the best one; at least 1.
    pub planned: f64,
    /// Mean length of all orders over that of the best one.
    pub random: f64,
}

impl TourMeasures {
    /// Where there is nothing to choose.
    pub(super) const NO_CHOICE: Self = Self { planned: 1.0, random: 1.0 };

    /// The measures of one release.
    ///
    /// # Complexity
    /// O(K · cells · log cells + K! · K).
    pub(super) fn of(standable: &StandableFloor, floor: &Floor, key: &HouseKey) -> Self {
        let mut zones = Vec::new();
        let mut cells = Vec::new();
        for (index, zone) in floor.zones().iter().enumerate() {
            let Ok(place) = key.lift_point(metres(middle(zone.rect))) else { continue };
            let Some(cell) = standable.nearest(place) else { continue };
            zones.push(index);
            cells.push(cell);
        }
        let root = floor.dock();
        let start = standable.dock().or_else(|| {
            let at = Point2::new(f64::from(root.x) + 0.5, f64::from(root.y) + 0.5);
            standable.nearest(key.lift_point(metres(at)).ok()?)
        });
        let Some(start) = start else { return Self::NO_CHOICE };
        let real = Legs {
            first: standable.distances(start, &cells),
            between: cells.iter().map(|&cell| standable.distances(cell, &cells)).collect(),
        };
        let drawn = Legs::on_release(floor, &zones);
        let (mut sum, mut count) = (0.0, 0.0);
        let mut best = f64::INFINITY;
        let mut planned = (f64::INFINITY, f64::INFINITY);
        for_each_order(cells.len(), &mut |order| {
            let (real, drawn) = (real.length(order), drawn.length(order));
            sum += real;
            count += 1.0;
            best = best.min(real);
            // The orders come by the zones' numbers; rounding makes no new winner.
            if drawn < planned.0 - 1e-6 {
                planned = (drawn, real);
            }
        });
        if best > 0.0 && best.is_finite() {
            Self { planned: planned.1 / best, random: sum / count / best }
        } else {
            Self::NO_CHOICE
        }
    }
}

/// Lengths from the start to some zones, and between these.
struct Legs {
    first: Vec<f64>,
    between: Vec<Vec<f64>>,
}

impl Legs {
    /// Along the tree of drawn doors, in cells of the frame.
    fn on_release(floor: &Floor, zones: &[usize]) -> Self {
        let dock = floor.dock();
        let dock_at = Point2::new(f64::from(dock.x) + 0.5, f64::from(dock.y) + 0.5);
        let way = |from: usize, start: Point2<f64>| {
            let mut far = vec![f64::INFINITY; floor.zones().len()];
            walk(floor, from, start, 0.0, usize::MAX, &mut far);
            zones.iter().map(|&zone| far[zone]).collect()
        };
        Self {
            first: way(dock.zone.index(), dock_at),
            between: zones.iter().map(|&zone| way(zone, middle(floor.zones()[zone].rect))).collect(),
        }
    }

    fn length(&self, order: &[usize]) -> f64 {
        let first = order.first().map_or(0.0, |&zone| self.first[zone]);
        first + order.windows(2).map(|pair| self.between[pair[0]][pair[1]]).sum::<f64>()
    }
}

/// Measures the ways from a place in a zone to the middles of it and of all zones behind its other doors.
fn walk(floor: &Floor, zone: usize, at: Point2<f64>, walked: f64, from: usize, far: &mut [f64]) {
    far[zone] = walked + (middle(floor.zones()[zone].rect) - at).norm();
    for door in floor.doors() {
        let [a, b] = door.zones.map(ZoneId::index);
        let next = if a == zone {
            b
        } else if b == zone {
            a
        } else {
            continue;
        };
        if next != from {
            let through = middle(door.rect);
            walk(floor, next, through, walked + (through - at).norm(), zone, far);
        }
    }
}

/// The middle of a rectangle, in cells of the frame.
pub(super) fn middle(rect: Rect) -> Point2<f64> {
    Point2::new(
        f64::from(rect.x) + f64::from(rect.width) / 2.0,
        f64::from(rect.y) + f64::from(rect.height) / 2.0,
    )
}

fn metres(cells: Point2<f64>) -> Point2<f64> {
    Point2::from(cells.coords * FRAME.resolution)
}

/// Calls `visit` with every order of the numbers below `count`, lexicographically.
fn for_each_order(count: usize, visit: &mut impl FnMut(&[usize])) {
    fn extend(count: usize, order: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
        if order.len() == count {
            visit(order);
            return;
        }
        for next in 0..count {
            if !order.contains(&next) {
                order.push(next);
                extend(count, order, visit);
                order.pop();
            }
        }
    }
    extend(count, &mut Vec::with_capacity(count), visit);
}
