//! What the owner's bars do to zones, areas, rectangles and doors.

use geo_types::{Coord, Line, Rect};
use nalgebra::{Isometry2, Point2};

use super::choices::AREA;
use super::later_maps::{A, B, C, D, ELSEWHERE, FLAT, first, named, rooms};
use super::routes::{RING, drawn, middle, overlay};
use crate::MappedFloor;
use crate::atlas::{FRAME, ZoneId};
use crate::grid::CellRect;
use crate::home::{KeepOut, RoomId};
use crate::key::tests::cases::FLOORS;
use crate::key::{Goal, HouseKey, KeyError, Passage, Task};
use crate::redact::Redaction;

const TWO_ROOMS: &str = "
    #####################
    #aaaaaaaaa#bbbbbbbbb#
    #aAaaaaaaa#bbbbbbbbb#
    #aaaaaaaaaabbbbbbbbb#
    #aaaaaaaaaabbbbbbbbb#
    #aaaaaaaaaabbbbbbbbb#
    #aaaaaaaaa#bbbbbbbbb#
    #####################
";

fn resolved(key: &HouseKey, goal: &Goal) -> Result<Task, KeyError> {
    key.resolve(Isometry2::translation(0.25, 0.35), goal)
}

fn metres(rect: CellRect) -> Rect<f64> {
    let corner =
        |x: u32, y: u32| Coord { x: f64::from(x) * FRAME.resolution, y: f64::from(y) * FRAME.resolution };
    Rect::new(corner(rect.x, rect.y), corner(rect.x + rect.width, rect.y + rect.height))
}

/// The key of the two rooms with an area for the second, and a wall of the owner's a step behind the doorway.
fn shut_by_hand() -> HouseKey {
    let home = named(TWO_ROOMS, &[A, B]);
    let mut key = first(&home, &Redaction::none());
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    assert!(matches!(resolved(&key, &Goal::Area(AREA)), Ok(Task::Clean(_))));
    key.bar(&KeepOut::Wall(Line::new((1.25, 0.05), (1.25, 0.75)))).unwrap();
    key
}

/// The zones that lie in the second room for the most part.
fn behind(key: &HouseKey) -> Vec<ZoneId> {
    let zones = (0..4).map(ZoneId::of_index).filter(|&zone| key.lift_zone(zone).is_err()).collect::<Vec<_>>();
    assert!(!zones.is_empty() && zones.len() < 4);
    zones
}

#[test]
fn what_lies_behind_a_bar_is_unreachable_however_it_is_asked_for() {
    let key = shut_by_hand();
    assert_eq!(resolved(&key, &Goal::Area(AREA)), Err(KeyError::AreaUnreachable));
    for zone in behind(&key) {
        let unreachable = KeyError::Unreachable { zone };
        let rect = metres(key.zones[zone.index()].rect);
        assert_eq!(resolved(&key, &Goal::Rect(rect)), Err(unreachable));
        let middle = Point2::from([rect.center().x, rect.center().y]);
        for goal in [Goal::Spot(middle), Goal::Drive(middle), Goal::Path(vec![middle])] {
            assert_eq!(resolved(&key, &goal), Err(unreachable), "{goal:?}");
        }
        assert_eq!(key.lift_point(middle), Err(unreachable));
        assert!(key.unreachable().contains(&zone));
    }
    // A rectangle over all is what is left of it.
    let all = metres(CellRect { x: 0, y: 0, width: FRAME.width, height: FRAME.height });
    assert!(key.lift_rect(all).unwrap().len() > 50);
}

/// A zone where the robot can stand on the threshold alone is not driven to.
#[test]
fn no_place_of_a_zone_behind_a_bar_is_lifted_to_its_threshold() {
    let wide = TWO_ROOMS.replace("bbbbbbbbb#", &format!("{}#", "b".repeat(20)));
    let rows = wide.lines().filter(|row| row.contains('a'));
    let wide: String = rows.flat_map(|row| [row, "\n"]).collect();
    let case = drawn(&wide, &[], &[0, 1]);
    let mut key = case.key();
    let (width, zone) = (key.shape.width, ZoneId::of_index(1));
    let place = middle(&case, 1);
    assert!(key.lift_point(place).is_ok());
    // The third column of the room.
    overlay(&mut key, |cell| cell % width == 13);
    let stands = |cell: usize| key.drive.is_open(cell) && key.zone_at(cell) == Some(1);
    assert!((0..key.shape.len()).any(stands));
    assert_eq!(key.lift_point(place), Err(KeyError::Unreachable { zone }));
    assert_eq!(resolved(&key, &Goal::Drive(place)), Err(KeyError::Unreachable { zone }));
}

/// As behind a wall of the map, the few cells in front of the bar go to the zone that the robot gets to.
#[test]
fn what_can_be_cleaned_of_a_zone_behind_a_bar_is_cleaned_with_the_one_before_it() {
    let key = shut_by_hand();
    let threshold = Point2::new(1.15, 0.35);
    assert!(behind(&key).contains(&key.locate(Isometry2::translation(1.15, 0.35)).unwrap()));
    let holding = (0..4).filter_map(|zone| key.lift_zone(ZoneId::of_index(zone)).ok());
    assert_eq!(holding.filter(|region| region.contains(threshold)).count(), 1);
    let Ok(Task::Clean(all)) = resolved(&key, &Goal::All) else { panic!("there is floor to clean") };
    assert!(all.contains(threshold));
}

#[test]
fn a_zone_that_is_barred_as_a_whole_is_unreachable_and_its_doors_lead_nowhere() {
    let home = named(TWO_ROOMS, &[A, B]);
    let none = Redaction::none();
    let mut key = first(&home, &none);
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    let zone = key.locate(Isometry2::translation(1.85, 0.65)).unwrap();
    key.bar_rect(metres(key.zones[zone.index()].rect)).unwrap();
    assert_eq!(key.lift_zone(zone), Err(KeyError::Unreachable { zone }));
    assert!(key.unreachable().contains(&zone));
    assert!(key.refit(&home, &none).1.unreachable.contains(&zone));
    for (door, passage) in key.doors.iter().zip(key.passages()) {
        if door.zones.map(ZoneId::of_index).contains(&zone) {
            assert_eq!(passage, Passage::Unreachable);
        }
    }
    // Where all that was asked for is barred, there is nothing to do.
    let rect = Goal::Rect(metres(key.zones[zone.index()].rect));
    assert_eq!(resolved(&key, &rect), Ok(Task::Nothing));
    let whole = metres(CellRect { x: 0, y: 0, width: FRAME.width, height: FRAME.height });
    key.bar_rect(whole).unwrap();
    assert_eq!(resolved(&key, &Goal::Area(AREA)), Ok(Task::Nothing));
    assert_eq!(resolved(&key, &Goal::All), Ok(Task::Nothing));
    assert_eq!(key.unreachable().len(), 4);
}

/// Both zones are reached the other way round.
#[test]
fn a_door_that_a_bar_closes_is_drawn_but_absent() {
    let mut seen = 0;
    for plan in 0..FLOORS.len() {
        let mut case = drawn(RING, &[], &[0, 1, 2, 3]);
        case.floor = FLOORS[plan].clone();
        let open = case.key();
        for (number, seam) in open.seams.iter().enumerate().filter(|(_, seam)| !seam.is_empty()) {
            let mut key = open.clone();
            overlay(&mut key, |cell| seam.iter().flatten().any(|&own| own as usize == cell));
            assert!(key.unreachable().is_empty());
            let mut expected = open.passages();
            assert_eq!(expected[number], Passage::Open);
            expected[number] = Passage::Phantom;
            assert_eq!(key.passages(), expected);
            seen += 1;
        }
    }
    assert!(seen > 3);
}

/// The dock is in the hall, which is the smaller room.
#[test]
fn a_bar_over_the_dock_leaves_the_robot_in_the_room_of_the_dock() {
    let hall = "
        #######################
        #aaaaaaa#bbbbbbbbbbbbb#
        #aaaaaaa#bbbbbbbbbbbbb#
        #aaaaaaaabbbbbbbbbbbbb#
        #Aaaaaaaabbbbbbbbbbbbb#
        #aaaaaaaabbbbbbbbbbbbb#
        #aaaaaaa#bbbbbbbbbbbbb#
        #######################
    ";
    let case = drawn(hall, &[], &[0, 1]);
    let mut key = case.key();
    let width = key.shape.width;
    let at_dock = |cell: usize| cell % width < 2 && (2..4).contains(&(cell / width));
    overlay(&mut key, |cell| at_dock(cell) || cell % width == 9);
    let [hall, behind] = [0, 1].map(ZoneId::of_index);
    assert!(key.lift_zone(hall).is_ok());
    assert_eq!(key.lift_zone(behind), Err(KeyError::Unreachable { zone: behind }));
    // A speck next to the dock is not what is left of the home.
    let speck = |cell: usize| cell % width == 4 || cell / width == 3 && cell % width < 4;
    overlay(&mut key, speck);
    assert!(key.lift_zone(hall).is_ok() && key.lift_zone(behind).is_ok());
}

/// A patch is some blocks where a home has few cells. Half a block of it is enough to bar it.
#[test]
fn a_bar_takes_every_patch_of_which_it_covers_half_a_block() {
    const BLOCK: u32 = 64;
    let home = named(FLAT, &[A, B, C, D]);
    let none = Redaction::none();
    let map = MappedFloor::new(&home, &none);
    let (measured, mut seen) = (map.measured(), 0);
    for floor in FLOORS.iter().take(4) {
        let key = map.key(&measured, floor, 4);
        for own in key.patches.iter().map(|patch| patch.rect) {
            let wide = CellRect { width: (own.width + 8).min(FRAME.width - own.x), ..own };
            let shared = |other: CellRect| {
                let across =
                    (wide.x + wide.width).min(other.x + other.width).saturating_sub(wide.x.max(other.x));
                let up =
                    (wide.y + wide.height).min(other.y + other.height).saturating_sub(wide.y.max(other.y));
                across * up
            };
            let is_touched = |rect: CellRect| 2 * shared(rect) >= rect.area().min(BLOCK);
            let is_half = |rect: CellRect| 2 * shared(rect) >= rect.area();
            let mut barred = key.clone();
            barred.bar_rect(metres(wide)).unwrap();
            for cell in (0..key.near.len()).filter(|&cell| key.is_charted(cell)) {
                let rect = key.patches[usize::from(key.near[cell])].rect;
                assert_eq!(barred.drive.barred.has(cell), is_touched(rect));
                seen += u32::from(is_touched(rect) && !is_half(rect));
            }
        }
    }
    assert!(seen > 0, "some patch is barred that is covered by less than half");
}

/// Of a key that leads nowhere the answer says why, whatever is asked for.
#[test]
fn a_closed_key_says_that_it_is_closed() {
    let (down, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let (mut key, _) = first(&down, &rooms(&[2])).refit(&up, &rooms(&[2]));
    key.bind_rooms(AREA, &up, &[RoomId::new(1)]).unwrap();
    let at = Point2::new(1.0, 1.0);
    for goal in
        [Goal::Area(AREA), Goal::All, Goal::Zone(ZoneId::of_index(0)), Goal::Spot(at), Goal::Drive(at)]
    {
        assert_eq!(resolved(&key, &goal), Err(KeyError::UnplacedRedaction), "{goal:?}");
    }
}
