//! The finished plan in decimetres, and how it is painted in cells.

use geo_types::{Coord, Line, Rect as Outline};
use nalgebra::Point2;

use super::canvas::Canvas;
use crate::grid::{Cell, CellRect};
use crate::home::{KeepOut, RobotMap, RoomKind};
use crate::synth::furniture::{Furniture, Make};
use crate::synth::plan::{Axis, Opening, RIM, RectDm, Space};

/// A home in decimetres.
pub(crate) struct HomeDrawing {
    pub(crate) kinds: Vec<RoomKind>,
    pub(crate) spaces: Vec<Space>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) windows: Vec<RectDm>,
    pub(crate) furniture: Vec<Furniture>,
    pub(crate) dock: (u32, u32),
}

impl HomeDrawing {
    /// The two rooms of each door.
    pub(crate) fn rooms_of_doors(&self) -> Vec<[usize; 2]> {
        let rooms = |opening: &Opening| opening.sides.map(|(space, _)| self.spaces[space].room);
        self.openings.iter().map(rooms).filter(|[a, b]| a != b).collect()
    }

    /// Paints walls, rooms, doors and furniture, in this order, at so many cells a decimetre.
    pub(crate) fn paint(&self, scale: u32) -> RobotMap {
        let side =
            |axis| (self.spaces.iter().map(|space| space.rect.end(axis)).max().unwrap_or(0) + RIM) * scale;
        let cells = |rect: &RectDm| CellRect {
            x: rect.left * scale,
            y: rect.low * scale,
            width: rect.length(Axis::X) * scale,
            height: rect.length(Axis::Y) * scale,
        };
        let room = |room: usize| u16::try_from(room).ok();
        let mut canvas = Canvas::unknown(side(Axis::X), side(Axis::Y));
        for space in &self.spaces {
            canvas.fill(cells(&space.rect.grown()), Cell::Occupied, None);
        }
        for space in &self.spaces {
            canvas.fill(cells(&space.rect), Cell::Free, room(space.room));
        }
        for opening in &self.openings {
            canvas.fill(cells(&opening.hole), Cell::Free, room(opening.owner));
        }
        let mut keep_outs = Vec::new();
        for Furniture { place, make } in &self.furniture {
            match make {
                Make::Block => canvas.fill(cells(place), Cell::Occupied, None),
                // A leg is 0.05 m thick, or a cell if cells are larger.
                Make::Legs => canvas.legs(cells(place), (scale / 2).max(1)),
                Make::NoGo => {
                    let outline =
                        Outline::new(metres(place.left, place.low), metres(place.right, place.high));
                    keep_outs.push(KeepOut::Area(outline.to_polygon()));
                }
                Make::Line(side) => keep_outs.push(KeepOut::Wall(middle_line(place, side.axis()))),
            }
        }
        let rooms = canvas.rooms(self.kinds.iter().copied());
        let resolution_m = 0.1 / f64::from(scale);
        let centre = |decimetre: u32| (f64::from(decimetre * scale) + 0.5) * resolution_m;
        let dock = Point2::new(centre(self.dock.0), centre(self.dock.1));
        let windows = self.windows.iter().flat_map(|window| canvas.indices(cells(window))).collect();
        let grid = canvas.into_grid(resolution_m);
        RobotMap { windows, ..RobotMap::new(grid, rooms, Some(dock), keep_outs) }
    }
}

/// A point in metres.
fn metres(x: u32, y: u32) -> Coord<f64> {
    Coord { x: f64::from(x) / 10.0, y: f64::from(y) / 10.0 }
}

/// The line in the middle of a strip that runs along an axis.
fn middle_line(strip: &RectDm, axis: Axis) -> Line<f64> {
    // Twice the coordinates of both ends.
    let ends = |of: Axis| {
        let (start, end) = (strip.start(of), strip.end(of));
        if of == axis { [2 * start, 2 * end] } else { [start + end; 2] }
    };
    let [[x1, x2], [y1, y2]] = [ends(Axis::X), ends(Axis::Y)];
    let point = |x: u32, y: u32| Coord { x: f64::from(x) / 20.0, y: f64::from(y) / 20.0 };
    Line { start: point(x1, y1), end: point(x2, y2) }
}
