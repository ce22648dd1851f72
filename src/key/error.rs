//! Why a key refuses what it is asked.

use crate::atlas::{FRAME, ZoneId};
use crate::home::HomeError;
use crate::navigate::SNAP_M;

/// A pose this far outside the crop still counts as at its border: odometry drifts.
pub(super) const BORDER_M: f64 = 1.0;

/// Why something of the release has no real counterpart, a pose no place on the release, or a mark was not made or
/// removed. The text names no room and no place of the home.
///
/// ```
/// use homeveil::atlas::ZoneId;
/// use homeveil::home::{Footprint, Home};
/// use homeveil::key::{KeyError, MarkId};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// let shut = KeyError::Unreachable { zone: ZoneId::new(2) };
/// assert_eq!(shut.to_string(), "zone 2 is unreachable today");
///
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// # let (_, mut key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// assert_eq!(key.remove_mark(MarkId::new(7), &home), Err(KeyError::UnknownMark));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The place is outside the release, or not finite.
    #[error(
        "a place must be given in finite metres inside the release, {} by {} cells of {} m",
        FRAME.width, FRAME.height, FRAME.resolution
    )]
    Outside,
    /// The release has no zone of this number.
    #[error("the release has no zone of this number")]
    UnknownZone,
    /// The key has no area of this number.
    #[error("the key has no area of this number")]
    UnknownArea,
    /// The zone has no cells that the robot reaches on the current map.
    #[error("zone {zone} is unreachable today")]
    Unreachable {
        /// The zone, as the release numbers it.
        zone: ZoneId,
    },
    /// The area is bound, and the robot gets to less than a tenth of its floor today, what is barred of it apart.
    #[error("the area is unreachable today")]
    AreaUnreachable,
    /// The pose is not finite, or farther than [`SNAP_M`] from where the robot can stand.
    #[error("the pose must lie within {SNAP_M} m of where the robot can stand")]
    Pose,
    /// The pose is not finite, or more than a metre outside the map.
    #[error("a pose must be given in finite metres, at most {BORDER_M} m outside the map")]
    OffMap,
    /// No zone has cells on this map.
    #[error("no zone has floor on this map")]
    NoZone,
    /// The path past all places takes too long to find.
    #[error("the path is too long: name fewer places, or places nearer to one another")]
    TooLong,
    /// The owner barred something that has no certain place on today's map, which is not recognized.
    #[error(
        "today's map is not recognized, and nobody knows where barred places lie on it: wait for a map that is, or \
         let the owner confirm this one or remove the bars"
    )]
    UnplacedBars,
    /// The owner redacted something that has no certain place on today's map, which is not recognized. Where that is a
    /// room by a number that no map has, no confirmation opens the key: ask for another, or for none.
    #[error(
        "today's map is not recognized, and nobody knows where redacted rooms lie on it: wait for a map that is, or \
         let the owner confirm this one"
    )]
    UnplacedRedaction,
    /// No path on the current map leads to the zone without crossing what the robot must keep out of.
    #[error("zone {zone} has no open path to it today")]
    NoPath {
        /// The zone, as the release numbers it.
        zone: ZoneId,
    },
    /// There is no such mark on today's map.
    #[error("today's map has no mark of this number: list its marks")]
    UnknownMark,
    /// The map is not the one that the key was made for or fitted to last: it has other sides, another resolution or
    /// another frame. These alone are compared, not the cells.
    #[error("the map must be the one that the key was fitted to last")]
    OtherMap,
    /// The outline or the redaction is refused.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// There is no cell to mark: the rooms are unknown or no part of the home, or the region lies in no zone.
    #[error("there is nothing to mark: a place needs floor, an area floor of the home")]
    Nothing,
    /// The place is far from the map.
    #[error("a place must lie near the map")]
    TooFar,
    /// The map has as many bars, or as many marks of all kinds, as there may be.
    #[error("there are too many bars or other marks: remove some")]
    TooMany,
}
