//! How far the places of a home are from one another, for the choice of its assignment.

use alloc::vec::Vec;

use crate::grid::{Shape, narrow};
use crate::home::Home;
use crate::key::reach::poses::{dock_place, nearest};
use crate::measured::Measured;
use crate::merge::RoomDistances;

/// A step along an axis and a diagonal one, in the ratio 1 : √2 to within a hundredth.
const STEP: u32 = 5;
const DIAGONAL: u32 = 7;

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
    let between: Vec<Vec<u32>> = places.iter().map(|&from| floor.lengths(from, &places)).collect();
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
    far: Vec<u32>,
}

impl<'a> FloorPaths<'a> {
    pub(super) fn of(home: &Home, measured: &'a Measured) -> Self {
        Self { shape: home.shape, labels: &measured.kept.labels, far: vec![NOWHERE; home.shape.len()] }
    }

    /// The floor nearest to the dock, if there is one.
    pub(super) fn dock(&self, home: &Home) -> Option<u32> {
        let cells = (0..).zip(self.labels).filter(|(_, label)| **label != 0).map(|(cell, _)| cell);
        nearest(self.shape, &cells.collect::<Vec<u32>>(), dock_place(home)?)
    }

    /// The lengths of the shortest paths from one cell to some others (Dial 1969, Commun. ACM 12(11): as steps are
    /// short, cells wait in eight lists by the length of their path).
    pub(super) fn lengths(&mut self, from: u32, to: &[u32]) -> Vec<u32> {
        self.far.fill(NOWHERE);
        let mut lists: [Vec<u32>; 8] = Default::default();
        self.far[from as usize] = 0;
        lists[0].push(from);
        let (mut length, mut waiting) = (0_u32, 1_usize);
        while waiting > 0 {
            while let Some(cell) = lists[(length % 8) as usize].pop() {
                waiting -= 1;
                if self.far[cell as usize] != length {
                    continue;
                }
                let (x, y) = self.shape.place(cell);
                for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
                    let step = if dx == 0 || dy == 0 { STEP } else { DIAGONAL };
                    let Some(near) = self.shape.cell(x + dx, y + dy).filter(|&near| self.labels[near] != 0)
                    else {
                        continue;
                    };
                    if length + step < self.far[near] {
                        self.far[near] = length + step;
                        lists[((length + step) % 8) as usize].push(narrow(near));
                        waiting += 1;
                    }
                }
            }
            length += 1;
        }
        let straight = |to: u32| {
            let ((x, y), (to_x, to_y)) = (self.shape.place(from), self.shape.place(to));
            u32::try_from(((x - to_x).pow(2) + (y - to_y).pow(2)).isqrt()).unwrap_or(NOWHERE) * STEP
        };
        let length_to = |&to: &u32| match self.far[to as usize] {
            NOWHERE => straight(to),
            far => far,
        };
        to.iter().map(length_to).collect()
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
            let mut floor = FloorPaths { shape, labels: &labels, far: vec![NOWHERE; shape.len()] };
            let all: Vec<u32> = (0..u32::try_from(shape.len()).unwrap()).collect();
            let lengths = floor.lengths(u32::try_from(from).unwrap(), &all);
            for (cell, &far) in far.iter().enumerate().filter(|(_, far)| **far != NOWHERE) {
                prop_assert_eq!(lengths[cell], far);
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
