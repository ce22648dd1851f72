//! Pictures of `map_server`.

use homeveil::formats::MapFileError;
use homeveil::grid::GridError;

pub(super) fn pictures_that_are_none() -> Vec<(&'static str, Vec<u8>, MapFileError)> {
    let small = png_of([2, 2], [8, 0, 0, 0, 0], &[0, 0, 254, 0, 205, 254]);
    let changed = |at: usize, byte: u8| {
        let mut bytes = small.clone();
        bytes[at] = byte;
        bytes
    };
    let far_apart: Vec<u8> = (0..20_000).map(|x| if x % 19_999 == 0 { 254 } else { 205 }).collect();
    vec![
        ("text", b"<svg/>".to_vec(), MapFileError::ImageFormat),
        ("PPM", b"P6 1 1 255 \0\0\0".to_vec(), MapFileError::ImageFormat),
        ("PGM without header", b"P5".to_vec(), MapFileError::Truncated),
        ("PGM without height", b"P5 10".to_vec(), MapFileError::Truncated),
        ("PGM in an endless comment", b"P5 #".to_vec(), MapFileError::Truncated),
        ("P25", b"P25 1 1 255 0".to_vec(), MapFileError::Truncated),
        ("letters", b"P5 ten 10 255 ".to_vec(), MapFileError::PgmHeader),
        ("fraction", b"P5 1.5 10 255 ".to_vec(), MapFileError::PgmHeader),
        ("many digits", [b"P5 ".to_vec(), vec![b'9'; 100_003]].concat(), MapFileError::PgmHeader),
        (
            "many zeros",
            [b"P5 ".to_vec(), vec![b'0'; 100_003], b" 1 1 1".to_vec()].concat(),
            MapFileError::ImageSide,
        ),
        ("too wide", b"P5 65537 1 255 ".to_vec(), MapFileError::ImageSide),
        ("no greys", b"P5 1 1 0 0".to_vec(), MapFileError::PgmHeader),
        ("too many greys", b"P5 1 1 65536 0".to_vec(), MapFileError::PgmHeader),
        ("P5 of 16 bits that lies", b"P5 2 2 65535 \0\0\0\0\0\0\0".to_vec(), MapFileError::Truncated),
        ("P2 without values", b"P2 1 1 255".to_vec(), MapFileError::Truncated),
        ("P2 with letters", b"P2 2 1 255 1 x".to_vec(), MapFileError::PgmValue),
        ("P2 far above", b"P2 2 1 255 1 99999999999".to_vec(), MapFileError::PgmValue),
        ("P2 below", b"P2 2 1 255 1 -1".to_vec(), MapFileError::PgmValue),
        ("P5 above", b"P5 2 1 100 \x01\x65".to_vec(), MapFileError::PgmValue),
        ("far apart", [b"P5 20000 1 255 ".to_vec(), far_apart].concat(), GridError::Side.into()),
        ("PNG's first letters", b"\x89PNG".to_vec(), MapFileError::Truncated),
        ("PNG of another signature", changed(6, b'\n'), MapFileError::Png),
        ("PNG cut", small[..small.len() - 20].to_vec(), MapFileError::Truncated),
        ("PNG, wrong checksum", changed(29, 0), MapFileError::Png),
        ("interlaced PNG that lies", png_of([16_384; 2], [8, 0, 0, 0, 1], &[0; 60]), MapFileError::Png),
        (
            "PNG of another filter",
            png_of([2, 2], [8, 0, 0, 0, 0], &[9, 0, 254, 0, 205, 254]),
            MapFileError::Png,
        ),
        ("PNG of another interlacing", png_of([2, 2], [8, 0, 0, 0, 7], &[0; 6]), MapFileError::Png),
        ("PNG without rows", [&small[..33], &chunk(*b"IEND", &[])].concat(), MapFileError::Png),
        ("PNG without palette", png_of([2, 2], [8, 3, 0, 0, 0], &[0; 6]), MapFileError::Png),
    ]
}

/// A PNG of eight bits and a few bytes of pixels, whatever size its header says it has.
pub(super) fn png(width: u32, height: u32, color: u8) -> Vec<u8> {
    png_of([width, height], [8, color, 0, 0, 0], &[0; 4])
}

/// A PNG of these sides with the rest of its header, and its rows as one block that is not compressed.
pub(super) fn png_of(sides: [u32; 2], rest: [u8; 5], rows: &[u8]) -> Vec<u8> {
    let header = [&sides.map(u32::to_be_bytes).concat(), rest.as_slice()].concat();
    let length = u16::try_from(rows.len()).unwrap();
    let (a, b) = rows.iter().fold((1_u32, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    let pixels = [
        &[0x78, 1, 1],
        &length.to_le_bytes()[..],
        &(!length).to_le_bytes(),
        rows,
        &(b << 16 | a).to_be_bytes(),
    ]
    .concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(*b"IHDR", &header), chunk(*b"IDAT", &pixels), chunk(*b"IEND", &[])].concat()
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [length.as_slice(), &body, &crc(&body).to_be_bytes()].concat()
}

/// The checksum of a PNG's chunk (PNG specification, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}
