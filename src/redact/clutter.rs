//! What lies between and inside rooms: gaps given to rooms, clutter filled.

use alloc::vec::Vec;

use crate::grid::Shape;
use crate::grid::components::Components;
use crate::grid::sorted::sort_numbers;
use crate::home::GAP;

/// Gives gap cells to the nearest room along the floor; at equal distance to the room that was larger, and
/// between rooms of one size to none. `labels` holds 0 where there is no room, [`GAP`] in gaps, and i + 1 for
/// room i; no gap is left afterwards. `gaps` are the cells in gaps, in order.
///
/// The rooms grow into the gaps by one cell a round. What a cell gets follows from its neighbours alone, so after the
/// first round only cells next to those that were given away are looked at again.
///
/// # Complexity
/// O(cells).
pub(super) fn fill_gaps(labels: &mut [u16], shape: Shape, gaps: &[u32]) {
    if gaps.is_empty() {
        return;
    }
    let areas = areas(labels, shape, gaps);
    grow(labels, shape, &areas, gaps);
    for &cell in gaps {
        let label = &mut labels[cell as usize];
        *label = if *label == GAP { 0 } else { *label };
    }
}

/// The area of each room by its label, with the clutter in it: what stands in a room must not decide whose a doorway
/// is. The labels are as before afterwards.
fn areas(labels: &mut [u16], shape: Shape, gaps: &[u32]) -> Vec<u32> {
    for &cell in gaps {
        labels[cell as usize] = 0;
    }
    let runs = with_clutter(labels, shape).runs;
    for &cell in gaps {
        labels[cell as usize] = GAP;
    }
    let mut areas = vec![0; usize::from(runs.iter().map(|run| run.label).max().unwrap_or(0)) + 1];
    for run in &runs {
        areas[usize::from(run.label)] += run.len();
    }
    areas
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
/// there is no room. Gives the runs of the labels after that; of what was filled those of before, so that
/// runs of one label may touch.
///
/// # Complexity
/// O(cells).
pub(super) fn fill_clutter(labels: &mut [u16], shape: Shape) -> Components {
    let components = with_clutter(labels, shape);
    for run in components.runs.iter().filter(|run| components.list[run.component as usize].label != run.label)
    {
        labels[run.cells(shape.width)].fill(run.label);
    }
    components
}

/// The runs of [`fill_clutter`] without the labels. Components are listed by their labels before.
fn with_clutter(labels: &[u16], shape: Shape) -> Components {
    // 0: nothing seen yet; SEVERAL: two rooms, or the world outside. What a gap touches
    // lies between rooms too, and the gap's label says so by itself.
    const SEVERAL: u16 = GAP;
    let mut components = Components::of(labels, shape);
    let mut around: Vec<u16> = components
        .list
        .iter()
        .map(|component| if component.label != 0 || component.at_edge { SEVERAL } else { 0 })
        .collect();
    components.contacts(|a, b| {
        for (hole, room) in [(a, b), (b, a)] {
            if hole.label == 0 && room.label != 0 {
                let seen = &mut around[hole.component as usize];
                *seen = if *seen == 0 || *seen == room.label { room.label } else { SEVERAL };
            }
        }
    });
    for run in components.runs.iter_mut().filter(|run| run.label == 0) {
        let room = around[run.component as usize];
        if room != SEVERAL && !mutant!(ClutterKept) {
            run.label = room;
        }
    }
    components
}

#[cfg(test)]
mod tests {
    use super::{GAP, Shape, areas, fill_gaps, grow, largest_around};
    use proptest::prelude::*;

    fn gaps_of(labels: &[u16]) -> Vec<u32> {
        (0..).zip(labels).filter(|&(_, &label)| label == GAP).map(|(cell, _)| cell).collect()
    }

    /// The slow, obvious twin: every round looks at every cell.
    fn fill_slowly(labels: &mut [u16], shape: Shape) {
        let gaps = gaps_of(labels);
        let areas = areas(labels, shape, &gaps);
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
            fill_gaps(&mut found, shape, &gaps);
            fill_slowly(&mut expected, shape);
            prop_assert_eq!(found, expected);
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
