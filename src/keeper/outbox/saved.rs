//! The outbox over a restart.
//!
//! A robot that forgot its queue would never say "done" to what it had accepted, and take a number twice. What
//! is kept for that are the cloud's own numbers and times of the policy: it tells nothing of the home, and
//! whoever reads it learns what the cloud knows.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::message::CommandId;
use super::queue::{MAX_PENDING, Outbox, OutboxError};
use crate::keeper::time::UnixTime;
use crate::policy::Policy;
use crate::release::Release;

/// What an outbox remembers of the commands so far.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    policy_digest: String,
    pending: VecDeque<(CommandId, UnixTime)>,
    last: Option<CommandId>,
    busy_until: UnixTime,
    clock: UnixTime,
}

impl Saved {
    /// What commands one after another can have left.
    fn is_sound(&self) -> bool {
        let ascending = |a: &(CommandId, UnixTime), b: &(CommandId, UnixTime)| a.0 < b.0 && a.1 <= b.1;
        self.pending.len() <= MAX_PENDING
            && self.pending.iter().zip(self.pending.iter().skip(1)).all(|(a, b)| ascending(a, b))
            && self
                .pending
                .back()
                .is_none_or(|&(id, at)| self.last.is_some_and(|last| id <= last) && at <= self.busy_until)
    }
}

impl Outbox {
    /// The queue as bytes. Store them after each command and before its answer is sent, and the outbox of
    /// [`Outbox::restored`] goes on where this one was.
    ///
    /// # Panics
    /// Never: every field is a number or a name.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let saved = Saved {
            policy_digest: self.policy_digest.clone(),
            pending: self.pending.clone(),
            last: self.last,
            busy_until: self.busy_until,
            clock: self.clock,
        };
        serde_json::to_vec(&saved).expect("numbers and names always serialize")
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
    pub fn restored(release: &Release, policy: &Policy, bytes: &[u8]) -> Result<Self, OutboxError> {
        let mut outbox = Self::new(release, policy)?;
        let saved: Saved = serde_json::from_slice(bytes).map_err(|_| OutboxError::Bytes)?;
        if saved.policy_digest != outbox.policy_digest || !saved.is_sound() {
            return Err(OutboxError::Bytes);
        }
        (outbox.pending, outbox.last) = (saved.pending, saved.last);
        (outbox.busy_until, outbox.clock) = (saved.busy_until, saved.clock);
        Ok(outbox)
    }
}

#[cfg(test)]
mod tests {
    use super::{Outbox, OutboxError};
    use crate::keeper::{Command, UnixTime};
    use crate::sketch::Sketch;
    use crate::{Coins, Grant, Policy};

    #[test]
    fn a_restart_changes_no_answer_and_damage_is_noticed() {
        let policy = Policy::builder().done_after_s(60).build().unwrap();
        let nothing = Sketch { sites: Vec::new(), root: 0 };
        let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(1));
        let release =
            crate::anonymize::draw(&[nothing], &policy.codebook(), &policy, grant, &mut coins).unwrap();
        let mut on = Outbox::new(&release, &policy).unwrap();
        let mut off_and_on = on.clone();
        let restored = |outbox: &Outbox| Outbox::restored(&release, &policy, &outbox.to_bytes()).unwrap();
        for (id, at) in [(1, 100), (2, 101), (2, 102), (9, 400), (3, 405), (10, 410)] {
            let json = format!(r#"{{"id":{id},"floor":0,"goal":{{"zone":1}}}}"#);
            let command = Command::from_json(json.as_bytes()).unwrap();
            let at = UnixTime::from_secs(at);
            assert_eq!(on.handle_command(&command, at), off_and_on.handle_command(&command, at));
            off_and_on = restored(&off_and_on);
            assert_eq!(on.next_due(), off_and_on.next_due());
            assert_eq!(on.due(at.later_by_s(70)), off_and_on.due(at.later_by_s(70)));
            off_and_on = restored(&off_and_on);
        }
        let bytes = String::from_utf8(on.to_bytes()).unwrap();
        for damaged in [
            "",
            "{}",
            &bytes.replacen("\"last\":10", "\"last\":null", 1),
            &bytes.replacen("\"last\":10", "\"last\":9", 1),
            &bytes.replacen(&policy.digest(), &Policy::default().digest(), 1),
        ] {
            let error = Outbox::restored(&release, &policy, damaged.as_bytes()).unwrap_err();
            assert_eq!(error, OutboxError::Bytes, "{damaged}");
        }
        assert_eq!(
            Outbox::restored(&release, &Policy::default(), bytes.as_bytes()).unwrap_err(),
            OutboxError::Policy
        );
    }
}
