//! Which known map a new one is, and where it lies on it, where several answers are near.

use geo_types::Line;

use super::choices::AROUND;
use super::later_maps::{
    A, B, C, D, ELSEWHERE, FLAT, again, bedrooms, first, is_redacted, large, named, rooms, served,
};
use crate::home::{Home, KeepOut, RoomKind};
use crate::key::KeyError;
use crate::key::known::MarkKind;
use crate::redact::Redaction;

const WITH_KITCHEN: &str = "
    ########################
    #aaaaaaaaaaaaa#bbbbbbbb#
    #aAaaaaaaaaaaa#bbbbbbbb#
    #aaaaaaaaaaaaaabbbbbbbb#
    #aaaaaaaaaaaaa#bbbbbbbb#
    #aaaaaaaaaaaaa##########
    #aaaaaaaaaaaaa#cccccccc#
    #aaaaaaaaaaaaaacccccccc#
    #aaaaaaaaaaaaa#cccccccc#
    #aaaaaaaaa##############
    ########################
";

/// A kitchen that was confirmed on a day when it was all that was shown is found as a whole on every map of the home:
/// it does not take the home's place.
#[test]
fn a_room_that_was_confirmed_alone_does_not_take_the_place_of_the_home() {
    let kinds = [A, B, C];
    let home = large(WITH_KITCHEN, &kinds);
    let kitchen = large(&WITH_KITCHEN.replace(['a', 'A', 'c'], "#"), &kinds);
    let moved = large(&WITH_KITCHEN.replace("#aaaaaaaaaaaaa##", "#aaaaa##aaaaaa##"), &kinds);
    let mut key = first(&home, &Redaction::none());
    key.redact(&home, &rooms(&[3])).unwrap();
    key.bar(&KeepOut::Wall(Line::new((2.2, 1.2), (3.3, 1.2)))).unwrap();
    let (mut key, refit) = key.refit(&kitchen, &Redaction::none());
    assert_eq!((refit.recognized, refit.open), (false, Err(KeyError::UnplacedBars)));
    key.confirm_map();
    let mut key = again(&key);
    for _ in 0..2 {
        let (next, refit) = key.refit(&moved, &Redaction::none());
        assert!(refit.recognized && refit.map_overlap < 1.0 && next.known.here.unwrap().map == 0);
        assert!(is_redacted(&next, &moved, 3) && !is_redacted(&next, &moved, 2) && served(&next) > 0);
        assert!(!next.drive.barred.is_empty() && again(&next) == next);
        // The kitchen alone is still the kitchen.
        let (alone, refit) = next.refit(&kitchen, &Redaction::none());
        assert!(refit.recognized && alone.known.here.unwrap().map == 1);
        key = alone;
    }
}

/// The floor with a chair in a row and column.
fn with_chair(row: usize, column: usize) -> Home {
    let mut rows: Vec<Vec<char>> =
        FLAT.lines().map(|row| row.trim().chars().collect()).filter(|row: &Vec<_>| !row.is_empty()).collect();
    rows[row][column] = '#';
    let rows: Vec<String> = rows.into_iter().map(|row| row.into_iter().collect()).collect();
    named(&rows.join("\n"), &[A, B, C, D])
}

/// The floor looks the same after a half turn but for a chair, which is moved to where the half turn takes it.
#[test]
fn a_chair_does_not_turn_a_home_by_half() {
    let mut key = first(&with_chair(3, 3), &rooms(&[4]));
    for today in [with_chair(4, 10), named(FLAT, &[A, B, C, D]), with_chair(3, 3)] {
        let (next, refit) = again(&key).refit(&today, &rooms(&[4]));
        assert!(refit.recognized && is_redacted(&next, &today, 4) && !is_redacted(&next, &today, 1));
        key = next;
    }
}

/// Where the robot's frame is another one, a half turn that is hardly better is believed for a day, and no longer.
#[test]
fn a_half_turn_that_is_hardly_better_says_nothing_of_the_frame() {
    let mut key = first(&with_chair(3, 3), &Redaction::none());
    // As if the robot had begun its map elsewhere.
    key.known.maps[0].frame.corner_m = [5.0, 7.0];
    let before = key.known.maps[0].frame;
    let (half, refit) = key.refit(&with_chair(4, 10), &Redaction::none());
    assert!(refit.recognized && half.known.here.unwrap().transform.quarters() == 2);
    assert!(half.known.maps[0].frame == before);
    let (same, refit) = key.refit(&with_chair(3, 3), &Redaction::none());
    assert!(refit.recognized && same.known.here.unwrap().transform.quarters() == 0);
    assert!(same.known.maps[0].frame != before);
}

/// Floor without a wall fits any floor that is as large.
#[test]
fn a_small_map_without_walls_is_recognized_nowhere() {
    let open = |side: usize| format!("{}\n", "a".repeat(side)).repeat(side);
    let (small, hall) = (named(&open(5), &[A]), large(&open(6), &[A]));
    for (known, today) in
        [(&small, &named(FLAT, &[A, B, C, D])), (&small, &small), (&hall, &large(&open(9), &[A]))]
    {
        let (_, refit) = first(known, &Redaction::none()).refit(today, &Redaction::none());
        assert!(!refit.recognized);
    }
    assert!(first(&hall, &Redaction::none()).refit(&hall, &Redaction::none()).1.recognized);
}

/// Of a map that is given up it is remembered that a room was redacted there by its kind, where the home as drawn has
/// no such room: no later map closes the key for it otherwise.
#[test]
fn a_redaction_by_kind_that_the_home_does_not_have_is_not_given_up_without_a_trace() {
    let up = named(ELSEWHERE, &[A, ('b', RoomKind::Bedroom)]);
    let (mut key, refit) = first(&named(FLAT, &[A, B, C, D]), &bedrooms()).refit(&up, &bedrooms());
    assert!(!refit.recognized && is_redacted(&key, &up, 2));
    let strange = key.known.maps[1].clone();
    assert!(strange.has(MarkKind::Redacted) && !key.known.maps[0].has(MarkKind::Redacted));
    key.known.maps.resize(5, strange);
    let other = named(AROUND, &[A]);
    let (mut key, refit) = again(&key).refit(&other, &bedrooms().keep_unlabelled());
    assert!(!refit.recognized && key.known.lost.redaction);
    key.known.maps.truncate(1);
    key.known.here = None;
    let (key, refit) = again(&key).refit(&other, &bedrooms().keep_unlabelled());
    assert_eq!((refit.recognized, refit.open), (false, Err(KeyError::UnplacedRedaction)));
    assert!(again(&key) == key);
}
