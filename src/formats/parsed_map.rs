//! What a reader keeps of a map file.

use nalgebra::Point2;

use crate::grid::OccupancyGrid;
use crate::home::{Footprint, Home, HomeBuilder, KeepOut, Room};

/// What a map file says about a home, in the grid's frame: cells and metres from the lower left, y up.
///
/// It is private like the home: `Debug` prints no geometry, and there is no `Serialize`.
///
/// ```
/// use homeveil::formats::read_map_server;
/// use homeveil::home::Footprint;
///
/// let yaml = b"{image: a.pgm, resolution: 0.1, origin: [5, 7, 0], negate: 0,
///     occupied_thresh: 0.65, free_thresh: 0.2}";
/// let map = read_map_server(yaml, b"P2 3 1 255 254 254 0")?;
/// assert!((map.to_map_m(5.2, 7.0).x - 0.2).abs() < 1e-9);
/// let home = map.into_builder(Footprint::disc_m(0.05)?).build()?;
/// assert!(home.rooms().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct ParsedMap {
    /// The cells, cropped to the known ones; one unknown cell if there are none.
    pub grid: OccupancyGrid,
    /// The rooms that have cells, in the order of the file, each cell in at most one room; empty if the format
    /// has no rooms.
    pub rooms: Vec<Room>,
    /// The charger, in metres; the first one if the file has several.
    pub dock: Option<Point2<f64>>,
    /// No-go areas and virtual walls, in metres.
    pub keep_outs: Vec<KeepOut>,
    /// The grid's lower left corner in the file's own frame, in metres along the file's axes, for
    /// [`to_map_m`](Self::to_map_m) and [`to_file`](Self::to_file).
    pub origin_m: Point2<f64>,
    pub(super) frame: FileFrame,
}

/// How a format counts positions.
#[derive(Clone, Copy)]
pub(super) enum FileFrame {
    /// Centimetres from the upper left corner of the robot's canvas, y *down*.
    Valetudo,
    /// Metres of the ROS frame `map`, y up.
    MapServer,
}

impl ParsedMap {
    /// The point of the grid, in metres, for the position (`x`, `y`) of the file: centimetres, y down, in a
    /// Valetudo map, and metres of the ROS frame `map` in one for `map_server`.
    #[must_use]
    pub fn to_map_m(&self, x: f64, y: f64) -> Point2<f64> {
        self.frame.to_map_m(self.origin_m, [x, y])
    }

    /// The position in the file of a point of the grid: the inverse of [`to_map_m`](Self::to_map_m).
    #[must_use]
    pub fn to_file(&self, at_m: Point2<f64>) -> (f64, f64) {
        match self.frame {
            FileFrame::Valetudo => ((self.origin_m.x + at_m.x) * 100.0, (self.origin_m.y - at_m.y) * 100.0),
            FileFrame::MapServer => (self.origin_m.x + at_m.x, self.origin_m.y + at_m.y),
        }
    }

    /// A builder of the home with everything that the file says.
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

private_debug!(ParsedMap);
