#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "maps of a few thousand cells"
)]
#![expect(clippy::float_cmp, reason = "shares that are exact")]

use proptest::prelude::*;

use super::scoring::{Mask, join_wide, score, walled_share};
use super::{SegmentParams, segment};
use crate::grid::{Cell, CellRect, OccupancyGrid, Span, Symmetry};
use crate::home::{Footprint, Home, Room, RoomId};

/// The rooms of a drawing, one letter for each room, the uppermost row first; a dot is floor without a room.
fn drawn(resolution_m: f64, drawing: &str) -> Vec<String> {
    let grid = OccupancyGrid::from_drawing(resolution_m, drawing).unwrap();
    let labels = labels(&grid, &segment(&grid, &SegmentParams::default()));
    let letter = |(cell, &label): (&Cell, &u32)| match (cell, label) {
        (Cell::Occupied, _) => '#',
        (Cell::Unknown, _) => '?',
        (Cell::Free, 0) => '.',
        (Cell::Free, label) => char::from_u32('a' as u32 + label - 1).unwrap(),
    };
    let width = grid.width() as usize;
    let rows = grid.cells().chunks(width).zip(labels.chunks(width));
    rows.rev().map(|(cells, labels)| cells.iter().zip(labels).map(letter).collect()).collect()
}

/// The id of each cell's room, or 0.
fn labels(grid: &OccupancyGrid, rooms: &[Room]) -> Vec<u32> {
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

fn assert_drawn(resolution_m: f64, expected: &str) {
    let lines: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let bare: String = lines
        .iter()
        .flat_map(|line| line.chars().chain(['\n']))
        .map(|c| if c.is_lowercase() { '.' } else { c })
        .collect();
    let found = drawn(resolution_m, &bare);
    assert_eq!(found, lines, "found:\n{}", found.join("\n"));
}

#[test]
fn two_rooms_meet_at_their_door() {
    assert_drawn(
        0.2,
        "
        #######################
        #aaaaaaaaaa#bbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbb#
        #######################
        ",
    );
}

#[test]
fn a_wide_opening_is_no_door() {
    let found = drawn(
        0.2,
        "
        #######################
        #..........#..........#
        #.....................#
        #.....................#
        #.....................#
        #.....................#
        #.....................#
        #.....................#
        #.....................#
        #..........#..........#
        #######################
        ",
    );
    assert!(found.concat().chars().all(|c| c == '#' || c == 'a'), "found:\n{}", found.join("\n"));
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

#[test]
fn a_corridor_stays_in_one_piece_at_every_resolution() {
    for (scale, resolution_m) in [(1, 0.1), (2, 0.05), (5, 0.02)] {
        let drawing = enlarged(&flat(), scale);
        let grid = OccupancyGrid::from_drawing(resolution_m, &drawing).unwrap();
        let found = segment(&grid, &SegmentParams::default());
        let score = score(&grid, &named(&drawing), &found, Mask::Truth);
        assert_eq!(found.len(), 5);
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
    let drawing = enlarged(&cells, 1);
    let grid = OccupancyGrid::from_drawing(0.1, &drawing).unwrap();
    let found = segment(&grid, &SegmentParams::default());
    let score = score(&grid, &named(&drawing), &found, Mask::Truth);
    assert_eq!(found.len(), 5);
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
    let drawing = enlarged(&cells, 1);
    let grid = OccupancyGrid::from_drawing(0.1, &drawing).unwrap();
    let found = segment(&grid, &SegmentParams::default());
    let score = score(&grid, &named(&drawing), &found, Mask::Truth);
    assert_eq!(found.len(), 2);
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
        let drawing = enlarged(&lit(window), 1);
        let grid = OccupancyGrid::from_drawing(0.1, &drawing).unwrap();
        let found = segment(&grid, &SegmentParams::default());
        let score = score(&grid, &named(&drawing), &found, Mask::Truth);
        assert_eq!(found.len(), 1);
        assert!(score.iou > 0.85, "{window}: {score:?}");
    }
}

/// A bedroom of 3.2 by 3.6 m whose bed reaches in from the right wall, and a corridor.
#[test]
fn the_floor_beside_a_bed_is_no_room() {
    let mut cells = vec![vec!['#'; 46]; 38];
    for (y, row) in cells.iter_mut().enumerate().take(37).skip(1) {
        row[1..11].fill('a');
        row[12..44].fill('b');
        if (12..27).contains(&y) {
            row[23..44].fill('#');
        }
        // A cupboard narrows the way to the floor above the bed.
        if (1..5).contains(&y) {
            row[23..29].fill('#');
        }
        if (14..22).contains(&y) {
            row[11] = '.';
        }
    }
    let drawing = enlarged(&cells, 1);
    let grid = OccupancyGrid::from_drawing(0.1, &drawing).unwrap();
    let found = segment(&grid, &SegmentParams::default());
    let score = score(&grid, &named(&drawing), &found, Mask::Truth);
    assert_eq!(found.len(), 2, "{score:?}");
    assert!(score.iou > 0.96, "{score:?}");
}

#[test]
fn maps_without_a_room_have_none() {
    for drawing in ["?", "#", ".", "####\n#..#\n####", "????\n?##?\n????"] {
        let grid = OccupancyGrid::from_drawing(0.05, drawing).unwrap();
        assert!(segment(&grid, &SegmentParams::default()).is_empty());
    }
    let absurd = SegmentParams::default().door_m(f64::NAN).least_room_m2(-1.0).clutter_m(f64::INFINITY);
    let grid = OccupancyGrid::from_drawing(0.05, &enlarged(&flat(), 1)).unwrap();
    labels(&grid, &segment(&grid, &absurd));
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
    // 5 true positives, 3 + 1 cells missed or too many, and the true negatives of three comparisons.
    let (tp, fp, missed, tn) = (5.0_f64, 1.0, 3.0, 4.0 + 4.0 + 7.0);
    let mcc = (tp * tn - fp * missed) / ((tp + fp) * (tp + missed) * (tn + fp) * (tn + missed)).sqrt();
    assert!((truth_mask.mcc - mcc).abs() < 1e-12, "{truth_mask:?}");
    // They meet over one edge of 0.5 m.
    assert_eq!(join_wide(&grid, &truth, 0.4).len(), 1);
    assert_eq!(join_wide(&grid, &truth, 0.5).len(), 2);
    assert_eq!(score(&grid, &[], &[], Mask::Truth).iou, 0.0);
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
    let home = builder.segmented(&SegmentParams::default()).build().unwrap();
    assert_eq!(home.rooms(), [(RoomId::new(1), None)]);
}

/// The robots' own segments, joined where they meet over more than 1.2 m: nothing on the map says that they
/// end there. Smaller than a toilet they are specks, and with the unknown around them laser streaks. The bar
/// is on the mean over the maps, each counting the same.
#[cfg(feature = "formats")]
#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn rooms_of_real_maps_are_those_of_the_robots() {
    let folder = std::env::var_os("HOMEVEIL_MAPS").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/maps").into(),
        std::path::PathBuf::from,
    );
    let Ok(files) = std::fs::read_dir(folder.join("valetudo")) else {
        eprintln!("skipped: no maps in {}", folder.display());
        return;
    };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let (mut sum, mut count) = (0.0, 0.0);
    for file in files {
        let map = crate::formats::read_valetudo(&std::fs::read(&file).unwrap()).unwrap();
        let area = |room: &Room| f64::from(room.runs.iter().map(|run| run.len()).sum::<u32>());
        let cell_m2 = map.grid.resolution_m().powi(2);
        let mut truth = join_wide(&map.grid, &map.rooms, 1.2);
        truth.retain(|room| area(room) * cell_m2 >= 1.0 && walled_share(&map.grid, room, 0.2) >= 1.0 / 3.0);
        if truth.is_empty() {
            continue;
        }
        let found = segment(&map.grid, &SegmentParams::default());
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
            let found = segment(&home.grid, &SegmentParams::default());
            let score = score(&home.grid, &truth, &found, Mask::Both);
            recall += score.recall / 90.0;
            precision += score.precision / 90.0;
        }
        eprintln!("{furnishing:?}: recall {recall:.3}, precision {precision:.3}");
        assert!(recall >= bar && precision >= bar, "{furnishing:?}: {recall:.3} {precision:.3}");
    }
}

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
        let rooms = segment(&grid, &SegmentParams::default());
        let labels = labels(&grid, &rooms);
        let width = grid.width() as usize;
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
                for near in crate::grid::Shape::new(width, grid.height() as usize).neighbours(cell) {
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
        let here = labels(&grid, &segment(&grid, &SegmentParams::default()));
        let there = labels(&other, &segment(&other, &SegmentParams::default()));
        let there: Vec<u32> = places.iter().map(|&place| there[place]).collect();
        prop_assert_eq!(here.iter().max(), there.iter().max());
        // A map that is its own mirror image may be cut the other way round.
        prop_assert!(here == there || is_symmetric(&grid));
    }

    /// Finer maps included: the same drawing with every cell doubled.
    #[test]
    fn rooms_with_doors_between_them_are_found(cells in row_of_rooms(), scale in 1..4_usize) {
        let drawing = enlarged(&cells, scale);
        let grid = OccupancyGrid::from_drawing(0.1 / scale as f64, &drawing).unwrap();
        let truth = named(&drawing);
        let found = segment(&grid, &SegmentParams::default());
        let score = score(&grid, &truth, &found, Mask::Truth);
        prop_assert_eq!(found.len(), truth.len());
        // In a small room the two cells by which a border may miss a door weigh most.
        prop_assert!(score.iou > 0.85, "{:?}", score);
    }
}
