//! What the cloud asks for, in the terms of the release alone, and what that is for the robot to do.

use alloc::vec::Vec;
use core::fmt;

use geo_types::Rect;
use nalgebra::{Isometry2, Point2};
use serde::{Deserialize, Serialize};

use crate::atlas::ZoneId;
use crate::key::lift::routes::LiftedPath;
use crate::key::{AreaId, HouseKey, KeyError, Region};
use crate::navigate::Navigator;

/// Half the side of the square that "clean here" means, in metres of the release. Robots clean a spot of about
/// 1 m × 1 m.
const SPOT_HALF_M: f64 = 0.5;

/// What the cloud asks for: it knows the release and nothing else. Lengths and places are in metres of the
/// release, (0, 0) in its lower left corner.
///
/// As JSON `"all"`, or an object of one field that names the goal, such as `{"zone":2}`, `{"area":3}`,
/// `{"spot":[1.0,2.5]}`, `{"rect":{"min":[0.0,0.0],"max":[1.0,2.0]}}`, `{"drive":[4.0,2.0]}` or
/// `{"path":[[1.0,2.5],[4.0,2.0]]}`.
///
/// ```
/// use homeveil::key::Goal;
/// use homeveil::atlas::ZoneId;
/// let goal = Goal::Zone(ZoneId::new(2));
/// assert_eq!(serde_json::to_string(&goal)?, r#"{"zone":2}"#);
/// assert_eq!(serde_json::from_str::<Goal>(r#"{"drive":[4.0,2.0]}"#)?, Goal::Drive([4.0, 2.0].into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Goal {
    /// Clean a zone.
    Zone(ZoneId),
    /// Clean all zones of the floor.
    All,
    /// Clean an area; nothing where the owner has not bound it.
    Area(AreaId),
    /// Clean around a place.
    Spot(#[serde(with = "point")] Point2<f64>),
    /// Clean what a rectangle covers.
    Rect(#[serde(with = "rectangle")] Rect<f64>),
    /// Drive to a place.
    Drive(#[serde(with = "point")] Point2<f64>),
    /// Drive through places in their order.
    Path(#[serde(with = "points")] Vec<Point2<f64>>),
}

/// Something for the robot to do.
///
/// ```
/// use homeveil::key::{AreaId, Goal, Task};
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, redaction) = (Policy::default(), Redaction::none());
/// # let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
/// # let pose = nalgebra::Isometry2::translation(0.25, 0.25);
/// let task = key.resolve(pose, &Goal::Area(AreaId::new(3)))?;
/// assert!(matches!(task, Task::Nothing), "the owner has not bound it");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Task {
    /// Clean these cells.
    Clean(Region),
    /// Drive this path.
    Drive(LiftedPath),
    /// Nothing: the area is not bound, what was asked for is barred today, or no place was named.
    Nothing,
}

impl HouseKey {
    /// What a goal means on the current map: cells to clean or a path to drive. The robot keeps out of
    /// redacted rooms.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); the goal names a zone, area or place that the
    /// release does not have or that cannot be reached today; all is to be cleaned, and no zone has floor or can be
    /// reached; or the robot is to drive, and its pose is off the map or the path is too long to be found in bounded
    /// time.
    ///
    /// # Complexity
    /// O(cells), to drive O(cells · doors) for each place.
    pub fn resolve(&self, pose: Isometry2<f64>, goal: &Goal) -> Result<Task, KeyError> {
        self.resolve_using(&mut Navigator::new(), pose, goal)
    }

    /// As [`HouseKey::resolve`], in tables that are used again, and with the owner's choice on redacted rooms.
    ///
    /// # Errors
    /// As [`HouseKey::resolve`].
    ///
    /// # Complexity
    /// As [`HouseKey::resolve`].
    pub fn resolve_using(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        goal: &Goal,
    ) -> Result<Task, KeyError> {
        self.check_open()?;
        let clean = |region: Region| if region.is_empty() { Task::Nothing } else { Task::Clean(region) };
        Ok(match goal {
            Goal::Zone(zone) => clean(self.lift_zone(*zone)?),
            Goal::All => clean(self.lift_all()?),
            Goal::Area(area) if self.is_area_cut_off(*area) => return Err(KeyError::AreaUnreachable),
            Goal::Area(area) => clean(self.lift_area(*area)?),
            Goal::Rect(rect) => clean(self.lift_rect(*rect)?),
            Goal::Spot(at) => clean(self.lift_spot(*at)?),
            Goal::Drive(at) => Task::Drive(self.lift_path(navigator, pose, &[*at])?),
            Goal::Path(places) if places.is_empty() => Task::Nothing,
            Goal::Path(places) => Task::Drive(self.lift_route(navigator, pose, places)?),
        })
    }

    /// The cells to clean around a place: those of the place's own patch, and of the patches of its zone that a square
    /// of 1 m of the release covers by half at least. A patch is a block of the release, or some blocks where the home
    /// has few cells for them.
    ///
    /// A spot scales with the home, as rectangles do: it takes the share of the zone that it has of the drawing. A
    /// square of 1 m in the home would be the whole of a small zone.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); the place is outside the release; or its zone
    /// has no cells that the robot reaches.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_spot(&self, at: Point2<f64>) -> Result<Region, KeyError> {
        self.check_open()?;
        let own = self.patch_of_place(at)?;
        let corner = |by: f64| (at.x + by, at.y + by);
        let square = Rect::new(corner(-SPOT_HALF_M), corner(SPOT_HALF_M));
        let zone = self.patches[usize::from(own)].zone;
        let taken = self.covered(square, u32::MAX);
        let taken: Vec<bool> = (0..)
            .zip(taken.iter().zip(&self.patches))
            .map(|(number, (&taken, patch))| number == own || taken && patch.zone == zone)
            .collect();
        self.region_today(&taken)
    }
}

/// Prints no geometry.
impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clean(_) => "Clean",
            Self::Drive(_) => "Drive",
            Self::Nothing => "Nothing",
        })
    }
}

mod point {
    use nalgebra::Point2;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::key) fn serialize<S: Serializer>(at: &Point2<f64>, to: S) -> Result<S::Ok, S::Error> {
        [at.x, at.y].serialize(to)
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Point2<f64>, D::Error> {
        <[f64; 2]>::deserialize(from).map(Into::into)
    }
}

mod points {
    use alloc::vec::Vec;

    use nalgebra::Point2;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::key) fn serialize<S: Serializer>(path: &[Point2<f64>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(path.iter().map(|at| [at.x, at.y]))
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Point2<f64>>, D::Error> {
        Ok(<Vec<[f64; 2]>>::deserialize(from)?.into_iter().map(Into::into).collect())
    }
}

mod rectangle {
    use geo_types::{Coord, Rect};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Corners {
        min: [f64; 2],
        max: [f64; 2],
    }

    pub(in crate::key) fn serialize<S: Serializer>(rect: &Rect<f64>, to: S) -> Result<S::Ok, S::Error> {
        Corners { min: [rect.min().x, rect.min().y], max: [rect.max().x, rect.max().y] }.serialize(to)
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Rect<f64>, D::Error> {
        let corner = |[x, y]: [f64; 2]| Coord { x, y };
        Corners::deserialize(from).map(|corners| Rect::new(corner(corners.min), corner(corners.max)))
    }
}
