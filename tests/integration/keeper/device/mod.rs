//! One device by hand: what its log says, what a power cut leaves, and what a withdrawal ends.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::drawings::{self, FOUR_ROOMS};
use crate::props::noisy;
use homeveil::home::Home;
use homeveil::keeper::{
    Command, CommandId, ConsentError, ConsentRecord, Device, Disclosed, KeeperError, Language, Purpose, Slot,
    Store, StoreError, UnixTime,
};
use homeveil::key::Task;
use homeveil::{Coins, Keeper, OptIn, Policy, Redaction, Release};
use nalgebra::Isometry2;

const SERVICE: Purpose = Purpose::RequestedServiceProvision;

/// The power goes at a save, before or after it takes effect.
#[derive(Clone, Default)]
pub(super) struct Flash(pub(super) Rc<RefCell<Chip>>);

#[derive(Default)]
pub(super) struct Chip {
    blobs: BTreeMap<Slot, Vec<u8>>,
    /// So many saves go well, and whether the next one takes effect.
    cut: Option<(u32, bool)>,
    off: bool,
    saves: u32,
    /// Slots for which there is no room.
    pub(super) full: Vec<Slot>,
    /// Slots that another program writes to.
    foreign: Vec<Slot>,
}

impl Flash {
    /// How often something was saved.
    pub(super) fn saves(&self) -> u32 {
        self.0.borrow().saves
    }
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
        if chip.foreign.contains(&slot) {
            return Err(StoreError::Changed);
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

pub(super) const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(1_790_000_000 + seconds)
}

pub(super) fn home() -> Home {
    drawings::home(FOUR_ROOMS)
}

fn pose() -> Isometry2<f64> {
    Isometry2::translation(0.35, 0.35)
}

pub(super) fn boot(flash: &Flash, policy: &Policy) -> Result<Device<Flash>, KeeperError> {
    Device::of(Keeper::open_with(flash.clone(), policy.clone(), Coins::replayed(3))?)
}

pub(super) fn consent(id: &str) -> ConsentRecord {
    ConsentRecord::given(id, "Robot Maker", at(0), at(1 << 24)).purpose(SERVICE).recipient("Cloud")
}

/// With a consent and a map.
pub(super) fn ready(flash: &Flash, policy: &Policy) -> Device<Flash> {
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
        // The key goes on with the home: nothing leaves by it.
        device.on_map(&home(), &Redaction::none(), at(4)).unwrap();
    }
    // A new consent opens all but what was under way.
    let mut device = boot(&flash, &policy).unwrap();
    device.consent(consent("c-2"), at(5)).unwrap();
    assert!(device.pending(at(5)).unwrap().is_empty() && device.on_tick(at(7300)).unwrap().is_empty());
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(7300)).unwrap().1.is_some());
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
fn a_command_that_was_not_answered_is_not_done() {
    let (policy, flash) = (Policy::builder().opt_in(OptIn::TrueDuration).build().unwrap(), Flash::default());
    for slot in [Slot::Queue, Slot::Log] {
        let mut device = ready(&flash, &policy);
        flash.0.borrow_mut().foreign = vec![slot];
        let changed = KeeperError::Store(StoreError::Changed);
        assert_eq!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign.clear();
        assert!(device.pending(at(2)).unwrap().is_empty() && device.on_tick(at(7300)).unwrap().is_empty());
        // Its number was not used; and what could not be said is said later.
        assert!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(7300)).unwrap().1.is_some());
        flash.0.borrow_mut().foreign = vec![slot];
        assert_eq!(device.finished(0, CommandId::new(1), 60, at(7400)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign = vec![Slot::Log];
        assert_eq!(device.on_tick(at(14_500)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign.clear();
        assert_eq!(device.on_tick(at(14_500)).unwrap().len(), 1);
        flash.0.borrow_mut().blobs.clear();
    }
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

#[test]
fn a_store_without_room_for_queue_and_log_stops_no_answer_and_the_owner_is_told() {
    let policy = noisy();
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    assert!(device.check_stored().is_ok());
    flash.0.borrow_mut().full = vec![Slot::Queue, Slot::Log];
    assert!(device.release(at(1)).is_ok());
    assert!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap().1.is_some());
    assert_eq!(device.check_stored(), Err(StoreError::Failed));
    flash.0.borrow_mut().full.clear();
    assert!(device.on_command(br#"{"id":2,"goal":"all"}"#, at(2)).unwrap().1.is_some());
    assert!(device.check_stored().is_ok());
    // All of it is there.
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.pending(at(3)).unwrap().len(), 2);
    assert_eq!(device.log().count_of(Disclosed::Command), 2);
}

/// Under the default policy the release of every epoch is the same bytes, and the queue is tied to the release.
#[test]
fn commands_do_not_outlive_their_epoch() {
    for policy in [Policy::default(), noisy()] {
        for boots in [false, true] {
            let flash = Flash::default();
            let mut device = ready(&flash, &policy);
            device.release(at(1)).unwrap();
            device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
            device.new_epoch(at(2)).unwrap();
            if boots {
                device = boot(&flash, &policy).unwrap();
            }
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

/// Also where nobody could give them up before: all draws of the default policy give the same bytes.
#[test]
fn commands_do_not_outlive_their_draw() {
    let policy = Policy::default();
    let ask = |device: &mut Device<Flash>| {
        device.on_map(&home(), &Redaction::none(), at(1)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap().1.unwrap();
        device.release(at(1)).unwrap()
    };
    let check = |device: &mut Device<Flash>, before: &Release| {
        device.on_map(&home(), &Redaction::none(), at(3)).unwrap();
        let release = device.release(at(3)).unwrap();
        // All but what the certificate says was spent, which for λ = 1 is nothing.
        assert!(release == *before && device.pending(at(3)).unwrap().is_empty());
        assert!(device.on_tick(at(9000)).unwrap().is_empty());
        let again = device.on_command(br#"{"id":1,"goal":"all"}"#, at(9000)).unwrap();
        assert!(again.1.is_none(), "its number stays used");
    };
    // The state was lost, and the owner starts over.
    let flash = Flash::default();
    let before = ask(&mut ready(&flash, &policy));
    flash.0.borrow_mut().blobs.remove(&Slot::State);
    let keeper = Keeper::start_over(flash.clone(), policy.clone(), Coins::replayed(9)).unwrap();
    let mut device = Device::of(keeper).unwrap();
    device.consent(consent("c-1"), at(2)).unwrap();
    check(&mut device, &before);
    // The lead has opened another epoch.
    let (leads, followers) = (Flash::default(), Flash::default());
    let import = |lead: &mut Device<Flash>| {
        let (flash, bytes) = (followers.clone(), lead.export(at(1)).unwrap());
        let keeper = Keeper::import_with(flash, policy.clone(), &bytes, Coins::replayed(2));
        Device::of(keeper.unwrap()).unwrap()
    };
    let mut lead = ready(&leads, &policy);
    let before = ask(&mut import(&mut lead));
    lead.new_epoch(at(2)).unwrap();
    lead.on_map(&home(), &Redaction::none(), at(2)).unwrap();
    check(&mut import(&mut lead), &before);
    // The new epoch is stored, and the robot heard that it is not.
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let saves = flash.0.borrow().saves;
    flash.0.borrow_mut().cut = Some((saves, true));
    assert_eq!(device.new_epoch(at(0)).unwrap_err(), StoreError::Failed.into());
    (flash.0.borrow_mut().off, flash.0.borrow_mut().cut) = (false, None);
    let before = ask(&mut device);
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.keeper().epoch(), 1);
    check(&mut device, &before);
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
