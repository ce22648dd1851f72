//! States of earlier versions.
//!
//! | version | what it held of the draw | what becomes of it |
//! | --- | --- | --- |
//! | 1, 2 | seed and sketches, for codebooks that were never shipped | the epoch is sealed: what is spent stays spent |
//! | 3 | seed and sketches; every call drew from them again | drawn once more as it was, and from then on kept |
//!
//! A sealed epoch of version 1 or 2 stays sealed though its ledger may be able to pay. Its release passes
//! [`Release::verify`](crate::Release::verify) and not [`Release::verify_under`](crate::Release::verify_under), which
//! must not take "sealed" from a ledger that can pay; the next epoch's passes both.
//!
//! A record of version 3 does not say under which policy it was made, only that policy's digest. So a robot that is
//! updated opens its state once with the policy that it had; after that it may have another.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::draw::{Draw, DrawTerms};
use super::state::{Role, State, envelope, read_consent, read_floors};
use crate::atlas::Codebook;
use crate::blob::{BlobError, Envelope, Reader, text};
use crate::draw::Preferences;
use crate::keeper::consent::ConsentRecord;
use crate::keeper::error::KeeperError;
use crate::keeper::time::UnixTime;
use crate::noise::CoinSource;
use crate::odds::Odds;
use crate::policy::Policy;
use crate::sketch::Sketch;

/// The version of the library that drew all releases of states of version 3, as their certificates say.
const VERSION_3_DREW: &str = "0.1.0";

impl State {
    /// The state of bytes of any version, and whether they were of an earlier one.
    pub(in crate::keeper) fn of_any_version(
        bytes: &[u8],
        policy: &Policy,
    ) -> Result<(Self, bool), KeeperError> {
        match Self::from_bytes(bytes) {
            Err(BlobError::Version) => {
                let earlier = Earlier::from_bytes(bytes).map_err(KeeperError::State)?;
                Ok((earlier.migrated(policy)?, true))
            }
            state => Ok((state.map_err(KeeperError::State)?, false)),
        }
    }
}

/// What states of versions 1 to 3 held.
struct Earlier {
    policy_digest: String,
    floors: u8,
    role: Role,
    epoch: u32,
    spent: Odds,
    clock: UnixTime,
    consent: Option<ConsentRecord>,
    record: Option<Record>,
}

/// What a draw was a function of.
#[derive(Zeroize, ZeroizeOnDrop)]
enum Record {
    /// Of version 1 or 2.
    Unknown,
    /// Of version 3.
    Known {
        seed: [u8; 32],
        #[zeroize(skip)] // It is public.
        source: CoinSource,
        sketches: Vec<Sketch>,
    },
}

impl Earlier {
    fn from_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        let version = bytes.get(8..12).and_then(|version| version.try_into().ok()).map(u32::from_le_bytes);
        let byte = |at: usize| bytes.get(Envelope::HEAD_BYTES + at).copied().unwrap_or_default();
        match version {
            Some(1) => envelope(1, 0).open(bytes, Self::read_1),
            Some(2) => envelope(2, byte(64)).open(bytes, Self::read_2),
            Some(3) => envelope(3, byte(0)).open(bytes, Self::read_3),
            _ => Err(BlobError::Version),
        }
    }

    fn read_1(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let policy_digest = digest(from)?;
        let (epoch, spent) = (from.u32()?, from.odds()?);
        let record = source(from)?.map(|_| Record::Unknown);
        skip(from)?;
        let (clock, role) = (UnixTime::default(), Role::Lead);
        Ok(Self { policy_digest, floors: 1, role, epoch, spent, clock, consent: None, record })
    }

    fn read_2(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let policy_digest = digest(from)?;
        let floors = read_floors(from)?;
        Self::read_since_2(from, policy_digest, floors, |from| {
            let record = (!from.is_empty()).then_some(Record::Unknown);
            skip(from).map(|()| record)
        })
    }

    fn read_3(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let floors = read_floors(from)?;
        let policy_digest = digest(from)?;
        Self::read_since_2(from, policy_digest, floors, |from| {
            let Some(source) = source(from)? else { return Ok(None) };
            let seed = from.array()?;
            let sketches = (0..floors).map(|_| Sketch::read(from)).collect::<Result<_, _>>()?;
            Ok(Some(Record::Known { seed, source, sketches }))
        })
    }

    /// What both versions hold after their first fields.
    fn read_since_2(
        from: &mut Reader<'_>,
        policy_digest: String,
        floors: u8,
        record: impl FnOnce(&mut Reader<'_>) -> Result<Option<Record>, BlobError>,
    ) -> Result<Self, BlobError> {
        Ok(Self {
            policy_digest,
            floors,
            role: Role::read(from)?,
            epoch: from.u32()?,
            spent: from.odds()?,
            clock: UnixTime::read(from)?,
            consent: read_consent(from)?,
            record: record(from)?,
        })
    }

    fn migrated(self, policy: &Policy) -> Result<State, KeeperError> {
        let draw = match &self.record {
            None => None,
            Some(Record::Unknown) => {
                let sealed = Codebook::of(policy.zones(), Odds::SEALED).ok_or(KeeperError::Policy)?;
                let preferences = Preferences::of(&vec![Sketch::NOTHING; policy.floors().into()], &sealed);
                let terms = self.terms(policy, Odds::SEALED, CoinSource::OperatingSystem, [0; 32]);
                Some(Draw::recorded(&terms, &sealed, preferences).made()?)
            }
            Some(Record::Known { seed, source, sketches }) => {
                // Odds whose codebook was one plan then were 1 in the policy.
                let one_plan = |policy: &&Policy| {
                    Codebook::first_shipped(policy.zones(), policy.odds())
                        .is_some_and(|first| first.count() == 1)
                };
                let sealed = Some(policy).filter(one_plan).map(|policy| policy.under(Odds::SEALED));
                let mut those = [Some(policy), sealed.as_ref()].into_iter().flatten();
                let drawn_under = |policy: &&Policy| self.policy_digest == policy.digest();
                let policy = those.find(drawn_under).ok_or(KeeperError::Policy)?;
                if self.floors != policy.floors() {
                    return Err(KeeperError::Policy);
                }
                let odds = policy.odds();
                let codebook = Codebook::first_shipped(policy.zones(), odds).ok_or(KeeperError::Policy)?;
                let preferences = Preferences::first(sketches, &codebook);
                let terms = self.terms(policy, odds, *source, *seed);
                Some(Draw::recorded(&terms, &codebook, preferences).by(VERSION_3_DREW).made()?)
            }
        };
        let floors = draw.as_ref().map_or(self.floors, Draw::floors);
        let Self { role, epoch, spent, clock, ref consent, .. } = self;
        Ok(State { role, epoch, spent, clock, consent: consent.clone(), draw, ..State::new(floors) })
    }

    const fn terms<'a>(
        &self,
        policy: &'a Policy,
        odds: Odds,
        source: CoinSource,
        seed: [u8; 32],
    ) -> DrawTerms<'a> {
        DrawTerms { policy, epoch: self.epoch, odds, spent: self.spent, source, seed }
    }
}

fn digest(from: &mut Reader<'_>) -> Result<String, BlobError> {
    text(from.bytes(64)?)
}

/// Where the coins of a record came from; `None` if there is no record.
fn source(from: &mut Reader<'_>) -> Result<Option<CoinSource>, BlobError> {
    match from.u8()? {
        0 => Ok(None),
        byte => CoinSource::of_byte(byte).map(Some).ok_or(BlobError::Content),
    }
}

/// A record that plays no part any more.
fn skip(from: &mut Reader<'_>) -> Result<(), BlobError> {
    while !from.is_empty() {
        from.u8()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::state::Role;
    use super::{Earlier, Record};
    use crate::keeper::error::KeeperError;
    use crate::keeper::time::UnixTime;
    use crate::noise::CoinSource;
    use crate::odds::Odds;
    use crate::policy::Policy;
    use crate::sketch::Sketch;

    /// Two and three zones at λ = 2 had one plan, and a policy wrote the odds as 1.
    #[test]
    fn a_policy_that_was_sealed_then_opens_what_was_drawn_under_it() {
        for (zones, odds, opens) in [(2, 2, true), (3, 2, true), (6, 4, true), (4, 2, false)] {
            let policy = Policy::builder().zones(zones).odds(Odds::whole(odds)).build().unwrap();
            let sealed = Policy::builder().zones(zones).odds(Odds::SEALED).build().unwrap();
            assert_ne!(policy.digest(), sealed.digest());
            let earlier = Earlier {
                policy_digest: sealed.digest(),
                floors: 1,
                role: Role::Lead,
                epoch: 1,
                spent: Odds::SEALED,
                clock: UnixTime::default(),
                consent: None,
                record: Some(Record::Known {
                    seed: [7; 32],
                    source: CoinSource::Replayed,
                    sketches: vec![Sketch::NOTHING],
                }),
            };
            let migrated = earlier.migrated(&policy);
            if opens {
                let release = migrated.unwrap().draw.unwrap().release().unwrap();
                assert_eq!(release.certificate().policy_digest, sealed.digest());
                release.verify_under(&sealed).unwrap();
            } else {
                assert_eq!(migrated.err(), Some(KeeperError::Policy), "{zones} zones");
            }
        }
    }
}
