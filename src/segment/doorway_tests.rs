//! Drawings of each kind of doorway, and of what looks like one but does not part rooms, at 0.1 m a cell.

use super::segment;
use crate::grid::OccupancyGrid;

/// A sheet of wall on which rooms are drawn.
pub(super) struct Sheet(Vec<Vec<char>>);

impl Sheet {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self(vec![vec!['#'; width]; height])
    }

    /// Draws a rectangle of so many cells.
    pub(super) fn fill(mut self, [left, low]: [usize; 2], [width, height]: [usize; 2], what: char) -> Self {
        self.0[low..low + height].iter_mut().for_each(|row| row[left..left + width].fill(what));
        self
    }

    /// Turned by an eighth, in cells half as large: each is what lies under its middle.
    pub(super) fn slanting(&self) -> OccupancyGrid {
        let (width, height) = (self.0[0].len(), self.0.len());
        let (side, down) = ((width + height) * 7 / 5 + 2, height * 7 / 5);
        let at = |x: usize, y: usize| {
            let along = (x + y).checked_sub(down)? * 5 / 14;
            let across = (y + down).checked_sub(x)? * 5 / 14;
            self.0.get(across)?.get(along).copied()
        };
        let line = |y| (0..side).map(|x| at(x, y).unwrap_or('#')).collect();
        OccupancyGrid::from_drawing(0.05, &(0..side).map(line).collect::<Vec<String>>().join("\n")).unwrap()
    }

    /// Turned by 22.6°, as a triangle of 5, 12 and 13, in cells half as large.
    fn askew(&self) -> OccupancyGrid {
        let [width, height] = [self.0[0].len(), self.0.len()].map(|side| i64::try_from(side).unwrap());
        let at = |x: i64, y: i64| {
            let x = x - 10 * height / 13;
            let along = usize::try_from((12 * x + 5 * y).div_euclid(26)).ok()?;
            let across = usize::try_from((12 * y - 5 * x).div_euclid(26)).ok()?;
            self.0.get(across)?.get(along).copied()
        };
        let columns = (24 * width + 10 * height) / 13;
        let line = |y| (0..columns).map(|x| at(x, y).unwrap_or('#')).collect();
        let lines: Vec<String> = (0..(10 * width + 24 * height) / 13).map(line).collect();
        OccupancyGrid::from_drawing(0.05, &lines.join("\n")).unwrap()
    }

    /// Number of cells of each room, the smallest first.
    pub(super) fn rooms(&self) -> Vec<u32> {
        self.rooms_at(0.1)
    }

    /// The same where a cell has so many metres.
    pub(super) fn rooms_at(&self, resolution_m: f64) -> Vec<u32> {
        let lines: Vec<String> = self.0.iter().map(|row| row.iter().collect()).collect();
        let grid = OccupancyGrid::from_drawing(resolution_m, &lines.join("\n")).unwrap();
        let mut areas: Vec<u32> =
            segment(&grid).iter().map(|room| room.runs().iter().map(|run| run.len()).sum()).collect();
        areas.sort_unstable();
        areas
    }
}

/// A corridor of 1.6 m below a room of 6 by 4 m, with an opening of so many cells in the middle of the wall between
/// them.
fn next_to_a_corridor(opening: usize) -> Sheet {
    Sheet::new(122, 60)
        .fill([1, 1], [120, 16], '.')
        .fill([30, 18], [60, 40], '.')
        .fill([60 - opening / 2, 17], [opening, 1], '.')
        // The neighbours of the room, closed.
        .fill([1, 18], [28, 40], '.')
        .fill([91, 18], [30, 40], '.')
}

#[test]
fn wall_ends_that_face_one_another_make_a_doorway_whatever_its_width() {
    for opening in [8, 10, 13, 16, 20, 26] {
        let rooms = next_to_a_corridor(opening).rooms();
        assert_eq!(rooms.len(), 4, "{opening}: {rooms:?}");
        // The corridor is whole: nothing of it went to the room.
        assert!(
            rooms.iter().any(|area| area.abs_diff(120 * 16) <= u32::try_from(opening).unwrap()),
            "{rooms:?}"
        );
    }
    // The room is open to the corridor.
    assert_eq!(next_to_a_corridor(50).rooms().len(), 3);
}

/// Of an opening of 2.6 m a third of the line has to be wall: 1.3 m on both sides together.
#[test]
fn a_wide_opening_between_short_walls_is_none() {
    let between = |wall: usize| {
        let width = 26 + 2 * wall;
        Sheet::new(62, 60)
            .fill([10, 1], [width, 29], '.')
            .fill([10, 31], [width, 28], '.')
            .fill([10 + wall, 30], [26, 1], '.')
            .rooms()
            .len()
    };
    assert_eq!(between(5), 1);
    assert_eq!(between(9), 2);
}

/// A door right next to a side wall: on one side there is wall, on the other a doorpost of one cell.
#[test]
fn a_door_in_the_corner_of_a_room_is_one() {
    let rooms = Sheet::new(62, 51).fill([10, 1], [40, 24], '.').fill([10, 26], [40, 24], '.');
    assert_eq!(rooms.fill([11, 25], [13, 1], '.').rooms().len(), 2);
}

/// Six rooms, and in the wall between the two in the middle an opening of 2 m. Its doorposts have 0.3 m; then other
/// walls meet it, and it goes on.
#[test]
fn the_wall_of_a_doorway_goes_on_past_other_walls() {
    let mut six = Sheet::new(92, 61);
    for (left, width) in [(1, 29), (33, 26), (62, 29)] {
        six = six.fill([left, 1], [width, 29], '.').fill([left, 31], [width, 29], '.');
    }
    assert_eq!(six.fill([36, 30], [20, 1], '.').rooms().len(), 6);
}

/// A store of 2.4 m² that opens to a corridor by four fifths of its width.
#[test]
fn a_small_room_behind_a_doorway_is_a_room() {
    let store = Sheet::new(122, 40).fill([1, 1], [120, 16], '.').fill([50, 18], [16, 15], '.');
    assert_eq!(store.fill([52, 17], [13, 1], '.').rooms().len(), 2);
}

/// A toilet 1.5 m deep at the side of a corridor of 1.2 m, its door narrower than itself by 0.1 m.
#[test]
fn a_toilet_hardly_wider_than_its_door_is_a_room() {
    let rooms_of = |width: usize, scale: usize| {
        let fine = |place: [usize; 2]| place.map(|cells| scale * cells);
        let flat = Sheet::new(62 * scale, 30 * scale).fill(fine([1, 1]), fine([60, 12]), '.');
        let flat = flat.fill(fine([31, 14]), fine([width, 15]), '.');
        let toilet = flat.fill([31 * scale + scale / 2, 13 * scale], fine([width - 1, 1]), '.');
        toilet.rooms_at(0.1 / f64::from(u32::try_from(scale).unwrap())).len()
    };
    // In finer cells; at 0.1 m the clearance in a door of 0.7 m has no saddle.
    assert_eq!([2, 4].map(|scale| rooms_of(8, scale)), [2; 2]);
    assert_eq!([1, 2, 4].map(|scale| rooms_of(9, scale)), [2; 3]);
}

/// A robot's own drawing, a line that no laser saw, is no wall.
#[test]
fn an_opening_in_a_line_of_unknown_cells_is_no_doorway() {
    let parted = |by: char| {
        let rooms = Sheet::new(62, 51).fill([10, 1], [40, 24], '.').fill([10, 26], [40, 24], '.');
        rooms.fill([10, 25], [40, 1], by).fill([22, 25], [16, 1], '.').rooms().len()
    };
    assert_eq!((parted('#'), parted('?')), (2, 1));
}

/// Cupboards stand against the wall, 0.2 m from the opening: with them the wall is thick, but its other face goes on.
#[test]
fn an_opening_between_cupboards_is_a_doorway() {
    let between = next_to_a_corridor(16).fill([30, 18], [20, 6], '#').fill([70, 18], [20, 6], '#');
    assert_eq!(between.rooms().len(), 4);
    // The corridor's wall has two notches.
    let between = between.fill([48, 17], [2, 1], '.').fill([70, 17], [2, 1], '.');
    assert_eq!(between.rooms().len(), 4);
    let same_from_above = Sheet(between.0.into_iter().rev().collect());
    assert_eq!(same_from_above.rooms().len(), 4);
}

/// Cupboards stand against the wall on both of its sides: 0.2 m from the opening in the room, and so many cells from it
/// in the corridor. What is left of the wall's face counts at both ends together.
#[test]
fn short_faces_at_both_ends_make_a_doorway_together() {
    let between = |face: usize| {
        let room = next_to_a_corridor(16).fill([30, 18], [20, 6], '#').fill([70, 18], [20, 6], '#');
        let ends = [[52 - face - 10, 14], [68 + face, 14]];
        ends.into_iter().fold(room, |sheet, at| sheet.fill(at, [10, 3], '#')).rooms()
    };
    for face in [6, 8] {
        let rooms = between(face);
        assert_eq!(rooms.len(), 4, "{face}: {rooms:?}");
        assert!(rooms.iter().any(|area| area.abs_diff(120 * 16 - 2 * 30) <= 16), "{rooms:?}");
    }
    // Fronts of furniture are in line by chance for as long as that.
    assert_eq!(between(3).len(), 3);
}

/// Two rooms above a corridor, each with a door to it, and a door between them right behind: what is left of the walls
/// is a T that stands free.
fn around_a_crossing(stem: usize) -> Sheet {
    Sheet::new(102, 60)
        .fill([1, 1], [100, 16], '.')
        .fill([1, 18], [49, 41], '.')
        .fill([51, 18], [50, 41], '.')
        .fill([36, 17], [9, 1], '.')
        .fill([56, 17], [9, 1], '.')
        .fill([50, 18 + stem], [1, 9], '.')
}

#[test]
fn the_crossing_of_two_walls_between_three_doors_is_no_furniture() {
    for stem in [0, 3, 6] {
        let rooms = around_a_crossing(stem).rooms();
        assert_eq!(rooms.len(), 3, "{stem}: {rooms:?}");
        assert!(rooms.iter().all(|&area| area > 1_500), "{stem}: {rooms:?}");
        assert_eq!(segment(&around_a_crossing(stem).askew()).len(), 3, "{stem}");
    }
}

/// The same with a longer stem and a cupboard of 0.5 by 2 m next to it.
#[test]
fn the_crossing_of_two_walls_stays_with_furniture_at_it() {
    let rooms = around_a_crossing(22).fill([45, 18], [5, 20], '#').rooms();
    assert_eq!(rooms.len(), 3, "{rooms:?}");
}

/// The same with a door right next to the wall between the rooms: what is left is an L. From wall to wall it is farther
/// than any doorway is wide.
#[test]
fn the_corner_of_two_walls_between_two_doors_is_no_furniture() {
    let corner = Sheet::new(102, 60)
        .fill([1, 1], [100, 16], '.')
        .fill([1, 18], [49, 41], '.')
        .fill([51, 18], [50, 41], '.')
        .fill([28, 17], [9, 1], '.')
        .fill([51, 17], [9, 1], '.')
        .fill([50, 25], [1, 9], '.');
    let rooms = corner.rooms();
    assert_eq!(rooms.len(), 3, "{rooms:?}");
    assert!(rooms.iter().all(|&area| area > 1_500), "{rooms:?}");
}

/// Wherever the robot marked no wall, the unknown begins where the floor ends.
#[test]
fn a_robot_that_marks_few_walls_has_the_same_rooms() {
    for opening in [8, 13, 20] {
        let walled = next_to_a_corridor(opening);
        let mut few = Sheet(walled.0.clone());
        for cell in few.0.iter_mut().flatten().filter(|cell| **cell == '#') {
            *cell = '?';
        }
        // A twelfth of the outline is wall.
        let few = few.fill([20, 0], [60, 1], '#');
        assert_eq!(few.rooms(), walled.rooms(), "{opening}");
    }
}

/// Between a bed, its chest and the wall, behind a gap narrower than the floor there.
#[test]
fn the_floor_next_to_a_bed_is_no_room() {
    let room = Sheet::new(62, 52).fill([1, 1], [60, 50], '.').fill([10, 1], [18, 22], '#').fill(
        [5, 20],
        [5, 5],
        '#',
    );
    assert_eq!(room.rooms().len(), 1);
    assert_eq!(segment(&room.slanting()).len(), 1);
}

/// The same T in the middle of a room, with no wall in line with it, and a table as long.
#[test]
fn what_stands_free_without_doorways_is_furniture() {
    let room = || Sheet::new(102, 62).fill([1, 1], [100, 60], '.');
    let crossing = room().fill([44, 30], [12, 1], '#').fill([50, 30], [1, 8], '#');
    assert_eq!(crossing.rooms().len(), 1);
    let table = room().fill([40, 30], [20, 9], '#');
    assert_eq!(table.rooms().len(), 1);
}

/// A screen across the middle of a room, with a passage as narrow as a door at either end, in line with no wall.
#[test]
fn a_screen_in_a_room_is_furniture() {
    let room = Sheet::new(82, 32).fill([1, 1], [80, 30], '.').fill([40, 10], [1, 12], '#');
    assert_eq!(room.rooms().len(), 1);
}

/// A corridor bends around a corner: the wall on one side ends, and the floor does not widen behind.
#[test]
fn a_corridor_goes_on_around_a_corner() {
    let bend = Sheet::new(82, 62).fill([1, 1], [80, 14], '.').fill([67, 15], [14, 46], '.');
    assert_eq!(bend.rooms().len(), 1);
}

/// The walls between four rooms end at a corridor, two and two in one line, and reach so many cells into it. The floor
/// is hardly wider behind: a pair of doorposts is no doorway.
#[test]
fn a_corridor_goes_on_between_the_walls_of_its_rooms() {
    let along = |posts: usize| {
        Sheet::new(102, 58)
            .fill([1, 21], [100, 16], '.')
            .fill([1, 1], [49, 19], '.')
            .fill([51, 1], [50, 19], '.')
            .fill([1, 38], [49, 19], '.')
            .fill([51, 38], [50, 19], '.')
            .fill([50, 21], [1, posts], '#')
            .fill([50, 37 - posts], [1, posts], '#')
            .rooms()
            .len()
    };
    assert_eq!(along(0), 5);
    // A cell of noise on both sides.
    assert_eq!(along(1), 5);
    // A doorway of 1 m.
    assert_eq!(along(3), 6);
}

/// Two rooms of 6 by 3.5 m, turned by 45°, with a door of 0.9 m: many chords lie side by side in it, and its edges are
/// more than those of a row of furniture.
#[test]
fn a_door_in_a_slanting_wall_parts_rooms() {
    let mut sheet = Sheet::new(120, 120);
    let mut floor = 0;
    for (y, row) in sheet.0.iter_mut().enumerate() {
        for (x, cell) in row.iter_mut().enumerate() {
            let (along, across) = ((x + y).abs_diff(120), x.abs_diff(y));
            let is_door = (x + y).abs_diff(140) <= 6;
            if along < 42 && across < 50 && (across > 1 || is_door) {
                *cell = '.';
                floor += 1;
            }
        }
    }
    let rooms = sheet.rooms();
    assert_eq!((rooms.len(), rooms.iter().sum::<u32>()), (2, floor), "{rooms:?}");
}

/// Quarter turns and mirror images of a drawing with every kind of doorway.
#[test]
fn turned_and_mirrored_drawings_have_the_same_rooms() {
    for sheet in [next_to_a_corridor(17), around_a_crossing(3)] {
        let turned = |sheet: &Sheet| {
            let (width, height) = (sheet.0[0].len(), sheet.0.len());
            Sheet((0..width).map(|x| (0..height).map(|y| sheet.0[height - 1 - y][x]).collect()).collect())
        };
        let mirrored = Sheet(sheet.0.iter().map(|row| row.iter().rev().copied().collect()).collect());
        let quarter = turned(&sheet);
        let half = turned(&quarter);
        for other in [&mirrored, &quarter, &half] {
            assert_eq!(other.rooms(), sheet.rooms());
        }
    }
}
