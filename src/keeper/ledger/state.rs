//! The keeper's state as bytes.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::keeper::consent::ConsentRecord;
use crate::keeper::time::UnixTime;
use crate::noise::CoinSource;
use crate::odds::Odds;
use crate::policy::MAX_FLOORS;
use crate::sketch::Sketch;

const MAGIC: &[u8; 8] = b"HVKEEPER";
const VERSION: u32 = 2;

/// Least size of a state for each floor, and for the consent; larger ones double. Floors of up to some two
/// hundred rooms share the first class.
const LEAST_BYTES: usize = 8192;

/// What a draw is a function of.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::keeper) struct Record {
    pub(in crate::keeper) seed: [u8; 32],
    pub(in crate::keeper) source: CoinSource,
    /// One for each floor of the policy.
    pub(in crate::keeper) sketches: Vec<Sketch>,
}

impl Drop for Record {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
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

    /// Magic, version, length, fields, padding to a size class, and SHA-256 over all of it.
    pub(in crate::keeper) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Large enough for nearly all: a vector that grows leaves copies behind.
        let class = (LEAST_BYTES * (1 + usize::from(self.floors))).next_power_of_two();
        let mut bytes = Zeroizing::new(Vec::with_capacity(class));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(self.policy_digest.as_bytes());
        bytes.extend_from_slice(&[self.floors, u8::from(self.role == Role::Follower)]);
        for number in [self.epoch, self.spent.p(), self.spent.q()] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&self.clock.secs().to_le_bytes());
        let consent = self.consent.as_ref().map(serde_json::to_vec).transpose();
        let consent = consent.expect("texts, numbers and lists of them always serialize");
        put(&mut bytes, &consent.unwrap_or_default());
        if let Some(record) = &self.record {
            bytes.push(match record.source {
                CoinSource::OperatingSystem => 1,
                CoinSource::Caller => 2,
                CoinSource::Replayed => 3,
            });
            bytes.extend_from_slice(&record.seed);
            for sketch in &record.sketches {
                put(&mut bytes, &Zeroizing::new(sketch.to_bytes()));
            }
        }
        let length = u32::try_from(bytes.len() - 16).unwrap_or(u32::MAX);
        bytes[12..16].copy_from_slice(&length.to_le_bytes());
        let class = (bytes.len() + 32).next_power_of_two().max(class);
        bytes.resize(class - 32, 0);
        let checksum = Sha256::digest(bytes.as_slice());
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// The state of these bytes, if they are one's.
    pub(in crate::keeper) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (summed, checksum) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        if Sha256::digest(summed)[..] != *checksum {
            return None;
        }
        let (header, rest) = summed.split_at_checked(16)?;
        if header[..8] != *MAGIC || header[8..12] != VERSION.to_le_bytes() {
            return None;
        }
        let length = u32::from_le_bytes(header[12..].try_into().ok()?);
        let (mut body, padding) = rest.split_at_checked(length as usize)?;
        let from = &mut body;
        let policy_digest = String::from_utf8(take(from, 64)?.to_vec()).ok()?;
        let [floors, role] = take(from, 2)? else { return None };
        let role = match role {
            0 => Role::Lead,
            1 => Role::Follower,
            _ => return None,
        };
        if !(1..=MAX_FLOORS).contains(floors) {
            return None;
        }
        let epoch = number(from)?;
        let spent = Odds::new(number(from)?, number(from)?).ok()?;
        let clock = UnixTime::from_secs(u64::from_le_bytes(take(from, 8)?.try_into().ok()?));
        let consent = match counted(from)? {
            [] => None,
            json => Some(serde_json::from_slice::<ConsentRecord>(json).ok()?),
        };
        if consent.as_ref().is_some_and(|consent| consent.check().is_err()) {
            return None;
        }
        let record = match from.split_first() {
            None => None,
            Some((source, _)) => {
                let source = match source {
                    1 => CoinSource::OperatingSystem,
                    2 => CoinSource::Caller,
                    3 => CoinSource::Replayed,
                    _ => return None,
                };
                let seed = take(from, 33)?[1..].try_into().ok()?;
                let sketches = (0..*floors).map(|_| Sketch::from_bytes(counted(from)?));
                Some(Record { seed, source, sketches: sketches.collect::<Option<_>>()? })
            }
        };
        let state = Self { policy_digest, floors: *floors, role, epoch, spent, clock, consent, record };
        (from.is_empty() && padding.iter().all(|&byte| byte == 0)).then_some(state)
    }
}

/// A length and so many bytes.
pub(in crate::keeper) fn put(bytes: &mut Vec<u8>, blob: &[u8]) {
    bytes.extend_from_slice(&u32::try_from(blob.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(blob);
}

/// So many bytes off the front.
pub(in crate::keeper) fn take<'a>(from: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (own, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(own)
}

fn number(from: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(take(from, 4)?.try_into().ok()?))
}

/// What [`put`] wrote.
pub(in crate::keeper) fn counted<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(from)?;
    take(from, length as usize)
}
