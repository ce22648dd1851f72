//! What the store keeps, loses, and has no room for.

use super::household::{
    Cut, FLAT, OTHER, bind, drawn, given, home, keeper, keeper_of, odds, of_a_later_version, opened, policy,
    reopened, wall,
};
use crate::keeper::ledger::Draw;
use crate::keeper::{Keeper, KeeperError, MemoryStore, Slot, Store, StoreError};
use crate::key::AreaId;
use crate::{BlobError, Coins, Policy};

#[test]
fn a_power_cut_at_the_state_lets_nothing_out_and_draws_once() {
    for (saves, spared) in [(false, 0), (true, 0), (false, 1), (true, 1), (false, 2), (true, 2)] {
        let store = Cut::new(keeper(5).into_store(), Slot::State, saves, spared);
        let mut keeper = opened(store, 5);
        assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), StoreError::Failed.into());
        assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
        let mut store = keeper.into_store();
        store.armed = false;
        // Once the draw is recorded, neither other coins nor another map change it. What is stored is the clock, then
        // the record, then what was drawn.
        let recorded = saves || spared == 2;
        let later = if recorded { OTHER } else { FLAT };
        let mut keeper = opened(store, 6);
        let release = drawn(&mut keeper, later).unwrap();
        let usual = drawn(&mut keeper_of(&policy(), 5), FLAT).unwrap();
        assert!(!recorded || release == usual);
        let mut keeper = opened(keeper.into_store(), 7);
        assert_eq!(drawn(&mut keeper, OTHER).unwrap(), release);
        assert_eq!(keeper.spent(), odds(2));
    }
}

#[test]
fn a_store_without_room_for_the_key_stops_no_release_and_the_owner_is_told() {
    let at = Slot::Key { floor: 0 };
    let store = Cut::new(keeper(5).into_store(), at, false, 0);
    let mut keeper = opened(store, 5);
    let release = drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(keeper.check_floor(0).unwrap_err(), StoreError::Failed.into());
    // Today's commands are served; what the owner bars must not be forgotten.
    assert!(keeper.key().is_ok());
    assert_eq!(keeper.edit_key(0, |key| key.bar(&wall())).unwrap_err(), StoreError::Failed.into());
    keeper.store.armed = false;
    assert!(drawn(&mut keeper, FLAT).unwrap() == release);
    assert_eq!(keeper.check_floor(0), Ok(()));
}

/// A store that fails gets no other seed to choose from.
#[test]
fn a_second_try_takes_the_same_coins() {
    let store = Cut::new(keeper(5).into_store(), Slot::State, false, 0);
    let mut one = opened(store, 5);
    for _ in 0..3 {
        drawn(&mut one, FLAT).unwrap_err();
    }
    // The clock and the record are stored, and the draw is not.
    (one.store.armed, one.store.spared) = (true, 2);
    drawn(&mut one, FLAT).unwrap_err();
    let seed = |keeper: &Keeper<Cut>| keeper.state.draw.as_ref().and_then(Draw::seed);
    let store = Cut::new(keeper(5).into_store(), Slot::State, false, 2);
    let mut other = opened(store, 5);
    drawn(&mut other, FLAT).unwrap_err();
    assert_eq!(seed(&one), seed(&other));
    assert!(seed(&one).is_some());
    one.store.armed = false;
    drawn(&mut one, FLAT).unwrap();
    // Once it is made, neither seed nor preferences are kept.
    assert_eq!(seed(&one), None);
}

#[test]
fn a_damaged_state_is_an_error_and_not_a_fresh_start() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    let bytes = keeper.into_store().load(Slot::State).unwrap().unwrap();
    let open = |bytes: &[u8], policy: Policy| {
        let mut store = MemoryStore::default();
        store.save(Slot::State, bytes).unwrap();
        Keeper::open(store, policy)
    };
    for at in (0..bytes.len()).step_by(97).chain([0, bytes.len() - 1]) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(matches!(open(&damaged, policy()).unwrap_err(), KeeperError::State(_)));
    }
    for short in [&bytes[..bytes.len() / 2], &[]] {
        assert_eq!(open(short, policy()).unwrap_err(), KeeperError::State(BlobError::Length));
    }
    assert!(open(&bytes, Policy::sealed()).is_ok() && open(&bytes, policy()).is_ok());
}

/// A key, commands or a log without a state are a household whose ledger was lost.
#[test]
fn a_lost_state_is_refused_by_name_until_someone_starts_over() {
    let mut one = keeper(1);
    drawn(&mut one, FLAT).unwrap();
    let whole = one.into_store();
    let mut store = MemoryStore::default();
    for slot in [Slot::Queue, Slot::Log, Slot::Key { floor: 0 }] {
        let mut lost = MemoryStore::default();
        let blob = whole.clone().load(slot).unwrap().unwrap_or_else(|| b"whatever".to_vec());
        lost.save(slot, &blob).unwrap();
        assert_eq!(Keeper::open(lost.clone(), policy()).unwrap_err(), KeeperError::StateLost);
        store = lost;
    }
    let occupied = Keeper::start_over(whole.clone(), policy(), Coins::replayed(1)).unwrap_err();
    assert_eq!(occupied, KeeperError::Occupied);
    // Nor is a ledger written over that a later version of the library wrote.
    let mut later = MemoryStore::default();
    let bytes = of_a_later_version(whole.clone().load(Slot::State).unwrap().unwrap());
    later.save(Slot::State, &bytes).unwrap();
    let refused = Keeper::start_over(later, policy(), Coins::replayed(1)).unwrap_err();
    assert_eq!(refused, KeeperError::State(BlobError::Version));
    let begun = Keeper::start_over(store, policy(), Coins::replayed(1)).unwrap();
    assert_eq!((begun.spent(), begun.key().unwrap_err()), (odds(2), KeeperError::NoKey));
    let again = reopened(begun);
    assert_eq!(again.spent(), odds(2));
}

#[test]
fn the_state_has_one_size_whatever_the_home_and_the_consent() {
    let mut keeper = Keeper::open(MemoryStore::default(), policy()).unwrap();
    let size = |keeper: &Keeper<MemoryStore>| keeper.store.clone().load(Slot::State).unwrap().unwrap().len();
    keeper.consent(given("c")).unwrap();
    assert_eq!(size(&keeper), 16_384);
    let long = "x".repeat(200);
    let full =
        (0..16).fold(given("d"), |record, _| record.recipient(long.clone())).notice(long.clone(), long);
    keeper.consent(full).unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(size(&keeper), 16_384);
}

#[test]
fn a_key_comes_back_and_a_damaged_one_is_made_again() {
    let mut one = keeper(1);
    drawn(&mut one, FLAT).unwrap();
    bind(&mut one, 3, &home(FLAT), 1);
    let bytes = one.key().unwrap().to_secret_bytes();
    let mut again = reopened(one);
    assert!(again.key().unwrap().to_secret_bytes() == bytes);
    let slot = Slot::Key { floor: 0 };
    let blob = again.store.load(slot).unwrap().unwrap();
    for at in [0, 9, 41, 5000, blob.len() - 1] {
        let mut damaged = blob.clone();
        damaged[at] ^= 1;
        again.store.save(slot, &damaged).unwrap();
        let mut opened = Keeper::open(again.store.clone(), policy()).unwrap();
        assert!(matches!(opened.key().unwrap_err(), KeeperError::Key(_)));
        drawn(&mut opened, FLAT).unwrap();
        assert!(opened.key().is_ok());
        // The owner is told that what was bound is gone, and not of less by what comes after.
        let told = opened.check_floor(0).unwrap_err();
        assert!(matches!(told, KeeperError::KeyRemade(_)), "{told}");
        opened.edit_key(0, |key| key.unbind(AreaId::new(3))).unwrap();
        drawn(&mut opened, FLAT).unwrap();
        assert_eq!(opened.check_floor(0).unwrap_err(), told);
    }
    // A key of an earlier epoch does not count, nor does one of another household.
    again.store.save(slot, &blob).unwrap();
    let mut next = Keeper::open(again.store.clone(), policy()).unwrap();
    next.new_epoch().unwrap();
    let next = reopened(next);
    assert_eq!(next.key().unwrap_err(), KeeperError::NoKey);
    let mut other = keeper(2);
    drawn(&mut other, FLAT).unwrap();
    let mut store = other.into_store();
    store.save(slot, &blob).unwrap();
    assert_eq!(Keeper::open(store, policy()).unwrap().key().unwrap_err(), KeeperError::NoKey);
    assert_eq!(again.key_of(1).unwrap_err(), KeeperError::UnknownFloor);
    assert_eq!(again.refit_of(1).unwrap_err(), KeeperError::UnknownFloor);
    assert_eq!(again.refit_of(0).unwrap_err(), KeeperError::NotRefitted);
    drawn(&mut again, OTHER).unwrap();
    assert!(again.refit_of(0).is_ok());
}
