//! A release that the cloud changed: read, checked, planned on, and lifted by a key that it does not fit.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use geo_types::Rect;
use homeveil::home::{Home, HomeBuilder};
use homeveil::keeper::{Command, CommandId, Order, Outbox, UnixTime};
use homeveil::key::{AreaId, Goal, Task};
use homeveil::{HouseKey, Policy, Redaction, Release};
use homeveil_fuzz::noisy;
use libfuzzer_sys::fuzz_target;
use nalgebra::{Isometry2, Point2};

#[derive(Arbitrary, Debug)]
struct Input {
    drawn: u8,
    pose: [i8; 2],
    changes: Vec<Change>,
}

/// A change of the text.
#[derive(Arbitrary, Debug)]
enum Change {
    Byte {
        at: u16,
        byte: u8,
    },
    /// Puts a number in the place of one of those in the text.
    Number {
        which: u16,
        number: u16,
    },
    Cut {
        at: u16,
        len: u8,
    },
    Again {
        at: u16,
        len: u8,
        to: u16,
    },
}

impl Change {
    fn make(&self, json: &mut Vec<u8>) {
        let place = |at: u16, json: &[u8]| usize::from(at) % json.len().max(1);
        match *self {
            Self::Byte { at, byte } => {
                let at = place(at, json);
                json.get_mut(at).into_iter().for_each(|old| *old = byte);
            }
            Self::Number { which, number } => {
                let is_start =
                    |n: &usize| json[*n].is_ascii_digit() && (*n == 0 || !json[n - 1].is_ascii_digit());
                let starts: Vec<usize> = (0..json.len()).filter(is_start).collect();
                let Some(&start) = starts.get(usize::from(which) % starts.len().max(1)) else { return };
                let len = json[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                json.splice(start..start + len, number.to_string().into_bytes());
            }
            Self::Cut { at, len } => {
                let at = place(at, json);
                json.drain(at..json.len().min(at + usize::from(len)));
            }
            Self::Again { at, len, to } => {
                let (at, to) = (place(at, json), place(to, json));
                let copy = json[at..json.len().min(at + usize::from(len))].to_vec();
                json.splice(to..to, copy);
            }
        }
    }
}

/// Releases of some policies with the keys of one home.
static DRAWN: LazyLock<Vec<(Policy, Release, HouseKey)>> = LazyLock::new(|| {
    let drawing = "aaaaa#bbbbb\naAaaabbbbbb\naaaaa#bbbbb\ncccccddddd.\ncccccddd#dd\nccccc#ddddd";
    let home = Home::from_drawing(0.2, homeveil_fuzz::robot(), drawing, &[]).and_then(HomeBuilder::build);
    let home = home.expect("the flat is a home");
    let policies =
        (2..=6).map(|zones| noisy().zones(zones).areas(3).build().expect("a good policy"));
    let drawn = policies.map(|policy| {
        let (release, key) = homeveil_fuzz::check(&home, &Redaction::none(), &policy, 3);
        (policy, release, key)
    });
    drawn.collect()
});

fuzz_target!(|input: Input| {
    let (policy, release, key) = &DRAWN[usize::from(input.drawn) % DRAWN.len()];
    let mut json = release.to_json().into_bytes();
    for change in input.changes.iter().take(8) {
        change.make(&mut json);
    }
    let Ok(changed) = Release::from_json(&json) else { return };
    let back =
        Release::from_json(changed.to_json().as_bytes()).expect("what was read can be written and read");
    assert!(back == changed);
    if changed.verify_under(policy).is_ok() {
        assert!(changed.certificate().policy_digest == policy.digest());
    }
    let mut outbox = Outbox::new(&changed, policy);
    let pose = Isometry2::translation(f64::from(input.pose[0]) / 20.0, f64::from(input.pose[1]) / 20.0);
    let mut id = 0;
    for (number, floor) in (0_u8..).zip(changed.floors()) {
        let metres = |cells: u32| f64::from(cells) * floor.grid().resolution_m();
        let mut goals: Vec<Goal> = Vec::new();
        let mut places = Vec::new();
        for zone in floor.zones() {
            let (low, high) = (
                (metres(zone.rect.x), metres(zone.rect.y)),
                (metres(zone.rect.x + zone.rect.width), metres(zone.rect.y + zone.rect.height)),
            );
            let middle = Point2::new(f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
            goals.extend([
                Goal::Zone(zone.id),
                Goal::Rect(Rect::new(low, high)),
                Goal::Spot(middle),
                Goal::Drive(middle),
            ]);
            places.push(middle);
        }
        goals.extend((0..changed.areas().min(70)).map(|area| Goal::Area(AreaId::new(area))));
        goals.push(Goal::Path(places));
        for goal in goals {
            id += 1;
            let order = Order::Go { floor: number, goals: vec![goal.clone()], repeats: 1 };
            let command = Command { client: 0, id: CommandId::new(id), order };
            let _ = outbox.handle_command(&command, UnixTime::from_secs(1_790_000_000 + 3600 * id));
            if let Ok(Task::Clean(region)) = key.resolve(pose, &goal) {
                assert!(!region.is_empty() && region.points().all(|at| region.contains(at)));
            }
        }
    }
});
