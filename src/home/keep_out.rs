//! Where the owner wants no robot.

use core::fmt;

use geo_types::{Line, LineString, Polygon};

use crate::grid::raster::{fill_polygon, trace_wall};

/// A place the robot must not enter. It counts as a wall for every lift and reaches no release.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum KeepOut {
    /// A no-go area, in metres.
    Area(Polygon<f64>),
    /// A virtual wall, in metres.
    Wall(Line<f64>),
}

impl KeepOut {
    /// All its coordinates are numbers.
    pub(crate) fn is_finite(&self) -> bool {
        match self {
            Self::Area(area) => finite(area),
            Self::Wall(wall) => {
                [wall.start.x, wall.start.y, wall.end.x, wall.end.y].into_iter().all(f64::is_finite)
            }
        }
    }

    /// Calls `cover` with the cells of a grid that it keeps the robot out of.
    pub(crate) fn cover(&self, resolution_m: f64, width: usize, height: usize, mut cover: impl FnMut(usize)) {
        match self {
            Self::Area(area) => {
                fill_polygon(area, resolution_m, width, height, &mut cover);
                // An area thinner than a cell holds no cell's centre: its outline keeps the robot out all the
                // same.
                let rings = core::iter::once(area.exterior()).chain(area.interiors());
                for line in rings.flat_map(LineString::lines) {
                    trace_wall(&line, resolution_m, width, height, &mut cover);
                }
            }
            Self::Wall(wall) => trace_wall(wall, resolution_m, width, height, cover),
        }
    }

    /// The same place in a frame whose origin lies at (x, y) of this one.
    pub(crate) fn shifted(mut self, x: f64, y: f64) -> Self {
        match &mut self {
            Self::Area(area) => shift(area, x, y),
            Self::Wall(wall) => {
                for end in [&mut wall.start, &mut wall.end] {
                    end.x -= x;
                    end.y -= y;
                }
            }
        }
        self
    }
}

/// All coordinates of the polygon are numbers.
pub(crate) fn finite(polygon: &Polygon<f64>) -> bool {
    core::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .flat_map(|ring| &ring.0)
        .all(|c| c.x.is_finite() && c.y.is_finite())
}

/// Moves the polygon into a frame whose origin lies at (x, y) of this one.
pub(crate) fn shift(polygon: &mut Polygon<f64>, x: f64, y: f64) {
    let moved = |ring: &mut LineString<f64>| {
        for c in &mut ring.0 {
            c.x -= x;
            c.y -= y;
        }
    };
    polygon.exterior_mut(moved);
    polygon.interiors_mut(|rings| rings.iter_mut().for_each(moved));
}

/// Prints no geometry.
impl fmt::Debug for KeepOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Area(_) => "Area",
            Self::Wall(_) => "Wall",
        })
    }
}
