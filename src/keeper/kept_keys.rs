//! The keys of a household's floors, as they are stored.
//!
//! A stored key names the draw that it was made for. A key of an earlier epoch does not count, nor does one that was
//! left when a power cut came before today's key was written. The next map makes it again, with the marks of that one
//! where it recognizes the map.
//!
//! The name is 32 bytes. A number follows, 0 for a key that has all that its owner marked: else it says what the owner
//! is still to be told. Blobs of earlier versions have it added to the last byte of the name by exclusive or.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::error::KeeperError;
use super::ledger::State;
use super::storage::{Slot, Store, StoreError};
use crate::blob::{BlobError, Envelope, Reader, check};
use crate::key::HouseKey;

/// Added to the version of the key where what the owner is to be told has a byte of its own.
const TELLS_APART: u32 = 1 << 8;

const ENVELOPE: Envelope =
    Envelope { magic: *b"HVFLOOR1", version: TELLS_APART + HouseKey::VERSION, least: HouseKey::LEAST_BYTES };

/// That of earlier versions.
const EARLIER: Envelope = Envelope { version: HouseKey::VERSION, ..ENVELOPE };

/// A floor's key, or why there is none.
pub(super) type FloorKey = Result<HouseKey, KeeperError>;

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
pub(super) struct KeptKey {
    pub(super) key: FloorKey,
    /// Where there is no key of this draw: one that is not of it.
    pub(super) earlier: Option<HouseKey>,
    /// What the owner is still to be told of the key.
    pub(super) untold: Option<KeeperError>,
}

/// What a store has of the floors of a state.
pub(super) fn load<S: Store>(store: &mut S, state: &State) -> Result<Vec<KeptKey>, KeeperError> {
    (0..state.floors).map(|floor| Ok(load_floor(store, state, floor)?)).collect()
}

/// What a store has of a floor. A slot that cannot be read is the error of its key: it is read again with the next map.
pub(super) fn load_floor<S: Store>(store: &mut S, state: &State, floor: u8) -> Result<KeptKey, StoreError> {
    let none = |error| KeptKey { key: Err(error), earlier: None, untold: None };
    match store.load(Slot::Key { floor }) {
        Ok(Some(blob)) => Ok(from_bytes(&Zeroizing::new(blob), state.key_tag(floor))),
        Ok(None) => Ok(none(KeeperError::NoKey)),
        Err(StoreError::Failed) => Ok(none(StoreError::Failed.into())),
        Err(error) => Err(error),
    }
}

/// The key with the tag of its draw, and what the owner is still to be told of it.
pub(super) fn to_bytes(key: &HouseKey, tag: [u8; 32], untold: Option<KeeperError>) -> Zeroizing<Vec<u8>> {
    let number = UNTOLD.iter().position(|told| Some(*told) == untold).map_or(0, |at| at + 1);
    ENVELOPE.seal(|out| {
        out.bytes(&tag);
        out.u8(number.to_le_bytes()[0]);
        key.write(out);
    })
}

pub(super) fn from_bytes(bytes: &[u8], tag: Option<[u8; 32]>) -> KeptKey {
    let read = |from: &mut Reader<'_>, version| {
        let own = from.array::<32>()?;
        let number = if version < TELLS_APART { None } else { Some(from.u8()?) };
        check(number.is_none_or(|number| usize::from(number) <= UNTOLD.len()))?;
        Ok((own, number, HouseKey::read(from, version % TELLS_APART)?))
    };
    let read = match ENVELOPE.open_since(TELLS_APART + HouseKey::FIRST_VERSION, bytes, read) {
        Err(BlobError::Version) => EARLIER.open_since(HouseKey::FIRST_VERSION, bytes, read),
        read => read,
    };
    let (own, number, key) = match read {
        Ok(read) => read,
        Err(damage) => return KeptKey { key: Err(KeeperError::Key(damage)), earlier: None, untold: None },
    };
    let hidden = tag.filter(|tag| own[..31] == tag[..31]).map(|tag| own[31] ^ tag[31]);
    let hidden = hidden.filter(|&number| usize::from(number) <= UNTOLD.len());
    let (is_own, number) = match number {
        Some(number) => (tag == Some(own), number),
        None => (hidden.is_some(), hidden.unwrap_or_default()),
    };
    let untold = usize::from(number).checked_sub(1).and_then(|at| UNTOLD.get(at)).copied();
    if is_own {
        KeptKey { key: Ok(key), earlier: None, untold }
    } else {
        KeptKey { key: Err(KeeperError::NoKey), earlier: Some(key), untold }
    }
}

#[cfg(test)]
mod tests {
    use super::{EARLIER, UNTOLD, from_bytes, to_bytes};
    use crate::drawings::{FLAT, home};
    use crate::keeper::error::KeeperError;
    use crate::{Coins, Grant, Policy, Redaction, anonymize};

    #[test]
    fn a_key_of_the_form_before_opens_and_says_what_it_said() {
        let (home, none, coins) = (home(FLAT), Redaction::none(), &mut Coins::replayed(1));
        let (_, key) = anonymize(&home, &none, &Policy::default(), Grant::unaccounted(), coins).unwrap();
        let (tag, other) = ([7; 32], [8; 32]);
        for number in 0..=7_u8 {
            let mut hidden = tag;
            hidden[31] ^= number;
            let bytes = EARLIER.seal(|out| {
                out.bytes(&hidden);
                key.write(out);
            });
            let untold = usize::from(number).checked_sub(1).and_then(|at| UNTOLD.get(at)).copied();
            let kept = from_bytes(&bytes, Some(tag));
            assert_eq!((kept.key.is_ok(), kept.earlier.is_some()), (number < 7, number == 7));
            assert_eq!(kept.untold, untold);
            let kept = from_bytes(&bytes, Some(other));
            assert!(kept.key.err() == Some(KeeperError::NoKey) && kept.earlier.is_some());
            // As it is stored today, it is told of an earlier key too.
            let bytes = to_bytes(&key, tag, untold);
            let kept = from_bytes(&bytes, Some(tag));
            assert!(kept.key.is_ok() && kept.untold == untold);
            for tag in [Some(other), None] {
                let kept = from_bytes(&bytes, tag);
                assert!(kept.key.is_err() && kept.earlier.is_some() && kept.untold == untold);
            }
        }
    }
}
