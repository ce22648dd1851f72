//! The keys of a household's floors, as they are stored.
//!
//! A stored key names the draw that it was made for. A key of an earlier epoch does not count, nor does one that was
//! left when a power cut came before today's key was written. The next map makes it again.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::store::{Slot, Store};
use crate::blob::{Envelope, Reader};
use crate::keeper::error::KeeperError;
use crate::keeper::ledger::State;
use crate::key::HouseKey;

const ENVELOPE: Envelope =
    Envelope { magic: *b"HVFLOOR1", version: HouseKey::VERSION, least: HouseKey::LEAST_BYTES };

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

/// The key with the tag of its draw.
pub(in crate::keeper) fn to_bytes(key: &HouseKey, tag: [u8; 32]) -> Zeroizing<Vec<u8>> {
    ENVELOPE.seal(|out| {
        out.bytes(&tag);
        key.write(out);
    })
}

pub(in crate::keeper) fn from_bytes(bytes: &[u8], tag: Option<[u8; 32]>) -> FloorKey {
    let read = |from: &mut Reader<'_>, version| Ok((from.array()?, HouseKey::read(from, version)?));
    let (own, key) = ENVELOPE.open_since(HouseKey::FIRST_VERSION, bytes, read).map_err(KeeperError::Key)?;
    if tag == Some(own) { Ok(key) } else { Err(KeeperError::NoKey) }
}
