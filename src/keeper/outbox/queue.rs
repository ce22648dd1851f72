//! The queue of commands, and the answers to the cloud.

use std::collections::VecDeque;

use geo_types::Coord;
use nalgebra::Point2;
use thiserror::Error;

use super::message::{Command, CommandError, CommandId, Failure, MAX_PATH, Message};
use crate::atlas::{FRAME, ZoneId};
use crate::blob::BlobError;
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
    done_after_s: u32,
    opt_ins: Vec<OptIn>,
    pub(super) policy_digest: String,
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
    pub fn new(release: &Release, policy: &Policy) -> Result<Self, OutboxError> {
        let policy_digest = policy.digest();
        if release.certificate().policy_digest != policy_digest {
            return Err(OutboxError::Policy);
        }
        Ok(Self {
            policy_digest,
            zones: release.floors().iter().map(|floor| floor.zones().len()).collect(),
            areas: release.areas(),
            done_after_s: policy.done_after_s(),
            opt_ins: policy.opt_ins().to_vec(),
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
                self.busy_until = self.busy_until.max(self.clock).later_by_s(self.done_after_s.into());
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
    pub fn zone(&self, floor: u8, zone: ZoneId) -> Result<Message, OutboxError> {
        self.opted_in(OptIn::Zone)?;
        let zones = self.zones.get(usize::from(floor)).ok_or(OutboxError::NotInRelease)?;
        if zone.index() >= *zones {
            return Err(OutboxError::NotInRelease);
        }
        Ok(Message::Zone { floor, zone })
    }

    /// Opt-in [`OptIn::ProgressTenths`]: how much of a command is done.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way; it is more than 10 tenths.
    pub fn progress(&self, id: CommandId, tenths: u8) -> Result<Message, OutboxError> {
        self.opted_in(OptIn::ProgressTenths)?;
        self.place_of(id)?;
        if tenths > 10 {
            return Err(OutboxError::Tenths);
        }
        Ok(Message::Progress { id, tenths })
    }

    /// Opt-in [`OptIn::TrueDuration`]: a command is done and took so long. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn finished(&mut self, id: CommandId, seconds: u32) -> Result<Message, OutboxError> {
        self.opted_in(OptIn::TrueDuration)?;
        let place = self.place_of(id)?;
        self.pending.remove(place);
        Ok(Message::Finished { id, seconds })
    }

    /// Opt-in [`OptIn::Failure`]: a command failed. Its "done" is then not said.
    ///
    /// # Errors
    /// The policy does not have it; no such command is under way.
    pub fn failed(&mut self, id: CommandId, failure: Failure) -> Result<Message, OutboxError> {
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
    pub fn pose(&self, floor: u8, at: Point2<f64>) -> Result<Message, OutboxError> {
        self.opted_in(OptIn::Pose)?;
        if usize::from(floor) >= self.zones.len() || !inside(at.x, at.y) {
            return Err(OutboxError::NotInRelease);
        }
        Ok(Message::Pose { floor, at })
    }

    fn opted_in(&self, opt_in: OptIn) -> Result<(), OutboxError> {
        if self.opt_ins.contains(&opt_in) { Ok(()) } else { Err(OutboxError::NotOptedIn(opt_in)) }
    }

    fn place_of(&self, id: CommandId) -> Result<usize, OutboxError> {
        self.pending.iter().position(|(pending, _)| *pending == id).ok_or(OutboxError::UnknownCommand)
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

/// Why there is no message, or no outbox. For the owner, never for the cloud.
///
/// ```
/// use homeveil::OptIn;
/// use homeveil::keeper::OutboxError;
/// let error = OutboxError::NotOptedIn(OptIn::Pose);
/// assert_eq!(error.to_string(), "the policy must opt in to Pose before a device may tell it");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The release was not drawn under the policy.
    #[error("the release must have been drawn under the policy given")]
    Policy,
    /// The policy does not let the device tell this.
    #[error("the policy must opt in to {0:?} before a device may tell it")]
    NotOptedIn(OptIn),
    /// No such command is under way.
    #[error("no command of this number is under way")]
    UnknownCommand,
    /// The release has no such floor, zone or place.
    #[error("the release has no such floor, zone or place")]
    NotInRelease,
    /// More than ten tenths.
    #[error("a progress must be 0 to 10 tenths")]
    Tenths,
    /// The stored queue is damaged, of another version, or of another policy.
    #[error("the stored queue cannot be used: begin with an empty one")]
    Bytes(#[source] BlobError),
}

#[cfg(test)]
mod tests {
    use super::{Command, CommandError, CommandId, Failure, MAX_PENDING, Outbox, OutboxError};
    use crate::atlas::ZoneId;
    use crate::keeper::UnixTime;
    use crate::sketch::Sketch;
    use crate::{Coins, Grant, OptIn, Policy, PolicyBuilder};

    fn outbox(build: impl Fn(PolicyBuilder) -> PolicyBuilder) -> Outbox {
        let policy = build(Policy::builder().done_after_s(60)).build().unwrap();
        let nothing = Sketch { sites: Vec::new(), root: 0 };
        let grant = Grant::unaccounted();
        let release =
            crate::anonymize::draw(&[nothing], &policy.codebook(), &policy, grant, &mut Coins::replayed(1));
        Outbox::new(&release.unwrap(), &policy).unwrap()
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
        let mut done = |now| outbox.due(at(now)).iter().map(super::Message::to_json).collect::<Vec<_>>();
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
                    Err(error) => assert_eq!(error, OutboxError::NotOptedIn(what)),
                }
            }
            // What was said to be over is not said to be done.
            let over = matches!(opt_in, OptIn::TrueDuration | OptIn::Failure);
            assert_eq!(outbox.due(at(100)).is_empty(), over);
        }
        let mut outbox = outbox(|policy| OptIn::ALL.into_iter().fold(policy, PolicyBuilder::opt_in));
        assert_eq!(outbox.finished(id, 1), Err(OutboxError::UnknownCommand));
        assert_eq!(outbox.zone(0, ZoneId::new(5)), Err(OutboxError::NotInRelease));
        assert_eq!(outbox.zone(1, ZoneId::new(1)), Err(OutboxError::NotInRelease));
        assert_eq!(outbox.pose(0, [f64::NAN, 0.0].into()), Err(OutboxError::NotInRelease));
        assert!(outbox.handle_command(&command, at(200)).is_accepted());
        assert_eq!(outbox.progress(id, 11), Err(OutboxError::Tenths));
    }

    #[test]
    fn a_release_of_another_policy_has_no_outbox_here() {
        let own = outbox(|policy| policy);
        assert!(own.opt_ins.is_empty());
        let policy = Policy::default();
        let nothing = Sketch { sites: Vec::new(), root: 0 };
        let grant = Grant::unaccounted();
        let release =
            crate::anonymize::draw(&[nothing], &policy.codebook(), &policy, grant, &mut Coins::replayed(1));
        let error = Outbox::new(&release.unwrap(), &Policy::sealed()).unwrap_err();
        assert_eq!(error, OutboxError::Policy);
    }
}
