//! What lies between and inside rooms: gaps given to rooms, clutter filled.

use alloc::vec::Vec;

use crate::grid::components::Components;
use crate::grid::disjoint_sets::DisjointSets;
use crate::grid::sorted::sort_numbers;
use crate::grid::{Borders, Shape, narrow};
use crate::home::GAP;

/// Gives gap cells to the nearest room along the floor; at equal distance to the room that was larger, and
/// between rooms of one size to none. `labels` holds 0 where there is no room, [`GAP`] in gaps, and i + 1 for
/// room i; no gap is left afterwards. `gaps` are the cells in gaps, in order, and `areas` those of the rooms.
///
/// The rooms grow into the gaps by one cell a round. What a cell gets follows from its neighbours alone, so after the
/// first round only cells next to those that were given away are looked at again.
///
/// # Complexity
/// O(gaps · log gaps).
pub(super) fn fill_gaps(labels: &mut [u16], shape: Shape, gaps: &[u32], areas: &[u32]) {
    grow(labels, shape, areas, gaps);
    for &cell in gaps {
        let label = &mut labels[cell as usize];
        *label = if *label == GAP { 0 } else { *label };
    }
}

/// The area of each room by its label, with the clutter in it: what stands in a room must not decide whose a doorway
/// is. Gaps are no room's here, and clutter may hang together with them.
pub(super) fn areas(components: &Components) -> Vec<u32> {
    let count = components.list.len();
    let is_rest = |label: u16| label == 0 || label == GAP;
    let mut sets = DisjointSets::new(narrow(count));
    let mut around: Vec<Around> = components.list.iter().map(|own| Around::edge(own.at_edge)).collect();
    components.touching(&mut |a, b| {
        if a.component == b.component {
            return;
        }
        let rests = [is_rest(a.label), is_rest(b.label)];
        if rests == [true; 2] {
            sets.union(a.component, b.component);
        } else if rests != [false; 2] && (a.span.y == b.span.y || a.span.overlaps(b.span)) {
            let (rest, room) = if rests[0] { (a, b) } else { (b, a) };
            around[rest.component as usize].meet(Around(room.label));
        }
    });
    let (sets, count) = sets.into_numbers();
    let mut around_sets = vec![Around(0); count as usize];
    for (&set, &around) in sets.iter().zip(&around) {
        around_sets[set as usize].meet(around);
    }
    let labels = || components.list.iter().map(|component| component.label);
    let most = labels().filter(|&label| label != GAP).max().unwrap_or(0);
    let mut areas = vec![0; usize::from(most) + 1];
    for ((label, component), &set) in labels().zip(&components.list).zip(&sets) {
        let room = if is_rest(label) { around_sets[set as usize].room().unwrap_or(0) } else { label };
        areas[usize::from(room)] += component.area;
    }
    areas
}

/// The rooms around something: 0 for none seen yet, a room's label, or [`SEVERAL`].
#[derive(Clone, Copy)]
struct Around(u16);

/// Two rooms, or the world outside. What a gap touches lies between rooms too, and the gap's label says so by itself.
const SEVERAL: u16 = GAP;

impl Around {
    const fn edge(is_at_edge: bool) -> Self {
        Self(if is_at_edge { SEVERAL } else { 0 })
    }

    /// Sees what is around another part.
    const fn meet(&mut self, Self(other): Self) {
        if self.0 == 0 {
            self.0 = other;
        } else if other != 0 && other != self.0 {
            self.0 = SEVERAL;
        }
    }

    /// The only room around.
    fn room(self) -> Option<u16> {
        Some(self.0).filter(|&room| room != 0 && room != SEVERAL)
    }
}

/// Grows the rooms into the gaps, and says how many cells were looked at after the first round.
fn grow(labels: &mut [u16], shape: Shape, areas: &[u32], gaps: &[u32]) -> usize {
    let given = |labels: &[u16], cell: u32| Some((cell, largest_around(labels, shape, areas, cell)?));
    let mut taken: Vec<(u32, u16)> = gaps.iter().filter_map(|&cell| given(labels, cell)).collect();
    let mut next: Vec<u32> = Vec::new();
    let mut looked = 0;
    while !taken.is_empty() {
        for &(cell, label) in &taken {
            labels[cell as usize] = label;
        }
        let around = taken.drain(..).flat_map(|(cell, _)| shape.around(cell));
        next.extend(around.filter(|&near| labels.get(near as usize) == Some(&GAP)));
        sort_numbers(&mut next);
        next.dedup();
        looked += next.len();
        taken.extend(next.drain(..).filter_map(|cell| given(labels, cell)));
    }
    looked
}

/// The label of the largest room next to a cell, unless two rooms are equally large.
fn largest_around(labels: &[u16], shape: Shape, areas: &[u32], cell: u32) -> Option<u16> {
    let mut best: Option<(u32, u16)> = None;
    let mut tie = false;
    for near in shape.around(cell) {
        let Some(&label) = labels.get(near as usize).filter(|&&label| label != 0 && label != GAP) else {
            continue;
        };
        let size = areas[usize::from(label)];
        match best {
            Some((_, other)) if other == label => {}
            Some((most, _)) if most == size => tie = true,
            Some((most, _)) if most > size => {}
            _ => (best, tie) = (Some((size, label)), false),
        }
    }
    best.filter(|_| !tie).map(|(_, label)| label)
}

/// Fills what one room alone encloses: furniture, specks, whatever stands free in it. `labels` holds 0 where
/// there is no room; `components` are theirs. The runs then have their labels after that, so that runs of one label may
/// touch, and the components those of before. Gives the borders between rooms.
///
/// # Complexity
/// O(runs), and O(cells) of what is filled.
pub(super) fn fill_clutter(labels: &mut [u16], shape: Shape, components: &mut Components) -> Borders {
    let mut around: Vec<Around> = components.list.iter().map(|own| Around::edge(own.at_edge)).collect();
    let mut borders = Borders::none(shape);
    components.contacts(&mut |a, b| {
        if a.component == b.component {
            return;
        }
        match (a.label, b.label) {
            (0, room) => around[a.component as usize].meet(Around(room)),
            (room, 0) => around[b.component as usize].meet(Around(room)),
            (GAP, _) | (_, GAP) => {}
            _ => borders.part(a, b),
        }
    });
    for run in components.runs.iter_mut().filter(|run| run.label == 0) {
        if let Some(room) = around[run.component as usize].room().filter(|_| !mutant!(ClutterKept)) {
            run.label = room;
            labels[run.cells(shape.width)].fill(room);
        }
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::{Components, GAP, Shape, areas, fill_clutter, fill_gaps, grow, largest_around};
    use proptest::prelude::*;

    fn gaps_of(labels: &[u16]) -> Vec<u32> {
        (0..).zip(labels).filter(|&(_, &label)| label == GAP).map(|(cell, _)| cell).collect()
    }

    /// The slow, obvious twin: every round looks at every cell.
    fn fill_slowly(labels: &mut [u16], shape: Shape) {
        let areas = areas(&Components::of(labels, shape));
        loop {
            let before = labels.to_vec();
            for (cell, label) in (0..).zip(labels.iter_mut()).filter(|(_, label)| **label == GAP) {
                *label = largest_around(&before, shape, &areas, cell).unwrap_or(GAP);
            }
            if labels == before {
                break;
            }
        }
        labels.iter_mut().filter(|label| **label == GAP).for_each(|label| *label = 0);
    }

    proptest! {
        #[test]
        fn gaps_are_filled_as_by_looking_at_every_cell_in_every_round(
            width in 1..14_usize, cells in prop::collection::vec(0..9_u16, 1..170),
        ) {
            let cells: Vec<u16> = cells.into_iter().map(|cell| if cell > 3 { GAP } else { cell }).collect();
            let shape = Shape::of_rows(width, cells.len());
            let mut found = cells[..shape.len()].to_vec();
            let mut expected = found.clone();
            let gaps = gaps_of(&found);
            let areas = areas(&Components::of(&found, shape));
            fill_gaps(&mut found, shape, &gaps, &areas);
            fill_slowly(&mut expected, shape);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn areas_are_those_with_the_clutter_filled(
            width in 3..14_usize, cells in prop::collection::vec(0..9_u16, 9..170),
        ) {
            // Mostly one room, so that there are holes.
            let label = |cell| [1, 1, 1, 1, 1, 2, 0, 0, GAP][usize::from(cell)];
            let cells: Vec<u16> = cells.into_iter().map(label).collect();
            let shape = Shape::of_rows(width, cells.len());
            let cells = &cells[..shape.len()];
            let mut filled: Vec<u16> = cells.iter().map(|&label| if label == GAP { 0 } else { label }).collect();
            let mut components = Components::of(&filled, shape);
            fill_clutter(&mut filled, shape, &mut components);
            let areas = areas(&Components::of(cells, shape));
            for (label, area) in (0..).zip(areas).skip(1) {
                prop_assert_eq!(area as usize, filled.iter().filter(|&&own| own == label).count());
            }
        }

        /// Against a flood of what is no room's.
        #[test]
        fn clutter_is_what_one_room_alone_encloses(
            width in 3..14_usize, cells in prop::collection::vec(0..9_u16, 9..170),
        ) {
            let label = |cell| [1, 1, 1, 1, 2, 2, 0, 0, GAP][usize::from(cell)];
            let cells: Vec<u16> = cells.into_iter().map(label).collect();
            let shape = Shape::of_rows(width, cells.len());
            let cells = &cells[..shape.len()];
            let place = |at: usize| i64::try_from(at).unwrap();
            let filled_slowly = |cell: usize| {
                let (mut seen, mut stack, mut rooms) = (vec![cell], vec![cell], Vec::new());
                while let Some(cell) = stack.pop() {
                    let (x, y) = (place(cell % width), place(cell / width));
                    for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
                        let Some(near) = shape.cell(x + dx, y + dy) else { return 0 };
                        if cells[near] == 0 && !seen.contains(&near) {
                            seen.push(near);
                            stack.push(near);
                        }
                        if cells[near] != 0 && (dx == 0 || dy == 0) {
                            rooms.push(cells[near]);
                        }
                    }
                }
                rooms.sort_unstable();
                rooms.dedup();
                if rooms.len() == 1 && rooms[0] != GAP { rooms[0] } else { 0 }
            };
            let expected: Vec<u16> =
                (0..shape.len()).map(|cell| if cells[cell] == 0 { filled_slowly(cell) } else { cells[cell] }).collect();
            let mut filled = cells.to_vec();
            let mut components = Components::of(cells, shape);
            let borders = fill_clutter(&mut filled, shape, &mut components);
            prop_assert_eq!(&filled, &expected);
            for run in &components.runs {
                prop_assert!(filled[run.cells(width)].iter().all(|&label| label == run.label));
            }
            let mut parted = 0;
            borders.each(|a, b| {
                assert!(filled[a] != filled[b]);
                parted += 1;
            });
            let is_border = |a: usize, b: usize| filled[a] != filled[b] && ![filled[a], filled[b]].iter().any(|&it| it == 0 || it == GAP);
            let in_rows = (1..shape.len()).filter(|&cell| cell % width > 0 && is_border(cell - 1, cell)).count();
            prop_assert_eq!(parted, in_rows + (width..shape.len()).filter(|&cell| is_border(cell - width, cell)).count());
        }
    }

    /// A gap of one cell's width, there and back over the whole grid, that begins at a room: it takes as many rounds
    /// as it has cells.
    #[test]
    fn a_gap_as_long_as_the_grid_is_looked_at_once() {
        const SIDE: usize = 101;
        let shape = Shape::new(SIDE, SIDE);
        let turn = |y: usize| if y % 4 == 1 { SIDE - 1 } else { 0 };
        let is_gap = |x: usize, y: usize| y.is_multiple_of(2) || x == turn(y);
        let mut labels: Vec<u16> =
            (0..shape.len()).map(|cell| if is_gap(cell % SIDE, cell / SIDE) { GAP } else { 0 }).collect();
        labels[0] = 1;
        let gaps = gaps_of(&labels);
        let looked = grow(&mut labels, shape, &[0, 1], &gaps);
        assert!(!labels.contains(&GAP));
        assert!(looked <= shape.len(), "{looked}");
    }
}
