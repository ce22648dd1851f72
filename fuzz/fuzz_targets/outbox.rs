//! The cloud's side: any commands at any time to an outbox, those that it accepts to the key, and what is answered.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use homeveil::atlas::ZoneId;
use homeveil::home::{Home, HomeBuilder};
use homeveil::keeper::{Command, CommandId, Failure, Message, Order, Outbox, Received, UnixTime};
use homeveil::key::{AreaId, Goal, KeyError};
use homeveil::navigate::Navigator;
use homeveil::{HouseKey, OptIn, Policy, Redaction, Release};
use homeveil_fuzz::noisy;
use homeveil_fuzz::raw::Place;
use libfuzzer_sys::fuzz_target;
use nalgebra::{Isometry2, Point2};

#[derive(Arbitrary, Debug)]
struct Input {
    loud: bool,
    crossing: bool,
    pose: [Place; 2],
    steps: Vec<Step>,
}

#[derive(Arbitrary, Debug)]
enum Step {
    Raw(Vec<u8>),
    Command { client: u8, id: u8, floor: u8, goals: Vec<RawGoal>, repeats: u8 },
    Control { client: u8, id: u8, order: u8 },
    Wait(u16),
    Set(u64),
    Report { client: u8, id: u8, what: u8 },
    Restart,
}

#[derive(Arbitrary, Debug)]
enum RawGoal {
    All,
    Zone(u8),
    Area(u8),
    Spot([Place; 2]),
    Rect([Place; 4]),
    Drive([Place; 2]),
    Path(Vec<[u8; 2]>),
}

impl RawGoal {
    fn goal(&self) -> Goal {
        let at = |[x, y]: [Place; 2]| Point2::new(x.0, y.0);
        match self {
            Self::All => Goal::All,
            Self::Zone(zone) => Goal::Zone(ZoneId::new((*zone).into())),
            Self::Area(area) => Goal::Area(AreaId::new((*area).into())),
            Self::Spot(place) => Goal::Spot(at(*place)),
            Self::Rect([a, b, c, d]) => Goal::Rect(geo_types::Rect::new((a.0, b.0), (c.0, d.0))),
            Self::Drive(place) => Goal::Drive(at(*place)),
            Self::Path(places) => Goal::Path(
                places.iter().map(|place| Point2::from(place.map(|n| f64::from(n) / 26.0))).collect(),
            ),
        }
    }
}

const FLAT: &str = "
    #####################
    #aaaaaaaaa#bbbbbbbbb#
    #aAaaaaaaa#bbbb#bbbb#
    #aaaaaaaaabbbbbbbbbb#
    #aaaa#aaaabbbbbb##bb#
    #aaaaaaaaa#bbbbbbbbb#
    #c##cc#####ddddd##dd#
    #cccccccccddddd#dddd#
    #ccccccccc#dddddddd.#
    #####################";

/// Two policies, quiet and with all opt-ins, each with a release and the key of one home.
static DRAWN: LazyLock<[(Policy, Release, HouseKey); 2]> = LazyLock::new(|| {
    let home = Home::from_drawing(0.2, homeveil_fuzz::robot(), FLAT, &[]).and_then(HomeBuilder::build);
    let home = home.expect("the flat is a home");
    let room = home.rooms()[1].id();
    let loud =
        OptIn::ALL.into_iter().fold(noisy().areas(3), |policy, opt_in| policy.opt_in(opt_in));
    [Policy::default(), loud.build().expect("a good policy")].map(|policy| {
        let redaction = Redaction::none().rooms([room]).keep_unlabelled();
        let (release, mut key) = homeveil_fuzz::check(&home, &redaction, &policy, 1);
        let _ = key.bind_rooms(AreaId::new(0), &home, &[home.rooms()[0].id()]);
        (policy, release, key)
    })
});

fuzz_target!(|input: Input| {
    let (policy, release, key) = &DRAWN[usize::from(input.loud)];
    let mut outbox = Outbox::new(release, policy);
    let mut navigator = if input.crossing { Navigator::through_redacted() } else { Navigator::new() };
    let pose = Isometry2::translation(input.pose[0].0, input.pose[1].0);
    let mut now = UnixTime::from_secs(1_790_000_000);
    let mut open: Vec<(u32, CommandId)> = Vec::new();
    for step in input.steps.iter().take(40) {
        let accepted = match step {
            Step::Raw(json) => {
                let Received { answer, command } = outbox.receive(json, now);
                assert_eq!(answer.is_accepted(), command.is_some());
                let _ = answer.to_json();
                command
            }
            Step::Command { client, id, floor, goals, repeats } => {
                let goals = goals.iter().map(RawGoal::goal).collect();
                let order = Order::Go { floor: *floor, goals, repeats: *repeats };
                let command = Command { client: (*client).into(), id: CommandId::new((*id).into()), order };
                // What the cloud writes the device can read, numbers perhaps off by their last bit.
                let json = serde_json::to_vec(&command);
                let read = json.ok().and_then(|json| Command::from_json(&json).ok());
                let answer = outbox.handle_command(&command, now);
                if answer.is_accepted() {
                    assert_eq!(read.map(|read| (read.client, read.id)), Some((command.client, command.id)));
                }
                answer.is_accepted().then_some(command)
            }
            Step::Control { client, id, order } => {
                let order = match order % 5 {
                    0 => Order::Stop,
                    1 => Order::Pause,
                    2 => Order::Resume,
                    3 => Order::Dock,
                    _ => Order::Cancel(CommandId::new((order / 5).into())),
                };
                let command = Command { client: (*client).into(), id: CommandId::new((*id).into()), order };
                outbox.handle_command(&command, now).is_accepted().then_some(command)
            }
            Step::Set(time) => {
                now = UnixTime::from_secs(*time);
                None
            }
            Step::Wait(seconds) => {
                now = now.later_by_s((*seconds).into());
                for message in outbox.due(now) {
                    let Message::Done { client, id, .. } = message else { panic!("only what is done is due") };
                    let place = open.iter().position(|&other| other == (client, id)).expect("it was accepted");
                    open.remove(place);
                }
                None
            }
            Step::Report { client, id, what } => {
                let (client, id) = (u32::from(*client), CommandId::new((*id).into()));
                let told = match what % 4 {
                    0 => outbox.progress(client, id, *what / 4),
                    1 => outbox.finished(client, id, (*what).into()),
                    2 => outbox.failed(client, id, Failure::Unreachable),
                    _ => outbox.zone(0, ZoneId::new((*what / 4).into())),
                };
                assert!(input.loud || told.is_err(), "a quiet policy tells nothing");
                if what % 4 == 1 || what % 4 == 2 {
                    open.retain(|&other| told.is_err() || other != (client, id));
                }
                None
            }
            Step::Restart => {
                let bytes = outbox.to_bytes();
                outbox = Outbox::restored(release, policy, &bytes).expect("its bytes are one");
                // Numbers perhaps off by their last bit.
                let again = Outbox::restored(release, policy, &outbox.to_bytes()).expect("its bytes are one");
                assert!(again.next_due() == outbox.next_due() && again.pending().count() == open.len());
                None
            }
        };
        let Some(command) = accepted else { continue };
        let goals = match command.order {
            Order::Go { goals, .. } => goals,
            Order::Stop | Order::Dock => {
                open.clear();
                continue;
            }
            Order::Cancel(id) => {
                open.retain(|&other| other != (command.client, id));
                continue;
            }
            _ => continue,
        };
        assert!(!open.contains(&(command.client, command.id)), "a number is used once");
        open.push((command.client, command.id));
        // What the outbox lets through names nothing that the release does not have.
        for goal in &goals {
            let task = key.resolve_using(&mut navigator, pose, goal);
            assert!(
                !matches!(task, Err(KeyError::Outside | KeyError::UnknownZone | KeyError::UnknownArea)),
                "an accepted command names something that there is not"
            );
        }
    }
});
