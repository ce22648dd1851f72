//! What the owner chose, where maps, marks and choices come in an awkward order.

use geo_types::Line;

use super::later_maps::{
    A, B, C, D, ELSEWHERE, FLAT, ROW, again, bedrooms, cells, first, full, is_redacted, large, named,
    remove_oldest, rooms, served,
};
use crate::home::{Home, KeepOut, RoomId, RoomKind};
use crate::key::known::{MAX_MARKS, MarkKind};
use crate::key::{AreaId, HouseKey, KeyError};
use crate::redact::Redaction;

/// Another home.
pub(super) const AROUND: &str = "
    ###########
    #aaaaaaaaa#
    #aAaaaaaaa#
    #aaa###aaa#
    #aaa###aaa#
    #aaa###aaa#
    #aaaaaaaaa#
    #aaaaaaaaa#
    #aaaaaaaaa#
    ###########
";

pub(super) const AREA: AreaId = AreaId::new(1);
const BEDROOM: (char, RoomKind) = ('b', RoomKind::Bedroom);

/// The cells that the area leads to today, redacted or not.
pub(super) fn bound(key: &HouseKey) -> [usize; 2] {
    let cells = key.areas[1].iter().flat_map(|span| span.cells(key.shape.width));
    cells.fold(
        [0; 2],
        |[open, hidden], cell| {
            if key.drive.redacted.has(cell) { [open, hidden + 1] } else { [open + 1, hidden] }
        },
    )
}

/// The key on the same map, today and on two more days.
pub(super) fn three_days(key: HouseKey, home: &Home, redaction: &Redaction) -> [HouseKey; 3] {
    let next = again(&key).refit(home, redaction).0;
    let last = again(&next).refit(home, redaction).0;
    [key, next, last]
}

/// The key once the owner has chosen, as a keeper makes it.
pub(super) fn chosen(old: &HouseKey, home: &Home, redaction: &Redaction) -> HouseKey {
    let (asked, fitted) = old.asked_by_owner(home, redaction).unwrap();
    let key = first(home, &asked).with_marks_of(fitted, home, redaction).unwrap();
    assert!(!key.is_undecided() && again(&key) == key);
    key
}

/// Bars, redactions and the choice itself wait for a map that is the owner's. On another storey of theirs nothing is
/// open, and the choice waits for the home as drawn.
#[test]
fn nothing_is_decided_on_a_map_that_nobody_confirmed() {
    let (home, up) = (named(FLAT, &[A, B, C]), named(ELSEWHERE, &[A, B]));
    let mut key = first(&home, &bedrooms());
    key.bar(&KeepOut::Wall(Line::new((0.55, 0.25), (0.75, 0.25)))).unwrap();
    key.redact(&home, &rooms(&[2])).unwrap();
    let (mut key, _) = key.refit(&up, &bedrooms());
    for _ in 0..2 {
        assert_eq!(key.check_open(), Err(KeyError::UnplacedBars));
        assert!(key.is_undecided() && key.asked_by_owner(&up, &bedrooms()).is_none());
        key = again(&key.refit(&up, &bedrooms()).0);
        assert!(!key.known.maps[1].confirmed);
    }
    key.confirm_map();
    assert!(key.check_open().is_ok() && key.asked_by_owner(&up, &bedrooms()).is_none());
    let (key, refit) = key.refit(&up, &bedrooms());
    assert!(refit.recognized && key.known.here.unwrap().map == 1);
    let whole = named(FLAT, &[A, B, C, D]);
    let key = chosen(&key, &whole, &bedrooms());
    assert!(is_redacted(&key, &whole, 2) && !is_redacted(&key, &whole, 4));
    assert!(key.known.here.unwrap().map == 0);
    assert!(key.known.maps[0].has(MarkKind::Barred) && !key.drive.barred.is_empty());
}

/// A key that knows as many confirmed maps as it may know at all gives one up, but never the first.
#[test]
fn no_more_maps_are_known_than_can_be_read() {
    let mut key = first(&named(FLAT, &[A, B, C, D]), &rooms(&[2]));
    let mut map = key.known.maps[0].clone();
    map.marks.clear();
    key.known.maps.resize(5, map);
    let (next, refit) = again(&key).refit(&named(ELSEWHERE, &[A, B]), &rooms(&[2]));
    assert!(!refit.recognized && again(&next) == next);
    assert!(next.known.maps.len() == 5 && next.known.maps[0].has(MarkKind::Redacted));
}

/// An area leads into a redacted room where it was bound to it as one, and not where the room is redacted after that.
#[test]
fn no_area_leads_into_what_is_redacted_after_it_was_bound() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = first(&home, &Redaction::none());
    key.bind_rooms(AREA, &home, &[RoomId::new(2), RoomId::new(3)]).unwrap();
    let mut by_hand = key.clone();
    by_hand.redact(&home, &rooms(&[2])).unwrap();
    let (by_refit, _) = key.refit(&home, &rooms(&[2]));
    let [room, both] = [cells(&home, 2).count(), bound(&key)[0]];
    for key in [by_hand, by_refit] {
        for mut key in three_days(key, &home, &rooms(&[2])) {
            assert_eq!(bound(&key), [both - room, 0]);
            let mark = key.marks().into_iter().find(|mark| mark.kind == MarkKind::Redacted).unwrap();
            let mut freed = key.clone();
            freed.remove_mark(mark.id, &home).unwrap();
            assert_eq!(bound(&freed), [both, 0], "it is whole again");
            key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
            for key in three_days(key, &home, &rooms(&[2])) {
                assert_eq!(bound(&key), [0, room]);
            }
        }
    }
}

/// The order in which room and area were marked counts, also where the choice is made on a day whose map ends before
/// the room.
#[test]
fn an_area_of_a_redacted_room_outlasts_a_choice_on_a_day_without_the_room() {
    let kinds = [A, ('c', RoomKind::Kitchen)];
    let whole = large(ROW, &kinds);
    let shut: String = ROW.lines().map(|line| line.get(..19).unwrap_or_default().to_owned() + "\n").collect();
    let shut = large(&shut, &kinds);
    assert!(shut.shape.width < whole.shape.width && cells(&shut, 3).count() == 0);
    for redacts_first in [true, false] {
        let mut key = first(&whole, &bedrooms());
        assert!(key.is_undecided());
        if redacts_first {
            key.redact(&whole, &rooms(&[3])).unwrap();
            key.bind_rooms(AREA, &whole, &[RoomId::new(3)]).unwrap();
        } else {
            key.bind_rooms(AREA, &whole, &[RoomId::new(3)]).unwrap();
            key.redact(&whole, &rooms(&[3])).unwrap();
        }
        let keep = bedrooms().keep_unlabelled();
        let key = again(&key).refit(&shut, &bedrooms()).0;
        let key = chosen(&key, &shut, &keep);
        let key = again(&key).refit(&whole, &keep).0;
        assert!(is_redacted(&key, &whole, 3));
        let expected = if redacts_first { cells(&whole, 3).count() } else { 0 };
        assert_eq!(bound(&key), [0, expected]);
    }
}

/// A room that is released joins no area next to it, and may be redacted again.
#[test]
fn no_area_grows_into_a_room_that_is_released() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = first(&home, &rooms(&[4]));
    key.bind_rooms(AREA, &home, &[RoomId::new(3)]).unwrap();
    let own = bound(&key)[0];
    remove_oldest(&mut key, &home);
    assert_eq!(bound(&key), [own, 0], "it is another room");
    key.redact(&home, &rooms(&[4])).unwrap();
    for key in three_days(key, &home, &Redaction::none()) {
        assert_eq!(bound(&key), [own, 0]);
    }
}

/// Floor that is new next to an area is learned, also while a part of the area is redacted.
#[test]
fn an_area_grows_where_a_part_of_it_is_redacted() {
    let (part, home) = (named(&FLAT.replace("dddd", "####"), &[A, B, C, D]), named(FLAT, &[A, B, C, D]));
    let mut key = first(&part, &Redaction::none());
    key.bind_rooms(AREA, &part, &[1, 3, 4].map(RoomId::new)).unwrap();
    key.redact(&part, &rooms(&[1])).unwrap();
    let own = bound(&key)[0];
    let days = three_days(key.refit(&home, &Redaction::none()).0, &home, &Redaction::none());
    let mut grown = days.iter().map(bound).collect::<Vec<_>>();
    assert!(grown[0][0] > own && grown[0][1] == 0);
    grown.dedup();
    assert_eq!(grown.len(), 1);
}

/// What is redacted in a list of marks that is full joins an older mark: areas lead in no more than elsewhere.
#[test]
fn no_area_leads_into_what_joins_an_older_mark() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = full(&home);
    key.known.today_mut().unwrap().marks.truncate(MAX_MARKS - 2);
    key.bind_rooms(AREA, &home, &[RoomId::new(2), RoomId::new(3)]).unwrap();
    key.bind_rooms(AreaId::new(2), &home, &[RoomId::new(2)]).unwrap();
    key.redact(&home, &rooms(&[2])).unwrap();
    assert!(is_redacted(&key, &home, 2));
    for key in three_days(key, &home, &Redaction::none()) {
        assert_eq!(bound(&key), [cells(&home, 3).count(), 0]);
        assert!(key.areas[2].is_empty());
    }
}

/// A late choice redacts a room to which an area is bound. The area does not lead in, and holds up no choice.
#[test]
fn no_area_leads_into_what_a_late_choice_redacts() {
    let today = named(FLAT, &[A, BEDROOM, C, D]);
    for (also, left) in [(&[2, 3][..], cells(&today, 3).count()), (&[2], 0)] {
        let before = named(FLAT, &[A, B, C]);
        let mut old = first(&before, &bedrooms());
        assert!(old.is_undecided());
        let bind: Vec<RoomId> = also.iter().map(|&room| RoomId::new(room)).collect();
        old.bind_rooms(AREA, &before, &bind).unwrap();
        let key = chosen(&old, &today, &bedrooms());
        assert!(is_redacted(&key, &today, 2));
        let days = three_days(key, &today, &bedrooms());
        assert_eq!(days.each_ref().map(bound), [[left, 0]; 3]);
        // The owner had redacted it by hand as well, after the area was bound or before.
        let mut after = old.clone();
        after.redact(&before, &rooms(&[2])).unwrap();
        let days = three_days(chosen(&after, &today, &bedrooms()), &today, &bedrooms());
        assert_eq!(days.each_ref().map(bound), [[left, 0]; 3]);
        after.bind_rooms(AREA, &before, &bind).unwrap();
        let days = three_days(chosen(&after, &today, &bedrooms()), &today, &bedrooms());
        let hidden = bound(&after);
        assert_eq!(days.each_ref().map(bound), [hidden; 3]);
    }
}

/// There is no place for an area in a list that the owner's redactions fill.
#[test]
fn an_area_that_finds_no_place_holds_up_no_choice() {
    let before = named(FLAT, &[A, B, C]);
    let mut old = full(&before);
    old.known.today_mut().unwrap().marks.truncate(MAX_MARKS - 1);
    old.bind_rooms(AREA, &before, &[RoomId::new(3)]).unwrap();
    old.known.last_tentative = Some(0);
    let key = chosen(&old, &named(FLAT, &[A, BEDROOM, C, D]), &bedrooms());
    let marks = &key.known.maps[0].marks;
    assert!(marks.len() == MAX_MARKS && marks.iter().all(|mark| mark.kind == MarkKind::Redacted));
    assert!(key.areas[1].is_empty());
}

/// A policy of fewer areas takes none from a key that has marks of them.
#[test]
fn a_late_choice_keeps_the_areas_that_there_were() {
    let before = named(FLAT, &[A, B, C]);
    let mut old = first(&before, &bedrooms());
    old.allow_areas(20);
    old.bind_rooms(AreaId::new(19), &before, &[RoomId::new(3)]).unwrap();
    let today = named(FLAT, &[A, B, C, D]);
    let key = chosen(&old, &today, &bedrooms());
    assert!(key.lift_area(AreaId::new(19)) == old.lift_area(AreaId::new(19)) && key.areas() == 20);
}

/// A day on which a door is shut does not decide whether the room behind it is redacted.
#[test]
fn a_number_that_means_another_storeys_room_is_asked_for_when_the_home_has_it() {
    let part = named(&FLAT.replace('d', "#"), &[A, B, C]);
    let (home, up) = (named(FLAT, &[A, B, C, D]), named(&ELSEWHERE.replace('b', "d"), &[A, D]));
    let (key, _) = first(&part, &Redaction::none()).refit(&up, &rooms(&[4]));
    assert!(is_redacted(&key, &up, 4));
    let (mut key, refit) = again(&key).refit(&part, &rooms(&[4]));
    assert!(refit.recognized && !refit.undecided && served(&key) > 0);
    let (later, refit) = again(&key).refit(&home, &rooms(&[4]));
    assert!(refit.recognized && is_redacted(&later, &home, 4));
    // It means the room upstairs, also when that storey is forgotten.
    key.known.maps.truncate(1);
    let (key, refit) = key.refit(&part, &rooms(&[4]));
    assert!(!refit.undecided && served(&key) > 0);
}

/// Before version 8 nobody could say which marks were the owner's: all are then, and so are those made since.
#[test]
fn marks_of_an_earlier_version_are_the_owners() {
    let home = named(FLAT, &[A, B, C]);
    let mut key = first(&home, &bedrooms());
    key.known.last_tentative = Some(u32::MAX);
    key.redact(&home, &rooms(&[2])).unwrap();
    let today = named(FLAT, &[A, B, C, D]);
    let key = chosen(&again(&key), &today, &bedrooms());
    assert!(is_redacted(&key, &today, 2));
}

/// On a map that nobody confirmed an earlier version did not say what was placed: it may be more than kinds.
#[test]
fn a_redaction_of_which_nobody_knows_why_closes_the_key_on_a_strange_map() {
    let bedroom = named(ELSEWHERE, &[A, BEDROOM]);
    let other = named(AROUND, &[A]);
    let (mut key, _) = first(&named(FLAT, &[A, B, C, D]), &Redaction::none()).refit(&bedroom, &bedrooms());
    assert!(key.known.maps[1].has(MarkKind::Redacted));
    let (_, refit) = key.refit(&other, &bedrooms());
    assert_eq!((refit.recognized, refit.open), (false, Ok(())), "it is all by kind");
    core::mem::take(&mut key.known.maps[1].requests);
    let (key, refit) = key.refit(&other, &bedrooms());
    assert_eq!((refit.recognized, refit.open), (false, Err(KeyError::UnplacedRedaction)));
    assert!(again(&key) == key);
}

/// What was redacted by kind on a map that nobody confirmed has a place on the next such map if all of its rooms have a
/// kind, or those without are redacted.
#[test]
fn a_redaction_by_kind_on_a_strange_map_closes_the_key_on_one_without_kinds() {
    let (first_one, other) = (named(ELSEWHERE, &[A, BEDROOM]), named(AROUND, &[]));
    let (key, _) = first(&named(FLAT, &[A, B, C, D]), &Redaction::none()).refit(&first_one, &bedrooms());
    let open = |redaction: &Redaction| key.refit(&other, redaction).1.open;
    assert_eq!(open(&bedrooms()), Ok(()));
    assert_eq!(served(&key.refit(&other, &bedrooms()).0), 0);
    assert_eq!(open(&bedrooms().redact_unlabelled()), Ok(()));
    assert_eq!(open(&bedrooms().keep_unlabelled()), Err(KeyError::UnplacedRedaction));
}

/// A drawing whose cells are cut in nine, turned by some degrees.
pub(super) fn turned(drawing: &str, degrees: f64, kinds: &[(char, RoomKind)]) -> Home {
    const CUT: f64 = 3.0;
    let rows: Vec<&[u8]> =
        drawing.lines().map(|row| row.trim().as_bytes()).filter(|row| !row.is_empty()).collect();
    let (sin, cos) = degrees.to_radians().sin_cos();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small home")]
    let at = |x: i32, y: i32| {
        let (x, y) = (f64::from(x), f64::from(y));
        let (x, y) = ((cos * x + sin * y) / CUT + 7.0, (cos * y - sin * x) / CUT + 4.0);
        if x < 0.0 || y < 0.0 {
            b'#'
        } else {
            *rows.get(y as usize).and_then(|row| row.get(x as usize)).unwrap_or(&b'#')
        }
    };
    let mut drawing = String::new();
    let mut docked = false;
    for y in -30..30 {
        for x in -30..30 {
            let cell = char::from(at(x, y));
            drawing.push(if cell == 'A' && docked { 'a' } else { cell });
            docked |= cell == 'A';
        }
        drawing.push('\n');
    }
    named(&drawing, kinds)
}

/// What is redacted without a mark stays so next to a redaction that the owner removes, however the map lies.
#[test]
fn an_edit_frees_no_neighbour_of_a_room_that_nobody_can_place() {
    for degrees in [0.0, 10.0, 20.0, 33.0] {
        let kinds = [A, B, C, D];
        let home = turned(FLAT, degrees, &kinds);
        let (mut key, refit) =
            first(&turned(FLAT, 0.0, &kinds), &Redaction::none()).refit(&home, &rooms(&[77]));
        assert!(refit.recognized && refit.undecided && served(&key) == 0, "{degrees}");
        key.redact(&home, &rooms(&[2])).unwrap();
        remove_oldest(&mut key, &home);
        let hidden = |room: u32| cells(&home, room).filter(|&cell| key.drive.redacted.has(cell)).count();
        assert!([1, 3, 4].into_iter().all(|room| hidden(room) == cells(&home, room).count()), "{degrees}");
        assert!(hidden(2) * 10 < cells(&home, 2).count(), "{degrees}");
    }
}
