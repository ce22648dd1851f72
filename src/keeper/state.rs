//! The keeper's state as bytes.

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::noise::CoinSource;
use crate::odds::Odds;
use crate::sketch::Sketch;

const MAGIC: &[u8; 8] = b"HVKEEPER";
const VERSION: u32 = 1;

/// Least size of a state; larger ones double. Homes of up to some two hundred rooms share the first class.
const LEAST_BYTES: usize = 8192;

/// What a draw is a function of.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) seed: [u8; 32],
    pub(super) source: CoinSource,
    pub(super) sketch: Sketch,
}

impl Drop for Record {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
}

/// All that a keeper remembers.
#[derive(Clone)]
pub(super) struct State {
    pub(super) policy_digest: String,
    pub(super) epoch: u32,
    /// The product of the odds of all draws.
    pub(super) spent: Odds,
    /// This epoch's draw, if it was made.
    pub(super) record: Option<Record>,
}

impl State {
    pub(super) const fn new(policy_digest: String) -> Self {
        Self { policy_digest, epoch: 0, spent: Odds::SEALED, record: None }
    }

    /// Magic, version, length, fields, padding to a size class, and SHA-256 over all of it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend_from_slice(self.policy_digest.as_bytes());
        body.extend_from_slice(&self.epoch.to_le_bytes());
        body.extend_from_slice(&self.spent.p().to_le_bytes());
        body.extend_from_slice(&self.spent.q().to_le_bytes());
        match &self.record {
            None => body.push(0),
            Some(record) => {
                body.push(match record.source {
                    CoinSource::OperatingSystem => 1,
                    CoinSource::Caller => 2,
                    CoinSource::Replayed => 3,
                });
                body.extend_from_slice(&record.seed);
                body.extend_from_slice(&record.sketch.to_bytes());
            }
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(&body);
        body.zeroize();
        let class = (bytes.len() + 32).next_power_of_two().max(LEAST_BYTES);
        bytes.resize(class - 32, 0);
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// The state of these bytes, if they are one's.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        if Sha256::digest(content)[..] != *checksum {
            return None;
        }
        let (header, rest) = content.split_at_checked(16)?;
        if header[..8] != *MAGIC || header[8..12] != VERSION.to_le_bytes() {
            return None;
        }
        let length = u32::from_le_bytes(header[12..].try_into().ok()?);
        let (body, padding) = rest.split_at_checked(length as usize)?;
        let (digest, body) = body.split_at_checked(64)?;
        let (numbers, body) = body.split_at_checked(12)?;
        let number = |at: usize| Some(u32::from_le_bytes(numbers[at..at + 4].try_into().ok()?));
        let record = match body.split_first()? {
            (0, []) => None,
            (source, body) => {
                let source = match source {
                    1 => CoinSource::OperatingSystem,
                    2 => CoinSource::Caller,
                    3 => CoinSource::Replayed,
                    _ => return None,
                };
                let (seed, sketch) = body.split_at_checked(32)?;
                Some(Record { seed: seed.try_into().ok()?, source, sketch: Sketch::from_bytes(sketch)? })
            }
        };
        padding.iter().all(|&byte| byte == 0).then_some(Self {
            policy_digest: String::from_utf8(digest.to_vec()).ok()?,
            epoch: number(0)?,
            spent: Odds::new(number(4)?, number(8)?).ok()?,
            record,
        })
    }
}
