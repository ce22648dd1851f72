//! Commands under way, and their clock.
//!
//! Each command has its own time left, from when it was accepted, whatever else is under way. What passes between two
//! looks at the clock passes for all.
//!
//! A device's clock may be wrong. So a look that is earlier than the one before, or later than anything is due by more
//! than an hour, is *odd*: it counts for nothing, and what comes after it does only once a second look agrees with
//! it. One absurd time neither releases anything nor silences anything; a clock that was set, or a device that was off,
//! begins to count again from its first look. A command that comes at an odd look was not there before it: it begins to
//! count at the look that is believed next. An odd look is stored: a power cut must not make another one of the next.
//! What is rejected is no look.
//!
//! A pause is one of the commands under way. It ends with the last of them, so that nothing waits for a "resume" that
//! nobody thinks of.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::command::{Command, CommandId};
use super::limits::MAX_PENDING;
use crate::keeper::time::UnixTime;

/// How many numbers of commands are remembered, so that none is done twice.
pub(super) const MAX_RECENT: usize = 64;

/// How much later than what is due next a look may be: a device that is busy looks late.
const LATE_S: u64 = 3600;

/// A command under way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pending {
    pub(super) client: u32,
    pub(super) id: CommandId,
    /// Seconds until it counts as done.
    pub(super) left_s: u64,
    /// `None` if the robot is done with it, or it was accepted by an earlier version of this library, which did not
    /// store it.
    pub(super) command: Option<Command>,
    /// It came at an odd look: the time since the last look that counts is not its own.
    pub(super) is_odd: bool,
}

/// All of them, in the order in which they were accepted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Queue {
    pub(super) pending: Vec<Pending>,
    /// The latest numbers, with their clients.
    pub(super) recent: VecDeque<(u32, CommandId)>,
    /// The last look that counts.
    pub(super) clock: UnixTime,
    /// A look since then that does not.
    pub(super) odd: Option<UnixTime>,
    pub(super) paused: bool,
}

impl Queue {
    /// Looks at the clock.
    pub(super) fn look(&mut self, now: UnixTime) {
        let next_s = self.next_s().filter(|_| !self.paused);
        let passed = |since: UnixTime| now.secs().checked_sub(since.secs());
        let Some(next_s) = next_s else {
            // The clock is right from now on, and so the time from now on is that of each command.
            (self.clock, self.odd) = (now, None);
            self.pending.iter_mut().for_each(|pending| pending.is_odd = false);
            return;
        };
        let usual_s = next_s.saturating_add(LATE_S);
        let agrees = |since: UnixTime| passed(since).filter(|&passed| passed <= usual_s);
        let since_clock = agrees(self.clock);
        if let Some(passed_s) = since_clock.or_else(|| agrees(self.odd?)) {
            for pending in &mut self.pending {
                let is_spared = core::mem::take(&mut pending.is_odd) && since_clock.is_some();
                pending.left_s = pending.left_s.saturating_sub(if is_spared { 0 } else { passed_s });
            }
            (self.clock, self.odd) = (now, None);
        } else {
            self.odd = Some(now);
        }
    }

    /// What a look leaves that another one makes otherwise after a restart: the odd look, and which commands came at
    /// one.
    pub(super) fn oddness(&self) -> (Option<UnixTime>, u32) {
        let came_odd = (0..).zip(&self.pending).map(|(at, pending)| u32::from(pending.is_odd) << at).sum();
        (self.odd, came_odd)
    }

    /// The least time left of any.
    fn next_s(&self) -> Option<u64> {
        self.pending.iter().map(|pending| pending.left_s).min()
    }

    /// When something is due next.
    pub(super) fn next_due(&self) -> Option<UnixTime> {
        let from = self.odd.map_or(self.clock, |odd| odd.min(self.clock));
        self.next_s().filter(|_| !self.paused).map(|left| from.later_by_s(left))
    }

    /// The client used the number not long ago.
    pub(super) fn has_seen(&self, client: u32, id: CommandId) -> bool {
        self.recent.contains(&(client, id)) || self.place_of(client, id).is_some()
    }

    /// The number is used.
    pub(super) fn see(&mut self, client: u32, id: CommandId) {
        if self.recent.len() >= MAX_RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((client, id));
    }

    pub(super) const fn is_full(&self) -> bool {
        self.pending.len() >= MAX_PENDING
    }

    pub(super) fn place_of(&self, client: u32, id: CommandId) -> Option<usize> {
        self.pending.iter().position(|pending| (pending.client, pending.id) == (client, id))
    }

    /// A command that is accepted now.
    pub(super) fn push(&mut self, client: u32, id: CommandId, left_s: u64, command: Command) {
        let (command, is_odd) = (Some(command), self.odd.is_some());
        self.pending.push(Pending { client, id, left_s, command, is_odd });
    }

    /// Takes out one that is under way.
    pub(super) fn take(&mut self, client: u32, id: CommandId) -> Option<Pending> {
        let taken = self.place_of(client, id).map(|place| self.pending.remove(place));
        self.pause(self.paused);
        taken
    }

    /// Pauses what is under way, if anything is, or lets it go on.
    pub(super) const fn pause(&mut self, paused: bool) {
        self.paused = paused && !self.pending.is_empty();
    }

    /// Nothing is under way any more.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.pause(false);
    }

    /// Takes out all that count as done.
    pub(super) fn take_due(&mut self) -> Vec<Pending> {
        if self.paused {
            return Vec::new();
        }
        self.pending.extract_if(.., |pending| pending.left_s == 0).collect()
    }
}
