//! What a power cut or a restart changes: nothing that anybody is told.

use homeveil::keeper::{Command, CommandId, Device, KeeperError, Slot, StoreError};
use homeveil::{Policy, Redaction};

use super::{Flash, at, boot, consent, home, pose, ready};
use crate::props::noisy;

/// A week's commands, each sent again until it is answered; what was answered, and when "done" was said.
fn week(flash: &Flash, policy: &Policy) -> (Vec<String>, Vec<(String, u64)>) {
    // Retries a call over power cuts; nothing that a device without power says is heard.
    fn call<T>(
        flash: &Flash,
        policy: &Policy,
        device: &mut Device<Flash>,
        what: impl Fn(&mut Device<Flash>) -> Result<T, KeeperError>,
    ) -> T {
        loop {
            let said = what(device);
            if !flash.0.borrow().off {
                return said.unwrap();
            }
            flash.0.borrow_mut().off = false;
            *device = boot(flash, policy).unwrap();
        }
    }
    let mut device = boot(flash, policy).unwrap();
    let device = &mut device;
    call(flash, policy, device, |device| device.consent(consent("c-1"), at(0)));
    call(flash, policy, device, |device| device.on_map(&home(), &Redaction::none(), at(0)));
    let release = call(flash, policy, device, |device| device.release(at(1))).to_json();
    let (mut answers, mut done) = (vec![release], Vec::new());
    let commands = [
        r#"{"id":1,"goal":{"zone":1}}"#,
        r#"{"id":2,"goals":[{"area":2},{"spot":[1.0,1.0]}],"repeats":2}"#,
        r#"{"id":3,"order":"pause"}"#,
        r#"{"client":1,"id":1,"goal":"all"}"#,
        r#"{"id":4,"order":"resume"}"#,
        r#"{"id":5,"order":{"cancel":1}}"#,
        r#"{"id":6,"goal":{"zone":9}}"#,
    ];
    for minute in 0..300_u64 {
        let now = at(60 * minute);
        if let Some(json) = commands.get(usize::try_from(minute / 5).unwrap()).filter(|_| minute % 5 == 0) {
            let answer = call(flash, policy, device, |device| device.on_command(json.as_bytes(), now)).answer;
            // The cut came after the queue was stored and before the answer was sent: the client knows now.
            let again =
                answer.to_json().replace("rejected", "accepted").replace(r#","reason":"repeated""#, "");
            answers.push(if answer.to_json().contains("repeated") { again } else { answer.to_json() });
        }
        for message in call(flash, policy, device, |device| device.on_tick(now)) {
            done.push((message.to_json(), minute));
        }
    }
    (answers, done)
}

#[test]
fn a_power_cut_at_any_save_changes_no_answer() {
    let policy = noisy();
    let flash = Flash::default();
    let (answers, done) = week(&flash, &policy);
    assert_eq!((answers.len(), done.len()), (8, 2), "{done:?}");
    let saves = flash.0.borrow().saves;
    assert!(saves > 15, "{saves}");
    for cut in 0..saves {
        for takes_effect in [false, true] {
            let flash = Flash::default();
            flash.0.borrow_mut().cut = Some((cut, takes_effect));
            let (again, late) = week(&flash, &policy);
            // What was done at once is answered "repeated" to a second try, as what was accepted is.
            let plain = |answers: &[String]| {
                answers.iter().map(|answer| answer.replace("done", "accepted")).collect::<Vec<_>>()
            };
            assert!(plain(&again) == plain(&answers), "{cut}, {takes_effect}: {:?}", &again[1..]);
            // Every "done" is said when it is due. One that was said just before the cut may be said again.
            let mut once = late.clone();
            once.dedup_by(|later, earlier| later.0 == earlier.0);
            assert!(once == done && late.len() <= done.len() + 1, "{cut}, {takes_effect}: {late:?}");
        }
    }
}

#[test]
fn a_device_that_has_just_booted_knows_when_it_is_to_speak() {
    let (flash, policy) = (Flash::default(), Policy::default());
    let mut device = ready(&flash, &policy);
    assert_eq!(device.next_tick(), None);
    device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, at(60)).unwrap();
    let next = device.next_tick();
    assert_eq!(next, Some(at(60 + 2700)));
    drop(device);
    let mut booted = boot(&flash, &policy).unwrap();
    assert_eq!(booted.next_tick(), next);
    assert_eq!(booted.on_tick(at(60 + 2700)).unwrap().len(), 1);
    // At once: that it was said is stored then.
    assert_eq!(booted.next_tick(), next);
    assert!(booted.on_tick(at(60 + 2700)).unwrap().is_empty());
    assert_eq!(booted.next_tick(), None);
    assert_eq!(boot(&flash, &policy).unwrap().next_tick(), None);
    // Where there is no room to store it, the next look is not at once for ever.
    booted.on_command(br#"{"id":2,"goal":{"zone":1}}"#, at(60)).unwrap();
    booted.on_command(br#"{"id":3,"goal":"all"}"#, at(60)).unwrap();
    flash.0.borrow_mut().full = vec![Slot::Queue];
    for (now, said) in [(2760, 1), (2760, 0)] {
        assert_eq!(booted.next_tick(), Some(at(now)));
        assert_eq!(booted.on_tick(at(now)).unwrap().len(), said);
    }
    assert_eq!(booted.next_tick(), Some(at(60 + 7200)));
}

/// A robot that heard "done" of itself and lost power after some other call cleaned again.
#[test]
fn what_was_said_is_stored_by_whatever_call_comes_next() {
    type Call = fn(&mut Device<Flash>);
    let calls: [(&str, Call); 11] = [
        ("consent", |device| device.consent(consent("c-1"), at(2702)).unwrap()),
        ("withdraw", |device| device.withdraw(at(2702)).unwrap()),
        ("on_map", |device| device.on_map(&home(), &Redaction::none(), at(2702)).unwrap()),
        ("release", |device| drop(device.release(at(2702)).unwrap())),
        ("edit_key", |device| device.edit_key(0, |_| ()).unwrap()),
        ("export", |device| drop(device.export(at(2702)).unwrap())),
        ("on_command", |device| drop(device.on_command(b"?", at(2702)).unwrap())),
        ("tasks", |device| {
            let command = Command::from_json(br#"{"id":9,"goal":"all"}"#).unwrap();
            drop(device.tasks(&command, pose(), at(2702)).unwrap());
        }),
        ("pending", |device| assert!(device.pending(at(2702)).unwrap().is_empty())),
        ("on_pose", |device| drop(device.on_pose(0, pose(), at(2702)).unwrap())),
        ("progress", |device| {
            device.progress(0, CommandId::new(1), 1, at(2702)).unwrap_err();
        }),
    ];
    let policy = Policy::default();
    for (name, call) in calls {
        let flash = Flash::default();
        let mut device = ready(&flash, &policy);
        device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, at(1)).unwrap();
        assert_eq!(device.on_tick(at(2701)).unwrap().len(), 1);
        call(&mut device);
        let mut device = boot(&flash, &policy).unwrap();
        if name == "withdraw" {
            device.consent(consent("c-2"), at(2703)).unwrap();
        }
        assert!(device.pending(at(2703)).unwrap().is_empty(), "{name}");
    }
}

#[test]
fn a_queue_that_is_not_stored_is_not_forgotten_over_a_log_that_is() {
    let (policy, flash) = (noisy(), Flash::default());
    let mut device = ready(&flash, &policy);
    flash.0.borrow_mut().full = vec![Slot::Queue];
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    device.release(at(2)).unwrap();
    assert_eq!(device.check_stored(), Err(StoreError::Failed));
    flash.0.borrow_mut().full.clear();
    assert!(device.on_tick(at(3)).unwrap().is_empty());
    assert_eq!(device.check_stored(), Ok(()));
    assert_eq!(boot(&flash, &policy).unwrap().pending(at(4)).unwrap().len(), 1);
}
