//! What a redaction asks for, on which map it is placed, and what an owner chose on maps that are gone.

use geo_types::Line;

use super::later_maps::{
    A, B, C, D, ELSEWHERE, FLAT, again, bedrooms, first, is_redacted, named, outline, redacted_marks,
    relettered, remove_oldest, renumbered, rooms, served,
};
use crate::grid::narrow;
use crate::home::{KeepOut, RoomKind};
use crate::key::KeyError;
use crate::key::known::Extent;
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::registration::{CellScale, RigidTransform};
use crate::redact::Redaction;

/// A number that was placed downstairs is a room upstairs too: that one is redacted, and stays where it is whatever
/// the numbers of later days are.
#[test]
fn a_number_is_placed_on_each_map_once() {
    let (down, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let key = first(&down, &rooms(&[2]));
    let (mut key, refit) = key.refit(&up, &rooms(&[2]));
    assert_eq!((refit.recognized, refit.open), (false, Err(KeyError::UnplacedRedaction)));
    key.confirm_map();
    assert!(key.check_open().is_ok() && is_redacted(&key, &up, 2) && redacted_marks(&key) == 1);
    let swapped = named(&relettered(ELSEWHERE, "ab", "ba"), &[]);
    let (key, refit) = again(&key).refit(&swapped, &rooms(&[2]));
    assert!(refit.recognized && refit.open.is_ok());
    assert!(is_redacted(&key, &swapped, 1) && !is_redacted(&key, &swapped, 2) && redacted_marks(&key) == 1);
    // Downstairs nothing has changed, under other numbers either.
    let renumbered = named(&renumbered(), &[]);
    let (key, _) = key.refit(&renumbered, &rooms(&[2]));
    assert!(is_redacted(&key, &renumbered, 6) && redacted_marks(&key) == 1);
}

/// A number that is first asked for on a strange map is redacted there, and at home when the home is back.
#[test]
fn a_number_asked_for_on_a_strange_map_is_placed_there_and_at_home() {
    let (down, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let (key, refit) = first(&down, &Redaction::none()).refit(&up, &rooms(&[2]));
    assert!(!refit.recognized && refit.open.is_ok() && is_redacted(&key, &up, 2));
    let (next, refit) = key.refit(&up, &rooms(&[2]));
    assert!(refit.recognized && is_redacted(&next, &up, 2) && redacted_marks(&next) == 1);
    let other = named(&ELSEWHERE.replace('b', "c"), &[A, C]);
    let (later, _) = next.refit(&other, &rooms(&[2]));
    assert!(is_redacted(&later, &other, 3) && !is_redacted(&later, &other, 1));
    let (home, refit) = later.refit(&down, &rooms(&[2]));
    assert!(refit.recognized && !refit.undecided && is_redacted(&home, &down, 2));
}

/// A kind that is first asked for upstairs counts for all rooms downstairs.
#[test]
fn a_kind_asked_for_upstairs_counts_downstairs() {
    let bedroom = |letter: char| (letter, RoomKind::Bedroom);
    let (down, up) = (named(FLAT, &[A, B, C, bedroom('d')]), named(ELSEWHERE, &[A, bedroom('b')]));
    let (mut key, _) = first(&down, &Redaction::none()).refit(&up, &Redaction::none());
    key.confirm_map();
    let (key, _) = key.refit(&up, &bedrooms());
    assert!(is_redacted(&key, &up, 2));
    let (key, refit) = again(&key).refit(&down, &bedrooms());
    assert!(refit.recognized && is_redacted(&key, &down, 4) && !is_redacted(&key, &down, 3));
    // An outline too.
    let part = outline((0.1, 0.1), (0.7, 0.4));
    let (key, _) = key.refit(&up, &part);
    let (key, _) = key.refit(&down, &part);
    assert!(is_redacted(&key, &down, 3));
}

/// A number that only the home has means the room there; one that no map has closes the key, whatever the owner says
/// of the map.
#[test]
fn a_number_that_a_map_does_not_have_means_the_room_that_was_placed() {
    let (down, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let (mut key, _) = first(&down, &rooms(&[4])).refit(&up, &rooms(&[4]));
    key.confirm_map();
    let (key, refit) = key.refit(&up, &rooms(&[4]));
    assert!(refit.recognized && refit.open.is_ok() && !refit.undecided && served(&key) > 0);
    let (mut key, refit) = first(&down, &rooms(&[4])).refit(&up, &rooms(&[4, 77]));
    assert!(refit.undecided);
    key.confirm_map();
    assert_eq!(again(&key).check_open(), Err(KeyError::UnplacedRedaction));
    let (key, refit) = key.refit(&up, &rooms(&[4, 77]));
    assert!(refit.undecided && refit.open.is_ok() && served(&key) == 0);
    assert!(served(&key.refit(&up, &rooms(&[4])).0) > 0);
}

/// What may be meant on a strange map has no mark: it is free once the owner has chosen.
#[test]
fn an_undecided_room_of_a_strange_map_is_free_once_the_owner_has_chosen() {
    let (down, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A]));
    let (key, refit) = first(&down, &Redaction::none()).refit(&up, &bedrooms());
    assert!(refit.undecided && is_redacted(&key, &up, 2) && redacted_marks(&key) == 0);
    let (key, refit) = key.refit(&up, &bedrooms());
    assert!(refit.recognized && refit.undecided && is_redacted(&key, &up, 2));
    let (key, refit) = key.refit(&up, &bedrooms().keep_unlabelled());
    assert!(!refit.undecided && !is_redacted(&key, &up, 2) && served(&key) > 0);
}

/// The whole floor is redacted where a room is asked for that no map has. Another edit releases none of it.
#[test]
fn an_edit_releases_nothing_that_nobody_can_place() {
    let one = named(&FLAT.replace(['b', 'c', 'd'], "a"), &[A]);
    let (mut key, refit) = first(&one, &Redaction::none()).refit(&one, &rooms(&[77]));
    assert!(refit.recognized && refit.undecided && served(&key) == 0);
    let part = outline((0.8, 0.1), (1.1, 0.4));
    key.redact(&one, &part).unwrap();
    assert_eq!(served(&key), 0);
    remove_oldest(&mut key, &one);
    let freed = served(&key);
    assert!(freed > 0, "what the owner releases is released, with the rest of its room");
    assert_eq!(served(&key.refit(&one, &rooms(&[77])).0), 0, "until the next map");
}

/// A mark is listed where it lies, however long it is and however the map lies.
#[test]
fn a_long_mark_is_listed_as_if_it_were_carried_in_one_piece() {
    let row = |dock: char| format!("#{}{dock}{}#\n", "a".repeat(58), "a".repeat(59));
    let (rows, wall) = (row('A') + &row('a').repeat(89), "#".repeat(120));
    let hall = named(&format!("{wall}\n{rows}{wall}\n"), &[]);
    let mut key = first(&hall, &Redaction::none());
    for (from, to) in [((0.3, 0.3), (11.0, 8.7)), ((3.0, -5.0), (3.3, 12.0)), ((-6.0, 4.0), (15.0, 4.1))] {
        key.bar(&KeepOut::Wall(Line::new(from, to))).unwrap();
    }
    key.redact(&hall, &rooms(&[1])).unwrap();
    // Eighths of a degree, the four quarter turns among them.
    for steps in [0, 37, 222, 333, 481, 700, 720, 1111, 1440, 2160, 2500] {
        let mut turned = key.clone();
        turned.known.here.as_mut().unwrap().transform = RigidTransform::new(steps, (40, 30), (7, -9));
        for (mark, listed) in turned.known.today().unwrap().0.marks.iter().zip(turned.marks()) {
            let table = turned.carried_to_today(mark.runs.extent(), mark).unwrap();
            let is_marked = table.each(|claim| claim != Claim::NONE);
            let runs = table.runs().filter(|&(.., number)| is_marked[usize::from(number)]);
            let cells: Vec<[i64; 2]> =
                runs.flat_map(|(x, y, len, _)| (x..).take(len).map(move |x| [x, y])).collect();
            #[expect(clippy::cast_possible_truncation, reason = "a small home")]
            let by_middles: Vec<[i64; 2]> =
                listed.region.points().map(|at| [at.x, at.y].map(|m| (m / 0.1).floor() as i64)).collect();
            assert_eq!(cells.len(), by_middles.len(), "{steps}");
            assert_eq!(cells, by_middles, "{steps}");
        }
        // Back into the frame, a room whose cells lie apart.
        let cells: Vec<usize> = (0..hall.shape.len()).filter(|cell| cell % 7 < 2 && cell % 11 < 5).collect();
        let (_, transform) = turned.known.today().unwrap();
        for metres in [0.1, 0.07] {
            turned.resolution_m = metres;
            let scale = CellScale { old: 0.1, new: metres };
            let at = cells.iter().map(|&cell| hall.shape.place(narrow(cell)));
            let extent = Extent::of(hall.shape);
            let table = Claims::of_cells(extent, Claim::MARKED, at).in_frame(transform, scale).unwrap();
            let in_one = table.cells_of(|claim| claim != Claim::NONE);
            assert!(turned.runs_in_frame(hall.shape, &cells) == Some(in_one), "{steps}, {metres}");
        }
    }
}
