//! Marks that overlap, and areas that are bound on several maps: each is removed by itself.

use geo_types::Rect;

use super::choices::{AREA, bound};
use super::follows::hidden;
use super::later_maps::{
    A, B, C, D, ELSEWHERE, FLAT, again, bedrooms, first, is_redacted, named, redacted_marks, remove_oldest,
    rooms,
};
use crate::home::{Home, RoomId};
use crate::key::HouseKey;
use crate::key::known::MarkKind;
use crate::redact::Redaction;

/// Half of room b.
fn half_of_b(redaction: Redaction) -> Redaction {
    redaction.region(Rect::new((0.7, 0.4), (1.0, 0.7)).to_polygon()).unwrap()
}

/// Removes the oldest mark, after some days on which nothing changes.
fn without_the_first(mut key: HouseKey, home: &Home, redaction: &Redaction) -> HouseKey {
    for _ in 0..3 {
        key = again(&key).refit(home, redaction).0;
        assert_eq!(redacted_marks(&key), 2, "each is marked once");
    }
    remove_oldest(&mut key, home);
    again(&key).refit(home, redaction).0
}

/// A room is asked for after half of it: with the outline the owner removes the outline alone.
#[test]
fn a_later_request_has_a_mark_over_all_that_it_asks_for() {
    let home = named(FLAT, &[A, B, C, D]);
    let before = first(&home, &Redaction::none());
    let (part, both) = (half_of_b(Redaction::none()), half_of_b(rooms(&[2])));
    let (key, _) = before.refit(&home, &part).0.refit(&home, &both);
    let key = without_the_first(key, &home, &both);
    assert!(is_redacted(&key, &home, 2) && redacted_marks(&key) == 1);
    // The other way round, half of it stays.
    let (key, _) = before.refit(&home, &rooms(&[2])).0.refit(&home, &both);
    let key = without_the_first(key, &home, &both);
    assert_eq!((hidden(&key, &home, 2), redacted_marks(&key)), (9, 1));
}

/// The same on days that leave something open, on which a kind is asked for again and again.
#[test]
fn a_later_request_has_one_mark_while_something_is_open() {
    let home = named(FLAT, &[A, B, C]);
    let before = first(&named(FLAT, &[A, B, C, D]), &Redaction::none());
    let (part, both) = (half_of_b(bedrooms()), half_of_b(bedrooms()).rooms([RoomId::new(2)]));
    let (key, refit) = before.refit(&home, &part).0.refit(&home, &both);
    assert!(refit.undecided);
    let key = without_the_first(key, &home, &both);
    assert!(is_redacted(&key, &home, 2) && redacted_marks(&key) == 1);
}

/// An area that is unbound leads nowhere on any map; with its mark it is unbound on one.
#[test]
fn an_area_is_unbound_on_all_maps_and_its_mark_removed_on_one() {
    let (home, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let none = Redaction::none();
    let mut key = first(&home, &none);
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    let own = bound(&key);
    let (mut key, _) = key.refit(&up, &none);
    key.confirm_map();
    key.bind_rooms(AREA, &up, &[RoomId::new(2)]).unwrap();
    let mut by_mark = key.clone();
    let mark = by_mark.marks().into_iter().find(|mark| mark.kind == MarkKind::Area(AREA)).unwrap();
    by_mark.remove_mark(mark.id, &up).unwrap();
    assert_eq!(bound(&by_mark), [0, 0]);
    assert_eq!(bound(&by_mark.refit(&home, &none).0), own);
    key.unbind(AREA);
    assert_eq!(bound(&key), [0, 0]);
    for map in [&home, &up] {
        assert_eq!(bound(&again(&key).refit(map, &none).0), [0, 0]);
    }
}
