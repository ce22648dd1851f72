//! What a map file tells of a home.

use core::fmt;

use nalgebra::Point2;

use crate::grid::OccupancyGrid;
use crate::home::{Footprint, Home, HomeBuilder, KeepOut, Room};

/// What a map file tells of a home, in the grid's frame: cells and metres from the lower left, y up.
///
/// Private like the home itself: `Debug` prints no geometry, and there is no `Serialize`.
#[derive(Clone)]
#[non_exhaustive]
pub struct ParsedMap {
    /// The cells, cropped to what is known; one unknown cell where nothing is.
    pub grid: OccupancyGrid,
    /// The rooms that have floor, in the order of the file, each cell in one room at most; none where the format has no rooms.
    pub rooms: Vec<Room>,
    /// The charger, in metres; the first one where the file has several, none where the format has none.
    pub dock: Option<Point2<f64>>,
    /// No-go areas and virtual walls, in metres.
    pub keep_outs: Vec<KeepOut>,
    /// The grid's lower left corner in the file's own frame, in metres along the file's axes: with it
    /// [`to_map_m`](Self::to_map_m) and [`to_file`](Self::to_file) convert.
    pub origin_m: Point2<f64>,
    /// The file's own frame.
    pub frame: FileFrame,
}

/// How a format counts positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFrame {
    /// Centimetres from the upper left corner of the robot's canvas, y *down*.
    Valetudo,
    /// Metres of the ROS frame `map`, y up.
    MapServer,
}

impl ParsedMap {
    /// The point of the grid's frame, in metres, that the file calls (`x`, `y`) in the unit of its [`FileFrame`].
    #[must_use]
    pub fn to_map_m(&self, x: f64, y: f64) -> Point2<f64> {
        self.frame.to_map_m(self.origin_m, [x, y])
    }

    /// What the file calls a point of the grid's frame, in the unit of its [`FileFrame`].
    #[must_use]
    pub fn to_file(&self, at_m: Point2<f64>) -> (f64, f64) {
        match self.frame {
            FileFrame::Valetudo => ((self.origin_m.x + at_m.x) * 100.0, (self.origin_m.y - at_m.y) * 100.0),
            FileFrame::MapServer => (self.origin_m.x + at_m.x, self.origin_m.y + at_m.y),
        }
    }

    /// A builder of the home with everything the file told.
    #[must_use]
    pub fn into_builder(self, footprint: Footprint) -> HomeBuilder {
        let builder = Home::builder(self.grid, footprint).rooms(self.rooms).keep_out(self.keep_outs);
        match self.dock {
            Some(dock) => builder.dock(dock),
            None => builder,
        }
    }
}

impl FileFrame {
    /// A position of the file in the metres of the grid whose lower left corner lies at `origin_m`.
    pub(super) fn to_map_m(self, origin_m: Point2<f64>, [x, y]: [f64; 2]) -> Point2<f64> {
        match self {
            Self::Valetudo => Point2::new(x / 100.0 - origin_m.x, origin_m.y - y / 100.0),
            Self::MapServer => Point2::new(x - origin_m.x, y - origin_m.y),
        }
    }
}

/// Prints no geometry and no number of anything: the map is private.
impl fmt::Debug for ParsedMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParsedMap").finish_non_exhaustive()
    }
}
