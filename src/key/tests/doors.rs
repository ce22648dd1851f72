//! What drawn doors are, on homes where one can see it.

use crate::drawings::home;
use crate::key::Passage;
use crate::key::tests::cases::{FLOORS, case};
use crate::key::tests::later_maps::{again, rooms};
use crate::{Coins, Grant, Policy, anonymize};

/// The passages of a home's key under the sealed policy of so many zones, without the named rooms.
fn passages(zones: u8, redacted: &[u32], drawing: &str) -> Vec<Passage> {
    let sealed = Policy::sealed();
    let policy = Policy::builder().zones(zones).odds(sealed.odds()).build().unwrap();
    let (home, mut coins) = (home(drawing), Coins::scripted(Vec::new()));
    let (_, key) = anonymize(&home, &rooms(redacted), &policy, Grant::unaccounted(), &mut coins).unwrap();
    assert_eq!(again(&key).passages(), key.passages());
    key.passages()
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
fn a_door_through_a_redacted_room_alone_is_redacted() {
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
    assert_eq!(passages(2, &[3], home), [Passage::Redacted]);
}

/// On every plan, the doors between the zones of four rooms (numbered by their first cells from below) are open for
/// the pairs named and phantoms for the others; some plan draws each of the pairs.
fn open_are(drawing: &str, open: &[[usize; 2]]) {
    let (mut seen, mut phantoms) = (Vec::new(), 0);
    for plan in 0..FLOORS.len() {
        let key = case(home(drawing), &[], &[], &[0, 1, 2, 3], 0, plan).key();
        for door in &key.doors {
            let pair = door.zones.map(usize::from);
            let expected = if open.contains(&pair) { Passage::Open } else { Passage::Phantom };
            assert_eq!(door.passage, expected, "{pair:?}");
            phantoms += u32::from(door.passage == Passage::Phantom);
            seen.push(pair);
        }
    }
    assert!(open.iter().all(|pair| seen.contains(pair)) && phantoms > 0);
}

#[test]
fn a_door_that_the_home_does_not_have_is_a_phantom() {
    let row = "
        #################################
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#
        #aaAaaaaabbbbbbbbcccccccddddddd##
        #aaaaaaaabbbbbbbbcccccccddddddd##
        #aaaaaaaabbbbbbbbcccccccddddddd##
        #aaaaaaa#bbbbbbb#ccccccc#ddddddd#
        #################################
    ";
    open_are(row, &[[0, 1], [1, 2], [2, 3]]);
}

#[test]
fn a_slit_that_the_robot_does_not_fit_through_is_no_passage() {
    // Between a and b, the last two, is a slit of two cells, for a robot of three.
    let ring = "
        #################
        #aaaaaaa#bbbbbbb#
        #aaAaaaa#bbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaaabbbbbbb#
        #aaaaaaa#bbbbbbb#
        #aaaaaaa#bbbbbbb#
        ##aaaaa###bbbbb##
        #ccccccc#ddddddd#
        #ccccccccddddddd#
        #ccccccccddddddd#
        #ccccccccddddddd#
        #ccccccc#ddddddd#
        #################
    ";
    open_are(ring, &[[0, 1], [0, 2], [1, 3]]);
}
