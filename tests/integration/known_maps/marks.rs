//! Marks are places, whatever numbers later maps have.

use geo_types::Line;
use homeveil::atlas::ZoneId;
use homeveil::home::{KeepOut, RobotMap, RoomId};
use homeveil::key::{KeyError, MOVED_AFTER_MAPS, Mark, MarkKind, Region};
use homeveil::synth::{Change, sample_home};
use homeveil::{HouseKey, Policy, Redaction};

use super::{floor_of, key_of, redacted, wall};
use crate::maps::{home, keeping, zones};

#[test]
fn numbers_of_later_maps_play_no_part() {
    let map = sample_home();
    let redaction = Redaction::none().rooms([map.rooms[0].id()]);
    let mut key = key_of(&home(&map), &redaction);
    let hidden = redacted(&key);
    assert!(!hidden.is_empty());
    for by in [1, 2, 3, 7, 0] {
        key = key.refit(&home(&map.changed(Change::Renumber(by))), &redaction).0;
        assert!(redacted(&key) == hidden, "moved on by {by}");
    }
}

/// Marks are listed, each with its cells, and removed one by one.
#[test]
fn marks_are_listed_and_removed() {
    let map = sample_home();
    let today = home(&map);
    let (first, second) = (map.rooms[0].id(), map.rooms[3].id());
    let mut key = key_of(&today, &Redaction::none().rooms([first]));
    let open = key_of(&today, &Redaction::none());
    let area_m2 = |key: &HouseKey| zones(key).iter().flatten().map(Region::area_m2).sum::<f64>();
    let before = area_m2(&key);
    key.redact(&today, &Redaction::none().rooms([second])).unwrap();
    assert!(area_m2(&key) < before);
    let bars =
        [wall(&map), KeepOut::Wall(Line::new((3.0, 2.0), (3.5, 2.0)))].map(|place| key.bar(&place).unwrap());
    let marks = key.marks();
    assert_eq!(redacted(&key).len(), 2);
    for (room, region) in [first, second].iter().zip(redacted(&key)) {
        let room = map.rooms.iter().filter(|other| other.id() == *room);
        assert!(floor_of(&map, room).iter().all(|at| region.contains(*at)));
    }
    let ids = |marks: &[Mark]| marks.iter().map(|mark| mark.id).collect::<Vec<_>>();
    assert_eq!(key.remove_mark(homeveil::key::MarkId::new(99), &today), Err(KeyError::UnknownMark));
    let other = home(&map.changed(Change::Shift { left: 1, below: 1 }));
    assert_eq!(key.remove_mark(bars[0], &other), Err(KeyError::OtherMap));
    assert_eq!(ids(&key.marks()), ids(&marks));

    key.remove_mark(bars[0], &today).unwrap();
    let left = key.marks();
    assert!(left.iter().all(|mark| mark.id != bars[0]) && left.len() + 1 == marks.len());
    key.remove_mark(bars[1], &today).unwrap();
    for mark in marks.iter().filter(|mark| mark.kind == MarkKind::Redacted) {
        key.remove_mark(mark.id, &today).unwrap();
    }
    assert!(key.marks().is_empty());
    assert!((area_m2(&key) - area_m2(&open)).abs() < 0.5, "all floor is back in zones");
    let again = HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap();
    assert!(again == key);
}

/// A bar outside today's map bars the floor there when a later map shows it.
#[test]
fn a_bar_waits_for_the_floor_it_is_on() {
    let whole = sample_home();
    let room = whole.rooms.last().unwrap().id();
    let part = whole.changed(Change::Unseen(room));
    let mut key = key_of(&home(&part), &keeping());
    let behind = whole.rooms.iter().filter(|other| other.id() == room);
    let at = floor_of(&whole, behind);
    let middle = at[at.len() / 2];
    let id =
        key.bar(&KeepOut::Wall(Line::new((middle.x - 0.1, middle.y), (middle.x + 0.1, middle.y)))).unwrap();
    let (fitted, refit) = key.refit(&home(&whole), &keeping());
    assert!(refit.recognized);
    assert!(fitted.marks().iter().any(|mark| mark.id == id && mark.region.contains(middle)));
    assert!(!zones(&fitted).iter().flatten().any(|region| region.contains(middle)));
}

/// Bars far off on all sides: what the frame can't hold is refused, and what it holds is read again.
#[test]
fn bars_far_off_are_refused_before_the_key_cannot_be_read() {
    let map = sample_home();
    let mut key = key_of(&home(&map), &keeping());
    let mut answers = Vec::new();
    for (x, y) in [(-150.0, 0.0), (150.0, 0.0), (0.0, -150.0), (0.0, 150.0), (9e9, 0.0)] {
        answers.push(key.bar(&KeepOut::Wall(Line::new((x, y), (x + 1.0, y)))));
        assert!(HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap() == key);
    }
    assert!(answers[0].is_ok() && answers[1].is_ok());
    assert!(answers[2..].contains(&Err(KeyError::TooFar)));
    let (again, refit) = key.refit(&home(&map), &keeping());
    assert!(refit.recognized && again.marks().len() == key.marks().len());
}

/// Another floor has its own marks; what is redacted there stays there, and the home's is untouched.
#[test]
fn another_floor_has_its_own_marks() {
    let (down, up) = (sample_home(), RobotMap::from_seed(77 << 10));
    let by_kind = Policy::default().redaction();
    let mut key = key_of(&home(&down), &by_kind.clone().rooms([down.rooms[0].id()]));
    let hidden = redacted(&key);
    let asked = by_kind.rooms([down.rooms[0].id()]);
    for day in 1..=MOVED_AFTER_MAPS {
        let (next, refit) = key.refit(&home(&up), &asked);
        assert_eq!(
            refit.open,
            Err(KeyError::UnplacedRedaction),
            "a room redacted by number has no place here"
        );
        assert_eq!((next.strange_maps(), refit.seems_moved), (day, day == MOVED_AFTER_MAPS));
        assert!(next.lift_zone(ZoneId::new(1)) == Err(KeyError::UnplacedRedaction));
        key = next;
    }
    key.confirm_map();
    assert!(key.check_open().is_ok() && key.strange_maps() == 0);
    key.bar(&wall(&up)).unwrap();
    let here = key.marks().len();

    let (mut back, refit) = key.refit(&home(&down), &asked);
    assert!(refit.recognized && refit.open.is_ok() && redacted(&back) == hidden);
    assert!(back.marks().iter().all(|mark| mark.kind != MarkKind::Barred));
    let (again, refit) = back.refit(&home(&up), &asked);
    assert!(refit.recognized && refit.open.is_ok() && again.marks().len() == here);
    back.unbar();
    assert!(back.refit(&home(&up), &asked).0.marks().iter().all(|mark| mark.kind != MarkKind::Barred));
}

/// Two more maps of the home, of other floors, take no more bytes than the first.
#[test]
fn a_key_that_knows_three_maps_is_at_most_twice_as_long() {
    let (map, redaction) = (sample_home(), keeping());
    let first = key_of(&home(&map), &redaction);
    let mut key = first.clone();
    for seed in [1 << 14, 77 << 10] {
        key = key.refit(&home(&RobotMap::from_seed(seed)), &redaction).0;
        key.confirm_map();
    }
    let (key, refit) = key.refit(&home(&map), &redaction);
    assert!(refit.recognized);
    let bytes = |key: &HouseKey| key.to_secret_bytes().len();
    println!("{} bytes with one map, {} with three", bytes(&first), bytes(&key));
    assert!(bytes(&key) <= 2 * bytes(&first));
}

#[test]
fn rooms_asked_for_later_are_placed_once() {
    let map = sample_home();
    let today = home(&map);
    let key = key_of(&today, &Redaction::none());
    let room: RoomId = map.rooms[2].id();
    let asked = Redaction::none().rooms([room]);
    let (placed, _) = key.refit(&today, &asked);
    let hidden = redacted(&placed);
    assert_eq!(hidden.len(), 1);
    let (later, _) = placed.refit(&home(&map.changed(Change::Renumber(1))), &asked);
    assert!(redacted(&later) == hidden);
}
