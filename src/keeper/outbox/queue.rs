//! The queue of commands, and the answers to the cloud.

use std::collections::VecDeque;

use geo_types::Coord;
use nalgebra::Point2;

use super::message::{Command, CommandError, CommandId, Failure, MAX_PATH, Message};
use crate::atlas::{FRAME, ZoneId};
use crate::keeper::error::KeeperError;
use crate::keeper::time::UnixTime;
use crate::key::Goal;
use crate::policy::{OptIn, Policy};
use crate::release::Release;

/// Most commands that are accepted and not yet done.
pub const MAX_PENDING: usize = 16;

/// Answers the cloud without looking at the home.
///
/// ```
/// use homeveil::keeper::{Command, Outbox, UnixTime};
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
/// #     |aaaabbbb|
/// #     |aAaabbbb|
/// #     |aaaabbbb|
/// # ", &[])?.build()?;
/// # let policy = Policy::default();
/// # let none = homeveil::Redaction::none();
/// # let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let mut outbox = Outbox::new(&release, &policy)?;
/// let now = UnixTime::from_secs(1_790_000_000);
/// let command = Command::from_json(br#"{"id":1,"floor":0,"goal":{"zone":2}}"#)?;
/// assert_eq!(outbox.handle_command(&command, now).to_json(), r#"{"accepted":{"id":1}}"#);
/// assert!(outbox.due(now.later_by_s(3599)).is_empty());     // the robot may long be ready
/// assert_eq!(outbox.due(now.later_by_s(3600))[0].to_json(), r#"{"done":{"id":1}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outbox {
    /// Number of zones of each floor.
    zones: Vec<usize>,
    areas: u32,
    pub(super) policy: Policy,
    /// Commands and when they count as done, in order.
    pub(super) pending: VecDeque<(CommandId, UnixTime)>,
    pub(super) last: Option<CommandId>,
    /// When the last command counts as done.
    pub(super) busy_until: UnixTime,
    pub(super) clock: UnixTime,
}

impl Outbox {
    /// The outbox of a device whose release is this.
    ///
    /// # Errors
    /// The release was not drawn under the policy.
    pub fn new(release: &Release, policy: &Policy) -> Result<Self, KeeperError> {
        if release.certificate().policy_digest != policy.digest() {
            return Err(KeeperError::ReleasePolicy);
        }
        Ok(Self {
            zones: release.floors().iter().map(|floor| floor.zones().len()).collect(),
            areas: release.areas(),
            policy: policy.clone(),
            pending: VecDeque::new(),
            last: None,
            busy_until: UnixTime::default(),
            clock: UnixTime::default(),
        })
    }

    /// Answers a command. The robot is to do it if the answer says "accepted", and not otherwise.
    ///
    /// The answer depends on the release, the policy, and the commands and times so far.
    pub fn handle_command(&mut self, command: &Command, now: UnixTime) -> Message {
        self.clock = self.clock.max(now);
        match self.check(command) {
            Ok(()) => {
                self.last = Some(command.id);
                self.busy_until =
                    self.busy_until.max(self.clock).later_by_s(self.policy.done_after_s().into());
                self.pending.push_back((command.id, self.busy_until));
                Message::Accepted { id: command.id }
            }
            Err(reason) => Message::Rejected { id: Some(command.id), reason },
        }
    }

    /// Reads a command and answers it; the command, where it is to be done.
    pub fn receive(&mut self, json: &[u8], now: UnixTime) -> (Message, Option<Command>) {
        match Command::from_json(json) {
            Ok(command) => {
                let answer = self.handle_command(&command, now);
                (answer, answer.is_accepted().then_some(command))
            }
            Err(reason) => {
                self.clock = self.clock.max(now);
                (Message::Rejected { id: None, reason }, None)
            }
        }
    }

    /// The "done" of all commands whose time is over, in their order, each once.
    pub fn due(&mut self, now: UnixTime) -> Vec<Message> {
        self.clock = self.clock.max(now);
        let count = self.pending.iter().take_while(|(_, at)| *at <= self.clock).count();
        self.pending.drain(..count).map(|(id, _)| Message::Done { id }).collect()
    }

    /// When [`Outbox::due`] has something to say next.
    #[must_use]
    pub fn next_due(&self) -> Option<UnixTime> {
        self.pending.front().map(|(_, at)| *at)
    }

    /// Opt-in [`OptIn::Zone`]: the zone that the robot is in.
    ///
    /// # Errors
    /// The policy does not have it; the release has no such zone.
    pub fn zone(&self, floor: u8, zone: ZoneId) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::Zone)?;
        let zones = self.zones.get(usize::from(floor)).ok_or(KeeperError::NotInRelease)?;
        if zone.index() >= *zones {
            return Err(KeeperError::NotInRelease);
        }
        Ok(Message::Zone { floor, zone })
    }

    /// Opt-in [`OptIn::ProgressTenths`]: how much of a command is done.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way; it is more than 10 tenths.
    pub fn progress(&self, id: CommandId, tenths: u8) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::ProgressTenths)?;
        self.place_of(id)?;
        if tenths > 10 {
            return Err(KeeperError::Tenths);
        }
        Ok(Message::Progress { id, tenths })
    }

    /// Opt-in [`OptIn::TrueDuration`]: a command is done and took so long. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn finished(&mut self, id: CommandId, seconds: u32) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::TrueDuration)?;
        let place = self.place_of(id)?;
        self.pending.remove(place);
        Ok(Message::Finished { id, seconds })
    }

    /// Opt-in [`OptIn::Failure`]: a command failed. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn failed(&mut self, id: CommandId, failure: Failure) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::Failure)?;
        let place = self.place_of(id)?;
        self.pending.remove(place);
        Ok(Message::Failed { id, failure })
    }

    /// Opt-in [`OptIn::Pose`]: where the robot is, in metres of the release
    /// ([`HouseKey::project`](crate::HouseKey::project)).
    ///
    /// # Errors
    /// The policy does not have it; the place is not in the release.
    pub fn pose(&self, floor: u8, at: Point2<f64>) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::Pose)?;
        if usize::from(floor) >= self.zones.len() || !inside(at.x, at.y) {
            return Err(KeeperError::NotInRelease);
        }
        Ok(Message::Pose { floor, at })
    }

    fn opted_in(&self, opt_in: OptIn) -> Result<(), KeeperError> {
        if self.policy.opt_ins().contains(&opt_in) { Ok(()) } else { Err(KeeperError::NotOptedIn(opt_in)) }
    }

    fn place_of(&self, id: CommandId) -> Result<usize, KeeperError> {
        self.pending.iter().position(|(pending, _)| *pending == id).ok_or(KeeperError::UnknownCommand)
    }

    fn check(&self, command: &Command) -> Result<(), CommandError> {
        if self.last.is_some_and(|last| command.id <= last) {
            return Err(CommandError::Repeated);
        }
        let zones = *self.zones.get(usize::from(command.floor)).ok_or(CommandError::UnknownFloor)?;
        let corner = |corner: Coord<f64>| inside(corner.x, corner.y);
        match &command.goal {
            Goal::Zone(zone) if zone.index() >= zones => return Err(CommandError::UnknownZone),
            Goal::Area(area) if area.get() >= self.areas => return Err(CommandError::UnknownArea),
            Goal::Spot(at) | Goal::Drive(at) if !inside(at.x, at.y) => return Err(CommandError::Outside),
            Goal::Rect(rect) if !(corner(rect.min()) && corner(rect.max())) => {
                return Err(CommandError::Outside);
            }
            Goal::Path(path) if !(1..=MAX_PATH).contains(&path.len()) => return Err(CommandError::Path),
            Goal::Path(path) if !path.iter().all(|at| inside(at.x, at.y)) => {
                return Err(CommandError::Outside);
            }
            _ => {}
        }
        if self.pending.len() >= MAX_PENDING { Err(CommandError::Busy) } else { Ok(()) }
    }
}

/// In the frame, its edges included.
fn inside(x: f64, y: f64) -> bool {
    let within = |at: f64, cells: u32| (0.0..=f64::from(cells) * FRAME.resolution).contains(&at);
    within(x, FRAME.width) && within(y, FRAME.height)
}
