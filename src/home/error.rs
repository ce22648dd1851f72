//! Why a home was refused.

use super::limits::{MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_RADIUS_M, MAX_ROOMS, MIN_RADIUS_M};
use crate::grid::GridError;

/// Why a home was refused. The text names the limit or the field, never a value of the home.
///
/// ```
/// use homeveil::home::{Footprint, HomeError};
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
    /// The keep-outs have more than [`MAX_OUTLINE_CORNERS`] corners together.
    #[error("all keep-outs of a home may have at most {MAX_OUTLINE_CORNERS} corners together")]
    Corners,
    /// Two rooms have the same id.
    #[error("each room id may be given once, with all cells of the room")]
    RoomTwice,
    /// A room has cells outside the grid.
    #[error("a room has cells outside the grid: give its runs in the grid's own cells")]
    RoomOutside,
    /// Two rooms have a cell in common.
    #[error("two rooms share a cell: a cell may belong to one room at most")]
    RoomsOverlap,
    /// A kind is given to a room that the home does not have.
    #[error("the room that is given a kind is not in the map: use the ids of the robot's rooms")]
    UnknownRoom,
    /// A position is not a finite number.
    #[error("dock and keep-outs must be given in finite metres")]
    Position,
}
