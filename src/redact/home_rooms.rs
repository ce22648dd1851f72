//! Which piece of floor is the home.
//!
//! A map often holds more than the home: a garage with a door of its own, a landing, the floor on the other side of a
//! window. Rooms that doors join, through redacted ones or not, are a *group*. One group is the home, and this is the
//! one place that says which; the sketch, the zones and the reach of the key all follow. The rule looks at what a
//! release may depend on and at nothing else, so redacted rooms, keep-outs and clutter do not move it:
//!
//! * With a dock, the group of its room (of the room that its redacted room hangs from). A robot that charges in a
//!   niche can be mapped with a little floor around it that touches nothing else; so a group with less than a
//!   twentieth of the floor of all is not the home, and the nearest room of another group takes its place.
//! * Without a dock, the group with most floor. Its largest room takes the dock's place.
//!
//! Of several such groups it is the one with most floor; of those alike in that, the one whose rooms have more floor
//! and more doors. How rooms are numbered plays no part. Where that leaves several, all are handed on, and the sketch
//! takes the one that it draws first: they differ in how their rooms lie, which is for the sketch to say.

use alloc::vec::Vec;

use super::room_graph::RoomGraph;
use super::room_labels::RoomLabels;
use crate::grid::narrow;
use crate::grid::sorted::sort_number_pairs;

/// A group of rooms, or a piece of standable cells, this many times smaller than all of them is not where the dock is:
/// a robot that charges in a niche is mapped with a little floor around it that touches nothing else.
pub(crate) const TINY: u64 = 20;

/// The home, or several groups as good as each other.
pub(super) struct HomeRooms {
    /// The rooms of each group, ascending.
    pub(super) groups: Vec<Vec<usize>>,
    /// The rooms that may be the dock's: several where geometry leaves it open.
    pub(super) roots: Vec<usize>,
}

/// The groups that may be the home, and the rooms of them that may be the dock's. `area` is 0 for rooms that are not
/// there; `dock_rooms` are those that the dock is in or hangs from.
///
/// # Complexity
/// O((rooms + doors) · log doors), and O(runs) where the dock is in no large group.
pub(super) fn home_rooms(
    floor: &RoomLabels,
    graph: &RoomGraph,
    area: &[u32],
    dock: &[(i64, i64)],
    mut dock_rooms: Vec<usize>,
) -> HomeRooms {
    let group_of = graph.groups(&|room| area[room] > 0);
    let mut groups: Vec<(u64, Vec<usize>)> = Vec::new();
    for (room, group) in group_of.iter().enumerate() {
        let Some(group) = *group else { continue };
        if groups.len() <= group {
            groups.resize(group + 1, (0, Vec::new()));
        }
        groups[group].0 += u64::from(area[room]);
        groups[group].1.push(room);
    }
    let all: u64 = groups.iter().map(|(floor, _)| floor).sum();
    let floor_of = |room: usize| group_of[room].map_or(0, |group| groups[group].0);
    let is_tiny = |room: usize| floor_of(room) * TINY < all;
    if dock.is_empty() {
        let most = groups.iter().map(|(floor, _)| *floor).max().unwrap_or(0);
        dock_rooms = groups
            .iter()
            .filter(|(floor, _)| *floor == most)
            .flat_map(|(_, own)| largest(area, own.iter().copied()))
            .collect();
    } else {
        dock_rooms.retain(|&room| !is_tiny(room));
        if dock_rooms.is_empty() {
            let nearest = floor.nearest(dock, |room| !is_tiny(room));
            dock_rooms = largest(area, nearest.iter().map(|&cell| usize::from(floor.labels[cell]) - 1));
        }
    }
    let signature = |group: usize| {
        let (floor, own) = &groups[group];
        let mut rooms: Vec<_> =
            own.iter().map(|&room| (area[room], narrow(graph.around(room).len()))).collect();
        sort_number_pairs(&mut rooms);
        (*floor, rooms)
    };
    let mut homes: Vec<usize> = dock_rooms.iter().filter_map(|&room| group_of[room]).collect();
    homes.sort_unstable();
    homes.dedup();
    if homes.len() > 1 {
        let signatures: Vec<_> = homes.iter().map(|&group| signature(group)).collect();
        let most = signatures.iter().max();
        homes = homes
            .iter()
            .zip(&signatures)
            .filter(|(_, own)| Some(*own) == most)
            .map(|(&group, _)| group)
            .collect();
    }
    dock_rooms.retain(|&room| group_of[room].is_some_and(|group| homes.binary_search(&group).is_ok()));
    dock_rooms.sort_unstable();
    dock_rooms.dedup();
    let groups = homes.iter().map(|&group| core::mem::take(&mut groups[group].1)).collect();
    HomeRooms { groups, roots: dock_rooms }
}

/// The largest of some rooms, all of them where several are equally large; none without cells.
pub(super) fn largest(area: &[u32], rooms: impl Iterator<Item = usize> + Clone) -> Vec<usize> {
    let most = rooms.clone().map(|room| area[room]).max().unwrap_or(0);
    rooms.filter(|&room| most > 0 && area[room] == most).collect()
}
