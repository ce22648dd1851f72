//! A map as a robot hands it out.

use alloc::vec::Vec;

use nalgebra::Point2;

use super::builder::HomeBuilder;
use super::footprint::Footprint;
use super::home::Home;
use super::keep_out::KeepOut;
use super::room::Room;
use crate::grid::OccupancyGrid;

/// What a robot's map says about a home, read from a file or made up, in the grid's frame: cells and metres from the
/// lower left, y up.
///
/// The readers of [`formats`](crate::formats) give one, and the recipes of [`synth`](crate::synth); it is there with
/// either of these features. It is private like the home: `Debug` prints no geometry, and there is no `Serialize`.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::home::{Footprint, RobotMap};
///
/// let grid = OccupancyGrid::from_drawing(0.5, "....\n....")?;
/// let map = RobotMap::new(grid, Vec::new(), Some([0.75, 0.25].into()), Vec::new());
/// let home = map.into_builder(Footprint::disc_m(0.2)?).build()?;
/// assert_eq!(home.rooms().len(), 1, "free cells without a room are one");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct RobotMap {
    /// The cells; of a file the known ones, or one unknown cell if there are none.
    pub grid: OccupancyGrid,
    /// The rooms that have cells, in the order of the file, each cell in at most one room; empty if there are none.
    pub rooms: Vec<Room>,
    /// The charger, in metres; the first one if a file has several.
    pub dock: Option<Point2<f64>>,
    /// No-go areas and virtual walls, in metres.
    pub keep_outs: Vec<KeepOut>,
    /// The grid's lower left corner in the file's own frame, in metres along the file's axes, for
    /// [`to_map_m`](Self::to_map_m) and [`to_file`](Self::to_file); zero for a map from no file. Of a map for
    /// `map_server` it is also where [`HomeBuilder::origin`] puts the grid in the ROS frame `map`; the yaw of such a
    /// file is not read, as `map_server` itself turns no grid by it.
    pub origin_m: Point2<f64>,
    pub(crate) frame: FileFrame,
    /// The cells of windows, walls that a laser passes. Only made-up homes have some.
    #[cfg(feature = "synth")]
    #[cfg_attr(
        not(feature = "evaluation"),
        expect(dead_code, reason = "only a simulated laser looks at them")
    )]
    pub(crate) windows: Vec<usize>,
}

/// How a format counts positions.
#[derive(Clone, Copy)]
pub(crate) enum FileFrame {
    /// Centimetres from the upper left corner of the robot's canvas, y *down*.
    #[cfg(feature = "formats")]
    Valetudo,
    /// Metres of the ROS frame `map`, y up.
    MapServer,
}

impl RobotMap {
    /// A map from its parts.
    #[must_use]
    pub const fn new(
        grid: OccupancyGrid,
        rooms: Vec<Room>,
        dock: Option<Point2<f64>>,
        keep_outs: Vec<KeepOut>,
    ) -> Self {
        Self {
            grid,
            rooms,
            dock,
            keep_outs,
            origin_m: Point2::new(0.0, 0.0),
            frame: FileFrame::MapServer,
            #[cfg(feature = "synth")]
            windows: Vec::new(),
        }
    }

    /// The point of the grid, in metres, for a position in the file: centimetres, y down, in a Valetudo map, and metres
    /// of the ROS frame `map` in one for `map_server`.
    #[must_use]
    pub fn to_map_m(&self, at: Point2<f64>) -> Point2<f64> {
        self.frame.to_map_m(self.origin_m, at.into())
    }

    /// The position in the file of a point of the grid: the inverse of [`to_map_m`](Self::to_map_m).
    #[must_use]
    pub fn to_file(&self, at_m: Point2<f64>) -> Point2<f64> {
        match self.frame {
            #[cfg(feature = "formats")]
            FileFrame::Valetudo => Point2::new(self.origin_m.x + at_m.x, self.origin_m.y - at_m.y) * 100.0,
            FileFrame::MapServer => self.origin_m + at_m.coords,
        }
    }

    /// A metre in the unit of the file's positions: 100 in a Valetudo map, 1 in one for `map_server`.
    #[must_use]
    pub const fn file_units_a_metre(&self) -> f64 {
        match self.frame {
            #[cfg(feature = "formats")]
            FileFrame::Valetudo => 100.0,
            FileFrame::MapServer => 1.0,
        }
    }

    /// A builder of the home that the map shows.
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
    pub(crate) fn to_map_m(self, origin_m: Point2<f64>, [x, y]: [f64; 2]) -> Point2<f64> {
        match self {
            #[cfg(feature = "formats")]
            Self::Valetudo => Point2::new(x / 100.0 - origin_m.x, origin_m.y - y / 100.0),
            Self::MapServer => Point2::new(x - origin_m.x, y - origin_m.y),
        }
    }
}

private_debug!(RobotMap);
