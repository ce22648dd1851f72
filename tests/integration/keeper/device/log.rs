//! What the log says, and when it is stored.

use homeveil::keeper::{CommandId, Disclosed, Language, Received, Slot, StoreError, UnixTime};
use homeveil::{OptIn, Policy};

use super::{Flash, at, boot, consent, pose, ready};
use crate::props::noisy;

#[test]
fn the_log_says_all_that_left_also_after_a_restart() {
    let policy = Policy::builder().opt_in(OptIn::Zone).opt_in(OptIn::ProgressTenths).build().unwrap();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let release = device.release(at(10)).unwrap();
    device.release(at(20)).unwrap();
    let Received { command, .. } = device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, at(30)).unwrap();
    device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, at(31)).unwrap();
    device.on_command(b"?", at(32)).unwrap();
    let command = command.unwrap();
    device.progress(command.client, command.id, 5, at(40)).unwrap();
    assert_eq!(device.on_pose(0, pose(), at(50)).unwrap().len(), 1);
    assert!(device.on_tick(at(2000)).unwrap().is_empty());
    assert_eq!(device.on_tick(at(2730)).unwrap().len(), 1);
    device.new_epoch(at(3000)).unwrap();
    device.withdraw(at(4000)).unwrap();
    for device in [device, boot(&flash, &policy).unwrap()] {
        let expected = [
            (Disclosed::ConsentGiven, 1),
            (Disclosed::ConsentWithdrawn, 1),
            (Disclosed::ConsentRefused, 0),
            (Disclosed::Epoch, 1),
            (Disclosed::Release, 2),
            (Disclosed::Command, 3),
            (Disclosed::Accepted, 1),
            (Disclosed::Rejected, 2),
            (Disclosed::Done, 1),
            (Disclosed::Progress, 1),
            (Disclosed::Zone, 1),
            (Disclosed::Pose, 0),
            (Disclosed::LogLost, 0),
        ];
        for (what, count) in expected {
            assert_eq!(device.log().count_of(what), count, "{what:?}");
        }
        let given =
            device.log().entries().into_iter().find(|entry| entry.what == Disclosed::Release).unwrap();
        assert_eq!((given.epoch, given.spent), (Some(0), Some(release.certificate().odds_spent)));
        let text = device.log().text(Language::English);
        assert!(text.contains("to: Robot Maker, Cloud"), "{text}");
    }
}

#[test]
fn one_absurd_time_is_not_the_last_of_a_kind_for_ever() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.release(at(10)).unwrap();
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(11)).unwrap();
    // Within the consent, so that it goes through; and times before there was a consent.
    for absurd in [at(100 * 86_400), UnixTime::default()] {
        device.release(absurd).unwrap();
        device.on_command(b"?", absurd).unwrap();
        device.export(absurd).unwrap();
    }
    device.new_epoch(UnixTime::from_secs(u64::MAX)).unwrap();
    for device in [device, boot(&flash, &policy).unwrap()] {
        let log: serde_json::Value = serde_json::from_str(&device.log().to_json()).unwrap();
        let totals = log["totals"].as_array().unwrap();
        assert_eq!(totals.len(), 7, "{log}");
        for of_kind in totals {
            let [first, last] = ["first", "last"].map(|name| of_kind[name].as_u64().unwrap());
            assert!(at(0).secs() <= first && last <= at(11).secs(), "{of_kind}");
        }
        assert_eq!(device.log().count_of(Disclosed::HandedOver), 2);
        assert!(device.log().text(Language::English).contains("handed over"));
    }
    // The robot was off for long: the day on which the owner withdrew stands in the record and in the log.
    let mut device = boot(&flash, &policy).unwrap();
    device.withdraw(at(40 * 86_400)).unwrap();
    let entries = device.log().entries();
    assert_eq!(entries.last().map(|entry| entry.first), Some(at(40 * 86_400)));
}

#[test]
fn progress_writes_nothing_but_the_log() {
    let (policy, flash) =
        (Policy::builder().opt_in(OptIn::ProgressTenths).build().unwrap(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    let saves = || flash.0.borrow().saves;
    let before = saves();
    for second in 0..100 {
        device.progress(0, CommandId::new(1), 1, at(2 + second)).unwrap();
    }
    // Once a minute.
    assert_eq!(saves() - before, 2);
}

/// They ask for a save once a minute, and the last ones of a drive have no later one to ask for theirs.
#[test]
fn live_reports_of_the_last_minute_are_stored_by_the_next_tick_and_by_an_orderly_end() {
    let (policy, flash) = (Policy::builder().opt_in(OptIn::Pose).build().unwrap(), Flash::default());
    let mut device = ready(&flash, &policy);
    let stored = || boot(&flash, &policy).unwrap().log().count_of(Disclosed::Pose);
    for second in 0..50 {
        assert_eq!(device.on_pose(0, pose(), at(100 + second)).unwrap().len(), 1);
    }
    let saves = flash.saves();
    device.on_tick(at(159)).unwrap();
    assert_eq!((stored(), flash.saves()), (1, saves));
    device.on_tick(at(160)).unwrap();
    assert_eq!((stored(), flash.saves()), (50, saves + 1));
    device.on_tick(at(4000)).unwrap();
    assert_eq!(flash.saves(), saves + 1, "nothing was noted since");
    for second in 0..3 {
        device.on_pose(0, pose(), at(165 + second)).unwrap();
    }
    device.on_command(b"?", at(170)).unwrap();
    device.on_command(b"?", at(171)).unwrap();
    let saves = flash.saves();
    let _store = device.into_store();
    assert_eq!((stored(), flash.saves()), (53, saves + 1));
    assert_eq!(boot(&flash, &policy).unwrap().log().count_of(Disclosed::Rejected), 2);
}

/// A consent sets the clock back, which is stored a week later or with a draw.
#[test]
fn a_log_or_queue_that_is_lost_is_dated_by_the_consent_where_no_later_time_is_stored() {
    for (slot, what) in [(Slot::Log, Disclosed::LogLost), (Slot::Queue, Disclosed::QueueLost)] {
        let (policy, flash) = (Policy::default(), Flash::default());
        let mut device = ready(&flash, &policy);
        device.release(at(10)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(11)).unwrap();
        device.consent(consent("c-2"), at(20)).unwrap();
        flash.0.borrow_mut().blobs.insert(slot, b"damaged".to_vec());
        let device = boot(&flash, &policy).unwrap();
        let entries = device.log().entries();
        let lost: Vec<_> = entries.into_iter().filter(|entry| entry.what == what).collect();
        assert_eq!(lost.iter().map(|entry| (entry.first, entry.count)).collect::<Vec<_>>(), [(at(0), 1)]);
    }
}

#[test]
fn a_store_without_room_for_queue_and_log_stops_no_answer_and_the_owner_is_told() {
    let policy = noisy();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    assert!(device.check_stored().is_ok());
    flash.0.borrow_mut().full = vec![Slot::Queue, Slot::Log];
    assert!(device.release(at(1)).is_ok());
    assert!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap().command.is_some());
    assert_eq!(device.check_stored(), Err(StoreError::Failed));
    flash.0.borrow_mut().full.clear();
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(2)).unwrap().command.is_some());
    assert!(device.check_stored().is_ok());
    // All of it is there.
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.pending(at(3)).unwrap().len(), 2);
    assert_eq!(device.log().count_of(Disclosed::Command), 2);
}
