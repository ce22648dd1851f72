use super::command::{Command, CommandId, Order};
use super::error::CommandError;
use super::limits::{MAX_PENDING, MAX_REPEATS};
use super::message::{Failure, Message};
use super::outbox::Outbox;
use super::queue::MAX_RECENT;
use crate::atlas::ZoneId;
use crate::keeper::{KeeperError, UnixTime};
use crate::{BlobError, Coins, Grant, OptIn, Policy, PolicyBuilder, Release};

fn released(policy: &Policy) -> Release {
    crate::anonymize_floors(&[None], policy, Grant::unaccounted(), &mut Coins::replayed(1)).unwrap().0
}

fn outbox(build: impl Fn(PolicyBuilder) -> PolicyBuilder) -> Outbox {
    let policy = build(Policy::builder().done_after_s(60)).build().unwrap();
    Outbox::new(&released(&policy), &policy)
}

const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(seconds)
}

fn answer(outbox: &mut Outbox, json: &str, now: u64) -> String {
    outbox.receive(json.as_bytes(), at(now)).answer.to_json()
}

/// Asks for something, and it is accepted.
fn accept(outbox: &mut Outbox, id: u64, what: &str, now: u64) {
    let json = format!(r#"{{"id":{id},{what}}}"#);
    assert_eq!(answer(outbox, &json, now), format!(r#"{{"accepted":{{"id":{id}}}}}"#), "{what}");
}

/// Orders something that is done at once.
fn order(outbox: &mut Outbox, id: u64, order: &str, now: u64) {
    let json = format!(r#"{{"id":{id},"order":{order}}}"#);
    assert_eq!(answer(outbox, &json, now), format!(r#"{{"done":{{"id":{id}}}}}"#), "{order}");
}

/// The numbers of the commands that are done.
fn done(outbox: &mut Outbox, now: u64) -> Vec<u64> {
    let number = |message: &Message| match message {
        Message::Done { id, .. } => id.get(),
        other => panic!("{other:?}"),
    };
    outbox.due(at(now)).iter().map(number).collect()
}

#[test]
fn every_command_has_its_own_time_whatever_else_is_under_way() {
    let mut outbox = outbox(|_| Policy::builder());
    for (id, what, now) in [
        (1, r#""goal":{"zone":1}"#, 0),
        (2, r#""goal":{"area":3}"#, 10),
        (3, r#""goals":[{"spot":[1.0,1.0]},{"drive":[1.0,1.0]}],"repeats":2"#, 20),
        (4, r#""goal":"all""#, 30),
        (5, r#""goals":[{"zone":1},{"rect":{"min":[0.0,0.0],"max":[1.0,1.0]}}]"#, 40),
        (6, r#""goal":"all","repeats":10"#, 50),
    ] {
        accept(&mut outbox, id, what, now);
    }
    // Ten times two hours are a day at most.
    let mut over = Vec::new();
    while let Some(at) = outbox.next_due() {
        over.extend(done(&mut outbox, at.secs()).into_iter().map(|id| (id, at.secs())));
    }
    assert_eq!(over, [(2, 1810), (3, 2420), (1, 2700), (5, 4540), (4, 7230), (6, 72_050)]);
}

#[test]
fn stop_pause_and_dock_are_done_at_once() {
    let mut outbox = outbox(|policy| policy);
    for id in 0..4 {
        accept(&mut outbox, id, r#""goal":{"zone":1}"#, 100 + id);
    }
    order(&mut outbox, 10, r#"{"cancel":1}"#, 110);
    let again = answer(&mut outbox, r#"{"id":11,"order":{"cancel":1}}"#, 110);
    assert!(again.contains("unknown_command"), "{again}");
    let other = answer(&mut outbox, r#"{"client":1,"id":11,"order":{"cancel":2}}"#, 110);
    assert_eq!(other, r#"{"rejected":{"client":1,"id":11,"reason":"unknown_command"}}"#);
    assert_eq!(done(&mut outbox, 160), [0]);
    // All times stand still.
    order(&mut outbox, 12, r#""pause""#, 161);
    assert_eq!(outbox.next_due(), None);
    assert!(done(&mut outbox, 5000).is_empty());
    accept(&mut outbox, 13, r#""goal":{"zone":1}"#, 5000);
    order(&mut outbox, 14, r#""resume""#, 10_000);
    assert_eq!(outbox.next_due(), Some(at(10_001)));
    assert_eq!(done(&mut outbox, 10_001), [2]);
    assert_eq!(done(&mut outbox, 10_059), [3]);
    assert_eq!(done(&mut outbox, 10_060), [13]);
    for (id, at_once) in [(20, r#""stop""#), (30, r#""dock""#)] {
        accept(&mut outbox, id + 1, r#""goal":"all""#, 20_000);
        order(&mut outbox, id + 2, r#""pause""#, 20_001);
        order(&mut outbox, id, at_once, 20_002);
        assert!(outbox.pending().next().is_none() && outbox.next_due().is_none());
        accept(&mut outbox, id + 3, r#""goal":"all""#, 20_003);
        assert_eq!(outbox.next_due(), Some(at(20_063)), "no longer paused");
        order(&mut outbox, id + 4, at_once, 20_004);
    }
    let odd = answer(&mut outbox, r#"{"id":90,"order":"stop","floor":0}"#, 1);
    assert!(odd.contains("malformed"));
}

#[test]
fn numbers_are_those_of_a_client_and_an_absurd_one_silences_nobody() {
    let mut outbox = outbox(|policy| policy);
    let json = |client: u32, id: u64| format!(r#"{{"client":{client},"id":{id},"goal":{{"zone":1}}}}"#);
    assert_eq!(answer(&mut outbox, &json(7, 1), 0), r#"{"accepted":{"client":7,"id":1}}"#);
    for (client, id, reason) in [(0, 1, None), (7, u64::MAX, None), (7, 1, Some("repeated")), (7, 2, None)] {
        let answer = answer(&mut outbox, &json(client, id), 0);
        assert!(answer.contains(reason.unwrap_or("accepted")), "{client} {id}: {answer}");
    }
    assert_eq!(outbox.due(at(60)).len(), 4);
    // A number stays used as long as it is remembered, and under way as long as that lasts.
    accept(&mut outbox, 9, r#""goal":{"zone":1}"#, 60);
    for id in 100..100 + MAX_RECENT as u64 {
        assert!(answer(&mut outbox, &format!(r#"{{"id":{id},"order":"resume"}}"#), 61).contains("done"));
    }
    assert!(answer(&mut outbox, &json(0, 9), 62).contains("repeated"));
    assert!(answer(&mut outbox, &json(0, 100), 62).contains("repeated"));
    assert!(answer(&mut outbox, &json(0, 1), 62).contains("accepted"));
}

#[test]
fn an_absurd_time_releases_nothing_and_silences_nothing() {
    let begin = || {
        let mut outbox = outbox(|_| Policy::builder());
        accept(&mut outbox, 1, r#""goal":{"zone":1}"#, 1_000_000);
        accept(&mut outbox, 2, r#""goal":"all""#, 1_000_000);
        outbox
    };
    for absurd in [0, 1, 999_999, 1_020_000, 4_000_000_000, u64::MAX] {
        let mut outbox = begin();
        assert!(done(&mut outbox, absurd).is_empty(), "{absurd}");
        assert!(done(&mut outbox, 1_002_699).is_empty());
        assert_eq!(done(&mut outbox, 1_002_700), [1], "{absurd}");
        assert!(done(&mut outbox, absurd).is_empty(), "{absurd}");
        assert!(done(&mut outbox, 1_007_199).is_empty());
        assert_eq!(done(&mut outbox, 1_007_200), [2], "{absurd}");
        // With nothing under way any time is taken, and left.
        assert!(done(&mut outbox, absurd).is_empty());
        accept(&mut outbox, 3, r#""goal":{"zone":1}"#, 1_010_000);
        assert_eq!(outbox.next_due(), Some(at(1_012_700)));
    }
    // A clock that was set, and a device that was off, count from the first look on.
    for set in [1000, 5_000_000] {
        let mut outbox = begin();
        assert!(done(&mut outbox, set).is_empty());
        assert!(done(&mut outbox, set + 2699).is_empty());
        assert_eq!(done(&mut outbox, set + 2700), [1]);
        assert_eq!(outbox.next_due(), Some(at(set + 7200)));
        assert_eq!(done(&mut outbox, set + 7200), [2]);
    }
    // A device that looks late tells all.
    assert_eq!(done(&mut begin(), 1_006_300), [1]);
}

/// All at 9:00, a zone at 10:30 while the clock shows an absurd time, the right time at 10:31.
#[test]
fn a_command_that_comes_at_an_absurd_time_loses_none_of_its_own() {
    for absurd in [0, 4_000_000_000] {
        for restarts in [false, true] {
            let policy = Policy::default();
            let release = released(&policy);
            let mut outbox = Outbox::new(&release, &policy);
            accept(&mut outbox, 1, r#""goal":"all""#, 32_400);
            accept(&mut outbox, 2, r#""goal":{"zone":1}"#, absurd);
            if restarts {
                outbox = Outbox::restored(&release, &policy, &outbox.to_bytes()).unwrap();
            }
            assert!(done(&mut outbox, 37_860).is_empty(), "{absurd}");
            assert_eq!(done(&mut outbox, 39_600), [1]);
            assert!(done(&mut outbox, 40_559).is_empty());
            assert_eq!(done(&mut outbox, 40_560), [2], "45 minutes from 10:31 on");
        }
    }
    // A clock that was set for good: the command's time began when it came.
    let mut outbox = outbox(|_| Policy::builder());
    accept(&mut outbox, 1, r#""goal":"all""#, 32_400);
    accept(&mut outbox, 2, r#""goal":{"zone":1}"#, 9_000_000);
    assert!(done(&mut outbox, 9_002_699).is_empty());
    assert_eq!(done(&mut outbox, 9_002_700), [2]);
}

/// A pause sets the clock, which is right from then on.
#[test]
fn a_command_that_came_at_an_absurd_time_loses_none_of_its_own_to_a_pause_either() {
    let mut outbox = outbox(|_| Policy::builder());
    accept(&mut outbox, 1, r#""goal":"all""#, 1_000_000);
    accept(&mut outbox, 2, r#""goal":{"zone":1}"#, 0);
    // The device was off for two days.
    order(&mut outbox, 3, r#""pause""#, 1_172_800);
    order(&mut outbox, 4, r#""resume""#, 1_173_100);
    assert_eq!(outbox.next_due(), Some(at(1_175_800)));
    assert!(done(&mut outbox, 1_175_799).is_empty());
    assert_eq!(done(&mut outbox, 1_175_800), [2]);
}

#[test]
fn a_pause_ends_with_what_is_under_way() {
    let mut outbox = outbox(|policy| policy.opt_in(OptIn::Failure));
    // Nothing is under way.
    order(&mut outbox, 1, r#""pause""#, 100);
    accept(&mut outbox, 2, r#""goal":{"zone":1}"#, 100);
    assert_eq!(outbox.next_due(), Some(at(160)));
    // Or nothing any more.
    order(&mut outbox, 3, r#""pause""#, 100);
    accept(&mut outbox, 4, r#""goal":{"zone":1}"#, 100);
    order(&mut outbox, 5, r#"{"cancel":2}"#, 100);
    assert_eq!(outbox.next_due(), None, "still paused");
    order(&mut outbox, 6, r#"{"cancel":4}"#, 100);
    accept(&mut outbox, 7, r#""goal":{"zone":1}"#, 100);
    assert_eq!(outbox.next_due(), Some(at(160)));
    order(&mut outbox, 8, r#""pause""#, 100);
    assert!(outbox.failed(0, CommandId::new(7), Failure::Stopped).is_ok());
    accept(&mut outbox, 9, r#""goal":{"zone":1}"#, 100);
    assert_eq!(outbox.next_due(), Some(at(160)));
}

#[test]
fn what_the_release_does_not_have_is_rejected() {
    let mut outbox = outbox(|policy| policy);
    let mut rejected = |goal: &str, reason: CommandError| {
        let json = format!(r#"{{"id":9,"goals":[{{"zone":1}},{goal}]}}"#);
        let reason = serde_json::to_string(&reason).unwrap();
        let expected = format!(r#"{{"rejected":{{"id":9,"reason":{reason}}}}}"#);
        assert_eq!(answer(&mut outbox, &json, 1), expected, "{goal}");
    };
    rejected(r#"{"zone":0}"#, CommandError::UnknownZone);
    rejected(r#"{"zone":5}"#, CommandError::UnknownZone);
    rejected(r#"{"area":16}"#, CommandError::UnknownArea);
    rejected(r#"{"spot":[9.7,1.0]}"#, CommandError::Outside);
    rejected(r#"{"drive":[1.0,-0.1]}"#, CommandError::Outside);
    rejected(r#"{"rect":{"min":[0.0,0.0],"max":[1.0,99.0]}}"#, CommandError::Outside);
    rejected(r#"{"path":[]}"#, CommandError::Path);
    rejected(r#"{"path":[[1.0,1.0],[1.0,1e300]]}"#, CommandError::Outside);
    let long = format!(r#"{{"path":[{}]}}"#, ["[1.0,1.0]"; 100].join(","));
    rejected(&format!("{long},{long}"), CommandError::Path);
    rejected(&[r#"{"area":3}"#; 64].join(","), CommandError::Goals);
    for repeats in [0, MAX_REPEATS + 1] {
        let json = format!(r#"{{"id":9,"goal":"all","repeats":{repeats}}}"#);
        assert!(answer(&mut outbox, &json, 1).contains("goals"));
    }
    assert!(answer(&mut outbox, r#"{"id":9,"goals":[]}"#, 1).contains("goals"));
    let nothing = |reason: &str| format!(r#"{{"rejected":{{"id":null,"reason":"{reason}"}}}}"#);
    assert_eq!(answer(&mut outbox, "{}", 1), nothing("malformed"));
    assert_eq!(answer(&mut outbox, &" ".repeat(1 << 20), 1), nothing("malformed"));
    let floor = r#"{"id":9,"floor":1,"goal":{"zone":1}}"#;
    assert!(answer(&mut outbox, floor, 1).contains("unknown_floor"));
    // None of them took the number.
    assert!(answer(&mut outbox, r#"{"id":9,"floor":0,"goal":{"area":15}}"#, 1).contains("accepted"));
    assert!(answer(&mut outbox, r#"{"id":9,"floor":0,"goal":{"area":15}}"#, 1).contains("repeated"));
}

#[test]
fn the_queue_has_an_end() {
    let mut outbox = outbox(|policy| policy);
    for id in 0..40 {
        let json = format!(r#"{{"id":{id},"floor":0,"goal":{{"zone":1}}}}"#);
        let accepted = answer(&mut outbox, &json, 5).contains("accepted");
        assert_eq!(accepted, id < MAX_PENDING);
    }
    assert!(answer(&mut outbox, r#"{"id":41,"order":"resume"}"#, 6).contains("done"));
    assert_eq!(outbox.due(at(65)).len(), MAX_PENDING);
    assert!(answer(&mut outbox, r#"{"id":40,"floor":0,"goal":{"zone":1}}"#, 66).contains("accepted"));
}

#[test]
fn what_was_not_opted_in_to_is_refused() {
    let command = Command::from_json(br#"{"id":1,"floor":0,"goal":{"zone":1}}"#).unwrap();
    let id = CommandId::new(1);
    for (opt_in, name) in [
        (OptIn::Zone, "zone"),
        (OptIn::ProgressTenths, "progress"),
        (OptIn::TrueDuration, "finished"),
        (OptIn::Failure, "failed"),
        (OptIn::Pose, "pose"),
    ] {
        let mut outbox = outbox(|policy| policy.opt_in(opt_in));
        assert!(outbox.handle_command(&command, at(0)).is_accepted());
        let tell = [
            (OptIn::Zone, outbox.zone(0, ZoneId::new(4))),
            (OptIn::ProgressTenths, outbox.progress(0, id, 3)),
            (OptIn::Pose, outbox.pose(0, [1.0, 2.5].into())),
            (OptIn::TrueDuration, outbox.finished(0, id, 17)),
            (OptIn::Failure, outbox.failed(0, id, Failure::Unreachable)),
        ];
        for (what, told) in tell {
            match told {
                Ok(message) => {
                    assert_eq!(what, opt_in);
                    assert!(message.to_json().contains(name), "{}", message.to_json());
                }
                Err(error) => assert_eq!(error, KeeperError::NotOptedIn(what)),
            }
        }
        // What was said to be over is not said to be done.
        let over = matches!(opt_in, OptIn::TrueDuration | OptIn::Failure);
        assert_eq!(outbox.due(at(100)).is_empty(), over);
    }
    let mut outbox = outbox(|policy| OptIn::ALL.into_iter().fold(policy, PolicyBuilder::opt_in));
    assert_eq!(outbox.finished(0, id, 1), Err(KeeperError::UnknownCommand));
    assert_eq!(outbox.zone(0, ZoneId::new(5)), Err(KeeperError::NotInRelease));
    assert_eq!(outbox.zone(1, ZoneId::new(1)), Err(KeeperError::NotInRelease));
    assert_eq!(outbox.pose(0, [f64::NAN, 0.0].into()), Err(KeeperError::NotInRelease));
    assert!(outbox.handle_command(&command, at(200)).is_accepted());
    assert_eq!(outbox.progress(1, id, 1), Err(KeeperError::UnknownCommand));
    assert_eq!(outbox.progress(0, id, 11), Err(KeeperError::Tenths));
}

#[test]
fn a_restart_changes_no_answer_and_damage_is_noticed() {
    let policy = Policy::builder().done_after_s(60).build().unwrap();
    let release = released(&policy);
    let mut on = Outbox::new(&release, &policy);
    let mut off_and_on = on.clone();
    let restored = |outbox: &Outbox| Outbox::restored(&release, &policy, &outbox.to_bytes()).unwrap();
    let steps = [
        (1, r#""goal":{"zone":1}"#, 100),
        (2, r#""goals":[{"zone":1},{"spot":[1.5,1.5]}],"repeats":3"#, 101),
        (2, r#""goal":{"zone":1}"#, 102),
        (9, r#""goal":"all""#, 400),
        (3, r#""order":"pause""#, 405),
        (4, r#""goal":{"path":[[1.0,1.0],[2.0,2.0]]}"#, 9_000_000),
        (5, r#""order":"resume""#, 2),
        (6, r#""order":{"cancel":9}"#, 9_000_000),
        (10, r#""goal":{"zone":9}"#, 410),
        (11, r#""goal":{"area":2}"#, 420),
    ];
    for (id, what, at) in steps {
        let json = format!(r#"{{"id":{id},{what}}}"#);
        let at = UnixTime::from_secs(at);
        assert_eq!(on.receive(json.as_bytes(), at), off_and_on.receive(json.as_bytes(), at));
        off_and_on = restored(&off_and_on);
        assert_eq!(on.queue, off_and_on.queue);
        assert_eq!(on.due(at.later_by_s(70)), off_and_on.due(at.later_by_s(70)));
        off_and_on = restored(&off_and_on);
    }
    assert!(on.receive(br#"{"id":12,"goal":{"zone":1}}"#, at(500)).command.is_some());
    assert_eq!(restored(&on).pending().collect::<Vec<_>>(), on.pending().collect::<Vec<_>>());
    assert!(
        on.pending().any(|command| matches!(&command.order, Order::Go { goals, .. } if goals.len() == 1))
    );
    let bytes = on.to_bytes();
    assert_eq!(bytes.len(), 4096);
    let refused = |bytes: &[u8]| Outbox::restored(&release, &policy, bytes).unwrap_err();
    let mut damaged = bytes;
    damaged[20] ^= 1;
    assert_eq!(refused(&damaged), KeeperError::Queue(BlobError::Checksum));
    assert_eq!(refused(&[]), KeeperError::Queue(BlobError::Length));
    // A queue that cannot have come from commands.
    for change in [
        (|outbox| outbox.queue.pending.push(outbox.queue.pending[0].clone())) as fn(&mut Outbox),
        |outbox| outbox.queue.pending[0].left_s = u64::MAX,
        |outbox| outbox.queue.pending[0].client = 3,
        |outbox| outbox.queue.recent.push_back(outbox.queue.recent[0]),
    ] {
        let mut odd = on.clone();
        change(&mut odd);
        assert_eq!(refused(&odd.to_bytes()), KeeperError::Queue(BlobError::Content));
    }
}

#[test]
fn a_newer_policy_counts_from_the_next_command_on_and_another_release_ends_all() {
    let policy = Policy::builder().done_after_s(60).build().unwrap();
    let release = released(&policy);
    let mut outbox = Outbox::new(&release, &policy);
    accept(&mut outbox, 1, r#""goal":{"zone":1}"#, 0);
    assert!(answer(&mut outbox, r#"{"id":2,"goal":{"area":16}}"#, 0).contains("unknown_area"));
    let newer = Policy::builder().zone_s(30).areas(20).odds_cap(crate::Odds::whole(64)).build().unwrap();
    let mut updated = Outbox::restored(&release, &newer, &outbox.to_bytes()).unwrap();
    accept(&mut updated, 2, r#""goal":{"zone":1}"#, 1);
    accept(&mut updated, 3, r#""goal":{"area":16}"#, 1);
    assert_eq!(done(&mut updated, 31), [2]);
    assert_eq!(done(&mut updated, 60), [1]);
    // Its numbers stay used.
    let other = released(&Policy::builder().zones(2).build().unwrap());
    let mut moved = Outbox::restored(&other, &newer, &outbox.to_bytes()).unwrap();
    assert_eq!((moved.pending().count(), moved.next_due()), (0, None));
    assert!(answer(&mut moved, r#"{"id":1,"goal":{"zone":1}}"#, 1).contains("repeated"));
}
