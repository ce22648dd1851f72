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
use crate::grid::components::{Component, Components, Run};
use crate::grid::disjoint_sets::DisjointSets;
use crate::grid::sorted::sort_pairs;
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Borders, Cell, Shape, Shift, narrow};

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
    /// Of the labels.
    pub(super) components: &'a Components,
}

impl Strips<'_> {
    /// Makes floor of the strips up to a width in metres that part the home, and gives their cells.
    ///
    /// # Complexity
    /// O(cells) where there is no strip, O(cells · (radius / 64 + widest + log pairs)) elsewhere, of pairs
    /// of rooms on the two sides of a strip.
    pub(super) fn close(self, widest_m: f64) -> Vec<usize> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200 cells")]
        let widest = libm::floor(widest_m / self.resolution_m + 1e-6) as usize;
        let Self { shape, components, .. } = self;
        let those = |what: Cell| BitGrid::of(shape.width, self.cells, |&cell| cell == what);
        let (free, unknown) = (those(Cell::Free), those(Cell::Unknown));
        let mut strips = strips(&free, &unknown, widest);
        if strips.is_empty() {
            return Vec::new();
        }
        let mut borders = Borders::none(shape);
        let filled = Filled::of(components, &mut borders);
        let holes =
            || components.runs.iter().filter(|run| run.label != filled.labels[run.component as usize]);
        let mut floor = free.clone();
        for run in holes() {
            floor.insert_all(run.cells(shape.width));
        }
        strips.remove(&floor);
        if strips.is_empty() {
            return Vec::new();
        }
        // What rooms enclose is theirs, until the end.
        for run in holes() {
            self.labels[run.cells(shape.width)].fill(filled.labels[run.component as usize]);
        }
        let disc = disc_rows(self.radius_m / self.resolution_m);
        let stand = borders.eroded(&floor, &disc);
        let places = Components::within(&stand, &borders.in_row, |cell| self.labels[cell]);
        let least = self.least_place();
        let is_large = |place: &Component| f64::from(place.area) >= least;
        // How many large places each label has.
        let mut large_places =
            vec![0_u32; places.list.iter().map(|place| place.label.into()).max().unwrap_or(0) + 1];
        for place in places.list.iter().filter(|place| is_large(place)) {
            large_places[usize::from(place.label)] += 1;
        }
        let has_large = filled.with_places(components, &places, is_large);
        let mut large = floor.clone();
        large.remove(&components.cells_where(shape, &|component| {
            let component = component as usize;
            filled.labels[component] != NO_FLOOR && !has_large[filled.parts[component] as usize]
        }));
        let mut stops = BitGrid::all(shape);
        stops.remove(&free);
        stops.remove(&unknown);
        stops.add(&large);
        let ends = Ends { labels: self.labels, unknown: &unknown, stops: &stops, large: &large, widest };
        let mut strip_cells: Vec<StripCell> = Vec::new();
        strips.each(|cell| {
            let across = ends.across(cell);
            if across != [None; 2] {
                strip_cells.push((narrow(cell), across));
            }
        });
        let wide = 2 * narrow(disc.len()) - 1;
        let doorway = (MOST_DOORWAY_M / self.resolution_m).max(wide.into());
        let meetings = Meetings::of(&borders, self.labels, &strip_cells);
        let do_meet = |pair| meetings.between(pair) >= wide;
        let mut closed = between_rooms(&strip_cells, shape, f64::from(wide)..=doorway, &do_meet);
        // Only where there are two large places of a room can a strip part it.
        let room_of =
            |across| within_room(across).filter(|&room| large_places.get(usize::from(room)) > Some(&1));
        let own: Vec<(usize, u16)> = strip_cells
            .iter()
            .filter_map(|&(cell, across)| Some((cell as usize, room_of(across)?)))
            .collect();
        if !own.is_empty() {
            for &(cell, room) in &own {
                self.labels[cell] = room;
                floor.insert(cell);
            }
            self.part(&own, &mut borders);
            let mut over = borders.eroded(&floor, &disc);
            over.remove(&stand);
            let parting = self.parting(&borders.in_row, &over, &places, is_large);
            if !parting.is_empty() {
                parting.dilated(&disc).and(&strips).each(|cell| closed.push(cell));
            }
        }
        for run in holes() {
            self.labels[run.cells(shape.width)].fill(NO_FLOOR);
        }
        for (cell, _) in own {
            self.labels[cell] = NO_FLOOR;
        }
        for &cell in &closed {
            let strip = strip_cells.binary_search_by_key(&narrow(cell), |&(cell, _)| cell);
            let room = strip.ok().and_then(|strip| within_room(strip_cells[strip].1));
            self.cells[cell] = Cell::Free;
            self.labels[cell] = room.unwrap_or(LOOSE);
        }
        closed
    }

    /// How many cells where the robot can stand make a place.
    fn least_place(&self) -> f64 {
        let side = (libm::sqrt(LEAST_ROOM_M2) - 2.0 * self.radius_m).max(0.0) / self.resolution_m;
        side * side / 2.0
    }

    /// Parts cells of strips from floor with another label.
    fn part(&self, own: &[(usize, u16)], borders: &mut Borders) {
        let is_other = |cell: usize, room: u16| ![NO_FLOOR, room].contains(&self.labels[cell]);
        for &(cell, room) in own {
            for near in self.shape.neighbours(cell).filter(|&near| is_other(near, room)) {
                let (first, second) = (cell.min(near), cell.max(near));
                if second - first == self.shape.width {
                    borders.above.insert(first);
                } else {
                    borders.in_row.insert(second);
                }
            }
        }
    }

    /// Where the robot can stand over strips alone, from one large place of a room to another.
    ///
    /// # Complexity
    /// O(cells / 64 + cells over strips · log places).
    fn parting(
        &self,
        apart: &BitGrid,
        over: &BitGrid,
        places: &Components,
        is_large: impl Fn(&Component) -> bool,
    ) -> BitGrid {
        let shape = self.shape;
        let over = Components::within(over, apart, |cell| self.labels[cell]);
        // For each piece the first place it leads to, and whether there is another.
        let mut leads: Vec<(Option<u32>, bool)> = vec![(None, false); over.list.len()];
        for run in &over.runs {
            let large = |place: &&Run| is_large(&places.list[place.component as usize]);
            for place in places.around(run).filter(|place| place.label == run.label).filter(large) {
                let (first, parts) = &mut leads[run.component as usize];
                *parts |= *first.get_or_insert(place.component) != place.component;
            }
        }
        over.cells_where(shape, &|piece| leads[piece as usize].1)
    }
}

/// Rooms, and floor of none, with what each alone encloses.
struct Filled {
    /// The label of each component, or of the only one around it.
    labels: Vec<u16>,
    /// Components that hang together by what they enclose have the same number.
    parts: Vec<u32>,
}

impl Filled {
    /// Parts the floor where labels meet, too.
    ///
    /// # Complexity
    /// O(runs · log runs).
    fn of(components: &Components, borders: &mut Borders) -> Self {
        let mut labels: Vec<u16> = components.list.iter().map(|component| component.label).collect();
        // Of the first floor next to each hole the number of its component; none where there is another label too.
        let mut first: Vec<Option<u32>> = vec![None; labels.len()];
        let mut several: Vec<bool> = components.list.iter().map(|hole| hole.at_edge).collect();
        // Around the hole there are several components.
        let mut is_joint = vec![false; labels.len()];
        components.contacts(&mut |a, b| {
            if a.component == b.component {
                return;
            }
            let (hole, room) = match (a.label, b.label) {
                (NO_FLOOR, _) => (a.component as usize, b),
                (_, NO_FLOOR) => (b.component as usize, a),
                _ => return borders.part(a, b),
            };
            let near = *first[hole].get_or_insert(room.component);
            is_joint[hole] |= near != room.component;
            several[hole] |= components.list[near as usize].label != room.label;
        });
        let mut sets = DisjointSets::new(narrow(labels.len()));
        for ((hole, first), several) in first.into_iter().enumerate().zip(several) {
            is_joint[hole] &= !several;
            // A place to stand may begin in what a room encloses.
            if let Some(first) = first.filter(|_| !several) {
                labels[hole] = components.list[first as usize].label;
                sets.union(narrow(hole), first);
            }
        }
        for hole in components.runs.iter().filter(|run| is_joint[run.component as usize]) {
            for near in components.around(hole) {
                sets.union(hole.component, near.component);
            }
        }
        Self { labels, parts: sets.into_numbers().0 }
    }

    /// Which parts have a place that is wanted.
    fn with_places(
        &self,
        components: &Components,
        places: &Components,
        wanted: impl Fn(&Component) -> bool,
    ) -> Vec<bool> {
        let mut has = vec![false; self.parts.len()];
        let mut floor = &components.runs[..];
        for place in places.runs.iter().filter(|run| wanted(&places.list[run.component as usize])) {
            let is_before = |run: &Run| (run.span.y, run.span.end) <= (place.span.y, place.span.start);
            while floor.first().is_some_and(is_before) {
                floor = &floor[1..];
            }
            if let Some(run) = floor.first() {
                has[self.parts[run.component as usize] as usize] = true;
            }
        }
        has
    }
}

/// The labels on the two sides of a strip, the lower one first.
type Pair = (u16, u16);

/// A cell of a strip, and what is across it in its row and in its column.
type StripCell = (u32, [Option<Pair>; 2]);

/// What is next to strips.
struct Ends<'a> {
    /// With what each room encloses.
    labels: &'a [u16],
    unknown: &'a BitGrid,
    /// Large floor and walls.
    stops: &'a BitGrid,
    large: &'a BitGrid,
    widest: usize,
}

impl Ends<'_> {
    /// What is to the left and right of a cell, and what below and above it.
    #[expect(clippy::cast_possible_wrap, reason = "a side is at most 16384")]
    fn across(&self, cell: usize) -> [Option<Pair>; 2] {
        let Shape { width, height } = self.stops.shape();
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
            if self.stops.has(near) {
                return self.large.has(near).then(|| (unknown, self.labels[near]));
            }
            unknown += usize::from(self.unknown.has(near));
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
    /// O(borders · log pairs).
    fn of(borders: &Borders, labels: &[u16], strips: &[StripCell]) -> Self {
        let across = strips.iter().flat_map(|&(_, across)| across).flatten();
        let mut pairs: Vec<Pair> = across.filter(|(one, other)| one != other).collect();
        sort_pairs(&mut pairs);
        pairs.dedup();
        let mut meetings = Self { counts: vec![0; pairs.len()], pairs };
        if !meetings.pairs.is_empty() {
            borders.each(|a, b| {
                let (a, b) = (labels[a], labels[b]);
                if let Some(place) = meetings.place((a.min(b), a.max(b))) {
                    meetings.counts[place] += 1;
                }
            });
        }
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
/// O(cells / 64 + strips · widest).
fn strips(free: &BitGrid, unknown: &BitGrid, widest: usize) -> BitGrid {
    let shape = free.shape();
    let mut strips = BitGrid::none(shape);
    if widest == 0 {
        return strips;
    }
    for row in (0..shape.height).map(|y| shape.row(y)) {
        // None begins or ends at the border of a row.
        for run in unknown.runs_in(row.clone()) {
            let is_inside = row.start < run.start && run.end < row.end;
            if run.len() <= widest && is_inside && free.has(run.start - 1) && free.has(run.end) {
                strips.insert_all(run);
            }
        }
    }
    // From free cells on, row by row through the unknown.
    let (up, down) = (Shift::Up(shape.width), Shift::Down(shape.width));
    let mut first = unknown.clone();
    first.keep(free, up);
    let (mut last, mut ends) = (first.filled_words(), BitGrid::none(shape));
    for _ in 0..widest {
        ends.add_words(&unknown.moved(&free.moved(&last, up), down));
        last = unknown.moved(&last, up);
    }
    // And back from where free cells follow.
    let mut last = ends.filled_words();
    for _ in 0..widest {
        strips.add_words(&last);
        last = unknown.moved(&last, down);
    }
    strips
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BitGrid, Borders, Cell, Components, Filled, NO_FLOOR, Shape, strips};

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
        /// Against the components of the labels with the holes filled.
        #[test]
        fn what_a_room_encloses_hangs_together_with_it(
            width in 3..14_usize, cells in prop::collection::vec(0..12_u16, 9..170),
        ) {
            let shape = Shape::of_rows(width, cells.len());
            // Mostly floor of one kind, so that there are holes.
            let labels: Vec<u16> =
                cells[..shape.len()].iter().map(|&cell| if cell > 3 { 2 } else { cell }).collect();
            let components = Components::of(&labels, shape);
            let filled = Filled::of(&components, &mut Borders::none(shape));
            let mut whole = labels;
            for run in &components.runs {
                whole[run.cells(width)].fill(filled.labels[run.component as usize]);
            }
            let mut whole_of = vec![0; shape.len()];
            for run in &Components::of(&whole, shape).runs {
                whole_of[run.cells(width)].fill(run.component);
            }
            let floor = components.runs.iter().filter(|run| whole[run.cells(width).start] != NO_FLOOR);
            let mut pairs: Vec<(u32, u32)> = floor
                .map(|run| (filled.parts[run.component as usize], whole_of[run.cells(width).start]))
                .collect();
            pairs.sort_unstable();
            pairs.dedup();
            let one_each = pairs.windows(2).all(|pair| pair[0].0 != pair[1].0);
            pairs.sort_unstable_by_key(|&(_, whole)| whole);
            prop_assert!(one_each && pairs.windows(2).all(|pair| pair[0].1 != pair[1].1), "{pairs:?}");
        }
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
            let found = strips(&those(Cell::Free), &those(Cell::Unknown), widest);
            prop_assert_eq!(found.to_flags(), slowly(cells, width, widest));
        }
    }
}
