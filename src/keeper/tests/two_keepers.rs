//! Two keepers on one store, which the store does not keep apart.

use super::household::{Cut, FLAT, Flash, OTHER, SERVICE, drawn, given, home, keeper, odds, opened};
use crate::Redaction;
use crate::keeper::{ConsentError, KeeperError, MemoryStore, Slot, Store, StoreError, UnixTime};

#[test]
fn a_keeper_that_knows_nothing_of_anothers_draw_draws_nothing() {
    let store = Flash::of(MemoryStore::default());
    let mut one = opened(store.clone(), 1);
    one.consent(given("c")).unwrap();
    let mut other = opened(store.clone(), 2);
    let release = drawn(&mut one, FLAT).unwrap();
    // No time has passed that would be stored.
    let early = UnixTime::from_secs(20);
    let refused = other.on_map(&home(FLAT), &Redaction::none(), SERVICE, early).unwrap_err();
    assert_eq!(refused, StoreError::Changed.into());
    assert_eq!(other.release(SERVICE, early).unwrap_err(), KeeperError::NotDrawn);
    assert_eq!(other.new_epoch().unwrap_err(), StoreError::Changed.into());
    assert_eq!(other.consent(given("d")).unwrap_err(), StoreError::Changed.into());
    // A withdrawal holds on the one that was told, and says that it is not stored.
    assert_eq!(other.withdraw(early).unwrap_err(), StoreError::Changed.into());
    assert_eq!(other.release(SERVICE, early).unwrap_err(), ConsentError::Withdrawn.into());
    drop(other);
    // The one whose state is stored goes on, as does one that is opened on it.
    assert!(drawn(&mut one, OTHER).unwrap() == release);
    one.consent(given("d")).unwrap();
    let mut other = opened(store.clone(), 3);
    assert!(drawn(&mut other, OTHER).unwrap() == release);
    assert_eq!(other.spent(), odds(2));
}

#[test]
fn neither_an_epoch_nor_a_beginning_is_written_over_by_one_that_knows_nothing_of_it() {
    let store = Flash::of(MemoryStore::default());
    let mut one = opened(store.clone(), 1);
    one.consent(given("c")).unwrap();
    drawn(&mut one, FLAT).unwrap();
    let mut other = opened(store.clone(), 2);
    one.new_epoch().unwrap();
    drawn(&mut one, FLAT).unwrap();
    assert_eq!(other.new_epoch().unwrap_err(), StoreError::Changed.into());
    assert_eq!((opened(store.clone(), 3).epoch(), opened(store.clone(), 3).spent()), (1, odds(4)));
    // A state that vanishes is not written again.
    *store.inner.borrow_mut() = MemoryStore::default();
    assert_eq!(one.consent(given("d")).unwrap_err(), StoreError::Changed.into());
    assert!(store.inner.borrow_mut().load(Slot::State).unwrap().is_none());
}

/// A save that failed may have gone well all the same: that is no other keeper.
#[test]
fn what_a_save_left_that_failed_is_ones_own() {
    for saves in [true, false] {
        let store = Cut::new(keeper(5).into_store(), Slot::State, saves, 0);
        let mut keeper = opened(store, 5);
        for id in ["d", "e", "f"] {
            assert_eq!(keeper.consent(given(id)).unwrap_err(), StoreError::Failed.into());
        }
        keeper.store.armed = false;
        keeper.consent(given("g")).unwrap();
        drawn(&mut keeper, FLAT).unwrap();
    }
}
