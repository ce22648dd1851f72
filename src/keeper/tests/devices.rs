//! Devices: a clock that is wrong, a consent that is renewed, a command that the robot is done with.

use super::household::{FLAT, Flash, NOW, SERVICE, home, opened, policy};
use crate::home::RoomId;
use crate::keeper::{
    CommandId, ConsentError, ConsentRecord, Device, Disclosed, Keeper, KeeperError, MemoryStore, Message,
    Received, Slot, Store, StoreError, UnixTime,
};
use crate::key::AreaId;
use crate::{Coins, Redaction};

const DAY_S: u64 = 86_400;

fn record(id: &str, from: UnixTime) -> ConsentRecord {
    ConsentRecord::given(id, "Maker", from, from.later_by_s(365 * DAY_S)).purpose(SERVICE)
}

fn boot(store: MemoryStore) -> Device<MemoryStore> {
    Device::of(opened(store, 1)).unwrap()
}

/// A device with a map, and zone 1 to be cleaned.
fn busy() -> Device<MemoryStore> {
    let mut device = boot(MemoryStore::default());
    device.consent(record("c-1", NOW), NOW).unwrap();
    device.on_map(&home(FLAT), &Redaction::none(), NOW).unwrap();
    let Received { answer, .. } =
        device.on_command(br#"{"client":3,"id":1,"goal":{"zone":1}}"#, NOW).unwrap();
    assert!(answer.is_accepted());
    device
}

/// Else a robot that boots cleans again what it had cleaned. The cloud hears of it when the policy says.
#[test]
fn what_the_robot_is_done_with_is_not_done_again_and_the_cloud_learns_nothing() {
    let mut device = busy();
    device.on_command(br#"{"client":3,"id":2,"goal":"all"}"#, NOW).unwrap();
    let due = device.next_tick().unwrap();
    let one = CommandId::new(1);
    for (client, id) in [(0, one), (3, CommandId::new(7))] {
        assert_eq!(device.robot_is_done(client, id).unwrap_err(), KeeperError::UnknownCommand);
    }
    device.robot_is_done(3, one).unwrap();
    device.robot_is_done(3, one).unwrap();
    assert_eq!(device.log().count_of(Disclosed::Done), 0);
    for _ in 0..2 {
        let pending = device.pending(NOW).unwrap();
        assert_eq!(pending.iter().map(|command| command.id.get()).collect::<Vec<_>>(), [2]);
        assert_eq!(device.next_tick(), Some(due));
        device = boot(device.into_store());
    }
    assert_eq!(device.on_tick(due).unwrap(), [Message::Done { client: 3, id: one }]);
    assert_eq!(device.robot_is_done(3, one).unwrap_err(), KeeperError::UnknownCommand);
    // Nobody need consent to what says nothing; and what was given up is not under way.
    device.robot_is_done(3, CommandId::new(2)).unwrap();
    device.withdraw(due).unwrap();
    assert_eq!(device.robot_is_done(3, CommandId::new(2)).unwrap_err(), KeeperError::UnknownCommand);
}

/// The owner is asked a week before the consent ends.
#[test]
fn a_renewal_that_begins_later_does_not_end_what_is_in_force() {
    let (first, mut device) = (record("c-1", NOW), busy());
    let soon = NOW.later_by_s(358 * DAY_S);
    for days in [25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 325, 350, 358] {
        device.release(NOW.later_by_s(days * DAY_S)).unwrap();
    }
    let renewal = record("c-2", first.expires_at);
    assert_eq!(device.consent(renewal.clone(), soon).unwrap_err(), ConsentError::TooEarly.into());
    device.release(soon).unwrap();
    assert_eq!(device.keeper().consent_record().unwrap().record_id, "c-1");
    // Its day, or one clock a little ahead of the other.
    device.consent(renewal, first.expires_at).unwrap();
    device.release(first.expires_at).unwrap();
    let end = first.expires_at.later_by_s(DAY_S);
    device.consent(record("c-3", end.later_by_s(60)), end).unwrap();
    // A refusal counts at once, and what begins later is taken where nothing is in force.
    let refusal = ConsentRecord { refused: true, ..record("no", end.later_by_s(DAY_S)) };
    device.consent(record("c-4", end), end).unwrap();
    device.consent(refusal, end).unwrap();
    assert_eq!(device.release(end).unwrap_err(), ConsentError::Refused.into());
    device.consent(record("c-5", end.later_by_s(DAY_S)), end).unwrap();
    assert_eq!(device.release(end).unwrap_err(), ConsentError::NotYet.into());
}

#[test]
fn an_absurd_time_at_a_renewal_gives_up_no_command() {
    for absurd in [UnixTime::from_secs(u64::MAX), UnixTime::from_secs(4_000_000_000)] {
        let mut device = busy();
        device.consent(record("c-2", NOW.later_by_s(60)), absurd).unwrap();
        assert_eq!(device.pending(NOW.later_by_s(61)).unwrap().len(), 1);
    }
    // A robot that was in its box for months, and one that is given after the other has ended: that follows on nothing.
    let mut device = busy();
    let later = NOW.later_by_s(60 * DAY_S);
    device.consent(record("c-2", later), later).unwrap();
    assert_eq!(device.pending(later).unwrap().len(), 1);
    let mut device = busy();
    let late = NOW.later_by_s(400 * DAY_S);
    device.consent(record("c-2", late), late).unwrap();
    assert!(device.pending(late).unwrap().is_empty());
}

/// The device's log notes it once, however often the owner is told.
#[test]
fn a_key_that_was_made_again_is_noted() {
    let mut store = busy().into_store();
    store.save(Slot::Key { floor: 0 }, b"damaged").unwrap();
    let mut device = boot(store);
    for _ in 0..2 {
        device.on_map(&home(FLAT), &Redaction::none(), NOW).unwrap();
        assert!(matches!(device.keeper().check_floor(0), Err(KeeperError::KeyRemade(_))));
        device = boot(device.into_store());
        assert_eq!(device.log().count_of(Disclosed::KeyRemade), 1);
    }
    device.acknowledge_key(0).unwrap();
    assert_eq!(boot(device.into_store()).keeper().check_floor(0), Ok(()));
}

/// The clock is set by a day, the robot may be done with the command, and the power is cut.
#[test]
fn what_a_power_cut_leaves_of_a_clock_that_was_set_is_one_whatever_the_robot_did() {
    let set = NOW.later_by_s(DAY_S);
    let said_after = |is_done: bool, cuts: bool| {
        let mut device = busy();
        assert!(device.on_tick(set).unwrap().is_empty());
        if is_done {
            device.robot_is_done(3, CommandId::new(1)).unwrap();
        }
        if cuts {
            device = boot(device.keeper().store.clone());
        }
        (600..9000).step_by(300).find(|&s| !device.on_tick(set.later_by_s(s)).unwrap().is_empty()).unwrap()
    };
    let usual = said_after(false, false);
    for (is_done, cuts) in [(true, false), (false, true), (true, true)] {
        assert_eq!(said_after(is_done, cuts), usual, "{is_done} {cuts}");
    }
    assert_eq!(usual, 2700);
}

/// A command that is rejected is no look at the clock: nothing of it is stored.
#[test]
fn what_is_rejected_leaves_the_queue_as_it_was_stored() {
    let due = NOW.later_by_s(2700);
    let said_after = |cuts: bool| {
        let mut device = busy();
        // A busy robot is late, or its clock is wrong.
        for (late, json) in [(5000, "?"), (5000, r#"{"client":3,"id":1,"goal":"all"}"#), (400_000, "?")] {
            let Received { answer, .. } = device.on_command(json.as_bytes(), NOW.later_by_s(late)).unwrap();
            assert!(!answer.is_accepted());
        }
        if cuts {
            device = boot(device.keeper().store.clone());
        }
        assert_eq!(device.next_tick(), Some(due));
        (0..9000).step_by(300).find(|&s| !device.on_tick(NOW.later_by_s(7000 + s)).unwrap().is_empty())
    };
    assert_eq!(said_after(false), said_after(true));
}

#[test]
fn commands_do_not_outlive_a_consent_that_another_robot_replaced() {
    let import = |store, bytes: &[u8]| Device::of(Keeper::import(store, policy(), bytes).unwrap()).unwrap();
    let mut lead = busy();
    let bytes = lead.export(NOW).unwrap();
    let mut follower = import(MemoryStore::default(), &bytes);
    let json = br#"{"client":3,"id":1,"goal":{"zone":1}}"#;
    assert!(follower.on_command(json, NOW).unwrap().answer.is_accepted());
    // The same again.
    let mut follower = import(follower.into_store(), &bytes);
    assert_eq!(follower.pending(NOW).unwrap().len(), 1);
    let later = NOW.later_by_s(60);
    lead.withdraw(NOW).unwrap();
    lead.consent(record("c-2", later), later).unwrap();
    let mut follower = import(follower.into_store(), &lead.export(later).unwrap());
    assert!(follower.pending(later).unwrap().is_empty());
    assert!(follower.on_tick(NOW.later_by_s(2700)).unwrap().is_empty());
    assert!(
        !follower.on_command(json, NOW.later_by_s(2700)).unwrap().answer.is_accepted(),
        "its number stays used"
    );
}

#[test]
fn after_a_time_that_was_not_believed_the_next_look_is_when_there_is_something_to_say() {
    let mut device = boot(MemoryStore::default());
    device.consent(record("c-1", NOW), NOW).unwrap();
    device.on_map(&home(FLAT), &Redaction::none(), NOW).unwrap();
    let absurd = UnixTime::from_secs(4_000_000_000);
    assert!(device.on_tick(absurd).unwrap().is_empty());
    assert_eq!(device.next_tick(), Some(absurd.later_by_s(3600)));
    device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, NOW).unwrap();
    assert_eq!(device.next_tick(), Some(NOW.later_by_s(2700)));
    // A consent that begins soon.
    let mut device = boot(MemoryStore::default());
    device.consent(record("c-1", NOW.later_by_s(600)), NOW).unwrap();
    assert!(device.on_tick(NOW).unwrap().is_empty());
    assert_eq!(device.next_tick(), Some(NOW.later_by_s(600)));
}

#[test]
fn who_withdraws_what_was_refused_is_not_asked_again() {
    let mut device = busy();
    device.consent(ConsentRecord { refused: true, ..record("no", NOW) }, NOW).unwrap();
    for now in [NOW, NOW.later_by_s(60)] {
        assert_eq!(device.withdraw(now).unwrap_err(), ConsentError::Refused.into());
        assert_eq!(device.release(now).unwrap_err(), ConsentError::Refused.into());
    }
    let counts =
        [Disclosed::ConsentRefused, Disclosed::ConsentWithdrawn].map(|what| device.log().count_of(what));
    assert_eq!(counts, [1, 0]);
}

/// A damaged slot does not either, but for the state.
#[test]
fn a_slot_that_cannot_be_read_keeps_no_robot_from_booting() {
    let mut device = busy();
    let rooms = [RoomId::new(1)];
    device.edit_key(0, |key| key.bind_rooms(AreaId::new(3), &home(FLAT), &rooms)).unwrap().unwrap();
    let release = device.release(NOW).unwrap();
    let (inner, unread) = (device.into_store(), std::rc::Rc::new(std::cell::Cell::new(None)));
    let open = |slot| {
        unread.set(Some(slot));
        let store = Flash { unread: unread.clone(), ..Flash::of(inner.clone()) };
        Device::of(Keeper::open_with(store, policy(), Coins::replayed(1))?)
    };
    let failed = KeeperError::from(StoreError::Failed);
    for (slot, lost) in [(Slot::Log, Disclosed::LogLost), (Slot::Queue, Disclosed::QueueLost)] {
        let mut device = open(slot).unwrap();
        assert!(device.release(NOW).unwrap() == release);
        assert_eq!(device.log().count_of(lost), 1);
    }
    assert_eq!(open(Slot::State).unwrap_err(), failed);
    // A key may be there all the same: it is not made again over what the owner marked.
    let map = |device: &mut Device<Flash>| device.on_map(&home(FLAT), &Redaction::none(), NOW);
    let mut device = open(Slot::Key { floor: 0 }).unwrap();
    assert!(device.release(NOW).unwrap() == release);
    map(&mut device).unwrap();
    assert_eq!(device.keeper().check_floor(0).unwrap_err(), failed);
    assert_eq!(device.export(NOW).unwrap_err(), failed);
    // Nor is anything drawn while nobody knows what is redacted.
    device.new_epoch(NOW).unwrap();
    assert_eq!(map(&mut device).unwrap_err(), failed);
    assert_eq!(device.release(NOW).unwrap_err(), KeeperError::NotDrawn);
    unread.set(None);
    map(&mut device).unwrap();
    assert_eq!(device.keeper().check_floor(0), Ok(()));
    assert_eq!(device.keeper().key().unwrap().marks().len(), 1);
}
