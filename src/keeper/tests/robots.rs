//! Two robots of a household: what was said and drawn on one is not undone by bytes of the other.

use super::household::{
    FLAT, NOW, SERVICE, drawn, follower_of, given, home, imported, keeper, keeper_of, map, policy,
};
use crate::keeper::{ConsentError, ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};
use crate::{Coins, Policy, Redaction};

/// So many seconds from now on.
fn later(seconds: u64) -> UnixTime {
    NOW.later_by_s(seconds)
}

fn at(id: &str, given_at: UnixTime) -> ConsentRecord {
    ConsentRecord { given_at, ..given(id) }
}

/// A robot that has drawn nothing, on which the owner was asked.
fn asked(record: ConsentRecord) -> MemoryStore {
    let mut keeper = Keeper::open(MemoryStore::default(), policy()).unwrap();
    keeper.consent(record).unwrap();
    keeper.into_store()
}

fn lead() -> Keeper<MemoryStore> {
    let mut lead = keeper(1);
    drawn(&mut lead, FLAT).unwrap();
    lead
}

#[test]
fn a_withdrawal_is_not_undone_by_a_consent_that_was_given_before_it_on_another_robot() {
    let mut lead = lead();
    let mut follower = follower_of(&lead);
    lead.consent(at("c-2", later(100))).unwrap();
    follower.withdraw(later(200)).unwrap();
    // Also where the power was cut and the bytes come again.
    let mut store = follower.into_store();
    for _ in 0..2 {
        let mut follower = imported(store, &lead);
        assert_eq!(follower.release(SERVICE, later(201)).unwrap_err(), ConsentError::Withdrawn.into());
        assert_eq!(follower.consent(at("c-2", later(100))).unwrap_err(), ConsentError::Repeated.into());
        store = follower.into_store();
    }
    // What the owner says after it counts.
    lead.consent(at("c-3", later(300))).unwrap();
    let mut follower = imported(store, &lead);
    follower.release(SERVICE, later(301)).unwrap();
    assert_eq!(follower.consent_record().unwrap().record_id, "c-3");
}

#[test]
fn a_refusal_on_a_new_robot_is_not_undone_by_an_earlier_consent_of_the_household() {
    let mut lead = lead();
    let refused = || asked(ConsentRecord { refused: true, ..at("no", later(100)) });
    let import = |store, bytes: &[u8]| Keeper::import(store, policy(), bytes).unwrap();
    let take_over = |store, bytes: &[u8]| Keeper::take_over(store, policy(), bytes).unwrap();
    for join in [import, take_over] {
        let mut store = refused();
        for _ in 0..2 {
            let mut robot = join(store, &lead.export());
            assert_eq!(robot.release(SERVICE, later(101)).unwrap_err(), ConsentError::Refused.into());
            store = robot.into_store();
        }
    }
    lead.consent(at("yes", later(200))).unwrap();
    imported(refused(), &lead).release(SERVICE, later(201)).unwrap();
}

/// A program that uses one id for all.
#[test]
fn of_two_consents_by_one_id_the_refusal_counts_and_else_what_both_allow() {
    let lead = lead();
    let mut robot = imported(asked(ConsentRecord { refused: true, ..given("c") }), &lead);
    assert_eq!(robot.release(SERVICE, NOW).unwrap_err(), ConsentError::Refused.into());
    let mut more = keeper(1);
    more.consent(given("d").purpose(Purpose::AcademicResearch)).unwrap();
    drawn(&mut more, FLAT).unwrap();
    let mut store = asked(given("d").purpose(Purpose::Marketing));
    for _ in 0..2 {
        let mut robot = imported(store, &more);
        assert_eq!(robot.consent_record().unwrap().purposes, [SERVICE]);
        robot.release(SERVICE, NOW).unwrap();
        store = robot.into_store();
    }
    // Where that is nothing, the owner is asked.
    let other = ConsentRecord::given("c", "Maker", UnixTime::from_secs(10), later(1000));
    let mut store = asked(other.purpose(Purpose::Marketing));
    for _ in 0..2 {
        let mut robot = imported(store, &lead);
        assert_eq!(robot.release(SERVICE, NOW).unwrap_err(), ConsentError::Unknown.into());
        assert_eq!(robot.consent(given("c")).unwrap_err(), ConsentError::Repeated.into());
        store = robot.into_store();
    }
}

#[test]
fn a_consent_that_is_over_does_not_end_a_later_one_of_another_robot() {
    let mut withdrawn = lead();
    withdrawn.withdraw(NOW).unwrap();
    let mut expired = lead();
    expired.consent(ConsentRecord { expires_at: later(10), ..given("short") }).unwrap();
    assert_eq!(expired.release(SERVICE, later(10)).unwrap_err(), ConsentError::Expired.into());
    for lead in [withdrawn, expired] {
        let mut store = asked(at("own", later(100)));
        for _ in 0..2 {
            let mut robot = imported(store, &lead);
            robot.release(SERVICE, later(101)).unwrap();
            assert_eq!(robot.consent_record().unwrap().record_id, "own");
            store = robot.into_store();
        }
    }
}

/// Else a robot that takes over would draw a second time in the epoch, which the ledger charges once.
#[test]
fn bytes_of_before_a_draw_or_of_another_one_do_not_replace_it() {
    for policy in [Policy::default(), policy()] {
        let map = |keeper: &mut Keeper<MemoryStore>| map(keeper, &home(FLAT), &Redaction::none());
        let mut lead = keeper_of(&policy, 1);
        let early = lead.export();
        map(&mut lead);
        let late = lead.export();
        let follower = Keeper::import(MemoryStore::default(), policy.clone(), &late).unwrap();
        let store = Keeper::import(follower.into_store(), policy.clone(), &late).unwrap().into_store();
        // A second lead, which nobody may make of old bytes.
        let (store_of_other, coins) = (MemoryStore::default(), Coins::replayed(2));
        let mut other = Keeper::take_over_with(store_of_other, policy.clone(), &early, coins).unwrap();
        map(&mut other);
        for stale in [early, other.export()] {
            let occupied = KeeperError::Occupied;
            let import = Keeper::import(store.clone(), policy.clone(), &stale);
            assert_eq!(import.unwrap_err(), occupied);
            let take_over = Keeper::take_over(store.clone(), policy.clone(), &stale);
            assert_eq!(take_over.unwrap_err(), occupied);
        }
        lead.new_epoch().unwrap();
        Keeper::import(store, policy, &lead.export()).unwrap();
    }
}
