//! The device under random calls and power cuts, against a plain model.
//!
//! A store that knows everything it is given, seeds included, decides from those bytes whether to cut the power
//! before a save takes effect or after, and at times has no room for keys, queue and log. The robot is updated to other
//! policies, is replaced, moves. Whatever happens in whatever order: one release an epoch, never over the cap, none
//! without a consent that holds and names the purpose, and none refused for any other reason than that, the store or a
//! map that has not come; no number of a command is accepted twice; no panic; and of two households with the same
//! record everything that leaves the device is the same, byte by byte. A life takes ten years, and one time in ten its
//! clock is wrong.

mod device;
mod flash;
mod household;
mod model;
mod restarts;

use homeveil::keeper::Purpose;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategies::{Flat, flats};
use household::run;

/// A call, or something that happens to the device.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Consent {
        id: u8,
        purposes: Vec<Purpose>,
        given: u64,
        lasts: u64,
        refused: bool,
    },
    /// At a time.
    Withdraw(u64),
    Release {
        homes: [u8; 2],
        purpose: Purpose,
        now: u64,
        bad_redaction: bool,
    },
    NewEpoch(u64),
    /// Home, area and room.
    Bind(u8, u8, u8),
    /// The robot restarts with another of the policies.
    Update(u8),
    /// From now on there is room for more than the state, or there is none.
    Room(bool),
    /// JSON at a time.
    Command(String, u64),
    Due(u64),
    Restart,
    /// Home, purpose and time.
    SecondRobot(u8, Purpose, u64),
    TakeOver,
    /// Place and bit. Below zero the place is counted from the end.
    DamageState(i32, u8),
    DamageKey(i32, u8),
}

fn purposes() -> impl Strategy<Value = Purpose> {
    prop_oneof![
        4 => Just(Purpose::RequestedServiceProvision),
        1 => Just(Purpose::SellDataToThirdParties),
        1 => Just(Purpose::TargetedAdvertising),
    ]
}

fn goals() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..7_u8).prop_map(|zone| format!("{{\"zone\":{zone}}}")),
        (0..20_u8).prop_map(|area| format!("{{\"area\":{area}}}")),
        (-1.0..11.0_f64, 0.0..9.0_f64).prop_map(|(x, y)| format!("{{\"drive\":[{x},{y}]}}")),
        Just("\"all\"".to_owned()),
        Just("{\"nothing\":1}".to_owned()),
    ]
}

fn orders() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..3_u8, goals()).prop_map(|(floor, goal)| format!("\"floor\":{floor},\"goal\":{goal}")),
        2 => (vec(goals(), 0..4), 0..4_u8)
            .prop_map(|(goals, repeats)| format!("\"goals\":[{}],\"repeats\":{repeats}", goals.join(","))),
        2 => prop::sample::select(vec!["stop", "pause", "resume", "dock", "rest"])
            .prop_map(|order| format!("\"order\":\"{order}\"")),
        1 => (0..12_u8).prop_map(|id| format!("\"order\":{{\"cancel\":{id}}}")),
    ]
}

/// Anywhere, in what comes before the body, or in the checksum at the end.
fn places() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), 0..40, -32..0]
}

fn steps() -> impl Strategy<Value = Step> {
    let now = || 0..100_u64;
    prop_oneof![
        4 => (0..4_u8, vec(purposes(), 1..3), 0..40_u64, 1..90_u64, prop::bool::weighted(0.1)).prop_map(
            |(id, purposes, given, lasts, refused)| Step::Consent { id, purposes, given, lasts, refused }
        ),
        1 => now().prop_map(Step::Withdraw),
        9 => (any::<[u8; 2]>(), purposes(), now(), prop::bool::weighted(0.1)).prop_map(
            |(homes, purpose, now, bad_redaction)| Step::Release { homes, purpose, now, bad_redaction }
        ),
        // What a household that lives well with its robot does all the time.
        9 => any::<[u8; 2]>().prop_map(|homes| Step::Release {
            homes,
            purpose: Purpose::RequestedServiceProvision,
            now: 51,
            bad_redaction: false,
        }),
        5 => now().prop_map(Step::NewEpoch),
        2 => (any::<u8>(), 0..20_u8, any::<u8>()).prop_map(|(home, area, room)| Step::Bind(home, area, room)),
        4 => (0..2_u8, 0..12_u8, orders(), now()).prop_map(|(client, id, order, now)| {
            Step::Command(format!("{{\"client\":{client},\"id\":{id},{order}}}"), now)
        }),
        2 => now().prop_map(Step::Due),
        5 => Just(Step::Restart),
        2 => any::<u8>().prop_map(Step::Update),
        2 => any::<bool>().prop_map(Step::Room),
        1 => (any::<u8>(), purposes(), now())
            .prop_map(|(home, purpose, now)| Step::SecondRobot(home, purpose, now)),
        1 => Just(Step::TakeOver),
        1 => (places(), 0..8_u8).prop_map(|(at, bit)| Step::DamageState(at, bit)),
        1 => (places(), 0..8_u8).prop_map(|(at, bit)| Step::DamageKey(at, bit)),
    ]
}

/// Ten years.
const LIFE_S: u64 = 10 * 365 * 86_400;

/// Steps after a consent that holds for long. Time goes on from step to step, over ten years in all; one time in ten is
/// any other, as a clock that is wrong shows it.
fn lives() -> impl Strategy<Value = Vec<Step>> {
    vec(steps(), 1..70).prop_map(|mut steps| {
        let count = steps.len() as u64;
        for (number, step) in (0..).zip(&mut steps) {
            let (Step::Withdraw(now)
            | Step::Release { now, .. }
            | Step::NewEpoch(now)
            | Step::Command(_, now)
            | Step::Due(now)
            | Step::SecondRobot(_, _, now)
            | Step::Consent { given: now, .. }) = step
            else {
                continue;
            };
            let drawn = *now;
            *now = match drawn % 10 {
                0 => LIFE_S / 50 * drawn,
                // A minute to an hour after one that was nearly the same, or so much of a life on.
                rest => LIFE_S / count * number + 600 * rest,
            };
            if let Step::Consent { lasts, .. } = step {
                *lasts *= LIFE_S / 100;
            }
        }
        let purposes = vec![Purpose::RequestedServiceProvision];
        steps.insert(0, Step::Consent { id: 9, purposes, given: 0, lasts: 2 * LIFE_S, refused: false });
        steps
    })
}

/// 256 cases, or as many as `HOMEVEIL_CASES` says.
fn cases() -> ProptestConfig {
    let cases = crate::maps::cases(256);
    ProptestConfig { cases, max_shrink_iters: 4096, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_is_called_and_whenever_the_power_is_cut_the_promises_hold(
        flats in vec(flats(1..=4), 1..3), others in vec(flats(1..=5), 1..3), steps in lives(),
        spite: u64, seed: u64, floors in 1..=2_u8,
    ) {
        let homes = |flats: &[Flat]| flats.iter().map(|flat| flat.draw().home()).collect::<Vec<_>>();
        let (own, others) = (homes(&flats), homes(&others));
        // Two households: the first release of an epoch is asked for with the same home, all later ones with others.
        let one = run(&own, &own, &steps, spite, seed, floors)?;
        let other = run(&own, &others, &steps, spite, seed, floors)?;
        prop_assert!(one == other, "what left the device differs:\n{:?}\n{:?}", short(&one), short(&other));
    }
}

fn short(sent: &[String]) -> Vec<String> {
    sent.iter().map(|line| line.chars().take(60).collect()).collect()
}
