//! The private map itself.

use core::fmt;

use nalgebra::Point2;

use super::footprint::Footprint;
use super::keep_out::KeepOut;
use super::kind::RoomKind;
use super::labels::{FIRST_ROOM, RoomPiece};
use super::room::RoomId;
use crate::grid::standable::disc_rows;
use crate::grid::{Cell, Shape};

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
    pub(crate) pieces: Vec<RoomPiece>,
    /// In the metres of the crop.
    pub(crate) dock: Option<Point2<f64>>,
    /// In the metres of the crop.
    pub(crate) keep_outs: Vec<KeepOut>,
}

impl Home {
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
        disc_rows(self.footprint.radius_m() / self.resolution_m)
    }

    /// The piece whose floor a label marks.
    pub(crate) fn piece(&self, label: u16) -> Option<&RoomPiece> {
        self.pieces.get(usize::from(label.checked_sub(FIRST_ROOM)?))
    }
}

/// Prints no geometry and no number of anything: the map is private.
impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Home").finish_non_exhaustive()
    }
}
