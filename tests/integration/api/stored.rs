//! States that earlier versions stored, as bytes that are kept for ever: each gives the release that it gave then.

use std::path::{Path, PathBuf};

use crate::blobs::of_version;
use crate::drawings::{self, FOUR_ROOMS};
use crate::props::noisy;
use homeveil::atlas::ZoneId;
use homeveil::home::{Home, RoomId};
use homeveil::keeper::{
    ConsentRecord, KeeperError, MemoryStore, Message, Outbox, Purpose, Slot, Store, UnixTime,
};
use homeveil::{BlobError, Coins, Grant, HouseKey, Keeper, Odds, Policy, Redaction, anonymize};
use nalgebra::{Isometry2, Point2};

pub(super) const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);
pub(super) const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

pub(super) fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/golden").join(name)
}

pub(super) fn read(name: &str) -> Vec<u8> {
    std::fs::read(golden(name)).unwrap()
}

pub(super) fn home() -> Home {
    drawings::home(FOUR_ROOMS)
}

/// λ = 64, so that a draw made again would most likely be another one, and a cap of two of them.
pub(super) fn policy() -> Policy {
    let odds = |p| Odds::new(p, 1).unwrap();
    Policy::builder().odds(odds(64)).odds_cap(odds(4096)).build().unwrap()
}

fn store(state: &[u8], key: Option<&[u8]>) -> MemoryStore {
    let mut store = MemoryStore::default();
    store.save(Slot::State, state).unwrap();
    if let Some(key) = key {
        store.save(Slot::Key { floor: 0 }, key).unwrap();
    }
    store
}

/// Opens it, as the robot does after each of two updates, and gives the release both times.
fn reissued(state: &[u8], key: Option<&[u8]>) -> (Keeper<MemoryStore>, String) {
    let mut keeper = Keeper::open_with(store(state, key), policy(), Coins::replayed(1)).unwrap();
    let first = keeper.release(PURPOSE, NOW).unwrap().to_json();
    let newer = Policy::builder().zones(3).odds_cap(Odds::new(1 << 20, 1).unwrap()).build().unwrap();
    let mut keeper = Keeper::open_with(keeper.into_store(), newer, Coins::replayed(2)).unwrap();
    keeper.on_map(&home(), &Redaction::none(), PURPOSE, NOW).unwrap();
    assert_eq!(keeper.release(PURPOSE, NOW).unwrap().to_json(), first);
    (keeper, first)
}

#[test]
fn a_state_of_version_3_gives_its_release_and_its_key_stays() {
    let (state, key) = (read("state_version_3.bin"), read("key_of_state_version_3.bin"));
    let (keeper, release) = reissued(&state, Some(&key));
    assert_eq!(release.into_bytes(), read("release_of_state_version_3.json"));
    assert_eq!(keeper.spent(), Odds::new(64, 1).unwrap());
    // The key was fitted to the map and not made again.
    assert!(keeper.refit_of(0).is_ok_and(|refit| refit.recognized));
    // Its record does not say what the policy was.
    let other = Keeper::open_with(store(&state, None), noisy(), Coins::replayed(1));
    assert_eq!(other.unwrap_err(), KeeperError::Policy);
}

/// Their codebooks were never shipped, so nobody can draw again what they drew. The ledger and the consent stay, and
/// the epoch is sealed.
#[test]
fn states_of_versions_1_and_2_keep_their_ledger_and_are_sealed() {
    for (version, spent) in [(1, 2), (2, 64)] {
        let state = read(&format!("state_version_{version}.bin"));
        let mut keeper = Keeper::open_with(store(&state, None), policy(), Coins::replayed(1)).unwrap();
        assert_eq!(keeper.consent_record().is_some(), version == 2);
        if version == 1 {
            let record = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400));
            keeper.consent(record.purpose(PURPOSE)).unwrap();
        }
        let release = keeper.release(PURPOSE, NOW).unwrap();
        let certificate = release.verify().unwrap();
        assert_eq!((certificate.plans, certificate.odds), (1, Odds::SEALED));
        assert_eq!(keeper.spent(), Odds::new(spent, 1).unwrap());
        keeper.on_map(&home(), &Redaction::none(), PURPOSE, NOW).unwrap();
        assert!(keeper.key().is_ok() && keeper.release(PURPOSE, NOW).unwrap() == release);
        keeper.new_epoch().unwrap();
        keeper.on_map(&home(), &Redaction::none(), PURPOSE, NOW).unwrap();
        assert!(keeper.release(PURPOSE, NOW).unwrap().verify_under(&policy()).is_ok());
    }
}

/// Once as recorded, before the draw, and once as drawn. `UPDATE_GOLDEN=1` writes them where there are none.
#[test]
fn states_of_version_4_give_their_release() {
    for (name, spared) in [("recorded", 1), ("drawn", 2)] {
        let path = golden(&format!("state_version_4_{name}.bin"));
        if !path.exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
            let mut store = Spared { inner: MemoryStore::default(), spared: 1 + spared };
            let mut keeper = Keeper::open_with(&mut store, policy(), Coins::replayed(5)).unwrap();
            let record = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400));
            keeper.consent(record.purpose(PURPOSE)).unwrap();
            let _ = keeper.on_map(&home(), &Redaction::none(), PURPOSE, NOW);
            std::fs::write(&path, store.inner.load(Slot::State).unwrap().unwrap()).unwrap();
        }
        let (keeper, release) = reissued(&std::fs::read(&path).unwrap(), None);
        assert_eq!(release.into_bytes(), read("release_of_state_version_3.json"), "{name}");
        assert_eq!(keeper.spent(), Odds::new(64, 1).unwrap());
    }
}

/// A home that looks the same after a half turn, on a grid that is turned by a half where that is asked for, while the
/// robot's frame stays.
fn framed(turned: bool) -> Home {
    let plain: Vec<String> = FOUR_ROOMS.to_lowercase().lines().map(|row| row.trim().to_owned()).collect();
    let origin = Isometry2::new([3.0, -4.0].into(), 0.5);
    let (rows, corner) = if turned {
        let rows = plain.iter().rev().map(|row| row.chars().rev().collect()).collect();
        (rows, origin * Isometry2::translation(1.4, 0.8) * Isometry2::rotation(core::f64::consts::PI))
    } else {
        (plain, origin)
    };
    let home = drawings::builder(&rows.join("\n"));
    home.origin(corner).dock(origin * Point2::new(0.25, 0.55)).build().unwrap()
}

/// `UPDATE_GOLDEN=1` writes the key of the running version where there is none.
#[test]
fn keys_of_each_version_are_read_and_tell_a_home_from_its_half_turn() {
    for version in [6, 7, 8] {
        let path = golden(&format!("key_version_{version}.bin"));
        if !path.exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
            let (redaction, policy) = (Redaction::none(), noisy());
            let coins = &mut Coins::replayed(5);
            let (_, key) =
                anonymize(&framed(false), &redaction, &policy, Grant::unaccounted(), coins).unwrap();
            std::fs::write(&path, &*key.to_secret_bytes()).unwrap();
        }
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes[8], version);
        let stored = HouseKey::from_secret_bytes(&bytes).unwrap();
        // Before version 7 the known maps had no place in the robot's frame: they get it from the next map.
        let known =
            if version < 7 { stored.refit(&framed(false), &Redaction::none()).0 } else { stored.clone() };
        let known = HouseKey::from_secret_bytes(&known.to_secret_bytes()).unwrap();
        let (turned, refit) = known.refit(&framed(true), &Redaction::none());
        assert!(refit.recognized && refit.map_overlap >= 1.0 && refit.unreachable.is_empty());
        for zone in (1..=4).map(ZoneId::new) {
            let (own, other) = (stored.lift_zone(zone).unwrap(), turned.lift_zone(zone).unwrap());
            assert_eq!(own.len(), other.len(), "version {version}");
            assert!(own.points().all(|at| other.contains(at)), "version {version}");
        }
    }
}

/// A flat, a storey that its owner confirmed, and one that nobody did. A room was redacted by its number downstairs,
/// and asked for on all three days.
#[test]
fn requests_of_version_7_count_on_the_maps_that_are_the_home() {
    let upstairs = "
        #####################
        #aaaaaaaaaaaaabbbbbb#
        #aAaaaaaaaaaaabbbbbb#
        #aaaaaaaaaaaaabbbbbb#
        #####################
    ";
    let garage = "
        ##########
        #aaaa#####
        #aAaa#####
        #aaaa#####
        #aaaabbbb#
        #aaaabbbb#
        #aaaa#bbb#
        #aaaa#bbb#
        #aaaa#####
        ##########
    ";
    let home = |drawing: &str| drawings::home(drawing);
    let asked = Redaction::none().rooms([RoomId::new(2)]);
    let bytes = read("key_version_7_maps.bin");
    assert_eq!(bytes[8], 7);
    let stored = HouseKey::from_secret_bytes(&bytes).unwrap();
    let again = HouseKey::from_secret_bytes(&stored.to_secret_bytes()).unwrap();
    assert!(again == stored);
    for key in [stored, again] {
        // The rooms have other numbers today.
        let swapped = home(&FOUR_ROOMS.replace('b', "x").replace('c', "b").replace('x', "c"));
        let (downstairs, refit) = key.refit(&swapped, &asked);
        assert!(refit.recognized && downstairs.marks().len() == 1);
        assert!(downstairs.marks()[0].region.contains(Point2::new(0.95, 0.65)));
        let (upstairs, refit) = key.refit(&home(upstairs), &asked);
        assert!(refit.recognized && refit.open.is_ok() && upstairs.marks().is_empty());
        let (garage, refit) = key.refit(&home(garage), &asked);
        assert!(refit.recognized && refit.open.is_err() && garage.marks().len() == 1);
    }
}

/// A store that fails after so many saves.
struct Spared {
    inner: MemoryStore,
    spared: u32,
}

impl Store for &mut Spared {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, homeveil::keeper::StoreError> {
        self.inner.load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), homeveil::keeper::StoreError> {
        self.spared = self.spared.checked_sub(1).ok_or(homeveil::keeper::StoreError::Failed)?;
        self.inner.save(slot, blob)
    }
}

#[test]
fn a_version_to_come_is_refused_by_name() {
    let state = read("state_version_3.bin");
    let opened =
        |state: &[u8]| Keeper::open_with(store(state, None), policy(), Coins::replayed(1)).unwrap_err();
    assert_eq!(opened(&of_version(&state, 5)), KeeperError::State(BlobError::Version));
    // That is damage, and not what a later version wrote.
    let mut damaged = state;
    damaged[8] = 5;
    assert_eq!(opened(&damaged), KeeperError::State(BlobError::Checksum));
}

/// Three commands for zones at 0, 60 and 120 s, an hour each, one after another; one of them was done at 3600 s.
#[test]
fn a_queue_of_version_1_goes_on_under_any_policy() {
    let coins = &mut Coins::replayed(1);
    let release = homeveil::anonymize_floors(&[None], &noisy(), Grant::unaccounted(), coins).unwrap().0;
    for policy in [noisy(), policy()] {
        let mut outbox = Outbox::restored(&release, &policy, &read("queue_version_1.bin")).unwrap();
        let mut done = Vec::new();
        while let Some(at) = outbox.next_due() {
            done.extend(outbox.due(at).iter().map(|message| (message.to_json(), at.secs() - NOW.secs())));
            outbox = Outbox::restored(&release, &policy, &outbox.to_bytes()).unwrap();
        }
        let of = |id: u8, at: u64| (format!("{{\"done\":{{\"id\":{id}}}}}"), at);
        assert_eq!(done, [of(7, 7200), of(8, 10_800)]);
        let again = outbox.receive(br#"{"id":8,"goal":{"zone":1}}"#, NOW.later_by_s(20_000)).answer;
        assert!(matches!(again, Message::Rejected { .. }), "{again:?}");
    }
}

/// The policy as the robot had it when its state was stored, and as its defaults are now.
#[test]
fn a_state_of_version_3_opens_under_the_policy_of_then_whatever_its_times_are_called_now() {
    let json = r#"{"zones":4,"odds":[64,1],"odds_cap":[4096,1],"areas":16,
        "redacted_kinds":["bedroom","nursery","bathroom","toilet"],"floors":1,"done_after_s":3600,"opt_ins":[]}"#;
    let then: Policy = serde_json::from_str(json).unwrap();
    assert_eq!(then, policy());
    let state = read("state_version_3.bin");
    let mut keeper = Keeper::open_with(store(&state, None), then, Coins::replayed(1)).unwrap();
    assert_eq!(
        keeper.release(PURPOSE, NOW).unwrap().to_json().into_bytes(),
        read("release_of_state_version_3.json")
    );
}
