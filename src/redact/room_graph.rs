//! The graph of rooms, in memory that grows with the doors of the home.
//!
//! Redaction joins all rooms around a cluster pairwise. A corridor with a thousand rooms would become half a million
//! doors, so such rooms are kept as a set, and the doors between them are listed one room at a time.

use alloc::vec::Vec;

use crate::grid::sorted::{sort_pairs, sort_short};
use crate::home::MAX_ROOMS;

/// Rooms, doors between two of them, and sets of rooms with a door between any two.
#[derive(Clone, Default)]
pub(crate) struct RoomGraph {
    rooms: usize,
    /// In both directions, ascending.
    doors: Vec<(u16, u16)>,
    /// Number of a set and a room in it, ascending; and the reverse.
    sets: Vec<(u16, u16)>,
    sets_of: Vec<(u16, u16)>,
}

impl RoomGraph {
    /// The graph of so many rooms with a door between each pair that `each` calls its argument with, in any order.
    ///
    /// # Complexity
    /// O(pairs · log pairs) time, and memory for twice the different ones.
    pub(crate) fn of(rooms: usize, each: impl FnOnce(&mut dyn FnMut(u16, u16))) -> Self {
        let mut doors: Vec<(u16, u16)> = Vec::new();
        let mut room = 4 * MAX_ROOMS;
        each(&mut |a, b| {
            let pair = (a.min(b), a.max(b));
            if doors.last() == Some(&pair) {
                return;
            }
            // Two rooms may meet in many places.
            if doors.len() == room {
                sort_pairs(&mut doors);
                doors.dedup();
                room = room.max(2 * doors.len());
            }
            doors.push(pair);
        });
        sort_pairs(&mut doors);
        doors.dedup();
        doors.extend_from_within(..);
        let back = doors.len() / 2;
        doors[back..].iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
        sort_pairs(&mut doors);
        Self { rooms, doors, sets: Vec::new(), sets_of: Vec::new() }
    }

    /// Joins the rooms of each set pairwise.
    pub(super) fn join_sets(&mut self, sets: &[Vec<u16>]) {
        self.sets =
            (0..).zip(sets).flat_map(|(set, rooms)| rooms.iter().map(move |&room| (set, room))).collect();
        sort_pairs(&mut self.sets);
        self.sets.dedup();
        self.sets_of = self.sets.iter().map(|&(set, room)| (room, set)).collect();
        sort_pairs(&mut self.sets_of);
    }

    /// Number of rooms.
    pub(crate) const fn len(&self) -> usize {
        self.rooms
    }

    /// The rooms that a door leads to, ascending.
    pub(crate) fn around(&self, room: usize) -> Vec<u16> {
        let sets = of(&self.sets_of, room).flat_map(|set| of(&self.sets, set.into()));
        let mut around: Vec<u16> = of(&self.doors, room).chain(sets).collect();
        around.retain(|&other| usize::from(other) != room);
        sort_short(&mut around);
        around.dedup();
        around
    }

    /// The rooms reached from a start over rooms that `pass` lets through, the start included.
    ///
    /// # Complexity
    /// O((rooms + doors) · log doors), each set counted once.
    pub(super) fn reached(&self, start: usize, pass: impl Fn(usize) -> bool) -> Vec<usize> {
        self.reached_unseen(start, pass, &mut self.nothing_seen())
    }

    /// As [`RoomGraph::reached`], over what has not been seen before.
    fn reached_unseen(&self, start: usize, pass: impl Fn(usize) -> bool, seen: &mut Seen) -> Vec<usize> {
        let Seen { rooms: seen, sets: sets_seen } = seen;
        seen[start] = true;
        let mut reached = vec![start];
        let mut next = 0;
        while let Some(&room) = reached.get(next) {
            next += 1;
            let mut enter = |other: u16| {
                let other = usize::from(other);
                if pass(other) && !core::mem::replace(&mut seen[other], true) {
                    reached.push(other);
                }
            };
            of(&self.doors, room).for_each(&mut enter);
            for set in of(&self.sets_of, room) {
                if !core::mem::replace(&mut sets_seen[usize::from(set)], true) {
                    of(&self.sets, set.into()).for_each(&mut enter);
                }
            }
        }
        reached
    }

    fn nothing_seen(&self) -> Seen {
        let sets = self.sets.last().map_or(0, |&(set, _)| usize::from(set) + 1);
        Seen { rooms: vec![false; self.rooms], sets: vec![false; sets] }
    }

    /// Adds the doors of another graph of the same rooms that has no sets.
    pub(super) fn add(&mut self, other: Self) {
        self.doors.extend(other.doors);
        sort_pairs(&mut self.doors);
        self.doors.dedup();
    }

    /// For each room that is there the number of its group, the rooms that hang together with it; counted from 0 in
    /// the order of first rooms.
    ///
    /// # Complexity
    /// O((rooms + doors) · log doors), each set counted once.
    pub(super) fn groups(&self, is_there: &dyn Fn(usize) -> bool) -> Vec<Option<usize>> {
        let mut groups = vec![None; self.rooms];
        let (mut next, mut seen) = (0, self.nothing_seen());
        for room in (0..self.rooms).filter(|&room| is_there(room)) {
            if groups[room].is_none() {
                let group = self.reached_unseen(room, |_| true, &mut seen);
                for room in group {
                    groups[room] = Some(next);
                }
                next += 1;
            }
        }
        groups
    }

    /// The rooms that have a new number, with the doors between them.
    pub(super) fn renumbered(&self, numbers: &[Option<u16>]) -> Self {
        let new = |room: u16| numbers.get(usize::from(room)).copied().flatten();
        let both = |&(a, b): &(u16, u16)| Some((new(a)?, new(b)?));
        let mut doors: Vec<(u16, u16)> = self.doors.iter().filter_map(both).collect();
        sort_pairs(&mut doors);
        let mut sets: Vec<(u16, u16)> =
            self.sets.iter().filter_map(|&(set, room)| Some((set, new(room)?))).collect();
        sort_pairs(&mut sets);
        let mut sets_of: Vec<(u16, u16)> = sets.iter().map(|&(set, room)| (room, set)).collect();
        sort_pairs(&mut sets_of);
        Self { rooms: numbers.iter().flatten().count(), doors, sets, sets_of }
    }
}

/// Rooms and sets that a search has come upon.
struct Seen {
    rooms: Vec<bool>,
    sets: Vec<bool>,
}

/// What stands with a number in ascending pairs.
fn of(pairs: &[(u16, u16)], number: usize) -> impl Iterator<Item = u16> {
    let start = pairs.partition_point(|&(first, _)| usize::from(first) < number);
    pairs[start..]
        .iter()
        .take_while(move |&&(first, _)| usize::from(first) == number)
        .map(|&(_, second)| second)
}

private_debug!(RoomGraph);

#[cfg(test)]
mod tests {
    use super::RoomGraph;
    use proptest::prelude::*;

    proptest! {
        /// Against the obvious twin: a table of all pairs.
        #[test]
        fn rooms_are_joined_as_in_a_table(
            doors in prop::collection::vec((0..12_u16, 0..12_u16), 0..20),
            sets in prop::collection::vec(prop::collection::vec(0..12_u16, 0..7), 0..4),
            shut in prop::collection::vec(prop::bool::weighted(0.2), 12), start in 0..12_usize,
        ) {
            let doors: Vec<_> = doors.into_iter().filter(|(a, b)| a != b).collect();
            let mut graph = RoomGraph::of(12, |join| doors.iter().for_each(|&(a, b)| join(a, b)));
            let mut table = [[false; 12]; 12];
            let pairs = sets.iter().flat_map(|set| set.iter().flat_map(|&a| set.iter().map(move |&b| (a, b))));
            for (a, b) in doors.iter().copied().chain(pairs).filter(|(a, b)| a != b) {
                table[usize::from(a)][usize::from(b)] = true;
                table[usize::from(b)][usize::from(a)] = true;
            }
            graph.join_sets(&sets);
            let list = |row: [bool; 12]| (0..12_u16).filter(|&room| row[usize::from(room)]).collect::<Vec<_>>();
            for (room, row) in table.into_iter().enumerate() {
                prop_assert_eq!(graph.around(room), list(row));
            }
            let mut reached = graph.reached(start, |room| !shut[room]);
            reached.sort_unstable();
            let mut within = [false; 12];
            within[start] = true;
            for _ in 0..12 {
                for (room, row) in table.iter().enumerate() {
                    within[room] |= !shut[room] && (0..12).any(|other| row[other] && within[other]);
                }
            }
            prop_assert_eq!(reached, (0..12).filter(|&room| within[room]).collect::<Vec<_>>());
            let mut next = 0_u16..;
            let numbers: Vec<_> = shut.iter().map(|&shut| if shut { None } else { next.next() }).collect();
            let left = graph.renumbered(&numbers);
            prop_assert_eq!(left.len(), shut.iter().filter(|shut| !**shut).count());
            for (room, number) in numbers.iter().enumerate() {
                let Some(number) = *number else { continue };
                let around: Vec<u16> =
                    list(table[room]).into_iter().filter_map(|other| numbers[usize::from(other)]).collect();
                prop_assert_eq!(left.around(number.into()), around);
            }
        }
    }
}
