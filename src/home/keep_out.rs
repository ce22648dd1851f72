//! Where the owner wants no robot.

use core::fmt;

use geo_types::{Line, LineString, Polygon};

use crate::grid::raster::{fill_polygons, trace_wall};

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

    /// How many corners it has; a wall has two.
    pub(crate) fn corners(&self) -> usize {
        match self {
            Self::Area(area) => corners(area),
            Self::Wall(_) => 2,
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

/// Calls `cover` with the cells of a grid that these keep the robot out of, with some more than once.
///
/// # Complexity
/// O(corners · (log corners + width + height) + cells): however many there are, each cell inside comes once.
pub(crate) fn cover_all(
    keep_outs: &[KeepOut],
    resolution_m: f64,
    width: usize,
    height: usize,
    mut cover: impl FnMut(usize),
) {
    let areas: Vec<&Polygon<f64>> = keep_outs
        .iter()
        .filter_map(|keep_out| if let KeepOut::Area(area) = keep_out { Some(area) } else { None })
        .collect();
    fill_polygons(&areas, resolution_m, width, height, &mut cover);
    for keep_out in keep_outs {
        match keep_out {
            // An area thinner than a cell holds no cell's centre: its outline keeps the robot out all the
            // same.
            KeepOut::Area(area) => {
                for line in rings(area).flat_map(LineString::lines) {
                    trace_wall(&line, resolution_m, width, height, &mut cover);
                }
            }
            KeepOut::Wall(wall) => trace_wall(wall, resolution_m, width, height, &mut cover),
        }
    }
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    core::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// How many corners a polygon has, over all rings.
pub(crate) fn corners(polygon: &Polygon<f64>) -> usize {
    // A ring ends with the corner it begins with.
    rings(polygon).map(|ring| ring.0.len().saturating_sub(1)).sum()
}

/// All coordinates of the polygon are numbers.
pub(crate) fn finite(polygon: &Polygon<f64>) -> bool {
    rings(polygon).flat_map(|ring| &ring.0).all(|c| c.x.is_finite() && c.y.is_finite())
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
