//! Fewer rooms, so that a home can be searched exactly.
//!
//! Takes groups of rooms, at first a room each, and merges the smallest with the smallest of its neighbours. What is
//! small matters least to where zones lie, and what is merged touches, so every group is connected in the home. Kinds
//! of rooms play no part: the sketch has none.

use alloc::vec::Vec;

use crate::sketch::Sketch;

/// Merges the smallest group with the smallest of its neighbours until at most `most` are left. Group 0 stays
/// the dock's.
///
/// # Complexity
/// O(rooms² + doors · log area): a group at least doubles in area each time that it is the smallest.
pub(super) fn coarsen(sketch: &Sketch, groups: &mut Vec<Vec<usize>>, most: usize) {
    let area = |group: &Vec<usize>| group.iter().map(|&room| sketch.sites[room].area).sum::<u64>();
    let mut areas: Vec<u64> = groups.iter().map(area).collect();
    let mut group_of = vec![usize::MAX; sketch.sites.len()];
    for (group, rooms) in groups.iter().enumerate() {
        for &room in rooms {
            group_of[room] = group;
        }
    }
    while groups.len() > most.max(1) {
        let Some(small) = (0..groups.len()).min_by_key(|&group| (areas[group], groups[group][0])) else {
            return;
        };
        let mut touches = vec![false; groups.len()];
        for door in groups[small].iter().flat_map(|&room| sketch.sites[room].doors.iter()) {
            if let Some(touches) = group_of.get(usize::from(door)).and_then(|&group| touches.get_mut(group)) {
                *touches = true;
            }
        }
        let near = (0..groups.len())
            .filter(|&other| other != small && touches[other])
            .min_by_key(|&other| (areas[other], groups[other][0]));
        // Every room of a home is reached from the dock's; a sketch read from a damaged record need not be
        // connected.
        let rest = (0..groups.len()).filter(|&other| other != small);
        let Some(near) = near.or_else(|| rest.min_by_key(|&other| groups[other][0])) else { return };
        let (into, from) = (small.min(near), small.max(near));
        let mut rooms = groups.remove(from);
        areas[into] += areas.remove(from);
        for group in group_of.iter_mut().filter(|group| **group >= from && **group != usize::MAX) {
            *group = if *group == from { into } else { *group - 1 };
        }
        groups[into].append(&mut rooms);
        // The dock's room leads its group.
        if into != 0 {
            groups[into].sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sketch, coarsen};
    use crate::sketch::{DoorList, Site};
    use proptest::prelude::*;

    /// The slow, obvious twin: every door of every room against every room of the other group.
    fn coarsen_slowly(sketch: &Sketch, groups: &mut Vec<Vec<usize>>, most: usize) {
        let area = |group: &Vec<usize>| group.iter().map(|&room| sketch.sites[room].area).sum::<u64>();
        while groups.len() > most {
            let doors = |room: usize| sketch.sites[room].doors.iter().map(usize::from);
            let touch =
                |a: &[usize], b: &[usize]| a.iter().any(|&room| doors(room).any(|door| b.contains(&door)));
            let order = |&group: &usize| (area(&groups[group]), groups[group][0]);
            let small = (0..groups.len()).min_by_key(order).unwrap();
            let others = || (0..groups.len()).filter(|&other| other != small);
            let near = others().filter(|&other| touch(&groups[small], &groups[other])).min_by_key(order);
            let near = near.unwrap_or_else(|| others().min_by_key(|&other| groups[other][0]).unwrap());
            let mut rooms = groups.remove(small.max(near));
            let into = small.min(near);
            groups[into].append(&mut rooms);
            if into != 0 {
                groups[into].sort_unstable();
            }
        }
    }

    proptest! {
        #[test]
        fn rooms_are_merged_as_by_looking_at_every_pair(
            areas in prop::collection::vec(1..20_u64, 2..24), doors in prop::collection::vec((0..24_u16, 0..24_u16), 0..50),
            most in 1..8_usize, root in 0..24_usize,
        ) {
            let mut lists = vec![std::collections::BTreeSet::new(); areas.len()];
            let count = u16::try_from(areas.len()).unwrap();
            for (a, b) in doors.into_iter().map(|(a, b)| (a % count, b % count)).filter(|(a, b)| a != b) {
                lists[usize::from(a)].insert(b);
                lists[usize::from(b)].insert(a);
            }
            let site = |(area, doors): (u64, std::collections::BTreeSet<u16>)| {
                Site { x: 0, y: 0, area, doors: DoorList::of(doors.into_iter().collect(), count.into()) }
            };
            let sketch = Sketch { sites: areas.into_iter().zip(lists).map(site).collect(), root: 0 };
            let mut groups: Vec<Vec<usize>> = (0..usize::from(count)).map(|room| vec![room]).collect();
            groups.swap(0, root % usize::from(count));
            let mut expected = groups.clone();
            coarsen(&sketch, &mut groups, most);
            coarsen_slowly(&sketch, &mut expected, most);
            prop_assert_eq!(groups, expected);
        }
    }
}
