//! The finished plan in decimetres, and how it is painted in cells.

use geo_types::{Coord, Line, Rect as Outline};
use nalgebra::Point2;

use super::canvas::{Canvas, CellRect};
use crate::grid::Cell;
use crate::home::{KeepOut, Room, RoomId, RoomKind};
use crate::synth::furniture::{Make, Piece};
use crate::synth::home::SyntheticHome;
use crate::synth::plan::{Opening, Rect, Side, Space};

/// Decimetres of unknown cells, and of outer wall, behind the last floor.
const RIM: u32 = 4;

/// A home in decimetres.
pub(crate) struct Drawing {
    pub(crate) kinds: Vec<RoomKind>,
    pub(crate) spaces: Vec<Space>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) windows: Vec<Rect>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) dock: (u32, u32),
}

impl Drawing {
    /// Paints walls, rooms, doors and furniture, in this order, at so many cells a decimetre.
    pub(crate) fn paint(&self, scale: u32) -> SyntheticHome {
        let side = |end: fn(&Rect) -> u32| {
            (self.spaces.iter().map(|space| end(&space.floor)).max().unwrap_or(0) + RIM) * scale
        };
        let cells = |rect: &Rect| -> CellRect {
            (rect.left * scale, rect.low * scale, rect.right * scale, rect.high * scale)
        };
        let room = |room: usize| u16::try_from(room).ok();
        let mut canvas = Canvas::unknown(side(|floor| floor.right), side(|floor| floor.high));
        for space in &self.spaces {
            canvas.fill(cells(&space.floor.grown()), Cell::Occupied, None);
        }
        for space in &self.spaces {
            canvas.fill(cells(&space.floor), Cell::Free, room(space.room));
        }
        for opening in &self.openings {
            canvas.fill(cells(&opening.hole), Cell::Free, room(opening.owner));
        }
        let resolution_m = 0.1 / f64::from(scale);
        let metres = |decimetres: f64| decimetres / 10.0;
        let mut keep_outs = Vec::new();
        for Piece { place, make } in &self.pieces {
            let (left, low, right, high) = cells(place);
            match make {
                Make::Block => canvas.fill((left, low, right, high), Cell::Occupied, None),
                Make::Legs => {
                    // A leg is 0.05 m thick, or a cell where cells are larger.
                    let leg = (scale / 2).max(1);
                    for x in [left, right - leg] {
                        for y in [low, high - leg] {
                            canvas.fill((x, y, x + leg, y + leg), Cell::Occupied, None);
                        }
                    }
                }
                Make::NoGo => {
                    let corner = |x: u32, y: u32| Coord { x: metres(f64::from(x)), y: metres(f64::from(y)) };
                    let outline =
                        Outline::new(corner(place.left, place.low), corner(place.right, place.high));
                    keep_outs.push(KeepOut::Area(outline.to_polygon()));
                }
                Make::Line(side) => keep_outs.push(KeepOut::Wall(line(place, *side))),
            }
        }
        let rooms = (1..)
            .zip(self.kinds.iter().zip(canvas.runs(self.kinds.len())))
            .map(|(id, (kind, runs))| Room::new(RoomId::new(id), Some(*kind), runs))
            .collect();
        let centre = |decimetre: u32| (f64::from(decimetre * scale) + 0.5) * resolution_m;
        SyntheticHome {
            rooms,
            dock: Point2::new(centre(self.dock.0), centre(self.dock.1)),
            keep_outs,
            windows: self.windows.iter().flat_map(|window| canvas.indices(cells(window))).collect(),
            grid: canvas.into_grid(resolution_m),
        }
    }
}

/// The line in the middle of a strip along a wall.
fn line(strip: &Rect, side: Side) -> Line<f64> {
    let middle = |a: u32, b: u32| f64::from(a + b) / 20.0;
    let (start, end) = match side {
        Side::Low | Side::High => ((strip.left, strip.left), (strip.right, strip.right)),
        Side::Left | Side::Right => ((strip.left, strip.right), (strip.left, strip.right)),
    };
    let (low, high) = match side {
        Side::Low | Side::High => ((strip.low, strip.high), (strip.low, strip.high)),
        Side::Left | Side::Right => ((strip.low, strip.low), (strip.high, strip.high)),
    };
    Line {
        start: Coord { x: middle(start.0, start.1), y: middle(low.0, low.1) },
        end: Coord { x: middle(end.0, end.1), y: middle(high.0, high.1) },
    }
}
