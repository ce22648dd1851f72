//! The robot: its map and its device.

use std::error::Error;

use homeveil::home::RobotMap;
use homeveil::home::{Footprint, Home, RoomKind};
use homeveil::keeper::{Device, Keeper, Order, Received, UnixTime};
use homeveil::key::{AreaId, Goal, Region, Task};
use homeveil::redact::Redaction;
use homeveil::{Coins, Policy};
use nalgebra::{Isometry2, Point2};

use crate::cloud::Cloud;
use crate::flash::Flash;
use crate::told::Told;

pub(crate) struct Robot {
    pub(crate) policy: Policy,
    pub(crate) redaction: Redaction,
    pub(crate) flash: Flash,
    pub(crate) device: Device<Flash>,
    pub(crate) map: RobotMap,
    pub(crate) home: Home,
    /// Areas by number and the rooms that the owner bound them to.
    pub(crate) bound: Vec<(u32, RoomKind)>,
    /// What the owner barred today, for the picture.
    pub(crate) barred: Vec<Region>,
    pub(crate) now: UnixTime,
    /// What was asked for today and what became of it.
    pub(crate) asked: Vec<(Goal, Option<Task>)>,
}

impl Robot {
    pub(crate) fn new(
        map: RobotMap,
        policy: Policy,
        coins: Coins,
        now: UnixTime,
    ) -> Result<Self, Box<dyn Error>> {
        let flash = Flash::default();
        let device = Device::of(Keeper::open_with(flash.clone(), policy.clone(), coins)?)?;
        let redaction = device.keeper().redaction();
        let (home, bound, barred, asked) = (home(&map)?, Vec::new(), Vec::new(), Vec::new());
        Ok(Self { policy, redaction, flash, device, map, home, bound, barred, now, asked })
    }

    /// The map of today.
    pub(crate) fn maps(&mut self, map: &RobotMap) -> Result<(), Box<dyn Error>> {
        (self.map, self.home) = (map.clone(), home(map)?);
        Ok(())
    }

    /// Draws or repeats the release, fits the key, and sends.
    pub(crate) fn send_release(&mut self, cloud: &mut Cloud, told: &mut Told) -> Result<(), Box<dyn Error>> {
        self.device.on_map(&self.home, &self.redaction, self.now)?;
        let release = self.device.release(self.now)?;
        if self.flash.is_dark() {
            return Err("the power has gone".into());
        }
        if let Ok(refit) = self.device.keeper().refit_of(0) {
            let (found, kept) = (refit.map_overlap * 100.0, refit.zone_agreement * 100.0);
            told.owner(if refit.recognized {
                format!("the new map fits the old one: {found:.0} % found again, {kept:.0} % of the floor keeps its zone")
            } else {
                "the new map is not recognized; nothing that is known changes".to_owned()
            });
            if refit.seems_moved {
                told.owner("have you moved? Then begin a new epoch; else confirm that this is another floor");
            }
        }
        cloud.receive(release.to_json().as_bytes(), &self.policy, told)
    }

    /// Answers a command, and does it.
    pub(crate) fn hear(&mut self, json: &[u8], told: &mut Told) -> Result<(), Box<dyn Error>> {
        let Received { answer, command } = self.device.on_command(json, self.now)?;
        told.cloud(format!("{} {}", clock(self.now), answer.to_json()));
        let Some(command) = command else { return Ok(()) };
        let dock = self.map.dock.unwrap_or_else(Point2::origin);
        let pose = Isometry2::translation(dock.x, dock.y);
        let tasks = self.device.tasks(&command, pose, self.now)?;
        let Order::Go { goals, .. } = command.order else { return Ok(()) };
        for (goal, task) in goals.into_iter().zip(tasks) {
            told.owner(match (&task, &goal) {
                (Ok(Task::Clean(region)), _) => format!("cleaned {}", self.rooms_of(region)),
                (Ok(Task::Drive(path)), _) => {
                    format!("drove {:.1} m, {} drawn doors passed by", path.length_m(), path.detours().len())
                }
                (Ok(_), Goal::Area(area)) => match self.bound.iter().find(|(own, _)| *own == area.get()) {
                    Some((_, kind)) => format!("the {} cannot be reached today", kind.name()),
                    None => "asked for an area that is bound to nothing".to_owned(),
                },
                (Ok(_), _) => "nothing to do there today".to_owned(),
                (Err(error), _) => error.to_string(),
            });
            self.asked.push((goal, task.ok()));
        }
        Ok(())
    }

    /// The evening: whatever the robot did, and however long that took, "done" is said when the policy says so.
    pub(crate) fn evening(&mut self, until: UnixTime, told: &mut Told) -> Result<(), Box<dyn Error>> {
        while let Some(at) = self.device.next_tick().filter(|at| *at <= until) {
            for message in self.device.on_tick(at)? {
                told.cloud(format!("{} {}", clock(at), message.to_json()));
            }
        }
        self.now = until;
        Ok(())
    }

    /// Power back: all from what the flash holds.
    pub(crate) fn restart(&mut self) -> Result<(), Box<dyn Error>> {
        self.flash.power_back();
        self.device = Device::open(self.flash.clone(), self.policy.clone())?;
        Ok(())
    }

    /// Binds areas to rooms, numbered as the rooms are.
    pub(crate) fn bind(&mut self, told: &mut Told) -> Result<(), Box<dyn Error>> {
        for room in self.home.rooms() {
            let (room, Some(kind)) = (room.id(), room.kind()) else { continue };
            let area = AreaId::new(room.get());
            let home = &self.home;
            // A redacted room too: this area alone leads into it.
            if self.device.edit_key(0, |key| key.bind_rooms(area, home, &[room]))?.is_ok() {
                self.bound.push((room.get(), kind));
            }
        }
        let list: Vec<String> =
            self.bound.iter().map(|(area, kind)| format!("{} = {area}", kind.name())).collect();
        told.owner(format!("areas bound: {}", list.join(", ")));
        Ok(())
    }
}

pub(crate) fn home(map: &RobotMap) -> Result<Home, Box<dyn Error>> {
    Ok(map.clone().into_builder(Footprint::disc_m(0.17)?).build()?)
}

/// Hours and minutes of a time.
fn clock(at: UnixTime) -> String {
    format!("{:02}:{:02}", at.secs() / 3600 % 24, at.secs() / 60 % 60)
}
