//! The answers to the cloud.

use alloc::vec::Vec;

use geo_types::Coord;
use nalgebra::Point2;
use sha2::{Digest, Sha256};

use super::command::{Command, CommandId, Order};
use super::error::CommandError;
use super::limits::{MAX_GOALS, MAX_PATH, MAX_REPEATS};
use super::message::{Failure, Message, Received};
use super::queue::{Pending, Queue};
use crate::atlas::{FRAME, ZoneId};
use crate::keeper::error::KeeperError;
use crate::keeper::time::UnixTime;
use crate::key::Goal;
use crate::policy::{MAX_DONE_AFTER_S, OptIn, Policy};
use crate::release::Release;

/// Answers the cloud without looking at the home.
///
/// ```
/// use homeveil::keeper::{Command, Outbox, UnixTime};
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let policy = Policy::default();
/// # let none = homeveil::Redaction::none();
/// # let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let mut outbox = Outbox::new(&release, &policy);
/// let now = UnixTime::from_secs(1_790_000_000);
/// let command = Command::from_json(br#"{"id":1,"goal":{"zone":2},"repeats":2}"#)?;
/// assert_eq!(outbox.handle_command(&command, now).to_json(), r#"{"accepted":{"id":1}}"#);
/// assert!(outbox.due(now.later_by_s(5399)).is_empty());     // the robot may long be ready
/// assert_eq!(outbox.due(now.later_by_s(5400))[0].to_json(), r#"{"done":{"id":1}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outbox {
    /// What the commands under way are in terms of.
    pub(super) release_digest: [u8; 32],
    /// What names the draw that the release is of, where a keeper says so: releases of two epochs may be the same
    /// bytes.
    tag: Option<[u8; 32]>,
    /// Number of zones of each floor.
    zones: Vec<usize>,
    areas: u32,
    policy: Policy,
    pub(super) queue: Queue,
}

impl Outbox {
    /// The outbox of a device whose release is this. The policy is today's, which may be another one than the release
    /// was drawn under: its times and opt-ins count, and further areas.
    #[must_use]
    pub fn new(release: &Release, policy: &Policy) -> Self {
        Self {
            release_digest: Sha256::digest(release.to_json()).into(),
            tag: None,
            zones: release.floors().iter().map(|floor| floor.zones().len()).collect(),
            areas: release.areas().max(policy.areas()),
            policy: policy.clone(),
            queue: Queue::default(),
        }
    }

    /// As [`Outbox::new`], for the release of one draw: commands do not outlive it, also where the next draw gives the
    /// same release.
    pub(in crate::keeper) fn of_draw(release: &Release, policy: &Policy, tag: Option<[u8; 32]>) -> Self {
        Self { tag, ..Self::new(release, policy) }
    }

    /// What a stored queue is tied to: the release, and the draw where one is named. The tag itself is not stored; the
    /// queue says nothing of it.
    pub(super) fn tied_to(&self) -> [u8; 32] {
        let tied = |tag| Sha256::new().chain_update(self.release_digest).chain_update(tag).finalize().into();
        self.tag.map_or(self.release_digest, tied)
    }

    /// Answers a command. The robot is to do it if [`Message::is_accepted`], and not otherwise.
    ///
    /// The answer depends on the release, the policy, and the commands and times so far. To clean or to go somewhere is
    /// accepted, and done when its time is over; all else follows from the cloud's own commands, and is done at once.
    #[must_use]
    pub fn handle_command(&mut self, command: &Command, now: UnixTime) -> Message {
        let &Command { client, id, ref order } = command;
        if let Err(reason) = self.check(command) {
            return Message::Rejected { client, id: Some(id), reason };
        }
        self.queue.look(now);
        self.queue.see(client, id);
        match order {
            Order::Go { goals, repeats, .. } => {
                let left_s = self.seconds(goals, *repeats);
                self.queue.push(client, id, left_s, command.clone());
                return Message::Accepted { client, id };
            }
            Order::Stop | Order::Dock => self.clear(),
            Order::Pause => self.queue.pause(true),
            Order::Resume => self.queue.pause(false),
            Order::Cancel(other) => _ = self.queue.take(client, *other),
        }
        Message::Done { client, id }
    }

    /// Seconds until a command counts as done: for each goal that of its kind, as often as it is repeated, and a day at
    /// most.
    fn seconds(&self, goals: &[Goal], repeats: u8) -> u64 {
        let each = goals.iter().map(|goal| match goal {
            Goal::Zone(_) => self.policy.zone_s(),
            Goal::Area(_) | Goal::Rect(_) => self.policy.area_s(),
            Goal::Spot(_) | Goal::Drive(_) | Goal::Path(_) => self.policy.spot_s(),
            Goal::All => self.policy.all_s(),
        });
        (each.map(u64::from).sum::<u64>() * u64::from(repeats)).min(MAX_DONE_AFTER_S.into())
    }

    /// Reads a command and answers it.
    #[must_use]
    pub fn receive(&mut self, json: &[u8], now: UnixTime) -> Received {
        match Command::from_json(json) {
            Ok(command) => {
                let answer = self.handle_command(&command, now);
                Received { answer, command: answer.is_accepted().then_some(command) }
            }
            Err(reason) => {
                Received { answer: Message::Rejected { client: 0, id: None, reason }, command: None }
            }
        }
    }

    /// The "done" of all commands whose time is over, in the order in which they were accepted, each once.
    ///
    /// A clock that is set, and a device that was off, count from the first look on; see [`Outbox::next_due`].
    #[must_use]
    pub fn due(&mut self, now: UnixTime) -> Vec<Message> {
        self.queue.look(now);
        let done = |Pending { client, id, .. }| Message::Done { client, id };
        self.queue.take_due().into_iter().map(done).collect()
    }

    /// When [`Outbox::due`] has something to say next; nothing while all is paused. Where this is long over, the device
    /// was off or its clock was set: the first look says nothing then, and time passes from there on. A command that
    /// came while the clock showed an absurd time may be due by that clock alone: look once an hour at least, whatever
    /// this says.
    #[must_use]
    pub fn next_due(&self) -> Option<UnixTime> {
        self.queue.next_due()
    }

    /// What is to be stored where a look changed it.
    pub(in crate::keeper) fn oddness(&self) -> (Option<UnixTime>, u32) {
        self.queue.oddness()
    }

    /// No command is under way any more.
    pub(in crate::keeper) fn clear(&mut self) {
        self.queue.clear();
    }

    /// No command is under way.
    pub(in crate::keeper) const fn is_idle(&self) -> bool {
        self.queue.pending.is_empty()
    }

    /// The cloud has paused what is under way.
    #[must_use]
    pub const fn is_paused(&self) -> bool {
        self.queue.paused
    }

    /// The commands under way with which the robot is not done, in the order in which they were accepted: what is left
    /// to do after a restart.
    pub fn pending(&self) -> impl Iterator<Item = &Command> {
        self.queue.pending.iter().filter_map(|pending| pending.command.as_ref())
    }

    /// The robot is done with a command, whatever came of it. It is not among [`Outbox::pending`] any more, so that no
    /// robot does it again after a restart; its "done" is said at its time all the same, and the cloud learns nothing.
    ///
    /// # Errors
    /// No such command is under way.
    pub fn robot_is_done(&mut self, client: u32, id: CommandId) -> Result<(), KeeperError> {
        let place = self.queue.place_of(client, id).ok_or(KeeperError::UnknownCommand)?;
        self.queue.pending.get_mut(place).into_iter().for_each(|pending| pending.command = None);
        Ok(())
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
    pub fn progress(&self, client: u32, id: CommandId, tenths: u8) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::ProgressTenths)?;
        self.queue.place_of(client, id).ok_or(KeeperError::UnknownCommand)?;
        if tenths > 10 {
            return Err(KeeperError::Tenths);
        }
        Ok(Message::Progress { client, id, tenths })
    }

    /// Opt-in [`OptIn::TrueDuration`]: a command is done and took so long. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn finished(&mut self, client: u32, id: CommandId, seconds: u32) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::TrueDuration)?;
        self.queue.take(client, id).ok_or(KeeperError::UnknownCommand)?;
        Ok(Message::Finished { client, id, seconds })
    }

    /// Opt-in [`OptIn::Failure`]: a command failed. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn failed(&mut self, client: u32, id: CommandId, failure: Failure) -> Result<Message, KeeperError> {
        self.opted_in(OptIn::Failure)?;
        self.queue.take(client, id).ok_or(KeeperError::UnknownCommand)?;
        Ok(Message::Failed { client, id, failure })
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
        if self.policy.opt_ins().contains(&opt_in) || mutant!(OptInUnchecked) {
            Ok(())
        } else {
            Err(KeeperError::NotOptedIn(opt_in))
        }
    }

    fn check(&self, command: &Command) -> Result<(), CommandError> {
        if self.queue.has_seen(command.client, command.id) {
            return Err(CommandError::Repeated);
        }
        match &command.order {
            Order::Go { floor, goals, repeats } => {
                let zones = *self.zones.get(usize::from(*floor)).ok_or(CommandError::UnknownFloor)?;
                if !(1..=MAX_GOALS).contains(&goals.len()) || !(1..=MAX_REPEATS).contains(repeats) {
                    return Err(CommandError::Goals);
                }
                goals.iter().try_for_each(|goal| self.check_goal(goal, zones))?;
                let places =
                    goals.iter().map(|goal| if let Goal::Path(path) = goal { path.len() } else { 0 });
                if places.sum::<usize>() > MAX_PATH {
                    return Err(CommandError::Path);
                }
                if self.queue.is_full() { Err(CommandError::Busy) } else { Ok(()) }
            }
            Order::Cancel(id) if self.queue.place_of(command.client, *id).is_none() => {
                Err(CommandError::UnknownCommand)
            }
            _ => Ok(()),
        }
    }

    fn check_goal(&self, goal: &Goal, zones: usize) -> Result<(), CommandError> {
        let corner = |corner: Coord<f64>| inside(corner.x, corner.y);
        match goal {
            Goal::Zone(zone) if zone.index() >= zones => Err(CommandError::UnknownZone),
            Goal::Area(area) if area.get() >= self.areas => Err(CommandError::UnknownArea),
            Goal::Spot(at) | Goal::Drive(at) if !inside(at.x, at.y) => Err(CommandError::Outside),
            Goal::Rect(rect) if !(corner(rect.min()) && corner(rect.max())) => Err(CommandError::Outside),
            Goal::Path(path) if !(1..=MAX_PATH).contains(&path.len()) => Err(CommandError::Path),
            Goal::Path(path) if !path.iter().all(|at| inside(at.x, at.y)) => Err(CommandError::Outside),
            _ => Ok(()),
        }
    }
}

/// In the frame, its edges included.
fn inside(x: f64, y: f64) -> bool {
    let within = |at: f64, cells: u32| (0.0..=f64::from(cells) * FRAME.resolution).contains(&at);
    within(x, FRAME.width) && within(y, FRAME.height)
}
