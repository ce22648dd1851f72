//! The keeper's state, and its bytes.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::blob::{BlobError, Envelope, Reader, Writer, check};
use crate::keeper::consent::ConsentRecord;
use crate::keeper::time::UnixTime;
use crate::noise::CoinSource;
use crate::odds::Odds;
use crate::policy::MAX_FLOORS;
use crate::sketch::Sketch;

/// The size class grows with the number of floors, and again with the sketches. Floors of up to some two hundred
/// rooms share the first class.
const fn envelope(floors: u8) -> Envelope {
    Envelope { magic: *b"HVKEEPER", version: 3, least: (8192 * (1 + floors as usize)).next_power_of_two() }
}

/// What a draw is a function of.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(in crate::keeper) struct Record {
    pub(in crate::keeper) seed: [u8; 32],
    #[zeroize(skip)]
    pub(in crate::keeper) source: CoinSource,
    /// One for each floor of the policy.
    pub(in crate::keeper) sketches: Vec<Sketch>,
}

/// Who may spend the household's odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keeper) enum Role {
    /// Draws, and opens epochs.
    Lead,
    /// Has what a lead drew.
    Follower,
}

/// All that a keeper remembers.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::keeper) struct State {
    pub(in crate::keeper) policy_digest: String,
    pub(in crate::keeper) floors: u8,
    pub(in crate::keeper) role: Role,
    pub(in crate::keeper) epoch: u32,
    /// The product of the odds of all draws.
    pub(in crate::keeper) spent: Odds,
    /// The latest time seen since the consent was recorded.
    pub(in crate::keeper) clock: UnixTime,
    pub(in crate::keeper) consent: Option<ConsentRecord>,
    /// This epoch's draw, if it was made.
    pub(in crate::keeper) record: Option<Record>,
}

impl State {
    pub(in crate::keeper) const fn new(policy_digest: String, floors: u8) -> Self {
        Self {
            policy_digest,
            floors,
            role: Role::Lead,
            epoch: 0,
            spent: Odds::SEALED,
            clock: UnixTime::from_secs(0),
            consent: None,
            record: None,
        }
    }

    /// What ties a floor's stored key to the draw that it was made for: nothing where nothing was drawn.
    pub(in crate::keeper) fn key_tag(&self, floor: u8) -> Option<[u8; 32]> {
        let record = self.record.as_ref()?;
        let mut hash = Sha256::new();
        hash.update(b"homeveil key of a draw");
        hash.update(record.seed);
        hash.update(self.epoch.to_le_bytes());
        hash.update([floor]);
        Some(hash.finalize().into())
    }

    pub(in crate::keeper) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let consent = self.consent.as_ref().map(serde_json::to_vec).transpose();
        let consent = consent.expect("texts, numbers and lists of them always serialize").unwrap_or_default();
        envelope(self.floors).seal(|out| self.write(&consent, out))
    }

    fn write(&self, consent: &[u8], out: &mut Writer<'_>) {
        // First, as the size class depends on it.
        out.u8(self.floors);
        out.bytes(self.policy_digest.as_bytes());
        out.u8((self.role == Role::Follower).into());
        for number in [self.epoch, self.spent.p(), self.spent.q()] {
            out.u32(number);
        }
        out.u64(self.clock.secs());
        out.counted(consent);
        out.u8(match &self.record {
            None => 0,
            Some(Record { source: CoinSource::OperatingSystem, .. }) => 1,
            Some(Record { source: CoinSource::Caller, .. }) => 2,
            Some(Record { source: CoinSource::Replayed, .. }) => 3,
        });
        if let Some(record) = &self.record {
            out.bytes(&record.seed);
            record.sketches.iter().for_each(|sketch| sketch.write(out));
        }
    }

    pub(in crate::keeper) fn from_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        let floors = bytes.get(Envelope::HEAD_BYTES).copied().unwrap_or_default();
        envelope(floors).open(bytes, Self::read)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let floors = from.u8()?;
        check((1..=MAX_FLOORS).contains(&floors))?;
        let policy_digest = String::from_utf8(from.bytes(64)?.to_vec()).map_err(|_| BlobError::Content)?;
        let role = if from.bool()? { Role::Follower } else { Role::Lead };
        let epoch = from.u32()?;
        let spent = Odds::new(from.u32()?, from.u32()?).map_err(|_| BlobError::Content)?;
        let clock = UnixTime::from_secs(from.u64()?);
        let consent: Option<ConsentRecord> = match from.counted()? {
            [] => None,
            json => Some(serde_json::from_slice(json).map_err(|_| BlobError::Content)?),
        };
        check(consent.as_ref().is_none_or(|consent| consent.check().is_ok()))?;
        let source = match from.u8()? {
            0 => None,
            1 => Some(CoinSource::OperatingSystem),
            2 => Some(CoinSource::Caller),
            3 => Some(CoinSource::Replayed),
            _ => return Err(BlobError::Content),
        };
        let record = source.map(|source| {
            // What is read of a record is wiped also where the rest is refused.
            let mut record = Record { seed: from.array()?, source, sketches: Vec::new() };
            for _ in 0..floors {
                record.sketches.push(Sketch::read(from)?);
            }
            Ok(record)
        });
        Ok(Self { policy_digest, floors, role, epoch, spent, clock, consent, record: record.transpose()? })
    }
}
