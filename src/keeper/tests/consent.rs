//! Nothing without consent.

use super::household::{
    Cut, FLAT, NOW, SERVICE, drawn, given, home, keeper, keeper_of, opened, policy, reopened,
};
use crate::Redaction;
use crate::keeper::{
    ConsentError, ConsentRecord, ConsentStatus, Disclosed, DisclosureLog, Keeper, KeeperError, Language,
    MemoryStore, Purpose, Slot, StoreError, UnixTime,
};

#[test]
fn nothing_is_released_without_consent_for_the_very_purpose() {
    let refused = |keeper: &mut Keeper<MemoryStore>, purpose, now| {
        let error = keeper.release(purpose, now).unwrap_err();
        // Once a release is drawn a map fits the key, by which nothing leaves.
        let mapped = keeper.on_map(&home(FLAT), &Redaction::none(), purpose, now);
        assert_eq!(mapped.err(), keeper.state.draw.is_none().then_some(error));
        match error {
            KeeperError::Consent(error) => error,
            error => panic!("{error}"),
        }
    };
    let mut keeper = Keeper::open(MemoryStore::default(), policy()).unwrap();
    assert_eq!(refused(&mut keeper, SERVICE, NOW), ConsentError::Unknown);
    assert_eq!(keeper.withdraw(NOW).unwrap_err(), ConsentError::Unknown.into());
    let no = ConsentRecord::refused("no", "Maker", UnixTime::from_secs(1), UnixTime::from_secs(2_000_000));
    keeper.consent(no.purpose(SERVICE)).unwrap();
    assert_eq!(refused(&mut keeper, SERVICE, NOW), ConsentError::Refused);
    let later = ConsentRecord::given("later", "Maker", NOW.later_by_s(1), NOW.later_by_s(2));
    keeper.consent(later.purpose(SERVICE)).unwrap();
    assert_eq!(refused(&mut keeper, SERVICE, NOW), ConsentError::NotYet);
    keeper.consent(given("yes")).unwrap();
    for purpose in Purpose::ALL.into_iter().filter(|&purpose| purpose != SERVICE) {
        assert_eq!(refused(&mut keeper, purpose, NOW), ConsentError::Purpose(purpose));
    }
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(keeper.consent_status(NOW), ConsentStatus::Given);
    // By name, and then it is allowed.
    let named = given("sell").purpose(Purpose::SellDataToThirdParties).purpose(Purpose::TargetedAdvertising);
    keeper.consent(named).unwrap();
    keeper.release(Purpose::SellDataToThirdParties, NOW).unwrap();
    keeper.release(Purpose::TargetedAdvertising, NOW).unwrap();
    assert_eq!(refused(&mut keeper, Purpose::Marketing, NOW), ConsentError::Purpose(Purpose::Marketing));
}

#[test]
fn a_withdrawn_consent_refuses_at_once_and_is_not_given_again_by_the_same_record() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    keeper.withdraw(NOW).unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    let mut keeper = reopened(keeper);
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    assert_eq!(keeper.consent(given("c")).unwrap_err(), ConsentError::Repeated.into());
    assert_eq!(keeper.consent_record().unwrap().withdrawn_at, Some(NOW));
    keeper.consent(given("d")).unwrap();
    assert!(drawn(&mut keeper, FLAT).is_ok());
    // However many lie between.
    for number in 0..300 {
        let record =
            ConsentRecord { given_at: UnixTime::from_secs(20 + number), ..given(&number.to_string()) };
        keeper.consent(record).unwrap();
        assert_eq!(keeper.consent(given("c")).unwrap_err(), ConsentError::Repeated.into(), "{number}");
    }
}

/// The robot was off for longer than a clock is believed over.
#[test]
fn a_withdrawal_is_of_the_day_on_which_the_owner_withdrew() {
    let mut keeper = keeper(1);
    let end = NOW.later_by_s(1 << 30);
    keeper.consent(ConsentRecord { expires_at: end, ..given("d") }).unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    keeper.save(keeper.state.clone()).unwrap();
    for days in [40, 0] {
        let mut keeper = Keeper::open(keeper.store.clone(), policy()).unwrap();
        let now = NOW.later_by_s(86_400 * days);
        keeper.withdraw(now).unwrap();
        let mut keeper = reopened(keeper);
        assert_eq!(keeper.consent_record().unwrap().withdrawn_at, Some(now));
        // A later word changes nothing.
        keeper.withdraw(now.later_by_s(1)).unwrap();
        assert_eq!(keeper.consent_record().unwrap().withdrawn_at, Some(now));
    }
}

#[test]
fn a_withdrawal_that_could_not_be_stored_refuses_all_the_same_until_a_restart() {
    let store = Cut::new(keeper(5).into_store(), Slot::State, false, 0);
    let mut keeper = Keeper::open(store, policy()).unwrap();
    assert_eq!(keeper.withdraw(NOW).unwrap_err(), StoreError::Failed.into());
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    keeper.store.armed = false;
    keeper.withdraw(NOW).unwrap();
    let mut keeper = reopened(keeper);
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
}

#[test]
fn a_refusal_ends_and_the_owner_may_be_asked_again() {
    let end = UnixTime::from_secs(2_000_000);
    let mut keeper = Keeper::open(MemoryStore::default(), policy()).unwrap();
    keeper.consent(ConsentRecord { refused: true, ..given("no") }).unwrap();
    assert_eq!(keeper.release(SERVICE, NOW).unwrap_err(), ConsentError::Refused.into());
    // One absurd time is no end of it.
    let absurd = UnixTime::from_secs(4_000_000_000);
    assert_eq!(keeper.release(SERVICE, absurd).unwrap_err(), KeeperError::ClockJumped);
    assert_eq!(keeper.consent_status(NOW), ConsentStatus::Refused);
    for now in [end, NOW] {
        assert_eq!(keeper.release(SERVICE, now).unwrap_err(), ConsentError::Expired.into());
        assert_eq!(keeper.consent_status(now), ConsentStatus::Expired);
    }
    keeper.consent(given("yes")).unwrap();
    drawn(&mut keeper, FLAT).unwrap();
}

#[test]
fn a_clock_set_back_does_not_bring_an_expired_consent_back() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    let end = UnixTime::from_secs(2_000_000);
    let late = keeper.release(SERVICE, end).unwrap_err();
    assert_eq!(late, ConsentError::Expired.into());
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Expired.into());
    let mut keeper = reopened(keeper);
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Expired.into());
    assert_eq!(keeper.consent_status(NOW), ConsentStatus::Expired);
    keeper.consent(given("d")).unwrap();
    assert!(drawn(&mut keeper, FLAT).is_ok());
}

#[test]
fn an_absurd_time_ends_no_consent_and_revives_none() {
    let end = UnixTime::from_secs(40_000_000);
    let consent = |id: &str| ConsentRecord { expires_at: end, ..given(id) };
    for absurd in [UnixTime::from_secs(4_000_000_000), UnixTime::from_secs(u64::MAX)] {
        let mut keeper = keeper(1);
        keeper.consent(consent("d")).unwrap();
        drawn(&mut keeper, FLAT).unwrap();
        assert_eq!(keeper.release(SERVICE, absurd).unwrap_err(), KeeperError::ClockJumped);
        // The right time again, before and after a restart.
        assert!(keeper.release(SERVICE, NOW).is_ok());
        assert_eq!(keeper.release(SERVICE, absurd).unwrap_err(), KeeperError::ClockJumped);
        let mut keeper = reopened(keeper);
        assert!(keeper.release(SERVICE, NOW).is_ok());
        // A time far ahead within the consent stops nothing.
        assert!(keeper.release(SERVICE, UnixTime::from_secs(39_000_000)).is_ok());
        assert!(keeper.release(SERVICE, NOW).is_ok());
        // Of two times far ahead the earlier one is past, and the later one not yet.
        let (soon, later) = (UnixTime::from_secs(10_000_000), UnixTime::from_secs(4_000_000_000));
        assert!(keeper.release(SERVICE, soon).is_ok());
        assert_eq!(keeper.release(SERVICE, later).unwrap_err(), KeeperError::ClockJumped);
        assert!(keeper.release(SERVICE, soon).is_ok());
        // Said for an hour it is believed, and then it stays so.
        for now in [end, end, end.later_by_s(3599)] {
            assert_eq!(keeper.release(SERVICE, now).unwrap_err(), KeeperError::ClockJumped);
        }
        assert_eq!(keeper.release(SERVICE, end.later_by_s(3600)).unwrap_err(), ConsentError::Expired.into());
        for now in [NOW, absurd, absurd, soon, UnixTime::default()] {
            assert_eq!(keeper.release(SERVICE, now).unwrap_err(), ConsentError::Expired.into());
        }
        let mut keeper = reopened(keeper);
        assert_eq!(keeper.release(SERVICE, NOW).unwrap_err(), ConsentError::Expired.into());
    }
}

/// What a C program's clock gives where it fails, again and again.
#[test]
fn the_greatest_time_said_twice_at_once_ends_no_consent() {
    let (mut keeper, never) = (keeper(1), UnixTime::from_secs(u64::MAX));
    drawn(&mut keeper, FLAT).unwrap();
    for _ in 0..3 {
        assert_eq!(keeper.release(SERVICE, never).unwrap_err(), KeeperError::ClockJumped);
    }
    keeper.release(SERVICE, NOW).unwrap();
    let mut keeper = reopened(keeper);
    keeper.release(SERVICE, NOW).unwrap();
}

#[test]
fn an_absurd_time_before_a_consent_does_not_count_against_it() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    let (absurd, end) = (UnixTime::from_secs(1_900_000_000), UnixTime::from_secs(1_800_000_000));
    assert_eq!(keeper.release(SERVICE, absurd).unwrap_err(), KeeperError::ClockJumped);
    keeper.consent(ConsentRecord { expires_at: end, ..given("d") }).unwrap();
    // One time past its end is not believed, and there is no earlier one that would agree.
    assert_eq!(keeper.release(SERVICE, absurd.later_by_s(3600)).unwrap_err(), KeeperError::ClockJumped);
    keeper.release(SERVICE, NOW).unwrap();
}

#[test]
fn no_retired_consent_comes_back_and_none_to_come_is_outdated_whatever_their_times() {
    let at = |secs: u64| UnixTime::from_secs(secs);
    let record = |number: u64| ConsentRecord { given_at: at(20 + number), ..given(&number.to_string()) };
    // Replaced before any time was seen.
    let mut keeper = opened(MemoryStore::default(), 1);
    for number in 0..300 {
        keeper.consent(record(number)).unwrap();
    }
    for number in 0..299 {
        assert_eq!(keeper.consent(record(number)).unwrap_err(), ConsentError::Repeated.into(), "{number}");
    }
    // One that says it was given at the end of all time, withdrawn.
    let mut keeper = keeper_of(&policy(), 1);
    let strange = ConsentRecord { given_at: at(u64::MAX - 1), expires_at: at(u64::MAX), ..given("strange") };
    keeper.consent(strange).unwrap();
    keeper.withdraw(NOW).unwrap();
    for number in 0..600 {
        let later = ConsentRecord { given_at: NOW.later_by_s(number), ..record(number) };
        keeper.consent(later).unwrap();
    }
}

/// As JSON may say it; the stored log would be of another purpose, or not be readable.
#[test]
fn a_purpose_that_is_named_twice_counts_once() {
    let mut twice = given("d");
    twice.purposes = vec![Purpose::SellDataToThirdParties, SERVICE, Purpose::SellDataToThirdParties, SERVICE];
    let mut keeper = keeper(1);
    keeper.consent(twice.clone()).unwrap();
    assert_eq!(keeper.consent_record().unwrap().purposes, [SERVICE, Purpose::SellDataToThirdParties]);
    keeper.consent(twice.clone()).unwrap();
    let mut keeper = reopened(keeper);
    keeper.consent(twice.clone()).unwrap();
    let mut log = DisclosureLog::default();
    let _ = log.note_consent(&twice, NOW);
    let bytes = log.to_bytes();
    let restored = DisclosureLog::restored(Some(&bytes), NOW);
    assert_eq!(restored.count_of(Disclosed::LogLost), 0);
    assert_eq!(restored.text(Language::English), log.text(Language::English));
}

#[test]
fn records_that_are_not_valid_are_refused() {
    let build = |record: ConsentRecord| record.check().unwrap_err();
    assert_eq!(build(given("")), ConsentError::Text { field: "record id" });
    assert_eq!(build(given("a\nb")), ConsentError::Text { field: "record id" });
    assert_eq!(build(given("c").recipient("x".repeat(201))), ConsentError::Text { field: "recipient" });
    assert_eq!(build(given("c").notice("x".repeat(201), "")), ConsentError::Text { field: "notice" });
    assert_eq!(build((0..17).fold(given("c"), |r, _| r.recipient("x"))), ConsentError::Recipients);
    assert_eq!(build(ConsentRecord::given("c", "Maker", NOW, NOW).purpose(SERVICE)), ConsentError::Times);
    assert_eq!(build(ConsentRecord::given("c", "Maker", NOW, NOW.later_by_s(1))), ConsentError::NoPurpose);
    // Read from JSON, a record is checked when it is given.
    let mut json = serde_json::to_value(given("c")).unwrap();
    assert_eq!(json["purposes"][0], "RequestedServiceProvision");
    json["purposes"] = Vec::<u8>::new().into();
    let record = serde_json::from_value(json).unwrap();
    assert_eq!(keeper(1).consent(record).unwrap_err(), ConsentError::NoPurpose.into());
    assert_eq!(serde_json::to_string(&ConsentStatus::Withdrawn).unwrap(), "\"ConsentWithdrawn\"");
    for purpose in Purpose::ALL {
        assert_eq!(serde_json::to_string(&purpose).unwrap(), format!("\"{purpose}\""));
    }
}
