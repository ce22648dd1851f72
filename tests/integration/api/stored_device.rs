//! What a device stored besides its state, and what a robot handed over, as bytes that are kept for ever.

use homeveil::atlas::ZoneId;
use homeveil::keeper::{ConsentRecord, Device, Disclosed, DisclosureLog, Language, MemoryStore, Slot, Store};
use homeveil::{Coins, Keeper, Odds, Redaction};

use super::stored::{NOW, PURPOSE, golden, home, policy, read};

/// Writes the bytes of the running version where there are none, with `UPDATE_GOLDEN=1`: those of a robot that gave out
/// its release twice, has a command under way and refused another one.
fn write_what_is_missing() {
    let names = [
        "queue_version_3.bin",
        "log_version_1.bin",
        "hand_over_version_1.bin",
        "release_of_hand_over_version_1.json",
    ];
    if std::env::var_os("UPDATE_GOLDEN").is_none() || names.iter().all(|name| golden(name).exists()) {
        return;
    }
    let keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(5)).unwrap();
    let mut device = Device::of(keeper).unwrap();
    let record = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400));
    device.consent(record.purpose(PURPOSE).recipient("Cloud"), NOW).unwrap();
    device.on_map(&home(), &Redaction::none(), NOW).unwrap();
    let release = device.release(NOW).unwrap().to_json();
    device.release(NOW.later_by_s(60)).unwrap();
    device.on_command(br#"{"client":3,"id":7,"goal":{"zone":2}}"#, NOW.later_by_s(120)).unwrap();
    device.on_command(br#"{"client":3,"id":7,"goal":{"zone":2}}"#, NOW.later_by_s(121)).unwrap();
    let handed_over = device.keeper().export();
    let mut store = device.into_store();
    let blobs = [store.load(Slot::Queue), store.load(Slot::Log)].map(|blob| blob.unwrap().unwrap());
    let blobs = blobs.into_iter().chain([handed_over.to_vec(), release.into_bytes()]);
    for (name, blob) in names.into_iter().zip(blobs).filter(|(name, _)| !golden(name).exists()) {
        std::fs::write(golden(name), blob).unwrap();
    }
}

#[test]
fn queues_of_versions_2_and_3_and_a_log_of_version_1_come_back() {
    write_what_is_missing();
    for version in [2, 3] {
        come_back(version);
    }
}

fn come_back(version: u8) {
    let (queue, log) = (read(&format!("queue_version_{version}.bin")), read("log_version_1.bin"));
    assert_eq!((queue[8], log[8]), (version, 1));
    // On another robot: queue and log are copied once a state lies there.
    let handed_over = read("hand_over_version_1.bin");
    let coins = || Coins::replayed(1);
    let keeper = Keeper::take_over_with(MemoryStore::default(), policy(), &handed_over, coins()).unwrap();
    let mut stored = keeper.into_store();
    stored.save(Slot::Queue, &queue).unwrap();
    stored.save(Slot::Log, &log).unwrap();
    let mut device = Device::of(Keeper::open_with(stored, policy(), coins()).unwrap()).unwrap();
    let later = NOW.later_by_s(200);
    let pending = device.pending(later).unwrap();
    assert_eq!((pending.len(), pending[0].client, pending[0].id.get()), (1, 3, 7));
    let again = device.on_command(br#"{"client":3,"id":7,"goal":{"zone":2}}"#, later).unwrap();
    assert!(again.command.is_none(), "a number that was there before");
    let due = NOW.later_by_s(120 + 2700);
    assert_eq!(device.next_tick(), Some(due));
    assert_eq!(device.on_tick(due).unwrap()[0].to_json(), r#"{"done":{"client":3,"id":7}}"#);
    let log = DisclosureLog::restored(Some(&log), NOW);
    let counts = [
        (Disclosed::ConsentGiven, 1),
        (Disclosed::Release, 2),
        (Disclosed::Command, 2),
        (Disclosed::Accepted, 1),
        (Disclosed::Rejected, 1),
        (Disclosed::LogLost, 0),
    ];
    for (what, count) in counts {
        assert_eq!(log.count_of(what), count, "{what:?}");
    }
    assert!(log.text(Language::English).contains("to: Robot Maker, Cloud"));
}

#[test]
fn a_hand_over_of_version_1_is_taken() {
    write_what_is_missing();
    let bytes = read("hand_over_version_1.bin");
    assert_eq!(bytes[8], 1);
    for keeper in [
        Keeper::import_with(MemoryStore::default(), policy(), &bytes, Coins::replayed(1)),
        Keeper::take_over_with(MemoryStore::default(), policy(), &bytes, Coins::replayed(1)),
    ] {
        let mut keeper = keeper.unwrap();
        let release = keeper.release(PURPOSE, NOW).unwrap();
        assert_eq!(release.to_json().into_bytes(), read("release_of_hand_over_version_1.json"));
        assert_eq!(keeper.spent(), Odds::new(64, 1).unwrap());
        assert!(keeper.key().is_ok_and(|key| key.lift_zone(ZoneId::new(1)).is_ok()));
    }
}
