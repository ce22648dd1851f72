//! What is asked for before anybody can judge it, floor that follows a redacted room, and floor that is released.

use geo_types::Rect;

use super::choices::{AREA, bound, chosen, three_days, turned};
use super::later_maps::{
    A, B, C, D, FLAT, again, bedrooms, cells, first, is_redacted, named, of_cells, outline, redacted_marks,
    relettered, rooms, served,
};
use crate::home::{Home, RoomId, RoomKind};
use crate::key::HouseKey;
use crate::key::known::MarkKind;
use crate::redact::Redaction;

const BEDROOM: (char, RoomKind) = ('d', RoomKind::Bedroom);

/// The floor with so many columns of room d, the others shut.
fn part(columns: usize) -> String {
    FLAT.replace("dddddd", &format!("{}{}", "d".repeat(columns), "#".repeat(6 - columns)))
}

/// Removes the only redaction that there is.
fn release(key: &mut HouseKey, home: &Home) {
    let mark = key.marks().into_iter().find(|mark| mark.kind == MarkKind::Redacted).unwrap();
    key.remove_mark(mark.id, home).unwrap();
    assert_eq!(redacted_marks(key), 0);
}

pub(super) fn hidden(key: &HouseKey, home: &Home, room: u32) -> usize {
    cells(home, room).filter(|&cell| key.drive.redacted.has(cell)).count()
}

/// A room that was asked for on the day when it was redacted for want of a kind stays redacted once it has one.
#[test]
fn a_room_asked_for_while_it_has_no_kind_stays_redacted() {
    let outline = bedrooms().region(Rect::new((0.7, 0.1), (1.3, 0.4)).to_polygon()).unwrap();
    for asked in [bedrooms().rooms([RoomId::new(4)]), outline] {
        let key = first(&named(&FLAT.replace('d', "#"), &[A, B, C]), &bedrooms());
        let unsure = named(FLAT, &[A, B, C]);
        let (key, refit) = key.refit(&unsure, &asked);
        assert!(refit.recognized && is_redacted(&key, &unsure, 4) && redacted_marks(&key) == 1);
        let sure = named(FLAT, &[A, B, C, D]);
        assert!(is_redacted(&key.refit(&sure, &asked).0, &sure, 4));
        assert!(is_redacted(&key.refit(&unsure, &asked.keep_unlabelled()).0, &unsure, 4));
    }
}

/// Of a redacted room two columns are known, and then all of it: the rest follows, and is known to be redacted.
#[test]
fn the_rest_of_a_redacted_room_is_redacted_with_it() {
    let (two, whole) = (named(&part(2), &[A, B, C, D]), named(FLAT, &[A, B, C, D]));
    let key = first(&two, &rooms(&[4]));
    for key in three_days(key.refit(&whole, &rooms(&[4])).0, &whole, &rooms(&[4])) {
        assert!(is_redacted(&key, &whole, 4) && redacted_marks(&key) == 1);
        // With the room the owner releases all of it.
        let mut freed = key.clone();
        release(&mut freed, &whole);
        assert_eq!(hidden(&freed, &whole, 4), 0);
        assert_eq!(hidden(&freed.refit(&whole, &rooms(&[4])).0, &whole, 4), 0);
    }
    // By its kind, on a day without names.
    let key = first(&named(&part(2), &[A, B, C, BEDROOM]), &bedrooms());
    let (nameless, asked) = (named(FLAT, &[A, B, C]), bedrooms().keep_unlabelled());
    for key in three_days(key.refit(&nameless, &asked).0, &nameless, &asked) {
        assert!(is_redacted(&key, &nameless, 4));
    }
    // Redacted by hand.
    let mut key = first(&two, &Redaction::none());
    key.redact(&two, &rooms(&[4])).unwrap();
    assert!(is_redacted(&key.refit(&whole, &Redaction::none()).0, &whole, 4));
    // What is redacted of a room that is in a zone takes nothing along.
    let corner = outline((0.7, 0.1), (0.8, 0.3));
    let key = first(&two, &corner);
    assert_eq!(hidden(&key.refit(&whole, &corner).0, &whole, 4), 2);
}

/// Of a redacted room half is known, then all of it, and then an app makes two rooms of it.
#[test]
fn what_followed_a_redacted_room_stays_redacted_when_it_is_split_off() {
    let key = first(&named(&part(3), &[A, B, C, D]), &rooms(&[4]));
    let (key, _) = key.refit(&named(FLAT, &[A, B, C, D]), &rooms(&[4]));
    let split = named(&FLAT.replace("dddddd", "dddeee"), &[A, B, C, D, ('e', RoomKind::Living)]);
    for key in three_days(again(&key).refit(&split, &rooms(&[4])).0, &split, &rooms(&[4])) {
        assert!(is_redacted(&key, &split, 4) && is_redacted(&key, &split, 5));
    }
}

/// A number and an outline mean the room of the day when they are first asked for, though something else cannot be
/// judged on that day.
#[test]
fn what_is_named_is_placed_on_a_day_that_leaves_something_open() {
    // Rooms b and c under each other's numbers.
    let swapped = relettered(FLAT, "bc", "cb");
    let (today, later) = (named(FLAT, &[A, B, C]), named(&swapped, &[A, B, C]));
    let outline = bedrooms().region(Rect::new((0.7, 0.4), (1.3, 0.7)).to_polygon()).unwrap();
    let by_number = bedrooms().rooms([RoomId::new(2)]);
    let missing = bedrooms().rooms([2, 77].map(RoomId::new));
    for (asked, later_on) in [(&by_number, &by_number), (&missing, &by_number), (&outline, &outline)] {
        let (key, refit) = first(&today, &Redaction::none()).refit(&today, asked);
        assert!(refit.recognized && refit.undecided && redacted_marks(&key) == 1);
        let (key, refit) = again(&key).refit(&later, asked);
        assert!(refit.undecided && is_redacted(&key, &later, 3) && redacted_marks(&key) == 1);
        let sure = named(&swapped, &[A, B, C, D]);
        let (key, refit) = key.refit(&sure, later_on);
        assert!(!refit.undecided && redacted_marks(&key) == 1);
        assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &sure, room)), [false, false, true, false]);
    }
}

/// "Clean the bedroom" cleans the bedroom once it is released, and "clean the dining room" does not.
#[test]
fn a_released_room_keeps_its_own_area() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = first(&home, &rooms(&[4]));
    key.bind_rooms(AREA, &home, &[RoomId::new(4)]).unwrap();
    key.bind_rooms(crate::key::AreaId::new(2), &home, &[RoomId::new(3)]).unwrap();
    let next_door = key.areas[2].clone();
    release(&mut key, &home);
    for key in three_days(key, &home, &rooms(&[4])) {
        // No robot gets into the corner.
        assert_eq!(bound(&key), [cells(&home, 4).count() - 1, 0]);
        assert!(key.areas[2] == next_door);
    }
}

/// A room that nobody has seen joins no area, and parts of a known room join the room's.
#[test]
fn an_area_grows_with_its_own_room() {
    let whole = named(FLAT, &[A, B, C, D]);
    for columns in [0, 2, 5] {
        let today = named(&part(columns), &[A, B, C, D]);
        let mut key = first(&today, &Redaction::none());
        // No robot gets into the corner of room d.
        let (room, corner) = if columns == 0 { (3, 0) } else { (4, 1) };
        key.bind_rooms(AREA, &today, &[RoomId::new(room)]).unwrap();
        for key in three_days(key.refit(&whole, &Redaction::none()).0, &whole, &Redaction::none()) {
            assert_eq!(bound(&key), [cells(&whole, room).count() - corner, 0], "{columns}");
        }
    }
}

/// A bedroom that was released stays so, however the map lies on the day of the release, and all of it is known.
#[test]
fn a_released_room_stays_released_on_a_map_that_lies_otherwise() {
    let kinds = [A, B, C, BEDROOM];
    let home = turned(FLAT, 0.0, &kinds);
    let whole = first(&home, &Redaction::none()).known.maps[0].zones.iter().map(|run| run.len).sum::<u32>();
    for degrees in [10.0, 30.0, 77.0] {
        let today = turned(FLAT, degrees, &kinds);
        let (mut key, refit) = first(&home, &bedrooms()).refit(&today, &bedrooms());
        assert!(refit.recognized && hidden(&key, &today, 4) > 0, "{degrees}");
        release(&mut key, &today);
        let known = key.known.maps[0].zones.iter().map(|run| run.len).sum::<u32>();
        // All but the rim of the room, of 54 cells.
        assert!(known + 54 >= whole, "{degrees}: {known} of {whole}");
        for key in three_days(again(&key).refit(&home, &bedrooms()).0, &home, &bedrooms()) {
            assert_eq!((hidden(&key, &home, 4), redacted_marks(&key)), (0, 0), "{degrees}");
        }
    }
}

/// The same where the cells of that day are larger, or smaller.
#[test]
fn a_released_room_stays_released_on_a_map_of_other_cells() {
    let kinds = [A, B, C, BEDROOM];
    let doubled =
        |row: &str| row.chars().flat_map(|cell| [cell.to_ascii_lowercase(), cell]).collect::<String>();
    let rows = FLAT.lines().map(|row| doubled(row.trim()));
    let fine: String = rows.flat_map(|row| [row.to_lowercase(), "\n".into(), row, "\n".into()]).collect();
    let (fine, coarse) = (of_cells(0.1, 0.1, &fine, &kinds), of_cells(0.2, 0.1, FLAT, &kinds));
    for (own, other) in [(&fine, &coarse), (&coarse, &fine)] {
        let (mut key, refit) = first(own, &bedrooms()).refit(other, &bedrooms());
        assert!(refit.recognized && is_redacted(&key, other, 4));
        release(&mut key, other);
        for key in three_days(again(&key).refit(own, &bedrooms()).0, own, &bedrooms()) {
            assert_eq!((hidden(&key, own, 4), redacted_marks(&key)), (0, 0));
        }
    }
}

/// A bed is moved in a bedroom that was released: its place is floor of the room.
#[test]
fn floor_under_furniture_follows_a_released_room() {
    let mut bed = FLAT.to_string();
    let at = bed.rfind("dddddd").unwrap();
    bed.replace_range(at + 1..at + 5, "####");
    let [bed, home] = [&bed, FLAT].map(|drawing| turned(drawing, 0.0, &[A, B, C, BEDROOM]));
    let mut key = first(&bed, &bedrooms());
    release(&mut key, &bed);
    for key in three_days(key.refit(&home, &bedrooms()).0, &home, &bedrooms()) {
        assert_eq!((hidden(&key, &home, 4), redacted_marks(&key)), (0, 0));
    }
}

/// An outline over most of a room stays an outline when the owner chooses at last.
#[test]
fn a_late_choice_redacts_no_more_of_an_outline_than_an_early_one() {
    let home = named(FLAT, &[A, B, C]);
    for right in [1.1, 1.2] {
        let region = Rect::new((0.7, 0.1), (right, 0.7)).to_polygon();
        let asked = bedrooms().region(region).unwrap();
        let old = first(&home, &asked);
        assert!(old.is_undecided());
        let late = chosen(&old, &home, &asked.clone().keep_unlabelled());
        let early = first(&home, &asked.keep_unlabelled());
        assert_eq!(late.drive.redacted.cells(), early.drive.redacted.cells());
        assert_eq!(redacted_marks(&late), redacted_marks(&early));
    }
}

/// Of a room in two pieces one is redacted: an area that is bound to the room leads to the other.
#[test]
fn an_area_of_a_room_in_two_pieces_leads_to_the_one_that_is_not_redacted() {
    let drawing = "
        ####################
        #bbbbb#aaaaaaa#bbbb#
        #bbbbb#aAaaaaa#bbbb#
        #bbbbbaaaaaaaaabbbb#
        #bbbbbaaaaaaaaabbbb#
        #bbbbbaaaaaaaaabbbb#
        #bbbbb#aaaaaaa#bbbb#
        #bbbbb#aaaaaaa#bbbb#
        ####################
    ";
    let home = named(drawing, &[A, B]);
    let part = outline((1.4, 0.0), (2.0, 0.9));
    let mut key = first(&home, &part);
    let all = hidden(&key, &home, 2);
    assert!(all > 20 && served(&key) > 0);
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    assert_eq!(bound(&key), [cells(&home, 2).count() - all, 0]);
    // A room that is redacted as a whole is bound as one.
    key.redact(&home, &rooms(&[2])).unwrap();
    key.bind_rooms(AREA, &home, &[RoomId::new(2)]).unwrap();
    assert_eq!(bound(&key), [0, cells(&home, 2).count()]);
}
