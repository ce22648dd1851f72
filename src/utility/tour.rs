//! Tour cost: the order of zones planned on the release, driven in the home.
//!
//! Takes a floor of a release, its key and the reachable poses. All orders of the zones are tried, on the drawing and
//! in the home, since there are six zones at most: so no figure depends on how good a heuristic is. What a robot drives
//! inside of a zone is not part of it.

use crate::grid::CellRect;
use nalgebra::Point2;

use super::poses::ReachablePoses;
use crate::atlas::{FRAME, ZoneId};
use crate::key::HouseKey;
use crate::release::Floor;

/// What it costs to visit all zones in the order that the cloud plans. Part of
/// [`GraphMeasures`](super::GraphMeasures).
///
/// The robot starts at its dock, visits the middle of every zone once, and stays there. The *planned* order
/// is the one of the shortest path on the release: from the drawn dock, in straight lines from the middles of
/// zones to the middles of drawn doors; of equally short ones the first by the zones' numbers. Its length is
/// counted in the home: shortest paths over reachable poses between the places that the zones' middles lift to. The
/// *best* order is that of the least such length, which only the robot could plan; a *random* one has the mean
/// length of all orders. Zones that the robot cannot get to, for they have no floor or lie apart, are left out of all
/// three and counted.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Policy, Redaction, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let measures = utility::expected_graph_measures(&home, &Redaction::none(), &Policy::default())?;
/// let tour = measures.tour;
/// assert!(1.0 <= tour.planned && 1.0 <= tour.random);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TourMeasures {
    /// Length of the planned order over that of the best one; at least 1. Infinite where the drawn doors do not lead to
    /// all zones, as on a release that does not verify.
    pub planned: f64,
    /// Mean length of all orders over that of the best one.
    pub random: f64,
    /// Zones that the robot cannot get to.
    pub unreached: f64,
}

impl TourMeasures {
    /// The measures of one release.
    ///
    /// # Complexity
    /// O(K · cells · log cells + K! · K).
    pub(super) fn of(standable: &ReachablePoses, floor: &Floor, key: &HouseKey) -> Self {
        let places = floor.zones().iter().map(|zone| {
            let place = key.lift_point(metres(middle(zone.rect))).ok()?;
            standable.nearest(place)
        });
        let start =
            standable.dock().or_else(|| standable.nearest(key.lift_point(metres(dock_middle(floor))).ok()?));
        let (zones, cells): (Vec<usize>, Vec<usize>) =
            places.enumerate().filter_map(|(zone, cell)| Some((zone, cell?))).unzip();
        let mut first = start.map_or_else(Vec::new, |start| standable.distances(start, &cells));
        let reached = zones.into_iter().zip(cells).zip(&first).filter(|(_, far)| far.is_finite());
        let (zones, cells): (Vec<usize>, Vec<usize>) = reached.map(|(place, _)| place).unzip();
        first.retain(|far| far.is_finite());
        let real =
            Lengths { first, between: cells.iter().map(|&cell| standable.distances(cell, &cells)).collect() };
        let [planned, random] = orders(&real, &Lengths::on_release(floor, &zones));
        Self {
            planned,
            random,
            unreached: f64::from(u32::try_from(floor.zones().len() - zones.len()).unwrap_or(0)),
        }
    }
}

/// The length of the planned order and the mean of all orders, over the best, by the lengths of real legs and of drawn
/// ones; 1 where there is nowhere to go.
fn orders(real: &Lengths, drawn: &Lengths) -> [f64; 2] {
    let (mut sum, mut count) = (0.0, 0.0);
    let mut best = f64::INFINITY;
    let mut planned = (f64::INFINITY, f64::INFINITY);
    for_each_order(real.first.len(), &mut |order| {
        let (real, drawn) = (real.length(order), drawn.length(order));
        sum += real;
        count += 1.0;
        best = best.min(real);
        // The orders come by the zones' numbers; rounding makes no new winner.
        if drawn < planned.0 - 1e-6 {
            planned = (drawn, real);
        }
    });
    if best > 0.0 { [planned.1 / best, sum / count / best] } else { [1.0; 2] }
}

/// Lengths from the start to some zones, and between these.
struct Lengths {
    first: Vec<f64>,
    between: Vec<Vec<f64>>,
}

impl Lengths {
    /// Along the tree of drawn doors, in cells of the frame.
    fn on_release(floor: &Floor, zones: &[usize]) -> Self {
        let legs = |from: usize, start: Point2<f64>| {
            let mut far = vec![f64::INFINITY; floor.zones().len()];
            walk(floor, from, start, 0.0, usize::MAX, &mut far);
            zones.iter().map(|&zone| far[zone]).collect()
        };
        Self {
            first: legs(floor.dock().zone.index(), dock_middle(floor)),
            between: zones.iter().map(|&zone| legs(zone, middle(floor.zones()[zone].rect))).collect(),
        }
    }

    fn length(&self, order: &[usize]) -> f64 {
        let first = order.first().map_or(0.0, |&zone| self.first[zone]);
        first + order.windows(2).map(|pair| self.between[pair[0]][pair[1]]).sum::<f64>()
    }
}

/// Measures the paths from a place in a zone to the middles of it and of all zones behind its other doors. Doors of a
/// plan make up a tree; on a release that was received and not verified they may lead in a ring, which is walked until
/// it meets a zone that was measured before.
fn walk(floor: &Floor, zone: usize, at: Point2<f64>, walked: f64, from: usize, far: &mut [f64]) {
    if far[zone].is_finite() {
        return;
    }
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
pub(super) fn middle(rect: CellRect) -> Point2<f64> {
    Point2::new(
        f64::from(rect.x) + f64::from(rect.width) / 2.0,
        f64::from(rect.y) + f64::from(rect.height) / 2.0,
    )
}

/// The middle of the drawn dock's cell, in cells of the frame.
fn dock_middle(floor: &Floor) -> Point2<f64> {
    let dock = floor.dock();
    Point2::new(f64::from(dock.x) + 0.5, f64::from(dock.y) + 0.5)
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

#[cfg(test)]
mod tests {
    use nalgebra::Point2;

    use super::{Lengths, dock_middle, for_each_order, middle, orders};
    use crate::Odds;
    use crate::atlas::{Codebook, ZoneId};
    use crate::release::Floor;

    /// A place, and the zones that it is in.
    type DrawnPlace = (Point2<f64>, [usize; 2]);

    fn is(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    /// Places on a line at the given metres, the robot at 0.
    fn line(places: &[f64]) -> Lengths {
        let between = places.iter().map(|from| places.iter().map(|to| (to - from).abs()).collect());
        Lengths { first: places.iter().map(|at| at.abs()).collect(), between: between.collect() }
    }

    #[test]
    fn a_tour_is_planned_on_the_release_and_driven_in_the_home() {
        let real = line(&[1.0, -2.0, 3.0]);
        // All six orders: to 1, -2 and 3 in turn is 1 + 3 + 5, and so on.
        let lengths = [9.0, 8.0, 7.0, 9.0, 8.0, 11.0];
        let (best, mean) = (7.0, lengths.iter().sum::<f64>() / 6.0);
        let [planned, random] = orders(&real, &real);
        assert!(is(planned, 1.0) && is(random, mean / best), "{planned} {random}");
        // Drawn in the other order, the release sends the robot to the far end first.
        let [planned, random] = orders(&real, &line(&[2.0, 3.0, 1.0]));
        // The third, the first, the second: 3 + 2 + 3.
        assert!(is(planned, 8.0 / 7.0) && is(random, mean / best), "{planned} {random}");
        for nowhere in [&[][..], &[0.0]] {
            let [planned, random] = orders(&line(nowhere), &line(nowhere));
            assert!(is(planned, 1.0) && is(random, 1.0));
        }
    }

    /// The slow twin: shortest paths over all middles and doors, those in one zone joined by straight lines.
    #[test]
    fn legs_on_a_release_are_shortest_paths_through_its_doors() {
        for (zones, odds) in [(2, 1), (3, 2), (4, 2), (5, 8), (6, 2)] {
            for plan in Codebook::of(zones, Odds::whole(odds)).unwrap().plans() {
                let floor = Floor::draw(plan);
                let count = floor.zones().len();
                let mut nodes: Vec<_> =
                    floor.zones().iter().enumerate().map(|(i, zone)| (middle(zone.rect), [i, i])).collect();
                nodes.extend(floor.doors().iter().map(|d| (middle(d.rect), d.zones.map(ZoneId::index))));
                nodes.push((dock_middle(&floor), [floor.dock().zone.index(); 2]));
                let straight = |(a, of_a): DrawnPlace, (b, of_b): DrawnPlace| {
                    if of_a.iter().any(|zone| of_b.contains(zone)) { (a - b).norm() } else { f64::INFINITY }
                };
                let mut far: Vec<Vec<f64>> =
                    nodes.iter().map(|&a| nodes.iter().map(|&b| straight(a, b)).collect()).collect();
                for via in 0..nodes.len() {
                    for from in 0..nodes.len() {
                        for to in 0..nodes.len() {
                            far[from][to] = far[from][to].min(far[from][via] + far[via][to]);
                        }
                    }
                }
                let all: Vec<usize> = (0..count).collect();
                let legs = Lengths::on_release(&floor, &all);
                let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
                assert!(near(&legs.first, &far[nodes.len() - 1][..count]));
                assert!(all.iter().all(|&from| near(&legs.between[from], &far[from][..count])));
                // The order that a ranking counts on is the one that is measured.
                let mut planned = (f64::INFINITY, Vec::new());
                for_each_order(count, &mut |order| {
                    if legs.length(order) < planned.0 - 1e-6 {
                        planned = (legs.length(order), order.to_vec());
                    }
                });
                let order: Vec<usize> = plan.order()[..count].iter().map(|&zone| zone.into()).collect();
                assert_eq!(order, planned.1, "{zones} zones, plan {}", plan.id());
            }
        }
    }
}
