//! Numbers as bytes and back.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::BlobError;
use crate::odds::Odds;

/// Writes numbers, or only counts their bytes.
pub(crate) struct Writer<'a> {
    out: Option<&'a mut Vec<u8>>,
    written: usize,
}

impl<'a> Writer<'a> {
    /// Appends to these bytes.
    pub(crate) const fn to(out: &'a mut Vec<u8>) -> Self {
        Self { out: Some(out), written: 0 }
    }

    /// The number of bytes that `write` writes.
    pub(super) fn count_of(write: impl FnOnce(&mut Writer<'_>)) -> usize {
        let mut counter = Writer { out: None, written: 0 };
        write(&mut counter);
        counter.written
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.written += bytes.len();
        if let Some(out) = &mut self.out {
            out.extend_from_slice(bytes);
        }
    }

    /// A LEB128 varint.
    pub(crate) fn count(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.u8(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.u8(number.to_le_bytes()[0]);
    }

    /// Odds as their two terms.
    pub(crate) fn odds(&mut self, odds: Odds) {
        self.u32(odds.p());
        self.u32(odds.q());
    }

    /// A flag, and the value if there is one.
    pub(crate) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.u8(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// A number of bytes, at most `u32::MAX`, and the bytes.
    pub(crate) fn counted(&mut self, bytes: &[u8]) {
        self.u32(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        self.bytes(bytes);
    }
}

/// Reads numbers off the front of bytes.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], BlobError> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(BlobError::Content)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], BlobError> {
        let (array, rest) = self.rest.split_first_chunk::<N>().ok_or(BlobError::Content)?;
        self.rest = rest;
        Ok(*array)
    }

    /// A flag, 0 or 1.
    pub(crate) fn bool(&mut self) -> Result<bool, BlobError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(BlobError::Content),
        }
    }

    /// A varint, in its shortest form alone.
    pub(crate) fn count(&mut self) -> Result<u32, BlobError> {
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
        Err(BlobError::Content)
    }

    /// A varint that says how many there are, at most so many.
    pub(crate) fn count_up_to(&mut self, most: usize) -> Result<usize, BlobError> {
        let count = self.count()? as usize;
        check(count <= most)?;
        Ok(count)
    }

    /// What [`Writer::option`] wrote.
    pub(crate) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, BlobError>,
    ) -> Result<Option<T>, BlobError> {
        if self.bool()? { read(self).map(Some) } else { Ok(None) }
    }

    /// Odds as [`Writer::odds`] writes them.
    pub(crate) fn odds(&mut self) -> Result<Odds, BlobError> {
        Odds::new(self.u32()?, self.u32()?).map_err(|_| BlobError::Content)
    }

    /// What [`Writer::counted`] wrote.
    pub(crate) fn counted(&mut self) -> Result<&'a [u8], BlobError> {
        let length = self.u32()? as usize;
        self.bytes(length)
    }
}

/// Each number by its own name, little-endian.
macro_rules! numbers {
    ($($number:ident),*) => {
        impl Writer<'_> {
            $(pub(crate) fn $number(&mut self, number: $number) {
                self.bytes(&number.to_le_bytes());
            })*
        }

        impl Reader<'_> {
            $(pub(crate) fn $number(&mut self) -> Result<$number, BlobError> {
                Ok($number::from_le_bytes(self.array()?))
            })*
        }
    };
}

numbers!(u8, u16, u32, u64, i32, f64);

/// A text of these bytes.
pub(crate) fn text(bytes: &[u8]) -> Result<String, BlobError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| BlobError::Content)
}

/// An error where what bytes say does not fit together.
pub(crate) const fn check(holds: bool) -> Result<(), BlobError> {
    if holds { Ok(()) } else { Err(BlobError::Content) }
}
