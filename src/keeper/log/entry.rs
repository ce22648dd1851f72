//! What the log notes.

use serde::Serialize;

use crate::keeper::outbox::Message;
use crate::keeper::time::UnixTime;
use crate::odds::Odds;

/// A kind of thing that the log notes. A message of an outbox is one of the kinds from [`Accepted`](Self::Accepted) to
/// [`Pose`](Self::Pose).
///
/// ```
/// use homeveil::keeper::Disclosed;
/// assert_eq!(serde_json::to_string(&Disclosed::ConsentGiven)?, r#""consent_given""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Disclosed {
    /// The owner consented.
    ConsentGiven,
    /// The owner refused.
    ConsentRefused,
    /// The owner took the consent back.
    ConsentWithdrawn,
    /// A new epoch was opened: the next release is another one.
    Epoch,
    /// The release was given out.
    Release,
    /// A log before this one was damaged, and what it held is lost.
    LogLost,
    /// A command came from the cloud.
    Command,
    /// The answer that a command will be done.
    Accepted,
    /// The answer that a command will not be done.
    Rejected,
    /// The message that the policy's time for a command is over.
    Done,
    /// Opt-in: the zone that the robot was in.
    Zone,
    /// Opt-in: how much of a command was done.
    Progress,
    /// Opt-in: how long a command took.
    Finished,
    /// Opt-in: that a command failed, and why.
    Failed,
    /// Opt-in: where the robot was.
    Pose,
    /// The whole household, keys and all, as bytes for another robot of it.
    HandedOver,
    /// The stored commands were damaged: those under way are lost, and numbers that were used count as new.
    QueueLost,
    /// The stored key of a floor was damaged, and was made again without what the owner had marked on it.
    KeyRemade,
}

impl Disclosed {
    /// All of them, in the order of their codes in stored bytes. New kinds are appended.
    pub(super) const ALL: [Self; 18] = [
        Self::ConsentGiven,
        Self::ConsentRefused,
        Self::ConsentWithdrawn,
        Self::Epoch,
        Self::Release,
        Self::LogLost,
        Self::Command,
        Self::Accepted,
        Self::Rejected,
        Self::Done,
        Self::Zone,
        Self::Progress,
        Self::Finished,
        Self::Failed,
        Self::Pose,
        Self::HandedOver,
        Self::QueueLost,
        Self::KeyRemade,
    ];

    /// Whether it may come every second: a robot says it while it drives, or the cloud asks for what is rejected.
    pub(super) const fn is_live(self) -> bool {
        matches!(self, Self::Zone | Self::Progress | Self::Pose | Self::Command | Self::Rejected)
    }
}

/// The kind of a message.
impl From<&Message> for Disclosed {
    fn from(message: &Message) -> Self {
        match message {
            Message::Accepted { .. } => Self::Accepted,
            Message::Rejected { .. } => Self::Rejected,
            Message::Done { .. } => Self::Done,
            Message::Zone { .. } => Self::Zone,
            Message::Progress { .. } => Self::Progress,
            Message::Finished { .. } => Self::Finished,
            Message::Failed { .. } => Self::Failed,
            Message::Pose { .. } => Self::Pose,
        }
    }
}

/// A run: things of one kind, within an hour of the first.
///
/// ```
/// use homeveil::keeper::{Disclosed, DisclosureLog, UnixTime};
/// let mut log = DisclosureLog::default();
/// for second in 0..5 {
///     log.note(Disclosed::Pose, UnixTime::from_secs(1_790_000_000 + second));
/// }
/// let entries = log.entries();
/// assert_eq!((entries.len(), entries[0].count), (1, 5));
/// assert_eq!(entries[0].last.secs() - entries[0].first.secs(), 4);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LogEntry {
    /// Their kind.
    pub what: Disclosed,
    /// When the first one was.
    pub first: UnixTime,
    /// When the last one was.
    pub last: UnixTime,
    /// How many.
    pub count: u32,
    /// The epoch of a release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u32>,
    /// The odds that were spent in all when a release went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent: Option<Odds>,
    /// The consent that this entry is about, or that allowed the release, by its number in this log, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<u32>,
}

impl LogEntry {
    pub(super) const fn of(what: Disclosed, at: UnixTime) -> Self {
        Self { what, first: at, last: at, count: 1, epoch: None, spent: None, consent: None }
    }

    /// Whether another one, noted now, goes on with this run.
    pub(super) fn goes_on(&self, next: &Self) -> bool {
        let of = |entry: &Self| (entry.what, entry.epoch, entry.spent, entry.consent);
        of(self) == of(next) && next.first >= self.first && next.first < self.first.later_by_s(RUN_S)
    }
}

/// How long after its first thing a run takes in others: an hour shows an owner when something was, and a year of live
/// reports is 24 entries a day.
const RUN_S: u64 = 3600;
