use super::message::{Command, CommandError, CommandId, Failure, Message};
use super::queue::{MAX_PENDING, Outbox};
use crate::atlas::ZoneId;
use crate::keeper::{KeeperError, UnixTime};
use crate::{BlobError, Coins, Grant, OptIn, Policy, PolicyBuilder, Release};

fn released(policy: &Policy) -> Release {
    crate::anonymize_floors(&[None], policy, Grant::unaccounted(), &mut Coins::replayed(1)).unwrap().0
}

fn outbox(build: impl Fn(PolicyBuilder) -> PolicyBuilder) -> Outbox {
    let policy = build(Policy::builder().done_after_s(60)).build().unwrap();
    Outbox::new(&released(&policy), &policy).unwrap()
}

const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(seconds)
}

fn answer(outbox: &mut Outbox, json: &str, now: u64) -> String {
    outbox.receive(json.as_bytes(), at(now)).0.to_json()
}

#[test]
fn commands_are_done_one_after_another_at_the_policys_pace() {
    let mut outbox = outbox(|policy| policy);
    for (id, now) in [(1, 100), (2, 110), (5, 300)] {
        let json = format!(r#"{{"id":{id},"floor":0,"goal":{{"zone":1}}}}"#);
        assert_eq!(answer(&mut outbox, &json, now), format!(r#"{{"accepted":{{"id":{id}}}}}"#));
    }
    assert_eq!(outbox.next_due(), Some(at(160)));
    let mut done = |now| outbox.due(at(now)).iter().map(Message::to_json).collect::<Vec<_>>();
    // The clock has been at 300; a later look at it that says less changes nothing.
    assert_eq!(done(10), [r#"{"done":{"id":1}}"#, r#"{"done":{"id":2}}"#]);
    assert!(done(359).is_empty());
    assert_eq!(done(360), [r#"{"done":{"id":5}}"#]);
    assert!(done(u64::MAX).is_empty());
}

#[test]
fn what_the_release_does_not_have_is_rejected() {
    let mut outbox = outbox(|policy| policy);
    let mut rejected = |goal: &str, reason: CommandError| {
        let json = format!(r#"{{"id":9,"floor":0,"goal":{goal}}}"#);
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
    assert_eq!(outbox.due(at(65)).len(), 1);
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
            (OptIn::ProgressTenths, outbox.progress(id, 3)),
            (OptIn::Pose, outbox.pose(0, [1.0, 2.5].into())),
            (OptIn::TrueDuration, outbox.finished(id, 17)),
            (OptIn::Failure, outbox.failed(id, Failure::Unreachable)),
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
    assert_eq!(outbox.finished(id, 1), Err(KeeperError::UnknownCommand));
    assert_eq!(outbox.zone(0, ZoneId::new(5)), Err(KeeperError::NotInRelease));
    assert_eq!(outbox.zone(1, ZoneId::new(1)), Err(KeeperError::NotInRelease));
    assert_eq!(outbox.pose(0, [f64::NAN, 0.0].into()), Err(KeeperError::NotInRelease));
    assert!(outbox.handle_command(&command, at(200)).is_accepted());
    assert_eq!(outbox.progress(id, 11), Err(KeeperError::Tenths));
}

#[test]
fn a_restart_changes_no_answer_and_damage_is_noticed() {
    let policy = Policy::builder().done_after_s(60).build().unwrap();
    let release = released(&policy);
    let mut on = Outbox::new(&release, &policy).unwrap();
    let mut off_and_on = on.clone();
    let restored = |outbox: &Outbox| Outbox::restored(&release, &policy, &outbox.to_bytes()).unwrap();
    for (id, at) in [(1, 100), (2, 101), (2, 102), (9, 400), (3, 405), (10, 410)] {
        let json = format!(r#"{{"id":{id},"floor":0,"goal":{{"zone":1}}}}"#);
        let command = Command::from_json(json.as_bytes()).unwrap();
        let at = UnixTime::from_secs(at);
        assert_eq!(on.handle_command(&command, at), off_and_on.handle_command(&command, at));
        off_and_on = restored(&off_and_on);
        assert_eq!(on.next_due(), off_and_on.next_due());
        assert_eq!(on.due(at.later_by_s(70)), off_and_on.due(at.later_by_s(70)));
        off_and_on = restored(&off_and_on);
    }
    let bytes = on.to_bytes();
    assert_eq!(bytes.len(), 512);
    let refused = |bytes: &[u8]| Outbox::restored(&release, &policy, bytes).unwrap_err();
    let mut damaged = bytes.clone();
    damaged[20] ^= 1;
    assert_eq!(refused(&damaged), KeeperError::Queue(BlobError::Checksum));
    assert_eq!(refused(&[]), KeeperError::Queue(BlobError::Length));
    // A queue that cannot have come from commands, or came from another policy's.
    for change in [
        (|outbox| outbox.last = None) as fn(&mut Outbox),
        |outbox| outbox.last = Some(CommandId::new(9)),
        |outbox| outbox.busy_until = UnixTime::from_secs(0),
        |outbox| outbox.pending.push_back(outbox.pending[0]),
        |outbox| outbox.policy = Policy::default(),
    ] {
        let mut odd = on.clone();
        change(&mut odd);
        assert_eq!(refused(&odd.to_bytes()), KeeperError::Queue(BlobError::Content));
    }
    let other = Outbox::restored(&release, &Policy::default(), &bytes).unwrap_err();
    assert_eq!(other, KeeperError::ReleasePolicy);
}
