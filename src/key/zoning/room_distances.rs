//! How far the places of a home are from one another, for the choice of its assignment.

use alloc::vec::Vec;

use crate::grid::{Shape, narrow};
use crate::home::Home;
use crate::key::reach::poses::{dock_place, nearest};
use crate::measured::Measured;
use crate::merge::RoomDistances;

/// A step along an axis and a diagonal one: 7/5 is about one part in a hundred less than √2.
const STEP: u32 = 5;
const DIAGONAL: u32 = 7;

/// Lists of waiting cells: more than the longest step, so that no two lengths share one.
const LISTS: usize = 8;

/// Floor that no path leads to.
const NOWHERE: u32 = u32::MAX;

/// Distances from middle to middle over the floor without furniture; of rooms that only a redacted one joins, straight.
///
/// # Complexity
/// O(rooms · cells).
pub(super) fn room_distances(home: &Home, measured: &Measured) -> RoomDistances {
    let rooms = &measured.survey.rooms;
    let mut floor = FloorPaths::of(home, measured);
    let middles = middles(floor.shape, &measured.kept.labels, measured.kept.doors.len());
    let places: Vec<u32> = rooms.iter().map(|&room| middles[room]).collect();
    let between = floor.between(&places);
    let root = usize::from(measured.survey.sketch.root);
    let first = floor.dock(home).map_or_else(|| between[root].clone(), |dock| floor.lengths(dock, &places));
    let cells = measured.kept.labels.iter().filter(|&&label| label != 0).count();
    RoomDistances { first, between, scale: (narrow(cells) * STEP * STEP).isqrt() / 2 }
}

/// The cell of each room, by labels from 1 on, that is nearest to the mean of its cells; of equally near ones the
/// first.
pub(super) fn middles(shape: Shape, labels: &[u16], rooms: usize) -> Vec<u32> {
    let mut sums = vec![(0_i64, 0_i64, 0_i64); rooms];
    let room_of = |label: u16| usize::from(label).checked_sub(1).filter(|&room| room < rooms);
    let cells = || (0..).zip(labels).filter_map(|(cell, &label)| Some((cell, room_of(label)?)));
    for (cell, room) in cells() {
        let (x, y) = shape.place(cell);
        let sum = &mut sums[room];
        *sum = (sum.0 + x, sum.1 + y, sum.2 + 1);
    }
    let mut best = vec![(i64::MAX, 0); rooms];
    for (cell, room) in cells() {
        let ((x, y), (sum_x, sum_y, count)) = (shape.place(cell), sums[room]);
        let far = (x * count - sum_x).abs().max((y * count - sum_y).abs()) / count;
        best[room] = best[room].min((far, cell));
    }
    best.into_iter().map(|(_, cell)| cell).collect()
}

/// The floor of the rooms, to measure on.
pub(super) struct FloorPaths<'a> {
    pub(super) shape: Shape,
    labels: &'a [u16],
    /// Lengths found so far, in rows with a cell of nothing in between and a row of it on either side: so every cell
    /// has eight neighbours. To nothing the length is 0, which no path undercuts.
    far: Vec<u32>,
    /// Cells that wait, by the length of their path. As steps are short, eight lists do.
    lists: [Vec<u32>; LISTS],
}

impl<'a> FloorPaths<'a> {
    pub(super) fn of(home: &Home, measured: &'a Measured) -> Self {
        Self::new(home.shape, &measured.kept.labels)
    }

    fn new(shape: Shape, labels: &'a [u16]) -> Self {
        let far = vec![0; (shape.width + 1) * (shape.height + 2) + 1];
        Self { shape, labels, far, lists: Default::default() }
    }

    /// The floor nearest to the dock, if there is one.
    pub(super) fn dock(&self, home: &Home) -> Option<u32> {
        let cells = (0..).zip(self.labels).filter(|(_, label)| **label != 0).map(|(cell, _)| cell);
        nearest(self.shape, &cells.collect::<Vec<u32>>(), dock_place(home)?)
    }

    /// The lengths of the shortest paths between all of some cells.
    pub(super) fn between(&mut self, places: &[u32]) -> Vec<Vec<u32>> {
        let mut between = vec![vec![0; places.len()]; places.len()];
        for (one, &from) in places.iter().enumerate() {
            // As far there as back.
            for (other, length) in (one + 1..).zip(self.lengths(from, &places[one + 1..])) {
                between[one][other] = length;
                between[other][one] = length;
            }
        }
        between
    }

    /// The lengths of the shortest paths from one cell to some others (Dial 1969, Commun. ACM 12(11)); straight where
    /// no path leads, as to or from what is no floor.
    pub(super) fn lengths(&mut self, from: u32, to: &[u32]) -> Vec<u32> {
        let is_floor = |&cell: &u32| self.labels[cell as usize] != 0;
        let goals = to.iter().copied().filter(|to| is_floor(to) && is_floor(&from));
        let goals: Vec<usize> = goals.map(|to| self.place(to)).collect();
        self.search(from, &goals);
        let length_to = |&to: &u32| match self.far[self.place(to)] {
            length if length != NOWHERE && is_floor(&to) && is_floor(&from) => length,
            _ => self.straight(from, to),
        };
        to.iter().map(length_to).collect()
    }

    /// Finds the lengths from a cell to these places at least.
    fn search(&mut self, from: u32, goals: &[usize]) {
        let row = self.shape.width + 1;
        for (far, labels) in
            self.far[row..].chunks_exact_mut(row).zip(self.labels.chunks_exact(self.shape.width))
        {
            for (far, &label) in far[1..].iter_mut().zip(labels) {
                *far = if label == 0 { 0 } else { NOWHERE };
            }
        }
        self.lists.iter_mut().for_each(Vec::clear);
        let from = self.place(from);
        self.far[from] = 0;
        self.lists[0].push(narrow(from));
        let steps = [(1, STEP), (row, STEP), (row - 1, DIAGONAL), (row + 1, DIAGONAL)];
        let (mut length, mut waiting) = (0_u32, 1_usize);
        // A path of the present length is the shortest.
        while waiting > 0 && goals.iter().any(|&goal| self.far[goal] > length) {
            while let Some(place) = self.lists[length as usize % LISTS].pop() {
                waiting -= 1;
                let place = place as usize;
                if self.far[place] != length {
                    continue;
                }
                for (by, step) in steps {
                    let next = length + step;
                    for near in [place - by, place + by] {
                        if next < self.far[near] {
                            self.far[near] = next;
                            self.lists[next as usize % LISTS].push(narrow(near));
                            waiting += 1;
                        }
                    }
                }
            }
            length += 1;
        }
    }

    /// Where a cell is among the lengths.
    const fn place(&self, cell: u32) -> usize {
        let cell = cell as usize;
        (cell / self.shape.width + 1) * (self.shape.width + 1) + cell % self.shape.width + 1
    }

    fn straight(&self, from: u32, to: u32) -> u32 {
        let ((x, y), (to_x, to_y)) = (self.shape.place(from), self.shape.place(to));
        u32::try_from(((x - to_x).pow(2) + (y - to_y).pow(2)).isqrt()).unwrap_or(NOWHERE) * STEP
    }
}

#[cfg(test)]
mod tests {
    use super::{DIAGONAL, FloorPaths, NOWHERE, STEP, Shape, middles};
    use proptest::prelude::*;

    proptest! {
        /// The slow twin: steps from every cell to every other until nothing gets shorter.
        #[test]
        fn paths_are_the_shortest(labels in prop::collection::vec(0..3_u16, 1..60), width in 1..9_usize, from in 0..60_usize) {
            let shape = Shape::new(width, labels.len() / width);
            prop_assume!(shape.len() > 0);
            let mut labels = labels[..shape.len()].to_vec();
            let from = from % shape.len();
            labels[from] = 1;
            let mut far = vec![NOWHERE; shape.len()];
            far[from] = 0;
            for _ in 0..shape.len() {
                for cell in (0..shape.len()).filter(|&cell| labels[cell] != 0) {
                    let (x, y) = shape.place(u32::try_from(cell).unwrap());
                    for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
                        let step = if dx * dy == 0 { STEP } else { DIAGONAL };
                        if let Some(near) = shape.cell(x + dx, y + dy).filter(|&near| far[near] != NOWHERE) {
                            far[cell] = far[cell].min(far[near] + step);
                        }
                    }
                }
            }
            let mut floor = FloorPaths::new(shape, &labels);
            let all: Vec<u32> = (0..u32::try_from(shape.len()).unwrap()).collect();
            let lengths = floor.lengths(u32::try_from(from).unwrap(), &all);
            for (cell, &far) in far.iter().enumerate().filter(|(_, far)| **far != NOWHERE) {
                prop_assert_eq!(lengths[cell], far);
                // One goal ends the search early.
                let cell = u32::try_from(cell).unwrap();
                prop_assert_eq!(floor.lengths(u32::try_from(from).unwrap(), &[cell]), [far]);
            }
            let between = floor.between(&all);
            for (one, &from) in all.iter().enumerate() {
                prop_assert_eq!(&between[one], &floor.lengths(from, &all));
            }
        }

        #[test]
        fn the_middle_of_a_room_is_a_cell_of_it(labels in prop::collection::vec(0..4_u16, 12..60)) {
            let shape = Shape::new(6, labels.len() / 6);
            let labels = &labels[..shape.len()];
            for (room, cell) in (1..4).zip(middles(shape, labels, 3)) {
                prop_assert!(!labels.contains(&room) || labels[cell as usize] == room);
            }
        }
    }
}
