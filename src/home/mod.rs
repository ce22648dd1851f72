//! The private map: what the robot knows of one home, and all that the later stages may read of it.
//!
//! A [`Home`] has no field for names, floor materials, paths, detected obstacles, timestamps or ids of maps;
//! what is not there cannot leak (corollary N1 of the promise). It has no `Serialize`, and its `Debug` prints
//! no geometry.
//!
//! Building one puts the floor in order, with rules that hold alike for a mirrored, turned or shifted map:
//!
//! * the grid is cropped to what is known;
//! * a room is one connected piece of floor. Pieces of its label that lie apart become rooms of their own
//!   with the same id and kind when they are at least [`LEAST_ROOM_M2`] large, and otherwise *fragments*,
//!   which no zone is built from and which go when their room goes;
//! * floor without a room becomes a room without a kind where it is large and the robot fits in; thin rays of
//!   it (a laser that saw through a window) stay without a room; small gaps between rooms, as robots leave
//!   them in doorways, are marked, and go to the nearest room once redaction has said which rooms are left.

mod builder;
mod drawing;
mod error;
mod footprint;
mod home;
pub(crate) mod keep_out;
mod kind;
mod kind_names;
mod kind_of_name;
mod labels;
mod limits;
pub(crate) mod outline;
mod piece_labels;
mod room;

pub use builder::HomeBuilder;
pub use error::HomeError;
pub use footprint::Footprint;
pub use home::Home;
pub use keep_out::KeepOut;
pub use kind::RoomKind;
pub use kind_of_name::MAX_NAME_BYTES;
#[cfg(all(test, feature = "synth"))]
pub(crate) use labels::LOOSE;
pub(crate) use labels::{FIRST_ROOM, GAP, NO_FLOOR, RoomPiece};
pub use limits::{LEAST_ROOM_M2, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_RADIUS_M, MAX_ROOMS, MIN_RADIUS_M};
pub use outline::OutlineError;
pub(crate) use piece_labels::PieceLabels;
pub use room::{Room, RoomId};
