//! The keys of a household's floors, as they are stored.
//!
//! A stored key names the draw that it was made for. One of an earlier epoch, or one that a power cut left there
//! before the key of today was written, is no key; it is made again at the next release.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::store::{Slot, Store};
use crate::keeper::error::KeeperError;
use crate::keeper::ledger::State;
use crate::key::HouseKey;

const MAGIC: &[u8; 8] = b"HVFLOOR1";

/// A floor's key, or why there is none.
pub(in crate::keeper) type FloorKey = Result<HouseKey, KeeperError>;

/// The keys that a store holds for a state.
pub(in crate::keeper) fn load<S: Store>(store: &mut S, state: &State) -> Result<Vec<FloorKey>, KeeperError> {
    let load = |floor| {
        let blob = store.load(Slot::Key { floor })?.map(Zeroizing::new);
        Ok(blob.map_or(Err(KeeperError::NoKey), |blob| from_bytes(&blob, state.key_tag(floor))))
    };
    (0..state.floors).map(load).collect()
}

/// Magic, tag of the draw, key, and SHA-256 over all of it; nothing where nothing was drawn.
pub(in crate::keeper) fn to_bytes(key: &HouseKey, tag: Option<[u8; 32]>) -> Option<Zeroizing<Vec<u8>>> {
    let key = key.to_secret_bytes();
    let mut bytes = Zeroizing::new(Vec::with_capacity(key.len() + 72));
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&tag?);
    bytes.extend_from_slice(&key);
    let sum = Sha256::digest(bytes.as_slice());
    bytes.extend_from_slice(&sum);
    Some(bytes)
}

fn from_bytes(bytes: &[u8], tag: Option<[u8; 32]>) -> FloorKey {
    let damaged = KeeperError::Key;
    let (content, sum) = bytes.split_at_checked(bytes.len().saturating_sub(32)).ok_or(damaged)?;
    let (head, key) = content.split_at_checked(40).ok_or(damaged)?;
    if head[..8] != *MAGIC || Sha256::digest(content)[..] != *sum {
        return Err(damaged);
    }
    if tag.is_none_or(|tag| head[8..] != tag) {
        return Err(KeeperError::NoKey);
    }
    HouseKey::from_secret_bytes(key).map_err(|_| damaged)
}
