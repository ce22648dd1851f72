//! What the cloud asks of a device, and what it is told.

use alloc::vec::Vec;

use nalgebra::Isometry2;

use super::device::Device;
use crate::keeper::consent::ConsentError;
use crate::keeper::error::KeeperError;
use crate::keeper::log::Disclosed;
use crate::keeper::outbox::{Command, CommandId, Failure, Message, Order, Outbox, Received};
use crate::keeper::storage::Store;
use crate::keeper::time::UnixTime;
use crate::key::{KeyError, Task};
use crate::policy::OptIn;

/// When to look again after a clock that was not believed: from then on another look can agree with it.
const LOOK_AGAIN_S: u64 = 3600;

impl<S: Store> Device<S> {
    /// Answers a command: the answer, to be sent at once, and the command, where the robot is to do it. The answer
    /// follows from the release, the policy and the cloud's own commands.
    ///
    /// # Errors
    /// There is no consent, or nothing is drawn yet; the store fails or was changed by others. Nothing is to be
    /// answered then.
    pub fn on_command(&mut self, json: &[u8], now: UnixTime) -> Result<Received, KeeperError> {
        self.keeper.permit(Self::PURPOSE, now)?;
        self.again = None;
        self.said_or_not_done(|device| {
            let Received { answer, command } = device.outbox()?.receive(json, now);
            device.note([Disclosed::Command, (&answer).into()], now)?;
            // A rejected command uses no number and puts nothing under way.
            if matches!(answer, Message::Rejected { .. }) {
                device.settle()?;
            } else {
                device.store_queue()?;
            }
            Ok(Received { answer, command })
        })
    }

    /// What a command that is under way means on the maps of today, goal by goal: cells to clean or a path to drive; or
    /// why not, which is for the owner and not for the cloud. Whether it is still under way is not asked: a robot that
    /// is slow goes on after the "done", and stops where the command was given up. No task for stop, pause, resume,
    /// dock and cancel. A command that says `repeats` is for the robot to repeat.
    ///
    /// # Errors
    /// There is no consent any more; the floor has no key.
    ///
    /// # Complexity
    /// As [`HouseKey::resolve`](crate::HouseKey::resolve) for each goal.
    pub fn tasks(
        &mut self,
        command: &Command,
        pose: Isometry2<f64>,
        now: UnixTime,
    ) -> Result<Vec<Result<Task, KeyError>>, KeeperError> {
        self.settle()?;
        self.keeper.permit(Self::PURPOSE, now)?;
        let Order::Go { floor, goals, .. } = &command.order else { return Ok(Vec::new()) };
        let key = self.keeper.key_of(*floor)?;
        Ok(goals.iter().map(|goal| key.resolve(pose, goal)).collect())
    }

    /// The commands under way with which the robot is not done ([`Device::robot_is_done`]), in the order in which they
    /// were accepted: what a robot that has booted goes on with, or waits with where they are paused
    /// ([`Device::is_paused`]).
    ///
    /// # Errors
    /// There is no consent, or nothing is drawn yet; the store fails.
    pub fn pending(&mut self, now: UnixTime) -> Result<Vec<Command>, KeeperError> {
        self.settle()?;
        self.keeper.permit(Self::PURPOSE, now)?;
        Ok(self.outbox()?.pending().cloned().collect())
    }

    /// Whether the cloud has paused what is under way, also before the last restart.
    ///
    /// # Errors
    /// As [`Device::pending`].
    pub fn is_paused(&mut self, now: UnixTime) -> Result<bool, KeeperError> {
        self.settle()?;
        self.keeper.permit(Self::PURPOSE, now)?;
        Ok(self.outbox()?.is_paused())
    }

    /// What is to be said at a time: the "done" of all commands whose time is over. Nothing without consent, after the
    /// end of which commands under way are given up, and before anything is drawn. A power cut before the next call may
    /// have come before it was sent: then it is said again.
    ///
    /// # Errors
    /// The store fails or was changed by others.
    pub fn on_tick(&mut self, now: UnixTime) -> Result<Vec<Message>, KeeperError> {
        self.settle()?;
        self.store_noted(now)?;
        self.again = None;
        match self.keeper.permit(Self::PURPOSE, now) {
            // The clock may be put right.
            Err(error @ (KeeperError::Consent(ConsentError::NotYet) | KeeperError::ClockJumped)) => {
                let begins = self.keeper.given_at();
                let again = now.later_by_s(LOOK_AGAIN_S);
                let is_soon = error != KeeperError::ClockJumped && begins > now;
                self.again = Some(if is_soon { again.min(begins) } else { again });
                return Ok(Vec::new());
            }
            Err(KeeperError::Consent(_)) => return self.give_up().map(|()| Vec::new()),
            permitted => permitted?,
        }
        self.said_or_not_done(|device| {
            let outbox = match device.outbox() {
                Err(KeeperError::NotDrawn) => return Ok(Vec::new()),
                outbox => outbox?,
            };
            let before = outbox.oddness();
            let due = outbox.due(now);
            let is_odd = outbox.oddness() != before;
            if !due.is_empty() {
                device.note(due.iter().map(Disclosed::from), now)?;
                device.said = Some(now);
            } else if is_odd {
                // Else when the next "done" is said would depend on what else was stored before a power cut.
                device.store_queue()?;
            }
            Ok(due)
        })
    }

    /// When [`Device::on_tick`] is to be called next: when it has something to say, at once where it just said
    /// something, and an hour later where it did not believe the clock; never while all is paused. Send what it says,
    /// and call it again: only then is it stored that it was said.
    ///
    /// Call it once an hour at least, whatever this says: a command that came while the clock showed an absurd time may
    /// be due by that clock alone.
    #[must_use]
    pub fn next_tick(&self) -> Option<UnixTime> {
        self.said.or(self.again).or_else(|| self.outbox.as_ref()?.next_due())
    }

    /// Where the robot is, in the frame of its poses: what the policy opted in to tell of that, and by default nothing.
    ///
    /// # Errors
    /// There is no consent; the floor has no key; the store fails. A pose off the map is no error: nothing is told.
    pub fn on_pose(
        &mut self,
        floor: u8,
        pose: Isometry2<f64>,
        now: UnixTime,
    ) -> Result<Vec<Message>, KeeperError> {
        self.settle()?;
        let has = |opt_in: OptIn| self.keeper.policy().opt_ins().contains(&opt_in);
        let [tells_zone, tells_pose] = [OptIn::Zone, OptIn::Pose].map(has);
        if !(tells_zone || tells_pose) {
            return Ok(Vec::new());
        }
        self.keeper.permit(Self::PURPOSE, now)?;
        let key = self.keeper.key_of(floor)?;
        let (zone, at) = (key.locate(pose).ok(), key.project(pose).ok());
        let outbox = self.outbox()?;
        let mut told = Vec::new();
        for zone in zone.into_iter().filter(|_| tells_zone) {
            told.push(outbox.zone(floor, zone)?);
        }
        for at in at.into_iter().filter(|_| tells_pose) {
            told.push(outbox.pose(floor, at)?);
        }
        if !told.is_empty() {
            self.note(told.iter().map(Disclosed::from), now)?;
        }
        Ok(told)
    }

    /// Tells how much of a command is done, as [`Outbox::progress`].
    ///
    /// # Errors
    /// There is no consent, or nothing is drawn yet; what the outbox refuses; the store fails.
    pub fn progress(
        &mut self,
        client: u32,
        id: CommandId,
        tenths: u8,
        now: UnixTime,
    ) -> Result<Message, KeeperError> {
        // The queue stays as it is.
        self.settle()?;
        self.keeper.permit(Self::PURPOSE, now)?;
        let message = self.outbox()?.progress(client, id, tenths)?;
        self.note([(&message).into()], now)?;
        Ok(message)
    }

    /// Tells that a command is done and how many seconds it took, as [`Outbox::finished`].
    ///
    /// # Errors
    /// As [`Device::progress`].
    pub fn finished(
        &mut self,
        client: u32,
        id: CommandId,
        seconds: u32,
        now: UnixTime,
    ) -> Result<Message, KeeperError> {
        self.end(now, |outbox| outbox.finished(client, id, seconds))
    }

    /// Tells that a command failed, as [`Outbox::failed`].
    ///
    /// # Errors
    /// As [`Device::progress`].
    pub fn failed(
        &mut self,
        client: u32,
        id: CommandId,
        failure: Failure,
        now: UnixTime,
    ) -> Result<Message, KeeperError> {
        self.end(now, |outbox| outbox.failed(client, id, failure))
    }

    /// The robot is done with a command, whatever came of it: [`Device::pending`] has it no longer. Nothing is told:
    /// its "done" leaves at its time, as [`Outbox::robot_is_done`] says. Needs no consent.
    ///
    /// # Errors
    /// Nothing is drawn yet, or no such command is under way, because its "done" was said or it was given up; the store
    /// fails or was changed by others.
    pub fn robot_is_done(&mut self, client: u32, id: CommandId) -> Result<(), KeeperError> {
        self.settle()?;
        self.outbox()?.robot_is_done(client, id)?;
        self.store_queue()
    }

    /// Notes a message with which the robot itself ends a command, and stores that before it leaves.
    fn end(
        &mut self,
        now: UnixTime,
        message: impl FnOnce(&mut Outbox) -> Result<Message, KeeperError>,
    ) -> Result<Message, KeeperError> {
        self.keeper.permit(Self::PURPOSE, now)?;
        self.said_or_not_done(|device| {
            let message = message(device.outbox()?)?;
            device.note([(&message).into()], now)?;
            device.store_queue()?;
            Ok(message)
        })
    }

    /// Says something, or leaves the commands under way as they were: what is not answered is not done, and "done" of
    /// it is not said.
    fn said_or_not_done<T>(
        &mut self,
        say: impl FnOnce(&mut Self) -> Result<T, KeeperError>,
    ) -> Result<T, KeeperError> {
        let before = self.outbox.clone();
        let said = say(self);
        if said.is_err() {
            self.outbox = before;
        }
        said
    }
}
