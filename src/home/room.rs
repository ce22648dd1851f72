//! Rooms as the robot names them.

use alloc::vec::Vec;
use core::fmt;

use super::RoomKind;
use crate::grid::Span;
use crate::grid::sorted::sort_numbers;

number! {
    /// The robot's own number of a room (a segment id, say). It never reaches a release. Floor that belongs to no room
    /// of the robot's has numbers from 2³¹ on, where it is a room.
    ///
    /// ```
    /// use homeveil::home::RoomId;
    /// assert_eq!(RoomId::new(16).to_string(), "16");
    /// ```
    RoomId(u32)
}

/// Ids of rooms, to be looked up.
pub(crate) struct RoomIds(Vec<u32>);

impl RoomIds {
    /// # Complexity
    /// O(ids · log ids).
    pub(crate) fn of(ids: impl Iterator<Item = RoomId>) -> Self {
        let mut ids: Vec<u32> = ids.map(RoomId::get).collect();
        sort_numbers(&mut ids);
        Self(ids)
    }

    /// # Complexity
    /// O(log ids).
    pub(crate) fn has(&self, id: RoomId) -> bool {
        self.0.binary_search(&id.get()).is_ok()
    }

    /// One of them came twice.
    pub(crate) fn has_any_twice(&self) -> bool {
        self.0.windows(2).any(|pair| pair[0] == pair[1])
    }
}

/// A room: the robot's number for it, its kind where one is known, and its cells. A home is built from rooms
/// ([`HomeBuilder::rooms`](super::HomeBuilder::rooms)) and lists the rooms that it has
/// ([`Home::rooms`](super::Home::rooms)).
///
/// Where a home is built, cells that are not free in the grid are passed over, so a room may cover walls and furniture.
///
/// ```
/// use homeveil::grid::Span;
/// use homeveil::home::{Room, RoomId, RoomKind};
/// let room = Room::new(RoomId::new(3), Some(RoomKind::Kitchen), vec![Span::new(4, 7, 12)?]);
/// assert_eq!(room.runs().len(), 1);
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone)]
pub struct Room {
    pub(crate) id: RoomId,
    pub(crate) kind: Option<RoomKind>,
    pub(crate) runs: Vec<Span>,
}

impl Room {
    /// A room from its cells.
    #[must_use]
    pub const fn new(id: RoomId, kind: Option<RoomKind>, runs: Vec<Span>) -> Self {
        Self { id, kind, runs }
    }

    /// The robot's number of it.
    #[must_use]
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Its cells.
    #[must_use]
    pub fn runs(&self) -> &[Span] {
        &self.runs
    }

    /// Its kind, if known.
    #[must_use]
    pub const fn kind(&self) -> Option<RoomKind> {
        self.kind
    }
}

/// Prints no geometry.
impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}
