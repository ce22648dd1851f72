//! A map that the robot begins again: turned, mirrored, without names, with other numbers, or hardly begun.

use nalgebra::{Point2, Rotation2, Vector2};

use super::change::Change;
use crate::grid::{Cell, CellRect, OccupancyGrid, Span};
use crate::home::{RobotMap, Room};

/// Cells around the known part of a map that was turned.
const MARGIN: f64 = 4.0;

/// How a canvas was turned: around the middle of what was known, to the middle of a new canvas.
struct TurnedCanvas {
    from: Point2<f64>,
    to: Point2<f64>,
    turn: Rotation2<f64>,
    mirrored: bool,
    side: u32,
}

impl TurnedCanvas {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the sides of a grid")]
    fn of(map: &RobotMap, change: Change) -> Option<Self> {
        let (tenths, mirrored) = match change {
            Change::Turn { tenths } => (tenths, false),
            Change::Mirror => (0, true),
            _ => return None,
        };
        let resolution = map.grid.resolution_m();
        let (from, CellRect { width, height, .. }) = map.known_middle()?;
        let side = f64::from(width).hypot(f64::from(height)).ceil() + 2.0 * MARGIN;
        let centre = side / 2.0 * resolution;
        Some(Self {
            from,
            to: Point2::new(centre, centre),
            turn: Rotation2::new((f64::from(tenths) / 10.0).to_radians()),
            mirrored,
            side: side as u32,
        })
    }

    fn forth(&self, at: Point2<f64>) -> Point2<f64> {
        self.to + self.turn * self.mirror(at - self.from)
    }

    fn back(&self, at: Point2<f64>) -> Point2<f64> {
        self.from + self.mirror(self.turn.inverse() * (at - self.to))
    }

    fn mirror(&self, at: Vector2<f64>) -> Vector2<f64> {
        if self.mirrored { Vector2::new(-at.x, at.y) } else { at }
    }
}

impl RobotMap {
    /// Where places of this map lie after a change.
    ///
    /// ```
    /// use homeveil::synth::{Change, sample_home};
    /// let map = sample_home();
    /// let turn = Change::Turn { tenths: 300 };
    /// let dock = map.dock.ok_or("it has one")?;
    /// assert_eq!(Some(map.places_after(turn)(dock)), map.changed(turn).dock);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(cells) once, O(1) a place.
    pub fn places_after(&self, change: Change) -> impl Fn(Point2<f64>) -> Point2<f64> + use<> {
        let metres = |cells: u32| f64::from(cells) * self.grid.resolution_m();
        let (turned, height) = (TurnedCanvas::of(self, change), metres(self.grid.height()));
        let shift = match change {
            Change::Shift { left, below } => Vector2::new(metres(left), metres(below)),
            _ => Vector2::zeros(),
        };
        move |at| match change {
            Change::Shift { .. } => at + shift,
            Change::QuarterTurn => Point2::new(height - at.y, at.x),
            _ => turned.as_ref().map_or(at, |turned| turned.forth(at)),
        }
    }

    /// The map turned or mirrored: each cell is what lies under its middle.
    pub(super) fn turned_freely(&self, change: Change) -> Option<Self> {
        let turned = TurnedCanvas::of(self, change)?;
        let resolution = self.grid.resolution_m();
        let under = |x: u32, y: u32| {
            let at = Point2::new(f64::from(x) + 0.5, f64::from(y) + 0.5) * resolution;
            self.grid.shape().cell_at(turned.back(at), resolution)
        };
        self.redrawn(change, (turned.side, turned.side), under)
    }

    /// The middle of what is known, and the bounds of that.
    fn known_middle(&self) -> Option<(Point2<f64>, CellRect)> {
        let bounds = self.grid.known_bounds()?;
        let middle =
            |low: u32, side: u32| (f64::from(low) + f64::from(side) / 2.0) * self.grid.resolution_m();
        Some((Point2::new(middle(bounds.x, bounds.width), middle(bounds.y, bounds.height)), bounds))
    }

    pub(super) fn nameless(&self) -> Self {
        let rooms = self.rooms.iter().map(|room| Room::new(room.id(), None, room.runs().to_vec()));
        Self { rooms: rooms.collect(), ..self.clone() }
    }

    /// Each room takes the number of the one so many places after it; kinds stay.
    pub(super) fn renumbered(&self, by: usize) -> Option<Self> {
        let count = self.rooms.len();
        let place = |room: usize| (room + by).checked_rem(count);
        let rooms = self.rooms.iter().enumerate().map(|(number, room)| {
            Some(Room::new(self.rooms[place(number)?].id(), room.kind(), room.runs().to_vec()))
        });
        Some(Self { rooms: rooms.collect::<Option<_>>()?, ..self.clone() })
    }

    /// What the robot has seen from its dock so far; without a dock from the middle of what is known.
    pub(super) fn begun(&self, decimetres: u32) -> Option<Self> {
        let (middle, _) = self.known_middle()?;
        let from = self.dock.unwrap_or(middle);
        let (far, resolution) = (f64::from(decimetres) / 10.0, self.grid.resolution_m());
        let width = self.grid.width() as usize;
        let seen = |cell: usize| (self.grid.shape().centre(cell, resolution) - from).norm() <= far;
        let cells = self.grid.cells().iter().enumerate();
        let cells = cells.map(|(cell, &state)| if seen(cell) { state } else { Cell::Unknown }).collect();
        let grid = OccupancyGrid::new(self.grid.width(), self.grid.height(), resolution, cells).ok()?;
        let cells_of = |room: &Room| -> Vec<Span> {
            let cells = room.runs().iter().flat_map(|run| run.columns().map(|x| (x, run.y())));
            cells
                .filter(|&(x, y)| seen(y as usize * width + x as usize))
                .filter_map(|(x, y)| Span::new(x, y, 1).ok())
                .collect()
        };
        let rooms = self.rooms.iter().map(|room| Room::new(room.id(), room.kind(), cells_of(room)));
        let rooms = rooms.filter(|room| !room.runs().is_empty()).collect();
        Some(Self { grid, rooms, keep_outs: Vec::new(), ..self.clone() })
    }
}
