//! The outbox over a restart.
//!
//! A robot that forgot its queue would never say "done" to what it accepted, and would accept a number twice. What is
//! kept are the cloud's own commands and the policy's times. They reveal nothing about the home: whoever reads them
//! learns what the cloud knows.
//!
//! Queues of version 1 held the digest of a policy, and of each command its number and when it counts as done. Those of
//! version 2 were tied to the bytes of the release alone, and did not say which commands came at an odd time.

use alloc::vec::Vec;

use super::command::{Command, CommandId};
use super::limits::MAX_PENDING;
use super::outbox::Outbox;
use super::queue::{MAX_RECENT, Pending, Queue};
use crate::blob::{BlobError, Envelope, Reader, check};
use crate::grid::narrow;
use crate::keeper::error::KeeperError;
use crate::keeper::time::UnixTime;
use crate::policy::{MAX_DONE_AFTER_S, Policy};
use crate::release::Release;

/// Large enough for a queue of plain commands, so that nearly all are of one size.
const ENVELOPE: Envelope = Envelope { magic: *b"HVOUTBOX", version: 3, least: 1 << 12 };

/// Queues of version 1 were of this size.
const ENVELOPE_1: Envelope = Envelope { version: 1, least: 512, ..ENVELOPE };

/// No command has more time left; in version 1 one after another counted.
const MOST_LEFT_S: u64 = MAX_PENDING as u64 * MAX_DONE_AFTER_S as u64;

impl Outbox {
    /// The queue as bytes. Store them after each command and before its answer is sent, and the outbox of
    /// [`Outbox::restored`] goes on where this one was.
    ///
    /// # Panics
    /// Never: a command is numbers and names.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Queue { pending, recent, clock, odd, paused } = &self.queue;
        let json = |command| serde_json::to_vec(command).expect("numbers and names always serialize");
        let commands: Vec<Vec<u8>> =
            pending.iter().map(|pending| pending.command.as_ref().map(json).unwrap_or_default()).collect();
        let bytes = ENVELOPE.seal(|out| {
            out.bytes(&self.tied_to());
            out.u64(clock.secs());
            out.option(*odd, |out, odd| out.u64(odd.secs()));
            out.u8((*paused).into());
            out.count(narrow(recent.len()));
            for (client, id) in recent {
                out.u32(*client);
                out.u64(id.get());
            }
            out.count(narrow(pending.len()));
            for (pending, command) in pending.iter().zip(&commands) {
                out.u32(pending.client);
                out.u64(pending.id.get());
                out.u64(pending.left_s);
                out.u8(pending.is_odd.into());
                out.counted(command);
            }
        });
        bytes.to_vec()
    }

    /// The outbox after a restart, under the policy of today, also from the bytes of an earlier version. Where the
    /// release is another one by now, no command is under way any more: what it named is gone.
    ///
    /// # Errors
    /// The bytes are damaged: begin with [`Outbox::new`] then.
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
    /// outbox.handle_command(&Command::from_json(br#"{"id":1,"goal":{"zone":2}}"#)?, now);
    /// let mut restarted = Outbox::restored(&release, &policy, &outbox.to_bytes())?;
    /// assert_eq!(restarted.due(now.later_by_s(2700))[0].to_json(), r#"{"done":{"id":1}}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restored(release: &Release, policy: &Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        Self::new(release, policy).with(bytes)
    }

    /// This outbox with the queue of stored bytes, as [`Outbox::restored`].
    pub(in crate::keeper) fn with(mut self, bytes: &[u8]) -> Result<Self, KeeperError> {
        let tied = |version| if version == 2 { self.release_digest } else { self.tied_to() };
        let read = |from: &mut Reader<'_>, version| {
            let is_own = tied(version) == from.array()?;
            Ok((is_own, read(from, version)?))
        };
        let (is_own, mut queue) = match ENVELOPE.open_since(2, bytes, read) {
            Err(BlobError::Version) => (true, ENVELOPE_1.open(bytes, read_1).map_err(KeeperError::Queue)?),
            read => read.map_err(KeeperError::Queue)?,
        };
        if !is_own {
            queue.clear();
        }
        // Earlier versions stayed paused with nothing under way.
        queue.pause(queue.paused);
        self.queue = queue;
        Ok(self)
    }
}

/// Reads the content after the digest, of version 2 or 3.
fn read(from: &mut Reader<'_>, version: u32) -> Result<Queue, BlobError> {
    let (clock, odd) = (UnixTime::read(from)?, from.option(UnixTime::read)?);
    let mut queue = Queue { clock, odd, paused: from.bool()?, ..Queue::default() };
    for _ in 0..from.count_up_to(MAX_RECENT)? {
        let (client, id) = (from.u32()?, CommandId::new(from.u64()?));
        check(!queue.has_seen(client, id))?;
        queue.see(client, id);
    }
    for _ in 0..from.count_up_to(MAX_PENDING)? {
        let (client, id, left_s) = (from.u32()?, CommandId::new(from.u64()?), from.u64()?);
        let is_odd = version > 2 && from.bool()?;
        let command = match from.counted()? {
            [] => None,
            json => Some(serde_json::from_slice(json).map_err(|_| BlobError::Content)?),
        };
        let is_own = |command: &Command| (command.client, command.id) == (client, id);
        check(queue.place_of(client, id).is_none() && left_s <= MOST_LEFT_S)?;
        check(command.as_ref().is_none_or(is_own))?;
        queue.pending.push(Pending { client, id, left_s, command, is_odd });
    }
    Ok(queue)
}

/// Reads a queue of version 1, in which numbers ascended and commands were done one after another.
fn read_1(from: &mut Reader<'_>) -> Result<Queue, BlobError> {
    from.bytes(64)?;
    let (busy_until, clock) = (from.u64()?, from.u64()?);
    let mut queue = Queue { clock: UnixTime::from_secs(clock), ..Queue::default() };
    let last = from.option(|from| from.u64().map(CommandId::new))?;
    let mut before = None;
    for _ in 0..from.count_up_to(MAX_PENDING)? {
        let (id, at) = (CommandId::new(from.u64()?), from.u64()?);
        check(before.is_none_or(|(other, earlier)| other < id && earlier <= at))?;
        check(last.is_some_and(|last| id <= last) && at <= busy_until)?;
        before = Some((id, at));
        let left_s = at.saturating_sub(clock).min(MOST_LEFT_S);
        queue.pending.push(Pending { client: 0, id, left_s, command: None, is_odd: false });
    }
    if let Some(last) = last {
        queue.see(0, last);
    }
    Ok(queue)
}
