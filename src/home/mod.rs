//! The private map: what the robot knows of one home, and all that the later stages may read of it.
//!
//! A [`HomeBuilder`] takes an occupancy grid, where it lies in the robot's frame, the robot's rooms, dock and
//! keep-outs, checks them, and builds a [`Home`]; [`Home::from_labels`] takes a grid of room numbers. A home has no
//! field for names, floor materials, paths, detected obstacles, timestamps or ids of maps: what is not there cannot
//! leak (corollary N1 of the promise). It has no `Serialize`, and its `Debug` prints no geometry.
//!
//! Building puts the labels in order, by rules that give the mirrored result for a mirrored, turned or shifted map:
//!
//! * The grid is cropped to what is known.
//! * A narrow strip of unknown cells that parts the home becomes floor (`strips`): a threshold no laser ray grazed.
//! * A room is one connected piece of free cells. Pieces of one label that lie apart become rooms of their own, with
//!   the same id and kind, if they have at least [`LEAST_ROOM_M2`] or none of the room is larger. Smaller ones are
//!   *fragments*: no zone is built from them, and they are redacted with their room. So are all but the eight largest,
//!   and all that are equally large if there is no place for all of them. How large a piece is counts with all that it
//!   encloses.
//! * Free cells without a room become a room without a kind where they are many and the robot fits in. Long thin rays
//!   (a laser that saw through a window) stay without a room. What other floor encloses is no room: it belongs to what
//!   is around.
//! * Small gaps between rooms, as robots leave them in doorways, are marked. They go to the nearest room after
//!   redaction, when it is known which rooms are left.

mod builder;
mod drawing;
mod error;
mod footprint;
mod home;
pub(crate) mod keep_out;
mod kind;
mod kind_names;
mod kind_of_name;
mod label_grid;
mod labels;
mod limits;
pub(crate) mod outline;
mod piece_labels;
#[cfg(any(feature = "formats", feature = "synth"))]
mod robot_map;
mod room;
mod strips;

pub use builder::HomeBuilder;
pub use error::HomeError;
pub use footprint::Footprint;
pub use home::Home;
pub use keep_out::KeepOut;
pub use kind::RoomKind;
pub use kind_of_name::MAX_NAME_BYTES;
pub(crate) use labels::{FIRST_ROOM, GAP, LOOSE, NO_FLOOR, PieceOrigin, RoomPiece};
pub use limits::{
    LEAST_ROOM_M2, MAX_DOCK_M, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_RADIUS_M, MAX_ROOMS, MAX_STRIP_M,
    MIN_RADIUS_M, STRIP_M,
};
pub(crate) use piece_labels::PieceLabels;
#[cfg(feature = "formats")]
pub(crate) use robot_map::FileFrame;
#[cfg(any(feature = "formats", feature = "synth"))]
pub use robot_map::RobotMap;
pub(crate) use room::RoomIds;
pub use room::{Room, RoomId};
