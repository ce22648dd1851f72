//! The keys of a household's floors, as they are stored.
//!
//! A stored key names the draw that it was made for. A key of an earlier epoch does not count, nor does one that was
//! left when a power cut came before today's key was written. The next map makes it again, with the marks of that one
//! where it recognizes the map.
//!
//! The name is 32 bytes. To the last of them a number is added by exclusive or, 0 for a key that has all that its owner
//! marked: else it says what the owner is still to be told.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::store::{Slot, Store};
use crate::blob::{BlobError, Envelope, Reader};
use crate::keeper::error::KeeperError;
use crate::keeper::ledger::State;
use crate::key::HouseKey;

const ENVELOPE: Envelope =
    Envelope { magic: *b"HVFLOOR1", version: HouseKey::VERSION, least: HouseKey::LEAST_BYTES };

/// A floor's key, or why there is none.
pub(in crate::keeper) type FloorKey = Result<HouseKey, KeeperError>;

/// What the owner may still have to be told of a key, in the order of their numbers in stored bytes, from 1.
const UNTOLD: [KeeperError; 6] = [
    KeeperError::KeyRemade(BlobError::Length),
    KeeperError::KeyRemade(BlobError::Magic),
    KeeperError::KeyRemade(BlobError::Version),
    KeeperError::KeyRemade(BlobError::Checksum),
    KeeperError::KeyRemade(BlobError::Content),
    KeeperError::MarksLost,
];

/// What a store has of a floor.
pub(in crate::keeper) struct KeptKey {
    pub(in crate::keeper) key: FloorKey,
    /// Where there is no key of this draw: one that is not of it.
    pub(in crate::keeper) earlier: Option<HouseKey>,
    /// What the owner is still to be told of the key.
    pub(in crate::keeper) untold: Option<KeeperError>,
}

/// What a store has of the floors of a state.
pub(in crate::keeper) fn load<S: Store>(store: &mut S, state: &State) -> Result<Vec<KeptKey>, KeeperError> {
    let load = |floor| {
        let blob = store.load(Slot::Key { floor })?.map(Zeroizing::new);
        let none = KeptKey { key: Err(KeeperError::NoKey), earlier: None, untold: None };
        Ok(blob.map_or(none, |blob| from_bytes(&blob, state.key_tag(floor))))
    };
    (0..state.floors).map(load).collect()
}

/// The key with the tag of its draw, and what the owner is still to be told of it.
pub(in crate::keeper) fn to_bytes(
    key: &HouseKey,
    mut tag: [u8; 32],
    untold: Option<KeeperError>,
) -> Zeroizing<Vec<u8>> {
    let number = UNTOLD.iter().position(|told| Some(*told) == untold).map_or(0, |at| at + 1);
    tag[31] ^= number.to_le_bytes()[0];
    ENVELOPE.seal(|out| {
        out.bytes(&tag);
        key.write(out);
    })
}

pub(in crate::keeper) fn from_bytes(bytes: &[u8], tag: Option<[u8; 32]>) -> KeptKey {
    let read = |from: &mut Reader<'_>, version| Ok((from.array::<32>()?, HouseKey::read(from, version)?));
    let (own, key) = match ENVELOPE.open_since(HouseKey::FIRST_VERSION, bytes, read) {
        Ok(read) => read,
        Err(damage) => return KeptKey { key: Err(KeeperError::Key(damage)), earlier: None, untold: None },
    };
    let number = tag.filter(|tag| own[..31] == tag[..31]).map(|tag| usize::from(own[31] ^ tag[31]));
    match number.filter(|&number| number <= UNTOLD.len()) {
        Some(number) => {
            let untold = number.checked_sub(1).and_then(|at| UNTOLD.get(at)).copied();
            KeptKey { key: Ok(key), earlier: None, untold }
        }
        None => KeptKey { key: Err(KeeperError::NoKey), earlier: Some(key), untold: None },
    }
}
