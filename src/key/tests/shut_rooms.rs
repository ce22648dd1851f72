//! What is asked for on a day on which a room is shut holds once the room is there.

use geo_types::Rect;

use super::choices::{AROUND, chosen};
use super::later_maps::{
    A, B, C, D, FLAT, ROW, again, bedrooms, cells, first, is_redacted, large, outline, redacted_marks,
    remove_oldest, served,
};
use crate::home::{Home, RoomKind};
use crate::key::HouseKey;
use crate::key::known::MarkKind;
use crate::redact::Redaction;

const D_BEDROOM: (char, RoomKind) = ('d', RoomKind::Bedroom);
const E_BEDROOM: (char, RoomKind) = ('e', RoomKind::Bedroom);

/// Room d shut, which hides a quarter of the home, or the half of it that is room e.
fn homes(kinds: &[(char, RoomKind)]) -> [(Home, Home, u32); 2] {
    let halves = FLAT.replace("dddddd", "dddeee");
    [(FLAT.to_string(), 'd', 4), (halves, 'e', 5)].map(|(drawing, shut, room)| {
        let [whole, part] = [drawing.clone(), drawing.replace(shut, "#")];
        (large(&whole, kinds), large(&part, kinds), room)
    })
}

/// Room d, in metres.
fn over_d(redaction: Redaction) -> Redaction {
    redaction.region(Rect::new((3.5, 0.5), (6.5, 2.0)).to_polygon()).unwrap()
}

fn fitted(key: &HouseKey, home: &Home, redaction: &Redaction) -> HouseKey {
    let (key, refit) = again(key).refit(home, redaction);
    assert!(refit.recognized && refit.open.is_ok() && !refit.undecided);
    key
}

/// A kind that is asked for first while a room of that kind is shut is redacted when the door is open.
#[test]
fn a_kind_asked_for_while_its_room_is_shut_is_redacted_when_it_is_open() {
    let kinds = [[A, B, C, D_BEDROOM, E_BEDROOM], [A, B, C, D, E_BEDROOM]];
    for (kinds, number) in kinds.into_iter().zip([0, 1]) {
        let (whole, part, room) = homes(&kinds).into_iter().nth(number).unwrap();
        let before = first(&whole, &Redaction::none());
        let (by_refit, _) = before.refit(&part, &bedrooms());
        let mut by_hand = before.refit(&part, &Redaction::none()).0;
        by_hand.redact(&part, &bedrooms()).unwrap();
        for key in [by_refit, by_hand] {
            let mut key = fitted(&fitted(&key, &part, &bedrooms()), &whole, &bedrooms());
            assert!(is_redacted(&key, &whole, room) && !is_redacted(&key, &whole, 2));
            // All has been seen by now: what the owner releases stays released.
            for mark in key.marks() {
                key.remove_mark(mark.id, &whole).unwrap();
            }
            let key = fitted(&fitted(&key, &part, &bedrooms()), &whole, &bedrooms());
            assert!(!is_redacted(&key, &whole, room) && redacted_marks(&key) == 0);
        }
    }
}

/// As long as a kind is asked for, a cell at a wall that is new today is redacted with its room, and is no mark.
#[test]
fn a_kind_that_is_asked_for_again_makes_no_new_marks_of_its_rooms() {
    let kinds = [A, ('b', RoomKind::Bedroom), C, D];
    let [(whole, part, _), _] = homes(&kinds);
    let grown = large(&FLAT.replace('d', "#").replacen("########", "#######b", 1), &kinds);
    assert_eq!(cells(&grown, 2).count(), cells(&part, 2).count() + 1);
    let mut key = fitted(&first(&whole, &Redaction::none()), &part, &bedrooms());
    for today in [&grown, &part, &grown] {
        key = fitted(&key, today, &bedrooms());
        assert!(is_redacted(&key, today, 2));
        assert_eq!(redacted_marks(&key), 1);
    }
}

/// A room has no kind on the day when bedrooms are first asked for, is shut on the next, and is then a bedroom.
#[test]
fn a_room_that_is_shut_before_it_has_a_kind_is_redacted_by_its_kind() {
    let nameless = large(FLAT, &[A, B, C]);
    let [(whole, part, _), _] = homes(&[A, B, C, D_BEDROOM]);
    let (key, refit) = first(&whole, &Redaction::none()).refit(&nameless, &bedrooms());
    assert!(refit.undecided && is_redacted(&key, &nameless, 4));
    let key = fitted(&fitted(&key, &part, &bedrooms()), &whole, &bedrooms());
    assert!(is_redacted(&key, &whole, 4) && !is_redacted(&key, &whole, 2));
}

/// Dead ends are read off the whole home.
#[test]
fn a_dead_end_that_is_shut_when_dead_ends_are_asked_for_is_redacted_when_it_is_open() {
    let kinds = [A, B, C];
    let (whole, part) = (large(ROW, &kinds), large(&ROW.replace('c', "#"), &kinds));
    let asked = Redaction::none().dead_ends();
    let (key, refit) = first(&whole, &Redaction::none()).refit(&part, &asked);
    assert!(refit.recognized && is_redacted(&key, &part, 2));
    assert!(is_redacted(&fitted(&key, &whole, &asked), &whole, 3));
}

/// An outline over a room that is shut holds when the door is open, however it was asked for.
#[test]
fn an_outline_over_what_is_not_shown_holds_when_it_is() {
    let [(whole, part, _), _] = homes(&[A, B, C, D]);
    let asked = over_d(Redaction::none());
    let before = first(&whole, &Redaction::none());
    let (by_refit, _) = before.refit(&part, &asked);
    let mut by_hand = before.refit(&part, &Redaction::none()).0;
    by_hand.redact(&part, &asked).unwrap();
    // Asked for of a home whose room nobody has seen.
    let by_first = first(&part, &asked);
    for key in [by_refit, by_hand, by_first] {
        assert_eq!(redacted_marks(&key), 1);
        let mut key = fitted(&fitted(&key, &part, &asked), &whole, &asked);
        assert!(is_redacted(&key, &whole, 4) && redacted_marks(&key) == 1 && served(&key) > 0);
        assert!([1, 2, 3].iter().all(|&room| !is_redacted(&key, &whole, room)));
        remove_oldest(&mut key, &whole);
        assert!(!is_redacted(&fitted(&key, &whole, &asked), &whole, 4));
    }
    // All of it is on the map: there is no mark besides that of the room.
    assert_eq!(redacted_marks(&first(&whole, &asked)), 1);
}

/// The same while the owner has still to choose, and on a map that is not known: the choice does not release it.
#[test]
fn an_outline_over_what_is_not_shown_outlasts_a_choice() {
    let [(whole, part, _), _] = homes(&[A, B]);
    let asked = over_d(bedrooms());
    let key = first(&part, &asked);
    assert!(key.is_undecided() && is_redacted(&key, &part, 3) && redacted_marks(&key) == 2);
    let (key, _) = key.refit(&whole, &asked);
    assert!(is_redacted(&key, &whole, 4));
    let key = chosen(&key, &whole, &asked.clone().keep_unlabelled());
    assert!(is_redacted(&key, &whole, 4) && !is_redacted(&key, &whole, 3));
    let (key, refit) = first(&large(AROUND, &[]), &Redaction::none()).refit(&part, &asked);
    assert!(!refit.recognized && refit.undecided);
    let marks = &key.known.today().unwrap().0.marks;
    assert!(marks.len() == 1 && marks[0].kind == MarkKind::Redacted);
    assert!(is_redacted(&key.refit(&whole, &asked).0, &whole, 4));
}

/// An outline that reaches far beyond any home redacts what it covers of this one, and the map is recognized.
#[test]
fn an_outline_without_end_is_cut_off() {
    let [(whole, part, _), _] = homes(&[A, B, C, D]);
    let asked = outline((3.5, -1e9), (1e9, 2.0));
    let key = first(&part, &asked);
    let key = fitted(&fitted(&key, &part, &asked), &whole, &asked);
    assert!(is_redacted(&key, &whole, 4) && !is_redacted(&key, &whole, 3));
}
