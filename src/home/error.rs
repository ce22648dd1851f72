//! Why a home was refused, or what its owner draws on it or redacts.

use super::limits::{
    MAX_DOCK_M, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_RADIUS_M, MAX_ROOMS, MAX_STRIP_M, MIN_RADIUS_M,
};
use crate::grid::{GridError, MAX_ORIGIN_M};

/// Why a home was refused, or an outline that its owner draws, or a redaction. The text says what would be right, and
/// no value of the home. Without the feature `geo`, outlines that cross themselves or have no inside are not found.
///
/// ```
/// use geo_types::polygon;
/// use homeveil::home::{Footprint, HomeError, KeepOut};
///
/// //  4 x---x 3        4 x   x 2
/// //    |   |            |\ /|
/// //    |   |            | x |
/// //    |   |            |/ \|
/// //  1 x---x 2        1 x   x 3
/// let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
/// let bow_tie = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 1.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
/// assert_eq!(KeepOut::Area(square).check(), Ok(()));
/// # #[cfg(feature = "geo")]
/// assert_eq!(KeepOut::Area(bow_tie).check(), Err(HomeError::CrossesItself));
/// let refused = Footprint::disc_m(0.0);
/// assert_eq!(refused, Err(HomeError::Footprint));
/// assert_eq!(HomeError::Footprint.to_string(), "the robot's radius must be between 0.02 and 1 metres");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HomeError {
    /// The grid is not valid.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// The robot's radius is outside the limits.
    #[error("the robot's radius must be between {MIN_RADIUS_M} and {MAX_RADIUS_M} metres")]
    Footprint,
    /// More than [`MAX_ROOMS`] rooms.
    #[error("a home may have at most {MAX_ROOMS} rooms")]
    Rooms,
    /// More than [`MAX_KEEP_OUTS`] keep-outs.
    #[error("a home may have at most {MAX_KEEP_OUTS} keep-outs")]
    KeepOuts,
    /// An outline, all keep-outs, or all regions of a redaction have more than [`MAX_OUTLINE_CORNERS`] corners
    /// together.
    #[error(
        "an outline may have at most {MAX_OUTLINE_CORNERS} corners, and so may all keep-outs of a home, or all regions \
         to redact, together"
    )]
    Corners,
    /// Two rooms have the same id, or a room of a grid of labels has two kinds.
    #[error("each room id may be given once, with all cells of the room and with one kind")]
    RoomTwice,
    /// A room has cells outside the grid.
    #[error("a room has cells outside the grid: give its runs in the grid's own cells")]
    RoomOutside,
    /// Two rooms have a cell in common, or a room has one twice.
    #[error("a cell is named twice: it may belong to one room at most, and to it once")]
    RoomsOverlap,
    /// A room is named, to have a kind or to be redacted, that the home does not have.
    #[error("a room that is named is not in the map: use the ids of the robot's rooms")]
    UnknownRoom,
    /// Kinds are to be redacted, but there are rooms whose kind is not known.
    #[error(
        "rooms are to be redacted by kind, but not every room has one: give the rooms kinds, name the rooms to redact \
         by their ids, and say whether the others without a kind are kept or redacted"
    )]
    Unlabelled,
    /// A position is not a finite number.
    #[error("dock, keep-outs and outlines must be given in finite metres")]
    Position,
    /// The grid's origin is no pose, or too far from zero.
    #[error(
        "the grid's origin must be a pose of finite numbers, up to {MAX_ORIGIN_M} metres from zero along each axis"
    )]
    Origin,
    /// The dock is farther than [`MAX_DOCK_M`] from all free floor.
    #[error(
        "the dock must lie within {MAX_DOCK_M} metre of free floor: give it in the same frame as the grid's origin, or \
         leave it out"
    )]
    Dock,
    /// A ring of an outline has less than three corners that are not on one line.
    #[error("the outline has no inside: draw it with at least three corners that are not on one line")]
    NoInside,
    /// An edge of a ring meets another edge of the ring, other than at the corner that they share.
    #[error("the outline crosses itself: draw it so that its edges meet at corners only")]
    CrossesItself,
    /// A hole reaches out of the outline or into another hole, or shares a stretch of an edge with one.
    #[error(
        "a hole overlaps the outline or another hole: draw holes inside the outline and apart from one another"
    )]
    HolesOverlap,
    /// Strips of unknown floor would be wider than [`MAX_STRIP_M`].
    #[error("strips of the unknown that count as floor must be between 0 and {MAX_STRIP_M} metres wide")]
    Strips,
}
