//! N7: what a device answers follows from the release, the policy and the cloud's own commands, and from nothing that
//! happens in the home.

use std::cell::RefCell;
use std::rc::Rc;

use homeveil::home::{Home, KeepOut};
use homeveil::keeper::{
    Command, ConsentRecord, Device, Failure, MemoryStore, Message, Purpose, Received, Slot, Store,
    StoreError, UnixTime,
};
use homeveil::{Policy, Redaction};
use nalgebra::Isometry2;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategies::{Cells, Flat, flats};

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);

/// How far the network sets a robot's clock.
const SET_S: u64 = 86_400;

/// How often a robot looks that was to look at a time which is past.
const ROUND_S: u64 = 600;

/// What outlives the power.
#[derive(Clone, Default)]
struct Flash(Rc<RefCell<MemoryStore>>);

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.borrow_mut().load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.0.borrow_mut().save(slot, blob)
    }
}

/// What the cloud does: so many seconds later, a command.
type Sent = (u64, String);

/// What happens in a home before the cloud's next command.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The robot comes with the map of this home.
    Map(u8),
    /// It asks what the last command means, and says where it is.
    Tasks,
    /// It has done so many tenths of the last command, is done with it, or fails.
    Progress(u8),
    Finished(u32),
    Failed,
    /// It is done, and says so to nobody.
    Done,
    /// The owner lets nobody clean in the lower left corner.
    Bar,
    Restart,
    /// The power is cut.
    Cut,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (0..2_u8).prop_map(Event::Map),
        Just(Event::Tasks),
        (0..12_u8).prop_map(Event::Progress),
        (0..9000_u32).prop_map(Event::Finished),
        Just(Event::Failed),
        Just(Event::Done),
        Just(Event::Bar),
        Just(Event::Restart),
        Just(Event::Cut),
    ];
    vec(event, 0..3)
}

fn commands() -> impl Strategy<Value = Sent> {
    let order = prop_oneof![
        4 => (0..6_u8).prop_map(|zone| format!("\"goal\":{{\"zone\":{zone}}}")),
        2 => (0..20_u8).prop_map(|area| format!("\"goal\":{{\"area\":{area}}}")),
        2 => (0.0..9.6_f64, 0.0..9.6_f64).prop_map(|(x, y)| format!("\"goal\":{{\"spot\":[{x},{y}]}}")),
        1 => Just("\"goal\":\"all\"".to_owned()),
        2 => prop::sample::select(vec!["stop", "pause", "resume", "dock"]).prop_map(|order| format!("\"order\":\"{order}\"")),
        1 => (0..20_u8).prop_map(|id| format!("\"order\":{{\"cancel\":{id}}}")),
    ];
    (0..4000_u64, 0..20_u8, order).prop_map(|(later, id, order)| (later, format!("{{\"id\":{id},{order}}}")))
}

/// A home's device, and all that its cloud was told.
struct Robot {
    homes: Vec<Home>,
    flash: Flash,
    device: Option<Device<Flash>>,
    /// By its clock.
    now: UnixTime,
    last: Option<Command>,
    told: String,
}

impl Robot {
    fn new(flats: &[Flat]) -> Self {
        let homes: Vec<Home> = flats.iter().map(|flat| flat.draw().home()).collect();
        let flash = Flash::default();
        let mut device = Device::open(flash.clone(), Policy::sealed()).unwrap();
        let consent = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(10_000_000));
        device.consent(consent.purpose(Purpose::RequestedServiceProvision), NOW).unwrap();
        device.on_map(&homes[0], &Redaction::none(), NOW).unwrap();
        let told = device.release(NOW).unwrap().to_json();
        Self { homes, flash, device: Some(device), now: NOW, last: None, told }
    }

    const fn device(&mut self) -> &mut Device<Flash> {
        self.device.as_mut().unwrap()
    }

    fn tell(&mut self, messages: impl IntoIterator<Item = Message>, at: UnixTime) {
        for message in messages {
            self.told.extend(["\n", &at.secs().to_string(), " ", &message.to_json()]);
        }
    }

    /// Says what is due until then, each at its time.
    fn wait(&mut self, until: UnixTime) {
        while let Some(due) = self.device().next_tick() {
            let at = if due < self.now { self.now.later_by_s(ROUND_S) } else { due };
            if at > until {
                break;
            }
            self.looks(at);
        }
        self.now = until;
    }

    /// Says what is due, and looks again, so that it is stored that it was said.
    fn looks(&mut self, now: UnixTime) {
        self.now = now;
        loop {
            let due = self.device().on_tick(now).unwrap();
            if due.is_empty() {
                break;
            }
            self.tell(due, now);
        }
    }

    /// Whatever the robot itself makes of a command leaves the device too, if it may.
    fn happens(&mut self, event: Event, now: UnixTime) {
        let last = self.last.clone();
        let of_last = |robot: &mut Self, say: &dyn Fn(&mut Device<Flash>, &Command) -> Option<Message>| {
            let said = last.as_ref().and_then(|command| say(robot.device(), command));
            robot.tell(said, now);
        };
        match event {
            Event::Map(home) => {
                let home = self.homes[usize::from(home) % self.homes.len()].clone();
                self.device().on_map(&home, &Redaction::none(), now).unwrap();
            }
            Event::Tasks => {
                let pose = Isometry2::translation(0.3, 0.3);
                let said = self.device().on_pose(0, pose, now).unwrap();
                self.tell(said, now);
                if let Some(command) = &last {
                    self.device().tasks(command, pose, now).unwrap();
                }
            }
            Event::Progress(tenths) => of_last(self, &|device, command| {
                device.progress(command.client, command.id, tenths, now).ok()
            }),
            Event::Finished(seconds) => of_last(self, &|device, command| {
                device.finished(command.client, command.id, seconds, now).ok()
            }),
            Event::Failed => of_last(self, &|device, command| {
                device.failed(command.client, command.id, Failure::Unreachable, now).ok()
            }),
            Event::Done => of_last(self, &|device, command| {
                // Refused where its "done" was said.
                let _ = device.robot_is_done(command.client, command.id);
                None
            }),
            Event::Bar => {
                let corner = KeepOut::Area(Cells { x: 0, y: 0, width: 4, height: 4 }.polygon(0.1));
                self.device().edit_key(0, |key| key.bar(&corner)).unwrap().unwrap();
            }
            Event::Restart => {
                let store = self.device.take().unwrap().into_store();
                self.device = Some(Device::open(store, Policy::sealed()).unwrap());
            }
            Event::Cut => {
                self.device = Some(Device::open(self.flash.clone(), Policy::sealed()).unwrap());
            }
        }
    }

    fn hears(&mut self, json: &str, now: UnixTime) {
        let Received { answer, command } = self.device().on_command(json.as_bytes(), now).unwrap();
        self.tell([answer], now);
        self.last = command.or(self.last.take());
    }
}

laws! {
    cases;

    /// Two homes with one release and one cloud, in which different things happen.
    fn n7_answers_tell_nothing_of_the_home(
        homes in (vec(flats(1..=6), 2), vec(flats(1..=6), 2)),
        days in vec((commands(), prop::bool::weighted(0.3), events(), events()), 1..12),
    ) {
        let (mut one, mut other) = (Robot::new(&homes.0), Robot::new(&homes.1));
        let mut now = NOW;
        for ((later, json), is_set, own, others) in days {
            let heard = now.later_by_s(later);
            now = if is_set { heard.later_by_s(SET_S) } else { heard };
            for (robot, events) in [(&mut one, own), (&mut other, others)] {
                robot.wait(heard);
                robot.hears(&json, heard);
                if is_set {
                    robot.looks(now);
                }
                for event in events {
                    robot.happens(event, now);
                }
            }
        }
        let end = now.later_by_s(100_000);
        one.wait(end);
        other.wait(end);
        prop_assert_eq!(one.told, other.told);
    }
}
