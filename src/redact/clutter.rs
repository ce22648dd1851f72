//! What lies between and inside rooms: gaps given to rooms, clutter filled.

use alloc::vec::Vec;

use crate::grid::components::{Component, Components, Run};
use crate::grid::disjoint_sets::DisjointSets;
use crate::grid::sorted::sort_numbers;
use crate::grid::{Borders, Shape, Span, narrow};
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

/// The rooms around something: 0 for none seen yet, a room's label, or [`SEVERAL`].
#[derive(Clone, Copy)]
struct Around(u16);

/// Two rooms, or the world outside. What a gap touches that rooms share lies between rooms too, and the gap's label says
/// so by itself.
const SEVERAL: u16 = GAP;

impl Around {
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

/// What is next to what, of the components of labels: 0 where there is no room, [`GAP`] in gaps, others for rooms.
pub(super) struct Neighbours {
    /// The rooms around each component.
    around: Vec<Around>,
    /// Gaps, and gaps and what is no room's, that touch over edges or corners.
    of_gaps: Vec<(u32, u32)>,
    /// Where rooms meet.
    pub(super) borders: Borders,
}

impl Neighbours {
    /// # Complexity
    /// O(runs).
    pub(super) fn of(components: &Components, shape: Shape) -> Self {
        let mut around = vec![Around(0); components.list.len()];
        let (mut of_gaps, mut borders) = (Vec::new(), Borders::none(shape));
        components.touching(|a, b| {
            let is_rest = |label: u16| label == 0 || label == GAP;
            let share_edge = a.span.y == b.span.y || a.span.overlaps(b.span);
            match (is_rest(a.label), is_rest(b.label)) {
                (true, true) => {
                    let pair = (a.component, b.component);
                    of_gaps.extend((of_gaps.last() != Some(&pair)).then_some(pair));
                }
                (true, false) if share_edge => around[a.component as usize].meet(Around(b.label)),
                (false, true) if share_edge => around[b.component as usize].meet(Around(a.label)),
                (false, false) if share_edge => borders.part(a, b),
                _ => {}
            }
        });
        Self { around, of_gaps, borders }
    }

    /// The area of each room by its label, with the clutter in it: what stands in a room must not decide whose a
    /// doorway is. Gaps are no room's here, and clutter may hang together with them.
    pub(super) fn areas(&self, components: &Components) -> Vec<u32> {
        let (sets, around) = self.joined(components, |_| true);
        let labels = || components.list.iter().map(|component| component.label);
        let most = labels().filter(|&label| label != GAP).max().unwrap_or(0);
        let mut areas = vec![0; usize::from(most) + 1];
        for ((label, component), &set) in labels().zip(&components.list).zip(&sets) {
            let room =
                if label == 0 || label == GAP { around[set as usize].room().unwrap_or(0) } else { label };
            areas[usize::from(room)] += component.area;
        }
        areas
    }

    /// The components with those joined that touch where a gap is, as far as it is wanted: the set of each, and what is
    /// around each set.
    fn joined(&self, components: &Components, wanted: impl Fn(u32) -> bool) -> (Vec<u32>, Vec<Around>) {
        let mut sets = DisjointSets::new(narrow(components.list.len()));
        for &(a, b) in &self.of_gaps {
            if wanted(a) && wanted(b) {
                sets.union(a, b);
            }
        }
        let (sets, count) = sets.into_numbers();
        let mut around = vec![Around(0); count as usize];
        for ((&set, &own), component) in sets.iter().zip(&self.around).zip(&components.list) {
            let around = &mut around[set as usize];
            around.meet(own);
            if component.at_edge {
                around.meet(Around(SEVERAL));
            }
        }
        (sets, around)
    }

    /// Takes in what the cells of gaps have become: they have the labels of rooms, [`GAP`] where they are shared, or 0.
    /// Gives the runs of those that rooms were given.
    ///
    /// # Complexity
    /// O(gaps + runs · log runs).
    pub(super) fn without_gaps(
        &mut self,
        labels: &[u16],
        shape: Shape,
        components: &mut Components,
    ) -> Vec<Run> {
        let mut given = Vec::new();
        // A gap that no room is next to is nobody's.
        let is_nobodys = |around: &[Around], run: &Run| around[run.component as usize].0 == 0;
        let before = self.around.clone();
        let gaps = components.runs.iter().filter(|run| run.label == GAP && !is_nobodys(&before, run));
        for gap in gaps {
            let (cells, Span { y, start, .. }) = (gap.cells(shape.width), gap.span);
            let mut end = usize::from(start);
            for own in labels[cells.clone()].chunk_by(PartialEq::eq) {
                let span = Span::of_row(y.into(), end, end + own.len());
                end += own.len();
                given.extend((own[0] != GAP).then_some(Run {
                    span,
                    label: own[0],
                    component: gap.component,
                }));
            }
            for near in components.around(gap).filter(|near| near.label == 0) {
                let columns = if near.span.y == y {
                    let before = near.span.end <= start;
                    if before { start..start + 1 } else { gap.span.end - 1..gap.span.end }
                } else {
                    start.max(near.span.start)..gap.span.end.min(near.span.end)
                };
                let row = cells.start - usize::from(start);
                for &label in &labels[row + usize::from(columns.start)..row + usize::from(columns.end)] {
                    self.around[near.component as usize].meet(Around(label));
                }
            }
            for cell in cells.filter(|&cell| labels[cell] != GAP) {
                for near in shape.neighbours(cell) {
                    if ![0, GAP, labels[cell]].contains(&labels[near]) {
                        self.borders.part_cells(cell, near);
                    }
                }
            }
        }
        let is_gap = |component: u32| components.list[component as usize].label == GAP;
        let is_rest = |component: u32| !is_gap(component) || before[component as usize].0 == 0;
        let (sets, around) = self.joined(components, is_rest);
        let mut list = vec![Component::NONE; around.len()];
        for ((component, &set), before) in components.list.iter().zip(&sets).zip(&before) {
            let joined = &mut list[set as usize];
            let label = if component.label == GAP && before.0 == 0 { 0 } else { component.label };
            *joined = Component {
                label,
                area: joined.area + component.area,
                at_edge: joined.at_edge || component.at_edge,
                has_hole: joined.has_hole || component.has_hole,
            };
        }
        for run in &mut components.runs {
            run.component = sets[run.component as usize];
            run.label = if run.label == GAP { 0 } else { run.label };
        }
        (components.list, self.around, self.of_gaps) = (list, around, Vec::new());
        given
    }

    /// Fills what one room alone encloses: furniture, specks, whatever stands free in it. The runs then have their
    /// labels after that, so that runs of one label may touch, and the components those of before.
    ///
    /// # Complexity
    /// O(runs), and O(cells) of what is filled.
    pub(super) fn fill_clutter(&self, labels: &mut [u16], shape: Shape, components: &mut Components) {
        let Components { runs, list, .. } = components;
        for run in runs.iter_mut().filter(|run| run.label == 0) {
            let hole = run.component as usize;
            let room = self.around[hole].room().filter(|_| list[hole].label == 0 && !list[hole].at_edge);
            if let Some(room) = room.filter(|_| !mutant!(ClutterKept)) {
                run.label = room;
                labels[run.cells(shape.width)].fill(room);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Components, GAP, Neighbours, Shape, fill_gaps, grow, largest_around};
    use proptest::prelude::*;

    fn gaps_of(labels: &[u16]) -> Vec<u32> {
        (0..).zip(labels).filter(|&(_, &label)| label == GAP).map(|(cell, _)| cell).collect()
    }

    fn areas(labels: &[u16], shape: Shape) -> Vec<u32> {
        let components = Components::of(labels, shape);
        Neighbours::of(&components, shape).areas(&components)
    }

    /// The slow, obvious twin: every round looks at every cell.
    fn fill_slowly(labels: &mut [u16], shape: Shape) {
        let areas = areas(labels, shape);
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
            let areas = areas(&found, shape);
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
            Neighbours::of(&components, shape).fill_clutter(&mut filled, shape, &mut components);
            let areas = areas(cells, shape);
            for (label, area) in (0..).zip(areas).skip(1) {
                prop_assert_eq!(area as usize, filled.iter().filter(|&&own| own == label).count());
            }
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
