//! Places that a household remembers from map to map.

use homeveil::home::RobotMap;
use nalgebra::{Point2, Vector2};

use super::truth::Truth;

/// Cells around a place within which a turned map's own cells may lie.
const TURNED: i64 = 3;

/// Places that a household remembers, in metres of a map.
#[derive(Clone, Default)]
pub(super) struct Marks {
    /// Where the owner barred cells.
    pub(super) barred: Vec<Point2<f64>>,
    /// What was redacted on the first day.
    pub(super) hidden: Vec<Point2<f64>>,
    /// What may belong to that on a map that is turned.
    pub(super) fringe: Vec<Point2<f64>>,
    /// Zones of some places on the first day.
    pub(super) zones: Vec<(usize, Point2<f64>)>,
    /// Areas that the owner bound to redacted rooms, and the places of those.
    pub(super) bound: Vec<(u32, Point2<f64>)>,
}

impl Marks {
    /// Moves them to another map.
    pub(super) fn move_by(&mut self, moved: impl Fn(Point2<f64>) -> Point2<f64>) {
        let zones = self.zones.iter_mut().map(|(_, at)| at);
        let bound = self.bound.iter_mut().map(|(_, at)| at);
        let rest = self.barred.iter_mut().chain(&mut self.hidden).chain(&mut self.fringe);
        zones.chain(bound).chain(rest).for_each(|at| *at = moved(*at));
    }

    /// What is sure of them once their map is turned: its cells are then not the old ones, and its transform is known
    /// to a cell.
    pub(super) fn before_a_turn(&mut self, map: &RobotMap) {
        let step = map.grid.resolution_m();
        let steps = || (-TURNED..=TURNED).map(|n| n as f64 * step);
        let around: Vec<Vector2<f64>> =
            steps().flat_map(|y| steps().map(move |x| Vector2::new(x, y))).collect();
        self.fringe = self.hidden.iter().flat_map(|at| around.iter().map(move |by| at + by)).collect();
        self.barred = inner(map, &self.barred);
        self.hidden = inner(map, &self.hidden);
    }
}

/// Of places on a map's cells those with all cells around them marked or not floor.
fn inner(map: &RobotMap, places: &[Point2<f64>]) -> Vec<Point2<f64>> {
    let truth = Truth::of(map, &[], &[]);
    let mut marked = vec![false; truth.open.len()];
    for cell in truth.cells(places) {
        marked[cell] = true;
    }
    let is_inner =
        |at: &&Point2<f64>| truth.around(**at, TURNED).all(|cell| marked[cell] || !truth.open[cell]);
    places.iter().filter(is_inner).copied().collect()
}
