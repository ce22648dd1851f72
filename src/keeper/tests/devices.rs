//! Devices: a clock that is wrong, a consent that is renewed, a command that the robot is done with.

use super::household::{FLAT, NOW, SERVICE, home, policy};
use crate::keeper::{
    CommandId, ConsentError, ConsentRecord, Device, Disclosed, Keeper, KeeperError, MemoryStore, Message,
    Slot, Store, UnixTime,
};
use crate::{Coins, Redaction};

const DAY_S: u64 = 86_400;

fn record(id: &str, from: UnixTime) -> ConsentRecord {
    ConsentRecord::given(id, "Maker", from, from.later_by_s(365 * DAY_S)).purpose(SERVICE)
}

fn boot(store: MemoryStore) -> Device<MemoryStore> {
    Device::of(Keeper::open_with(store, policy(), Coins::replayed(1)).unwrap()).unwrap()
}

/// A device with a map, and zone 1 to be cleaned.
fn busy() -> Device<MemoryStore> {
    let mut device = boot(MemoryStore::default());
    device.consent(record("c-1", NOW), NOW).unwrap();
    device.on_map(&home(FLAT), &Redaction::none(), NOW).unwrap();
    let (answer, _) = device.on_command(br#"{"client":3,"id":1,"goal":{"zone":1}}"#, NOW).unwrap();
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
