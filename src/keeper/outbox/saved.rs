//! The outbox over a restart.
//!
//! A robot that forgot its queue would never say "done" to what it accepted, and would accept a number twice. What is
//! kept are the cloud's own numbers and the policy's times. They reveal nothing about the home: whoever reads them
//! learns what the cloud knows.

use super::message::CommandId;
use super::queue::{MAX_PENDING, Outbox};
use crate::blob::{BlobError, Envelope, Reader, check};
use crate::keeper::error::KeeperError;
use crate::keeper::time::UnixTime;
use crate::policy::Policy;
use crate::release::Release;

/// Large enough for a full queue, so that all are of one size.
const ENVELOPE: Envelope = Envelope { magic: *b"HVOUTBOX", version: 1, least: 512 };

impl Outbox {
    /// The queue as bytes. Store them after each command and before its answer is sent, and the outbox of
    /// [`Outbox::restored`] goes on where this one was.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = ENVELOPE.seal(|out| {
            out.bytes(self.policy.digest().as_bytes());
            out.u64(self.busy_until.secs());
            out.u64(self.clock.secs());
            out.u8(self.last.is_some().into());
            self.last.iter().for_each(|last| out.u64(last.get()));
            // At most `MAX_PENDING` each.
            out.count(u32::try_from(self.pending.len()).unwrap_or(u32::MAX));
            for (id, at) in &self.pending {
                out.u64(id.get());
                out.u64(at.secs());
            }
        });
        bytes.to_vec()
    }

    /// The outbox after a restart. What came due while the device was off is told by the next
    /// [`Outbox::due`].
    ///
    /// # Errors
    /// The release was not drawn under the policy; the bytes are damaged or of another policy: begin with
    /// [`Outbox::new`] then.
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
    /// outbox.handle_command(&Command::from_json(br#"{"id":1,"floor":0,"goal":{"zone":2}}"#)?, now);
    /// let mut restarted = Outbox::restored(&release, &policy, &outbox.to_bytes())?;
    /// assert_eq!(restarted.due(now.later_by_s(3600))[0].to_json(), r#"{"done":{"id":1}}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restored(release: &Release, policy: &Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        let mut outbox = Self::new(release, policy)?;
        ENVELOPE.open(bytes, |from| outbox.read(from)).map_err(KeeperError::Queue)?;
        Ok(outbox)
    }

    /// Reads what commands one after another can have left.
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), BlobError> {
        check(from.bytes(64)? == self.policy.digest().as_bytes())?;
        self.busy_until = UnixTime::from_secs(from.u64()?);
        self.clock = UnixTime::from_secs(from.u64()?);
        self.last = if from.bool()? { Some(CommandId::new(from.u64()?)) } else { None };
        let count = from.count()? as usize;
        check(count <= MAX_PENDING)?;
        for _ in 0..count {
            let (id, at) = (CommandId::new(from.u64()?), UnixTime::from_secs(from.u64()?));
            check(self.pending.back().is_none_or(|before| before.0 < id && before.1 <= at))?;
            check(self.last.is_some_and(|last| id <= last) && at <= self.busy_until)?;
            self.pending.push_back((id, at));
        }
        Ok(())
    }
}
