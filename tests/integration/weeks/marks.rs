//! What a household remembers of each of its storeys from map to map.

use homeveil::home::RobotMap;
use homeveil::key::{Mark, MarkId, MarkKind};
use nalgebra::{Point2, Vector2};

use super::truth::Truth;

/// Cells around a place within which a turned map's own cells may lie.
const TURNED: i64 = 3;

/// A mark, with the places that it is known to cover.
#[derive(Clone)]
pub(super) struct OwnMark {
    pub(super) id: MarkId,
    pub(super) kind: MarkKind,
    /// In metres of the storey's map; nothing where nobody can say.
    pub(super) places: Vec<Point2<f64>>,
    /// It has a place on no other map: the owner redacted it by hand or by a number.
    pub(super) by_owner: bool,
    /// An area that was bound to what was redacted then and ever since: it holds nothing else. Others grow with the
    /// floor around them.
    pub(super) leads_in: bool,
}

/// The marks of a storey.
#[derive(Clone, Default)]
pub(super) struct Marks {
    pub(super) own: Vec<OwnMark>,
    /// What may belong to what is redacted, on a map that is turned.
    pub(super) fringe: Vec<Point2<f64>>,
    /// Zones of some places on the first day.
    pub(super) zones: Vec<(usize, Point2<f64>)>,
}

impl Marks {
    /// Those of a key, so far as some cells that are hidden say where they lie.
    pub(super) fn of(marks: &[Mark], truth: &Truth, by_owner: impl Fn(&Mark) -> bool) -> Self {
        let hidden = |mark: &Mark| {
            let of_mark = |at: &Point2<f64>| mark.region.contains(*at);
            let cells = (0..truth.open.len()).filter(|&cell| truth.hidden[cell]);
            cells.map(|cell| truth.middle(cell)).filter(of_mark).collect()
        };
        let own = marks.iter().map(|mark| OwnMark {
            id: mark.id,
            kind: mark.kind,
            places: if mark.kind == MarkKind::Redacted { hidden(mark) } else { Vec::new() },
            by_owner: by_owner(mark),
            leads_in: false,
        });
        Self { own: own.collect(), ..Self::default() }
    }

    /// Moves them to another map.
    pub(super) fn move_by(&mut self, moved: impl Fn(Point2<f64>) -> Point2<f64>) {
        let zones = self.zones.iter_mut().map(|(_, at)| at);
        let own = self.own.iter_mut().flat_map(|mark| &mut mark.places);
        zones.chain(own).chain(&mut self.fringe).for_each(|at| *at = moved(*at));
    }

    /// What is sure of them once their map is turned: its cells are then not the old ones, and its transform is known
    /// to a cell.
    pub(super) fn before_a_turn(&mut self, map: &RobotMap) {
        let step = map.grid.resolution_m();
        let steps = || (-TURNED..=TURNED).map(|n| n as f64 * step);
        let around: Vec<Vector2<f64>> =
            steps().flat_map(|y| steps().map(move |x| Vector2::new(x, y))).collect();
        let hidden: Vec<Point2<f64>> = self.places(MarkKind::Redacted).collect();
        self.fringe = hidden.iter().flat_map(|at| around.iter().map(move |by| at + by)).collect();
        let is_area = |kind: MarkKind| matches!(kind, MarkKind::Area(_));
        for mark in self.own.iter_mut().filter(|mark| !is_area(mark.kind)) {
            mark.places = inner(map, &mark.places);
        }
    }

    /// The places that marks of a kind cover.
    pub(super) fn places(&self, kind: MarkKind) -> impl Iterator<Item = Point2<f64>> + '_ {
        self.own.iter().filter(move |mark| mark.kind == kind).flat_map(|mark| mark.places.iter().copied())
    }

    /// Something is marked so.
    pub(super) fn has(&self, kind: MarkKind) -> bool {
        self.own.iter().any(|mark| mark.kind == kind)
    }

    /// One of them has this number.
    pub(super) fn knows(&self, id: MarkId) -> bool {
        self.own.iter().any(|mark| mark.id == id)
    }
}

/// Of places on a map's cells those with all cells around them marked or not floor.
fn inner(map: &RobotMap, places: &[Point2<f64>]) -> Vec<Point2<f64>> {
    let truth = Truth::of(map, &[], &[]);
    let mut marked = vec![false; truth.open.len()];
    for cell in truth.cells(places.iter().copied()) {
        marked[cell] = true;
    }
    let is_inner =
        |at: &&Point2<f64>| truth.around(**at, TURNED).all(|cell| marked[cell] || !truth.open[cell]);
    places.iter().filter(is_inner).copied().collect()
}
