//! Homes where the robot gets to little or nothing.

use geo_types::Rect;
use nalgebra::Isometry2;

use super::choices::AREA;
use super::later_maps::{A, B, C, D, FLAT, again, first, home, named, rooms};
use super::routes::{RING, drawn, middle};
use crate::BlobError;
use crate::atlas::ZoneId;
use crate::drawings::builder;
use crate::home::{KeepOut, RoomId};
use crate::key::tests::cases::{FLOORS, case, pose};
use crate::key::{Goal, HouseKey, KeyError, OutOfReach, Passage, Task};
use crate::navigate::Navigator;
use crate::redact::Redaction;

fn resolved(key: &HouseKey, goal: &Goal) -> Result<Task, KeyError> {
    key.resolve(Isometry2::identity(), goal)
}

/// The robot is where its dock is, and not in the rooms that it does not get to.
#[test]
fn a_dock_in_a_redacted_room_whose_door_is_shut_leaves_all_zones_unreachable() {
    let home = named("#aaa#bbb#\n#aaa#bBb#\n#aaa#bbb#\n", &[A, B]);
    let bedroom = rooms(&[2]);
    let mut key = first(&home, &bedroom);
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    for key in [key.clone(), again(&key), key.refit(&home, &bedroom).0] {
        assert_eq!(key.unreachable().len(), 4);
        for zone in (0..4).map(ZoneId::of_index) {
            assert_eq!(key.lift_zone(zone), Err(KeyError::Unreachable { zone }));
        }
        let Ok(Task::Clean(bed)) = resolved(&key, &Goal::Area(AREA)) else { panic!("the robot is in it") };
        assert!(bed.points().all(|at| at.x > 0.5));
        assert!(matches!(resolved(&key, &Goal::All), Err(KeyError::Unreachable { .. })));
    }
    // With no dock it is in the room that is not redacted, as it is with the dock there.
    for drawing in ["#aaa#bbb#\n#aaa#bbb#\n#aaa#bbb#\n", "#aaa#bbb#\n#aAa#bbb#\n#aaa#bbb#\n"] {
        let key = first(&named(drawing, &[A, B]), &bedroom);
        assert!((0..4).any(|zone| key.lift_zone(ZoneId::of_index(zone)).is_ok()));
    }
}

/// A no-go area over all of the home.
#[test]
fn a_home_that_is_kept_out_of_as_a_whole_says_so() {
    let whole = KeepOut::Area(Rect::new((0.0, 0.0), (2.0, 2.0)).to_polygon());
    let home = builder(FLAT, &[A, B, C, D]).keep_out([whole]).build().unwrap();
    let key = first(&home, &Redaction::none());
    let served = key.served(&home).unwrap();
    assert_eq!(served.rooms().len(), 4);
    for room in served.rooms() {
        assert_eq!(room.out_of_reach(), Some(OutOfReach::KeptOut));
    }
    assert!(matches!(resolved(&key, &Goal::All), Err(KeyError::Unreachable { .. })));
    let all = first(&named(FLAT, &[A, B, C, D]), &rooms(&[1, 2, 3, 4]));
    assert_eq!(resolved(&all, &Goal::All), Err(KeyError::NoZone));
}

/// Redacted floor joins a and b, but by a slit that the robot does not fit through. It gets round by d.
#[test]
fn a_door_through_a_redacted_room_that_the_robot_cannot_pass_is_absent() {
    let drawing = "
        ##########################
        #aaaaaaa#ccc#cccc#bbbbbbb#
        #aaaaaaaaccc#ccccbbbbbbbb#
        #aaAaaaaaccccccccbbbbbbbb#
        #aaaaaaaaccc#ccccbbbbbbbb#
        #aaaaaaa#ccc#cccc#bbbbbbb#
        ##aaaaa###########bbbbb###
        #dddddddddddddddddddddddd#
        #dddddddddddddddddddddddd#
        #dddddddddddddddddddddddd#
        ##########################
    ";
    let mut seen = 0;
    for plan in 0..FLOORS.len() {
        let case = case(home(drawing), &[RoomId::new(3)], &[], &[0, 1, 2], 0, plan);
        let key = case.key();
        let [a, b] = [0.35, 2.25].map(|x| key.locate(Isometry2::translation(x, 0.75)).unwrap());
        assert!(a != b && key.unreachable() == [ZoneId::of_index(3)]);
        for (door, passage) in key.doors.iter().zip(key.passages()) {
            if door.zones.map(ZoneId::of_index) == [a.min(b), a.max(b)] {
                assert_eq!(passage, Passage::Phantom);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

/// A key without cells is for the map that it was made on.
#[test]
fn a_key_with_nothing_to_draw_is_for_its_own_map() {
    let nothing = named("....\n", &[]);
    let key = first(&nothing, &Redaction::none());
    assert_eq!(key.shape.len(), 0);
    assert!(key.served(&nothing).is_ok());
    assert_eq!(key.served(&named(FLAT, &[A, B, C, D])).err(), Some(KeyError::OtherMap));
}

/// Bytes that would lead a lift into a redacted room, or nowhere that the robot can stand, are no key.
#[test]
fn a_stored_key_leads_where_the_robot_can_stand_and_into_no_redacted_room() {
    let home = named(FLAT, &[A, B, C, D]);
    let key = first(&home, &rooms(&[2]));
    let is_refused = |key: &HouseKey| {
        HouseKey::from_secret_bytes(&key.to_secret_bytes()).err() == Some(BlobError::Content)
    };
    assert!(!is_refused(&key));
    let cell_where =
        |wanted: &dyn Fn(usize) -> bool| (0..key.shape.len()).find(|&cell| wanted(cell)).unwrap();
    let hidden = cell_where(&|cell| key.drive.redacted.has(cell) && key.drive.is_pose(cell));
    let wall = cell_where(&|cell| !key.drive.is_pose(cell));
    for cell in [hidden, wall] {
        let mut astray = key.clone();
        astray.patches[0].anchor = u32::try_from(cell).unwrap();
        assert!(is_refused(&astray));
    }
    let mut astray = key.clone();
    astray.charted.insert(hidden);
    assert!(is_refused(&astray));
}

/// a and b are joined, as are d and e; between them lies c, which is redacted.
#[test]
fn a_door_that_the_robot_could_pass_is_no_detour() {
    let drawing = "
        #########################################
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#eeeeeee#
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#eeeeeee#
        #aaAaaaaabbbbbbbbcccccccddddddddeeeeeeee#
        #aaaaaaaabbbbbbbbcccccccddddddddeeeeeeee#
        #aaaaaaaabbbbbbbbcccccccddddddddeeeeeeee#
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#eeeeeee#
        #########################################
    ";
    let [here, there] = [[0, 1], [2, 3]].map(|zones| zones.map(ZoneId::of_index));
    let (mut tried, mut seen) = (0, 0);
    for plan in 0..FLOORS.len() {
        let case = case(home(drawing), &[RoomId::new(3)], &[], &[0, 1, 2, 3], 0, plan);
        let key = case.key();
        let is_drawn =
            |pair: [ZoneId; 2]| key.doors.iter().any(|door| door.zones.map(ZoneId::of_index) == pair);
        if !is_drawn(here) || !is_drawn(there) {
            continue;
        }
        tried += 1;
        let route = [1, 3, 1].map(|zone| middle(&case, zone));
        let from = pose([0.35, 0.35].into());
        let path = key.lift_path_by_doors(&mut Navigator::new(), from, &route).unwrap();
        // A drawn path that comes through the first zone once more has that door among those behind the shut one, and
        // some plan joins the second zone and the last without the door between the last two.
        seen += u32::from(path.detours().contains(&there) && !path.detours().contains(&here));
    }
    assert!(seen > 0, "of {tried}");
}

/// There and back through a winding room, tens of thousands of times.
#[test]
fn a_path_through_too_many_doors_is_refused_by_name() {
    const SIDE: usize = 40;
    let row = |y: usize| {
        // Walls with a gap above and below in turn.
        let is_wall = |x: usize| x % 6 == 5 && if x % 12 == 5 { y > 4 } else { y + 5 < SIDE };
        let winding: String = (0..30).map(|x| if is_wall(x) { '#' } else { 'b' }).collect();
        let dock = if y == 2 { "aaAaaa" } else { "aaaaaa" };
        format!("#{dock}{winding}cccccc#\n")
    };
    let drawing: String = (0..SIDE).map(row).collect();
    let found =
        (0..FLOORS.len()).map(|plan| case(home(&drawing), &[], &[], &[0, 1, 2], 0, plan)).find(|case| {
            let doors = case.key().doors.iter().map(|door| door.zones).collect::<Vec<_>>();
            doors.contains(&[0, 1]) && doors.contains(&[1, 2])
        });
    let case = found.unwrap();
    let key = case.key();
    let path = |times: usize| {
        let route: Vec<_> = (0..times).map(|time| middle(&case, 2 * (time % 2))).collect();
        let from = pose([0.35, 0.35].into());
        key.lift_path_by_doors(&mut Navigator::new(), from, &route).map(|path| path.points().len())
    };
    assert!(path(9).is_ok());
    assert_eq!(path(60_000), Err(KeyError::TooLong));
}

/// On a ring of doors no area is out of reach while nothing is barred.
#[test]
fn nothing_is_out_of_reach_without_bars() {
    let case = drawn(RING, &[], &[0, 1, 2, 3]);
    assert!(case.key().unreachable().is_empty());
}
