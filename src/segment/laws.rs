//! Laws of segmentation on random maps.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "maps of a few thousand cells"
)]

use proptest::prelude::*;

use super::segment;
use super::tests::{labels, scored};
use crate::grid::{Cell, CellRect, OccupancyGrid, Symmetry};

/// Small maps: rectangles of floor with walls around them, then specks of anything.
fn map() -> impl Strategy<Value = OccupancyGrid> {
    let side = 20..46_usize;
    (side.clone(), side, prop::collection::vec((0.0..1.0, 0.0..1.0, 4..24_usize, 4..24_usize), 1..6))
        .prop_flat_map(|(width, height, rooms)| {
            let specks = prop::collection::vec((0..width * height, 0..3_u8), 0..60);
            (Just((width, height, rooms)), specks)
        })
        .prop_map(|((width, height, rooms), specks)| {
            let mut cells = vec![Cell::Unknown; width * height];
            for (left, low, w, h) in rooms {
                let (left, low) = ((left * width as f64) as usize, (low * height as f64) as usize);
                let (right, high) = ((left + w).min(width - 1), (low + h).min(height - 1));
                for y in low..=high {
                    for x in left..=right {
                        let edge = x == left || x == right || y == low || y == high;
                        let cell = &mut cells[y * width + x];
                        *cell = if edge && *cell != Cell::Free { Cell::Occupied } else { Cell::Free };
                    }
                }
            }
            for (at, kind) in specks {
                cells[at] = [Cell::Unknown, Cell::Free, Cell::Occupied][usize::from(kind)];
            }
            OccupancyGrid::new(width as u32, height as u32, 0.1, cells).unwrap()
        })
}

/// The map turned or mirrored and moved into a larger one, and where each cell went.
fn seen(grid: &OccupancyGrid, side: Symmetry) -> (OccupancyGrid, Vec<usize>) {
    let width = i64::from(grid.width());
    let places: Vec<(i64, i64)> =
        (0..grid.cells().len() as i64).map(|cell| side.apply((cell % width, cell / width))).collect();
    let left = places.iter().map(|place| place.0).min().unwrap() - 2;
    let low = places.iter().map(|place| place.1).min().unwrap() - 3;
    let wide = 5 + i64::from(grid.width().max(grid.height()));
    let places: Vec<usize> =
        places.iter().map(|(x, y)| usize::try_from((y - low) * wide + x - left).unwrap()).collect();
    let mut cells = vec![Cell::Unknown; (wide * wide) as usize];
    for (&place, &cell) in places.iter().zip(grid.cells()) {
        cells[place] = cell;
    }
    (OccupancyGrid::new(wide as u32, wide as u32, grid.resolution_m(), cells).unwrap(), places)
}

/// Whether some turn or mirror takes the map's known part to itself.
fn is_symmetric(grid: &OccupancyGrid) -> bool {
    let known = |grid: &OccupancyGrid| {
        let CellRect { x: left, y: low, width, height } = grid.known_bounds()?;
        let rows = low..low + height;
        let cells = rows.flat_map(|y| (left..left + width).map(move |x| (x, y)));
        Some((width, cells.map(|(x, y)| grid.get(x, y)).collect::<Vec<_>>()))
    };
    Symmetry::ALL[1..].iter().any(|&side| known(&seen(grid, side).0) == known(grid))
}

/// Two to five rooms of 1.6 to 4 m in a row at 0.1 m, with doors of 0.6 to 0.9 m in walls of 0.1 to 0.3 m
/// between them.
fn row_of_rooms() -> impl Strategy<Value = Vec<Vec<char>>> {
    let room = (16..=40_usize, 16..=40_usize, 6..=9_usize, 1..=3_usize, 0.0..1.0_f64);
    prop::collection::vec(room, 2..6).prop_map(|rooms| {
        let width = rooms.iter().map(|room| room.0 + room.3).sum::<usize>() + 1;
        let mut cells = vec![vec!['#'; width]; 42];
        let mut left = 1;
        for (i, &(wide, high, door, wall, at)) in rooms.iter().enumerate() {
            let letter = char::from(b'a' + i as u8);
            cells[1..=high].iter_mut().for_each(|row| row[left..left + wide].fill(letter));
            if let Some(next) = rooms.get(i + 1) {
                let low = 1 + (at * (high.min(next.1) - door) as f64) as usize;
                cells[low..low + door]
                    .iter_mut()
                    .for_each(|row| row[left + wide..left + wide + wall].fill('.'));
            }
            left += wide + wall;
        }
        cells
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rooms_are_connected_disjoint_and_free(grid in map()) {
        let rooms = segment(&grid);
        let labels = labels(&grid, &rooms);
        for (number, room) in (1..).zip(&rooms) {
            prop_assert_eq!(room.id.get(), number);
            let own: Vec<usize> = (0..labels.len()).filter(|&cell| labels[cell] == number).collect();
            prop_assert!(own.iter().all(|&cell| grid.cells()[cell] == Cell::Free));
            let mut left = labels.clone();
            let mut stack = vec![own[0]];
            let mut reached = 0;
            left[own[0]] = 0;
            while let Some(cell) = stack.pop() {
                reached += 1;
                for near in grid.shape().neighbours(cell) {
                    if left[near] == number {
                        left[near] = 0;
                        stack.push(near);
                    }
                }
            }
            prop_assert_eq!(reached, own.len());
        }
    }

    #[test]
    fn mirrored_turned_and_shifted_maps_have_the_same_rooms(grid in map(), side in 0..8_usize) {
        let (other, places) = seen(&grid, Symmetry::ALL[side]);
        let here = labels(&grid, &segment(&grid));
        let there = labels(&other, &segment(&other));
        let there: Vec<u32> = places.iter().map(|&place| there[place]).collect();
        prop_assert_eq!(here.iter().max(), there.iter().max());
        // A map that is its own mirror image may be cut as its image is.
        prop_assert!(here == there || is_symmetric(&grid));
    }

    /// Finer maps included: the same drawing with every cell doubled.
    #[test]
    fn rooms_with_doors_between_them_are_found(cells in row_of_rooms(), scale in 1..4_usize) {
        let rooms = cells.concat().into_iter().filter(char::is_ascii_lowercase).max().unwrap() as usize - 'a' as usize + 1;
        let (found, score) = scored(&cells, scale, 0.1 / scale as f64);
        prop_assert_eq!(found, rooms);
        // In a small room the two cells by which a border may miss a door weigh most.
        prop_assert!(score.iou > 0.85, "{:?}", score);
    }
}
