//! The envelope of stored bytes; its layout stands at the top of the [module](super).

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::codec::{Reader, Writer, check};
use super::error::BlobError;

const SUM_BYTES: usize = 32;

/// One kind of stored bytes.
#[derive(Clone, Copy)]
pub(crate) struct Envelope {
    pub(crate) magic: [u8; 8],
    pub(crate) version: u32,
    /// Least number of bytes, a power of two.
    pub(crate) least: usize,
}

impl Envelope {
    /// Number of bytes before the content.
    pub(crate) const HEAD_BYTES: usize = 16;

    /// Bytes with the content that `write` writes. It is called twice, first for the length: a vector that grew
    /// would leave copies of secrets behind.
    pub(crate) fn seal(self, write: impl Fn(&mut Writer<'_>)) -> Zeroizing<Vec<u8>> {
        let length = Writer::count_of(&write);
        let size = self.size(length);
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        let mut out = Writer::to(&mut bytes);
        out.bytes(&self.magic);
        out.u32(self.version);
        out.u32(u32::try_from(length).unwrap_or(u32::MAX));
        write(&mut out);
        bytes.resize(size - SUM_BYTES, 0);
        let sum = Sha256::digest(bytes.as_slice());
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// What `read` makes of the content of these bytes. Nothing of it may be left over.
    pub(crate) fn open<T>(
        self,
        bytes: &[u8],
        read: impl FnOnce(&mut Reader<'_>) -> Result<T, BlobError>,
    ) -> Result<T, BlobError> {
        self.open_since(self.version, bytes, |from, _| read(from))
    }

    /// As [`Envelope::open`], also of versions before this one, from a first one on: `read` gets the version.
    pub(crate) fn open_since<T>(
        self,
        first: u32,
        bytes: &[u8],
        read: impl FnOnce(&mut Reader<'_>, u32) -> Result<T, BlobError>,
    ) -> Result<T, BlobError> {
        let (mut content, version) = self.content_since(first, bytes)?;
        let value = read(&mut content, version)?;
        check(content.is_empty())?;
        Ok(value)
    }

    /// The content of these bytes, and their version.
    fn content_since(self, first: u32, bytes: &[u8]) -> Result<(Reader<'_>, u32), BlobError> {
        let (head, _) = bytes.split_first_chunk::<{ Self::HEAD_BYTES }>().ok_or(BlobError::Length)?;
        let mut head = Reader::new(head);
        if head.array()? != self.magic {
            return Err(BlobError::Magic);
        }
        let (version, length) = (head.u32()?, head.u32()? as usize);
        let is_read = (first..=self.version).contains(&version);
        if is_read && bytes.len() != self.size(length) {
            return Err(BlobError::Length);
        }
        // All versions end with it, so that damage is not taken for one that nobody reads.
        let (summed, sum) = bytes.split_last_chunk::<SUM_BYTES>().ok_or(BlobError::Length)?;
        if Sha256::digest(summed)[..] != *sum {
            return Err(BlobError::Checksum);
        }
        if !is_read {
            return Err(BlobError::Version);
        }
        let (content, padding) = summed[Self::HEAD_BYTES..].split_at(length);
        check(padding.iter().all(|&byte| byte == 0))?;
        Ok((Reader::new(content), version))
    }

    /// The number of bytes with this much content.
    fn size(self, length: usize) -> usize {
        let bytes = length.saturating_add(Self::HEAD_BYTES + SUM_BYTES);
        bytes.checked_next_power_of_two().unwrap_or(usize::MAX).max(self.least)
    }
}

/// Gives changed bytes the checksum that fits them, so that what lies behind it is read.
#[cfg(test)]
pub(crate) fn sealed_again(bytes: &mut [u8]) {
    let (summed, sum) = bytes.split_last_chunk_mut::<SUM_BYTES>().unwrap();
    sum.copy_from_slice(&Sha256::digest(summed));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BlobError, Envelope, SUM_BYTES, sealed_again};

    const ENVELOPE: Envelope = Envelope { magic: *b"HVTESTED", version: 7, least: 64 };

    fn open(bytes: &[u8]) -> Result<Vec<u8>, BlobError> {
        ENVELOPE.open(bytes, |from| Ok(from.counted()?.to_vec()))
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened_and_any_damage_noticed(
            content in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), bit in 0..8_u8,
            cut in any::<prop::sample::Index>(),
        ) {
            let bytes = ENVELOPE.seal(|out| out.counted(&content));
            let size = (content.len() + 4 + Envelope::HEAD_BYTES + SUM_BYTES).next_power_of_two().max(64);
            prop_assert_eq!(bytes.len(), size);
            prop_assert_eq!(open(&bytes), Ok(content));
            let mut damaged = bytes.to_vec();
            let at = at.index(size);
            damaged[at] ^= 1 << bit;
            let error = open(&damaged).unwrap_err();
            prop_assert_eq!(error, match at {
                0..8 => BlobError::Magic,
                // Another length may be one of the same size class.
                12..16 if error == BlobError::Length => BlobError::Length,
                _ => BlobError::Checksum,
            });
            prop_assert_eq!(open(&bytes[..cut.index(size)]), Err(BlobError::Length));
            prop_assert_eq!(open(&[&bytes[..], &bytes].concat()), Err(BlobError::Length));
        }
    }

    #[test]
    fn a_later_version_is_no_damage() {
        let later = Envelope { version: 8, least: 128, ..ENVELOPE };
        let bytes = later.seal(|out| out.counted(b"what is new"));
        assert_eq!(open(&bytes), Err(BlobError::Version));
        let mut damaged = bytes.to_vec();
        damaged[20] ^= 1;
        assert_eq!(open(&damaged), Err(BlobError::Checksum));
    }

    #[test]
    fn padding_is_zeros_and_all_content_is_read() {
        let mut bytes = ENVELOPE.seal(|out| out.u32(0)).to_vec();
        assert_eq!(open(&bytes), Ok(Vec::new()));
        let mut with = |at: usize, byte: u8| {
            bytes[at] = byte;
            sealed_again(&mut bytes);
            open(&bytes)
        };
        assert_eq!(with(20, 1), Err(BlobError::Content), "a byte in the padding");
        assert_eq!(with(12, 5), Err(BlobError::Content), "a byte that nobody reads");
        assert_eq!(with(16, 1), Ok(vec![1]));
        assert_eq!(with(16, 2), Err(BlobError::Content), "a byte that is not there");
    }
}
