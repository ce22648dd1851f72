//! One device by hand, over restarts: what time it is, what the owner has to do, and what the cloud paused.

use super::device::{Flash, at, boot, consent, home, ready};
use homeveil::home::{Footprint, KeepOut, RobotMap};
use homeveil::keeper::{ConsentError, ConsentRecord, Disclosed, KeeperError, Purpose, Slot, Store, UnixTime};
use homeveil::key::KeyError;
use homeveil::{AnonymizeError, Policy, Redaction};

const DAY_S: u64 = 86_400;

#[test]
fn a_robot_that_boots_each_day_dates_its_log_by_the_day() {
    let (policy, flash) = (Policy::default(), Flash::default());
    ready(&flash, &policy);
    let before = flash.saves();
    let ends = (1 << 24) / DAY_S;
    for day in 1..=ends + 6 {
        let mut device = boot(&flash, &policy).unwrap();
        let released = device.release(at(day * DAY_S));
        if day <= ends {
            released.unwrap();
            let entries = device.log().entries();
            assert_eq!(entries.last().map(|entry| entry.first), Some(at(day * DAY_S)), "day {day}");
        } else {
            assert_eq!(released.unwrap_err(), ConsentError::Expired.into(), "day {day}");
        }
    }
    // The log each day, the state once a week and at the end.
    let saves = u64::from(flash.saves() - before);
    assert_eq!(saves, ends + ends / 7 + 1);
}

#[test]
fn the_end_of_a_consent_ends_its_commands_and_leaves_nothing_to_tick() {
    // Also where the power is cut.
    for boots in [false, true] {
        let (policy, flash) = (Policy::default(), Flash::default());
        let mut device = ready(&flash, &policy);
        let short = ConsentRecord::given("c-2", "Robot Maker", at(1), at(1000))
            .purpose(Purpose::RequestedServiceProvision);
        device.consent(short, at(1)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(2)).unwrap();
        let mut looks = 0;
        while let Some(next) = device.next_tick() {
            assert!(device.on_tick(next).unwrap().is_empty());
            looks += 1;
            assert!(looks < 3);
        }
        if boots {
            device = boot(&flash, &policy).unwrap();
        }
        // Under the next consent nothing of it is left.
        device.consent(consent("c-3"), at(8000)).unwrap();
        assert!(device.pending(at(8000)).unwrap().is_empty());
    }
}

#[test]
fn a_clock_that_is_not_believed_is_looked_at_an_hour_later() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(2)).unwrap();
    let due = device.next_tick();
    for absurd in [UnixTime::from_secs(4_000_000_000), UnixTime::default()] {
        assert!(device.on_tick(absurd).unwrap().is_empty());
        let again = device.next_tick().unwrap();
        assert!(again > absurd, "{again}");
    }
    assert!(device.on_tick(at(3)).unwrap().is_empty());
    assert_eq!(device.next_tick(), due);
}

#[test]
fn commands_do_not_wait_under_a_consent_that_does_not_allow_them() {
    let refusal = ConsentRecord::refused("r-1", "Robot Maker", at(50), at(1 << 24))
        .purpose(Purpose::RequestedServiceProvision);
    let other = ConsentRecord::given("p-1", "Robot Maker", at(50), at(1 << 24)).purpose(Purpose::Marketing);
    for record in [refusal, other] {
        let (policy, flash) = (Policy::default(), Flash::default());
        let mut device = ready(&flash, &policy);
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(2)).unwrap();
        device.consent(record, at(50)).unwrap();
        assert_eq!(device.next_tick(), None);
    }
}

#[test]
fn a_pause_outlives_the_power() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    assert!(!device.is_paused(at(1)).unwrap());
    device.on_command(br#"{"id":2,"order":"pause"}"#, at(2)).unwrap();
    let mut device = boot(&flash, &policy).unwrap();
    assert!(device.is_paused(at(3)).unwrap() && device.pending(at(3)).unwrap().len() == 1);
    assert_eq!(device.next_tick(), None);
    device.on_command(br#"{"id":3,"order":"resume"}"#, at(4)).unwrap();
    assert!(!boot(&flash, &policy).unwrap().is_paused(at(5)).unwrap());
    device.withdraw(at(6)).unwrap();
    assert!(device.is_paused(at(7)).is_err());
}

#[test]
fn a_household_may_be_handed_over_before_anything_is_stored() {
    let (policy, flash) = (Policy::default(), Flash::default());
    boot(&flash, &policy).unwrap().export(at(0)).unwrap();
    let device = boot(&flash, &policy).unwrap();
    assert_eq!(device.log().count_of(Disclosed::HandedOver), 1);
    // Where there is no room for a state, nothing is handed over.
    let full = Flash::default();
    full.0.borrow_mut().full = vec![Slot::State];
    assert!(boot(&full, &policy).unwrap().export(at(0)).is_err());
    assert!(boot(&full, &policy).is_ok());
}

#[test]
fn what_the_owner_has_to_do_is_told_after_a_restart_too() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = boot(&flash, &policy).unwrap();
    device.consent(consent("c-1"), at(0)).unwrap();
    // Kinds are to be redacted, and the rooms have none.
    let redaction = device.keeper().redaction();
    device.on_map(&home(), &redaction, at(0)).unwrap();
    let has_to_choose = device.keeper().check_floor(0).unwrap_err();
    assert!(matches!(has_to_choose, KeeperError::Anonymize(AnonymizeError::Redact(_))));
    assert_eq!(boot(&flash, &policy).unwrap().keeper().check_floor(0), Err(has_to_choose));
    // The owner has chosen, and bars a place; the robot is carried elsewhere, and back.
    let flash = Flash::default();
    let [own, strange] = [1 << 14, 77 << 10].map(RobotMap::from_seed);
    let built = |map: &RobotMap| map.clone().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
    let keeping = Redaction::none().keep_unlabelled();
    let mut device = boot(&flash, &policy).unwrap();
    device.consent(consent("c-1"), at(0)).unwrap();
    device.on_map(&built(&own), &keeping, at(1)).unwrap();
    assert_eq!(device.keeper().check_floor(0), Ok(()));
    let dock = own.dock.unwrap();
    let wall = KeepOut::Wall(geo_types::Line::new((dock.x - 0.5, dock.y), (dock.x + 0.5, dock.y)));
    device.edit_key(0, |key| key.bar(&wall)).unwrap().unwrap();
    device.on_map(&built(&strange), &keeping, at(2)).unwrap();
    for device in [device, boot(&flash, &policy).unwrap()] {
        assert_eq!(device.keeper().check_floor(0), Err(KeeperError::Closed(KeyError::UnplacedBars)));
    }
    let mut device = boot(&flash, &policy).unwrap();
    device.on_map(&built(&own), &keeping, at(3)).unwrap();
    assert_eq!(device.keeper().check_floor(0), Ok(()));
}

#[test]
fn commands_that_are_rejected_wear_out_no_storage() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    let before = flash.saves();
    for second in 2..602 {
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(second)).unwrap();
        device.on_command(b"?", at(second)).unwrap();
    }
    let saves = flash.saves() - before;
    assert!((10..=11).contains(&saves), "one a minute: {saves}");
    // The power is cut: a minute of counts is lost at most, and nothing that is under way.
    let mut device = boot(&flash, &policy).unwrap();
    assert!(device.log().count_of(Disclosed::Rejected) >= 2 * 540);
    assert_eq!(device.on_tick(at(7201)).unwrap().len(), 1);
}

#[test]
fn commands_that_were_damaged_are_told() {
    let (policy, mut flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    assert_eq!(boot(&flash, &policy).unwrap().log().count_of(Disclosed::QueueLost), 0);
    flash.save(Slot::Queue, b"damaged").unwrap();
    // Once, whatever is booted later.
    for _ in 0..2 {
        let mut device = boot(&flash, &policy).unwrap();
        assert_eq!(device.log().count_of(Disclosed::QueueLost), 1);
        assert!(device.pending(at(2)).unwrap().is_empty());
    }
    // Those of an epoch that is over are no loss.
    let mut device = boot(&flash, &policy).unwrap();
    device.new_epoch(at(3)).unwrap();
    device.on_map(&home(), &Redaction::none(), at(4)).unwrap();
    device.release(at(4)).unwrap();
    assert_eq!(boot(&flash, &policy).unwrap().log().count_of(Disclosed::QueueLost), 1);
}
