//! The orders that rooms can have in a picture of a home.
//!
//! Rooms are sorted by what is known of each. Those that are equal are told apart by the rooms behind their doors, by
//! colour refinement (Weisfeiler & Leman 1968). Where that fails too, and they are not twins, each in turn is put
//! before its like, and so on until all are told apart.

use alloc::vec::Vec;

use super::alike::Alike;
use super::sketch::Site;
use crate::grid::narrow;
use crate::grid::sorted::{sort, sort_numbers, sorted};

/// There are more orders than may be tried.
pub(super) struct TooManyOrders;

/// Rooms in classes, the classes in order.
#[derive(Clone)]
struct Classes {
    /// Rooms by class; in a class as they are numbered.
    order: Vec<u32>,
    /// For each room the place in the order where its class begins.
    class: Vec<u32>,
}

impl Classes {
    fn end(&self, start: usize) -> usize {
        let class = self.class[self.order[start] as usize];
        start + self.order[start..].partition_point(|&room| self.class[room as usize] == class)
    }

    /// The next class at or after a place with rooms that are not all twins.
    fn next_tie(&self, mut start: usize, twin: &[u32]) -> Option<core::ops::Range<usize>> {
        while start < self.order.len() {
            let end = self.end(start);
            let first = twin[self.order[start] as usize];
            if self.order[start..end].iter().any(|&room| twin[room as usize] != first) {
                return Some(start..end);
            }
            start = end;
        }
        None
    }
}

/// The orders of some sites, tried one by one.
pub(super) struct Orders<'a> {
    sites: &'a [Site],
    alike: &'a Alike,
    /// How many may be tried for one set of keys.
    most: usize,
    /// Doors that were looked at.
    steps: &'a mut usize,
}

impl<'a> Orders<'a> {
    pub(super) const fn new(sites: &'a [Site], alike: &'a Alike, most: usize, steps: &'a mut usize) -> Self {
        Self { sites, alike, most, steps }
    }

    /// Calls `visit` with every order of the rooms that their keys and doors leave open, twins as they are numbered.
    pub(super) fn each<K: Ord>(
        &mut self,
        keys: &[K],
        visit: &mut impl FnMut(&[u32]),
    ) -> Result<(), TooManyOrders> {
        let key = |&room: &u32| &keys[room as usize];
        let mut order: Vec<u32> = (0..narrow(self.sites.len())).collect();
        sort(&mut order, &|a, b| key(&a).cmp(key(&b)));
        let mut class = vec![0; order.len()];
        let mut start = 0;
        for alike in order.chunk_by(|a, b| key(a) == key(b)) {
            for &room in alike {
                class[room as usize] = start;
            }
            start += narrow(alike.len());
        }
        let mut classes = Classes { order, class };
        self.refine(&mut classes);
        let mut left = self.most;
        self.descend(&classes, &mut left, visit)
    }

    fn descend(
        &mut self,
        classes: &Classes,
        left: &mut usize,
        visit: &mut impl FnMut(&[u32]),
    ) -> Result<(), TooManyOrders> {
        let Some(tie) = classes.next_tie(0, &self.alike.twin) else {
            *left = left.checked_sub(1).ok_or(TooManyOrders)?;
            if mutant!(RoomOrderKept) {
                visit(&(0..narrow(self.sites.len())).collect::<Vec<_>>());
            } else {
                visit(&classes.order);
            }
            return Ok(());
        };
        let mut tried: Vec<u32> = Vec::new();
        for chosen in tie.clone() {
            let twin = self.alike.twin[classes.order[chosen] as usize];
            if tried.contains(&twin) {
                continue;
            }
            tried.push(twin);
            let mut next = classes.clone();
            next.order[tie.start..=chosen].rotate_right(1);
            for &room in &next.order[tie.start + 1..tie.end] {
                next.class[room as usize] += 1;
            }
            self.refine(&mut next);
            self.descend(&next, left, visit)?;
        }
        Ok(())
    }

    /// Divides the classes by those behind the doors until nothing changes.
    fn refine(&mut self, classes: &mut Classes) {
        loop {
            let mut finer: Vec<(u32, u32)> = Vec::new();
            let mut start = 0;
            while let Some(tie) = classes.next_tie(start, &self.alike.twin) {
                start = tie.end;
                let around = |&room: &u32| {
                    let doors = &self.sites[room as usize].doors;
                    let mut around: Vec<u32> =
                        doors.iter().map(|door| classes.class[usize::from(door)]).collect();
                    sort_numbers(&mut around);
                    (around, room)
                };
                let mut rooms: Vec<(Vec<u32>, u32)> = classes.order[tie.clone()].iter().map(around).collect();
                *self.steps += rooms.iter().map(|(around, _)| around.len() + 1).sum::<usize>();
                rooms = sorted(rooms, Ord::cmp);
                let mut place = tie.start;
                for alike in rooms.chunk_by(|a, b| a.0 == b.0) {
                    for (n, &(_, room)) in alike.iter().enumerate() {
                        classes.order[place + n] = room;
                        if place > tie.start {
                            finer.push((room, narrow(place)));
                        }
                    }
                    place += alike.len();
                }
            }
            if finer.is_empty() {
                return;
            }
            for (room, class) in finer {
                classes.class[room as usize] = class;
            }
        }
    }
}
