//! Several floors, several robots, and bytes from elsewhere.

use proptest::prelude::*;

use super::household::{
    FLAT, NOW, OTHER, SERVICE, bar, drawn, follower_of, given, home, imported, keeper, keeper_of, odds,
    policy, reopened, sealed_again, wall,
};
use crate::keeper::{ConsentError, ConsentRecord, Keeper, KeeperError, MemoryStore, Slot, Store, UnixTime};
use crate::release::ReleaseError;
use crate::{BlobError, Coins, MappedFloor, Odds, Policy, Redaction, Release};

fn duplex() -> Policy {
    Policy::builder().odds(odds(2)).odds_cap(odds(16)).floors(2).build().unwrap()
}

#[test]
fn floors_are_drawn_apart_and_charged_whether_they_are_there_or_not() {
    let (flat, other, none) = (home(FLAT), home(OTHER), Redaction::none());
    let [below, above] = [&flat, &other].map(|home| Some(MappedFloor::new(home, &none)));
    for floors in [[below, above], [below, None], [None, None]] {
        let mut keeper = keeper_of(&duplex(), 1);
        keeper.on_maps(&floors, SERVICE, NOW).unwrap();
        let release = keeper.release(SERVICE, NOW).unwrap();
        release.verify_under(&duplex()).unwrap();
        let certificate = release.certificate();
        assert_eq!((certificate.odds, certificate.floors, certificate.odds_spent), (odds(2), 2, odds(4)));
        assert!((certificate.epsilon_upper - 1.386_295).abs() < 2e-6);
        let json = release.to_json();
        assert!(json.contains("\"version\":2") && json.contains("\"floors\":2"));
        assert!(Release::from_json(json.as_bytes()).unwrap() == release);
        let changed = |from: &str, to: &str| Release::from_json(json.replacen(from, to, 1).as_bytes());
        assert_eq!(changed("\"version\":2", "\"version\":1"), Err(ReleaseError::Version));
        assert!(changed("\"floors\":2", "\"floors\":3").unwrap().verify().is_err());
        assert_eq!(release.verify_under(&policy()).unwrap_err(), ReleaseError::Policy);
        // A floor mapped later gets its key on the plan that is drawn.
        keeper.on_maps(&[None, above], SERVICE, NOW).unwrap();
        assert!(keeper.release(SERVICE, NOW).unwrap() == release);
        assert!(keeper.key_of(1).is_ok());
        assert_eq!(keeper.key_of(0).is_ok(), floors[0].is_some());
        let keeper = Keeper::open(keeper.into_store(), duplex()).unwrap();
        assert!(keeper.key_of(1).is_ok() && keeper.key_of(0).is_ok() == floors[0].is_some());
        assert_eq!(keeper.spent(), odds(4));
    }
    let mut keeper = Keeper::open(MemoryStore::default(), duplex()).unwrap();
    keeper.consent(given("c")).unwrap();
    let error = keeper.on_map(&flat, &none, SERVICE, NOW).unwrap_err();
    assert_eq!(error, KeeperError::Anonymize(crate::AnonymizeError::Floors));
    assert_eq!(keeper.spent(), Odds::SEALED);
}

/// A floor that is not there is drawn as the fixed ranking of a home with nothing in it: coin by coin the law of
/// a home, whose odds against any other are λ at most.
#[test]
fn a_floor_that_is_not_there_is_drawn_by_the_channels_law() {
    let (flat, none) = (home(FLAT), Redaction::none());
    let policy = duplex();
    let book = policy.codebook();
    let (plans, preferred) = (u32::try_from(book.plans().len()).unwrap(), book.preferred());
    let sides = crate::noise::Channel::new(plans, preferred, odds(2)).unwrap().denominator();
    let law = |floors: &[Option<MappedFloor<'_>>]| {
        let mut law = std::collections::BTreeMap::<String, u64>::new();
        for coins in (0..sides).flat_map(|a| (0..sides).map(move |b| vec![a, b])) {
            let mut coins = Coins::scripted(coins);
            let grant = crate::Grant::unaccounted();
            let release = crate::anonymize_floors(floors, &policy, grant, &mut coins).unwrap().0;
            *law.entry(release.to_json()).or_default() += 1;
        }
        law
    };
    let floor = Some(MappedFloor::new(&flat, &none));
    let laws = [law(&[floor, floor]), law(&[floor, None]), law(&[None, floor]), law(&[None, None])];
    for one in &laws {
        assert_eq!(one.len(), (plans * plans) as usize);
        for other in &laws {
            assert!(one.iter().all(|(release, weight)| *weight <= 4 * other[release]));
        }
    }
}

#[test]
fn a_second_robot_gives_out_the_same_release_and_spends_nothing() {
    let mut lead = keeper(1);
    let early = lead.export();
    let release = drawn(&mut lead, FLAT).unwrap();
    let bytes = lead.export();
    let mut follower = Keeper::import(MemoryStore::default(), policy(), &bytes).unwrap();
    assert!(follower.key().unwrap().to_secret_bytes() == lead.key().unwrap().to_secret_bytes());
    assert!(drawn(&mut follower, OTHER).unwrap() == release);
    assert_eq!(follower.new_epoch().unwrap_err(), KeeperError::Follower);
    // One that follows a lead which has not drawn waits.
    let mut waiting = Keeper::import(MemoryStore::default(), policy(), &early).unwrap();
    assert_eq!(drawn(&mut waiting, FLAT).unwrap_err(), KeeperError::Follower);
    // The lead's next epoch comes over; a state that is older does not; a withdrawal stays.
    lead.new_epoch().unwrap();
    let second = drawn(&mut lead, FLAT).unwrap();
    follower.withdraw(NOW).unwrap();
    let mut follower = imported(follower.into_store(), &lead);
    assert_eq!(drawn(&mut follower, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    follower.consent(given("d")).unwrap();
    assert!(drawn(&mut follower, FLAT).unwrap() == second);
    // Nor does it come back when the same state comes over again: "d" stands, and "c" never counts again.
    let mut follower = imported(follower.into_store(), &lead);
    assert_eq!(follower.consent_record().unwrap().record_id, "d");
    assert_eq!(follower.consent(given("c")).unwrap_err(), ConsentError::Repeated.into());
    // What the owner says later to the lead counts on both.
    lead.consent(given("e")).unwrap();
    let mut follower = imported(follower.into_store(), &lead);
    assert_eq!(follower.consent_record().unwrap().record_id, "e");
    for id in ["c", "d"] {
        assert_eq!(follower.consent(given(id)).unwrap_err(), ConsentError::Repeated.into());
    }
    // Where each has retired the other's, none counts, and the owner is asked.
    for (robot, ids) in [(&mut follower, ["f", "g"]), (&mut lead, ["g", "f"])] {
        for id in ids {
            robot.consent(given(id)).unwrap();
        }
    }
    let mut follower = imported(follower.into_store(), &lead);
    assert_eq!(drawn(&mut follower, FLAT).unwrap_err(), ConsentError::Unknown.into());
    let older = Keeper::import(follower.into_store(), policy(), &bytes);
    assert_eq!(older.unwrap_err(), KeeperError::Occupied);
    // A household is not written over by another one.
    let mut own = keeper(3);
    drawn(&mut own, FLAT).unwrap();
    assert_eq!(Keeper::import(own.into_store(), policy(), &bytes).unwrap_err(), KeeperError::Occupied);
    // A follower that takes over keeps what its owner said, also where the power was cut in between and it tries again.
    let mut follower = follower_of(&lead);
    follower.consent(given("own")).unwrap();
    let mut heir = follower.into_store();
    for _ in 0..2 {
        let taken = Keeper::take_over(heir, policy(), &lead.export()).unwrap();
        assert_eq!(taken.consent_record().unwrap().record_id, "own");
        heir = taken.into_store();
    }
    // A robot that replaces another goes on where that one stopped.
    let mut heir = Keeper::take_over(MemoryStore::default(), policy(), &lead.export()).unwrap();
    assert!(drawn(&mut heir, OTHER).unwrap() == second);
    heir.new_epoch().unwrap();
    assert_eq!(drawn(&mut heir, FLAT).unwrap().certificate().odds, Odds::SEALED);
    // A follower with a newer policy gives out what the lead drew.
    let mut newer = Keeper::import(MemoryStore::default(), duplex(), &bytes).unwrap();
    assert!(drawn(&mut newer, OTHER).unwrap() == release);
}

/// It may have been switched on, asked the owner, and looked at its clock for weeks: it is the household's second robot
/// all the same.
#[test]
fn a_robot_that_has_drawn_nothing_becomes_a_follower_or_an_heir() {
    let mut lead = keeper(1);
    let release = drawn(&mut lead, FLAT).unwrap();
    // Nobody has consented: nothing is stored.
    let mut idle = Keeper::open(MemoryStore::default(), policy()).unwrap();
    for days in 0..90 {
        let now = NOW.later_by_s(86_400 * days);
        assert_eq!(idle.release(SERVICE, now).unwrap_err(), ConsentError::Unknown.into());
    }
    let mut idle = idle.into_store();
    assert!(idle.load(Slot::State).unwrap().is_none());
    // The owner was asked there too: what was said is merged.
    let asked = || {
        let mut asked = Keeper::open(MemoryStore::default(), policy()).unwrap();
        asked.consent(given("own")).unwrap();
        asked.into_store()
    };
    let withdrawn = || {
        let mut keeper = Keeper::open(asked(), policy()).unwrap();
        keeper.consent(given("c")).unwrap();
        keeper.withdraw(NOW).unwrap();
        keeper.into_store()
    };
    let bytes = lead.export();
    for store in [idle, asked()] {
        for taken in [
            Keeper::import(store.clone(), policy(), &bytes),
            Keeper::take_over(store.clone(), policy(), &bytes),
        ] {
            let mut taken = taken.unwrap();
            assert!(taken.release(SERVICE, NOW).unwrap() == release);
            assert_eq!(taken.spent(), odds(2));
        }
    }
    let mut follower = Keeper::import(withdrawn(), policy(), &bytes).unwrap();
    assert_eq!(follower.release(SERVICE, NOW).unwrap_err(), ConsentError::Withdrawn.into());
    // One that has opened an epoch, or began on a lost ledger, is a household of its own.
    let mut other = keeper(3);
    other.new_epoch().unwrap();
    assert_eq!(Keeper::import(other.into_store(), policy(), &bytes).unwrap_err(), KeeperError::Occupied);
    let begun = Keeper::start_over(MemoryStore::default(), policy(), Coins::replayed(1)).unwrap();
    assert_eq!(Keeper::import(begun.into_store(), policy(), &bytes).unwrap_err(), KeeperError::Occupied);
}

/// Else no consent would ever count again: each later one would be one that was given before the last retired.
#[test]
fn a_consent_from_the_end_of_time_outdates_none_on_another_robot_either() {
    let far = UnixTime::from_secs(u64::MAX - 1);
    let strange =
        || ConsentRecord { given_at: far, expires_at: UnixTime::from_secs(u64::MAX), ..given("strange") };
    let mut lead = keeper(1);
    drawn(&mut lead, FLAT).unwrap();
    let mut follower = follower_of(&lead);
    follower.consent(strange()).unwrap();
    lead.consent(given("d")).unwrap();
    let merged = imported(follower.into_store(), &lead);
    // And where the follower's state is lost, of the lead's record.
    lead.consent(strange()).unwrap();
    let mut store = MemoryStore::default();
    store.save(Slot::Key { floor: 0 }, b"left").unwrap();
    let forgotten = imported(store, &lead);
    for mut follower in [merged, forgotten] {
        assert_eq!(follower.consent(strange()).unwrap_err(), ConsentError::Repeated.into());
        for number in 0..600 {
            let record = ConsentRecord { given_at: NOW.later_by_s(number), ..given(&number.to_string()) };
            follower.consent(record).unwrap();
        }
    }
}

/// Its own state says nothing any more, so that it spends nothing and the owner is asked.
#[test]
fn a_follower_whose_state_is_damaged_or_lost_imports_again_and_asks_the_owner() {
    let damaged = |mut store: MemoryStore| {
        store.save(Slot::State, b"damaged").unwrap();
        store
    };
    // Its keys are left.
    let lost = |mut store: MemoryStore| {
        let (mut left, slot) = (MemoryStore::default(), Slot::Key { floor: 0 });
        left.save(slot, &store.load(slot).unwrap().unwrap()).unwrap();
        left
    };
    let cases: [(&dyn Fn(MemoryStore) -> MemoryStore, KeeperError); 2] =
        [(&damaged, KeeperError::State(BlobError::Length)), (&lost, KeeperError::StateLost)];
    for (without_state, refused) in cases {
        let mut lead = keeper(1);
        let release = drawn(&mut lead, FLAT).unwrap();
        let mut follower = follower_of(&lead);
        follower.withdraw(NOW).unwrap();
        let mut store = without_state(follower.into_store());
        assert_eq!(Keeper::open(store.clone(), policy()).unwrap_err(), refused);
        let taken = Keeper::take_over(store.clone(), policy(), &lead.export());
        assert_eq!(taken.unwrap_err(), refused, "a lead may have spent more");
        for _ in 0..2 {
            let mut follower = imported(store, &lead);
            assert_eq!(drawn(&mut follower, FLAT).unwrap_err(), ConsentError::Unknown.into());
            assert_eq!(follower.consent(given("c")).unwrap_err(), ConsentError::Repeated.into());
            follower.consent(given("d")).unwrap();
            assert!(drawn(&mut follower, OTHER).unwrap() == release);
            store = without_state(follower.into_store());
        }
    }
}

/// Each robot has a clock of its own, and what it showed before a consent was given plays no part in that consent.
#[test]
fn a_clock_that_was_wrong_on_one_robot_ends_no_consent_that_was_given_on_the_other_since() {
    let late = UnixTime::from_secs(2_000_000);
    let expired = |keeper: &mut Keeper<MemoryStore>| {
        assert_eq!(keeper.release(SERVICE, late).unwrap_err(), ConsentError::Expired.into());
    };
    let mut lead = keeper(1);
    let release = drawn(&mut lead, FLAT).unwrap();
    let mut follower = follower_of(&lead);
    expired(&mut follower);
    // The same consent: it has ended, on whichever robot.
    let mut follower = imported(follower.into_store(), &lead);
    assert_eq!(follower.release(SERVICE, NOW).unwrap_err(), ConsentError::Expired.into());
    // Another one, given on the lead.
    lead.consent(given("e")).unwrap();
    let mut follower = imported(follower.into_store(), &lead);
    assert!(follower.release(SERVICE, NOW).unwrap() == release);
    // Another one, given on the follower, also where it takes over and the power is cut in between.
    expired(&mut lead);
    follower.consent(given("own")).unwrap();
    let mut store = follower.into_store();
    for _ in 0..2 {
        let mut follower = imported(store, &lead);
        assert!(follower.release(SERVICE, NOW).unwrap() == release);
        store = follower.into_store();
    }
    for _ in 0..2 {
        let mut heir = Keeper::take_over(store, policy(), &lead.export()).unwrap();
        assert!(heir.release(SERVICE, NOW).unwrap() == release);
        store = heir.into_store();
    }
}

/// A withdrawal, say, is passed on by another import.
#[test]
fn an_import_in_the_same_epoch_leaves_a_follower_its_own_key() {
    let mut lead = keeper(1);
    drawn(&mut lead, FLAT).unwrap();
    let mut follower = follower_of(&lead);
    drawn(&mut follower, OTHER).unwrap();
    bar(&mut follower, &wall());
    let own = follower.key().unwrap().to_secret_bytes();
    let mut follower = imported(follower.into_store(), &lead);
    assert!(follower.key().unwrap().to_secret_bytes() == own);
    // A key that cannot be read, and one of an earlier epoch, are replaced.
    follower.store.save(Slot::Key { floor: 0 }, b"damaged").unwrap();
    let follower = imported(follower.into_store(), &lead);
    let is_the_leads = |follower: &Keeper<MemoryStore>, lead: &Keeper<MemoryStore>| {
        follower.key().unwrap().to_secret_bytes() == lead.key().unwrap().to_secret_bytes()
    };
    assert!(is_the_leads(&follower, &lead));
    lead.new_epoch().unwrap();
    drawn(&mut lead, FLAT).unwrap();
    let follower = imported(follower.into_store(), &lead);
    assert!(is_the_leads(&follower, &lead));
}

/// Also where the robot was not started again in between.
#[test]
fn a_floor_that_a_policy_gave_up_and_another_one_takes_back_has_its_marks() {
    let (flat, none) = (home(FLAT), Redaction::none());
    let floor = Some(MappedFloor::new(&flat, &none));
    let mut keeper = keeper_of(&duplex(), 1);
    keeper.on_maps(&[floor, floor], SERVICE, NOW).unwrap();
    keeper.edit_key(1, |key| key.bar(&wall())).unwrap().unwrap();
    let mut keeper = reopened(keeper);
    keeper.new_epoch().unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    for restarts in [false, true] {
        let mut keeper = Keeper::open(keeper.store.clone(), duplex()).unwrap();
        keeper.new_epoch().unwrap();
        if restarts {
            keeper = Keeper::open(keeper.into_store(), duplex()).unwrap();
        }
        keeper.on_maps(&[floor, floor], SERVICE, NOW).unwrap();
        let marks = [0, 1].map(|floor| keeper.key_of(floor).unwrap().marks().len());
        assert_eq!(marks, [0, 1], "{restarts}");
    }
}

proptest! {
    #[test]
    fn damaged_exports_are_refused(at: u16, byte: u8, cut: u16) {
        let mut lead = keeper(1);
        drawn(&mut lead, OTHER).unwrap();
        let bytes = lead.export();
        let mut damaged = bytes.to_vec();
        let at = usize::from(at) % damaged.len();
        damaged[at] = damaged[at].wrapping_add(byte);
        let import = |bytes: &[u8]| Keeper::import(MemoryStore::default(), policy(), bytes).map(|_| ());
        match import(&damaged) {
            Ok(()) => prop_assert_eq!(byte, 0),
            Err(error) => prop_assert!(matches!(error, KeeperError::HandOver(_)) && byte != 0),
        }
        prop_assert_eq!(import(&bytes[..usize::from(cut) % bytes.len()]), Err(KeeperError::HandOver(BlobError::Length)));
    }

    /// Bytes with a good checksum, so that what follows it is read.
    #[test]
    fn made_up_states_do_not_panic(at in 0..600_usize, byte: u8) {
        let mut lead = keeper(1);
        drawn(&mut lead, FLAT).unwrap();
        let mut bytes = lead.into_store().load(Slot::State).unwrap().unwrap();
        bytes[at] = byte;
        sealed_again(&mut bytes);
        let mut store = MemoryStore::default();
        store.save(Slot::State, &bytes).unwrap();
        if let Ok(mut opened) = Keeper::open(store, policy()) {
            let _ = drawn(&mut opened, FLAT);
        }
    }
}
