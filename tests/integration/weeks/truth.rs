//! What is true of the map of a day, and what no task may do on it.

use geo_types::{LineString, Polygon};
use homeveil::grid::Cell;
use homeveil::home::{KeepOut, RobotMap, Room, RoomId, RoomKind};
use homeveil::key::{LiftedPath, MarkKind, Region};
use nalgebra::{Point2, Vector2};

use super::RADIUS_M;
use super::marks::Marks;

/// The map of a day as the truth that tasks are held against.
pub(super) struct Truth {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) resolution_m: f64,
    /// Floor.
    pub(super) open: Vec<bool>,
    /// What the map's own keep-outs cover.
    kept_out: Vec<bool>,
    /// Floor of rooms redacted today or before.
    pub(super) hidden: Vec<bool>,
    /// Floor that may belong to those rooms.
    fringe: Vec<bool>,
    /// The owner's edits, those made on earlier maps too.
    pub(super) barred: Vec<bool>,
}

impl Truth {
    pub(super) fn of(map: &RobotMap, kinds: &[RoomKind], rooms: &[RoomId]) -> Self {
        let (width, height) = (i64::from(map.grid.width()), i64::from(map.grid.height()));
        let open = map.grid.cells().iter().map(|&cell| cell == Cell::Free).collect::<Vec<_>>();
        let nothing = vec![false; open.len()];
        let resolution_m = map.grid.resolution_m();
        let [kept_out, hidden, fringe, barred] = [(); 4].map(|()| nothing.clone());
        let mut truth = Self { width, height, resolution_m, open, kept_out, hidden, fringe, barred };
        for room in map.rooms.iter().filter(|room| {
            room.kind().is_some_and(|kind| kinds.contains(&kind)) || rooms.contains(&room.id())
        }) {
            for cell in truth.floor_of(room) {
                truth.hidden[cell] = true;
            }
        }
        for keep_out in &map.keep_outs {
            for cell in truth.under(keep_out) {
                truth.kept_out[cell] = true;
            }
        }
        truth
    }

    pub(super) fn index(&self, (x, y): (i64, i64)) -> Option<usize> {
        let inside = (0..self.width).contains(&x) && (0..self.height).contains(&y);
        inside.then(|| usize::try_from(y * self.width + x).unwrap())
    }

    #[expect(clippy::cast_possible_truncation, reason = "places on a map")]
    pub(super) fn cell_of(&self, at: Point2<f64>) -> (i64, i64) {
        ((at.x / self.resolution_m).floor() as i64, (at.y / self.resolution_m).floor() as i64)
    }

    pub(super) fn middle(&self, cell: usize) -> Point2<f64> {
        let (x, y) = (cell as i64 % self.width, cell as i64 / self.width);
        Point2::new((x as f64 + 0.5) * self.resolution_m, (y as f64 + 0.5) * self.resolution_m)
    }

    /// The cells whose middles an area holds, or that a wall runs through.
    pub(super) fn under(&self, keep_out: &KeepOut) -> Vec<usize> {
        match keep_out {
            KeepOut::Area(area) => {
                (0..self.open.len()).filter(|&cell| holds(area, self.middle(cell))).collect()
            }
            KeepOut::Wall(wall) => {
                let along = Vector2::new(wall.dx(), wall.dy());
                let at = |n: u32| Point2::new(wall.start.x, wall.start.y) + along * (f64::from(n) / 1000.0);
                (0..=1000).filter_map(|n| self.index(self.cell_of(at(n)))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The cells of places, of those on the map.
    pub(super) fn cells(&self, places: impl Iterator<Item = Point2<f64>>) -> Vec<usize> {
        places.filter_map(|at| self.index(self.cell_of(at))).collect()
    }

    /// The floor of a room.
    pub(super) fn floor_of(&self, room: &Room) -> Vec<usize> {
        let cells = room.runs().iter().flat_map(|run| run.columns().map(|x| (x, run.y())));
        let cells = cells.filter_map(|(x, y)| self.index((x.into(), y.into())));
        cells.filter(|&cell| self.open[cell]).collect()
    }

    /// The cells up to so many columns and rows around a place, of those on the map.
    pub(super) fn around(&self, at: Point2<f64>, reach: i64) -> impl Iterator<Item = usize> + '_ {
        let (x, y) = self.cell_of(at);
        let places = (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (x + dx, y + dy)));
        places.filter_map(|place| self.index(place))
    }

    /// Takes over what was redacted and barred on earlier maps.
    pub(super) fn take_over(&mut self, marks: &Marks) {
        for cell in self.cells(marks.places(MarkKind::Redacted)) {
            self.hidden[cell] = true;
        }
        for cell in self.cells(marks.places(MarkKind::Barred)) {
            self.barred[cell] = true;
        }
        // Turned cells leave holes between them.
        let fringe = marks.fringe.iter().flat_map(|&at| self.around(at, 1)).collect::<Vec<_>>();
        for cell in fringe {
            self.fringe[cell] = true;
        }
    }

    /// Why a region must not be cleaned, if it mustn't.
    pub(super) fn fault_of_region(&self, region: &Region) -> Option<&'static str> {
        region.points().find_map(|at| match self.index(self.cell_of(at)) {
            Some(cell) if self.hidden[cell] => Some("cleans a redacted cell"),
            Some(cell) if self.barred[cell] => Some("cleans what the owner barred"),
            Some(cell) if self.kept_out[cell] => Some("cleans where the map says keep out"),
            Some(cell) if self.open[cell] => None,
            _ => Some("cleans what is no floor"),
        })
    }

    /// Why a region must not be cleaned for an area that is bound to these places, to so many cells: of what is
    /// redacted it may hold its own alone, and where all its own ever was redacted, nothing else. Where nobody can say
    /// what it is bound to, it may be anything.
    pub(super) fn fault_of_area(
        &self,
        region: &Region,
        own: Option<&[Point2<f64>]>,
        leads_in: bool,
        near: i64,
    ) -> Option<&'static str> {
        let mut is_own = vec![false; self.open.len()];
        for cell in own.into_iter().flatten().flat_map(|&at| self.around(at, near)) {
            is_own[cell] = true;
        }
        region.points().find_map(|at| match self.index(self.cell_of(at)) {
            Some(cell) if own.is_some() && leads_in && !is_own[cell] => {
                Some("the area of a redacted room leads elsewhere")
            }
            Some(cell) if own.is_some() && self.hidden[cell] && !is_own[cell] => {
                Some("an area leads into a redacted room that it is not bound to")
            }
            Some(cell) if self.barred[cell] => Some("cleans what the owner barred"),
            Some(cell) if self.kept_out[cell] => Some("cleans where the map says keep out"),
            Some(cell) if self.open[cell] => None,
            _ => Some("cleans what is no floor"),
        })
    }

    /// A region holds redacted floor.
    pub(super) fn is_hidden_in(&self, region: &Region) -> bool {
        self.cells(region.points()).into_iter().any(|cell| self.hidden[cell])
    }

    /// Why a path must not be driven, if it mustn't.
    pub(super) fn fault_of_path(&self, path: &LiftedPath) -> Option<&'static str> {
        let points: Vec<Point2<f64>> = path.points().collect();
        let reach = (RADIUS_M / self.resolution_m).powi(2);
        let mut cells: Vec<(i64, i64)> = Vec::new();
        for pair in points.windows(2) {
            let steps = (2.0 * (pair[1] - pair[0]).norm() / self.resolution_m).ceil().max(1.0);
            let on = |n: u32| self.cell_of(pair[0] + (pair[1] - pair[0]) * (f64::from(n) / steps));
            cells.extend((0..).take_while(|&n| f64::from(n) < steps).map(on));
        }
        cells.extend(points.last().map(|&at| self.cell_of(at)));
        let mut outside = false;
        for (x, y) in cells {
            let near = (-4..=4_i64).flat_map(|dy| (-4..=4_i64).map(move |dx| (dx, dy)));
            for (dx, dy) in near.filter(|(dx, dy)| (dx * dx + dy * dy) as f64 <= reach) {
                match self.index((x + dx, y + dy)) {
                    Some(cell) if self.barred[cell] => return Some("drives over what the owner barred"),
                    Some(cell) if self.kept_out[cell] => return Some("drives over a keep-out"),
                    Some(cell) if self.open[cell] => {}
                    _ => return Some("runs into something"),
                }
            }
            let hidden = self.index((x, y)).is_some_and(|cell| self.hidden[cell]);
            // A robot that stands in a redacted room may leave it.
            if hidden && outside {
                return Some("enters a redacted room");
            }
            outside |= !hidden && !self.index((x, y)).is_some_and(|cell| self.fringe[cell]);
        }
        None
    }
}

/// A point lies in a polygon, by the crossings of a ray.
fn holds(area: &Polygon<f64>, at: Point2<f64>) -> bool {
    let rings = std::iter::once(area.exterior()).chain(area.interiors());
    let crossed = rings.flat_map(LineString::lines).filter(|line| {
        let (a, b) = (line.start, line.end);
        (a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)
    });
    crossed.count() % 2 == 1
}
