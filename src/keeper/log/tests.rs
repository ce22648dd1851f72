//! What the log keeps, what it forgets, and what it asks to be stored.

use super::entry::Disclosed;
use super::log::{DisclosureLog, MAX_LOG_RUNS};
use crate::blob::BlobError;
use crate::drawings::{FLAT, home};
use crate::keeper::{
    Command, ConsentRecord, Language, MAX_CONSENT_TEXT, MAX_RECIPIENTS, Message, Outbox, Purpose, UnixTime,
};
use crate::{Coins, Grant, OptIn, Policy, PolicyBuilder};

const SIZE: usize = 1 << 14;
const HOUR_S: u64 = 3600;

fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(1_790_000_000 + seconds)
}

/// A consent with as long texts as there may be, all its own.
fn record(number: u64, recipients: usize) -> ConsentRecord {
    let long = |name: String| format!("{name:x<MAX_CONSENT_TEXT$}");
    let record = ConsentRecord::given(long(format!("id {number} ")), long("Maker ".into()), at(0), at(9));
    let record = (0..recipients).fold(record, |record, of| record.recipient(long(format!("{number}.{of} "))));
    let record = Purpose::ALL.into_iter().fold(record, ConsentRecord::purpose);
    record.check().unwrap();
    record
}

/// A log in which everything is as large as it gets.
fn full() -> DisclosureLog {
    let mut log = DisclosureLog::default();
    for run in 0..3 * MAX_LOG_RUNS as u64 {
        let (record, now) = (record(run, MAX_RECIPIENTS), at(run * HOUR_S));
        for what in Disclosed::ALL {
            let _ = log.note(what, now);
        }
        let refused = ConsentRecord { refused: true, ..record.clone() };
        let withdrawn = ConsentRecord { withdrawn_at: Some(now), ..record.clone() };
        let _ = log.note_consent(&record, now);
        let _ = log.note_consent(&refused, now);
        let _ = log.note_consent(&withdrawn, now);
        let _ = log.note_release(u32::MAX, crate::Odds::new(1 << 24, 1).unwrap(), &record, now);
    }
    log
}

#[test]
fn every_log_has_one_size_and_is_restored_as_it_was() {
    for log in [DisclosureLog::default(), full()] {
        let bytes = log.to_bytes();
        assert_eq!(bytes.len(), SIZE);
        let restored = DisclosureLog::from_bytes(&bytes).unwrap();
        assert_eq!(restored.to_bytes(), bytes);
        assert_eq!(restored.to_json(), log.to_json());
        assert_eq!(restored.text(Language::French), log.text(Language::French));
        assert_eq!(restored.count_of(Disclosed::LogLost), log.count_of(Disclosed::LogLost));
    }
}

#[test]
fn what_is_dropped_is_still_counted_and_nothing_pushes_out_another_kind() {
    let mut log = DisclosureLog::default();
    let _ = log.note_consent(&record(1, 2), at(0));
    let hours = 10 * MAX_LOG_RUNS as u64;
    for minute in 0..hours * 60 {
        let _ = log.note(Disclosed::Pose, at(minute * 60));
    }
    assert_eq!(log.count_of(Disclosed::Pose), hours * 60);
    let total = &log.kinds[Disclosed::Pose as usize];
    assert_eq!((total.first, total.last), (at(0), at((hours * 60 - 1) * 60)));
    let entries = log.entries();
    assert_eq!((entries[0].what, entries[0].consent), (Disclosed::ConsentGiven, Some(1)));
    assert_eq!(entries.len(), 1 + MAX_LOG_RUNS, "the latest hours");
    assert!(entries[1..].iter().all(|run| run.count == 60 && run.last.secs() - run.first.secs() == 59 * 60));
    assert_eq!(entries[MAX_LOG_RUNS].first, at((hours - 1) * HOUR_S));
    assert!(log.text(Language::English).contains(&format!("the robot told where it was: {}×", hours * 60)));
}

/// A run is broken by an hour, by another epoch, odds or consent, and by a clock that was set back.
#[test]
fn unlike_things_are_no_run() {
    let (one, other) = (record(1, 0), record(2, 0));
    let odds = |whole| crate::Odds::new(whole, 1).unwrap();
    let mut log = DisclosureLog::default();
    let _ = log.note_release(0, odds(2), &one, at(100));
    let _ = log.note_release(0, odds(2), &one, at(99 + HOUR_S));
    for (epoch, spent, record, seconds) in [
        (0, 2, &one, 100 + HOUR_S),
        (1, 2, &one, 4000),
        (1, 4, &one, 4000),
        (1, 4, &other, 4000),
        (1, 4, &other, 50),
    ] {
        let _ = log.note_release(epoch, odds(spent), record, at(seconds));
    }
    let counts: Vec<u32> = log.kinds[Disclosed::Release as usize].runs.iter().map(|run| run.count).collect();
    assert_eq!(counts, [2, 1, 1, 1, 1, 1]);
    assert_eq!(log.count_of(Disclosed::Release), 7);
    assert_eq!(log.kinds[Disclosed::Release as usize].first, at(50));
}

#[test]
fn all_but_a_growing_run_of_live_reports_is_to_be_stored_at_once() {
    let mut log = DisclosureLog::default();
    for what in Disclosed::ALL {
        assert!(log.note(what, at(0)), "{what:?} begins a run");
        assert_eq!(log.note(what, at(1)), !what.is_live(), "{what:?}");
    }
    let mut live = DisclosureLog::default();
    let asked = (0..HOUR_S).filter(|&second| live.note(Disclosed::Pose, at(second))).count();
    assert_eq!(asked, 60, "once a minute");
    assert!(live.note(Disclosed::Pose, at(0)), "a clock set back");
}

#[test]
fn any_damage_begins_a_new_log_that_says_so() {
    let bytes = full().to_bytes();
    let lost = |bytes: &[u8]| {
        let log = DisclosureLog::restored(Some(bytes), at(7));
        assert_eq!(log.count_of(Disclosed::LogLost), 1);
        assert_eq!((log.entries().len(), log.entries()[0].first), (1, at(7)));
        assert!(log.text(Language::English).contains("an earlier log was damaged"));
    };
    for place in (0..SIZE).step_by(61) {
        let mut damaged = bytes.to_vec();
        damaged[place] ^= 1;
        lost(&damaged);
        lost(&bytes[..place]);
    }
    assert_eq!(DisclosureLog::restored(None, at(7)).entries().len(), 0, "a first log lost nothing");
    // What no log can have left, under a right checksum.
    for change in [
        (|log| log.kinds[2].total = 0) as fn(&mut DisclosureLog),
        |log| log.kinds[4].runs[0].count = 0,
        |log| log.kinds[4].runs[0].last = UnixTime::default(),
        |log| log.numbered = 0,
        |log| log.consents.push_back(log.consents[0].clone()),
        |log| log.kinds[0].runs.push_back(log.kinds[0].runs[0].clone()),
    ] {
        let mut odd = full();
        change(&mut odd);
        assert_eq!(DisclosureLog::from_bytes(&odd.to_bytes()).err(), Some(BlobError::Content));
    }
}

/// Every message that an outbox makes is a kind of its own, in the order of the kinds.
#[test]
fn every_message_has_a_kind_and_every_kind_has_words() {
    let policy = OptIn::ALL.into_iter().fold(Policy::builder(), PolicyBuilder::opt_in).build().unwrap();
    let coins = &mut Coins::replayed(1);
    let (home, none) = (home(FLAT), crate::Redaction::none());
    let (release, _) = crate::anonymize(&home, &none, &policy, Grant::unaccounted(), coins).unwrap();
    let mut outbox = Outbox::new(&release, &policy);
    let command = |id: u64| {
        Command::from_json(format!(r#"{{"id":{id},"floor":0,"goal":{{"zone":1}}}}"#).as_bytes()).unwrap()
    };
    let mut messages: Vec<Message> = vec![outbox.handle_command(&command(1), at(0))];
    messages.push(outbox.handle_command(&command(1), at(0)));
    messages.extend(outbox.due(at(3600)));
    for id in [2, 3] {
        let _ = outbox.handle_command(&command(id), at(1 << 20));
    }
    let zone = release.floors()[0].zones()[0].id;
    messages.push(outbox.zone(0, zone).unwrap());
    messages.push(outbox.progress(0, command(2).id, 1).unwrap());
    messages.push(outbox.finished(0, command(2).id, 1).unwrap());
    messages.push(outbox.failed(0, command(3).id, crate::keeper::Failure::Stopped).unwrap());
    messages.push(outbox.pose(0, [1.0, 1.0].into()).unwrap());
    let kinds: Vec<Disclosed> = messages.iter().map(Disclosed::from).collect();
    assert_eq!(kinds, &Disclosed::ALL[7..15]);

    for language in [Language::English, Language::French] {
        let mut log = DisclosureLog::default();
        for (number, what) in (0..).zip(Disclosed::ALL) {
            assert_eq!(what as usize, number, "{what:?} is not in its place");
            let _ = log.note(what, at(0));
        }
        assert_eq!(
            log.text(language).lines().count(),
            2 * Disclosed::ALL.len() + 3,
            "two lists with headings"
        );
    }
}

#[test]
fn who_received_it_is_told_whatever_the_names_are() {
    let named =
        |id: &str| ConsentRecord::given(id, "{number}", at(0), at(9)).recipient("{purposes}, {names} \"");
    let record = named("{id}").purpose(Purpose::Marketing);
    let mut log = DisclosureLog::default();
    let _ = log.note_consent(&record, at(0));
    let _ = log.note_release(3, crate::Odds::new(9, 4).unwrap(), &record, at(2));
    let _ = log.note_release(3, crate::Odds::new(9, 4).unwrap(), &record, at(2));
    let text = log.text(Language::English);
    for line in [
        "- Consent 1, for marketing, to: {number}, {purposes}, {names} \"\n",
        "-- Its record: {id}\n",
        "the public map was given out, 2×; map no. 3, odds spent so far 9/4; consent 1.\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&log.to_json()).unwrap();
    assert_eq!(json["consents"][0]["recipients"][0], "{purposes}, {names} \"");
    assert_eq!(
        json["totals"][1],
        serde_json::json!({"what": "release", "count": 2, "first": at(2), "last": at(2)})
    );
    assert_eq!(
        json["entries"][1],
        serde_json::json!({
            "what": "release", "first": at(2), "last": at(2), "count": 2, "epoch": 3, "spent": [9, 4], "consent": 1,
        })
    );
    // The same record again has its number; one that was changed, or forgotten for want of room, has another.
    let _ = log.note_consent(&record, at(3));
    let _ = log.note_consent(&record.clone().recipient("another"), at(4));
    assert_eq!(log.numbered, 2);
    let mut log = full();
    let kept: Vec<u32> = log.consents.iter().map(|consent| consent.number).collect();
    assert_eq!(kept, [log.numbered], "one of the largest has room");
    let _ = log.note_consent(&named("another"), at(0));
    assert_eq!(log.consents.len(), 2);
}
