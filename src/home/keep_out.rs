//! Where the owner wants no robot.

use alloc::vec::Vec;
use core::fmt;

use geo_types::{Coord, Line, LineString, Polygon};

use super::error::HomeError;
use super::outline::{self, rings};
use crate::grid::Shape;
use crate::grid::raster::{fill_polygons, trace_wall};

/// A place the robot must not enter. It counts as a wall for every lift and reaches no release.
///
/// ```
/// use geo_types::Line;
/// use homeveil::home::{Footprint, Home, KeepOut};
/// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
///
/// let drawing = "
///     ############
///     #aAaaaaaaaa#
///     #aaaaaaaaaa#
///     ############
/// ";
/// // A virtual wall through the room's middle: its right half is there, and not to be cleaned.
/// let wall = KeepOut::Wall(Line::new((1.5, 0.25), (1.5, 0.75)));
/// let home = Home::from_drawing(0.25, Footprint::disc_m(0.1)?, drawing, &[])?.keep_out([wall]).build()?;
/// let (policy, none) = (Policy::sealed(), Redaction::none());
/// let (_, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let served = key.served(&home)?;
/// let room = &served.rooms()[0];
/// assert!(room.today_m2() <= room.area_m2() / 2.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum KeepOut {
    /// A no-go area, in metres.
    Area(Polygon<f64>),
    /// A virtual wall, in metres.
    Wall(Line<f64>),
}

impl KeepOut {
    /// Checks a place that an owner draws: its outline must not cross itself, and its holes must lie inside it.
    ///
    /// A keep-out that comes with the robot's map need not pass. A home takes it by the even-odd rule, and its
    /// edges are closed whatever they enclose.
    ///
    /// # Errors
    /// A coordinate is not a finite number, there are too many corners, or (with the feature `geo`) the outline is
    /// not valid; see [`HomeError`].
    ///
    /// # Complexity
    /// O(corners²).
    ///
    /// ```
    /// use geo_types::{Line, polygon};
    /// use homeveil::home::KeepOut;
    ///
    /// //   x---x
    /// //   |   x--x
    /// //   |      |
    /// //   x------x
    /// let area = polygon![
    ///     (x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 1.5), (x: 0.0, y: 1.5),
    /// ];
    /// KeepOut::Area(area).check()?;
    /// assert!(KeepOut::Wall(Line::new((0.0, 0.0), (f64::NAN, 1.0))).check().is_err());
    /// # Ok::<(), homeveil::home::HomeError>(())
    /// ```
    pub fn check(&self) -> Result<(), HomeError> {
        match self {
            Self::Area(area) => outline::check(area),
            Self::Wall(_) if self.is_finite() => Ok(()),
            Self::Wall(_) => Err(HomeError::Position),
        }
    }

    /// All its coordinates are numbers.
    pub(crate) fn is_finite(&self) -> bool {
        match self {
            Self::Area(area) => outline::is_finite(area),
            Self::Wall(wall) => [wall.start, wall.end].iter().all(outline::is_number),
        }
    }

    /// The corners of its outline.
    pub(crate) fn outline(&self) -> impl Iterator<Item = Coord<f64>> + '_ {
        let (area, wall) = match self {
            Self::Area(area) => (Some(area), None),
            Self::Wall(wall) => (None, Some([wall.start, wall.end])),
        };
        area.into_iter().flat_map(|area| area.exterior().coords().copied()).chain(wall.into_iter().flatten())
    }

    /// How many corners it has; a wall has two.
    pub(crate) fn corners(&self) -> usize {
        match self {
            Self::Area(area) => outline::corners(area),
            Self::Wall(_) => 2,
        }
    }

    /// The same with every corner moved.
    pub(crate) fn moved(&self, to: impl Fn(Coord<f64>) -> Coord<f64>) -> Self {
        match self {
            Self::Area(area) => Self::Area(outline::moved(area, to)),
            Self::Wall(wall) => Self::Wall(Line::new(to(wall.start), to(wall.end))),
        }
    }
}

/// Calls `cover` with the cells of a grid that these keep the robot out of, with some more than once.
///
/// # Complexity
/// O(corners · (log corners + width + height) + cells): however many there are, each cell inside comes once.
pub(crate) fn cover_all(
    keep_outs: &[KeepOut],
    resolution_m: f64,
    shape: Shape,
    mut cover: impl FnMut(usize),
) {
    let areas: Vec<&Polygon<f64>> = keep_outs
        .iter()
        .filter_map(|keep_out| if let KeepOut::Area(area) = keep_out { Some(area) } else { None })
        .collect();
    fill_polygons(&areas, resolution_m, shape, &mut cover);
    for keep_out in keep_outs {
        match keep_out {
            // An area thinner than a cell holds no cell's centre: its outline keeps the robot out all the
            // same.
            KeepOut::Area(area) => {
                for line in rings(area).flat_map(LineString::lines) {
                    trace_wall(&line, resolution_m, shape, &mut cover);
                }
            }
            KeepOut::Wall(wall) => trace_wall(wall, resolution_m, shape, &mut cover),
        }
    }
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
