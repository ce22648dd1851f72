//! Two regions and what lies between them: each rule on both sides of its limit, at 0.05 m a cell.

use super::basins::{Basins, NONE};
use super::params::Scale;
use super::view::View;
use super::{SegmentParams, clutter, segment};
use crate::grid::OccupancyGrid;

/// Number of rooms found in two spaces side by side, `[length, width]` in cells each, with a wall of two cells
/// between them and in its middle a passage of so many cells.
fn rooms_of(spaces: [[usize; 2]; 2], passage: usize) -> usize {
    let height = spaces[0][1].max(spaces[1][1]) + 2;
    let [first, second] = spaces.map(|[length, _]| length);
    let row = |y: usize| -> String {
        let inside = |width: usize| (2 * y + 1).abs_diff(height) < width;
        let cells = |width: usize, count: usize| if inside(width) { "." } else { "#" }.repeat(count);
        let [left, right] = spaces.map(|[length, width]| cells(width, length));
        format!("#{left}{}{right}#\n", cells(passage, 2))
    };
    let drawing: String = (0..height).map(row).collect();
    let grid = OccupancyGrid::from_drawing(0.05, &drawing).unwrap();
    assert_eq!(grid.width() as usize, first + second + 4);
    segment(&grid, &SegmentParams::default()).len()
}

#[test]
fn an_opening_as_wide_as_a_gate_is_no_door_whatever_the_rooms() {
    assert_eq!(rooms_of([[120, 120], [120, 120]], 46), 1);
    assert_eq!(rooms_of([[120, 120], [120, 120]], 42), 2);
}

/// Narrower than a door, but the spaces are hardly wider.
#[test]
fn a_passage_nearly_as_wide_as_what_it_joins_is_none() {
    assert_eq!(rooms_of([[100, 28], [100, 28]], 23), 1);
    assert_eq!(rooms_of([[100, 28], [100, 28]], 19), 2);
    // It is the wider one that counts: a corridor ends where it runs into a room.
    assert_eq!(rooms_of([[100, 28], [100, 60]], 23), 2);
}

#[test]
fn a_passage_wider_than_a_door_joins_where_it_is_half_as_wide_as_the_narrower_room() {
    assert_eq!(rooms_of([[80, 60], [80, 60]], 34), 1);
    assert_eq!(rooms_of([[80, 60], [120, 120]], 34), 1);
    assert_eq!(rooms_of([[90, 88], [90, 88]], 34), 2);
}

#[test]
fn a_door_parts_however_small_the_rooms_are() {
    assert_eq!(rooms_of([[60, 44], [60, 44]], 22), 2);
}

/// The passage is less than three quarters of the wider one, and more than four fifths of the narrower.
#[test]
fn two_corridors_are_one_where_the_narrower_goes_on() {
    assert_eq!(rooms_of([[120, 20], [120, 23]], 17), 1);
    assert_eq!(rooms_of([[120, 20], [120, 23]], 15), 2);
}

#[test]
fn a_toilet_behind_a_door_is_a_room_and_a_cupboard_is_none() {
    assert_eq!(rooms_of([[100, 60], [24, 24]], 14), 2);
    assert_eq!(rooms_of([[100, 60], [19, 19]], 10), 1);
}

/// Without a wall beside its mouth, a bay is a room of its own from 5 m² on.
#[test]
fn an_alcove_belongs_to_its_room_until_it_is_large() {
    assert_eq!(rooms_of([[100, 80], [60, 24]], 24), 1);
    assert_eq!(rooms_of([[100, 80], [110, 24]], 24), 2);
}

/// The cells past the end of a row are those of the next one, and no wall of this one.
#[test]
fn an_outline_does_not_go_on_in_the_next_row() {
    let drawing = format!("{0}\n{1}{0}\n", "#".repeat(30), format!("{}#\n", ".".repeat(29)).repeat(8));
    let grid = OccupancyGrid::from_drawing(0.05, &drawing).unwrap();
    let view = View::canonical(&grid).unwrap();
    let scale = Scale::new(&SegmentParams::default(), 0.05);
    let basins = Basins::of(&view, &clutter::floor(&view, &scale), &scale);
    assert_eq!(basins.of.iter().filter(|&&basin| basin != NONE).count(), 29 * 8);
    // Above, below and on one side there is a wall; on the other side the map ends.
    let walls: u32 = basins.list.iter().map(|basin| basin.walls).sum();
    let gaps: u32 = basins.list.iter().map(|basin| basin.gaps).sum();
    assert_eq!((walls, gaps), (2 * 29 + 8, 8));
}
