//! How far the places of a home are from one another, for the choice of its assignment.

use alloc::vec::Vec;

use crate::grid::{Shape, Span, narrow};
use crate::home::Home;
use crate::key::bisection::moments;
use crate::key::reach::poses::{dock_place, nearest};
use crate::measured::Measured;
use crate::merge::RoomDistances;

/// A step along an axis and a diagonal one: 7/5 is about one part in a hundred less than √2.
const STEP: u8 = 5;
const DIAGONAL: u8 = 7;

/// Lists of waiting cells: more than the longest step, so that no two lengths share one.
const LISTS: u8 = 8;

/// A cell that no path goes on from: no floor, or its length is found.
const CLOSED: u8 = 0;

/// A cell that waits, and the last three bits of its length: as steps are short, they tell it.
const WAITING: u8 = LISTS;

/// Floor that no path leads to yet.
const OPEN: u8 = 2 * WAITING;

/// A length that is not known.
const UNKNOWN: u32 = u32::MAX;

/// Distances from middle to middle over the floor without furniture; of rooms that only a redacted one joins, straight.
pub(super) struct MeasuredRooms {
    /// The middles of the rooms.
    middles: Vec<u32>,
    /// From the dock to the middle of each room.
    first: Vec<u32>,
    /// Between pairs, or [`UNKNOWN`].
    between: Vec<Vec<u32>>,
    scale: u32,
}

impl MeasuredRooms {
    /// Nothing but the distances from the dock, or from the middle of its room.
    ///
    /// # Complexity
    /// O(cells).
    pub(super) fn of(measured: &Measured, floor: &mut FloorPaths<'_>, dock: Option<u32>) -> Self {
        let rooms = &measured.survey.rooms;
        let middles = middles(floor.shape, &measured.kept.labels, measured.kept.doors.len());
        let middles: Vec<u32> = rooms.iter().map(|&room| middles[room]).collect();
        let from = dock.or_else(|| middles.get(usize::from(measured.survey.sketch.root)).copied());
        let first = from.map_or_else(Vec::new, |from| floor.lengths(from, &middles));
        let cells = measured.kept.labels.iter().filter(|&&label| label != 0).count();
        let between = vec![vec![UNKNOWN; rooms.len()]; rooms.len()];
        Self { middles, first, between, scale: (narrow(cells) * u32::from(STEP).pow(2)).isqrt() / 2 }
    }

    /// The distances, those of some pairs at least.
    ///
    /// # Complexity
    /// O(cells) for each room of a set that has one of each pair, which are few: most rooms touch the same few others.
    pub(super) fn with(&mut self, pairs: &[[usize; 2]], floor: &mut FloorPaths<'_>) -> RoomDistances {
        let mut missing: Vec<[usize; 2]> =
            pairs.iter().copied().filter(|&[a, b]| self.between[a][b] == UNKNOWN).collect();
        let count =
            |missing: &[[usize; 2]], room: usize| missing.iter().filter(|pair| pair.contains(&room)).count();
        while !missing.is_empty() {
            // Of equal ones the first. As far there as back.
            let rooms = (0..self.middles.len()).rev();
            let from = rooms.max_by_key(|&room| count(&missing, room)).unwrap_or(0);
            let own = missing.extract_if(.., |pair| pair.contains(&from));
            let to: Vec<usize> = own.map(|[a, b]| if a == from { b } else { a }).collect();
            let places: Vec<u32> = to.iter().map(|&room| self.middles[room]).collect();
            for (to, length) in to.into_iter().zip(floor.lengths(self.middles[from], &places)) {
                self.between[from][to] = length;
                self.between[to][from] = length;
            }
        }
        RoomDistances { first: self.first.clone(), between: self.between.clone(), scale: self.scale }
    }
}

/// The cell of each room, by labels from 1 on, that is nearest to the mean of its cells, by whole cells along the axis
/// along which it is farther; of equally near ones the first.
///
/// # Complexity
/// O(cells), and a few divisions a run.
pub(super) fn middles(shape: Shape, labels: &[u16], rooms: usize) -> Vec<u32> {
    let room_of = |label: u16| usize::from(label).checked_sub(1).filter(|&room| room < rooms);
    let runs = || Span::runs(labels, shape.width).filter_map(|(label, span)| Some((room_of(label)?, span)));
    let mut sums = vec![(0_i64, 0_i64, 0_i64); rooms];
    for (room, span) in runs() {
        let ((x, y), sum) = (moments(&[span]), &mut sums[room]);
        *sum = (sum.0 + x, sum.1 + y, sum.2 + i64::from(span.len()));
    }
    let mut best = vec![(i64::MAX, 0); rooms];
    for (room, span) in runs() {
        let (sum_x, sum_y, count) = sums[room];
        let (start, end) = (i64::from(span.start), i64::from(span.end));
        // In parts of a cell, so many to a cell as there are cells.
        let across = |x: i64| (x * count - sum_x).abs();
        let column = sum_x / count;
        let nearest = [column, column + 1].map(|x| across(x.clamp(start, end - 1)));
        let away = nearest[0].min(nearest[1]).max((i64::from(span.y) * count - sum_y).abs());
        let far = away / count;
        if far < best[room].0 {
            // The first column that is no farther, in whole cells.
            let first = (column - far).max(start);
            let cell = span.cells(shape.width).start + usize::try_from(first - start).unwrap_or(0);
            best[room] = (far, narrow(cell));
        }
    }
    best.into_iter().map(|(_, cell)| cell).collect()
}

/// The floor of the rooms, to measure on.
pub(super) struct FloorPaths<'a> {
    pub(super) shape: Shape,
    labels: &'a [u16],
    /// Cells that wait, by the length of their path. As steps are short, eight lists do.
    lists: [Vec<u32>; LISTS as usize],
}

impl<'a> FloorPaths<'a> {
    pub(super) fn of(home: &Home, measured: &'a Measured) -> Self {
        Self::new(home.shape, &measured.kept.labels)
    }

    fn new(shape: Shape, labels: &'a [u16]) -> Self {
        Self { shape, labels, lists: Default::default() }
    }

    /// The floor nearest to the dock, if there is one.
    pub(super) fn dock(&self, home: &Home) -> Option<u32> {
        let runs = Span::runs(self.labels, self.shape.width).filter(|(label, _)| *label != 0);
        nearest(self.shape, runs.map(|(_, run)| run), dock_place(home)?)
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

    /// The lengths of the shortest paths from one cell to some others; straight where no path leads, as to or from what
    /// is no floor.
    pub(super) fn lengths(&mut self, from: u32, to: &[u32]) -> Vec<u32> {
        let is_floor = |cell: u32| self.labels.get(cell as usize).is_some_and(|&label| label != 0);
        let goals: Vec<Option<usize>> =
            to.iter().map(|&to| Some(self.place(to)).filter(|_| is_floor(from) && is_floor(to))).collect();
        let found = self.search(from, &goals);
        let straight = |(&to, length)| if length == UNKNOWN { self.straight(from, to) } else { length };
        to.iter().zip(found).map(straight).collect()
    }

    /// Finds the lengths from a cell to some places (Dial 1969, Commun. ACM 12(11)), [`UNKNOWN`] where no path leads.
    fn search(&mut self, from: u32, goals: &[Option<usize>]) -> Vec<u32> {
        let mut found = vec![UNKNOWN; goals.len()];
        let mut left: Vec<(usize, usize)> =
            goals.iter().enumerate().filter_map(|(number, &goal)| Some((number, goal?))).collect();
        if left.is_empty() {
            return found;
        }
        // What each cell is, in rows with a cell of nothing in between and a row of it on either side. So every cell
        // has eight neighbours.
        let row = self.shape.width + 1;
        let mut states = vec![CLOSED; row * (self.shape.height + 2) + 1];
        for (states, labels) in
            states[row..].chunks_exact_mut(row).zip(self.labels.chunks_exact(self.shape.width))
        {
            for (state, &label) in states[1..].iter_mut().zip(labels) {
                *state = if label == 0 { CLOSED } else { OPEN };
            }
        }
        self.lists.iter_mut().for_each(Vec::clear);
        let from = self.place(from);
        states[from] = WAITING;
        self.lists[0].push(narrow(from));
        let steps = [(1, STEP), (row, STEP), (row - 1, DIAGONAL), (row + 1, DIAGONAL)];
        let (mut length, mut waiting) = (0_u32, 1_usize);
        // A path of the present length is the shortest.
        while waiting > 0 && !left.is_empty() {
            let list = length.to_le_bytes()[0] % LISTS;
            let here = WAITING + list;
            while let Some(place) = self.lists[usize::from(list)].pop() {
                waiting -= 1;
                let place = place as usize;
                if states[place] != here {
                    continue;
                }
                states[place] = CLOSED;
                for (by, step) in steps {
                    let next = (list + step) % LISTS;
                    for near in [place - by, place + by] {
                        let state = &mut states[near];
                        let waits_longer = *state != CLOSED && state.wrapping_sub(here) % LISTS > step;
                        if *state == OPEN || waits_longer {
                            *state = WAITING + next;
                            self.lists[usize::from(next)].push(narrow(near));
                            waiting += 1;
                        }
                    }
                }
            }
            left.retain(|&(number, goal)| {
                let waits = states[goal] != CLOSED;
                if !waits {
                    found[number] = length;
                }
                waits
            });
            length += 1;
        }
        found
    }

    /// Where a cell is among the states.
    const fn place(&self, cell: u32) -> usize {
        let cell = cell as usize;
        (cell / self.shape.width + 1) * (self.shape.width + 1) + cell % self.shape.width + 1
    }

    fn straight(&self, from: u32, to: u32) -> u32 {
        let ((x, y), (to_x, to_y)) = (self.shape.place(from), self.shape.place(to));
        u32::try_from(((x - to_x).pow(2) + (y - to_y).pow(2)).isqrt()).unwrap_or(UNKNOWN) * u32::from(STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::{DIAGONAL, FloorPaths, MeasuredRooms, STEP, Shape, UNKNOWN, middles};
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
            let mut far = vec![UNKNOWN; shape.len()];
            far[from] = 0;
            for _ in 0..shape.len() {
                for cell in (0..shape.len()).filter(|&cell| labels[cell] != 0) {
                    let (x, y) = shape.place(u32::try_from(cell).unwrap());
                    for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
                        let step = u32::from(if dx * dy == 0 { STEP } else { DIAGONAL });
                        if let Some(near) = shape.cell(x + dx, y + dy).filter(|&near| far[near] != UNKNOWN) {
                            far[cell] = far[cell].min(far[near] + step);
                        }
                    }
                }
            }
            let mut floor = FloorPaths::new(shape, &labels);
            let all: Vec<u32> = (0..u32::try_from(shape.len()).unwrap()).collect();
            let lengths = floor.lengths(u32::try_from(from).unwrap(), &all);
            for (cell, &far) in far.iter().enumerate().filter(|(_, far)| **far != UNKNOWN) {
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

        /// The slow twin: of all cells of a room that with the least distance, in whole cells.
        #[test]
        fn the_middle_of_a_room_is_its_first_cell_nearest_to_the_mean(
            labels in prop::collection::vec(prop_oneof![1 => 0..4_u16, 2 => Just(1)], 12..200), width in 1..30_usize,
        ) {
            let shape = Shape::new(width, labels.len() / width);
            let labels = &labels[..shape.len()];
            for (room, cell) in (1..4).zip(middles(shape, labels, 3)) {
                let own = || (0..).zip(labels).filter(|&(_, &label)| label == room).map(|(cell, _)| shape.place(cell));
                let count = i64::try_from(own().count()).unwrap();
                let sum = own().fold((0, 0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
                let far = |(x, y): (i64, i64)| (x * count - sum.0).abs().max((y * count - sum.1).abs()) / count;
                let nearest = own().min_by_key(|&place| far(place));
                prop_assert!(nearest.is_none_or(|(x, y)| shape.cell(x, y) == Some(cell as usize)));
            }
        }

        /// Asked in any order, and again, each distance is that of a search for it alone.
        #[test]
        fn distances_of_rooms_are_those_of_single_searches(
            labels in prop::collection::vec(0..3_u16, 9..60),
            middles in prop::collection::vec(0..9_u32, 2..7),
            asked in prop::collection::vec(prop::collection::vec((0..7_usize, 0..7_usize), 0..9), 1..4),
        ) {
            let shape = Shape::new(3, labels.len() / 3);
            let labels = &labels[..shape.len()];
            let mut floor = FloorPaths::new(shape, labels);
            let count = middles.len();
            let first = floor.lengths(middles[0], &middles);
            let between = vec![vec![UNKNOWN; count]; count];
            let mut rooms = MeasuredRooms { middles: middles.clone(), first, between, scale: 0 };
            for asked in asked {
                let pairs = asked.into_iter().map(|(a, b)| [a.min(b) % count, a.max(b) % count]);
                let pairs: Vec<[usize; 2]> = pairs.filter(|[a, b]| a != b).collect();
                let known = rooms.with(&pairs, &mut floor);
                for [a, b] in pairs {
                    let alone = floor.lengths(middles[b], &[middles[a]])[0];
                    prop_assert_eq!((known.between[a][b], known.between[b][a]), (alone, alone));
                }
            }
        }
    }
}
