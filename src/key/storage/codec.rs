//! Numbers as bytes and back, and what can be wrong with a key's bytes.

use core::fmt;

use crate::atlas::Rect;

/// Version of the encoding.
pub(in crate::key) const VERSION: u8 = 3;

/// Smallest size of a key: that of all but the largest homes.
pub(in crate::key) const LEAST_BYTES: usize = 1 << 16;

/// Writes numbers, or only counts their bytes.
pub(in crate::key) struct Writer<'a> {
    pub(in crate::key) out: Option<&'a mut Vec<u8>>,
    pub(in crate::key) written: usize,
}

impl Writer<'_> {
    pub(in crate::key) fn bytes(&mut self, bytes: &[u8]) {
        self.written += bytes.len();
        if let Some(out) = &mut self.out {
            out.extend_from_slice(bytes);
        }
    }

    pub(in crate::key) fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    /// The low two bytes; what is written so is below 2¹⁶.
    pub(in crate::key) fn u16(&mut self, number: u32) {
        let [a, b, ..] = number.to_le_bytes();
        self.bytes(&[a, b]);
    }

    pub(in crate::key) fn rect(&mut self, rect: Rect) {
        for number in [rect.x, rect.y, rect.width, rect.height] {
            self.u16(number);
        }
    }

    pub(in crate::key) fn count(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes(&[number.to_le_bytes()[0] | 0x80]);
            number >>= 7;
        }
        self.bytes(&[number.to_le_bytes()[0]]);
    }
}

/// Reads numbers off the front.
pub(in crate::key) struct Reader<'a> {
    pub(in crate::key) rest: &'a [u8],
}

impl Reader<'_> {
    pub(in crate::key) fn array<const N: usize>(&mut self) -> Result<[u8; N], KeyError> {
        let (array, rest) = self.rest.split_first_chunk::<N>().ok_or(KeyError::Content)?;
        self.rest = rest;
        Ok(*array)
    }

    pub(in crate::key) fn u8(&mut self) -> Result<u8, KeyError> {
        Ok(self.array::<1>()?[0])
    }

    pub(in crate::key) fn u16(&mut self) -> Result<u16, KeyError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(in crate::key) fn u32(&mut self) -> Result<u32, KeyError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(in crate::key) fn f64(&mut self) -> Result<f64, KeyError> {
        Ok(f64::from_le_bytes(self.array()?))
    }

    pub(in crate::key) fn rect(&mut self) -> Result<Rect, KeyError> {
        let mut side = || self.u16().map(u32::from);
        Ok(Rect { x: side()?, y: side()?, width: side()?, height: side()? })
    }

    /// A varint, in its shortest form alone.
    pub(in crate::key) fn count(&mut self) -> Result<u32, KeyError> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let next = self.u8()?;
            let bits = u32::from(next & 0x7f);
            check(bits << shift >> shift == bits)?;
            number |= bits << shift;
            if next & 0x80 == 0 {
                check(next != 0 || shift == 0)?;
                return Ok(number);
            }
        }
        Err(KeyError::Content)
    }

    /// Bytes read so far of these.
    pub(in crate::key) const fn used(&self, of: &[u8]) -> usize {
        of.len() - self.rest.len()
    }
}

/// An error where what bytes say does not fit together.
pub(in crate::key) const fn check(holds: bool) -> Result<(), KeyError> {
    if holds { Ok(()) } else { Err(KeyError::Content) }
}

/// Why bytes are no key. The text prints no value of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The number of bytes is not one a key has.
    Length,
    /// They do not begin as a key does.
    NoKey,
    /// They are of a version that this library does not read.
    Version,
    /// They were damaged.
    Checksum,
    /// What they say does not fit together.
    Content,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => write!(f, "a key has a power of two of bytes, {LEAST_BYTES} at least"),
            Self::NoKey => f.write_str("these bytes are not a key"),
            Self::Version => write!(f, "the key must be of version {VERSION}"),
            Self::Checksum => f.write_str("the key's checksum does not fit: it was damaged"),
            Self::Content => f.write_str("the key's content does not fit together"),
        }
    }
}

impl core::error::Error for KeyError {}
