//! What the cloud asks for as something to do.

use core::fmt;

use geo_types::Rect;
use nalgebra::{Isometry2, Point2};

use crate::key::lift::paths::{DoorCrossing, LiftedPath};
use crate::key::{Goal, HouseKey, LiftError, Region};
use crate::navigate::Navigator;

/// Half the side of the square that "clean here" means, in metres of the release. Robots clean a spot of about
/// 1 m × 1 m.
const SPOT_HALF_M: f64 = 0.5;

/// Something for the robot to do.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Task {
    /// Clean these cells.
    Clean(Region),
    /// Drive this way.
    Drive(LiftedPath),
    /// Nothing: the area is not bound, what was asked for is barred today, or no place was named.
    Nothing,
}

impl HouseKey {
    /// What a goal means on the current map: cells to clean or a way to drive. RedactedCells rooms are kept out of.
    ///
    /// # Errors
    /// The goal names a zone, area or place that the release does not have, or cannot be come to today; or the
    /// robot is to drive, and its pose is off the map.
    ///
    /// # Complexity
    /// O(cells), to drive O(cells · doors) for each place.
    ///
    /// ```
    /// use homeveil::key::{AreaId, Goal, Task};
    /// # use homeveil::home::{Footprint, Home};
    /// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
    /// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
    /// #     ###########
    /// #     #aaaa#bbbb#
    /// #     #aAaabbbbb#
    /// #     #aaaabbbbb#
    /// #     #aaaabbbbb#
    /// #     ###########
    /// # ", &[])?.build()?;
    /// # let policy = Policy::default();
    /// # let (_, key) =
    /// #     anonymize(&home, &Redaction::none(), &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
    /// # let pose = nalgebra::Isometry2::translation(0.25, 0.25);
    /// let task = key.resolve(pose, &Goal::Area(AreaId::new(3)))?;
    /// assert!(matches!(task, Task::Nothing), "the owner has not bound it");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve(&self, pose: Isometry2<f64>, goal: &Goal) -> Result<Task, LiftError> {
        self.resolve_in_order(&mut Navigator::new(), pose, goal, DoorCrossing::Avoid)
    }

    /// As [`HouseKey::resolve`], in tables that are used again, and with the owner's word on redacted rooms.
    ///
    /// # Errors
    /// As [`HouseKey::resolve`].
    ///
    /// # Complexity
    /// As [`HouseKey::resolve`].
    pub fn resolve_in_order(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        goal: &Goal,
        passing: DoorCrossing,
    ) -> Result<Task, LiftError> {
        let clean = |region: Region| if region.is_empty() { Task::Nothing } else { Task::Clean(region) };
        Ok(match goal {
            Goal::Zone(zone) => clean(self.lift_zone(*zone)?),
            Goal::Area(area) => clean(self.lift_area(*area)?),
            Goal::Rect(rect) => clean(self.lift_rect(*rect)?),
            Goal::Spot(at) => clean(self.lift_spot(*at)?),
            Goal::Drive(at) => Task::Drive(self.lift_path(navigator, pose, &[*at], passing)?),
            Goal::Path(places) if places.is_empty() => Task::Nothing,
            Goal::Path(places) => Task::Drive(self.lift_route_by_doors(navigator, pose, places, passing)?),
        })
    }

    /// The cells to clean about a place: those of the blocks of its zone of which a square of 1 m of the
    /// release covers half at least, and of the place's own.
    ///
    /// A spot is so scaled with the home, as its rectangles are: it takes the share of the zone that it has of
    /// the drawing. A square of 1 m in the home would be the whole of a small zone.
    ///
    /// # Errors
    /// The place is outside the release, or its zone has no floor that the robot can come to.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_spot(&self, at: Point2<f64>) -> Result<Region, LiftError> {
        let own = self.patch_of_place(at)?;
        let corner = |by: f64| (at.x + by, at.y + by);
        let square = Rect::new(corner(-SPOT_HALF_M), corner(SPOT_HALF_M));
        let zone = self.patches[usize::from(own)].zone;
        let taken = self.covered(square);
        Ok(self.region(|patch| {
            patch == own || taken[usize::from(patch)] && self.patches[usize::from(patch)].zone == zone
        }))
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
