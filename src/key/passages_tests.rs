//! What drawn doors are, on homes where one can see it.

use super::{HouseKey, Passage};
use crate::home::{Footprint, Home, RoomId};
use crate::{Coins, Grant, Policy, Redaction, anonymize};

/// The passages of a home's key under the sealed policy of so many zones, without the named rooms.
fn passages(zones: u8, withheld: &[u32], drawing: &str) -> Vec<Passage> {
    let footprint = Footprint::disc_m(0.1).unwrap();
    let home = Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap();
    let sealed = Policy::sealed();
    let policy = Policy::builder().zones(zones).odds(sealed.odds()).build().unwrap();
    let redaction = Redaction::none().rooms(withheld.iter().copied().map(RoomId::new));
    let mut coins = Coins::scripted(Vec::new());
    let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut coins).unwrap();
    let again = HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap();
    assert_eq!(again.passages(), key.passages());
    key.passages().into_iter().map(|(_, passage)| passage).collect()
}

#[test]
fn a_passage_that_the_robot_fits_through_is_open() {
    let home = "
        #################
        #aaaaaaa#bbbbbbb#
        #aaaaaaa#bbbbbbb#
        #aaAaaaaabbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaa#bbbbbbb#
        #################
    ";
    assert_eq!(passages(2, &[], home), [Passage::Open]);
}

#[test]
fn zones_that_meet_through_a_withheld_room_alone_are_told_so() {
    let home = "
        #########################
        #aaaaaaa#ccccccc#bbbbbbb#
        #aaaaaaa#ccccccc#bbbbbbb#
        #aaAaaaaacccccccbbbbbbbb#
        #aaaaaaaacccccccbbbbbbbb#
        #aaaaaaaacccccccbbbbbbbb#
        #aaaaaaa#ccccccc#bbbbbbb#
        #########################
    ";
    assert_eq!(passages(2, &[3], home), [Passage::Withheld]);
}

#[test]
fn a_door_that_the_home_does_not_have_is_a_phantom() {
    // Three rooms in a row. A tree of three zones is rooted in its middle or at an end, so the one plan there
    // is fits the dock at an end or in the middle, and not both.
    let row = "
        #########################
        #aaaaaaa#bbbbbbb#ccccccc#
        #aaaaaaa#bbbbbbb#ccccccc#
        #aaaaaaaabbbbbbbbccccccc#
        #aaaaaaaabbbbbbbbccccccc#
        #aaaaaaaabbbbbbbbccccccc#
        #aaaaaaa#bbbbbbb#ccccccc#
        #########################
    ";
    assert_eq!(
        with_dock_at(["a", "b"], row),
        [vec![Passage::Open; 2], vec![Passage::Open, Passage::Phantom]]
    );
}

#[test]
fn a_slit_that_the_robot_does_not_fit_through_is_no_passage() {
    // Two rooms over a third one. Between the two is a slit of two cells, for a robot of three.
    let home = "
        #################
        #aaaaaaa#bbbbbbb#
        #aaaaaaa#bbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaa#bbbbbbb#
        #aaaaaaa#bbbbbbb#
        ##aaaaa###bbbbb##
        #ccccccccccccccc#
        #ccccccccccccccc#
        #ccccccccccccccc#
        #ccccccccccccccc#
        #################
    ";
    assert_eq!(
        with_dock_at(["a", "c"], home),
        [vec![Passage::Open; 2], vec![Passage::Open, Passage::Phantom]]
    );
}

/// The passages of a home of three zones for either of two rooms with the dock, sorted.
fn with_dock_at(rooms: [&str; 2], drawing: &str) -> Vec<Vec<Passage>> {
    let docked = |room: &str| drawing.replacen(room, &room.to_uppercase(), 1);
    let mut found: Vec<Vec<Passage>> = rooms.map(|room| passages(3, &[], &docked(room))).into();
    for doors in &mut found {
        doors.sort_unstable();
    }
    found.sort_unstable();
    found
}
