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

pub(crate) mod builder;
mod drawing;
pub(crate) mod keep_out;
mod kind;
mod kind_names;
mod room;

use core::fmt;

use nalgebra::Point2;

use crate::grid::standable::disc_rows;
use crate::grid::{Cell, Shape};

pub use builder::{HomeBuilder, HomeError, LEAST_ROOM_M2, MAX_KEEP_OUTS, MAX_OUTLINE_CORNERS, MAX_ROOMS};
pub use keep_out::KeepOut;
pub use kind::{MAX_NAME_BYTES, RoomKind};
pub use room::{Room, RoomId};

/// Smallest radius of a robot, in metres.
pub const MIN_RADIUS_M: f64 = 0.02;

/// Largest radius of a robot, in metres.
pub const MAX_RADIUS_M: f64 = 1.0;

/// The floor that a robot covers where it stands: a disc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Footprint {
    radius_m: f64,
}

impl Footprint {
    /// A disc of this radius in metres; 0.17 is a usual robot vacuum.
    ///
    /// # Errors
    /// The radius is not between [`MIN_RADIUS_M`] and [`MAX_RADIUS_M`].
    pub fn disc_m(radius_m: f64) -> Result<Self, HomeError> {
        if (MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m) {
            Ok(Self { radius_m })
        } else {
            Err(HomeError::Footprint)
        }
    }

    /// The radius in metres.
    #[must_use]
    pub const fn radius_m(self) -> f64 {
        self.radius_m
    }
}

/// Label of a cell that is no floor.
pub(crate) const NO_FLOOR: u16 = 0;
/// Label of floor without a room.
pub(crate) const LOOSE: u16 = 1;
/// Label of a small piece of floor without a room.
pub(crate) const GAP: u16 = u16::MAX;
/// Label of the first room's floor.
pub(crate) const FIRST_ROOM: u16 = 2;

/// A connected piece of a room as the stages see it, or the fragments of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) id: RoomId,
    pub(crate) kind: Option<RoomKind>,
    /// Specks of a room that lie apart from it: they go when the room goes, and count for nothing else.
    pub(crate) fragment: bool,
}

/// A private map, ready for the stages.
#[derive(Clone)]
pub struct Home {
    pub(crate) shape: Shape,
    pub(crate) resolution_m: f64,
    /// Lower left corner of the crop in the metres of the grid it came from.
    pub(crate) corner_m: [f64; 2],
    pub(crate) footprint: Footprint,
    pub(crate) cells: Vec<Cell>,
    /// [`NO_FLOOR`], [`LOOSE`], [`GAP`], or [`FIRST_ROOM`] and an index into `pieces`.
    pub(crate) labels: Vec<u16>,
    pub(crate) pieces: Vec<Piece>,
    /// In the metres of the crop.
    pub(crate) dock: Option<Point2<f64>>,
    /// In the metres of the crop.
    pub(crate) keep_outs: Vec<KeepOut>,
}

impl Home {
    /// A builder on a grid and the robot's footprint. See [`HomeBuilder`].
    #[must_use]
    pub const fn builder(grid: crate::grid::OccupancyGrid, footprint: Footprint) -> HomeBuilder {
        HomeBuilder::new(grid, footprint)
    }

    /// The rooms' ids and kinds, for the owner to choose from; a room of several pieces comes once.
    #[must_use]
    pub fn rooms(&self) -> Vec<(RoomId, Option<RoomKind>)> {
        let mut rooms: Vec<_> = self.pieces.iter().map(|piece| (piece.id, piece.kind)).collect();
        rooms.sort_unstable();
        rooms.dedup();
        rooms
    }

    /// Area of the free floor in square metres, for the owner's eyes.
    #[must_use]
    pub fn floor_m2(&self) -> f64 {
        let free = self.cells.iter().filter(|&&cell| cell == Cell::Free).count();
        #[expect(clippy::cast_precision_loss, reason = "at most 2²⁴ cells")]
        {
            free as f64 * self.resolution_m * self.resolution_m
        }
    }

    /// Half-widths of the footprint's rows in cells.
    pub(crate) fn disc(&self) -> Vec<u8> {
        disc_rows(self.footprint.radius_m / self.resolution_m)
    }

    /// The piece whose floor a label marks.
    pub(crate) fn piece(&self, label: u16) -> Option<&Piece> {
        self.pieces.get(usize::from(label.checked_sub(FIRST_ROOM)?))
    }
}

/// Prints no geometry and no number of anything: the map is private.
impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Home").finish_non_exhaustive()
    }
}
