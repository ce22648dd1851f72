//! One device by hand: what its log says, what a power cut leaves, and what a withdrawal ends.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::props::noisy;
use homeveil::home::{Footprint, Home};
use homeveil::keeper::{
    ConsentError, ConsentRecord, Device, Disclosed, KeeperError, Language, Purpose, Slot, Store, StoreError,
    UnixTime,
};
use homeveil::key::Task;
use homeveil::{Coins, Keeper, OptIn, Policy, Redaction};
use nalgebra::Isometry2;

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
const SERVICE: Purpose = Purpose::RequestedServiceProvision;

/// The power goes at a save, before or after it takes effect.
#[derive(Clone, Default)]
struct Flash(Rc<RefCell<Chip>>);

#[derive(Default)]
struct Chip {
    blobs: BTreeMap<Slot, Vec<u8>>,
    /// So many saves go well, and whether the next one takes effect.
    cut: Option<(u32, bool)>,
    off: bool,
    saves: u32,
    /// Slots for which there is no room.
    full: Vec<Slot>,
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let chip = self.0.borrow();
        if chip.off { Err(StoreError::Failed) } else { Ok(chip.blobs.get(&slot).cloned()) }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let mut chip = self.0.borrow_mut();
        if chip.off || chip.full.contains(&slot) {
            return Err(StoreError::Failed);
        }
        let cut = chip.cut.filter(|(spared, _)| *spared == chip.saves);
        chip.saves += 1;
        if cut.is_none_or(|(_, takes_effect)| takes_effect) {
            chip.blobs.insert(slot, blob.to_vec());
        }
        chip.off = cut.is_some();
        if chip.off { Err(StoreError::Failed) } else { Ok(()) }
    }
}

const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(1_790_000_000 + seconds)
}

fn home() -> Home {
    Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), FLAT, &[]).unwrap().build().unwrap()
}

fn pose() -> Isometry2<f64> {
    Isometry2::translation(0.35, 0.35)
}

fn boot(flash: &Flash, policy: &Policy) -> Result<Device<Flash>, KeeperError> {
    Device::of(Keeper::open_with(flash.clone(), policy.clone(), Coins::replayed(3))?)
}

fn consent(id: &str) -> ConsentRecord {
    ConsentRecord::given(id, "Robot Maker", at(0), at(1 << 24)).purpose(SERVICE).recipient("Cloud")
}

/// With a consent and a map.
fn ready(flash: &Flash, policy: &Policy) -> Device<Flash> {
    let mut device = boot(flash, policy).unwrap();
    device.consent(consent("c-1"), at(0)).unwrap();
    device.on_map(&home(), &Redaction::none(), at(0)).unwrap();
    device
}

#[test]
fn the_log_says_all_that_left_also_after_a_restart() {
    let policy = Policy::builder().opt_in(OptIn::Zone).opt_in(OptIn::ProgressTenths).build().unwrap();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let release = device.release(at(10)).unwrap();
    device.release(at(20)).unwrap();
    let (_, command) = device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, at(30)).unwrap();
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
            let answer = call(flash, policy, device, |device| device.on_command(json.as_bytes(), now)).0;
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
    assert_eq!(booted.next_tick(), None);
}

#[test]
fn withdrawal_closes_commands_and_lifts() {
    let policy = noisy();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let (_, command) = device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
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
        assert_eq!(device.on_map(&home(), &Redaction::none(), at(4)).unwrap_err(), withdrawn);
    }
    // A new consent opens all but what was under way.
    let mut device = boot(&flash, &policy).unwrap();
    device.consent(consent("c-2"), at(5)).unwrap();
    assert!(device.pending(at(5)).unwrap().is_empty() && device.on_tick(at(7300)).unwrap().is_empty());
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(7300)).unwrap().1.is_some());
}

#[test]
fn a_store_without_room_for_queue_and_log_stops_no_answer_and_the_owner_is_told() {
    let policy = noisy();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    assert!(device.is_stored().is_ok());
    flash.0.borrow_mut().full = vec![Slot::Queue, Slot::Log];
    assert!(device.release(at(1)).is_ok());
    assert!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap().1.is_some());
    assert_eq!(device.is_stored(), Err(StoreError::Failed));
    flash.0.borrow_mut().full.clear();
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(2)).unwrap().1.is_some());
    assert!(device.is_stored().is_ok());
    // All of it is there.
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.pending(at(3)).unwrap().len(), 2);
    assert_eq!(device.log().count_of(Disclosed::Command), 2);
}

/// Under the default policy the release of every epoch is the same bytes, and the queue is tied to the release.
#[test]
fn commands_do_not_outlive_their_epoch() {
    for policy in [Policy::default(), noisy()] {
        let flash = Flash::default();
        let mut device = ready(&flash, &policy);
        device.release(at(1)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
        device.new_epoch(at(2)).unwrap();
        for mut device in [device, boot(&flash, &policy).unwrap()] {
            device.on_map(&home(), &Redaction::none(), at(3)).unwrap();
            device.release(at(3)).unwrap();
            assert!(
                device.pending(at(3)).unwrap().is_empty() && device.on_tick(at(9000)).unwrap().is_empty()
            );
        }
        // Where the queue cannot be stored without them, the epoch is not opened.
        let flash = Flash::default();
        let mut device = ready(&flash, &policy);
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
        flash.0.borrow_mut().full = vec![Slot::Queue];
        assert_eq!(device.new_epoch(at(2)).unwrap_err(), StoreError::Failed.into());
        assert_eq!(device.keeper().epoch(), 0);
    }
}

#[test]
fn a_queue_that_is_not_stored_is_not_forgotten_over_a_log_that_is() {
    let (policy, flash) = (noisy(), Flash::default());
    let mut device = ready(&flash, &policy);
    flash.0.borrow_mut().full = vec![Slot::Queue];
    device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
    device.release(at(2)).unwrap();
    assert_eq!(device.is_stored(), Err(StoreError::Failed));
    flash.0.borrow_mut().full.clear();
    assert!(device.on_tick(at(3)).unwrap().is_empty());
    assert_eq!(device.is_stored(), Ok(()));
    assert_eq!(boot(&flash, &policy).unwrap().pending(at(4)).unwrap().len(), 1);
}
