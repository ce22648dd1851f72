//! Rooms of drawn, real and made-up maps.
#![expect(clippy::float_cmp, reason = "shares that are exact")]

use super::scoring::{Mask, Score, join_wide, score, walled_share};
use super::segment;
use crate::grid::{OccupancyGrid, Span};
use crate::home::{Footprint, Home, Room, RoomId};

/// The id of each cell's room, or 0.
pub(super) fn labels(grid: &OccupancyGrid, rooms: &[Room]) -> Vec<u32> {
    let mut labels = vec![0; grid.cells().len()];
    for room in rooms {
        for run in &room.runs {
            for x in run.columns() {
                let label = &mut labels[(run.y() * grid.width() + x) as usize];
                assert_eq!(*label, 0, "two rooms share a cell");
                *label = room.id.get();
            }
        }
    }
    labels
}

/// A flat at 0.1 m: a corridor 1 m wide, three rooms above it and one below, with doors of 0.7 m.
fn flat() -> Vec<Vec<char>> {
    let mut cells = vec![vec!['#'; 92]; 62];
    let mut fill = |x: std::ops::Range<usize>, y: std::ops::Range<usize>, c| {
        for row in &mut cells[y] {
            row[x.clone()].fill(c);
        }
    };
    fill(1..30, 1..25, 'a');
    fill(31..60, 1..25, 'b');
    fill(61..91, 1..25, 'c');
    fill(1..91, 26..36, 'd');
    fill(20..70, 37..61, 'e');
    for (x, y) in [(10, 25), (40, 25), (70, 25), (45, 36)] {
        fill(x..x + 7, y..y + 1, '.');
    }
    cells
}

/// A drawing with every cell drawn as `scale` by `scale` cells.
fn enlarged(cells: &[Vec<char>], scale: usize) -> String {
    let mut out = String::new();
    for row in cells {
        let line: String = row.iter().flat_map(|&c| std::iter::repeat_n(c, scale)).collect();
        for _ in 0..scale {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// The rooms that a drawing names by letters.
fn named(drawing: &str) -> Vec<Room> {
    let lines: Vec<&str> = drawing.lines().collect();
    let mut rooms: Vec<Room> = Vec::new();
    for (y, line) in (0..).zip(lines.iter().rev()) {
        for (x, c) in (0..).zip(line.chars()).filter(|(_, c)| c.is_lowercase()) {
            let id = RoomId::new(c as u32);
            let run = Span::new(x, y, 1).unwrap();
            match rooms.iter_mut().find(|room| room.id == id) {
                Some(room) => room.runs.push(run),
                None => rooms.push(Room::new(id, None, vec![run])),
            }
        }
    }
    rooms
}

/// Number of rooms found on an enlarged map, and how they agree with those that its letters name.
pub(super) fn scored(cells: &[Vec<char>], scale: usize, resolution_m: f64) -> (usize, Score) {
    let drawing = enlarged(cells, scale);
    let grid = OccupancyGrid::from_drawing(resolution_m, &drawing).unwrap();
    let found = segment(&grid);
    (found.len(), score(&grid, &named(&drawing), &found, Mask::Truth))
}

#[test]
fn a_corridor_stays_in_one_piece_at_every_resolution() {
    for (scale, resolution_m) in [(1, 0.1), (2, 0.05), (5, 0.02)] {
        let (found, score) = scored(&flat(), scale, resolution_m);
        assert_eq!(found, 5);
        assert!(score.iou > 0.96 && score.mcc > 0.96, "{score:?}");
    }
}

#[test]
fn furniture_that_stands_free_changes_nothing() {
    let mut cells = flat();
    for (x, y, w, h) in [(8, 8, 12, 8), (4, 18, 2, 2), (40, 4, 9, 15), (66, 10, 4, 4), (30, 45, 20, 9)] {
        for row in &mut cells[y..y + h] {
            row[x..x + w].fill('#');
        }
        if w > 4 {
            for row in &mut cells[y + 1..y + h - 1] {
                row[x + 1..x + w - 1].fill('?');
            }
        }
    }
    let (found, score) = scored(&cells, 1, 0.1);
    assert_eq!(found, 5, "{score:?}");
    assert!(score.iou > 0.96, "{score:?}");
}

#[test]
fn a_corridor_without_doors_ends_where_the_room_begins() {
    let mut cells = vec![vec!['#'; 102]; 42];
    for (y, row) in cells.iter_mut().enumerate().take(41).skip(1) {
        row[1..41].fill('a');
        if (15..25).contains(&y) {
            row[41..101].fill('b');
        }
    }
    let (found, score) = scored(&cells, 1, 0.1);
    assert_eq!(found, 2, "{score:?}");
    assert!(score.iou > 0.96, "{score:?}");
}

/// A room of 4 by 4 m with a window to the right, and a fan of light behind it.
fn lit(window_cells: usize) -> Vec<Vec<char>> {
    let mut cells = vec![vec!['?'; 140]; 80];
    for row in &mut cells[19..=60] {
        row[4..=45].fill('#');
    }
    for row in &mut cells[20..60] {
        row[5..45].fill('a');
    }
    for x in 45..105 {
        let half = window_cells / 2 + (x - 45) / 5;
        for (y, row) in cells.iter_mut().enumerate() {
            // Its far end frays into rays.
            if y.abs_diff(40) <= half && (x < 85 || y % 3 == 0) {
                row[x] = '.';
            }
        }
    }
    cells
}

#[test]
fn what_a_laser_sees_through_a_window_is_no_room() {
    for window in [4, 9, 15, 25, 31] {
        let (found, score) = scored(&lit(window), 1, 0.1);
        assert_eq!(found, 1);
        assert!(score.iou > 0.85, "{window}: {score:?}");
    }
}

/// A bedroom of 3.2 by 3.6 m whose bed reaches in from the right wall, and a corridor.
#[test]
fn the_floor_next_to_a_bed_is_no_room() {
    let mut cells = vec![vec!['#'; 46]; 38];
    for (y, row) in cells.iter_mut().enumerate().take(37).skip(1) {
        row[1..11].fill('a');
        row[12..44].fill('b');
        if (12..27).contains(&y) {
            row[23..44].fill('#');
        }
        // A cupboard narrows the passage to the floor above the bed.
        if (1..5).contains(&y) {
            row[23..29].fill('#');
        }
        if (14..22).contains(&y) {
            row[11] = '.';
        }
    }
    let (found, score) = scored(&cells, 1, 0.1);
    assert_eq!(found, 2, "{score:?}");
    assert!(score.iou > 0.96, "{score:?}");
}

#[test]
fn maps_without_a_room_have_none() {
    for drawing in ["?", "#", ".", "####\n#..#\n####", "????\n?##?\n????"] {
        let grid = OccupancyGrid::from_drawing(0.05, drawing).unwrap();
        assert!(segment(&grid).is_empty());
    }
}

#[test]
fn the_figures_of_a_score() {
    let grid = OccupancyGrid::from_drawing(0.5, "aaaabbbb").unwrap();
    let room = |id, x, len| Room::new(RoomId::new(id), None, vec![Span::new(x, 0, len).unwrap()]);
    let truth = [room(1, 0, 4), room(2, 4, 4)];
    let same = score(&grid, &truth, &truth, Mask::Both);
    assert_eq!([same.recall, same.precision, same.mcc, same.iou], [1.0; 4]);
    // One room cut in two, of the other only half found.
    let found = [room(7, 0, 3), room(8, 3, 1), room(9, 4, 2)];
    let truth_mask = score(&grid, &truth, &found, Mask::Truth);
    assert_eq!([truth_mask.recall, truth_mask.precision, truth_mask.iou], [0.625, 1.0, 0.625]);
    let both_mask = score(&grid, &truth, &found, Mask::Both);
    assert_eq!([both_mask.recall, both_mask.precision, both_mask.iou], [0.875, 1.0, 0.625]);
    // Two matches, with 3 and 2 cells of 4 found and 4 that are neither's, and a room left over.
    let coefficient = |tp: f64, missed: f64| (tp * 4.0) / (tp * (tp + missed) * 4.0 * (4.0 + missed)).sqrt();
    let mcc = (coefficient(3.0, 1.0) + coefficient(2.0, 2.0)) / 3.0;
    assert!((truth_mask.mcc - mcc).abs() < 1e-12, "{truth_mask:?}");
    assert_eq!((truth_mask.rooms, truth_mask.splits, truth_mask.merges), ([2, 3], 1, 0));
    let one = score(&grid, &truth, &[room(1, 0, 8)], Mask::Both);
    assert_eq!((one.rooms, one.splits, one.merges, one.is_exact_count()), ([2, 1], 0, 1, false));
    // They meet over one edge of 0.5 m.
    assert_eq!(join_wide(&grid, &truth, 0.4).len(), 1);
    assert_eq!(join_wide(&grid, &truth, 0.5).len(), 2);
    assert_eq!(score(&grid, &[], &[], Mask::Truth).iou, 0.0);
}

/// The largest value first would match the second room with 7, and leave nothing for the first.
#[test]
fn rooms_are_matched_so_that_all_together_agree_best() {
    let grid = OccupancyGrid::from_drawing(0.5, "aaaaabbbbbbbb").unwrap();
    let room = |id, x, len| Room::new(RoomId::new(id), None, vec![Span::new(x, 0, len).unwrap()]);
    let truth = [room(1, 0, 5), room(2, 5, 4)];
    let found = [room(7, 2, 6), room(8, 8, 4)];
    let score = score(&grid, &truth, &found, Mask::Both);
    let pairs: Vec<_> = score.matches.iter().map(|pair| (pair.truth.get(), pair.found.get())).collect();
    assert_eq!(pairs, [(1, 7), (2, 8)]);
    assert!((score.iou - f64::midpoint(3.0 / 8.0, 1.0 / 7.0)).abs() < 1e-12, "{score:?}");
}

#[test]
fn the_outline_of_a_room_and_of_a_streak() {
    let grid = OccupancyGrid::from_drawing(0.1, "#####?????\n#...??...?\n#####?????").unwrap();
    let room = |x| Room::new(RoomId::new(1), None, vec![Span::new(x, 1, 3).unwrap()]);
    // Seven of eight edges; the last looks at the unknown.
    assert_eq!(walled_share(&grid, &room(1), 0.1), 7.0 / 8.0);
    assert_eq!(walled_share(&grid, &room(6), 0.1), 0.0);
    // Past the unknown there is floor and no wall.
    assert_eq!(walled_share(&grid, &room(1), 0.5), 7.0 / 8.0);
}

#[test]
fn a_segmented_home_has_no_streak_for_a_room() {
    let grid = OccupancyGrid::from_drawing(0.1, &enlarged(&lit(9), 1)).unwrap();
    let builder = Home::builder(grid, Footprint::disc_m(0.17).unwrap());
    let home = builder.segmented().build().unwrap();
    assert_eq!(home.rooms().iter().map(Room::id).collect::<Vec<_>>(), [RoomId::new(1)]);
}

/// The robots' own segments, joined where they meet over more than 1.2 m: nothing on the map says that they
/// end there. Smaller than a toilet they are specks, and with the unknown around them laser streaks. The bar
/// is on the mean over the maps, each counting the same.
#[cfg(feature = "formats")]
#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
#[expect(clippy::print_stderr, reason = "the score of each map")]
fn rooms_of_real_maps_are_those_of_the_robots() {
    let (mut sum, mut count) = (0.0, 0.0);
    for file in crate::formats::samples::real_maps("valetudo", "json") {
        let map = crate::formats::read_valetudo(&std::fs::read(&file).unwrap()).unwrap();
        let area = |room: &Room| f64::from(room.runs.iter().map(|run| run.len()).sum::<u32>());
        let cell_m2 = map.grid.resolution_m().powi(2);
        let mut truth = join_wide(&map.grid, &map.rooms, 1.2);
        truth.retain(|room| area(room) * cell_m2 >= 1.0 && walled_share(&map.grid, room, 0.2) >= 1.0 / 3.0);
        if truth.is_empty() {
            continue;
        }
        let found = segment(&map.grid);
        let score = score(&map.grid, &truth, &found, Mask::Both);
        eprintln!("{}: {} of {} rooms, {score:.3?}", file.display(), found.len(), truth.len());
        assert!(score.iou > 0.5 && score.precision > 0.75, "{}", file.display());
        sum += score.iou;
        count += 1.0;
    }
    let mean = sum / count;
    eprintln!("mean over the maps of one-to-one intersection over union: {mean:.3}");
    assert!(mean >= 0.85);
}

/// On ninety homes of all styles, rooms that meet over more than 1.2 m being one.
#[cfg(feature = "evaluation")]
#[test]
#[expect(clippy::print_stderr, reason = "the figures of the documentation")]
fn rooms_of_made_up_homes_are_found_with_and_without_furniture() {
    use crate::noise::Coins;
    use crate::synth::{Furnishing, HomeRecipe, Style};
    for (furnishing, bar) in [(Furnishing::Bare, 0.97), (Furnishing::Furnished, 0.93)] {
        let (mut recall, mut precision) = (0.0, 0.0);
        for seed in 0..90 {
            let recipe = HomeRecipe::new(Style::ALL[seed % 6]).furnishing(furnishing);
            let home = recipe.draw(&mut Coins::replayed(seed as u64 / 6)).unwrap();
            let truth = join_wide(&home.grid, &home.rooms, 1.2);
            let found = segment(&home.grid);
            let score = score(&home.grid, &truth, &found, Mask::Both);
            recall += score.recall / 90.0;
            precision += score.precision / 90.0;
        }
        eprintln!("{furnishing:?}: recall {recall:.3}, precision {precision:.3}");
        assert!(recall >= bar && precision >= bar, "{furnishing:?}: {recall:.3} {precision:.3}");
    }
}

/// Walls and doors that run neither along rows nor along columns: ten floors of offices, turned by 30°. Their wide
/// doorways have more edges than a row of furniture has.
#[cfg(feature = "evaluation")]
#[test]
fn rooms_of_turned_offices_are_found() {
    use crate::home::RobotMap;
    use crate::noise::Coins;
    use crate::synth::{Change, Furnishing};
    let mut iou = 0.0;
    for seed in 0..10 {
        let office = RobotMap::office(Furnishing::Bare, &mut Coins::replayed(seed)).unwrap();
        let office = office.changed(Change::Turn { tenths: 300 });
        iou += score(&office.grid, &office.rooms, &segment(&office.grid), Mask::Truth).iou / 10.0;
    }
    assert!(iou >= 0.95, "{iou}");
}
