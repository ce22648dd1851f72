//! Rooms that look alike: groups of one place and one area, and twins within them.
//!
//! *Twins* are two rooms of a group with doors to the same rooms, apart from a door between the two. Exchanging them
//! changes no picture of the home, so which of them comes first need not be tried. A group whose rooms are all twins
//! is *plain*, and so is a room without its like. On the maps of homes all groups are plain.

use alloc::vec::Vec;

use super::door_list::DoorList;
use super::sketch::Site;
use crate::grid::narrow;
use crate::grid::sorted::{sort, sort_numbers, sort_short};

/// The groups and twins of some sites.
pub(super) struct Alike {
    /// The number of each room's group.
    pub(super) group: Vec<u32>,
    /// The first of each room's twins, itself included.
    pub(super) twin: Vec<u32>,
    /// For each group, whether its rooms are all twins.
    pub(super) plain: Vec<bool>,
}

impl Alike {
    /// # Complexity
    /// O((rooms + doors) · log rooms).
    pub(super) fn of(sites: &[Site]) -> Self {
        let key = |&room: &u32| {
            let site = &sites[room as usize];
            (site.x, site.y, site.area)
        };
        let mut order: Vec<u32> = (0..narrow(sites.len())).collect();
        sort(&mut order, &|a, b| key(&a).cmp(&key(&b)));
        let mut alike =
            Self { group: vec![0; sites.len()], twin: (0..narrow(sites.len())).collect(), plain: Vec::new() };
        for members in order.chunk_by_mut(|a, b| key(a) == key(b)) {
            for &room in &*members {
                alike.group[room as usize] = narrow(alike.plain.len());
            }
            alike.find_twins(sites, members);
            let twin = alike.twin[members[0] as usize];
            alike.plain.push(members.iter().all(|&room| alike.twin[room as usize] == twin));
        }
        alike
    }

    fn find_twins(&mut self, sites: &[Site], members: &mut [u32]) {
        if members.len() < 2 {
            return;
        }
        // Twins without a door between them have the same doors; those with one, the same doors and themselves.
        for with_itself in [false, true] {
            let around = |&room: &u32| {
                let doors = &sites[room as usize].doors;
                let own = u16::try_from(room).ok().filter(|_| with_itself);
                let before = doors.iter().take_while(move |&door| u32::from(door) < room);
                let after = doors.iter().skip_while(move |&door| u32::from(door) < room);
                before.chain(own).chain(after)
            };
            sort(members, &|a, b| around(&a).cmp(around(&b)).then(a.cmp(&b)));
            for twins in members.chunk_by(|a, b| around(a).eq(around(b))).filter(|twins| twins.len() > 1) {
                for &room in twins {
                    self.twin[room as usize] = twins[0];
                }
            }
        }
    }

    /// Whether a room's group is plain.
    pub(super) fn is_plain(&self, room: usize) -> bool {
        self.plain[self.group[room] as usize]
    }
}

/// The same rooms with a door wherever the groups of two rooms have one: all groups are plain then.
pub(super) fn blurred(sites: &[Site]) -> Vec<Site> {
    let alike = Alike::of(sites);
    let mut members: Vec<Vec<u16>> = vec![Vec::new(); alike.plain.len()];
    let mut around: Vec<Vec<u32>> = vec![Vec::new(); alike.plain.len()];
    for ((room, site), &group) in (0..).zip(sites).zip(&alike.group) {
        members[group as usize].push(room);
        around[group as usize].extend(site.doors.iter().map(|door| alike.group[usize::from(door)]));
    }
    for groups in &mut around {
        sort_numbers(groups);
        groups.dedup();
    }
    let doors = |room: u16, group: u32| {
        let groups = around[group as usize].iter();
        let mut doors: Vec<u16> = groups.flat_map(|&group| &members[group as usize]).copied().collect();
        doors.retain(|&door| door != room);
        sort_short(&mut doors);
        DoorList::of(doors, sites.len())
    };
    let rooms = (0..).zip(sites).zip(&alike.group);
    rooms.map(|((room, site), &group)| Site { doors: doors(room, group), ..site.clone() }).collect()
}
