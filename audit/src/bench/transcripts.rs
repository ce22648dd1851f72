//! What a device's messages give away, with each opt-in and without any.
//!
//! The cloud asks for each zone in turn. The robot cleans a square metre a minute. What it may tell is decided by the
//! library's own [`Outbox`]; what the attacker has are the messages and when they came.

use homeveil::keeper::{CommandId, Failure, Message, Outbox, UnixTime};
use homeveil::{Coins, Grant, HouseKey, OptIn, Policy, Release, anonymize};

use super::Finding;
use super::run::{Bench, seed};
use super::size::predicted;
use crate::AuditError;
use crate::mechanism::{Limits, Mechanism, Plans};
use crate::population::{Subject, in_parallel};

/// Homes of each half that are cleaned.
const HOMES: usize = 300;

/// Seconds from one command to the next, longer than the policy's "done".
const APART_S: u64 = 14_400;

/// Seconds to clean a square metre.
const SECONDS_A_M2: f64 = 60.0;

/// Seconds between two zones or poses that are streamed.
const STREAM_S: u64 = 30;

/// The area of the home, from the messages of a day.
pub(super) fn findings(bench: &Bench) -> Result<Vec<Finding>, AuditError> {
    let opt_ins: Vec<Option<OptIn>> = core::iter::once(None).chain(OptIn::ALL.map(Some)).collect();
    // That of `Plans::default`.
    let odds = Plans::default().policy().odds();
    let policy = |opt_in: &Option<OptIn>| {
        opt_in.iter().fold(Policy::builder().odds(odds), |policy, opt_in| policy.opt_in(*opt_in)).build()
    };
    let policies = opt_ins.iter().map(policy).collect::<Result<Vec<_>, _>>()?;
    // What a release and its key are does not depend on what is opted in to: they are made once for each home.
    let of = |half: u64, homes: &[Subject]| {
        let homes: Vec<(u64, &Subject)> = (0..).zip(homes.iter().take(HOMES)).collect();
        let days =
            |&(number, home): &(u64, &Subject)| days(home, &policies, seed("transcript", half, number));
        in_parallel(&homes, days).into_iter().collect::<Result<Vec<Vec<Vec<f64>>>, AuditError>>()
    };
    let halves = [of(0, &bench.design)?, of(1, &bench.evaluation)?];
    let mut found = Vec::new();
    for (number, opt_in) in opt_ins.into_iter().enumerate() {
        let numbers =
            halves.each_ref().map(|homes| homes.iter().map(|days| days[number].clone()).collect::<Vec<_>>());
        let limits = if opt_in.is_none() { Plans::default().limits() } else { Limits::default() };
        let attacker = match opt_in {
            None => "messages, nothing opted in to",
            Some(OptIn::Zone) => "messages, opted in: zone",
            Some(OptIn::ProgressTenths) => "messages, opted in: progress",
            Some(OptIn::TrueDuration) => "messages, opted in: true duration",
            Some(OptIn::Failure) => "messages, opted in: failure",
            Some(OptIn::Pose) => "messages, opted in: pose",
            Some(_) => "messages, opted in: another",
        };
        let name = format!("{}, with messages", Plans::default().name());
        found.extend(predicted(bench, &name, attacker, numbers, &limits)?);
    }
    Ok(found)
}

/// Numbers of a day's messages under each policy.
fn days(home: &Subject, policies: &[Policy], seed: u64) -> Result<Vec<Vec<f64>>, AuditError> {
    let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(seed));
    let policy = Plans::default().policy().clone();
    let (release, key) = anonymize(home.home(), home.redaction(), &policy, grant, &mut coins)?;
    Ok(policies.iter().map(|policy| day(&release, &key, policy)).collect())
}

/// For each command how many messages there were, their bytes, when the last one came, seconds that one told, and
/// whether one told of a failure; and the release.
fn day(release: &Release, key: &HouseKey, policy: &Policy) -> Vec<f64> {
    let mut outbox = Outbox::new(release, policy);
    let mut numbers = vec![release.to_json().len() as f64];
    for floor in release.floors() {
        numbers.push(f64::from(floor.plan()));
        for (number, zone) in (1..).zip(floor.zones()) {
            let told = clean(key, &mut outbox, number, zone.id);
            let last = told.last().map_or(0, |(at, _)| *at) as f64;
            let bytes: usize = told.iter().map(|(_, message)| message.to_json().len()).sum();
            let seconds = told.iter().find_map(|(_, message)| match message {
                Message::Finished { seconds, .. } => Some(f64::from(*seconds)),
                _ => None,
            });
            let is_failed = told.iter().any(|(_, message)| matches!(message, Message::Failed { .. }));
            numbers.extend([
                told.len() as f64,
                bytes as f64,
                last,
                seconds.unwrap_or(0.0),
                f64::from(is_failed),
            ]);
        }
    }
    numbers
}

/// All that is told of one command, with the seconds after it.
fn clean(
    key: &HouseKey,
    outbox: &mut Outbox,
    number: u32,
    zone: homeveil::atlas::ZoneId,
) -> Vec<(u64, Message)> {
    let id = CommandId::new(number.into());
    let begun = UnixTime::from_secs(1_790_000_000).later_by_s(APART_S * u64::from(number));
    let json = format!(r#"{{"id":{number},"floor":0,"goal":{{"zone":{}}}}}"#, zone.get());
    let mut told = vec![(0, outbox.receive(json.as_bytes(), begun).answer)];
    let region = key.lift_zone(zone).ok().filter(|region| !region.is_empty());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousand seconds")]
    let seconds = region.as_ref().map_or(20, |region| (region.area_m2() * SECONDS_A_M2) as u64);
    // What is not opted in to is refused, and so not told.
    for at in (1..).map(|step| step * STREAM_S).take_while(|at| *at < seconds) {
        let tenths = u8::try_from(10 * at / seconds.max(1)).unwrap_or(10);
        let messages =
            [outbox.zone(0, zone), outbox.progress(0, id, tenths), outbox.pose(0, [1.0, 1.0].into())];
        told.extend(messages.into_iter().flatten().map(|message| (at, message)));
    }
    let over = if region.is_some() {
        outbox.finished(0, id, u32::try_from(seconds).unwrap_or(u32::MAX))
    } else {
        outbox.failed(0, id, Failure::Unreachable)
    };
    told.extend(over.into_iter().map(|message| (seconds, message)));
    let due = outbox.next_due().map_or(0, |at| at.secs().saturating_sub(begun.secs()));
    let done = outbox.due(begun.later_by_s(APART_S - 1));
    told.extend(done.into_iter().map(|message| (due, message)));
    told
}
