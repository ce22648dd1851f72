//! Marked cells, room by room.

use alloc::vec::Vec;

use crate::grid::narrow;
use crate::grid::sorted::ByKey;
use crate::home::{FIRST_ROOM, Home, RoomId};

/// Marked cells of a home, by the room that they belong to, each ascending. Gaps go with the room next to them; cells
/// without a room near come last.
pub(in crate::key) fn cells_by_room(home: &Home, marked: &[bool]) -> Vec<Vec<usize>> {
    if !marked.contains(&true) {
        return Vec::new();
    }
    let shape = home.shape;
    let is_room = |cell: usize| {
        marked[cell] && home.labels[cell] >= FIRST_ROOM && home.piece(home.labels[cell]).is_some()
    };
    let in_rooms = (0..narrow(shape.len())).filter(|&cell| is_room(cell as usize)).collect();
    let source = shape.nearest_along(in_rooms, |cell| marked[cell]);
    let mut rooms: ByKey<Option<RoomId>, Vec<usize>> = ByKey::new();
    let room_of = |cell: u32| home.piece(*home.labels.get(cell as usize)?).map(|piece| piece.id);
    for cell in (0..shape.len()).filter(|&cell| marked[cell]) {
        rooms.or_insert_with(room_of(source[cell]), Vec::new).push(cell);
    }
    rooms.into_values().rev().collect()
}
