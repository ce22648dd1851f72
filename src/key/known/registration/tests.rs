use proptest::prelude::*;

use super::{Registration, RigidTransform, ScanFeatures, Target};
use crate::grid::{BitGrid, Cell, OccupancyGrid};

const FLAT: &str = "
    ##########################
    #........#...............#
    #........#...............#
    #........#...............#
    #........................#
    #........#...............#
    #####.####...............#
    #........#####.###########
    #........#......#........#
    #........#......#........#
    #.......................##
    #........#......#.......##
    ###################.....##
                      #.....##
                      ########
";

/// The map moved by a transform, cell by cell.
fn moved(grid: &OccupancyGrid, quarters: u8, dx: usize, dy: usize) -> (Vec<bool>, usize, usize) {
    let (w, h) = (grid.width() as usize, grid.height() as usize);
    let (tw, th) = if quarters.is_multiple_of(2) { (w, h) } else { (h, w) };
    let (width, height) = (tw + dx + 3, th + dy + 2);
    let mut cells = vec![false; width * height];
    for y in 0..h {
        for x in 0..w {
            let (tx, ty) = match quarters {
                0 => (x, y),
                1 => (h - 1 - y, x),
                2 => (w - 1 - x, h - 1 - y),
                _ => (y, w - 1 - x),
            };
            cells[(ty + dy) * width + tx + dx] = grid.cells()[y * w + x] == Cell::Free;
        }
    }
    (cells, width, height)
}

fn found(old: &OccupancyGrid, new: &(Vec<bool>, usize, usize)) -> Option<Registration> {
    let old = BitGrid::of(old.width() as usize, old.cells(), |&cell| cell == Cell::Free);
    let new = BitGrid::of(new.1, &new.0, |&cell| cell);
    Target::new(ScanFeatures::new(new)).register(&ScanFeatures::new(old), RigidTransform::NONE)
}

proptest! {
    #[test]
    fn shifts_and_quarter_turns_are_found_again(quarters in 0..4_u8, dx in 0..40_usize, dy in 0..40_usize) {
        let grid = OccupancyGrid::from_drawing(0.1, FLAT).unwrap();
        let new = moved(&grid, quarters, dx, dy);
        let registration = found(&grid, &new).unwrap();
        prop_assert_eq!(registration.found.count, registration.found.all);
        prop_assert_eq!(registration.transform.quarters(), quarters);
        for cell in (0..grid.cells().len()).filter(|&cell| grid.cells()[cell] == Cell::Free) {
            let place = (cell % grid.width() as usize, cell / grid.width() as usize);
            let place = (i64::try_from(place.0).unwrap(), i64::try_from(place.1).unwrap());
            let (x, y) = registration.transform.apply(place);
            prop_assert!(new.0[usize::try_from(y).unwrap() * new.1 + usize::try_from(x).unwrap()]);
            prop_assert_eq!(registration.transform.undo((x, y)), place);
        }
    }

    #[test]
    fn any_two_maps_have_an_answer(
        old in prop::collection::vec(any::<bool>(), 0..60), new in prop::collection::vec(any::<bool>(), 0..60),
        old_width in 1..9_usize, new_width in 1..9_usize,
    ) {
        let map = |cells: &[bool], width: usize| {
            ScanFeatures::new(BitGrid::of(width, cells, |&cell| cell))
        };
        let (old_map, new_map) = (map(&old, old_width), map(&new, new_width));
        let has = |map: &[bool], width: usize| map[..map.len() / width * width].contains(&true);
        let both = has(&old, old_width) && has(&new, new_width);
        let found = Target::new(new_map).register(&old_map, RigidTransform::NONE);
        prop_assert!(found.is_none() || both);
    }
}
