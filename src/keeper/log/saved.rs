//! The log over a restart.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::entry::{Disclosed, LogEntry};
use super::log::{DisclosureLog, MAX_CONSENT_BYTES, MAX_LOG_RUNS, NotedConsent, OfKind};
use crate::blob::{BlobError, Envelope, Reader, Writer, check, text};
use crate::keeper::consent::Purpose;
use crate::keeper::time::UnixTime;

/// Large enough for a full log, so that all are of one size.
const ENVELOPE: Envelope = Envelope { magic: *b"HVLOGGED", version: 1, least: 1 << 14 };

impl DisclosureLog {
    /// The log as bytes, always as many. They hold times and the names in consents: as private as the log.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        ENVELOPE.seal(|out| {
            count(out, self.kinds.len());
            for kind in &self.kinds {
                for number in [kind.total, kind.first.secs(), kind.last.secs()] {
                    out.u64(number);
                }
                count(out, kind.runs.len());
                kind.runs.iter().for_each(|run| write_run(run, out));
            }
            out.u32(self.numbered);
            count(out, self.consents.len());
            self.consents.iter().for_each(|consent| write_consent(consent, out));
        })
    }

    /// The log after a restart, from what the store holds: a new one where that is nothing. A damaged log is no reason
    /// to stop a release, so there is no error: a new log begins, and its first entry, [`Disclosed::LogLost`], says
    /// that one was lost.
    ///
    /// ```
    /// use homeveil::keeper::{Disclosed, DisclosureLog, UnixTime};
    /// let mut log = DisclosureLog::default();
    /// log.note(Disclosed::Command, UnixTime::from_secs(1_790_000_000));
    /// let mut bytes = log.to_bytes();
    /// bytes[100] ^= 1;
    /// let log = DisclosureLog::restored(Some(&bytes), UnixTime::from_secs(1_790_000_100));
    /// assert_eq!((log.count_of(Disclosed::Command), log.count_of(Disclosed::LogLost)), (0, 1));
    /// ```
    #[must_use]
    pub fn restored(bytes: Option<&[u8]>, now: UnixTime) -> Self {
        let Some(bytes) = bytes else { return Self::default() };
        Self::from_bytes(bytes).unwrap_or_else(|_| {
            let mut log = Self::default();
            let _ = log.note(Disclosed::LogLost, now);
            log
        })
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        ENVELOPE.open(bytes, |from| {
            let mut log = Self::default();
            // A log from before a kind was added has fewer.
            let kinds = from.count_up_to(log.kinds.len())?;
            for (&what, kind) in Disclosed::ALL.iter().zip(&mut log.kinds).take(kinds) {
                *kind = read_kind(what, from)?;
            }
            log.numbered = from.u32()?;
            for _ in 0..from.count()? {
                let consent = read_consent(from)?;
                let is_next = log.consents.back().is_none_or(|before| before.number < consent.number);
                check(is_next && consent.number <= log.numbered)?;
                log.consents.push_back(consent);
                check(log.consents.iter().map(NotedConsent::bytes).sum::<usize>() <= MAX_CONSENT_BYTES)?;
            }
            Ok(log)
        })
    }
}

fn read_kind(what: Disclosed, from: &mut Reader<'_>) -> Result<OfKind, BlobError> {
    let (total, first, last) = (from.u64()?, UnixTime::read(from)?, UnixTime::read(from)?);
    let mut kind = OfKind { total, first, last, ..OfKind::default() };
    for _ in 0..from.count_up_to(MAX_LOG_RUNS)? {
        kind.runs.push_back(read_run(what, from)?);
    }
    check(kind.runs.iter().map(|run| u64::from(run.count)).sum::<u64>() <= total)?;
    Ok(kind)
}

/// At most 37 bytes.
fn write_run(run: &LogEntry, out: &mut Writer<'_>) {
    let has = [run.epoch.is_some(), run.spent.is_some(), run.consent.is_some()];
    out.u8((0..).zip(has).map(|(bit, has)| u8::from(has) << bit).sum());
    out.u64(run.first.secs());
    out.u64(run.last.secs());
    out.u32(run.count);
    run.epoch.iter().for_each(|&epoch| out.u32(epoch));
    run.spent.iter().for_each(|&spent| out.odds(spent));
    run.consent.iter().for_each(|&consent| out.u32(consent));
}

fn read_run(what: Disclosed, from: &mut Reader<'_>) -> Result<LogEntry, BlobError> {
    let has = from.u8()?;
    check(has < 8)?;
    let (first, last, count) = (UnixTime::read(from)?, UnixTime::read(from)?, from.u32()?);
    check(first <= last && count > 0)?;
    let epoch = if has & 1 != 0 { Some(from.u32()?) } else { None };
    let spent = if has & 2 != 0 { Some(from.odds()?) } else { None };
    let consent = if has & 4 != 0 { Some(from.u32()?) } else { None };
    Ok(LogEntry { what, first, last, count, epoch, spent, consent })
}

/// As many bytes as [`NotedConsent::bytes`] says, at most.
fn write_consent(consent: &NotedConsent, out: &mut Writer<'_>) {
    out.u32(consent.number);
    out.u32(consent.purposes.iter().fold(0, |bits, &purpose| bits | 1 << purpose as u32));
    out.counted(consent.record_id.as_bytes());
    out.counted(consent.controller.as_bytes());
    count(out, consent.recipients.len());
    consent.recipients.iter().for_each(|recipient| out.counted(recipient.as_bytes()));
}

fn read_consent(from: &mut Reader<'_>) -> Result<NotedConsent, BlobError> {
    let text = |from: &mut Reader<'_>| text(from.counted()?);
    let (number, purposes) = (from.u32()?, from.u32()?);
    check(purposes >> Purpose::ALL.len() == 0)?;
    let has = |purpose: &Purpose| purposes >> *purpose as u32 & 1 == 1;
    let (record_id, controller) = (text(from)?, text(from)?);
    let recipients = (0..from.count()?).map(|_| text(from)).collect::<Result<_, _>>()?;
    let purposes = Purpose::ALL.into_iter().filter(has).collect();
    Ok(NotedConsent { number, record_id, controller, recipients, purposes })
}

/// A number that the log's own limits keep small.
fn count(out: &mut Writer<'_>, number: usize) {
    out.count(u32::try_from(number).unwrap_or(u32::MAX));
}
