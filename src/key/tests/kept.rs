//! What the owner redacted holds, and the rest of the home stays served, whatever is left to choose meanwhile.

use geo_types::Line;

use super::cases::FLOORS;
use super::choices::{AREA, bound, chosen, turned};
use super::later_maps::{
    A, B, C, D, ELSEWHERE, FLAT, again, bedrooms, cells, first, full, is_redacted, large, named, of_cells,
    outline, redacted_marks, remove_oldest, rooms, served,
};
use crate::atlas::PlanId;
use crate::home::{Footprint, Home, KeepOut, RoomId, RoomKind};
use crate::key::known::{MAX_MARKS, MarkKind};
use crate::key::{HouseKey, KeyError, OutOfReach};
use crate::redact::Redaction;
use crate::release::Floor;

const BEDROOM_B: (char, RoomKind) = ('b', RoomKind::Bedroom);
const BEDROOM_D: (char, RoomKind) = ('d', RoomKind::Bedroom);

fn with(redaction: &Redaction, other: &Redaction) -> Redaction {
    let mut both = redaction.clone();
    both.rooms.extend(&other.rooms);
    both.regions.extend(other.regions.iter().cloned());
    both
}

/// The zone of each cell of a room.
fn zones(key: &HouseKey, home: &Home, room: u32) -> Vec<Option<u8>> {
    cells(home, room).map(|cell| key.zone_at(cell)).collect()
}

/// A room that is asked for while it may be meant anyway is the owner's: the choice does not release it.
#[test]
fn a_room_asked_for_while_it_may_be_meant_outlasts_the_choice() {
    let home = named(FLAT, &[A, B]);
    let undecided = first(&home, &bedrooms());
    assert!(undecided.is_undecided() && [3, 4].iter().all(|&room| is_redacted(&undecided, &home, room)));
    for also in [rooms(&[4]), outline((0.7, 0.1), (1.3, 0.4))] {
        let asked = with(&bedrooms(), &also);
        let mut key = undecided.clone();
        for _ in 0..3 {
            key = again(&key.refit(&home, &asked).0);
            assert_eq!(key.known.maps[0].marks.len(), 3, "it has one mark of its own");
        }
        let key = chosen(&key, &home, &asked.clone().keep_unlabelled());
        assert!(is_redacted(&key, &home, 4) && !is_redacted(&key, &home, 3));
        // The other room is known, and there is nothing else to choose.
        let (key, _) = undecided.refit(&home, &asked);
        let today = named(FLAT, &[A, B, C]);
        assert!(!key.is_undecided_on(&today, &asked));
        let key = chosen(&key, &today, &asked);
        assert!(is_redacted(&key, &today, 4) && !is_redacted(&key, &today, 3));
    }
}

/// An area that was bound to a room which may be meant does not lead there once the room is asked for.
#[test]
fn no_area_leads_into_a_room_that_is_asked_for_while_it_may_be_meant() {
    let home = named(FLAT, &[A, B]);
    let mut key = first(&home, &bedrooms());
    key.bind_rooms(AREA, &home, &[RoomId::new(4)]).unwrap();
    let asked = bedrooms().rooms([RoomId::new(4)]);
    for _ in 0..3 {
        key = key.refit(&home, &asked).0;
        assert_eq!(bound(&key), [0, 0]);
    }
}

/// A room that turns out to be a bedroom before the owner has chosen stays redacted when names are lost.
#[test]
fn a_bedroom_that_was_named_while_something_was_open_outlasts_the_choice() {
    let mut key = first(&named(FLAT, &[A, B]), &bedrooms());
    for _ in 0..3 {
        let (next, refit) = key.refit(&named(FLAT, &[A, B, BEDROOM_D]), &bedrooms());
        assert!(refit.recognized && next.is_undecided() && next.known.maps[0].marks.len() == 3);
        key = again(&next);
    }
    let lost = named(FLAT, &[]);
    let key = chosen(&key, &lost, &bedrooms().keep_unlabelled());
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &lost, room)), [false, false, false, true]);
}

/// The same of more of the room than there was on the first map.
#[test]
fn the_rest_of_a_bedroom_that_was_named_late_outlasts_the_choice() {
    let part = FLAT.replace("dddddd#", "dddd###");
    let undecided = first(&named(&part, &[A, B]), &bedrooms());
    let (key, refit) = undecided.refit(&named(FLAT, &[A, B, BEDROOM_D]), &bedrooms());
    assert!(refit.recognized);
    let lost = named(FLAT, &[]);
    let key = chosen(&key, &lost, &bedrooms().keep_unlabelled());
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &lost, room)), [false, false, false, true]);
}

/// A kind that is asked for while other rooms have none: what has the kind is redacted for good.
#[test]
fn a_bedroom_on_a_map_with_rooms_without_a_kind_has_a_mark() {
    let unsure = named(FLAT, &[A, BEDROOM_B, C]);
    let mut key = first(&named(FLAT, &[A, B, C, D]), &Redaction::none());
    for _ in 0..3 {
        let (next, refit) = key.refit(&unsure, &bedrooms());
        assert!(refit.undecided && redacted_marks(&next) == 1);
        assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&next, &unsure, room)), [false, true, false, true]);
        key = again(&next);
    }
    let lost = named(FLAT, &[]);
    let (key, refit) = key.refit(&lost, &bedrooms().keep_unlabelled());
    assert!(!refit.undecided);
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &lost, room)), [false, true, false, false]);
    // The rim of the room, which every map shows a little otherwise, joins that mark.
    let mut key = first(&turned(FLAT, 0.0, &[A, B, C, D]), &Redaction::none());
    for degrees in [0.0, 10.0, 33.0, 0.0, 20.0] {
        let (next, refit) = key.refit(&turned(FLAT, degrees, &[A, BEDROOM_B, C]), &bedrooms());
        assert!(refit.recognized && refit.undecided && redacted_marks(&next) == 1, "{degrees}");
        key = again(&next);
    }
}

/// A day on which the rooms to choose about are shut answers nothing, whatever the owner chooses on it.
#[test]
fn nothing_is_decided_on_a_day_that_does_not_show_what_is_open() {
    let part = |shut: &[char]| {
        let drawing = FLAT.lines().map(|row| row.trim().chars().flat_map(|c| [c, c]).collect::<String>());
        let drawing = drawing.map(|row| row.replace("AA", "Aa")).collect::<Vec<_>>().join("\n");
        shut.iter().fold(drawing, |drawing, &room| drawing.replace(room, "#"))
    };
    let home = large(&part(&[]), &[A, B, C]);
    let key = first(&home, &bedrooms());
    assert!(key.is_undecided() && is_redacted(&key, &home, 4));
    let before: Vec<_> = (1..4).map(|room| zones(&key, &home, room)).collect();
    for (shut, redaction) in [
        (&['c', 'd'][..], bedrooms()),
        (&['c', 'd'], bedrooms().keep_unlabelled()),
        (&['d'], bedrooms()),
        (&['b', 'c'], bedrooms().keep_unlabelled()),
    ] {
        let today = large(&part(shut), &[A, B, C]);
        assert!(key.known.recognize(&today).is_some());
        assert!(key.asked_by_owner(&today, &redaction).is_none(), "{shut:?}");
        let (next, _) = key.refit(&today, &redaction);
        let (next, _) = again(&next).refit(&home, &bedrooms());
        assert!(next.is_undecided() && is_redacted(&next, &home, 4));
        assert!(before == (1..4).map(|room| zones(&next, &home, room)).collect::<Vec<_>>(), "{shut:?}");
    }
    assert!(!chosen(&key, &home, &bedrooms().keep_unlabelled()).is_undecided());
}

/// The same of a small room that a map of nearly the whole home does not show.
#[test]
fn nothing_is_decided_where_a_small_room_is_shut() {
    let drawing = |closet: &str| {
        let row = |rooms: &str| format!("#{rooms}#\n");
        let [upper, lower] = [("aaaaaaaaaaaa", "bbbbbbbbbbbb"), ("cccccccccccc", "ddddddddd")]
            .map(|(left, right)| left.to_string() + right);
        let dock = upper.replacen("aaa", "aAa", 1);
        let wide = upper.clone();
        let low = lower + closet;
        row(&"#".repeat(24))
            + &row(&dock)
            + &row(&wide).repeat(5)
            + &row(&low).repeat(3)
            + &row(&"#".repeat(24))
    };
    let [home, shut] = ["eee", "###"].map(|closet| large(&drawing(closet), &[A, B, C, D]));
    let key = first(&home, &bedrooms());
    assert!(key.is_undecided() && is_redacted(&key, &home, 5));
    assert!(key.known.recognize(&shut).is_some_and(|recognized| !recognized.is_part));
    assert!(key.asked_by_owner(&shut, &bedrooms()).is_none());
    let (key, _) = key.refit(&shut, &bedrooms());
    assert!(again(&key).is_undecided() && is_redacted(&key.refit(&home, &bedrooms()).0, &home, 5));
    assert!(!is_redacted(&chosen(&key, &home, &bedrooms().keep_unlabelled()), &home, 5));
}

/// A choice on one storey leaves what is open on the other.
#[test]
fn a_choice_on_one_storey_leaves_the_other_open() {
    let (home, up) = (named(FLAT, &[A, B, C]), named(ELSEWHERE, &[A, B]));
    let (mut key, _) = first(&home, &bedrooms()).refit(&up, &bedrooms());
    key.confirm_map();
    let key = again(&key);
    assert!(key.asked_by_owner(&up, &bedrooms()).is_none(), "nothing is open there");
    let (key, _) = key.refit(&up, &bedrooms());
    let today = named(FLAT, &[A, B, C, D]);
    let key = chosen(&key, &today, &bedrooms());
    assert!(!is_redacted(&key, &today, 4));
    // An owner who has released by hand all that was open is asked where a room has no kind, and on any map of theirs.
    let mut key = first(&home, &bedrooms());
    remove_oldest(&mut key, &home);
    chosen(&key, &today, &bedrooms());
}

/// A redaction that is narrowed by hand: what is left over goes back to a zone, and stays there.
#[test]
fn what_a_narrower_redaction_leaves_goes_back_to_a_zone() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = first(&home, &rooms(&[4]));
    let whole = key.marks()[0].id;
    key.redact(&home, &outline((0.9, 0.1), (1.3, 0.4))).unwrap();
    key.remove_mark(whole, &home).unwrap();
    for _ in 0..3 {
        let hidden = cells(&home, 4).filter(|&cell| key.drive.redacted.has(cell)).count();
        let zoned = cells(&home, 4).filter(|&cell| key.zone_at(cell).is_some()).count();
        assert_eq!([hidden, zoned], [12, 6]);
        key = again(&key).refit(&home, &rooms(&[4])).0;
    }
}

/// What is released next to another redaction goes to the nearest zone, however near that redaction is.
#[test]
fn what_is_released_next_to_a_redaction_goes_to_a_zone() {
    let home = named("#aaaaaabbbbbb#\n#aAaaaabbbbbb#\n#aaaaaabbbbbb#\n", &[A, B]);
    let part = outline((0.5, 0.0), (0.7, 0.6));
    let mut key = first(&home, &with(&rooms(&[2]), &part));
    let marks = key.marks();
    let part_of_a = marks.iter().find(|mark| mark.region.len() == 6).unwrap().id;
    key.remove_mark(part_of_a, &home).unwrap();
    for _ in 0..3 {
        assert!(!is_redacted(&key, &home, 1) && is_redacted(&key, &home, 2));
        assert!(zones(&key, &home, 1).iter().all(Option::is_some));
        key = again(&key).refit(&home, &Redaction::none()).0;
    }
}

/// Where all was redacted, what is released first is given the whole plan.
#[test]
fn zones_of_a_home_that_was_all_redacted_are_those_of_what_is_released() {
    let large = FLAT.lines().map(|row| row.trim().chars().flat_map(|c| [c; 4]).collect::<String>());
    let large = large.flat_map(|row| vec![row.clone(), row.clone(), row]).collect::<Vec<_>>().join("\n");
    let large = large.replacen('A', "_", 1).replace('A', "a").replace('_', "A");
    let home = named(&large, &[A, B, C, D]);
    let mut key = first(&home, &rooms(&[1, 2, 3, 4]));
    assert_eq!(served(&key), 0);
    let mark = key.marks().into_iter().find(|mark| {
        let at = mark.region.points().next().unwrap();
        at.x < 2.6 && at.y > 1.2
    });
    key.remove_mark(mark.unwrap().id, &home).unwrap();
    assert!((2..5).all(|room| is_redacted(&key, &home, room)) && !is_redacted(&key, &home, 1));
    let mut own: Vec<_> = zones(&key, &home, 1);
    own.sort_unstable();
    own.dedup();
    assert_eq!(own, [0, 1, 2, 3].map(Some), "all zones have floor");
}

/// A room that is first mapped while a virtual wall shuts it off has a zone, as on a first key of that map.
#[test]
fn a_new_room_behind_a_virtual_wall_has_a_zone() {
    let drawing = "
        ########################
        #aaaaaaaaaa#bbbbbbbbbbb#
        #aAaaaaaaaa#bbbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbbb#
        #aaaaaaaaaaabbbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbbb#
        #aaaaaaaaaa#bbbbbbbbbbb#
        ########################
    ";
    let build = |drawing: &str, wall: bool| {
        let home = Home::from_drawing(0.25, Footprint::disc_m(0.25).unwrap(), drawing, &[A, B]).unwrap();
        let wall = wall.then(|| KeepOut::Wall(Line::new((2.9, 0.0), (2.9, 3.0))));
        home.keep_out(wall).build().unwrap()
    };
    let before = build(&drawing.replace('b', "#"), false);
    let today = build(drawing, true);
    let fresh = first(&today, &Redaction::none());
    assert!(zones(&fresh, &today, 2).iter().all(Option::is_some));
    let (key, refit) = first(&before, &Redaction::none()).refit(&today, &Redaction::none());
    assert!(refit.recognized);
    let zoned = |key: &HouseKey, home: &Home| zones(key, home, 2).iter().flatten().count();
    assert!(zoned(&key, &today) * 10 > cells(&today, 2).count() * 9);
    let served = key.served(&today).unwrap();
    let room = served.rooms().iter().find(|room| room.id() == RoomId::new(2)).unwrap();
    assert_eq!(room.out_of_reach(), Some(OutOfReach::KeptOut));
    // It is served when the wall is gone, and no redaction is weakened by it.
    let open = build(drawing, false);
    assert!(zoned(&again(&key).refit(&open, &Redaction::none()).0, &open) * 10 > cells(&open, 2).count() * 9);
    let (key, _) =
        first(&before, &Redaction::none()).refit(&today, &Redaction::none().rooms([RoomId::new(2)]));
    assert_eq!(zoned(&key, &today), 0);
}

/// What no door joins to the home is left out by a first key, and so it is on every later day: the disc's edge reaches
/// into this slit, and the robot does not get through.
#[test]
fn a_room_behind_a_slit_stays_left_out() {
    for (wall, slit) in [(1, 3), (1, 4), (2, 3)] {
        let row = |y: usize| {
            let between = if (15..15 + slit).contains(&y) { "b" } else { "#" }.repeat(wall);
            let dock = if y == 3 { "aAa" } else { "aaa" };
            format!("#{dock}{}{between}{}#", "a".repeat(40), "b".repeat(40))
        };
        let edge = "#".repeat(85 + wall);
        let rows: Vec<String> = (0..30).map(row).collect();
        let drawing = format!("{edge}\n{}\n{edge}", rows.join("\n"));
        let home = of_cells(0.05, 0.17, &drawing, &[A, B]);
        let zoned = |key: &HouseKey| zones(key, &home, 2).iter().flatten().count();
        let mut key = first(&home, &Redaction::none());
        let before = zoned(&key);
        for _ in 0..2 {
            key = again(&key).refit(&home, &Redaction::none()).0;
            assert_eq!(zoned(&key), before, "{wall} {slit}");
        }
    }
}

/// What is asked for by hand a second time is there already.
#[test]
fn what_is_marked_twice_has_one_mark() {
    let home = named(FLAT, &[A, B, C, D]);
    let mut key = first(&home, &Redaction::none());
    let wall = KeepOut::Wall(Line::new((0.15, 0.15), (0.15, 0.35)));
    let bar = key.bar(&wall).unwrap();
    key.redact(&home, &rooms(&[2])).unwrap();
    key.redact(&home, &rooms(&[2])).unwrap();
    assert_eq!(key.bar(&wall).unwrap(), bar);
    let marks = key.marks();
    assert_eq!(marks.len(), 2);
    for mark in marks {
        key.remove_mark(mark.id, &home).unwrap();
    }
    assert!(!is_redacted(&key, &home, 2) && key.marks().is_empty());
}

/// A choice that redacts as many rooms as there may be marks is made, and loses no bar.
#[test]
fn a_choice_that_redacts_more_rooms_than_there_is_room_for_keeps_all_bars() {
    let wall = |n: u32| {
        let (x, y) = (0.15 + f64::from(n % 12) * 0.1, 0.15 + f64::from(n / 12) * 0.1);
        KeepOut::Wall(Line::new((x, y), (x, y + 0.01)))
    };
    let home = named(FLAT, &[A, B]);
    let mut old = first(&home, &bedrooms());
    for n in 0..25 {
        old.bar(&wall(n)).unwrap();
    }
    let today = named(FLAT, &[A, B, ('c', RoomKind::Bedroom), BEDROOM_D]);
    let (asked, fitted) = old.asked_by_owner(&today, &bedrooms()).unwrap();
    // As if it had a thousand rooms.
    let mut new = first(&today, &asked);
    let marks = full(&home).known.maps[0].marks.clone();
    let own = new.known.maps[0].marks.clone();
    new.known.maps[0].marks = marks.into_iter().skip(own.len()).chain(own).collect();
    let key = new.with_marks_of(fitted, &today, &bedrooms()).unwrap();
    let of_kind = |kind| key.known.maps[0].marks.iter().filter(|mark| mark.kind == kind).count();
    assert_eq!([of_kind(MarkKind::Barred), of_kind(MarkKind::Redacted)], [25, MAX_MARKS - 25]);
    let covered: u32 = key.known.maps[0]
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Redacted)
        .flat_map(|mark| mark.runs.iter())
        .map(|run| run.len)
        .sum();
    assert_eq!(covered as usize, MAX_MARKS - 2 + cells(&today, 3).count() + cells(&today, 4).count());
    assert!(again(&key) == key && !key.is_undecided());
}

/// A key is read with the plan that its zones are of, and with no other. One of no plan has no key of another map.
#[test]
fn a_key_of_another_plan_is_refused() {
    let (home, up) = (named(FLAT, &[A, B, C, D]), named(ELSEWHERE, &[A, B]));
    let key = first(&home, &Redaction::none());
    let drawn = |floor: &Floor| floor.zones().iter().map(|zone| zone.rect).collect::<Vec<_>>();
    let other = FLOORS.iter().find(|floor| drawn(floor) != drawn(&FLOORS[0])).unwrap().plan_id();
    for plan in [PlanId::new(u32::MAX), other] {
        let mut key = key.clone();
        key.plan = plan;
        assert!(HouseKey::from_secret_bytes(&key.to_secret_bytes()).is_err(), "{plan}");
    }
    let mut none = key;
    none.plan = PlanId::new(u32::MAX);
    let (mut next, refit) = none.refit(&up, &Redaction::none());
    assert_eq!((refit.recognized, refit.open), (false, Err(KeyError::UnplacedRedaction)));
    next.confirm_map();
    assert!(next.check_open().is_err() && served(&next) == 0);
    assert!(next.refit(&home, &Redaction::none()).1.open.is_ok());
}

/// A long narrow map, in the cells of a far finer one, is longer than any grid: it is not looked for there.
#[test]
fn a_long_map_is_not_looked_for_in_far_finer_cells() {
    let long = of_cells(0.5, 0.1, &format!("A{}", "a".repeat(1639)), &[]);
    let row = |dock: char| format!("#{dock}{}#\n", "a".repeat(300));
    let fine = of_cells(0.005, 0.1, &(row('A') + &row('a').repeat(200)), &[]);
    let (_, refit) = first(&long, &Redaction::none()).refit(&fine, &Redaction::none());
    assert!(!refit.recognized);
}

/// What joins the last mark of a full list is the owner's: where that was one of what may be meant, all are.
#[test]
fn what_joins_a_mark_of_what_may_be_meant_outlasts_the_choice() {
    let home = named(FLAT, &[A, B, C]);
    let mut key = full(&home);
    key.known.last_tentative = Some(key.known.next);
    key.redact(&home, &rooms(&[2])).unwrap();
    assert_eq!(key.known.last_tentative, Some(0));
    let key = chosen(&key, &home, &bedrooms().keep_unlabelled());
    assert!(is_redacted(&key, &home, 2));
}
