//! What a withdrawal ends, and what another consent does not.

use homeveil::keeper::{
    ConsentError, ConsentRecord, Disclosed, KeeperError, Purpose, Received, Slot, StoreError,
};
use homeveil::key::Task;
use homeveil::{Policy, Redaction};

use super::{Flash, SERVICE, at, boot, consent, home, pose, ready};
use crate::props::noisy;

#[test]
fn withdrawal_closes_commands_and_lifts() {
    let policy = noisy();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let Received { command, .. } = device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    let command = command.unwrap();
    assert!(matches!(device.tasks(&command, pose(), at(1)).unwrap()[..], [Ok(Task::Clean(_))]));
    // A restart goes on with it.
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.pending(at(2)).unwrap(), std::slice::from_ref(&command));
    device.withdraw(at(3)).unwrap();
    let withdrawn = KeeperError::Consent(ConsentError::Withdrawn);
    for mut device in [device, boot(&flash, &policy).unwrap()] {
        assert_eq!(device.release(at(4)).unwrap_err(), withdrawn);
        assert_eq!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(4)).unwrap_err(), withdrawn);
        assert_eq!(device.tasks(&command, pose(), at(4)).unwrap_err(), withdrawn);
        assert_eq!(device.pending(at(4)).unwrap_err(), withdrawn);
        assert!(device.on_tick(at(7300)).unwrap().is_empty());
        // The key goes on with the home: nothing leaves by it.
        device.on_map(&home(), &Redaction::none(), at(4)).unwrap();
    }
    // A new consent opens all but what was under way.
    let mut device = boot(&flash, &policy).unwrap();
    device.consent(consent("c-2"), at(5)).unwrap();
    assert!(device.pending(at(5)).unwrap().is_empty() && device.on_tick(at(7300)).unwrap().is_empty());
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(7300)).unwrap().command.is_some());
}

#[test]
fn commands_go_on_under_another_consent_of_the_same_controller_alone() {
    let policy = Policy::default();
    let of = |id: &str, maker: &str, from: u64, to: u64| {
        ConsentRecord::given(id, maker, at(from), at(to)).purpose(SERVICE)
    };
    let refusal = ConsentRecord::refused("r-1", "Robot Maker", at(50), at(1 << 24)).purpose(SERVICE);
    let other_purpose =
        ConsentRecord::given("p-1", "Robot Maker", at(50), at(1 << 24)).purpose(Purpose::Marketing);
    let month = 31 * 86_400;
    for (said, next, go_on) in [
        // One after the other, without a gap.
        (None, of("c-2", "Robot Maker", 60, 1 << 24), true),
        // The one before had ended, soon before or long before.
        (None, of("c-2", "Robot Maker", 1000, 1 << 24), false),
        (None, of("c-2", "Robot Maker", 4 * month, 1 << 24), false),
        (Some(refusal), of("c-2", "Robot Maker", 60, 1 << 24), false),
        (Some(other_purpose), of("c-2", "Robot Maker", 60, 1 << 24), false),
        (None, of("c-2", "Another Maker", 60, 1 << 24), false),
    ] {
        let flash = Flash::default();
        let mut device = boot(&flash, &policy).unwrap();
        device.consent(of("c-1", "Robot Maker", 0, 1000), at(0)).unwrap();
        device.on_map(&home(), &Redaction::none(), at(0)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
        for record in said.clone().into_iter().chain([next.clone()]) {
            let now = record.given_at;
            device.consent(record, now).unwrap();
        }
        let now = next.given_at;
        for mut device in [device, boot(&flash, &policy).unwrap()] {
            assert_eq!(device.pending(now).unwrap().len(), usize::from(go_on), "{said:?} {next:?}");
        }
    }
    // A record that is refused gives up nothing.
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    device.consent(ConsentRecord::given("c-2", "Another Maker", at(2), at(3)), at(2)).unwrap_err();
    assert_eq!(device.pending(at(2)).unwrap().len(), 1);
}

#[test]
fn a_withdrawal_whose_queue_could_not_be_stored_leaves_no_command_to_the_next_consent() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    flash.0.borrow_mut().full = vec![Slot::Queue];
    device.withdraw(at(2)).unwrap();
    assert_eq!(device.consent(consent("c-2"), at(3)).unwrap_err(), StoreError::Failed.into());
    assert_eq!(boot(&flash, &policy).unwrap().keeper().consent_record().unwrap().record_id, "c-1");
    flash.0.borrow_mut().full.clear();
    device.consent(consent("c-2"), at(4)).unwrap();
    for mut device in [device, boot(&flash, &policy).unwrap()] {
        assert!(device.pending(at(5)).unwrap().is_empty());
    }
}

#[test]
fn a_consent_whose_note_the_power_cut_took_is_noted_when_it_is_said_again() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = boot(&flash, &policy).unwrap();
    flash.0.borrow_mut().cut = Some((1, false));
    // That the log has no room stops nothing, and here nobody hears of it any more.
    device.consent(consent("c-1"), at(0)).unwrap();
    flash.0.borrow_mut().off = false;
    for _ in 0..2 {
        let mut device = boot(&flash, &policy).unwrap();
        device.consent(consent("c-1"), at(1)).unwrap();
        device.on_map(&home(), &Redaction::none(), at(2)).unwrap();
        device.release(at(2)).unwrap();
        device.consent(consent("c-1"), at(3)).unwrap();
        assert_eq!(device.log().count_of(Disclosed::ConsentGiven), 1);
    }
}

/// A program says it again until it is stored, and the owner said it once.
#[test]
fn a_withdrawal_is_noted_once_however_often_it_is_said() {
    let (policy, flash) = (Policy::default(), Flash::default());
    let mut device = ready(&flash, &policy);
    flash.0.borrow_mut().full = vec![Slot::State, Slot::Log];
    let failed = KeeperError::Store(StoreError::Failed);
    assert_eq!(device.withdraw(at(10)).unwrap_err(), failed);
    assert_eq!(device.withdraw(at(5000)).unwrap_err(), failed);
    flash.0.borrow_mut().full.clear();
    for _ in 0..2 {
        device.withdraw(at(10_000)).unwrap();
        for device in [&device, &boot(&flash, &policy).unwrap()] {
            assert_eq!(device.log().count_of(Disclosed::ConsentWithdrawn), 1);
        }
    }
    // Another consent is withdrawn by another word.
    device.consent(consent("c-2"), at(10_000)).unwrap();
    device.withdraw(at(10_000)).unwrap();
    assert_eq!(device.log().count_of(Disclosed::ConsentWithdrawn), 2);
}
