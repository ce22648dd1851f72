//! Basins against their definition, cell by cell.

use proptest::prelude::*;

use super::basins::Basins;
use super::scale::{DOOR_M, Scale, VAST_M};
use super::view::View;
use super::watershed::{NONE, clearance_of};
use crate::grid::{BitGrid, Cell, OccupancyGrid};

/// At this resolution a door has two cells and the widest passage that is looked at eight.
const RESOLUTION_M: f64 = 0.5;

/// The slow, obvious twin: what each cell links to, and the basin that its links end in, by its first cell.
fn slowly(floor: &[bool], width: usize, scale: Scale) -> Vec<usize> {
    let places = |cell: usize| (cell % width, cell / width);
    let squared = |a: usize, b: usize| {
        let ((ax, ay), (bx, by)) = (places(a), places(b));
        ax.abs_diff(bx).pow(2) + ay.abs_diff(by).pow(2)
    };
    let cells: Vec<usize> = (0..floor.len()).filter(|&cell| floor[cell]).collect();
    let height = |cell: usize| {
        let sites = (0..floor.len()).filter(|&site| !floor[site]);
        sites.map(|site| squared(cell, site)).min().unwrap()
    };
    let heights: Vec<usize> =
        (0..floor.len()).map(|cell| if floor[cell] { height(cell) } else { 0 }).collect();
    let [door, vast] =
        [DOOR_M, VAST_M].map(|metres| usize::try_from(clearance_of(scale.cells(metres))).unwrap());
    let is_broad: Vec<bool> = (0..floor.len())
        .map(|cell| cells.iter().any(|&middle| heights[middle] >= door && squared(cell, middle) < door))
        .collect();
    let neighbours = |cell: usize| {
        let row = [cell - width - 1, cell - width, cell - width + 1];
        row.into_iter().chain([cell - 1, cell + 1]).chain(row.map(|near| near + 2 * width))
    };
    let mut first: Vec<usize> = (0..floor.len()).collect();
    let join = |first: &mut Vec<usize>, a: usize, b: usize| {
        let (kept, gone) = (first[a].min(first[b]), first[a].max(first[b]));
        first.iter_mut().filter(|first| **first == gone).for_each(|first| *first = kept);
    };
    for &cell in &cells {
        if heights[cell] >= vast {
            let edges = [cell - 1, cell + 1, cell - width, cell + width];
            edges
                .into_iter()
                .filter(|&near| heights[near] >= vast)
                .for_each(|near| join(&mut first, cell, near));
            continue;
        }
        let higher = neighbours(cell).filter(|&near| {
            floor[near] && is_broad[near] == is_broad[cell] && (heights[near], cell) > (heights[cell], near)
        });
        let best = higher.max_by_key(|&near| (heights[near], std::cmp::Reverse(near)));
        if let Some(near) = best {
            join(&mut first, cell, near);
        }
    }
    (0..floor.len()).map(|cell| if floor[cell] { first[cell] } else { usize::MAX }).collect()
}

proptest! {
    #[test]
    fn basins_are_as_their_definition_says(
        width in 3..26_usize, cells in prop::collection::vec(prop::bool::weighted(0.97), 40..500),
    ) {
        let cells: Vec<Cell> = cells.iter().map(|&free| if free { Cell::Free } else { Cell::Occupied }).collect();
        let height = cells.len() / width;
        let [columns, rows] = [width, height].map(|side| u32::try_from(side).unwrap());
        let grid = OccupancyGrid::new(columns, rows, RESOLUTION_M, cells[..width * height].to_vec()).unwrap();
        let (view, scale) = (View::canonical(&grid).unwrap(), Scale::new(RESOLUTION_M));
        let shape = view.shape;
        let floor = view.free.to_flags();
        let heights = crate::grid::distance::squared_distances(&view.free);
        let basins = Basins::of(&view, BitGrid::of(shape.width, &floor, |&cell| cell), heights, &[], scale);
        let expected = slowly(&floor, shape.width, scale);
        let mut numbers: Vec<usize> = expected.iter().copied().filter(|&first| first != usize::MAX).collect();
        numbers.sort_unstable();
        numbers.dedup();
        prop_assert_eq!(basins.list.len(), numbers.len());
        for (cell, first) in expected.into_iter().enumerate() {
            let number = numbers.binary_search(&first).map_or(NONE, |number| u32::try_from(number).unwrap());
            prop_assert_eq!(basins.at(cell), number, "cell {}", cell);
        }
        for (number, basin) in (0..).zip(&basins.list) {
            let own = (0..shape.len()).filter(|&cell| basins.at(cell) == number);
            prop_assert_eq!(basin.area as usize, own.count());
        }
    }
}
