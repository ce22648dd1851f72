//! What the owner marked: it outlives epochs, or the owner is told.

use geo_types::Line;

use super::household::{
    BEDROOM, Cut, FLAT, Flash, HALLWAY, KITCHEN, LIVING, NOW, OTHER, SERVICE, bar, bind, drawn, follower_of,
    given, home, keeper, keeper_of, map, named, odds, of_a_later_version, opened, policy, reopened, wall,
    with_damaged_key,
};
use crate::drawings::{A, B, C, D, relettered};
use crate::home::{Home, HomeError, KeepOut, RoomId};
use crate::keeper::{Keeper, KeeperError, MemoryStore, Slot, Store, StoreError};
use crate::key::{AreaId, KeyError, MarkId, MarkKind};
use crate::{BlobError, Coins, Policy, Redaction};

/// The flat on another day: its rooms have each other's numbers.
fn renumbered() -> Home {
    home(&relettered(FLAT, "abcd", "dabc"))
}

/// Kinds and cells of the marks, and the middle of each.
fn marks<S: Store>(keeper: &Keeper<S>) -> Vec<(MarkKind, usize, [i64; 2])> {
    let of = |mark: crate::key::Mark| {
        let at = mark.region.points().fold([0.0; 2], |sum, at| [sum[0] + at.x, sum[1] + at.y]);
        #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
        let middle = at.map(|sum| (sum * 1000.0).round() as i64);
        (mark.kind, mark.region.len(), middle)
    };
    let mut marks: Vec<_> = keeper.key().unwrap().marks().into_iter().map(of).collect();
    marks.sort_by_key(|&(kind, cells, at)| (cells, at, kind == MarkKind::Barred));
    marks
}

/// A keeper of the flat whose owner redacted room 3, barred a wall, and bound area 2 to room 2.
fn marked() -> Keeper<MemoryStore> {
    let mut keeper = keeper(1);
    map(&mut keeper, &home(FLAT), &Redaction::none().rooms([RoomId::new(3)]));
    bar(&mut keeper, &wall());
    bind(&mut keeper, 2, &home(FLAT), 2);
    assert_eq!(marks(&keeper).len(), 3);
    keeper
}

/// The same redaction by number. It means nothing: the numbers are those of other rooms by now.
fn next_day<S: Store>(keeper: &mut Keeper<S>) {
    map(keeper, &renumbered(), &Redaction::none().rooms([RoomId::new(3)]));
}

#[test]
fn what_the_owner_marked_outlives_a_new_epoch_and_numbers_of_today_play_no_part() {
    let mut keeper = marked();
    let before = marks(&keeper);
    keeper.new_epoch().unwrap();
    // The power is cut before the map comes, or it is not.
    let cut = opened(keeper.store.clone(), 9);
    for mut keeper in [keeper, cut] {
        assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
        next_day(&mut keeper);
        assert_eq!((keeper.check_floor(0), keeper.spent()), (Ok(()), odds(4)));
        assert_eq!(marks(&keeper), before);
        // What is redacted by its place is in no zone.
        let key = keeper.key().unwrap();
        let zones = (0..4).filter_map(|zone| key.lift_zone(crate::atlas::ZoneId::of_index(zone)).ok());
        let cells: usize = zones.map(|zone| zone.len()).sum();
        assert!((30..=54).contains(&cells), "{cells}");
        // It is stored so.
        let mut keeper = reopened(keeper);
        assert_eq!(marks(&keeper), before);
        next_day(&mut keeper);
        assert_eq!((keeper.check_floor(0), marks(&keeper)), (Ok(()), before.clone()));
    }
}

/// The plan of a new epoch that spends much, on another day's map. What was redacted before, on the first map of an
/// earlier epoch, is given if there was one.
fn plan(seed: u64, before: Option<(&str, &Redaction)>, today: &str, redaction: &Redaction) -> u32 {
    let sealed = Policy::builder().odds(odds(1)).odds_cap(odds(1 << 24)).build().unwrap();
    let loud = Policy::builder().odds(odds(1 << 20)).odds_cap(odds(1 << 24)).build().unwrap();
    let mut keeper = keeper_of(&sealed, 1);
    if let Some((drawing, redaction)) = before {
        map(&mut keeper, &home(drawing), redaction);
        keeper.new_epoch().unwrap();
    }
    let mut keeper = Keeper::open_with(keeper.into_store(), loud, Coins::replayed(seed)).unwrap();
    map(&mut keeper, &home(today), redaction);
    keeper.release(SERVICE, NOW).unwrap().floors()[0].plan()
}

/// What is drawn for is what the owner has redacted, whatever number it has today, and parts of rooms too.
#[test]
fn a_new_epoch_is_drawn_for_what_the_owner_redacted() {
    // Rooms of four sizes, and the same rooms by other numbers.
    let flat = "
        ##################
        #aaaaaabbbbbbbbbb#
        #aAaaaabbbbbbbbbb#
        #aaaaaabbbbbbbbbb#
        #ccccccccccccdddd#
        #ccccccccccccdddd#
        #ccccccccccccdddd#
        #ccccccccccccdddd#
        ##################
    ";
    let today = relettered(flat, "cd", "dc");
    let (none, large, small) = (Redaction::none(), RoomId::new(3), RoomId::new(4));
    let room = |room| Redaction::none().rooms([room]);
    let part = geo_types::Rect::new((0.1, 0.1), (0.9, 0.5)).to_polygon();
    let part = Redaction::none().region(part).unwrap();
    for seed in 0..3 {
        // The same number is asked for again: it is another room's by now.
        let drawn = plan(seed, Some((flat, &room(large))), &today, &room(large));
        assert_eq!(drawn, plan(seed, None, &today, &room(small)));
        assert_ne!(drawn, plan(seed, None, &today, &room(large)));
        let drawn = plan(seed, Some((flat, &part)), &today, &none);
        assert_eq!(drawn, plan(seed, None, &today, &part));
        assert_ne!(drawn, plan(seed, None, &today, &none));
    }
}

/// The zones of maps that the key knew besides are those of the plan that is gone. What was barred there is not
/// forgotten: the key is closed on a map that is not recognized.
#[test]
fn other_maps_of_an_earlier_epoch_are_given_up_and_their_bars_close_the_key() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    drawn(&mut keeper, OTHER).unwrap();
    keeper.edit_key(0, crate::HouseKey::confirm_map).unwrap();
    let wall = KeepOut::Wall(Line::new((0.15, 0.25), (0.15, 0.05)));
    bar(&mut keeper, &wall);
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!((keeper.check_floor(0), marks(&keeper).len()), (Ok(()), 0));
    let two_zones = Policy::builder().zones(2).odds(odds(2)).odds_cap(odds(4)).build().unwrap();
    let mut keeper = Keeper::open(keeper.into_store(), two_zones.clone()).unwrap();
    keeper.new_epoch().unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(keeper.check_floor(0), Ok(()));
    let mut keeper = Keeper::open(keeper.into_store(), two_zones).unwrap();
    assert!(keeper.key().is_ok());
    drawn(&mut keeper, OTHER).unwrap();
    assert_eq!(keeper.check_floor(0).unwrap_err(), KeeperError::Closed(KeyError::UnplacedBars));
}

/// A part of a room that was redacted by an outline keeps its mark.
#[test]
fn a_part_of_a_room_stays_redacted_in_a_new_epoch() {
    let region = geo_types::Rect::new((0.7, 0.1), (1.0, 0.4)).to_polygon();
    let mut keeper = keeper(1);
    map(&mut keeper, &home(FLAT), &Redaction::none().region(region).unwrap());
    let before = marks(&keeper);
    assert_eq!(before.len(), 1);
    keeper.new_epoch().unwrap();
    map(&mut keeper, &renumbered(), &Redaction::none());
    assert_eq!((keeper.check_floor(0), marks(&keeper)), (Ok(()), before));
}

#[test]
fn what_the_owner_marked_outlives_a_ledger_that_began_again() {
    let keeper = marked();
    let before = marks(&keeper);
    let mut store = keeper.into_store();
    store.save(Slot::State, b"damaged").unwrap();
    let mut keeper = Keeper::start_over(store, policy(), Coins::replayed(1)).unwrap();
    keeper.consent(given("d")).unwrap();
    next_day(&mut keeper);
    assert_eq!((keeper.check_floor(0), marks(&keeper)), (Ok(()), before));
}

/// As with a key that was damaged: until the owner has marked something, or says that there is nothing to mark.
#[test]
fn where_a_new_epochs_map_is_not_recognized_the_owner_is_told_that_the_marks_are_gone() {
    let mut keeper = marked();
    keeper.new_epoch().unwrap();
    drawn(&mut keeper, OTHER).unwrap();
    let told = |keeper: &Keeper<MemoryStore>| keeper.check_floor(0).unwrap_err();
    assert_eq!(told(&keeper), KeeperError::MarksLost);
    let mut keeper = reopened(keeper);
    drawn(&mut keeper, OTHER).unwrap();
    assert_eq!(told(&keeper), KeeperError::MarksLost);
    keeper.acknowledge_key(0).unwrap();
    assert_eq!(keeper.check_floor(0), Ok(()));
    // Kinds that are asked for again are not lost.
    let named_flat = named(FLAT, &[LIVING, BEDROOM, KITCHEN, HALLWAY]);
    let mut keeper = keeper_of(&policy(), 1);
    map(&mut keeper, &named_flat, &policy().redaction());
    assert_eq!(marks(&keeper).len(), 1);
    keeper.new_epoch().unwrap();
    map(&mut keeper, &named(OTHER, &[LIVING]), &policy().redaction());
    assert_eq!(keeper.check_floor(0), Ok(()));
}

/// While the owner has still to choose, too; and the choice is then made as ever.
#[test]
fn bars_outlive_a_new_epoch_in_which_the_owner_has_still_to_choose() {
    let known = named(FLAT, &[LIVING, BEDROOM, KITCHEN, HALLWAY]);
    let by_kind = policy().redaction();
    for restarts in [false, true] {
        let mut keeper = keeper(1);
        map(&mut keeper, &known, &by_kind);
        bar(&mut keeper, &wall());
        let before = marks(&keeper);
        keeper.new_epoch().unwrap();
        map(&mut keeper, &named(FLAT, &[LIVING, BEDROOM]), &by_kind);
        let told = KeeperError::Anonymize(HomeError::Unlabelled.into());
        assert_eq!(keeper.check_floor(0).unwrap_err(), told);
        assert!(marks(&keeper).contains(&before[0]), "{:?}", marks(&keeper));
        if restarts {
            keeper = reopened(keeper);
        }
        map(&mut keeper, &known, &by_kind);
        assert_eq!((keeper.check_floor(0), marks(&keeper)), (Ok(()), before));
    }
}

#[test]
fn that_a_key_was_made_again_is_told_after_a_restart_and_after_what_is_more_urgent() {
    let mut keeper = Keeper::open(with_damaged_key(marked().into_store()), policy()).unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    let told = KeeperError::KeyRemade(BlobError::Checksum);
    for _ in 0..3 {
        assert_eq!(keeper.check_floor(0).unwrap_err(), told);
        keeper = reopened(keeper);
        drawn(&mut keeper, FLAT).unwrap();
    }
    // A room that nobody can name, and a map on which the key is closed, come first.
    map(&mut keeper, &home(FLAT), &Redaction::none().rooms([RoomId::new(77)]));
    let choose = KeeperError::Anonymize(HomeError::UnknownRoom.into());
    assert_eq!(keeper.check_floor(0).unwrap_err(), choose);
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    // An edit that is refused is no answer, one that marks something is.
    assert!(keeper.edit_key(0, |key| key.remove_mark(MarkId::new(77), &home(FLAT))).unwrap().is_err());
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    // A robot that takes over is told as well.
    let heir = Keeper::take_over(MemoryStore::default(), policy(), &keeper.export()).unwrap();
    assert_eq!(heir.check_floor(0).unwrap_err(), told);
    bar(&mut keeper, &wall());
    assert_eq!(keeper.check_floor(0), Ok(()));
    let mut keeper = reopened(keeper);
    assert_eq!(keeper.check_floor(0), Ok(()));
    drawn(&mut keeper, OTHER).unwrap();
    assert!(matches!(keeper.check_floor(0), Err(KeeperError::Closed(KeyError::UnplacedBars))));
}

/// A robot whose update is taken back must not lose what its owner marked.
#[test]
fn a_key_of_a_later_version_is_not_written_over() {
    let mut store = marked().into_store();
    let slot = Slot::Key { floor: 0 };
    let blob = of_a_later_version(store.load(slot).unwrap().unwrap());
    store.save(slot, &blob).unwrap();
    let mut keeper = Keeper::open(store, policy()).unwrap();
    let later = KeeperError::Key(BlobError::Version);
    for _ in 0..2 {
        drawn(&mut keeper, FLAT).unwrap();
        assert_eq!((keeper.key().unwrap_err(), keeper.check_floor(0).unwrap_err()), (later, later));
    }
    // What the owner redacted by hand may be in it, so nothing is drawn without it.
    keeper.new_epoch().unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), later);
    assert_eq!(keeper.into_store().load(slot).unwrap().unwrap(), blob);
}

#[test]
fn a_power_cut_while_a_household_is_taken_over_loses_no_mark() {
    let lead = marked();
    let (before, bytes) = (marks(&lead), lead.export());
    for cut in 0..3 {
        let flash = Flash::of(MemoryStore::default());
        flash.saves_left.set(cut);
        let taken = Keeper::take_over(flash.clone(), policy(), &bytes);
        assert_eq!(taken.err(), Some(StoreError::Failed.into()));
        flash.saves_left.set(u32::MAX);
        if cut == 2 {
            // The robot boots first, and its owner consents again.
            let mut keeper = opened(flash.clone(), 6);
            keeper.consent(given("d")).unwrap();
            map(&mut keeper, &home(FLAT), &Redaction::none());
            assert_eq!(marks(&keeper), before);
        } else {
            assert_eq!(marks(&Keeper::take_over(flash, policy(), &bytes).unwrap()), before);
        }
    }
}

/// Until then all that may be meant is redacted, and the owner does not know why the robot stays away.
#[test]
fn what_is_to_be_chosen_on_a_later_map_is_told_as_on_the_first() {
    let kinds = [A, B, C, D];
    let by_kind = policy().redaction();
    let small = FLAT.replace(['c', 'd'], "#");
    let mut keeper = keeper(1);
    map(&mut keeper, &named(&small, &kinds[..2]), &by_kind);
    assert_eq!(keeper.check_floor(0), Ok(()));
    // A room that nobody has seen, without a kind.
    map(&mut keeper, &named(FLAT, &kinds[..3]), &by_kind);
    assert!(keeper.refit_of(0).unwrap().undecided);
    assert_eq!(keeper.check_floor(0).unwrap_err(), KeeperError::Anonymize(HomeError::Unlabelled.into()));
    map(&mut keeper, &named(FLAT, &kinds), &by_kind);
    assert_eq!(keeper.check_floor(0), Ok(()));
    // A room that no map has: the whole floor is redacted.
    let missing = by_kind.rooms([RoomId::new(77)]);
    map(&mut keeper, &named(FLAT, &kinds), &missing);
    assert_eq!(keeper.refit_of(0).unwrap().unreachable.len(), 4);
    assert_eq!(keeper.check_floor(0).unwrap_err(), KeeperError::Anonymize(HomeError::UnknownRoom.into()));
}

/// It would wear out the storage, and say of the storage what is to be said of the edit.
#[test]
fn an_edit_that_is_refused_is_not_stored() {
    let at = Slot::Key { floor: 0 };
    let store = Cut::new(marked().into_store(), at, false, 0);
    let mut keeper = opened(store, 5);
    let far = KeepOut::Wall(Line::new((1e5, 0.0), (1e5, 1.0)));
    assert_eq!(keeper.edit_key(0, |key| key.bar(&far)).unwrap().unwrap_err(), KeyError::TooFar);
    keeper.edit_key(0, |key| key.unbind(AreaId::new(9))).unwrap();
    // It is there already.
    bar(&mut keeper, &wall());
    let other = KeepOut::Wall(Line::new((0.15, 0.25), (0.45, 0.25)));
    assert_eq!(keeper.edit_key(0, |key| key.bar(&other)).unwrap_err(), StoreError::Failed.into());
    assert_eq!(marks(&keeper).len(), 3);
}

#[test]
fn zones_that_a_bar_shuts_off_are_out_of_reach_at_once_and_marks_are_had_one_by_one() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    assert!(keeper.key().unwrap().unreachable().is_empty());
    let whole = geo_types::Rect::new((0.05, 0.35), (1.35, 0.45)).to_polygon();
    bar(&mut keeper, &KeepOut::Area(whole));
    let key = keeper.key().unwrap();
    assert!(!key.unreachable().is_empty());
    let all = key.marks();
    assert!(all.iter().enumerate().all(|(at, mark)| key.mark_at(at).as_ref() == Some(mark)));
    assert!(!all.is_empty() && key.mark_at(all.len()).is_none());
}

#[test]
fn what_the_owner_marked_is_handed_over_before_the_first_map_of_an_epoch_too() {
    let mut lead = marked();
    let before = marks(&lead);
    let mut follower = follower_of(&lead);
    let other = KeepOut::Wall(Line::new((0.15, 0.25), (0.15, 0.05)));
    bar(&mut follower, &other);
    lead.new_epoch().unwrap();
    let bytes = lead.export();
    let coins = Coins::replayed(9);
    let mut heir = Keeper::take_over_with(MemoryStore::default(), policy(), &bytes, coins).unwrap();
    assert_eq!(heir.key().unwrap_err(), KeeperError::NoKey);
    next_day(&mut heir);
    assert_eq!((heir.check_floor(0), marks(&heir)), (Ok(()), before.clone()));
    // Not over what the owner marked on the follower.
    let follower = Keeper::import(follower.into_store(), policy(), &bytes).unwrap();
    assert_eq!(follower.floors[0].earlier.as_ref().unwrap().marks().len(), before.len() + 1);
}

#[test]
fn what_is_still_to_be_told_of_a_key_outlives_a_new_epoch() {
    let damaged = with_damaged_key(marked().into_store());
    let mut lost = marked();
    lost.new_epoch().unwrap();
    drawn(&mut lost, OTHER).unwrap();
    let lost = lost.into_store();
    let remade = KeeperError::KeyRemade(BlobError::Checksum);
    for restarts in [false, true] {
        for (store, map, told, before) in [
            (&damaged, FLAT, remade, false),
            (&damaged, FLAT, remade, true),
            (&lost, OTHER, KeeperError::MarksLost, true),
        ] {
            let mut keeper = Keeper::open(store.clone(), policy()).unwrap();
            if before {
                drawn(&mut keeper, map).unwrap();
                assert_eq!(keeper.check_floor(0).unwrap_err(), told);
            }
            keeper.new_epoch().unwrap();
            if restarts {
                keeper = reopened(keeper);
            }
            drawn(&mut keeper, map).unwrap();
            assert_eq!(keeper.check_floor(0).unwrap_err(), told, "{restarts} {before}");
        }
    }
}

#[test]
fn an_edit_that_marks_nothing_is_no_answer_to_what_is_told() {
    let mut store = marked().into_store();
    store.save(Slot::Key { floor: 0 }, b"damaged").unwrap();
    let mut keeper = Keeper::open(store, policy()).unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    drawn(&mut keeper, OTHER).unwrap();
    let told = KeeperError::KeyRemade(BlobError::Length);
    let before = keeper.key().unwrap().to_secret_bytes();
    keeper.edit_key(0, crate::HouseKey::confirm_map).unwrap();
    assert!(keeper.key().unwrap().to_secret_bytes() != before);
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    let mut keeper = reopened(keeper);
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    bind(&mut keeper, 2, &home(OTHER), 1);
    assert_eq!(keeper.check_floor(0), Ok(()));
}
