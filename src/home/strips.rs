//! Narrow strips of the unknown between known floor.
//!
//! No ray of a laser grazes a threshold, so a column of unknown cells can lie across a doorway that the robot drives
//! through every day, and part a home in two. Takes the cells of a map and the width up to which such a strip is taken
//! for floor. Strips elsewhere stay unknown: they are the shadows of furniture. A strip becomes floor
//!
//! * within one room, or within floor of no room, where it *parts* it: where the robot can stand on both sides, in
//!   places half as large as the smallest room at least, and only over the strip from one to the other;
//! * between two rooms that have such a place each and do not meet elsewhere, where it is as long as the robot is wide,
//!   and no longer than a doorway: what is longer may be a wall that nobody saw.
//!
//! What is said of a strip depends on the one or two rooms at it alone: which rooms else there are must not decide,
//! since the owner may redact them. So a room is looked at as if all others were walls. What a room alone encloses
//! counts as its floor here as it does later, so furniture neither makes nor closes a strip.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::labels::{LOOSE, NO_FLOOR};
use super::limits::LEAST_ROOM_M2;
use crate::grid::components::Components;
use crate::grid::disjoint_sets::DisjointSets;
use crate::grid::sorted::sort_pairs;
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Cell, Shape, Shift, narrow};

/// Longest doorway between two rooms.
const MOST_DOORWAY_M: f64 = 2.0;

/// A map whose strips are to be closed.
pub(super) struct Strips<'a> {
    pub(super) shape: Shape,
    pub(super) resolution_m: f64,
    pub(super) radius_m: f64,
    pub(super) cells: &'a mut [Cell],
    /// [`LOOSE`] or a room's for free cells.
    pub(super) labels: &'a mut [u16],
}

impl Strips<'_> {
    /// Makes floor of the strips up to a width in metres that part the home.
    ///
    /// # Complexity
    /// O(cells) where there is no strip, O(cells · (radius / 64 + widest + log pairs)) elsewhere, of pairs
    /// of rooms on the two sides of a strip.
    pub(super) fn close(self, widest_m: f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200 cells")]
        let widest = libm::floor(widest_m / self.resolution_m + 1e-6) as usize;
        let width = self.shape.width;
        let those = |what: Cell| BitGrid::of(width, self.cells, |&cell| cell == what);
        let mut strips = strips(&those(Cell::Free), those(Cell::Unknown), widest);
        if strips.is_empty() {
            return;
        }
        let floor = filled(self.labels, self.shape);
        let mut rooms = self.labels.to_vec();
        floor.runs.iter().for_each(|run| rooms[run.cells(width)].fill(run.label));
        strips.remove(&BitGrid::of(width, &rooms, |&label| label != NO_FLOOR));
        if strips.is_empty() {
            return;
        }
        let disc = disc_rows(self.radius_m / self.resolution_m);
        let stand = BitGrid::eroded_labels(&rooms, width, &disc);
        let large = self.large(&floor, &rooms, &stand);
        let ends = Ends { shape: self.shape, cells: self.cells, rooms: &rooms, large: &large, widest };
        let mut strip_cells: Vec<StripCell> = Vec::with_capacity(strips.count());
        strips.each(|cell| strip_cells.push((narrow(cell), ends.across(cell))));
        let wide = 2 * narrow(disc.len()) - 1;
        let doorway = (MOST_DOORWAY_M / self.resolution_m).max(wide.into());
        let meetings = Meetings::of(&floor, &strip_cells);
        drop(floor);
        let do_meet = |pair| meetings.between(pair) >= wide;
        let mut closed = between_rooms(&strip_cells, self.shape, f64::from(wide)..=doorway, &do_meet);
        for &(cell, across) in &strip_cells {
            rooms[cell as usize] = within_room(across).unwrap_or(NO_FLOOR);
        }
        let mut over = BitGrid::eroded_labels(&rooms, width, &disc);
        over.remove(&stand);
        let mut within = self.parting(&rooms, &stand, &over).dilated(&disc);
        within.keep(&strips, Shift::Up(0));
        within.each(|cell| closed.push(cell));
        for cell in closed {
            self.cells[cell] = Cell::Free;
            self.labels[cell] = rooms[cell].max(LOOSE);
        }
    }

    /// How many cells where the robot can stand make a place.
    fn least_place(&self) -> f64 {
        let side = (libm::sqrt(LEAST_ROOM_M2) - 2.0 * self.radius_m).max(0.0) / self.resolution_m;
        side * side / 2.0
    }

    /// The floor of rooms, or of none, that has a large place to stand in.
    fn large(&self, floor: &Components, rooms: &[u16], stand: &BitGrid) -> BitGrid {
        let places = Components::within(stand, |cell| rooms[cell]);
        let is_large = |place: u32| f64::from(places.list[place as usize].area) >= self.least_place();
        let in_place = places.cells_where(self.shape, is_large);
        let mut is_large = vec![false; floor.list.len()];
        for run in floor.runs.iter().filter(|run| run.label != NO_FLOOR) {
            let is_large = &mut is_large[run.component as usize];
            *is_large = *is_large || in_place.count_in(run.cells(self.shape.width)) > 0;
        }
        floor.cells_where(self.shape, |component| is_large[component as usize])
    }

    /// Where the robot can stand over strips alone, from one large place of a room to another.
    fn parting(&self, rooms: &[u16], stand: &BitGrid, over: &BitGrid) -> BitGrid {
        let mut parting = BitGrid::none(self.shape);
        if over.is_empty() {
            return parting;
        }
        // Even: places; odd: over strips of the same room.
        let mut both = stand.clone();
        both.add(over);
        let pieces = Components::within(&both, |cell| 2 * rooms[cell] + u16::from(over.has(cell)));
        let least = self.least_place();
        // For each strip the first place it leads to, and whether there is another.
        let mut leads: Vec<(Option<u32>, bool)> = vec![(None, false); pieces.list.len()];
        pieces.contacts(|a, b| {
            for (strip, place) in [(a, b), (b, a)] {
                let large = f64::from(pieces.list[place.component as usize].area) >= least;
                if strip.label % 2 == 1 && place.label == strip.label - 1 && large {
                    let (first, parts) = &mut leads[strip.component as usize];
                    *parts |= *first.get_or_insert(place.component) != place.component;
                }
            }
        });
        let runs = pieces.runs.iter().filter(|run| leads[run.component as usize].1);
        runs.for_each(|run| parting.insert_all(run.cells(self.shape.width)));
        parting
    }
}

/// The labels on the two sides of a strip, the lower one first.
type Pair = (u16, u16);

/// A cell of a strip, and what is across it in its row and in its column.
type StripCell = (u32, [Option<Pair>; 2]);

/// What is next to strips.
struct Ends<'a> {
    shape: Shape,
    cells: &'a [Cell],
    /// Labels, with what each room encloses.
    rooms: &'a [u16],
    large: &'a BitGrid,
    widest: usize,
}

impl Ends<'_> {
    /// What is to the left and right of a cell, and what below and above it.
    #[expect(clippy::cast_possible_wrap, reason = "a side is at most 16384")]
    fn across(&self, cell: usize) -> [Option<Pair>; 2] {
        let Shape { width, height } = self.shape;
        let (x, y) = (cell % width, cell / width);
        // How many cells lie before and after it, and the step from one to the next.
        [(x, width - 1 - x, 1), (y, height - 1 - y, width as isize)].map(|(before, after, step)| {
            let (near, one) = self.end(cell, step, after)?;
            let (far, other) = self.end(cell, -step, before)?;
            (near + far < self.widest).then_some((one.min(other), one.max(other)))
        })
    }

    /// How many unknown cells lie before large floor in a direction in which there are so many cells, and whose that
    /// is; nothing where they alone are too many. Walls end what lies across; specks of floor, as robots leave them
    /// without a room in doorways, do not.
    fn end(&self, cell: usize, step: isize, there: usize) -> Option<(usize, u16)> {
        let (mut near, mut unknown) = (cell, 0);
        for _ in 0..there.min(2 * self.widest) {
            near = near.wrapping_add_signed(step);
            let is_large = self.large.has(near);
            if is_large || self.cells[near] == Cell::Occupied {
                return is_large.then(|| (unknown, self.rooms[near]));
            }
            unknown += usize::from(self.cells[near] == Cell::Unknown);
            if unknown >= self.widest {
                break;
            }
        }
        None
    }
}

/// The one room, or floor of none, on both sides of a strip's cell.
fn within_room(across: [Option<Pair>; 2]) -> Option<u16> {
    let mut rooms = across.into_iter().flatten().filter(|(one, other)| one == other).map(|(room, _)| room);
    let room = rooms.next()?;
    rooms.all(|other| other == room).then_some(room)
}

/// Over how many borders of cells rooms meet that have a strip between them.
struct Meetings {
    pairs: Vec<Pair>,
    counts: Vec<u32>,
}

impl Meetings {
    /// # Complexity
    /// O(runs · log pairs).
    fn of(floor: &Components, strips: &[StripCell]) -> Self {
        let across = strips.iter().flat_map(|&(_, across)| across).flatten();
        let mut pairs: Vec<Pair> = across.filter(|(one, other)| one != other).collect();
        sort_pairs(&mut pairs);
        pairs.dedup();
        let mut meetings = Self { counts: vec![0; pairs.len()], pairs };
        floor.contacts(|a, b| {
            if a.label != b.label
                && let Some(place) = meetings.place((a.label.min(b.label), a.label.max(b.label)))
            {
                let columns = a.span.end.min(b.span.end).saturating_sub(a.span.start.max(b.span.start));
                // Next to each other in a row they have no column in common.
                meetings.counts[place] += u32::from(columns.max(1));
            }
        });
        meetings
    }

    fn place(&self, pair: Pair) -> Option<usize> {
        self.pairs.binary_search(&pair).ok()
    }

    fn between(&self, pair: Pair) -> u32 {
        self.place(pair).map_or(0, |place| self.counts[place])
    }
}

/// The cells of strips of so many cells between two rooms that do not meet. One cell that a ray did graze parts no
/// strip.
///
/// # Complexity
/// O(cells · log cells) of the strips, and `do_meet` for each of them.
fn between_rooms(
    strips: &[StripCell],
    shape: Shape,
    lengths: RangeInclusive<f64>,
    do_meet: &dyn Fn(Pair) -> bool,
) -> Vec<usize> {
    let mut closed = Vec::new();
    for axis in 0..2 {
        let pairs = strips.iter().filter_map(|&(cell, across)| Some((cell, across[axis]?)));
        let own: Vec<(u32, Pair)> = pairs.filter(|&(_, pair)| pair.0 != pair.1 && !do_meet(pair)).collect();
        let place = |cell: u32| {
            let (x, y) = shape.place(cell);
            if axis == 0 { (x, y) } else { (y, x) }
        };
        let mut sets = DisjointSets::new(narrow(own.len()));
        for (number, &(cell, pair)) in (0..).zip(&own) {
            let (across, along) = place(cell);
            for (side, ahead) in
                (-1..=1).flat_map(|side| (0..=2).map(move |ahead| (across + side, along + ahead)))
            {
                let (x, y) = if axis == 0 { (side, ahead) } else { (ahead, side) };
                let Some(near) = shape.cell(x, y) else { continue };
                if let Ok(other) = own.binary_search_by_key(&narrow(near), |&(cell, _)| cell)
                    && own[other].1 == pair
                {
                    sets.union(number, narrow(other));
                }
            }
        }
        let (numbers, count) = sets.into_numbers();
        let mut bounds = vec![(i64::MAX, i64::MIN); count as usize];
        for (&(cell, _), &number) in own.iter().zip(&numbers) {
            let (bounds, (_, along)) = (&mut bounds[number as usize], place(cell));
            *bounds = (bounds.0.min(along), bounds.1.max(along));
        }
        let is_long = |number: u32| {
            let (low, high) = bounds[number as usize];
            u32::try_from(high - low + 1).is_ok_and(|length| lengths.contains(&f64::from(length)))
        };
        closed.extend(
            own.iter()
                .zip(&numbers)
                .filter(|(_, number)| is_long(**number))
                .map(|(&(cell, _), _)| cell as usize),
        );
    }
    closed
}

/// The unknown cells in rows or columns of at most so many between free ones.
///
/// # Complexity
/// O(cells · widest / 64).
fn strips(free: &BitGrid, mut unknown: BitGrid, widest: usize) -> BitGrid {
    let shape = free.shape();
    let columns = strips_along(free, &unknown, widest, shape.width);
    // None begins or ends at the border of a row.
    unknown.clear_columns_at_edge();
    let mut strips = strips_along(free, &unknown, widest, 1);
    strips.add(&columns);
    strips
}

/// Those in the direction of a step.
fn strips_along(free: &BitGrid, unknown: &BitGrid, widest: usize, step: usize) -> BitGrid {
    // From free cells on, cell by cell through the unknown.
    let (mut last, mut ends) = (free.clone(), BitGrid::none(free.shape()));
    for _ in 0..widest {
        let mut next = unknown.clone();
        next.keep(&last, Shift::Up(step));
        let mut end = next.clone();
        end.keep(free, Shift::Down(step));
        ends.add(&end);
        last = next;
    }
    // And back from where free cells follow.
    let (mut last, mut strips) = (ends.clone(), ends);
    for _ in 1..widest {
        let mut next = unknown.clone();
        next.keep(&last, Shift::Down(step));
        strips.add(&next);
        last = next;
    }
    strips
}

/// The components of the labels, with those of rooms, or of floor without one, in what each alone encloses.
///
/// # Complexity
/// O(cells).
fn filled(labels: &[u16], shape: Shape) -> Components {
    let components = Components::of(labels, shape);
    // The label around each, if there is but one.
    let mut around: Vec<Option<u16>> = vec![None; components.list.len()];
    let mut several: Vec<bool> = components.list.iter().map(|hole| hole.at_edge).collect();
    components.contacts(|a, b| {
        for (hole, room) in [(a, b), (b, a)].into_iter().filter(|(_, room)| room.label != NO_FLOOR) {
            let (around, several) =
                (&mut around[hole.component as usize], &mut several[hole.component as usize]);
            *several |= *around.get_or_insert(room.label) != room.label;
        }
    });
    components.relabelled(shape.width, |run| {
        let is_hole = run.label == NO_FLOOR && !several[run.component as usize];
        if is_hole { around[run.component as usize].unwrap_or(NO_FLOOR) } else { run.label }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, Cell, Shape, disc_rows, strips};

    /// The slow, obvious twin: row by row and column by column.
    fn slowly(cells: &[Cell], width: usize, widest: usize) -> Vec<bool> {
        let height = cells.len() / width;
        let mut strips = vec![false; cells.len()];
        let mut look = |line: Vec<usize>| {
            let mut last_free = None;
            for (at, &cell) in line.iter().enumerate() {
                match cells[cell] {
                    Cell::Free => {
                        if let Some(free) = last_free.replace(at)
                            && at - free - 1 <= widest
                        {
                            line[free + 1..at].iter().for_each(|&cell| strips[cell] = true);
                        }
                    }
                    Cell::Unknown => {}
                    Cell::Occupied => last_free = None,
                }
            }
        };
        (0..height).for_each(|y| look((y * width..(y + 1) * width).collect()));
        (0..width).for_each(|x| look((x..cells.len()).step_by(width).collect()));
        strips
    }

    proptest! {
        #[test]
        fn strips_are_found_as_row_by_row_and_column_by_column(
            width in 1..90_usize, values in prop::collection::vec(0..12_u8, 90..900), widest in 0..7_usize,
        ) {
            let cell = |value| [Cell::Free, Cell::Occupied, Cell::Unknown][usize::from(value).saturating_sub(6).min(2)];
            let cells: Vec<Cell> = values.iter().map(|&value| cell(value)).collect();
            let cells = &cells[..cells.len() / width * width];
            let those = |what: Cell| BitGrid::of(width, cells, |&cell| cell == what);
            let found = strips(&those(Cell::Free), those(Cell::Unknown), widest);
            prop_assert_eq!(found.to_flags(), slowly(cells, width, widest));
        }

        /// Against each label eroded by itself.
        #[test]
        fn labels_are_eroded_as_if_all_others_were_walls(
            width in 3..20_usize, blocks in prop::collection::vec(0..7_u16, 20), radius in 0.0..2.5_f64,
        ) {
            let shape = Shape::new(width, 16);
            // Blocks of 4 × 4 cells, as single ones leave no place to stand.
            let labels: Vec<u16> =
                (0..shape.len()).map(|cell| blocks[cell % width / 4 + cell / width / 4 * 5]).collect();
            let disc = disc_rows(radius);
            let mut expected = BitGrid::none(shape);
            (1..7).for_each(|own| expected.add(&BitGrid::of(width, &labels, |&label| label == own).eroded(&disc)));
            prop_assert_eq!(BitGrid::eroded_labels(&labels, width, &disc).to_flags(), expected.to_flags());
        }
    }
}
