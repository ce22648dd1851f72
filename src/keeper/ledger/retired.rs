//! Consents that no longer count: withdrawn, or replaced by a later record.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::blob::{BlobError, Reader, Writer};
use crate::grid::narrow;
use crate::keeper::consent::ConsentRecord;
use crate::keeper::time::UnixTime;

/// Most consents that are remembered one by one. A household that is asked every week has five hundred in ten
/// years; those of the last five years are told by their ids, the earlier ones by their times.
const MOST: usize = 256;

/// The consents of a household that no longer count. None of them comes back, however many lie between; but for one
/// that is dated ahead of its time, which [`MOST`] later ones may push out.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::keeper) struct Retired {
    /// Digest of the id, and when the consent was given, in the order in which they ceased to count.
    records: Vec<(u64, UnixTime)>,
    /// The latest time at which one was given that is not among them any more.
    forgotten: Option<UnixTime>,
}

impl Retired {
    /// Whether the record is one that no longer counts, or may be one.
    pub(in crate::keeper) fn has(&self, record: &ConsentRecord) -> bool {
        let id = digest(&record.record_id);
        self.records.iter().any(|(retired, _)| *retired == id)
            || self.forgotten.is_some_and(|forgotten| record.given_at <= forgotten)
    }

    /// The record no longer counts. `now` bounds the time that it claims to have been given at: one far ahead must not
    /// outdate all records to come.
    pub(in crate::keeper) fn add(&mut self, record: &ConsentRecord, now: UnixTime) {
        self.push(digest(&record.record_id), record.given_at.min(now));
    }

    /// What no longer counts on another robot of the household does not count here either.
    pub(in crate::keeper) fn merge(&mut self, other: &Self) {
        other.records.iter().for_each(|&(id, given_at)| self.push(id, given_at));
        self.forgotten = self.forgotten.max(other.forgotten);
    }

    fn push(&mut self, id: u64, given_at: UnixTime) {
        if self.records.iter().any(|(retired, _)| *retired == id) {
            return;
        }
        if self.records.len() == MOST {
            let (_, given_at) = self.records.remove(0);
            self.forgotten = self.forgotten.max(Some(given_at));
        }
        self.records.push((id, given_at));
    }

    pub(super) fn write(&self, out: &mut Writer<'_>) {
        out.count(narrow(self.records.len()));
        for (id, given_at) in &self.records {
            out.u64(*id);
            out.u64(given_at.secs());
        }
        out.option(self.forgotten, |out, forgotten| out.u64(forgotten.secs()));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let records = (0..from.count_up_to(MOST)?).map(|_| Ok((from.u64()?, UnixTime::read(from)?)));
        let records = records.collect::<Result<_, BlobError>>()?;
        let forgotten = from.option(UnixTime::read)?;
        Ok(Self { records, forgotten })
    }
}

/// Enough of a digest that no two ids of a household agree.
fn digest(id: &str) -> u64 {
    let digest = Sha256::digest(id.as_bytes());
    digest[..8].iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::{ConsentRecord, MOST, Retired, UnixTime};

    fn record(number: u64) -> ConsentRecord {
        let at = UnixTime::from_secs(1000 * number);
        ConsentRecord::given(format!("c-{number}"), "Maker", at, at.later_by_s(1))
    }

    #[test]
    fn no_record_comes_back_however_many_lie_between() {
        let mut retired = Retired::default();
        for number in 0..3 * MOST as u64 {
            let now = record(number);
            assert!(!retired.has(&now), "{number}");
            retired.add(&now, now.expires_at);
            assert!((0..=number).all(|number| retired.has(&record(number))), "{number}");
        }
    }

    #[test]
    fn a_record_from_the_far_future_outdates_none() {
        let mut retired = Retired::default();
        let mut strange = record(7);
        strange.given_at = UnixTime::from_secs(u64::MAX);
        retired.add(&strange, UnixTime::from_secs(7000));
        (8..9 + MOST as u64).for_each(|number| retired.add(&record(number), record(number).expires_at));
        assert!(retired.forgotten.is_some() && !retired.has(&record(10_000)));
    }
}
