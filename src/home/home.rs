//! The private map itself.

use alloc::vec::Vec;

use nalgebra::Point2;

use super::error::HomeError;
use super::footprint::Footprint;
use super::keep_out::KeepOut;
use super::kind::RoomKind;
use super::labels::{FIRST_ROOM, RoomPiece};
use super::room::{Room, RoomId};
use crate::grid::standable::disc_rows;
use crate::grid::{Cell, RobotFrame, Shape, Span};

/// A private map, ready for the stages.
///
/// ```
/// use homeveil::home::{Footprint, Home, RoomKind};
/// let home = Home::from_drawing(0.5, Footprint::disc_m(0.1)?, "
///     #########
///     #aaa#bbb#
///     #aAabbbb#
///     #########
/// ", &[('b', RoomKind::Bedroom)])?.build()?;
/// assert_eq!(home.rooms()[1].kind(), Some(RoomKind::Bedroom));
/// assert_eq!(home.floor_m2(), 3.25);
/// # Ok::<(), homeveil::home::HomeError>(())
/// ```
#[derive(Clone)]
pub struct Home {
    pub(crate) shape: Shape,
    pub(crate) resolution_m: f64,
    /// Where the crop lies in the robot's frame.
    pub(crate) frame: RobotFrame,
    pub(crate) footprint: Footprint,
    pub(crate) cells: Vec<Cell>,
    /// [`NO_FLOOR`], [`LOOSE`], [`GAP`], or [`FIRST_ROOM`] and an index into `pieces`.
    pub(crate) labels: Vec<u16>,
    pub(crate) pieces: Vec<RoomPiece>,
    /// The rooms were found in the grid itself: free cells outside them become no room.
    pub(crate) found: bool,
    /// In the metres of the crop.
    pub(crate) dock: Option<Point2<f64>>,
    /// In the metres of the crop.
    pub(crate) keep_outs: Vec<KeepOut>,
}

impl Home {
    /// The rooms, for the owner to choose from, by id, each with its free cells in the grid that the home was built
    /// from. A room of several pieces is listed once.
    ///
    /// # Complexity
    /// O(cells + runs · log rooms + rooms²).
    #[must_use]
    pub fn rooms(&self) -> Vec<Room> {
        let mut rooms: Vec<Room> = Vec::new();
        for &RoomPiece { id, kind, .. } in &self.pieces {
            if let Err(at) = rooms.binary_search_by_key(&id, Room::id) {
                rooms.insert(at, Room::new(id, kind, Vec::new()));
            }
        }
        for (label, run) in Span::runs(&self.labels, self.shape.width) {
            let Some(piece) = self.piece(label) else { continue };
            if let Ok(at) = rooms.binary_search_by_key(&piece.id, Room::id) {
                rooms[at].runs.extend(run.out_of_crop(self.frame.corner_m, self.resolution_m));
            }
        }
        rooms
    }

    /// Gives a room the kind that its owner says it has.
    ///
    /// # Errors
    /// [`HomeError::UnknownRoom`]: the home has no such room.
    ///
    /// # Complexity
    /// O(rooms).
    ///
    /// ```
    /// use homeveil::home::{Footprint, Home, HomeError, RoomId, RoomKind};
    /// let home = Home::from_drawing(0.5, Footprint::disc_m(0.1)?, "
    ///     ######
    ///     #..aa#
    ///     ######
    /// ", &[])?.build()?;
    /// let id = home.rooms()[0].id();
    /// let home = home.with_kind(id, RoomKind::Kitchen)?;
    /// assert_eq!(home.rooms()[0].kind(), Some(RoomKind::Kitchen));
    /// assert_eq!(home.with_kind(RoomId::new(997), RoomKind::Kitchen).err(), Some(HomeError::UnknownRoom));
    /// # Ok::<(), HomeError>(())
    /// ```
    pub fn with_kind(mut self, room: RoomId, kind: RoomKind) -> Result<Self, HomeError> {
        let mut is_known = false;
        for piece in self.pieces.iter_mut().filter(|piece| piece.id == room) {
            (piece.kind, is_known) = (Some(kind), true);
        }
        if is_known { Ok(self) } else { Err(HomeError::UnknownRoom) }
    }

    /// Side of a cell in metres.
    #[must_use]
    pub const fn resolution_m(&self) -> f64 {
        self.resolution_m
    }

    /// Area of the free cells in square metres, for the owner's eyes.
    #[must_use]
    pub fn floor_m2(&self) -> f64 {
        self.area_m2(self.cells.iter().filter(|&&cell| cell == Cell::Free).count() as u64)
    }

    /// Square metres of so many cells.
    #[expect(clippy::cast_precision_loss, reason = "at most 2²⁴ cells")]
    pub(crate) fn area_m2(&self, cells: u64) -> f64 {
        cells as f64 * self.resolution_m * self.resolution_m
    }

    /// Half-widths of the footprint's rows in cells.
    pub(crate) fn disc(&self) -> Vec<u8> {
        disc_rows(self.footprint.radius_m() / self.resolution_m)
    }

    /// The index in `pieces` that a cell's label stands for; for a gap one that no piece has.
    pub(crate) fn piece_index(&self, cell: usize) -> Option<usize> {
        self.labels[cell].checked_sub(FIRST_ROOM).map(usize::from)
    }

    /// The piece whose floor a label marks.
    pub(crate) fn piece(&self, label: u16) -> Option<&RoomPiece> {
        self.pieces.get(usize::from(label.checked_sub(FIRST_ROOM)?))
    }
}

private_debug!(Home);
