//! What is around a map is taken off.

use std::borrow::Cow;
use std::io::Read;

use base64::Engine as _;
use flate2::bufread::{GzDecoder, ZlibDecoder};

use super::kind::{BASE64, Kind};
use crate::formats::error::MapFileError;
use crate::formats::valetudo::MAX_FILE_BYTES;

/// Most layers that are taken off: what Valetudo packs, as text, packed once more.
const MOST_LAYERS: usize = 3;

/// The bytes within all packing, and what they look like. Kinds that are no packing come back as they are.
///
/// Memory is in proportion to the file, and at most [`MAX_FILE_BYTES`] a layer; time as well.
pub(super) fn unpack(bytes: Cow<[u8]>) -> Result<(Cow<[u8]>, Kind), MapFileError> {
    let mut content = bytes;
    for _ in 0..=MOST_LAYERS {
        content = match Kind::of(&content) {
            Kind::Gzip => gunzip(&content)?,
            Kind::Zlib => inflate(&content)?,
            Kind::ZlibInPng(at) => inflate(&content[at])?,
            Kind::Base64(from) => decode(&content[from..])?,
            Kind::Utf16 { big_endian } => transcode(&content, big_endian)?,
            kind => return Ok((content, kind)),
        }
        .into();
    }
    Err(MapFileError::PackedTooOften)
}

/// All members of a gzip file (RFC 1952). What is behind the last one, such as the line end of a tool that printed
/// it, is ignored.
fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, MapFileError> {
    let (mut rest, mut unpacked) = (bytes, Vec::new());
    while rest.starts_with(b"\x1f\x8b") {
        let mut member = GzDecoder::new(rest);
        take_all(&mut member, &mut unpacked, "gzip")?;
        rest = member.into_inner();
    }
    Ok(unpacked)
}

/// A zlib stream (RFC 1950); what is behind it is ignored.
fn inflate(bytes: &[u8]) -> Result<Vec<u8>, MapFileError> {
    let mut unpacked = Vec::new();
    take_all(&mut ZlibDecoder::new(bytes), &mut unpacked, "zlib")?;
    Ok(unpacked)
}

/// Adds all that there is, up to [`MAX_FILE_BYTES`] in all.
fn take_all(from: &mut impl Read, to: &mut Vec<u8>, by: &'static str) -> Result<(), MapFileError> {
    let left = (MAX_FILE_BYTES - to.len()) as u64;
    from.take(left + 1).read_to_end(to).map_err(|_| MapFileError::Packed { by })?;
    if to.len() > MAX_FILE_BYTES { Err(MapFileError::UnpackedTooLarge) } else { Ok(()) }
}

/// UTF-16 with a byte-order mark, as some editors and shells write text, as UTF-8.
fn transcode(bytes: &[u8], big_endian: bool) -> Result<Vec<u8>, MapFileError> {
    let (units, rest) = bytes.as_chunks::<2>();
    let units = units
        .iter()
        .map(|&unit| if big_endian { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) });
    let mut text = String::new();
    for letter in char::decode_utf16(units) {
        text.push(letter.map_err(|_| MapFileError::Packed { by: "UTF-16" })?);
        if text.len() > MAX_FILE_BYTES {
            return Err(MapFileError::UnpackedTooLarge);
        }
    }
    if rest.is_empty() { Ok(text.into_bytes()) } else { Err(MapFileError::Packed { by: "UTF-16" }) }
}

/// Bytes as text, in one line or several.
fn decode(text: &[u8]) -> Result<Vec<u8>, MapFileError> {
    let letters: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(letters).map_err(|_| MapFileError::Packed { by: "base64" })
}
