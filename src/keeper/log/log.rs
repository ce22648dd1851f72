//! The log itself.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::entry::{Disclosed, LogEntry};
use crate::keeper::consent::{ConsentRecord, Purpose};
use crate::keeper::time::UnixTime;
use crate::odds::Odds;

/// Most runs of each kind that a log keeps.
pub const MAX_LOG_RUNS: usize = 24;

/// Most bytes of consents that a log keeps: the largest consent there can be fits in.
pub(super) const MAX_CONSENT_BYTES: usize = 4096;

/// How long after a save that it asked for the log asks for no other where a run of live reports, or of commands that
/// were rejected, grows.
const SAVE_EVERY_S: u64 = 60;

/// What was disclosed about a household: kinds, times, counts and the names in consents, nothing of the home. A device
/// notes what it does, stores the log before anything leaves, and shows it to the owner:
///
/// ```text
/// boot      log = DisclosureLog::restored(store.load(Slot::Log)?, now)
/// consent   log.note_consent(&record, now)                      also when it is withdrawn
/// release   log.note_release(epoch, spent, &record, now)        each time that it is given out
/// epoch     log.note(Disclosed::Epoch, now)
/// command   log.note(Disclosed::Command, now)
/// message   log.note(Disclosed::from(&message), now)
///           if one of them returned true: store.save(Slot::Log, &log.to_bytes())?, and only then send
/// ```
///
/// ```
/// use homeveil::keeper::{ConsentRecord, Disclosed, DisclosureLog, Language, Purpose, UnixTime};
/// use homeveil::Odds;
///
/// let now = UnixTime::from_secs(1_790_000_000);
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000))
///     .purpose(Purpose::RequestedServiceProvision);
/// let mut log = DisclosureLog::restored(None, now);
/// assert!(log.text(Language::English).contains("Nothing has left"));
///
/// log.note_consent(&record, now);
/// let store_it = log.note_release(0, Odds::default(), &record, now.later_by_s(60));
/// assert!(store_it, "before the release is sent");
/// let log = DisclosureLog::restored(Some(&log.to_bytes()), now);
/// assert_eq!(log.count_of(Disclosed::Release), 1);
/// assert!(log.text(Language::English).contains("Robot Maker"));
/// assert!(log.to_json().contains(r#""what":"release""#));
/// ```
#[derive(Clone, Default)]
pub struct DisclosureLog {
    /// For each kind, how many there ever were, and the latest runs in the order in which they were noted.
    pub(super) kinds: [OfKind; Disclosed::ALL.len()],
    /// The latest consents, in the order of their numbers.
    pub(super) consents: VecDeque<NotedConsent>,
    /// How many consents were numbered.
    pub(super) numbered: u32,
    /// When the log last asked for a save.
    asked: UnixTime,
}

/// What the log keeps of a kind.
#[derive(Clone, Default)]
pub(super) struct OfKind {
    pub(super) total: u64,
    pub(super) first: UnixTime,
    pub(super) last: UnixTime,
    pub(super) runs: VecDeque<LogEntry>,
}

/// What the log keeps of a consent.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(super) struct NotedConsent {
    pub(super) number: u32,
    pub(super) record_id: String,
    pub(super) controller: String,
    pub(super) recipients: Vec<String>,
    pub(super) purposes: Vec<Purpose>,
}

impl NotedConsent {
    fn is_of(&self, record: &ConsentRecord) -> bool {
        self.record_id == record.record_id
            && self.controller == record.controller
            && self.recipients == record.recipients
            && self.purposes == record.purposes
    }

    /// The bytes that it takes in the stored log.
    pub(super) fn bytes(&self) -> usize {
        let texts = [&self.record_id, &self.controller].into_iter().chain(&self.recipients);
        texts.map(|text| text.len() + 4).sum::<usize>() + 12
    }
}

impl DisclosureLog {
    /// Notes something that is about to leave, or has come in. Says whether the log must be stored first: always,
    /// except for live reports and commands that are rejected, which ask for a save once a minute, so that neither
    /// robot nor cloud wears out the storage. A command that is accepted is stored with its answer.
    #[must_use]
    pub fn note(&mut self, what: Disclosed, at: UnixTime) -> bool {
        self.add(LogEntry::of(what, at))
    }

    /// Notes a consent that was given, refused or withdrawn, as its record says. Says whether to store, as
    /// [`note`](Self::note).
    #[must_use]
    pub fn note_consent(&mut self, record: &ConsentRecord, at: UnixTime) -> bool {
        let what = if record.withdrawn_at.is_some() {
            Disclosed::ConsentWithdrawn
        } else if record.refused {
            Disclosed::ConsentRefused
        } else {
            Disclosed::ConsentGiven
        };
        let consent = Some(self.number_of(record));
        self.add(LogEntry { consent, ..LogEntry::of(what, at) })
    }

    /// Notes a release that is given out: its epoch, the odds spent in all, and the consent that allows it. Says
    /// whether to store, as [`note`](Self::note).
    #[must_use]
    pub fn note_release(&mut self, epoch: u32, spent: Odds, record: &ConsentRecord, at: UnixTime) -> bool {
        let (consent, epoch, spent) = (Some(self.number_of(record)), Some(epoch), Some(spent));
        self.add(LogEntry { epoch, spent, consent, ..LogEntry::of(Disclosed::Release, at) })
    }

    /// Whether the log has it that this consent was given or refused, as far back as it goes.
    pub(in crate::keeper) fn has_noted(&self, record: &ConsentRecord) -> bool {
        let said = [Disclosed::ConsentGiven, Disclosed::ConsentRefused];
        said.iter().any(|&what| self.runs_about(record, what).next().is_some())
    }

    /// Whether the log has it that this consent was withdrawn at a time, as far back as it goes.
    pub(in crate::keeper) fn has_noted_withdrawal(&self, record: &ConsentRecord, at: UnixTime) -> bool {
        self.runs_about(record, Disclosed::ConsentWithdrawn).any(|run| run.last == at)
    }

    /// Whether the log is to be stored where something is not, a while after it last asked for that.
    pub(in crate::keeper) fn asks_again(&mut self, at: UnixTime) -> bool {
        let just_asked = at >= self.asked && at < self.asked.later_by_s(SAVE_EVERY_S);
        if !just_asked {
            self.asked = at;
        }
        !just_asked
    }

    /// The runs of a kind that are about a consent.
    fn runs_about(&self, record: &ConsentRecord, what: Disclosed) -> impl Iterator<Item = &LogEntry> {
        let number = self.consents.iter().find(|noted| noted.is_of(record)).map(|noted| noted.number);
        self.kinds[what as usize].runs.iter().filter(move |run| number.is_some() && run.consent == number)
    }

    /// How many of a kind were noted, since the first log or since one was lost.
    #[must_use]
    pub const fn count_of(&self, what: Disclosed) -> u64 {
        self.kinds[what as usize].total
    }

    /// The runs that are kept, the earliest first.
    ///
    /// # Complexity
    /// O(runs²) at most; there are few.
    #[must_use]
    pub fn entries(&self) -> Vec<&LogEntry> {
        let mut entries: Vec<&LogEntry> = Vec::new();
        for entry in self.kinds.iter().flat_map(|kind| &kind.runs) {
            let rank = (entry.first, entry.what);
            entries.insert(entries.partition_point(|other| (other.first, other.what) <= rank), entry);
        }
        entries
    }

    fn add(&mut self, next: LogEntry) -> bool {
        let (what, at) = (next.what, next.first);
        let kind = &mut self.kinds[what as usize];
        kind.first = if kind.total == 0 { at } else { kind.first.min(at) };
        kind.last = kind.last.max(at);
        kind.total = kind.total.saturating_add(1);
        let last = kind.runs.back_mut().filter(|run| run.goes_on(&next));
        let grows = last.is_some();
        if let Some(run) = last {
            run.last = run.last.max(at);
            run.count = run.count.saturating_add(1);
        } else {
            if kind.runs.len() == MAX_LOG_RUNS {
                kind.runs.pop_front();
            }
            kind.runs.push_back(next);
        }
        if grows && what.is_live() {
            return self.asks_again(at);
        }
        self.asked = at;
        true
    }

    /// The number of a consent, which is a new one where the log does not have it.
    fn number_of(&mut self, record: &ConsentRecord) -> u32 {
        let record = record.clone().in_order();
        if let Some(noted) = self.consents.iter().find(|noted| noted.is_of(&record)) {
            return noted.number;
        }
        self.numbered = self.numbered.saturating_add(1);
        self.consents.push_back(NotedConsent {
            number: self.numbered,
            record_id: record.record_id,
            controller: record.controller,
            recipients: record.recipients,
            purposes: record.purposes,
        });
        while self.consents.iter().map(NotedConsent::bytes).sum::<usize>() > MAX_CONSENT_BYTES {
            self.consents.pop_front();
        }
        self.numbered
    }
}

private_debug!(DisclosureLog);
