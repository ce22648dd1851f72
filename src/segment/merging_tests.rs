//! Two regions and what lies between them: each rule on both sides of its limit, at 0.05 m a cell.

use super::basins::Basins;
use super::doorways;
use super::scale::Scale;
use super::segment;
use super::view::View;
use super::watershed::NONE;
use crate::grid::OccupancyGrid;

/// Two spaces side by side, `[length, width]` in cells each, between them two cells of something, and in its
/// middle a passage of so many cells.
fn drawing_of(spaces: [[usize; 2]; 2], between: &str, passage: usize) -> String {
    let height = spaces[0][1].max(spaces[1][1]) + 2;
    let row = |y: usize| -> String {
        let inside = |width: usize| (2 * y + 1).abs_diff(height) < width;
        let cells =
            |width: usize, count: usize, wall: &str| if inside(width) { "." } else { wall }.repeat(count);
        let [left, right] = spaces.map(|[length, width]| cells(width, length, "#"));
        format!("#{left}{}{right}#\n", cells(passage, 2, between))
    };
    (0..height).map(row).collect()
}

/// Number of cells of each room found.
fn found(resolution_m: f64, drawing: &str) -> Vec<u32> {
    let grid = OccupancyGrid::from_drawing(resolution_m, drawing).unwrap();
    let rooms = segment(&grid);
    rooms.iter().map(|room| room.runs().iter().map(|run| run.len()).sum()).collect()
}

/// Number of rooms found where a wall is between the two.
fn rooms_of(spaces: [[usize; 2]; 2], passage: usize) -> usize {
    found(0.05, &drawing_of(spaces, "#", passage)).len()
}

#[test]
fn an_opening_as_wide_as_a_gate_is_no_door_whatever_the_rooms() {
    assert_eq!(rooms_of([[120, 120], [120, 120]], 60), 1);
    assert_eq!(rooms_of([[120, 120], [120, 120]], 54), 2);
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
    assert_eq!(rooms_of([[80, 44], [80, 44]], 34), 1);
    // With more wall on both sides it is a doorway.
    assert_eq!(rooms_of([[80, 60], [80, 60]], 34), 2);
    assert_eq!(rooms_of([[90, 88], [90, 88]], 34), 2);
}

#[test]
fn a_door_parts_however_small_the_rooms_are() {
    assert_eq!(rooms_of([[60, 44], [60, 44]], 22), 2);
}

/// The passage is less than three quarters of the wider one, and more than three quarters of the narrower.
#[test]
fn two_corridors_are_one_where_the_narrower_goes_on() {
    assert_eq!(rooms_of([[120, 20], [120, 23]], 17), 1);
    assert_eq!(rooms_of([[120, 20], [120, 23]], 13), 2);
}

#[test]
fn a_toilet_behind_a_door_is_a_room_and_a_cupboard_is_none() {
    assert_eq!(rooms_of([[100, 60], [24, 24]], 14), 2);
    // Its floor goes to the room it belongs to, the doorway with it.
    let cupboard = drawing_of([[100, 60], [19, 18]], "#", 10);
    assert_eq!(found(0.05, &cupboard), [100 * 60 + 19 * 18 + 2 * 10]);
}

/// Without a wall next to its mouth, a bay is a room of its own from 5 m² on.
#[test]
fn an_alcove_belongs_to_its_room_until_it_is_large() {
    assert_eq!(rooms_of([[100, 80], [60, 24]], 24), 1);
    assert_eq!(rooms_of([[100, 80], [110, 24]], 24), 2);
}

/// Three quarters as wide as the bay, a passage is a door where it is in a wall, and where nothing is known
/// next to it the bay goes on.
#[test]
fn what_is_unknown_next_to_a_passage_is_no_wall() {
    let spaces = [[100, 80], [60, 24]];
    assert_eq!(found(0.05, &drawing_of(spaces, "#", 16)).len(), 2);
    assert_eq!(found(0.05, &drawing_of(spaces, "?", 16)).len(), 1);
}

/// Rooms found in a corridor of 12 m by 1.6 m with a cupboard 1 m long and so many cells deep in its middle.
fn past_a_cupboard(depth: usize) -> usize {
    let row = |y: usize| {
        let what = if y < depth { "#" } else { "." }.repeat(20);
        format!("#{0}{what}{0}#\n", ".".repeat(110))
    };
    let wall = "#".repeat(242);
    found(0.05, &format!("{wall}\n{}{wall}\n", (0..32).map(row).collect::<String>())).len()
}

/// Next to the passage there is no thin wall, and both pieces of the corridor are large.
#[test]
fn a_corridor_goes_on_past_a_cupboard_that_leaves_half_of_it() {
    assert_eq!(past_a_cupboard(12), 1);
    assert_eq!(past_a_cupboard(15), 1);
    // Narrower than that the passage parts it.
    assert_eq!(past_a_cupboard(18), 2);
}

/// Rooms found in two spaces of 5 m with pieces of something, `[length, thickness]` each, between them in a row,
/// and passages of so many cells before, between and behind the pieces, at 0.1 m a cell.
fn parted_by(pieces: usize, [length, thickness]: [usize; 2], passage: usize) -> usize {
    let height = pieces * (length + passage) + passage;
    let wall = "#".repeat(102 + thickness);
    let row = |y: usize| {
        let part = if y % (length + passage) < passage { "." } else { "#" }.repeat(thickness);
        format!("#{0}{part}{0}#\n", ".".repeat(50))
    };
    found(0.1, &format!("{wall}\n{}{wall}\n", (0..height).map(row).collect::<String>())).len()
}

#[test]
fn a_piece_of_wall_between_two_openings_parts_rooms_and_a_table_does_not() {
    assert_eq!(parted_by(1, [28, 2], 8), 2);
    assert_eq!(parted_by(1, [28, 8], 8), 1);
}

/// Too long to be clutter, and each passage is a door by its width; but several of them in a row of furniture are
/// none.
#[test]
fn a_row_of_furniture_parts_no_rooms() {
    assert_eq!(parted_by(1, [32, 5], 8), 2);
    assert_eq!(parted_by(3, [32, 5], 10), 1);
}

/// The cells past the end of a row are those of the next one, and no wall of this one.
#[test]
fn an_outline_does_not_go_on_in_the_next_row() {
    let drawing = format!("{0}\n{1}{0}\n", "#".repeat(30), format!("{}#\n", ".".repeat(29)).repeat(16));
    let grid = OccupancyGrid::from_drawing(0.05, &drawing).unwrap();
    let view = View::canonical(&grid).unwrap();
    let scale = Scale::new(0.05);
    let (floor, clearances, _) = doorways::find(&view, scale);
    let basins = Basins::of(&view, floor, clearances, &[], scale);
    let in_basins = (0..view.shape.len()).filter(|&cell| basins.at(cell) != NONE);
    assert_eq!(in_basins.count(), 29 * 16);
    // Above, below and on one side there is a wall; on the other side the map ends.
    let walls: u32 = basins.list.iter().map(|basin| basin.walls).sum();
    let gaps: u32 = basins.list.iter().map(|basin| basin.gaps).sum();
    assert_eq!((walls, gaps), (2 * 29 + 16, 16));
}
