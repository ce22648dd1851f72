//! Portable grey maps, plain (`P2`) and binary (`P5`).

use super::rows::{Row, check_size};
use crate::formats::error::MapFileError;

pub(super) struct Pgm<'a> {
    width: u32,
    pub(super) height: u32,
    /// The value of white.
    pub(super) greatest: u32,
    binary: bool,
    /// All bytes behind the header.
    raster: &'a [u8],
}

impl<'a> Pgm<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, MapFileError> {
        let header = |error: NoNumber| match error {
            NoNumber::End => MapFileError::Truncated,
            NoNumber::Other => MapFileError::PgmHeader,
        };
        let binary = bytes.starts_with(b"P5");
        let mut text = AsciiNumbers(bytes.get(2..).unwrap_or_default());
        let width = text.number().map_err(header)?;
        let height = text.number().map_err(header)?;
        let greatest = text.number().map_err(header)?;
        check_size(width, height)?;
        if !(1..=0xffff).contains(&greatest) {
            return Err(MapFileError::PgmHeader);
        }
        let mut pgm = Self { width, height, greatest, binary, raster: text.0 };
        let bytes_there = u64::try_from(pgm.raster.len()).unwrap_or(u64::MAX);
        if binary && bytes_there < pgm.raster_bytes() {
            return Err(MapFileError::Truncated);
        }
        // One white space ends the header, but a file written as text under Windows has two there.
        let header = &bytes[..bytes.len() - pgm.raster.len()];
        if binary && bytes_there > pgm.raster_bytes() && header.ends_with(b"\r") {
            pgm.raster = pgm.raster.strip_prefix(b"\n").unwrap_or(pgm.raster);
        }
        Ok(pgm)
    }

    const fn bytes_each(&self) -> usize {
        if self.greatest > 0xff { 2 } else { 1 }
    }

    const fn raster_bytes(&self) -> u64 {
        self.width as u64 * self.height as u64 * self.bytes_each() as u64
    }

    pub(super) fn each_row(&self, mut visit: impl FnMut(&Row)) -> Result<(), MapFileError> {
        let mut text = AsciiNumbers(self.raster);
        let mut lines = self.raster.chunks_exact(self.width as usize * self.bytes_each());
        let mut shades = Vec::new();
        for y in 0..self.height {
            shades.clear();
            if self.binary {
                let line = lines.next().ok_or(MapFileError::Truncated)?;
                match self.bytes_each() {
                    1 => shades.extend(line.iter().map(|&value| u32::from(value))),
                    _ => shades.extend(
                        line.chunks_exact(2).map(|two| u32::from(u16::from_be_bytes([two[0], two[1]]))),
                    ),
                }
            } else {
                for _ in 0..self.width {
                    shades.push(text.number().map_err(|error| match error {
                        NoNumber::End => MapFileError::Truncated,
                        NoNumber::Other => MapFileError::PgmValue,
                    })?);
                }
            }
            if shades.iter().any(|&value| value > self.greatest) {
                return Err(MapFileError::PgmValue);
            }
            visit(&Row { y, first: 0, step: 1, shades: &shades });
        }
        Ok(())
    }
}

/// Numbers in ASCII between white space. A comment, from `#` to the end of its line, is white space.
struct AsciiNumbers<'a>(&'a [u8]);

enum NoNumber {
    /// The file ends first.
    End,
    /// It is not a number, or too large.
    Other,
}

impl AsciiNumbers<'_> {
    /// The next number, with the one white space that ends it.
    fn number(&mut self) -> Result<u32, NoNumber> {
        let mut value: Option<u32> = None;
        loop {
            let Some(byte) = self.byte() else { return value.ok_or(NoNumber::End) };
            match byte {
                b'0'..=b'9' => {
                    let digit = u32::from(byte - b'0');
                    let more = value.unwrap_or(0).checked_mul(10).and_then(|tens| tens.checked_add(digit));
                    value = Some(more.ok_or(NoNumber::Other)?);
                }
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                    if let Some(value) = value {
                        return Ok(value);
                    }
                }
                _ => return Err(NoNumber::Other),
            }
        }
    }

    /// The next byte; a whole comment counts as the end of its line.
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        if first != b'#' {
            self.0 = rest;
            return Some(first);
        }
        let end =
            rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(rest.len(), |end| end + 1);
        self.0 = &rest[end..];
        Some(b'\n')
    }
}
