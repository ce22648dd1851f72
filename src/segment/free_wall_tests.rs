//! Walls that stand free, along the grid and slanting: they part rooms, and furniture of their length does not.

use super::doorway_tests::Sheet;
use super::segment;

/// A wet cell of 2.6 by 2.6 m with walls of 0.1 m, and a door of so many cells, in a hall of 8 by 7 m.
fn around_a_core(door: usize) -> Sheet {
    let hall = Sheet::new(82, 72).fill([1, 1], [80, 70], '.').fill([30, 22], [26, 26], '#');
    hall.fill([31, 23], [24, 24], '.').fill([38, 22], [door, 1], '.')
}

#[test]
fn a_room_in_the_middle_of_a_hall_is_one() {
    for door in [0, 8] {
        let rooms = around_a_core(door).rooms();
        assert_eq!(rooms.len(), 2, "{door}: {rooms:?}");
        assert!(rooms[0].abs_diff(24 * 24) <= 8, "{door}: {rooms:?}");
        assert_eq!(segment(&around_a_core(door).slanting()).len(), 2, "{door}");
    }
}

/// Something of so many cells between two spaces 4 m deep, and at both of its ends an opening of 0.9 m, at one of three
/// places of the grid.
fn between_openings([length, thickness]: [usize; 2], phase: usize) -> Sheet {
    let (width, left) = (length + 18, 1 + phase);
    let spaces = Sheet::new(width + 6, 90).fill([left, 5], [width, 80 + thickness], '.');
    spaces.fill([left + 9, 45], [length, thickness], '#')
}

#[test]
fn a_free_wall_parts_rooms_at_45_degrees() {
    for phase in 0..3 {
        for wall in [[40, 2], [25, 2], [18, 1]] {
            let sheet = between_openings(wall, phase);
            assert_eq!(sheet.rooms().len(), 2, "{wall:?}");
            assert_eq!(segment(&sheet.slanting()).len(), 2, "{phase}: {wall:?}");
        }
        // A sideboard, and a screen.
        for furniture in [[18, 5], [12, 1]] {
            let sheet = between_openings(furniture, phase);
            assert_eq!(sheet.rooms().len(), 1, "{furniture:?}");
            assert_eq!(segment(&sheet.slanting()).len(), 1, "{phase}: {furniture:?}");
        }
    }
}

/// Two walls of 0.15 m that meet at a corner, at 0.05 m a cell, and at the other end of each a door of 0.8 m to an
/// outer wall.
#[test]
fn a_corner_of_two_free_walls_is_a_room() {
    for arm in [32, 48] {
        let hall = Sheet::new(142, 142).fill([1, 1], [140, 140], '.');
        let corner = hall.fill([17, 14 + arm], [arm, 3], '#').fill([14 + arm, 17], [3, arm], '#');
        let rooms = corner.rooms_at(0.05);
        assert_eq!(rooms.len(), 2, "{arm}: {rooms:?}");
        assert!(rooms[0] as usize >= (arm + 12).pow(2), "{arm}: {rooms:?}");
    }
}

/// Two small rooms above a corridor, all doors next to the outer walls: the T that the inner walls make stands free.
fn around_a_free_t() -> Sheet {
    let rooms = Sheet::new(47, 40).fill([1, 1], [45, 12], '.').fill([1, 14], [22, 25], '.');
    let doors = rooms.fill([24, 14], [22, 25], '.').fill([1, 13], [9, 1], '.').fill([37, 13], [9, 1], '.');
    doors.fill([23, 30], [1, 9], '.')
}

#[test]
fn walls_stay_walls_with_furniture_at_them() {
    for cupboard in [[5, 6], [6, 4]] {
        let sheet = around_a_free_t().fill([24, 18], cupboard, '#');
        let rooms = sheet.rooms();
        assert_eq!(rooms.len(), 3, "{rooms:?}");
        assert_eq!(segment(&sheet.slanting()).len(), 3);
    }
    // A bench with thin legs at both ends is furniture.
    let hall = Sheet::new(82, 42).fill([1, 1], [80, 40], '.');
    let bench = hall.fill([35, 15], [12, 5], '#').fill([31, 17], [4, 1], '#').fill([47, 17], [4, 1], '#');
    assert_eq!(bench.rooms().len(), 1);
}
