//! Map files in wrappings that lie, nest, or hide a bomb; and files of other kinds.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use homeveil::formats::{MAX_FILE_BYTES, MapFileError, read_map};

use super::{Input, Row, files};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A PNG with a chunk `zTXt` of this length, whatever it says.
fn camera(length: u32, packed: &[u8]) -> Vec<u8> {
    let head = [b"\x89PNG\r\n\x1a\n".to_vec(), length.to_be_bytes().to_vec()].concat();
    [head, b"zTXtValetudoMap\0\0".to_vec(), packed.to_vec(), vec![0; 4]].concat()
}

fn whole(packed: &[u8]) -> Vec<u8> {
    camera(u32::try_from(packed.len()).unwrap() + 13, packed)
}

pub(super) fn rows() -> Vec<Row> {
    let good = |name: &str, bytes: Vec<u8>| Row::good(name, Input::MapFile(bytes, None));
    let bad =
        |name: &str, bytes: Vec<u8>, error: MapFileError| Row::bad(name, Input::MapFile(bytes, None), error);
    let packed = |by| MapFileError::Packed { by };
    let json = files::a_map().into_bytes();
    let many = vec![b' '; MAX_FILE_BYTES + 1];
    let utf16: Vec<u8> = b"\xff\xfe".iter().copied().chain(json.iter().flat_map(|&byte| [byte, 0])).collect();
    let mut wrong_sum = zlib(&json);
    *wrong_sum.last_mut().unwrap() ^= 1;
    let other = |bytes: &[u8]| (bytes.to_vec(), read_map(bytes, None).err().unwrap());
    let mut rows = vec![
        good("a map in a gzip file", gzip(&json)),
        good("a map as a message", zlib(&json)),
        good("a map in a picture", whole(&zlib(&json))),
        good("a map in a picture whose chunk is too long", camera(u32::MAX, &zlib(&json))),
        good("a map in UTF-16", utf16.clone()),
        bad("half a letter of UTF-16", utf16[..utf16.len() - 1].to_vec(), packed("UTF-16")),
        bad("a gzip file's first letters", b"\x1f\x8b".to_vec(), packed("gzip")),
        bad("a message's first letters", b"\x78\x9c".to_vec(), packed("zlib")),
        bad("a message with a wrong checksum", wrong_sum, packed("zlib")),
        bad("a picture that holds no map", whole(b"{}"), packed("zlib")),
        bad("a picture whose map is cut", camera(20, &zlib(&json)), packed("zlib")),
        bad(
            "an empty map in a gzip file",
            gzip(br#"{"metaData":{}}"#),
            MapFileError::JsonMissing { field: "metaData.version" },
        ),
        bad("a bomb of gzip", gzip(&many), MapFileError::UnpackedTooLarge),
        bad("a bomb of zlib", zlib(&many), MapFileError::UnpackedTooLarge),
        bad("a bomb in a picture", whole(&zlib(&many)), MapFileError::UnpackedTooLarge),
        bad("a bomb in a bomb", gzip(&gzip(&many)), MapFileError::UnpackedTooLarge),
        bad("a bomb of empty members", gzip(b"").repeat(10_007), other(b"").1),
        bad("a map packed too often", (0..4).fold(json, |map, _| gzip(&map)), MapFileError::PackedTooOften),
        bad("a picture alone", b"P5 1 1 255 \xfe".to_vec(), MapFileError::NoResolution),
        Row::good("a picture with its resolution", Input::MapFile(b"P5 1 1 255 \xfe".to_vec(), Some(0.0739))),
        Row::bad(
            "a picture of no length",
            Input::MapFile(b"P5 1 1 255 \xfe".to_vec(), Some(f64::NAN)),
            MapFileError::YamlValue { field: "resolution" },
        ),
        Row::bad(
            "a map with a resolution more",
            Input::MapFile(zlib(files::a_map().as_bytes()), Some(0.0739)),
            MapFileError::Resolution,
        ),
    ];
    // What is no map: the error is its name, which the unit tests know.
    for bytes in [
        &b""[..],
        b"rr\x14\0",
        b"PK\x03\x04",
        b"\xff\xd8\xff",
        b"map",
        b"\0\x01\x02",
        b"image: a.pgm",
        b"<svg/>",
        b"{}",
    ] {
        let (bytes, error) = other(bytes);
        assert!(matches!(error, MapFileError::OtherKind { .. }));
        rows.push(bad("another kind of file", bytes, error));
    }
    rows
}
