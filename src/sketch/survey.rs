//! Measuring a redacted home.

use alloc::vec::Vec;
use core::ops::Range;

use super::canonical::{Form, MOST_STEPS, canonical_within};
use super::door_list::DoorList;
use super::sketch::{Site, Sketch};
use crate::grid::sorted::sort;
use crate::grid::{Symmetry, narrow};
use crate::redact::{Redacted, RoomSums};

/// A sketch, and how to find the home's rooms in it again. The second half stays with the key.
#[derive(Clone)]
pub(crate) struct Survey {
    pub(crate) sketch: Sketch,
    /// The rooms of the redacted home that are the home: of several groups those that come first in canonical form.
    pub(crate) group: Range<usize>,
    /// Which of these each of the sketch's rooms is.
    pub(crate) rooms: Vec<usize>,
    /// Takes directions in the home to directions in the sketch.
    pub(crate) symmetry: Symmetry,
}

#[cfg(feature = "stages")]
impl Sketch {
    /// The sketch of a redacted home.
    ///
    /// # Complexity
    /// O(rooms² · log rooms) where rooms can be told apart by their middles, areas and doors, and a bounded
    /// number of steps more where they cannot.
    #[must_use]
    pub fn of(redacted: &Redacted) -> Self {
        Survey::of(redacted).sketch
    }
}

impl Survey {
    /// The room of the dock, as the rooms of the home are numbered.
    pub(crate) fn root(&self) -> Option<usize> {
        self.rooms.get(usize::from(self.sketch.root)).copied()
    }

    /// Measures the rooms and brings them into canonical form.
    pub(crate) fn of(redacted: &Redacted) -> Self {
        let mut sums = redacted.sums.clone();
        if mutant!(BoundingBox) {
            sums[0].area += redacted.shape.width as u64;
        }
        // However many groups there are, the work is bounded.
        let most_steps = MOST_STEPS / redacted.ends.len().max(1);
        let mut first: Option<(Form, Range<usize>)> = None;
        for group in redacted.groups() {
            let sums = &sums[group.clone()];
            let ranks = [0, 1].map(|axis| ranks(sums, axis));
            let doors = |room: usize| {
                let around = redacted.doors.around(group.start + room).into_iter();
                let own = around.filter_map(|door| usize::from(door).checked_sub(group.start));
                DoorList::of(own.filter_map(|door| u16::try_from(door).ok()).collect(), group.len())
            };
            let sites: Vec<Site> = (0..group.len())
                .map(|room| Site {
                    x: ranks[0][room],
                    y: ranks[1][room],
                    area: sums[room].area,
                    doors: doors(room),
                })
                .collect();
            let tied = redacted.roots.iter().filter(|root| group.contains(root));
            let tied: Vec<usize> = tied.map(|root| root - group.start).collect();
            let form = canonical_within(sites, &tied, most_steps).0;
            if first.as_ref().is_none_or(|(first, _)| form.is_before(first)) {
                first = Some((form, group));
            }
        }
        let Some((Form { sites, root, order, symmetry }, group)) = first else {
            let nothing = Sketch::NOTHING;
            return Self { sketch: nothing, group: 0..0, rooms: Vec::new(), symmetry: Symmetry::default() };
        };
        Self { sketch: Sketch { sites, root }, group, rooms: order, symmetry }
    }
}

/// Dense ranks of the rooms' centroids along an axis, compared exactly. Areas stay below 2²⁵ and sums below
/// 2³⁹, so products fit.
fn ranks(sums: &[RoomSums], axis: usize) -> Vec<u16> {
    let compare = |a: u32, b: u32| {
        let [a, b] = [a, b].map(|room| &sums[room as usize]);
        (a.places[axis] * b.area).cmp(&(b.places[axis] * a.area))
    };
    let mut order: Vec<u32> = (0..narrow(sums.len())).collect();
    sort(&mut order, &compare);
    let mut ranks = vec![0; sums.len()];
    for pair in order.windows(2) {
        let [before, room] = [pair[0], pair[1]].map(|room| room as usize);
        ranks[room] = ranks[before] + u16::from(compare(pair[0], pair[1]).is_lt());
    }
    ranks
}
