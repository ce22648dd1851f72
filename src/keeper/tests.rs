use proptest::prelude::*;

use super::{
    ConsentError, ConsentRecord, ConsentStatus, Keeper, KeeperError, MemoryStore, Purpose, Slot, Store,
    StoreError, UnixTime,
};
use crate::home::{Footprint, Home};
use crate::key::AreaId;
use crate::{BlobError, Coins, MappedFloor, Odds, Policy, Redaction, Release};

const SERVICE: Purpose = Purpose::RequestedServiceProvision;
const NOW: UnixTime = UnixTime::from_secs(1_000_000);

const FLAT: &str = "
    ##############
    #aaaaaabbbbbb#
    #aAaaaabbbbbb#
    #aaaaaabbbbbb#
    #ccccccdddddd#
    #ccccccdddddd#
    #ccccccdddddd#
    ##############
";
const OTHER: &str = "
    aaaaaaaaaaa
    aAaaaaaaaaa
    aaaaaaaaaaa
";

fn home(drawing: &str) -> Home {
    let footprint = Footprint::disc_m(0.1).unwrap();
    Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap()
}

fn odds(p: u32) -> Odds {
    Odds::new(p, 1).unwrap()
}

fn policy() -> Policy {
    Policy::builder().odds(odds(2)).odds_cap(odds(4)).build().unwrap()
}

fn given(id: &str) -> ConsentRecord {
    ConsentRecord::given(id, "Maker", UnixTime::from_secs(10), UnixTime::from_secs(2_000_000))
        .purpose(SERVICE)
}

fn keeper(seed: u64) -> Keeper<MemoryStore> {
    let mut keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(seed)).unwrap();
    keeper.consent(given("c")).unwrap();
    keeper
}

fn drawn<S: Store>(keeper: &mut Keeper<S>, drawing: &str) -> Result<Release, KeeperError> {
    keeper.release(&home(drawing), &Redaction::none(), SERVICE, NOW)
}

#[test]
fn odds_multiply_over_epochs_and_stop_at_the_cap() {
    let mut keeper = keeper(1);
    for spent in [2, 4] {
        let release = drawn(&mut keeper, FLAT).unwrap();
        assert_eq!(release.certificate().odds_spent, odds(spent));
        release.verify_under(&policy()).unwrap();
        keeper.new_epoch().unwrap();
        assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
    }
    let error = KeeperError::Cap { spent: odds(4), asked: odds(2), cap: odds(4) };
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), error);
    for figure in ["4 are spent", "2 asked", "cap of 4"] {
        assert!(error.to_string().contains(figure), "{error}");
    }
}

/// A store whose saves of one slot fail, before or after they take effect, as a power cut may.
struct Cut {
    inner: MemoryStore,
    at: Slot,
    saves: bool,
    armed: bool,
}

impl Store for Cut {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let cut = self.armed && slot == self.at;
        if self.saves || !cut {
            self.inner.save(slot, blob)?;
        }
        if cut { Err(StoreError::Failed) } else { Ok(()) }
    }
}

#[test]
fn a_power_cut_at_state_or_key_lets_nothing_out_and_draws_once() {
    for (saves, at) in [(false, Slot::State), (true, Slot::State), (false, Slot::Key { floor: 0 })] {
        let store = Cut { inner: keeper(5).into_store(), at, saves, armed: true };
        let mut keeper = Keeper::open_with(store, policy(), Coins::replayed(5)).unwrap();
        assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), StoreError::Failed.into());
        assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
        let mut store = keeper.into_store();
        store.armed = false;
        let mut keeper = Keeper::open_with(store, policy(), Coins::replayed(6)).unwrap();
        let release = drawn(&mut keeper, FLAT).unwrap();
        let mut keeper = Keeper::open_with(keeper.into_store(), policy(), Coins::replayed(7)).unwrap();
        assert_eq!(drawn(&mut keeper, OTHER).unwrap(), release);
        assert_eq!(keeper.spent(), odds(2));
    }
}

/// A store that fails gets no other seed to choose from.
#[test]
fn a_second_try_takes_the_same_coins() {
    let store = Cut { inner: keeper(5).into_store(), at: Slot::State, saves: false, armed: true };
    let mut one = Keeper::open_with(store, policy(), Coins::replayed(5)).unwrap();
    for _ in 0..3 {
        drawn(&mut one, FLAT).unwrap_err();
    }
    one.store.armed = false;
    drawn(&mut one, FLAT).unwrap();
    let mut other = Keeper::open_with(keeper(5).into_store(), policy(), Coins::replayed(5)).unwrap();
    drawn(&mut other, FLAT).unwrap();
    let seed = |keeper: &super::ledger::State| keeper.record.as_ref().unwrap().seed;
    assert_eq!(seed(&one.state), seed(&other.state));
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
    assert_eq!(open(&bytes, Policy::sealed()).unwrap_err(), KeeperError::Policy);
    assert!(open(&bytes, policy()).is_ok());
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
    let rooms = [crate::home::RoomId::new(0), crate::home::RoomId::new(1)];
    one.edit_key(0, |key| key.bind_rooms(AreaId::new(3), &home(FLAT), &rooms)).unwrap().unwrap();
    let bytes = one.key().unwrap().to_secret_bytes();
    let mut again = Keeper::open(one.into_store(), policy()).unwrap();
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
    }
    // A key of an earlier epoch does not count, nor does one of another household.
    again.store.save(slot, &blob).unwrap();
    let mut next = Keeper::open(again.store.clone(), policy()).unwrap();
    next.new_epoch().unwrap();
    let next = Keeper::open(next.into_store(), policy()).unwrap();
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

#[test]
fn nothing_is_released_without_consent_for_the_very_purpose() {
    let refused = |keeper: &mut Keeper<MemoryStore>, purpose, now| {
        let result = keeper.release(&home(FLAT), &Redaction::none(), purpose, now);
        match result.unwrap_err() {
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
    keeper.release(&home(FLAT), &Redaction::none(), Purpose::SellDataToThirdParties, NOW).unwrap();
    keeper.release(&home(FLAT), &Redaction::none(), Purpose::TargetedAdvertising, NOW).unwrap();
    assert_eq!(refused(&mut keeper, Purpose::Marketing, NOW), ConsentError::Purpose(Purpose::Marketing));
}

#[test]
fn a_withdrawn_consent_refuses_at_once_and_is_not_given_again_by_the_same_record() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    keeper.withdraw(NOW).unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    let mut keeper = Keeper::open(keeper.into_store(), policy()).unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    assert_eq!(keeper.consent(given("c")).unwrap_err(), ConsentError::Repeated.into());
    assert_eq!(keeper.consent_record().unwrap().withdrawn_at, Some(NOW));
    keeper.consent(given("d")).unwrap();
    assert!(drawn(&mut keeper, FLAT).is_ok());
}

#[test]
fn a_withdrawal_that_could_not_be_stored_refuses_all_the_same_until_a_restart() {
    let store = Cut { inner: keeper(5).into_store(), at: Slot::State, saves: false, armed: true };
    let mut keeper = Keeper::open(store, policy()).unwrap();
    assert_eq!(keeper.withdraw(NOW).unwrap_err(), StoreError::Failed.into());
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    keeper.store.armed = false;
    keeper.withdraw(NOW).unwrap();
    let mut keeper = Keeper::open(keeper.into_store(), policy()).unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
}

#[test]
fn a_clock_set_back_does_not_bring_an_expired_consent_back() {
    let mut keeper = keeper(1);
    drawn(&mut keeper, FLAT).unwrap();
    let end = UnixTime::from_secs(2_000_000);
    let late = keeper.release(&home(FLAT), &Redaction::none(), SERVICE, end).unwrap_err();
    assert_eq!(late, ConsentError::Expired.into());
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Expired.into());
    let mut keeper = Keeper::open(keeper.into_store(), policy()).unwrap();
    assert_eq!(drawn(&mut keeper, FLAT).unwrap_err(), ConsentError::Expired.into());
    assert_eq!(keeper.consent_status(NOW), ConsentStatus::Expired);
    keeper.consent(given("d")).unwrap();
    assert!(drawn(&mut keeper, FLAT).is_ok());
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

fn duplex() -> Policy {
    Policy::builder().odds(odds(2)).odds_cap(odds(16)).floors(2).build().unwrap()
}

#[test]
fn floors_are_drawn_apart_and_charged_whether_they_are_there_or_not() {
    let (flat, other, none) = (home(FLAT), home(OTHER), Redaction::none());
    let [below, above] = [&flat, &other].map(|home| Some(MappedFloor::new(home, &none)));
    for floors in [[below, above], [below, None], [None, None]] {
        let mut keeper = Keeper::open_with(MemoryStore::default(), duplex(), Coins::replayed(1)).unwrap();
        keeper.consent(given("c")).unwrap();
        let release = keeper.release_floors(&floors, SERVICE, NOW).unwrap();
        release.verify_under(&duplex()).unwrap();
        let certificate = release.certificate();
        assert_eq!((certificate.odds, certificate.floors, certificate.odds_spent), (odds(2), 2, odds(4)));
        assert!((certificate.epsilon_upper - 1.386_295).abs() < 2e-6);
        let json = release.to_json();
        assert!(json.contains("\"version\":2") && json.contains("\"floors\":2"));
        assert!(Release::from_json(json.as_bytes()).unwrap() == release);
        assert_eq!(
            Release::from_json(json.replacen("\"version\":2", "\"version\":1", 1).as_bytes()),
            Err(crate::release::ReleaseError::Version)
        );
        assert!(
            Release::from_json(json.replacen("\"floors\":2", "\"floors\":3", 1).as_bytes())
                .unwrap()
                .verify()
                .is_err()
        );
        assert_eq!(release.verify_under(&policy()).unwrap_err(), crate::release::ReleaseError::Policy);
        // A floor mapped later gets its key on the plan that is drawn.
        let same = keeper.release_floors(&[None, above], SERVICE, NOW).unwrap();
        assert!(same == release);
        assert!(keeper.key_of(1).is_ok());
        assert_eq!(keeper.key_of(0).is_ok(), floors[0].is_some());
        let keeper = Keeper::open(keeper.into_store(), duplex()).unwrap();
        assert!(keeper.key_of(1).is_ok() && keeper.key_of(0).is_ok() == floors[0].is_some());
        assert_eq!(keeper.spent(), odds(4));
    }
    let mut keeper = Keeper::open(MemoryStore::default(), duplex()).unwrap();
    keeper.consent(given("c")).unwrap();
    let error = keeper.release(&flat, &none, SERVICE, NOW).unwrap_err();
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
    let mut follower = Keeper::import(follower.into_store(), policy(), &lead.export()).unwrap();
    assert_eq!(drawn(&mut follower, FLAT).unwrap_err(), ConsentError::Withdrawn.into());
    follower.consent(given("d")).unwrap();
    assert!(drawn(&mut follower, FLAT).unwrap() == second);
    let older = Keeper::import(follower.into_store(), policy(), &bytes);
    assert_eq!(older.unwrap_err(), KeeperError::Occupied);
    // A household is not written over by another one.
    assert_eq!(Keeper::import(keeper(3).into_store(), policy(), &bytes).unwrap_err(), KeeperError::Occupied);
    // A robot that replaces another goes on where that one stopped.
    let mut heir = Keeper::take_over(MemoryStore::default(), policy(), &lead.export()).unwrap();
    assert!(drawn(&mut heir, OTHER).unwrap() == second);
    heir.new_epoch().unwrap();
    assert!(matches!(drawn(&mut heir, FLAT).unwrap_err(), KeeperError::Cap { .. }));
    assert_eq!(Keeper::import(MemoryStore::default(), duplex(), &bytes).unwrap_err(), KeeperError::Policy);
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
        use sha2::{Digest, Sha256};
        let mut lead = keeper(1);
        drawn(&mut lead, FLAT).unwrap();
        let mut bytes = lead.into_store().load(Slot::State).unwrap().unwrap();
        bytes[at] = byte;
        let content = bytes.len() - 32;
        let sum = Sha256::digest(&bytes[..content]);
        bytes[content..].copy_from_slice(&sum);
        let mut store = MemoryStore::default();
        store.save(Slot::State, &bytes).unwrap();
        if let Ok(mut opened) = Keeper::open(store, policy()) {
            let _ = drawn(&mut opened, FLAT);
        }
    }
}
